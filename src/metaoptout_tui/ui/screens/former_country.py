"""Asks since when the person lives in another country, and where they lived when they sent something."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.countries import (
    find_countries,
    since_when_question,
    what_a_move_means,
    where_then_question,
)
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen, FreeTextOption


def ask_country_then(screen: BaseScreen[Any], country: str, then: Callable[[str], None]) -> None:
    """Ask in which country the person lived, and go on with its code; nothing happens where they go back."""
    context = screen.context
    names = context.countries()

    def known_country(typed: str) -> str:
        found = find_countries(typed, names)
        if not found:
            words = _("No country is called “{typed}”. Try another name of it.")
            raise InputRefused(words.format(typed=typed))
        return found[0]

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            then(country if answer.option_id == country else known_country(answer.typed_text))

    other = FreeTextOption(_("In another country"), _("country"), make_draft_key("lived-in"), known_country)
    options = [(country, names.get(country, (country,))[0])]
    screen.app.push_screen(ChoiceScreen(context, where_then_question(), options, other=other), answered)


def ask_day_of_move(
    screen: BaseScreen[Any], country: str, save: Callable[[datetime], None], then: Callable[[], None]
) -> None:
    """Ask since when the person lives in a country, save it, and go on; nothing happens where they go back."""
    title = since_when_question(screen.context.countries(), country)
    question = DateScreen(screen.context, title, help_text=what_a_move_means(), save_date=save, takes_month=True)
    screen.app.push_screen(question, lambda at: None if at is None else then())
