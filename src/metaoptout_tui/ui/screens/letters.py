"""Choose a letter: the ones that fit how the account stands first, each with its text as it would be."""

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.fitting import fitting, too_early
from metaoptout_tui.core.letters import SENT_AS, Letter
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.text import cells
from metaoptout_tui.core.wording import sureness_line
from metaoptout_tui.documents.letters import letter_title, letters_for
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.letter_sheet import first_language, language_words, letter_lines, where_to, written
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
        periods = self.session.periods(self._account)
        self._fit, self._early = fitting(standing, periods, now), too_early(standing, periods, now)
        order = [id for id in dict.fromkeys((*self._fit, *self._early, *ids)) if id in ids]
        self.rows.show_rows([(id, self._row(id)) for id in order])
        self.show_words()

    def _row(self, id: str) -> Content:
        title = letter_title(id, "en")
        why = self._fit.get(id) or self._early.get(id, "not now")
        column = max(cells(letter_title(each, "en")) for each in (*SENT_AS, *self._fit))
        tail = f"{'':<{column - cells(title)}}  {why}" if column + cells(why) <= self.size.width - _AROUND else ""
        return Content.assemble((title, "bold" if id in self._fit else "$muted"), (tail, "$muted"))

    def _letter(self, id: str) -> Letter | None:
        standing = self.standing
        if standing is None or id not in letters_for(standing.region.law):
            return None
        return written(self.desk, self._account, id, first_language(self.desk, id))

    def show_words(self) -> None:
        """About the highlighted row."""
        letter = self._letter(self.rows.chosen)
        width = self.query_one(Reader).columns or self.size.width - 4
        if letter is None:
            words = "The letters rest on laws of the EU and EEA, the United Kingdom and Switzerland."
            self.read(Content(words))
            return
        below = "" if letter.id in SENT_AS else "It is for people, so nothing is recorded when you send it."
        self.read(letter_lines(letter, width, above=self._about(letter), below=below))

    def _about(self, letter: Letter) -> str:
        """Whether it fits now, what the law says of its place, and in which language it is."""
        why = self._fit.get(letter.id)
        if why is None:
            early = self._early.get(letter.id, "It does not fit how the account stands now.")
            why = f"{early} You can still write it."
        standing = self.standing
        said: list[str] = []
        if standing is not None and SENT_AS.get(letter.id, "").startswith("complained"):
            region, playbook = standing.region.id, self.session.playbook
            known = playbook.statements_for(step="region", platform="", region=region)
            said = [
                f"{playbook.texts.say(each.id)} ({sureness_line(each.basis)})"
                for each in known
                if each.id == f"region.{region}.complaint"
            ]
        assumed = self.desk.assumed_words(self.key("letters.you"))
        where = where_to(self.desk, letter.id)
        language = language_words(self.desk, letter.id, letter.language)
        return "\n".join(part for part in (why, assumed, *said, *where, language) if part)

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

        self.app.push_screen(AuthorityScreen(self.desk, self._account))
