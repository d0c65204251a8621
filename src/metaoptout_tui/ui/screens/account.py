"""One account: its platform, name, address and letters, and the questions how and since when accounts are linked or were moved."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import count

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.accounts.link_questions import (
    NEW_GROUP,
    AccountLink,
    is_link_asked,
    link_answer_of,
    link_answers,
    link_of_answer,
    moved_ids,
    moved_question,
    moved_when,
    statements_on_moving,
)
from metaoptout_tui.app.letters.letter_questions import QuestionOfLetter, questions_kept_with
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.source_sentences import format_basis
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.account_questions import OTHER_PLATFORM, can_change_platform, removal_question
from metaoptout_tui.core.record.account_names import account_name, names_platform, shown_platform_name
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE, Account, make_draft_key
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import ask_address_of_account, ask_before, ask_choice
from metaoptout_tui.ui.screens.dialogs import DateScreen
from metaoptout_tui.ui.screens.linked_since import ask_linked_since
from metaoptout_tui.ui.widgets.answer_lists import AnswerList, ChoiceListWithOther
from metaoptout_tui.ui.widgets.sender_fields import SenderFields
from metaoptout_tui.ui.widgets.text_field import TextField

_NUMBERED_QUESTIONS = {
    QuestionOfLetter.PROFILE: mark("{number}  The address of its profile, for letters"),
    QuestionOfLetter.WHOSE_NAME: mark("{number}  First name and surname, for letters"),
}
_WHOSE_ACCOUNT = mark("{number}  Only if it is your child's: first name and surname of the child")
GROUP_NAME_PLACEHOLDER = mark("a name you choose, such as private")


def ask_meta_account_move(screen: BaseScreen[None], account: Account) -> None:
    """Ask which accounts were moved to Meta Account, and when, and record that."""
    if account.is_from_elsewhere:
        screen.say(_("This is no account, so there is nothing that Meta could move."))
        return
    question = moved_question(screen.session, account)

    def ask_day(answer: str) -> None:
        _ask_move_date(screen, account, moved_ids(screen.session, account, answer))

    if question is None:
        _ask_move_date(screen, account, [account.id])
    else:
        ask_choice(screen, question._replace(sentences=tuple(_move_explanation(screen))), ask_day)


def _ask_move_date(screen: BaseScreen[None], account: Account, ids: list[str]) -> None:
    def dated(at: datetime | None) -> None:
        if at is not None:
            screen.say_undoable(_("Written down."))

    question = DateScreen(
        screen.context,
        moved_when(screen.session, account, ids),
        help_text="\n".join(_move_explanation(screen)),
        save_date=lambda at: screen.session.diary_service.record_move_to_meta_account(ids, at),
        draft_key=make_draft_key("moved", ids[0]),
    )
    screen.open_made_screen(question, dated)


def _move_explanation(screen: BaseScreen[None]) -> Iterator[str]:
    """What a move means for an objection, with the sources."""
    playbook = screen.session.playbook
    for statement in statements_on_moving(playbook):
        yield f"{playbook.texts.sentence(statement.id)} ({format_basis(statement.basis, playbook)})"


def ask_removal(screen: BaseScreen[None], account: Account) -> None:
    """Take an account out of the record; asked first where something was written in its diary."""

    def remove() -> None:
        if screen.make_change(lambda: screen.session.account_service.remove_account(account.id)):
            screen.say_undoable(
                _("{account} is taken out, with its diary.").format(
                    account=account_name(account, screen.session.playbook)
                ),
                mark("{key} brings it back."),
            )

    ask_before(screen, removal_question(account, screen.session.playbook), remove)


class AccountScreen(InputScreen[str | None]):
    """Adds or changes an account. Returns its id. Enter in any field saves.

    `purpose` says why somebody is asked for an account who came for something else, `platform` which kind is meant.
    """

    SCREEN_ID = "account"
    shows_draft_notice = True
    DEFAULT_CSS = """
    AccountScreen #platform { max-height: 7; }
    AccountScreen #linked-group AnswerList { max-height: 40; }
    AccountScreen .field-name { color: $text-accent; }
    """

    def __init__(self, context: AppContext, account_id: str = "", purpose: str = "", platform: str = "") -> None:
        super().__init__(context, make_draft_key("account", account_id))
        self._account_id = account_id
        self._purpose = purpose
        self._platform = platform
        old = self.session.record.account_by_id(account_id)
        self._asks_platform = old is None or can_change_platform(old)

    def compose_body(self) -> ComposeResult:
        """The fields from top to bottom."""
        session = self.session
        old = session.record.account_by_id(self._account_id)
        with VerticalScroll(can_focus=False):
            if self._purpose:
                yield Static(self._purpose, classes="field-help", markup=False)
            number = count(1)
            if self._asks_platform:
                yield Static(_("{number}  What is it?").format(number=next(number)), classes="field-name", markup=False)
                yield AnswerList(
                    [
                        (platform.id, shown_platform_name(platform.id, session.playbook))
                        for platform in session.playbook.platforms
                        if old is None or platform.id != FROM_ELSEWHERE
                    ],
                    id="platform",
                )
            yield Static(
                _("{number}  Its name or user name (@anna), or its profile's address").format(number=next(number)),
                classes="field-name",
                markup=False,
            )
            yield TextField(id="name")
            yield Static(
                _("{number}  Its e-mail address").format(number=next(number)), classes="field-name", markup=False
            )
            yield TextField(id="email", placeholder=_("you@example.org"))
            title = _("{number}  Its Accounts Centre (or Meta Account)").format(number=next(number))
            yield Static(title, classes="field-name", id="linked-group-name", markup=False)
            yield ChoiceListWithOther(
                link_answers(session, self._account_id),
                other=_(NEW_GROUP),
                placeholder=_(GROUP_NAME_PLACEHOLDER),
                is_one_of_several=True,
                id="linked-group",
            )
            yield SenderFields(session, dict(self._questions_for_letters(number)), self._account_id)

    def _questions_for_letters(self, number: Iterator[int]) -> Iterator[tuple[str, str]]:
        """What letters have of it, by the name of the gap, numbered on."""
        old = self.session.record.account_by_id(self._account_id)
        asked = questions_kept_with(old, self.session.playbook) if old else (QuestionOfLetter.WHOSE_NAME,)
        of_account = {} if old is not None and old.is_from_elsewhere else {QuestionOfLetter.WHOSE_NAME: _WHOSE_ACCOUNT}
        for each in asked:
            words = _({**_NUMBERED_QUESTIONS, **of_account}[each])
            yield each, words.format(number=next(number))

    def on_mount(self) -> None:
        """Begin at the first question."""
        old = self.session.record.account_by_id(self._account_id)
        if old is None:
            self.set_headline(_("Add an account"), left=_("Space chooses, Enter saves. Tab goes from field to field."))
        else:
            other = "" if self._asks_platform else f" {_(OTHER_PLATFORM)}"
            self.set_headline(
                _("Change {account}").format(account=account_name(old, self.session.playbook)),
                left=f"{_('Space chooses, Enter saves.')}{other}",
            )
        self.fill_fields()

    def fill_fields(self) -> None:
        """The account, or the texts of the draft."""
        super().fill_fields()
        draft, old = self.draft, self.session.record.account_by_id(self._account_id)
        name, email = self._initial_name_and_email
        with self.prevent(Input.Changed):
            self.query_one("#name", Input).value = draft.get("name", "" if draft else name)
            self.query_one("#email", Input).value = draft.get("email", "" if draft else email)
        if self._asks_platform:
            present = old.platform if old else self._platform
            self.query_one("#platform", AnswerList).set_answer(draft.get("platform") or present)
        for fields in self.query(SenderFields):
            fields.fill(draft)
        self._fit_questions()
        option_id = draft.get("hub") or link_answer_of(old.linked_group if old else None)
        self.query_one(ChoiceListWithOther).set_answer(option_id, draft.get("new-hub", ""))
        self.query_one("#name" if old is not None or draft or self._platform else "#platform").focus()

    def on_key(self, event: events.Key) -> None:
        """Up and Down go between the platforms and the name; what is typed among the platforms is the name."""
        field, focused = self.query_one("#name", Input), self.focused
        platforms = self.query_one("#platform", AnswerList) if self._asks_platform else None
        if platforms is None or focused not in (field, platforms):
            return
        is_typed = focused is platforms and event.is_printable and event.key != "space"
        goes_down = event.key == "down" and focused is platforms and platforms.highlighted == platforms.option_count - 1
        goes_up = event.key == "up" and focused is field
        if not (is_typed or goes_down or goes_up) or (event.key in self.active_bindings and is_typed):
            return
        event.stop()
        event.prevent_default()
        if is_typed:
            _choose_highlighted(platforms)
        field.select_on_focus = not is_typed  # else the next letter would replace this one
        self.set_focus(platforms if goes_up else field)
        if is_typed and event.character:
            field.insert_text_at_cursor(event.character)

    def prepare_for_paste(self) -> None:
        """What is pasted among the platforms is the name."""
        if self._asks_platform and self.query_one("#platform").has_focus:
            _choose_highlighted(self.query_one("#platform", AnswerList))
            self.set_focus(self.query_one("#name"))

    @on(Input.Changed)
    @on(AnswerList.Chosen)
    def _clear_error(self) -> None:
        """Remove the error, which is about what stood in the fields before."""
        self.show_input_error("")

    @on(AnswerList.Chosen, "#platform")
    def _fit_questions(self) -> None:
        """Say what to type as the name on the platform, and ask about links only where there can be any."""
        platform, texts = self._platform_id, self.session.playbook.texts
        # Translators: {account} is a platform and a name, such as “Instagram @anna.nl”.
        example = _("for example {account}").format(account="Instagram @anna.nl")
        self.query_one("#name", Input).placeholder = (
            texts.sentence(f"platform.{platform}.hint") if platform else example
        )
        for question in (self.query_one("#linked-group-name"), self.query_one(ChoiceListWithOther)):
            question.display = is_link_asked(self.session, platform, self._account_id)
        if not self._account_id:
            self.query_one(SenderFields).display = platform != FROM_ELSEWHERE
        _number_questions(self)

    @property
    def _initial_name_and_email(self) -> tuple[str, str]:
        """The name and the e-mail address that are offered before anything is typed."""
        old = self.session.record.account_by_id(self._account_id)
        return (old.name, old.email) if old else ("", self.session.record.person.email)

    @on(Input.Changed, "#name")
    def _name_typed(self, event: Input.Changed) -> None:
        """Choose the platform of a pasted address; and that whose name stands before it, where none is chosen yet."""
        if not self._asks_platform:
            return
        platforms, typed = self.session.playbook.platforms, event.value
        of_address = (each.id for each in platforms if any(f"{host}/" in typed for host in each.hosts))
        named = (each.id for each in platforms if not self._platform_id and names_platform(typed, each.name))
        if id := next(of_address, "") or next(named, ""):
            self.query_one("#platform", AnswerList).set_answer(id)
            self._fit_questions()

    def typed_values(self) -> dict[str, str]:
        """All fields; none where nothing was changed."""
        name, email = self.query_one("#name", Input).value, self.query_one("#email", Input).value
        old = self.session.record.account_by_id(self._account_id)
        choices = self.query_one(ChoiceListWithOther)
        initial_values = (*self._initial_name_and_email, link_answer_of(old.linked_group if old else None))
        is_platform_same = old is None or self._platform_id == old.platform
        profile = {name: words for fields in self.query(SenderFields) for name, words in fields.changed.items()}
        is_same = (name, email, choices.answer_id) == initial_values and is_platform_same
        if is_same and not choices.other_text and not profile:
            return {}
        typed = {**profile, "name": name, "email": email, "hub": choices.answer_id, "new-hub": choices.other_text}
        if self._asks_platform:
            typed["platform"] = self._platform_id
        return typed

    @on(OptionList.OptionSelected, "#platform")
    def _platform_clicked(self) -> None:
        self.query_one("#name", Input).focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save the account, or show what is wrong."""
        name, choices = self.query_one("#name", Input), self.query_one(ChoiceListWithOther)
        if not self._platform_id:
            self.refuse(self.query_one("#platform"), _("Choose first what it is: ↑ and ↓, then Space."))
            return
        is_at_platform = self._asks_platform and self.query_one("#platform").has_focus
        if is_at_platform and not name.value.strip():
            is_optional = self._platform_id == FROM_ELSEWHERE
            self.refuse(name, "" if is_optional else _("Its name is still missing. Type it here, then Enter saves."))
        elif not choices.require_answer():
            self.refuse(choices.other_input, _("Its Accounts Centre still needs a name: type one here."))
        elif self.make_change(self._check_fields):
            ask_address_of_account(self, self._account_id, self.query_one("#email", Input).value, self._ask_since)

    def _ask_since(self, email: str, was_mistyped: bool) -> None:  # noqa: FBT001 - what is asked is handed on
        """Ask since when it is linked, where that matters, and save it with the address that is meant."""
        then = partial(self._save_account, email, was_mistyped=was_mistyped)
        ask_linked_since(self, self._link, then, platform=self._platform_id, account_id=self._account_id)

    @property
    def _link(self) -> AccountLink:
        choices = self.query_one(ChoiceListWithOther)
        return link_of_answer(self.session.record, choices.answer_id, choices.other_text)

    @property
    def _platform_id(self) -> str:
        if self._asks_platform:
            return self.query_one("#platform", AnswerList).answer_id
        return self.session.account(self._account_id).platform

    def _check_fields(self) -> None:
        """Raise an error for fields that cannot be saved, before a question is asked."""
        name, email = self.query_one("#name", Input).value, self.query_one("#email", Input).value
        self.session.current_record.require_writable()
        for fields in self.query(SenderFields):
            fields.check()
        for field, typed_email in (("#name", ""), ("#email", email)):
            try:
                self.session.account_service.validate_account(
                    self._platform_id, name, typed_email, except_id=self._account_id
                )
            except InputRefused:
                self.query_one(field).focus()
                raise

    def _save_account(self, email: str, since: LinkSince | None, *, was_mistyped: bool) -> None:
        name = self.query_one("#name", Input).value
        (group, other), id, service = self._link, self._account_id, self.session.account_service

        def save() -> None:
            nonlocal id
            if id:
                link = {"linked_with": other, "platform": self._platform_id}
                service.edit_account(id, name, email, group, since, **link, was_mistyped=was_mistyped)
            else:
                id = service.add_account(self._platform_id, name, email, group, since, linked_with=other).id

        if self.make_change(save):
            for fields in self.query(SenderFields):
                if fields.display:
                    fields.save(id)
            self.finish(id)


def _choose_highlighted(answers: AnswerList) -> None:
    """Choose the highlighted row; nothing where none is."""
    if answers.highlighted is not None:
        answers.action_choose()


def _number_questions(screen: AccountScreen) -> None:
    """Number the questions that are shown, without a gap where one is hidden."""
    questions = screen.query(".field-name").results(Static)
    shown = (each for each in questions if all(parent.display for parent in each.ancestors_with_self))
    for number, question in enumerate(shown, 1):
        question.update(f"{number}{str(question.content).lstrip('0123456789')}")
