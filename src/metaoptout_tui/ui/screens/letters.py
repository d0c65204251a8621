"""The letters of one account: which fit now and why, the highlighted one to read, and what is asked once before one is shown."""

from collections.abc import Callable
from functools import partial
from typing import Any

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.letters.doubtful_answers import check_of_postal_address, check_of_profile
from metaoptout_tui.app.letters.letter_files import LetterFiles
from metaoptout_tui.app.letters.letter_from_diary import is_to_authority
from metaoptout_tui.app.letters.letter_notes import address_notes, contact_form, language_note, place_to_send
from metaoptout_tui.app.letters.letter_questions import (
    QuestionOfLetter,
    letter_question,
    open_questions_of,
    remember_answer,
    remembered_answer,
)
from metaoptout_tui.app.letters.letters import LetterDraft, initial_language, letter_title, letters_for
from metaoptout_tui.core.guidance.basis import format_sureness
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.authority_facts import depends_on_land
from metaoptout_tui.core.letters.letter_recommendations import (
    FittingLetter,
    fitting_letters,
    heading_of_fitting_letters,
    heading_of_later_letters,
)
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER, Letter
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.authority import ask_land
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption
from metaoptout_tui.ui.text.builder import wrap_by_cells
from metaoptout_tui.ui.text.pages_and_letters import letter_content

_COMPLAINT_KINDS = frozenset({EventKind.COMPLAINED_TO_AUTHORITY, EventKind.COMPLAINED_TO_META})


_ROW_MARGIN = 6
_FITTING_HEADING, _LATER_HEADING = "-fitting", "-later"


class LettersScreen(AccountGuideScreen[None]):
    """The letters, the recommended ones first; the highlighted one is shown below."""

    SCREEN_ID = "letters"
    LIST_ID = "letters"
    STEP = StepId.REPLY

    def on_mount(self) -> None:
        """Begin in the list, in which letters do not search: those that are no key here mean something elsewhere."""
        self.choice_list.finds_typed_letters = False

    def show_account(self, status: AccountStatus) -> None:
        """The letters for the law of this account."""
        name = account_name(status.account, self.session.playbook)
        ids = letters_for(status)
        left = _("{key} opens the highlighted one to change, copy or send it.").format(
            key=self.readable_key_of("letters.write")
        )
        self.set_headline(
            _("{account}: letters").format(account=name), left=left if ids else _("There are none for where you live.")
        )
        self.choice_list.display = bool(ids)
        now = self.session.now()
        periods = self.session.view.legal_periods(self._account_id)
        self._files = LetterFiles(self.context, self._account_id)
        self._fitting = {
            each.id: each._replace(reason=" ".join(filter(None, (each.reason, self._files.short_note(each.id)))))
            for each in fitting_letters(status, ids, periods, now)
        }
        letters = self._fitting.values()
        column = max((cell_len(letter_title(each.id)) for each in letters), default=0)
        if any(column + cell_len(each.reason) > self.size.width - _ROW_MARGIN for each in letters):
            column = 0
        rows = [(id, self._letter_row(each, column)) for id, each in self._fitting.items()]
        fitting_count = sum(each.is_recommended for each in self._fitting.values())
        if fitting_count < len(rows):
            heading = Content.styled(heading_of_later_letters(), "$text-accent")
            rows.insert(fitting_count, (_LATER_HEADING, heading))
            if fitting_count:
                rows.insert(0, (_FITTING_HEADING, Content.styled(heading_of_fitting_letters(), "$text-accent")))
        self.choice_list.show_rows(rows)
        self.show_detail()

    def _letter_row(self, letter: FittingLetter, column: int) -> Content:
        """The title, and when the letter fits: in the `column`, for 0 right behind the title, else below it."""
        title, reason = letter_title(letter.id), letter.reason
        has_room = cell_len(title) + cell_len(reason) <= self.size.width - _ROW_MARGIN
        gap = " " * max(0, column - cell_len(title))
        tail = f"{gap}  {reason}" if has_room else f"\n  {reason}"
        return Content.assemble((title, "bold" if letter.is_recommended else "$muted"), (tail, "$muted"))

    def _letter_preview(self, id: str) -> Letter | None:
        status = self.account_status
        if status is None or id not in letters_for(status):
            return None
        language = initial_language(self.context, id, self._account_id)
        return LetterDraft(self.context, self._account_id, id, language).prefilled

    def show_detail(self) -> None:
        """The highlighted letter."""
        letter = self._letter_preview(self.choice_list.highlighted_id)
        width = self.reader.text_width
        if letter is None:
            words = _("The letters rest on laws of the EU and EEA, the United Kingdom and Switzerland.")
            self.show_text(Content("\n".join(wrap_by_cells(words, width))))
            return
        below = (
            ""
            if letter.id in EVENT_KIND_BY_LETTER
            else _("It is for people you know, so nothing is recorded when you send it.")
        )
        content = letter_content(letter, width, above=self._intro_text(letter), below=below, with_head=False)
        self.show_text(content)

    def _intro_text(self, letter: Letter) -> str:
        """Whether the letter fits now, what the law says about complaints, its addresses and its language."""
        fitting = self._fitting[letter.id]
        reason = fitting.reason
        if not fitting.is_recommended:
            reason = f"{reason} {_('You can still write it.')}"
        status = self.account_status
        complaint_rules: list[str] = []
        if status is not None and EVENT_KIND_BY_LETTER.get(letter.id) in _COMPLAINT_KINDS:
            region, playbook = status.region.id, self.session.playbook
            statements = playbook.statements_for(step="region", platform="", region=region)
            complaint_rules = [
                f"{playbook.texts.sentence(statement.id)} ({format_sureness(statement.basis)})"
                for statement in statements
                if statement.id == f"region.{region}.complaint"
            ]
        law_note = self.context.assumed_law_note(self.readable_key_of("letters.you"))
        place = place_to_send(self.context, letter.id, self._account_id)
        addresses = address_notes(self.context, letter.id, self._account_id)
        language = language_note(self.context, letter.id, self._account_id, letter.language)
        files = (labelled(label, path) for label, path in self._files.labels_and_paths(letter.id))
        return "\n".join(filter(None, (reason, *files, law_note, *complaint_rules, place, *addresses, language)))

    @on(OptionList.OptionSelected)
    def action_write(self) -> None:
        """Open the letter to change, copy or send it; what it needs and is not known is asked first."""
        id = self.choice_list.highlighted_id
        if self._letter_preview(id) is not None:
            ask_what_is_missing(self, self._account_id, id, partial(self._open_letter, id))

    def _open_letter(self, id: str) -> None:
        from metaoptout_tui.ui.screens.letter import LetterScreen

        self.app.push_screen(LetterScreen(self.context, self._account_id, id), self._letter_closed)

    def _letter_closed(self, is_sent: object) -> None:
        if is_sent:
            self.dismiss(None)

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The form of Meta's by which the highlighted letter can be sent."""
        form = contact_form(self.context, self.choice_list.highlighted_id, self._account_id)
        if form is None:
            self.say(_("No form of Meta's is known for this letter."))
            return None
        return meta_url_or_none(form.url)

    def action_authority(self) -> None:
        """Open the screen about the authority."""
        self.open_screen("authority", self._account_id)


