"""Fields for what letters remember of the person or of an account, so that it can be seen and changed."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from metaoptout_tui.app.letters.doubtful_answers import check_of_profile
from metaoptout_tui.app.letters.letter_sender import (
    PROFILE,
    changed_for_letters,
    remember_changed,
    remembered_in_one_line,
)
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.ui.widgets.text_field import TextField


class SenderFields(Vertical):
    """One field for each remembered value: `questions` has them by the name of their gap in letters."""

    DEFAULT_CSS = "SenderFields { height: auto; }"

    def __init__(self, session: Session, questions: Mapping[str, str], account_id: str = "") -> None:
        super().__init__()
        self._session, self._questions, self._account_id = session, questions, account_id
        self._check_profile = check_of_profile()
        self._shown: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Each question with its field."""
        for name, question in self._questions.items():
            yield Static(question, classes="field-name", markup=False)
            yield TextField(id=name)

    def _field(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)

    def fill(self, draft: Mapping[str, str]) -> None:
        """The texts of a draft, else what is remembered."""
        with self.prevent(Input.Changed):
            for name in self._questions:
                self._shown[name] = remembered_in_one_line(self._session, self._account_id, name)
                self._field(name).value = draft.get(name, self._shown[name])

    @property
    def _typed(self) -> dict[str, str]:
        return {name: self._field(name).value for name in self._questions}

    @property
    def changed(self) -> dict[str, str]:
        """What was typed, by the name of the gap, where it is another than what is remembered."""
        return changed_for_letters(self._session, self._account_id, self._typed)

    def check(self) -> None:
        """Raise InputRefused, with the focus in the field, for a changed address of a profile that is none of Meta's."""
        if PROFILE in self.changed:
            try:
                self._check_profile(self.changed[PROFILE])
            except InputRefused:
                self._field(PROFILE).focus()
                raise

    def save(self, account_id: str = "") -> None:
        """Let letters remember what was changed, of an account just added if it is given; what was emptied is forgotten.

        What stands as it was remembered at first, and was forgotten meanwhile, stays so.
        """
        typed = {name: words for name, words in self._typed.items() if words != self._shown.get(name, "")}
        remember_changed(self._session, account_id or self._account_id, typed)
