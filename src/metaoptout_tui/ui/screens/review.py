"""The step that reviews settings point by point, each answered yes, no, done, not for me or not known.

For WhatsApp it also leads to the scan of exported chats and to the list of chats with their privacy setting.
"""

from functools import partial

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.accounts.review_answers import answer_words, known_answer_text
from metaoptout_tui.core.chats.chat_todos import ChatTodo, todo_question, todos_in_chats
from metaoptout_tui.core.chats.privacy import PRIVACY_POINT
from metaoptout_tui.core.chats.scan_summary import SCANNED_POINTS
from metaoptout_tui.core.guidance.playbook import ReviewPoint, StepId
from metaoptout_tui.core.language.formatting import format_number, format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.review_sentences import choices_at, unknown_answers_sentence
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.vocabulary import ANSWER_UNKNOWN, TODO_DONE, StepState
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.context import ChatScanRequested
from metaoptout_tui.ui.screens.asking import ask_choice, point_question_screen, suggestions_for
from metaoptout_tui.ui.screens.dialogs import ChosenOption
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns

_ANSWER_WIDTH, _COLUMN_GAP, _ROW_MARGIN = 12, 2, 5


class ReviewScreen(AccountGuideScreen[str | None]):
    """The review points with their answers. Answering the last open point ends the step."""

    SCREEN_ID = STEP = StepId.REVIEW
    LIST_ID = "points"

    def highlight_first_row(self) -> None:
        """Begin at the first point without an answer."""
        self._go_to_open_point()

    @property
    def _points(self) -> tuple[ReviewPoint, ...]:
        status = self.account_status
        return ApplicableGuidance(self.session.playbook, status, self.STEP).review_points if status is not None else ()

    def show_account(self, status: AccountStatus) -> None:
        """The points with their answers."""
        texts = self.session.playbook.texts
        answers, suggestions = dict(status.review_answers), suggestions_for(self.context, status)
        answered = sum(point.id in answers for point in self._points)
        name = account_name(status.account, self.session.playbook)
        scan = self.context.chat_scan.recorded_sentence(status.account.events, self.session.now())
        left = ngettext(
            "{answered} of {count} point answered.", "{answered} of {count} points answered.", len(self._points)
        ).format(answered=format_number(answered), count=format_number(len(self._points)))
        unknown = unknown_answers_sentence(status)
        left = " ".join(filter(None, (left, unknown, scan)))
        self.set_headline(_("{account}: review").format(account=name), left=left, right=self._scan_status)
        rows = []
        for point in self._points:
            answer, suggestion = answers.get(point.id, ""), suggestions.get(point.id)
            words = answer_words(point.id, answer, status, self.session.playbook) if answer else ""
            style = "bold"
            if suggestion is not None:  # what was answered may be what the scan found otherwise
                words, style = words or f"{texts.sentence(f'answer-word.{suggestion.answer}')}?", "$text-warning"
            is_settled = bool(answer) and answer != ANSWER_UNKNOWN and suggestion is None
            sign = self.context.symbols.for_step(StepState.DONE if is_settled else StepState.TO_DO)
            rows.append(
                (
                    point.id,
                    row_in_columns(
                        fixed(f"{sign} ", "$text-success" if is_settled else "$muted"),
                        Column(words, self._answer_width, style),
                        Column(texts.sentence(f"{point.id}.question"), self._question_width),
                    ),
                )
            )
        self.choice_list.show_rows([*map(self._todo_row, self._todos), *rows])
        self.show_detail()

    @property
    def _todos(self) -> tuple[ChatTodo, ...]:
        """What is left to do in WhatsApp's chats."""
        account = self.session.record.account_by_id(self._account_id)
        return todos_in_chats(account, self.session.record) if account is not None else ()

    def _todo_row(self, todo: ChatTodo) -> tuple[str, Content]:
        sign = fixed(f"{self.context.symbols.waiting} ", "$text-warning")
        answer = Column(_("To do"), self._answer_width, "$text-warning")
        return todo.row_id, row_in_columns(sign, answer, Column(todo.label, self._question_width))

    @property
    def _answer_width(self) -> int:
        """The width of the longest answer that a row can have."""
        texts = self.session.playbook.texts
        status = self.account_status
        answers = {texts.sentence(f"answer-word.{answer}") for point in self._points for answer in choices_at(point)}
        if status is not None:
            given = dict(status.review_answers).items()
            answers |= {answer_words(point, answer, status, self.session.playbook) for point, answer in given}
        return max(_ANSWER_WIDTH, *(cell_len(words) + _COLUMN_GAP for words in (*answers, _("To do"))))

    @property
    def _question_width(self) -> int:
        return self.size.width - self._answer_width - _ROW_MARGIN

    @property
    def _highlighted_todo(self) -> ChatTodo | None:
        id = self.choice_list.highlighted_id
        return next((todo for todo in self._todos if todo.row_id == id), None)

    @property
    def _scan_status(self) -> str:
        return self.context.chat_scan.short_status()

    def chats_counted(self) -> None:
        """Show that nothing is read any more."""
        self.update_content()

    def show_detail(self) -> None:
        """The help text of the highlighted point."""
        status, point, todo = self.account_status, self._highlighted_point, self._highlighted_todo
        if status is None:
            return
        guide = self.step_guide(status)
        if todo is not None:
            self.show_text(
                guide.chat_todo_help(todo, _("Enter asks: is it done, or do you leave it?")), guide.sentence_lines
            )
        if point is None:
            return
        suggestion = suggestions_for(self.context, status).get(point.id)
        words = suggestion.sentence(self.session.playbook) if suggestion else ""
        known = known_answer_text(self.session, self._account_id, point)
        help_text = guide.review_point_help(point, words, known, self._key_hint(point), is_whole=self._is_whole)
        self.show_text(help_text, guide.sentence_lines)

    def _key_hint(self, point: ReviewPoint) -> str:
        """A sentence about the key that helps to answer a point; empty where none does."""
        if point.id == PRIVACY_POINT:
            return _("{key} goes through your chats, one by one.").format(key=self.readable_key_of("review.privacy"))
        if point.id in SCANNED_POINTS:
            return _("{key} looks for it in chats that you exported, on this machine.").format(
                key=self.readable_key_of("review.scan")
            )
        return ""

    @property
    def _highlighted_point(self) -> ReviewPoint | None:
        id = self.choice_list.highlighted_id
        return next((point for point in self._points if point.id == id), None)

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Ask for the answer to the highlighted point."""
        point, status, todo = self._highlighted_point, self.account_status, self._highlighted_todo
        if todo is not None:
            self._ask_about(todo)
        if point is not None and status is not None:
            self.app.push_screen(point_question_screen(self.context, status, point), self._answer_chosen)

    def _ask_about(self, todo: ChatTodo) -> None:
        """Ask whether it is done; a key that answers a point never answers this by itself."""
        ask_choice(self, todo_question(todo, self.session.playbook), partial(self._settle, todo))

    def _settle(self, todo: ChatTodo, answer: str) -> None:
        if self.make_change(lambda: self.session.diary_service.settle_chat_todo(self._account_id, todo.kind, answer)):
            recorded = _("Recorded as done: {todo}.") if answer == TODO_DONE else _("Recorded as left: {todo}.")
            self.say(recorded.format(todo=todo.label))
            self._leave_or_go_on()

    def _answer_chosen(self, answer: ChosenOption | None) -> None:
        if answer is not None:
            self._save_answer(answer.option_id)

    def _save_answer(self, answer: str) -> None:
        point, todo = self._highlighted_point, self._highlighted_todo
        if todo is not None:
            self._ask_about(todo)
        if point is None:
            return
        if answer not in choices_at(point):
            texts = self.session.playbook.texts
            answers = format_open_list(texts.sentence(f"answer-word.{id}") for id in choices_at(point))
            self.say(_("The answers here are: {answers}.").format(answers=answers))
            return
        if self.make_change(
            lambda: self.session.diary_service.record_review_answer(self._account_id, point.id, answer)
        ):
            self._leave_or_go_on()

    def _leave_or_go_on(self) -> None:
        """Leave once all is answered and nothing is left to do; else go to the next point without an answer."""
        status = self.account_status
        review = status.step(self.STEP) if status else None
        if review is not None and review.state is StepState.DONE and not self._todos:
            self.dismiss(self.STEP)
            return
        self._go_to_open_point()
        if review is not None and review.is_finished and self._highlighted_todo is None:
            self.say(_("Every point is answered. What is still to do in your chats stands on top."))

    def _go_to_open_point(self) -> None:
        status = self.account_status
        if status is None:
            return
        guidance = ApplicableGuidance(self.session.playbook, status, self.STEP)
        if point := guidance.open_point_from(self.choice_list.highlighted_id):
            self.choice_list.go_to(point.id)

    # WhatsApp's chats

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow the scan and the list of chats only for WhatsApp."""
        account = self.session.record.account_by_id(self._account_id)
        has_chats = account is not None and account.has_chats_to_scan
        return (has_chats or action not in ("scan", "privacy")) and super().check_action(action, parameters)

    def action_scan(self) -> None:
        """Open the running scan or the results of the last one, else choose chats to scan."""
        chat_scan = self.context.chat_scan
        if chat_scan.is_searching:
            self._show_scan_progress()
        elif chat_scan.results is not None and chat_scan.account_id == self._account_id:
            self._show_scan_results()
        else:
            self._choose_chats()

    def _choose_chats(self) -> None:
        self.open_screen("chats", self._account_id, then=self._start_scan)

    def _start_scan(self, paths: tuple[str, ...] | None) -> None:
        if paths:
            self.context.chat_scan.prepare_search(self._account_id, paths)
            self.post_message(ChatScanRequested())
            self._show_scan_progress()

    def _show_scan_progress(self) -> None:
        self.open_screen("scan", then=self._scan_progress_closed)

    def _scan_progress_closed(self, is_finished: bool | None) -> None:  # noqa: FBT001 - the screen's result
        if is_finished and self.context.chat_scan.account_id == self._account_id:
            self._show_scan_results()

    def _show_scan_results(self) -> None:
        self.open_screen("chats-found", self._account_id, then=self._scan_results_closed)

    def _scan_results_closed(self, scan_others: bool | None) -> None:  # noqa: FBT001 - the screen's result
        if scan_others:
            self._choose_chats()

    def action_privacy(self) -> None:
        """Open the list of chats with their privacy setting."""
        self.open_screen("chat-privacy", self._account_id)

    def action_yes(self) -> None:
        """Answer yes."""
        self._save_answer("yes")

    def action_no(self) -> None:
        """Answer no."""
        self._save_answer("no")

    def action_done(self) -> None:
        """Answer done."""
        self._save_answer("done")

    def action_not_for_me(self) -> None:
        """Answer not for me."""
        self._save_answer("not-for-me")

    def action_not_known(self) -> None:
        """Answer that it is not known."""
        self._save_answer(ANSWER_UNKNOWN)
