"""A review: point by point, each answered yes, no, done or not for me."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from metaoptout_tui.core.overview import account_name
from metaoptout_tui.core.playbook import Point
from metaoptout_tui.core.standing import Standing, StepState
from metaoptout_tui.core.text import elided
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.guide import StepGuide
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.ask import AskScreen

_ANSWER = 12


class ReviewScreen(Page[str | None]):
    """Answering the last open point ends the review."""

    PLACE = "review"
    BINDINGS = bindings("review")
    DEFAULT_CSS = """
    ReviewScreen Choices { max-height: 60%; }
    ReviewScreen VerticalScroll { height: 1fr; padding: 0 1; border-top: solid $line; }
    ReviewScreen #words { height: auto; }
    """

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk)
        self._account = account

    def compose_page(self) -> ComposeResult:
        """The points above, about the highlighted one below."""
        yield Choices(id="points")
        with VerticalScroll(can_focus=False):
            yield Static(id="words", markup=False)

    def on_mount(self) -> None:
        """Begin at the first point without an answer."""
        self.show()
        self.query_one(Choices).focus()
        self._to_open_point()

    def resized(self) -> None:
        """The words are written for the width there is."""
        self.show()

    @property
    def _standing(self) -> Standing | None:
        return self.session.overview().standing(self._account)

    @property
    def _points(self) -> tuple[Point, ...]:
        standing = self._standing
        if standing is None:
            return ()
        return self.session.playbook.points_for(platform=standing.account.platform, region=standing.region.id)

    def show(self) -> None:
        """The points with their answers."""
        super().show()
        standing = self._standing
        if standing is None:
            self.dismiss(None)
            return
        texts = self.session.playbook.texts
        answers = dict(standing.answers)
        done = sum(1 for point in self._points if point.id in answers)
        name = account_name(standing.account, self.session.playbook)
        self.head(f"{name}: review", left=f"{done} of {len(self._points)} points answered.")
        rows = []
        for point in self._points:
            answer = answers.get(point.id, "")
            words = texts.say(f"answer-word.{answer}") if answer else ""
            sign = self.desk.marks.of_step(StepState.DONE if answer else StepState.TO_DO)
            rows.append(
                (
                    point.id,
                    Content.assemble(
                        (f"{sign} ", "$text-success" if answer else "$muted"),
                        (f"{words:<{_ANSWER}}", "bold"),
                        elided(texts.say(f"{point.id}.question"), self.size.width - _ANSWER - 5),
                    ),
                )
            )
        self.query_one(Choices).show_rows(rows)
        self._show_words()

    def _show_words(self) -> None:
        standing, point = self._standing, self._point
        if standing is not None and point is not None:
            guide = StepGuide(self.desk, standing, "review", self.size.width - 4)
            self.query_one("#words", Static).update(guide.point(point))

    @property
    def _point(self) -> Point | None:
        chosen = self.query_one(Choices).chosen
        return next((point for point in self._points if point.id == chosen), None)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_words()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        """Choose among the answers that fit."""
        point = self._point
        standing = self._standing
        if point is None or standing is None:
            return
        texts = self.session.playbook.texts
        rows = [(answer, texts.say(f"answer-word.{answer}")) for answer in point.answers]
        self.app.push_screen(
            AskScreen(
                self.desk,
                texts.say(f"{point.id}.question"),
                rows,
                chosen=dict(standing.answers).get(point.id, ""),
                words=texts.say(f"{point.id}.how"),
            ),
            self._chose,
        )

    def _chose(self, answer: str | None) -> None:
        if answer is not None:
            self._answer(answer)

    def _answer(self, answer: str) -> None:
        point = self._point
        if point is None:
            return
        if answer not in point.answers:
            texts = self.session.playbook.texts
            fitting = ", ".join(texts.say(f"answer-word.{each}") for each in point.answers)
            self.say(f"The answers here are: {fitting}.")
            return
        if self.change(lambda: self.session.answer(self._account, point.id, answer)):
            standing = self._standing
            review = standing.step("review") if standing else None
            if review is not None and review.state is StepState.DONE:
                self.dismiss("review")
            else:
                self._to_open_point()

    def _to_open_point(self) -> None:
        standing = self._standing
        answered = {point for point, _ in standing.answers} if standing else set()
        ids = [point.id for point in self._points]
        chosen = self.query_one(Choices).chosen
        at = ids.index(chosen) if chosen in ids else 0
        open_points = [id for id in (*ids[at:], *ids[:at]) if id not in answered]
        if open_points:
            self.query_one(Choices).go_to(open_points[0])

    def action_yes(self) -> None:
        """Yes."""
        self._answer("yes")

    def action_no(self) -> None:
        """No."""
        self._answer("no")

    def action_done(self) -> None:
        """Done."""
        self._answer("done")

    def action_not_for_me(self) -> None:
        """Not for this person."""
        self._answer("not-for-me")

    def action_undo(self) -> None:
        """Take back the last change."""
        self.undo()

    def action_up(self) -> None:
        """Go up."""
        self.query_one(Choices).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(Choices).action_cursor_down()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
