"""Choose a letter: the ones that fit how the account stands first, each with its text as it would be."""

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.letters import SENT_AS, Letter, fitting
from metaoptout_tui.core.overview import account_name
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.text import cells
from metaoptout_tui.documents.letters import letter_title, letters_for, write_letter
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.letter_sheet import COMPLAINT, addressed, first_language, letter_lines
from metaoptout_tui.ui.widgets.reader import Reader

_AROUND = 6


class LettersScreen(StepPage[None]):
    """Letters above, the highlighted one below."""

    PLACE = "letters"
    LIST = "letters"
    STEP = "confirm"
    BINDINGS = bindings("letters")

    def show_account(self, standing: Standing) -> None:
        """The letters that exist under the law of this account."""
        name = account_name(standing.account, self.session.playbook)
        ids = letters_for(standing.region.law)
        left = f"{self.key('letters.write')} opens the highlighted one to change, copy or send it."
        self.head(f"{name}: letters", left=left if ids else "There are none for where you live.")
        self.rows.display = bool(ids)
        now = self.session.now()
        self._fit = fitting(standing, self.session.periods(self._account), now)
        order = [*(id for id in self._fit if id in ids), *(id for id in ids if id not in self._fit)]
        self.rows.show_rows([(id, self._row(id)) for id in order])
        self.show_words()

    def _row(self, id: str) -> Content:
        title = letter_title(id, "en")
        why = self._fit.get(id, "not now")
        column = max(cells(letter_title(each, "en")) for each in (*SENT_AS, *self._fit))
        tail = f"{'':<{column - cells(title)}}  {why}" if column + cells(why) <= self.size.width - _AROUND else ""
        return Content.assemble((title, "bold" if id in self._fit else "$muted"), (tail, "$muted"))

    def _letter(self, id: str) -> Letter | None:
        standing = self.standing
        if standing is None or id not in letters_for(standing.region.law):
            return None
        authority = addressed(self.desk).authority if id == COMPLAINT else None
        facts = self.session.letter_facts(self._account, authority=authority.name if authority else "")
        return write_letter(id, first_language(self.desk, id), standing.region.law, facts)

    def show_words(self) -> None:
        """About the highlighted row."""
        letter = self._letter(self.rows.chosen)
        width = self.query_one(Reader).columns or self.size.width - 4
        if letter is None:
            words = "The letters rest on laws of the EU and EEA, the United Kingdom and Switzerland."
            self.read(Content(words))
            return
        why = self._fit.get(letter.id, "It does not fit how the account stands now; you can still write it.")
        below = "" if letter.id in SENT_AS else "It is for people, so nothing is recorded when you send it."
        self.read(letter_lines(letter, width, above=why, below=below))

    @on(OptionList.OptionSelected)
    def action_write(self) -> None:
        """Open the letter to change, copy or send it."""
        from metaoptout_tui.ui.screens.letter import LetterScreen

        if self._letter(self.rows.chosen) is not None:
            self.app.push_screen(LetterScreen(self.desk, self._account, self.rows.chosen), self._left)

    def _left(self, sent: object) -> None:
        if sent:
            self.dismiss(None)

    def action_authority(self) -> None:
        """See the authority."""
        from metaoptout_tui.ui.screens.authority import AuthorityScreen

        self.app.push_screen(AuthorityScreen(self.desk))
