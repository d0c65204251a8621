"""What the guide pane says about a step: what to do, the way through the menus, why, what goes wrong, who says so."""

from collections.abc import Iterable
from enum import StrEnum

from textual.content import Content

from metaoptout_tui.core import when
from metaoptout_tui.core.currency import changed_sentence
from metaoptout_tui.core.diary import in_force
from metaoptout_tui.core.playbook import Basis, FormField, MenuPath, Playbook, Point, Role, Statement
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.standing import Standing, State
from metaoptout_tui.core.wording import SURENESS_WORDS, cause_sentence, through_name
from metaoptout_tui.ui.desk import LANGUAGE_NAMES, Desk
from metaoptout_tui.ui.sheet import Sheet


class GuidePage(StrEnum):
    """The pages of the guide pane."""

    GUIDE = "guide"
    WENT_WRONG = "went wrong"
    SOURCES = "sources"


class StepGuide:
    """Writes the pages of one step of one account for a given width.

    `changes_key` shows what changed in a source, where the screen has a key for it.
    """

    def __init__(self, desk: Desk, standing: Standing, step: str, width: int, *, changes_key: str = "") -> None:
        self._desk = desk
        self._changes_key = changes_key
        self._standing = standing
        self._step = step
        self._sheet = Sheet(width)
        self._numbers: dict[str, int] = {}

    @property
    def _playbook(self) -> Playbook:
        return self._desk.session.playbook

    @property
    def _progress(self) -> Progress:
        return self._desk.session.progress

    @property
    def _place(self) -> dict[str, str]:
        return {"step": self._step, "platform": self._standing.account.platform, "region": self._standing.region.id}

    def page(self, page: GuidePage) -> Content:
        """One page as text."""
        match page:
            case GuidePage.GUIDE:
                return self._guide()
            case GuidePage.WENT_WRONG:
                return self._went_wrong()
            case GuidePage.SOURCES:
                return self._sources()

    def _guide(self) -> Content:
        self._currency()
        self._situation()
        self._section("What to do", "do")
        self.menu_paths()
        self._section("Take care", "warn")
        self._section("Good to know", "know")
        self._section("Why", "why")
        self._notes()
        self._source_list()
        return self._sheet.content()

    def walking(self) -> Content:
        """What is needed while doing it: what to do, the menus, what to take care of, and who says so."""
        self._section("What to do", "do")
        self.menu_paths()
        self._section("Take care", "warn")
        self._source_list()
        return self._sheet.content()

    def opening(self) -> Content:
        """The way to the form: the menus first, then what to do and what to take care of."""
        self.menu_paths()
        self._section("What to do", "do")
        self._section("Take care", "warn")
        self._source_list()
        return self._sheet.content()

    def field(self, field: FormField) -> Content:
        """What to know about one field of the form."""
        texts = self._playbook.texts
        self._sheet.heading(texts.say(f"{field.id}.label"))
        self._sheet.item(self._desk.marks.bullet, texts.say(f"{field.id}.help"), self.tail(field.basis))
        self._section("What to do", "do")
        self._section("Take care", "warn")
        self._source_list()
        return self._sheet.content()

    def answer(self, kind: str) -> Content:
        """What one kind of answer means."""
        self.statements(each for each in self._of("answer") if each.id == f"answer.{kind}.help")
        self._source_list()
        return self._sheet.content()

    def point(self, point: Point) -> Content:
        """One point of a review: how to find out, and why it matters."""
        texts = self._playbook.texts
        self._sheet.paragraph(texts.say(f"{point.id}.question"), "bold")
        self._sheet.item(self._desk.marks.bullet, texts.say(f"{point.id}.how"), self.tail(point.basis))
        self.menu_paths(about=point.id)
        self._section("Take care", "warn")
        self._section("Good to know", "know")
        self._source_list()
        return self._sheet.content()

    def _currency(self) -> None:
        """That a page this step rests on has changed, and that the guidance is not the makers' own or is out of date."""
        unread = self._desk.looking.lookout.unread_for(**self._place)
        if unread:
            key = f" {self._changes_key} shows what changed." if self._changes_key else ""
            self._sheet.paragraph(f"{changed_sentence(unread)}{key}", "$text-warning")
            self._sheet.blank()

    def _situation(self) -> None:
        """What is special about this account now: why to object again, what covers it, what the region means."""
        now = self._desk.session.now()
        standing = self._standing
        if standing.cause is not None:
            words = cause_sentence(standing.cause, self._progress, self._playbook, now)
            self._sheet.paragraph(words, "$text-warning")
            self._sheet.blank()
        elif standing.state is State.COVERED:
            through = through_name(standing.covered_by, self._progress, self._playbook)
            since = when.day(standing.since.date(), now.date()) if standing.since else ""
            self._sheet.paragraph(f"Covered through {through} since {since}.", "$text-success")
            self.statements(each for each in self._of("coverage") if each.id in _COVERED)
            self._sheet.paragraph("Enter on “Submit the form” files for this account too.")
            self._sheet.blank()
        if standing.state is State.NOT_AVAILABLE or (self._step == "identify" and standing.region.right != "yes"):
            self.statements(self._of("region"))
            self._sheet.blank()
        if self._step == "confirm" and standing.reply is not None:
            self.statements(
                statement for statement in self._of("answer") if statement.id == f"answer.{standing.reply.what}.help"
            )
            self._sheet.blank()

    def _of(self, pseudo_step: str) -> tuple[Statement, ...]:
        return self._playbook.statements_for(
            step=pseudo_step, platform=self._standing.account.platform, region=self._standing.region.id
        )

    def _section(self, heading: str, role: Role) -> None:
        found = self._playbook.statements_for(role=role, **self._place)
        if found:
            self._sheet.heading(heading)
            self.statements(found)

    def statements(self, statements: Iterable[Statement]) -> None:
        """Each statement with its sureness and the numbers of its sources."""
        marks = self._desk.marks
        for statement in statements:
            sign, style = (marks.trouble, "$text-warning") if statement.role == "warn" else (marks.bullet, "$muted")
            words = self._playbook.texts.say(statement.id)
            self._sheet.item(sign, words, self.tail(statement.basis), sign_style=style)

    def menu_paths(self, *, about: str = "") -> None:
        """The ways through Meta's menus, in the words of the person's app; `about` a point, only those named like it."""
        paths = self._playbook.paths_for(**self._place)
        if about:
            paths = tuple(path for path in paths if path.id.rpartition("-")[2] == about.rpartition(".")[2])
        if not paths:
            return
        language = self._desk.language
        labels = "" if language == "en" else f" ({LANGUAGE_NAMES[language]} labels where they are known)"
        self._sheet.heading(f"Where to find it{labels}")
        for path in paths:
            where = self._playbook.texts.say(f"path.{path.id}")
            self._sheet.item(self._desk.marks.bullet, f"{where}: {self.path_words(path)}", self.tail(path.basis))

    def path_words(self, path: MenuPath) -> str:
        """A menu path as one line: `Settings & privacy → Privacycentrum → …`."""
        return f" {self._desk.marks.arrow} ".join(label.word(self._desk.language) for label in path.labels)

    def _went_wrong(self) -> Content:
        texts = self._playbook.texts
        troubles = self._playbook.troubles_for(**self._place)
        self._sheet.heading("It went wrong: what others met, and what helped")
        for trouble in troubles:
            self._sheet.item(self._desk.marks.trouble, texts.say(f"{trouble.id}.symptom"), style="bold")
            self._sheet.item(" ", texts.say(f"{trouble.id}.helped"), self.tail(trouble.basis))
        if not troubles:
            self._sheet.paragraph("Nothing is known to go wrong here.")
        self._source_list()
        return self._sheet.content()

    def _sources(self) -> Content:
        """The sources of both other pages, each with its address."""
        playbook, place = self._playbook, self._place
        bases = [each.basis for role in ROLES for each in playbook.statements_for(role=role, **place)]
        bases.extend(path.basis for path in playbook.paths_for(**place))
        bases.extend(trouble.basis for trouble in playbook.troubles_for(**place))
        for basis in bases:
            self.tail(basis)
        self._source_list(addresses=True)
        return self._sheet.content()

    def tail(self, basis: Basis) -> str:
        """How sure a statement is, as of when, and the numbers of its sources: `sure, May 2025 [1, 2]`."""
        numbers = sorted(self._numbers.setdefault(id, len(self._numbers) + 1) for id in basis.sources)
        return f"{SURENESS_WORDS[basis.sureness]}, {when.partial(basis.checked_on)} {numbers}"

    def _notes(self) -> None:
        now = self._desk.session.now()
        notes = [
            event
            for event in in_force(self._standing.account.events)
            if (event.what == "noted" and event.text("step") == self._step)
            or (event.text("note") and self._step == "confirm")
        ]
        if notes:
            self._sheet.heading("Your notes")
            for event in notes:
                words = event.text("text") or event.text("note")
                self._sheet.item(self._desk.marks.bullet, words, when.day_and_time(event.at, now))

    def _source_list(self, *, addresses: bool = False) -> None:
        if not self._numbers:
            return
        self._sheet.heading("Sources")
        for id, number in self._numbers.items():
            source = self._playbook.sources.get(id)
            if source is None:
                continue
            date = when.partial(source.date) if source.date else "undated"
            self._sheet.item(str(number), f"{source.publisher}, {date}, {QUALITY_WORDS[source.quality]}")
            if addresses and source.url:
                self._sheet.item(" " * len(str(number)), source.url, style="$muted")


_COVERED = frozenset({"coverage.one-per-hub", "coverage.not-linked", "coverage.each", "coverage.threads"})
"""What a covered account's page says of coverage; the rest concerns accounts that are not."""

ROLES: tuple[Role, ...] = ("do", "warn", "know", "why")
"""The order in which the page has its sections."""

QUALITY_WORDS = {
    "primary": "first hand",
    "good": "good",
    "weak": "weak: a blog or a collection",
    "code": "public code",
}
"""The quality of a source, as facts.md grades them."""
