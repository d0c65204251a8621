"""Records that a letter was sent: how and when, asked once."""

from collections.abc import Iterable
from datetime import datetime

from metaoptout_tui.app.letters.letters import LetterDraft
from metaoptout_tui.app.letters.sent_letters import (
    CHANGE_DAY,
    doubt_of_day,
    is_by_post,
    recorded_words,
    sending_methods,
)
from metaoptout_tui.core.language.formatting import format_list, quoted
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER
from metaoptout_tui.ui.base.form import FormScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen

_NOT_YET = "not-yet"
_FILL_IN, _AS_IT_STANDS = "fill-in", "as-it-stands"
_SENDING_ANSWERS = (
    (_NOT_YET, mark("Not yet")),
    ("online", mark("Yes, online or by e-mail")),
    (SENT_BY_LETTER, mark("Yes, by post")),
)


def _shown(answers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The rows of marked answers in the language in use."""
    return [(id, _(words)) for id, words in answers]


class SentLetterForm(FormScreen[bool | None]):
    """A form with a letter in it, which ends with whether the letter was sent."""

    _is_taken_out = False
    """Whether the letter was copied, saved or handed to the mail program here, so that it may have been sent."""

    @property
    def letter_draft(self) -> LetterDraft:
        """The letter that is being written."""
        raise NotImplementedError  # the letter is the subclass's

    @property
    def outgoing_text(self) -> str:
        """Subject and body as they are sent."""
        raise NotImplementedError  # so are its fields

    @property
    def missing(self) -> tuple[str, ...]:
        """The placeholders still in the text."""
        raise NotImplementedError  # and what is written into them

    def action_sent(self) -> None:
        """Ask how and when the letter was sent, and record that. Letters to people are not recorded."""
        if self.letter_draft.id not in EVENT_KIND_BY_LETTER:
            self.say(_("This is for people you know; there is nothing to record."))
            return
        self.save_draft()
        missing = self.missing
        if not missing:
            self._ask_method()
            return
        question = ChoiceScreen(
            self.context,
            _("Was it sent with these gaps?"),
            [(_FILL_IN, _("No, I will fill them in first")), (_AS_IT_STANDS, _("Yes, record it all the same"))],
            chosen=_FILL_IN,
            help_text=_("In the text here this was still missing: {missing}.").format(
                missing=format_list(map(quoted, missing))
            ),
        )
        self.app.push_screen(question, self._gaps_answered)

    def _gaps_answered(self, answer: ChosenOption | None) -> None:
        if answer is not None and answer.option_id == _AS_IT_STANDS:
            self._ask_method()

    def _ask_method(self) -> None:
        self.app.push_screen(
            ChoiceScreen(self.context, _("How did you send it?"), sending_methods()), self._method_chosen
        )

    def action_back(self) -> None:
        """Leave; where the letter was taken out of here, ask first whether it was sent."""
        can_record = self.letter_draft.id in EVENT_KIND_BY_LETTER and not self.session.current_record.read_only_reason
        if not (self._is_taken_out and can_record):
            super().action_back()
            return
        self.save_draft()
        help_text = _("If so, write it down: what comes next counts from that day.")
        question = ChoiceScreen(
            self.context, _("Did you send the letter?"), _shown(_SENDING_ANSWERS), chosen=_NOT_YET, help_text=help_text
        )
        self.app.push_screen(question, self._whether_sent_answered)

    def _whether_sent_answered(self, answer: ChosenOption | None) -> None:
        """Leave, for no answer means “not yet” too; else ask when it was sent."""
        if answer is None or answer.option_id == _NOT_YET:
            super().action_back()
        else:
            self._method_chosen(answer)

    def _method_chosen(self, answer: ChosenOption | None) -> None:
        if answer is not None:
            self._ask_date(answer.option_id)

    def _ask_date(self, method: str, offered: datetime | None = None) -> None:
        missing = self.missing

        def date_asked(at: datetime | None) -> None:
            if at is None:
                return
            if doubt := doubt_of_day(self.letter_draft, at):
                question = ChoiceScreen(self.context, doubt.title, doubt.answers, chosen=doubt.default)
                self.app.push_screen(question, lambda answer: early_day_answered(at, answer))
            else:
                self._record(at, method, self.outgoing_text)

        def early_day_answered(at: datetime, answer: ChosenOption | None) -> None:
            if answer is None or answer.option_id == CHANGE_DAY:
                self._ask_date(method, at)
            else:
                self._record(at, method, "")

        help_text = (
            _("In the text here this was still missing: {missing}.").format(missing=format_list(map(quoted, missing)))
            if missing
            else ""
        )
        question = DateScreen(self.context, _("When did you send it?"), offered=offered, help_text=help_text)
        self.app.push_screen(question, date_asked)

    def _record(self, at: datetime, method: str, text: str) -> None:
        """Record the sending, and leave; an empty text is not kept."""
        letter = self.letter_draft
        sent_letter = letter.to_sent_letter(at, text, is_by_post=is_by_post(method))
        if self.make_change(lambda: self.session.diary_service.record_sent_letter(letter.account_id, sent_letter)):
            self.say(recorded_words(letter, at, method))
            self.finish(True)
