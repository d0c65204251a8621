"""What the guide pane says about a step: what to do, the way through the menus, why, what goes wrong, who says so."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from textual.content import Content

from metaoptout_tui.core import when
from metaoptout_tui.core.answers import Answer
from metaoptout_tui.core.chats_recorded import last_scan_words
from metaoptout_tui.core.currency import changed_sentence
from metaoptout_tui.core.diary import in_force
from metaoptout_tui.core.periods import Period
from metaoptout_tui.core.playbook import Basis, FormField, MenuPath, Playbook, Point, Role, Source, Statement
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.situation import Situation
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State
from metaoptout_tui.core.wording import (
    SURENESS_WORDS,
    cause_sentence,
    doubt_sentence,
    entry_words,
    source_line,
    state_words,
    sureness_line,
    task_sentence,
    through_name,
)
from metaoptout_tui.core.working import sureness_of, working_lines
from metaoptout_tui.ui.desk import LANGUAGE_NAMES, Desk
from metaoptout_tui.ui.sheet import Sheet

NO_KEYS: Mapping[str, str] = MappingProxyType({})


class GuidePage(StrEnum):
    """The pages of the guide pane."""

    GUIDE = "guide"
    WENT_WRONG = "went wrong"


class StepGuide:
    """Writes the pages of one step of one account for a given width.

    `keys` are those that the screen has for what the guide names one for: `changes` shows what changed in a source,
    `checked` writes down a check, `letters`, `periods` and `you` lead to letters, periods and the person's country.
    """

    def __init__(
        self, desk: Desk, standing: Standing, step: str, width: int, *, keys: Mapping[str, str] = NO_KEYS
    ) -> None:
        self._desk = desk
        self._keys = keys
        self._standing = standing
        self._step = step
        self._situation = Situation(desk.session.playbook, standing, step)
        self._told: set[str] = set()
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

    @property
    def width(self) -> int:
        """The columns it is written for."""
        return self._sheet.width

    @property
    def numbered(self) -> tuple[str, ...]:
        """The ids of the sources with a number so far, in its order."""
        return tuple(self._numbers)

    def page(self, page: GuidePage) -> Content:
        """One page as text."""
        match page:
            case GuidePage.GUIDE:
                return self._guide()
            case GuidePage.WENT_WRONG:
                return self._went_wrong()

    def _guide(self) -> Content:
        self._currency()
        self._remains()
        if self._step == "confirm":
            self._assumed()
        self._how_it_stands()
        self._section("While you wait for a confirmation" if self._situation.remains else "What to do", "do")
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

    def answer(self, answer: Answer) -> Content:
        """What one answer means: of its sort where something is known of that, else of its kind; then what the law says."""
        self.statements(self._situation.of_answer(answer))
        self._source_list()
        return self._sheet.content()

    def working(self, period: Period) -> Content:
        """How a period was worked out, step by step: the day, the sentence, its place in the law, how sure, who says so."""
        texts, today = self._playbook.texts, self._desk.session.now().date()
        self._assumed()
        self._sheet.paragraph(texts.say(f"period.{period.rule}"))
        self._sheet.heading("Worked out like this")
        for number, line in enumerate(working_lines(period, self._playbook), start=1):
            detail = f" ({line.detail})" if line.detail else ""
            self._sheet.item(f"{number}.", f"{line.day:%a} {when.full_day(line.day)}{detail}", style="bold")
            tail = " · ".join(part for part in (line.law, self.tail(line.basis) if line.basis else "") if part)
            self._sheet.item("  ", line.sentence, tail)
        self._sheet.blank()
        sure = SURENESS_WORDS[sureness_of(period, self._playbook)]
        over = "It is over." if period.is_over(today) else f"The whole of {when.full_day(period.last)} belongs to it."
        self._sheet.paragraph(f"{over} As a whole this count is {sure}: as sure as its least sure step.")
        self._source_list()
        return self._sheet.content()

    def no_period(self) -> Content:
        """What is so of the answer where no law sets a time for it."""
        found = self._playbook.statements_for(role="know", **self._place)
        self.statements(each for each in found if each.id == "confirm.no-period")
        self._source_list()
        return self._sheet.content()

    def point(self, point: Point, suggested: str = "", key: str = "") -> Content:
        """One point of a review: how to find out, and why it matters.

        `suggested` says what answers it already, `key` which key helps to find out.
        """
        texts = self._playbook.texts
        self._sheet.paragraph(texts.say(f"{point.id}.question"), "bold")
        if suggested:
            self._sheet.paragraph(suggested, "$text-warning")
        self._sheet.item(self._desk.marks.bullet, texts.say(f"{point.id}.how"), self.tail(point.basis))
        if key:
            self._sheet.item(self._desk.marks.bullet, key)
        self.menu_paths(about=point.id)
        self._section("Take care", "warn")
        self._section("Good to know", "know")
        self._source_list()
        return self._sheet.content()

    def _currency(self) -> None:
        """That a page this step rests on has changed, and that the guidance is not the makers' own or is out of date."""
        unread = self._desk.looking.lookout.unread_for(**self._place)
        if unread:
            key = f" {self._keys['changes']} shows what changed." if "changes" in self._keys else ""
            self._sheet.paragraph(f"{changed_sentence(unread)}{key}", "$text-warning")
            self._sheet.blank()
        in_use, today = self._desk.looking.lookout.in_use, self._desk.session.now().date()
        if in_use.origin.is_feed or in_use.is_expired(today):
            self._sheet.paragraph(in_use.words(today), "$text-warning")
            self._sheet.blank()

    def _remains(self) -> None:
        """What came of the objection and what there is left to do, before what is said of a first confirmation."""
        if not self._situation.remains:
            return
        session, standing = self._desk.session, self._standing
        playbook, overview = session.playbook, session.overview()
        reply, since = standing.reply, standing.since
        words = state_words(standing, session.progress, playbook, overview.now)
        if standing.state is State.FILED and reply is not None:
            words, since = entry_words(reply, playbook), reply.at
        dated = ""
        if since is not None and standing.state is not State.OVERDUE:
            dated = f" on {when.day(since.astimezone(overview.now.tzinfo).date(), overview.now.date())}"
        self._sheet.paragraph(f"{words[:1].upper()}{words[1:]}{dated}.", "bold")
        task = overview.next_for(standing.account.id)
        if task is not None:
            self._sheet.paragraph(f"Next: {task_sentence(task, playbook)}")
        keys = self._keys
        if "letters" in keys and "periods" in keys:
            self._sheet.paragraph(
                f"{keys['letters']} has the letters that fit and your authority, {keys['periods']} the legal periods."
            )
        self._sheet.blank()

    def _assumed(self) -> None:
        """By whose law it is counted, where nobody said in which country they live."""
        words = self._desk.assumed_words(self._keys["you"]) if "you" in self._keys else ""
        if words:
            self._sheet.paragraph(words, "$text-warning")
            self._sheet.blank()

    def _how_it_stands(self) -> None:
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
            self.statements(self._situation.of_coverage())
            self._sheet.paragraph("Enter on “Submit the form” files for this account too.")
            self._sheet.blank()
        if standing.state is State.NOT_AVAILABLE:
            territory = self._desk.territory_words(self._progress.person.country)
            if territory:
                self._sheet.paragraph(territory)
                self._sheet.blank()
        self._doubts()
        self._last_scan()
        for found in (self._situation.of_region(), self._situation.of_reply()):
            if found:
                self.statements(found)
                self._sheet.blank()

    def _doubts(self) -> None:
        """Why the objection is worth another look, and how to say that it was looked at."""
        doubts = self._situation.doubts
        for doubt in doubts:
            basis = self._situation.basis_of(doubt)
            words = doubt_sentence(doubt, self._playbook, self._desk.session.now())
            self._sheet.item(self._desk.marks.bullet, words, self.tail(basis) if basis else "")
        if doubts:
            self.statements(self._situation.of_doubts())
            if "checked" in self._keys:
                self._sheet.paragraph(f"{self._keys['checked']} writes down that you looked and leave it as it is.")
            self._sheet.blank()

    def _last_scan(self) -> None:
        """What the newest recorded scan of chats found, or that there is such a thing."""
        account = self._standing.account
        if self._step == "review" and account.platform == "whatsapp":
            words = last_scan_words(account.events, self._desk.session.now())
            self._sheet.paragraph(words or "In it you can scan chats that you exported, on this machine.")
            self._sheet.blank()

    def _section(self, heading: str, role: Role) -> None:
        every = self._playbook.statements_for(role=role, **self._place)
        found = tuple(each for each in every if each.id not in self._told)
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
            self._told.add(statement.id)

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
            self._sheet.item(self._desk.marks.bullet, self._path_line(path), self.tail(path.basis))

    def _path_line(self, path: MenuPath) -> str:
        return f"{self._playbook.texts.say(f'path.{path.id}')}: {self.path_words(path)}"

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

    def sources(self, first: Iterable[str] = ()) -> tuple[tuple[int, Source], ...]:
        """All sources of the step with their numbers: those that a page has numbered `first`, then as the guide does."""
        playbook = self._playbook
        for id in first:
            self._numbers.setdefault(id, len(self._numbers) + 1)
        for basis, _ in self._said():
            self.tail(basis)
        known = ((number, playbook.sources.get(id)) for id, number in self._numbers.items())
        return tuple((number, source) for number, source in known if source is not None)

    def source(self, source: Source) -> Content:
        """One source: what it is, its address, and what is said here on its word."""
        self._sheet.paragraph(source_line(source), "bold")
        if source.url:
            self._sheet.paragraph(source.url)
        self._sheet.heading("Said here on its word")
        for basis, words in self._said():
            if source.id in basis.sources:
                self._sheet.item(self._desk.marks.bullet, words, sureness_line(basis))
        return self._sheet.content()

    def _said(self) -> list[tuple[Basis, str]]:
        """All that is said of the step on the word of others, in the order of the guide; a review has points and chats."""
        playbook, texts, place = self._playbook, self._playbook.texts, self._place
        situation, now = self._situation, self._desk.session.now()
        doubts = [(situation.basis_of(each), doubt_sentence(each, playbook, now)) for each in situation.doubts]
        said = [(basis, words) for basis, words in doubts if basis is not None]
        said.extend((each.basis, texts.say(each.id)) for each in situation.special())
        for role in ROLES:
            said.extend((each.basis, texts.say(each.id)) for each in playbook.statements_for(role=role, **place))
            if role == "do":
                said.extend((path.basis, self._path_line(path)) for path in playbook.paths_for(**place))
        said.extend(
            (trouble.basis, f"{texts.say(f'{trouble.id}.symptom')}: {texts.say(f'{trouble.id}.helped')}")
            for trouble in playbook.troubles_for(**place)
        )
        if self._step == "review":
            said.extend((each.basis, texts.say(each.id)) for each in situation.of("chats"))
            points = playbook.points_for(platform=place["platform"], region=place["region"])
            said.extend(
                (each.basis, f"{texts.say(f'{each.id}.question')} {texts.say(f'{each.id}.how')}") for each in points
            )
        return list(dict.fromkeys(said))

    def tail(self, basis: Basis) -> str:
        """How sure a statement is, as of when, and the numbers of its sources: `sure, May 2025 [1, 2]`."""
        numbers = sorted(self._numbers.setdefault(id, len(self._numbers) + 1) for id in basis.sources)
        return f"{sureness_line(basis)} {numbers}"

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

    def _source_list(self) -> None:
        if not self._numbers:
            return
        self._sheet.heading("Sources")
        for id, number in self._numbers.items():
            source = self._playbook.sources.get(id)
            if source is None:
                continue
            self._sheet.item(str(number), source_line(source))


ROLES: tuple[Role, ...] = ("do", "warn", "know", "why")
"""The order in which the page has its sections, with the menus after the first."""
