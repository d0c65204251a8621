"""A review: point by point, each answered yes, no, done or not for me."""

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.chat_privacy import POINT
from metaoptout_tui.core.chats import SCANNED
from metaoptout_tui.core.chats_recorded import last_scan_words
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.playbook import Point
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import StepState
from metaoptout_tui.core.text import elided
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.messages import ScanAsked
from metaoptout_tui.ui.screens.ask import Answer
from metaoptout_tui.ui.suggesting import point_question, suggestion_words, suggestions

_ANSWER = 12


class ReviewScreen(StepPage[str | None]):
    """Answering the last open point ends the review."""

    PLACE = STEP = "review"
    LIST = "points"
    BINDINGS = bindings("review")

    def begin(self) -> None:
        """Begin at the first point without an answer."""
        self._to_open_point()

    @property
    def _points(self) -> tuple[Point, ...]:
        standing = self.standing
        if standing is None:
            return ()
        return self.session.playbook.points_for(platform=standing.account.platform, region=standing.region.id)

    def show_account(self, standing: Standing) -> None:
        """The points with their answers."""
        texts = self.session.playbook.texts
        answers, offered = dict(standing.answers), suggestions(self.desk, standing)
        done = sum(1 for point in self._points if point.id in answers)
        name = account_name(standing.account, self.session.playbook)
        scan = last_scan_words(standing.account.events, self.session.now())
        left = f"{done} of {len(self._points)} points answered. {scan}".rstrip()
        self.head(f"{name}: review", left=left, right=self._scan_words)
        rows = []
        for point in self._points:
            answer, suggestion = answers.get(point.id, ""), offered.get(point.id)
            words, style = texts.say(f"answer-word.{answer}") if answer else "", "bold"
            if suggestion is not None and not answer:
                words, style = f"{texts.say(f'answer-word.{suggestion.answer}')}?", "$text-warning"
            sign = self.desk.marks.of_step(StepState.DONE if answer else StepState.TO_DO)
            rows.append(
                (
                    point.id,
                    Content.assemble(
                        (f"{sign} ", "$text-success" if answer else "$muted"),
                        (f"{words:<{_ANSWER}}", style),
                        elided(texts.say(f"{point.id}.question"), self.size.width - _ANSWER - 5),
                    ),
                )
            )
        self.rows.show_rows(rows)
        self.show_words()

    @property
    def _scan_words(self) -> str:
        return self.desk.scanning.short() if self.desk.scanning.running else ""

    def show_words(self) -> None:
        """About the highlighted row."""
        standing, point = self.standing, self._point
        if standing is None or point is None:
            return
        guide = self.guide(standing)
        suggestion = suggestions(self.desk, standing).get(point.id)
        words = suggestion_words(self.desk, suggestion) if suggestion else ""
        self.read(guide.point(point, words, self._key_words(point)), guide.numbered)

    def _key_words(self, point: Point) -> str:
        """Which key helps to answer a point; empty where none does."""
        if point.id == POINT:
            return f"{self.key('review.privacy')} goes through your chats, one by one."
        if point.id in SCANNED:
            return f"{self.key('review.scan')} looks for it in chats that you exported, on this machine."
        return ""

    @property
    def _point(self) -> Point | None:
        chosen = self.rows.chosen
        return next((point for point in self._points if point.id == chosen), None)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        """Choose among the answers that fit."""
        point, standing = self._point, self.standing
        if point is not None and standing is not None:
            suggestion = suggestions(self.desk, standing).get(point.id)
            self.app.push_screen(point_question(self.desk, standing, point, suggestion), self._chose)

    def _chose(self, answer: Answer | None) -> None:
        if answer is not None:
            self._answer(answer.row)

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
            standing = self.standing
            review = standing.step("review") if standing else None
            if review is not None and review.state is StepState.DONE:
                self.dismiss("review")
            else:
                self._to_open_point()

    def _to_open_point(self) -> None:
        standing = self.standing
        answered = {point for point, _ in standing.answers} if standing else set()
        ids = [point.id for point in self._points]
        chosen = self.rows.chosen
        at = ids.index(chosen) if chosen in ids else 0
        open_points = [id for id in (*ids[at:], *ids[:at]) if id not in answered]
        if open_points:
            self.rows.go_to(open_points[0])

    # WhatsApp's chats

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only WhatsApp's chats can be scanned and listed."""
        is_offered = action not in ("scan", "privacy") or self._account_platform == "whatsapp"
        return is_offered and super().check_action(action, parameters)

    @property
    def _account_platform(self) -> str:
        account = self.session.progress.account(self._account)
        return account.platform if account else ""

    def action_scan(self) -> None:
        """Choose chats, or look at those that are being read or were read."""
        scanning = self.desk.scanning
        if scanning.running:
            self._show_scan()
        elif scanning.found is not None and scanning.account == self._account:
            self._show_found()
        else:
            self._choose_chats()

    def _choose_chats(self) -> None:
        from metaoptout_tui.ui.screens.chats import ChatsScreen

        self.app.push_screen(ChatsScreen(self.desk, self._account), self._chats_chosen)

    def _chats_chosen(self, paths: tuple[str, ...] | None) -> None:
        if paths:
            self.desk.scanning.begin(self._account, paths)
            self.post_message(ScanAsked())
            self._show_scan()

    def _show_scan(self) -> None:
        from metaoptout_tui.ui.screens.scan import ScanScreen

        self.app.push_screen(ScanScreen(self.desk), self._scan_left)

    def _scan_left(self, read: bool | None) -> None:  # noqa: FBT001 - what a screen is left with
        if read and self.desk.scanning.account == self._account:
            self._show_found()

    def _show_found(self) -> None:
        from metaoptout_tui.ui.screens.chats_found import ChatsFoundScreen

        self.app.push_screen(ChatsFoundScreen(self.desk, self._account), self._found_left)

    def _found_left(self, again: bool | None) -> None:  # noqa: FBT001 - what the screen was left with
        if again:
            self._choose_chats()

    def action_privacy(self) -> None:
        """Go through the chats by hand."""
        from metaoptout_tui.ui.screens.chat_privacy import ChatPrivacyScreen

        self.app.push_screen(ChatPrivacyScreen(self.desk, self._account))

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
