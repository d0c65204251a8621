"""Asks whether, how and when a letter was sent, and records it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from metaoptout_tui.app.letters.letters import WrittenLetter
from metaoptout_tui.app.letters.sent_letters import (
    CHANGE_DAY,
    check_day_sent,
    doubt_of_day,
    is_by_post,
    recorded_words,
    sending_methods,
)
from metaoptout_tui.core.language.formatting import format_list, quoted
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen

_NOT_YET = "not-yet"
_FILL_IN, _AS_IT_STANDS = "fill-in", "as-it-stands"


class SentLetterQuestions:
    """The questions about sending a letter, as it stands on its screen, which is closed once the sending is recorded.

    `missing` are the gaps in it.
    """

    def __init__(self, screen: InputScreen[bool | None], written: WrittenLetter, missing: tuple[str, ...]) -> None:
        self._screen, self._written, self._missing = screen, written, missing

    def ask_how_and_when(self) -> None:
        """Ask how and when the letter was sent, and record that; where something is missing in it, ask about that first."""
        if not self._missing:
            self._ask_method()
            return
        question = ChoiceScreen(
            self._screen.context,
            _("Was it sent with these gaps?"),
            [(_FILL_IN, _("No, I will fill them in first")), (_AS_IT_STANDS, _("Yes, record it all the same"))],
            chosen=_FILL_IN,
            help_text=self._words_on_missing,
        )
        self._screen.app.push_screen(question, self._gaps_answered)

    def ask_whether_sent(self, leave: Callable[[], None]) -> None:
        """Ask whether it was sent: then also when, and record that; else `leave`. No answer means “not yet” too."""

        def answered(answer: ChosenOption | None) -> None:
            if answer is None or answer.option_id == _NOT_YET:
                leave()
            else:
                self._ask_date(answer.option_id)

        question = ChoiceScreen(
            self._screen.context,
            _("Did you send the letter?"),
            [
                (_NOT_YET, _("Not yet")),
                ("online", _("Yes, online or by e-mail")),
                (SENT_BY_LETTER, _("Yes, by post")),
            ],
            chosen=_NOT_YET,
            help_text=_("If so, write it down: what comes next counts from that day."),
        )
        self._screen.app.push_screen(question, answered)

    @property
    def _words_on_missing(self) -> str:
        if not self._missing:
            return ""
        words = _("In the text here this was still missing: {missing}.")
        return words.format(missing=format_list(map(quoted, self._missing)))

    def _gaps_answered(self, answer: ChosenOption | None) -> None:
        if answer is not None and answer.option_id == _AS_IT_STANDS:
            self._ask_method()

    def _ask_method(self) -> None:
        def chosen(answer: ChosenOption | None) -> None:
            if answer is not None:
                self._ask_date(answer.option_id)

        question = ChoiceScreen(self._screen.context, _("How did you send it?"), sending_methods())
        self._screen.app.push_screen(question, chosen)

    def _ask_date(self, method: str, offered: datetime | None = None) -> None:
        context, app = self._screen.context, self._screen.app

        def date_asked(at: datetime | None) -> None:
            if at is None:
                return
            if doubt := doubt_of_day(self._written.letter, at):
                question = ChoiceScreen(context, doubt.title, doubt.answers, chosen=doubt.default)
                app.push_screen(question, lambda answer: early_day_answered(at, answer))
            else:
                self._record(at, method, is_text_kept=True)

        def early_day_answered(at: datetime, answer: ChosenOption | None) -> None:
            if answer is None or answer.option_id == CHANGE_DAY:
                self._ask_date(method, at)
            else:
                self._record(at, method, is_text_kept=False)

        letter = self._written.letter
        question = DateScreen(
            context,
            _("When did you send it?"),
            offered=offered,
            help_text=self._words_on_missing,
            save_date=partial(check_day_sent, context.session, letter.account_id, EVENT_KIND_BY_LETTER[letter.id]),
        )
        app.push_screen(question, date_asked)

    def _record(self, at: datetime, method: str, *, is_text_kept: bool) -> None:
        screen, letter = self._screen, self._written.letter
        sent_letter = self._written.to_sent_letter(at, is_by_post=is_by_post(method), is_text_kept=is_text_kept)
        if screen.make_change(lambda: screen.session.diary_service.record_sent_letter(letter.account_id, sent_letter)):
            screen.say(recorded_words(letter, at, method))
            screen.finish(True)
