"""Which guidance is used: the bundled one or an accepted feed edition.

The bundled guidance is used where the accepted edition is damaged, of another playbook or not newer.
"""

from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.dates import parse_iso_moment
from metaoptout_tui.core.errors import GuidanceError, StorageError
from metaoptout_tui.core.guidance.editions import GuidanceInUse, GuidanceOrigin
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.storage.settings_files import load_accepted_edition, load_state


def load_guidance_in_use(paths: AppPaths) -> GuidanceInUse:
    """The accepted edition where it is valid and newer than the bundled guidance, else the bundled guidance.

    Raises GuidanceError only where the installation is damaged.
    """
    bundled = load_playbook()
    try:
        data = load_accepted_edition(paths.accepted_edition)
        if data is None:
            return GuidanceInUse(bundled)
        from metaoptout_tui.guidance.feed import parse_edition

        edition = parse_edition(data, name=paths.accepted_edition.name)
    except (StorageError, GuidanceError) as error:
        return _bundled_with_notice(bundled, error.what)
    if edition.id != bundled.id:
        return _bundled_with_notice(
            bundled, _("{name}: this is no edition of {id}.").format(name=paths.accepted_edition.name, id=bundled.id)
        )
    if edition.serial <= bundled.serial:
        return GuidanceInUse(bundled)
    state = load_state(paths.state)
    return GuidanceInUse(
        edition,
        GuidanceOrigin(is_from_feed=True, host=state.feed_host, accepted_at=parse_iso_moment(state.feed_accepted)),
    )


def _bundled_with_notice(bundled: Playbook, reason: str) -> GuidanceInUse:
    return GuidanceInUse(
        bundled,
        notice=_(
            "The guidance you accepted is not used. {reason} It was left as it is; the program's own is used."
        ).format(reason=reason),
    )
