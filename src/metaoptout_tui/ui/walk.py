"""From a step to its screen."""

from typing import Any

from textual.screen import Screen

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, genuine
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.ui.desk import Desk


def screen_for(desk: Desk, account: str, step: str) -> Screen[Any] | None:
    """The screen of a step of an account; None for a step without one."""
    match step:
        case "identify":
            from metaoptout_tui.ui.screens.identify import IdentifyScreen

            return IdentifyScreen(desk, account)
        case "open":
            from metaoptout_tui.ui.screens.open import OpenScreen

            return OpenScreen(desk, account)
        case "submit":
            from metaoptout_tui.ui.screens.submit import SubmitScreen

            return SubmitScreen(desk, account)
        case "confirm":
            from metaoptout_tui.ui.screens.confirm import ConfirmScreen

            return ConfirmScreen(desk, account)
        case "review":
            from metaoptout_tui.ui.screens.review import ReviewScreen

            return ReviewScreen(desk, account)
        case _:
            return None


def form_links(desk: Desk, standing: Standing) -> tuple[SafeUrl, ...]:
    """The forms for an account as links, the likeliest first; one that is not on a genuine host is left out."""
    links = []
    for form in desk.session.playbook.forms_for(platform=standing.account.platform, region=standing.region.id):
        try:
            links.append(genuine(form.url))
        except LinkRefused:
            continue
    return tuple(links)
