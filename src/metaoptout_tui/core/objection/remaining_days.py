"""How many days are left until a last day, or passed since, in words."""

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext


def days_to_go_text(days: int) -> str:
    """How many days it takes until something is open to the person."""
    if days <= 0:
        return _("open to you now")
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def days_left_text(days: int, *, is_arrival_assumed: bool) -> str:
    """How many days are left until a last day, below 0 where it passed."""
    if days == 0:
        return _("ends today, by an assumed arrival") if is_arrival_assumed else _("ends today")
    if days < 0 and is_arrival_assumed:
        words = ngettext(
            "over for {count} day, by an assumed arrival", "over for {count} days, by an assumed arrival", -days
        )
    elif days < 0:
        words = ngettext("over for {count} day", "over for {count} days", -days)
    elif is_arrival_assumed:
        words = ngettext("{count} day left, by an assumed arrival", "{count} days left, by an assumed arrival", days)
    else:
        words = ngettext("{count} day left", "{count} days left", days)
    return words.format(count=abs(days))
