"""From a step to its screen."""

from textual.screen import Screen

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, genuine
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.ui.desk import Desk


def screen_for(desk: Desk, account: str, step: str) -> Screen[object] | None:
    """The screen of a step of an account; None for a step without one."""
    match step:
        case "identify":
            from metaoptout_tui.ui.screens.identify import IdentifyScreen as Found
        case "open":
            from metaoptout_tui.ui.screens.open import OpenScreen as Found  # type: ignore[assignment]
        case "submit":
            from metaoptout_tui.ui.screens.submit import SubmitScreen as Found  # type: ignore[assignment]
        case "confirm":
            from metaoptout_tui.ui.screens.confirm import ConfirmScreen as Found  # type: ignore[assignment]
        case "review":
            from metaoptout_tui.ui.screens.review import ReviewScreen as Found  # type: ignore[assignment]
        case _:
            return None
    return Found(desk, account)  # type: ignore[return-value]


def form_links(desk: Desk, standing: Standing) -> tuple[SafeUrl, ...]:
    """The forms for an account as links, the likeliest first; one that is not on a genuine host is left out."""
    links = []
    for form in desk.session.playbook.forms_for(platform=standing.account.platform, region=standing.region.id):
        try:
            links.append(genuine(form.url))
        except LinkRefused:
            continue
    return tuple(links)
