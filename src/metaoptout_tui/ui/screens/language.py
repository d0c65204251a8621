"""Asks in which language the program is to speak."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.app import App

from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import language_in_use
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption


def open_language_choice(
    app: App[Any], context: AppContext, begin_anew: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    """Ask for the language; where another one is chosen, keep it, speak it and `begin_anew`."""
    choice = context.screen_language
    if choice.configured:
        words = _("The line “language” in config.toml decides the language. Empty it to choose here.")
        app.notify(words, severity="warning", markup=False)
        return

    def chosen(option: ChosenOption | None) -> None:
        if option is None or option.option_id == language_in_use():
            return
        try:
            choice.choose(option.option_id, context.session)
        except MetaOptOutError as error:
            app.notify(str(error), severity="error", markup=False)
        else:
            app.call_later(begin_anew)

    app.push_screen(
        ChoiceScreen(
            context,
            _("In which language do you want to read?"),
            choice.options,
            chosen=language_in_use(),
            help_text=_("Letters to Meta and the names of its menus follow it, unless you choose another for them."),
        ),
        chosen,
    )
