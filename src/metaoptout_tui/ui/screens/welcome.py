"""The first start, and later the person's own details: where they live, what they use, which e-mail address."""

from collections.abc import Iterable
from unicodedata import combining, normalize

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.core.playbook import LANGUAGES
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import LANGUAGE_NAMES, Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.lists import Choices, Ticks

_FOUND = 40
WEEKLY = "weekly"
_WEEKLY_WORDS = "Once a week, look whether the public pages behind this guide changed"


class WelcomeScreen(FormPage[bool | None]):
    """Three questions, all of which can be skipped and answered later."""

    PLACE = "welcome"
    BINDINGS = bindings("welcome")
    DEFAULT_CSS = """
    WelcomeScreen #promise { height: auto; padding: 0 1; color: $muted; }
    WelcomeScreen #found { height: 3; }
    WelcomeScreen #region { height: auto; padding: 0 1; color: $muted; }
    WelcomeScreen .field-name { color: $text-accent; }
    WelcomeScreen Choices { max-height: 6; }
    """

    def __init__(self, desk: Desk, *, first: bool = True) -> None:
        super().__init__(desk, draft_key("welcome" if first else "person"))
        self._first = first
        self._country = ""
        self._names: dict[str, tuple[str, ...]] = {}

    def compose_page(self) -> ComposeResult:
        """The questions from top to bottom."""
        with VerticalScroll(can_focus=False):
            if self._first:
                yield Static(
                    "This program sends nothing to Meta. It keeps everything in one file on this computer:\n"
                    f"{self.desk.file}",
                    id="promise",
                    markup=False,
                )
            yield Static("1  Where do you live? Type to search.", classes="field-name", markup=False)
            yield Input(id="country", placeholder="country")
            yield Choices(id="found")
            yield Static(id="region", markup=False)
            if self._first:
                yield Static("2  What do you use? Space ticks.", classes="field-name", markup=False)
                rows = [(platform.id, platform.name) for platform in self.session.playbook.platforms]
                yield Ticks(rows, self.draft.get("platforms", "").split(), id="platforms")
            else:
                yield Static("2  Language of menu labels and reasons", classes="field-name", markup=False)
                yield Choices([(each, LANGUAGE_NAMES[each]) for each in LANGUAGES], id="language")
            yield Static("3  Your e-mail address, the one you can read now", classes="field-name", markup=False)
            yield Input(id="email", placeholder="you@example.org")
            if self._first:
                yield Ticks([(WEEKLY, _WEEKLY_WORDS)], self.draft.get("weekly", "").split(), id="weekly")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin with the country, the likeliest one highlighted."""
        if self._first:
            self.head("Welcome to metaoptout-tui", left="Three questions. Each can be skipped and answered later.")
        else:
            self.head("You", left="Enter goes on; after the last field it saves.")
        self._names = dict(self.desk.countries())
        self.fill()

    @property
    def says_unsaved(self) -> bool:
        """A change of the details that is not made; the welcome itself just goes on where it was."""
        return not self._first

    def fill(self) -> None:
        """The details as they are, or as they were being typed."""
        super().fill()
        person, draft = self.session.progress.person, self.draft
        self._country = draft.get("country") or person.country or (self.desk.home_country if self._first else "")
        with self.prevent(Input.Changed):
            self.query_one("#country", Input).value = ""
            self.query_one("#email", Input).value = draft.get("email", "" if draft else person.email)
        if not self._first:
            self.query_one("#language", Choices).go_to(draft.get("language") or self.desk.language)
        self._search("")
        self.query_one("#country", Input).focus()

    def typed(self) -> dict[str, str]:
        """Country, platforms or language, and e-mail address; of the person's own details only changed ones."""
        typed = {"email": self.query_one("#email", Input).value, "country": self._country}
        if self._first:
            typed["platforms"] = " ".join(self.query_one("#platforms", Ticks).ticked)
            typed["weekly"] = " ".join(self.query_one("#weekly", Ticks).ticked)
            return typed
        typed["language"] = self.query_one("#language", Choices).chosen
        person = self.session.progress.person
        known = {"email": person.email, "country": person.country, "language": self.desk.language}
        return {} if typed == known else typed

    @on(Input.Changed, "#country")
    def _country_typed(self, event: Input.Changed) -> None:
        event.input.select_on_focus = True
        self._search(event.value)

    def _search(self, typed: str) -> None:
        wanted = _plain(typed.strip())
        found = [code for code, names in self._names.items() if _matches(wanted, code, names)]
        found.sort(
            key=lambda code: (wanted != code.casefold(), not _begins(wanted, self._names[code]), self._names[code][0])
        )
        if not wanted and self._country in self._names:
            found.remove(self._country)
            found.insert(0, self._country)
        elif wanted:
            self._country = found[0] if found else self.session.progress.person.country
        rows = [(code, self._names[code][0]) for code in found[:_FOUND]]
        choices = self.query_one("#found", Choices)
        with self.prevent(OptionList.OptionHighlighted):
            choices.show_rows(rows, found[0] if found else None)
            if not wanted and not self._country:
                choices.highlighted = None  # nothing is known, so Enter must not take the first of the alphabet
        self._show_region(choices.chosen)
        self.refuse("" if found else f"No country is called “{typed.strip()}”. Try its English name.")

    @on(OptionList.OptionHighlighted, "#found")
    def _country_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show_region(event.option.id or "")
        if event.option_list.has_focus:
            self._country = event.option.id or ""

    @on(OptionList.OptionSelected, "#found")
    def _country_clicked(self) -> None:
        self._take_country()

    def _show_region(self, country: str) -> None:
        playbook = self.session.playbook
        region = playbook.region_of(country)
        said = playbook.statements_for(step="region", platform="facebook", region=region.id) if country else ()
        if region.right == "yes":
            said = said[:1]
        words = " ".join((self.desk.territory_words(country), *(playbook.texts.say(each.id) for each in said))).strip()
        name = self._names[country][0] if country in self._names else country
        self.query_one("#region", Static).update(
            Content.assemble((name, "bold $text-accent"), f": {words}") if name else ""
        )

    def on_key(self, event: events.Key) -> None:
        """Up and Down in the search field move in the list below it; what is typed in that list is searched."""
        field, found = self.query_one("#country", Input), self.query_one("#found", Choices)
        if found.has_focus and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            field.select_on_focus = False  # else the next letter would take the place of this one
            self.set_focus(field)
            field.value = event.character
            field.cursor_position = 1
            return
        if field.has_focus and event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            if event.key == "up":
                found.action_cursor_up()
            else:
                found.action_cursor_down()
            self._country = found.chosen

    @on(Input.Submitted, "#country")
    def _take_country(self) -> None:
        self._country = self.query_one("#found", Choices).chosen
        if self._country:
            with self.prevent(Input.Changed):
                self.query_one("#country", Input).value = self._names[self._country][0]
            self.keep()
        # At once, not when the screen comes to it: what is typed next belongs there already.
        self.set_focus(self.query_one("#platforms" if self._first else "#language"))

    def action_next(self) -> None:
        """Go from a list to the field below it."""
        if self.query_one("#found", Choices).has_focus:
            self._take_country()
        elif self.query("#weekly:focus"):
            self.action_finish()
        else:
            self.set_focus(self.query_one("#email", Input))

    @on(Ticks.Changed)
    def _ticked(self) -> None:
        self.keep()

    @on(OptionList.OptionSelected, "#language")
    def _language_clicked(self) -> None:
        self.action_next()

    @on(Input.Submitted, "#email")
    def action_finish(self) -> None:
        """Take what is filled in."""
        email = self.query_one("#email", Input).value
        if self._first:
            ticked = self.query_one("#platforms", Ticks).ticked
            platforms = [each.id for each in self.session.playbook.platforms if each.id in ticked]
            language = self.desk.language
            done = self.change(lambda: self.session.welcome(self._country, platforms, email, language))
            if done and self.query_one("#weekly", Ticks).ticked:
                self.change(lambda: self.desk.looking.switch(weekly=True))
        else:
            language = self.query_one("#language", Choices).chosen
            done = self.change(
                lambda: self.session.set_person(country=self._country, email=email, language=language or "en")
            )
        if done:
            self.settle(True)
        else:
            self.query_one("#email", Input).focus()

    def action_skip(self) -> None:
        """Go on with nothing, or leave the details as they were."""
        if self._first:
            self.change(lambda: self.session.welcome(self._country if self._country_taken else "", (), ""))
            self.settle(True)
        else:
            self.action_back()

    @property
    def _country_taken(self) -> bool:
        return bool(self.query_one("#country", Input).value)


def _matches(wanted: str, code: str, names: Iterable[str]) -> bool:
    return not wanted or wanted == code.casefold() or any(wanted in _plain(name) for name in names)


def _begins(wanted: str, names: Iterable[str]) -> bool:
    return any(_plain(name).startswith(wanted) for name in names)


def _plain(name: str) -> str:
    """A name as it is searched: without accents, which not every keyboard has."""
    return "".join(each for each in normalize("NFKD", name.casefold()) if not combining(each))