def ask_what_is_missing(screen: BaseScreen[Any], account_id: str, letter_id: str, then: Callable[[], object]) -> None:
    """Ask for the Land where a letter goes to an authority, then for name, address and profile; at the end call `then`."""
    language = initial_language(screen.context, letter_id, account_id)
    letter = LetterDraft(screen.context, account_id, letter_id, language)
    if screen.session.current_record.read_only_reason:
        then()
    elif is_to_authority(letter.id) and depends_on_land(
        screen.session.view.require_status(account_id), screen.session.record.person
    ):
        ask_land(screen, lambda: None, at_end=partial(_ask_next, screen, letter, then))
    else:
        _ask_next(screen, letter, then)


def _ask_next(
    screen: BaseScreen[Any], letter: LetterDraft, then: Callable[[], object], asked: tuple[QuestionOfLetter, ...] = ()
) -> None:
    """Ask the first question of a letter that is open and was not `asked` just now, then the others."""
    question = next((each for each in open_questions_of(letter) if each not in asked), None)
    if question is None:
        then()
        return

    def answered(answer: ChosenOption | None) -> None:
        if question is not QuestionOfLetter.WRITES_FOR:
            remember_answer(letter, question, answer.typed_text if answer is not None else "")
        elif answer is not None:
            remember_answer(letter, question, answer.option_id)
        _ask_next(screen, letter, then, (*asked, question))

    screen.open_made_screen(_question_screen(screen, letter, question), answered)


def _question_screen(screen: BaseScreen[Any], letter: LetterDraft, question: QuestionOfLetter) -> ChoiceScreen:
    session, account_id = screen.session, letter.account_id
    whose = screen.context.person_asked_about
    asked = letter_question(question, session.view.require_status(account_id), session.record, session.playbook, whose)
    other: FreeTextOption | None = None
    match question:
        case QuestionOfLetter.NAME:
            other = FreeTextOption(
                _("The full name") if whose else _("My name"), _("First and last name"), make_draft_key("letter-name")
            )
        case QuestionOfLetter.ADDRESS:
            placeholder = _("Street and number, postcode and place")
            other = FreeTextOption(
                _("The address") if whose else _("My address"),
                placeholder,
                make_draft_key("letter-address"),
                check_of_postal_address(),
            )
        case QuestionOfLetter.WHOSE_NAME:
            placeholder = _("First name and surname")
            other = FreeTextOption(_("The name"), placeholder, make_draft_key("letter-whose-name", account_id))
        case QuestionOfLetter.PROFILE:
            other = FreeTextOption(
                _("Its address"), "https://www.…", make_draft_key("letter-profile", account_id), check_of_profile()
            )
        case QuestionOfLetter.FORMER_NAMES:
            placeholder = _("Names, user names, e-mail addresses")
            other = FreeTextOption(_("Its names"), placeholder, make_draft_key("letter-former-names", account_id))
    help_text = " ".join((*asked.sentences, _("Esc leaves it open.")))
    chosen = remembered_answer(letter, question) if asked.answers else ""
    return ChoiceScreen(screen.context, asked.title, asked.answers, chosen=chosen, help_text=help_text, other=other)
