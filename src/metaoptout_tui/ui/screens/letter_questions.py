"""What a letter needs and the record does not hold is asked before it is shown, once: the Land, name and address, the profile."""

from collections.abc import Callable
from functools import partial
from typing import Any

from metaoptout_tui.app.letters.letter_from_diary import is_to_authority
from metaoptout_tui.app.letters.letter_questions import (
    QuestionOfLetter,
    letter_question,
    open_questions_of,
    remember_answer,
)
from metaoptout_tui.app.letters.letters import LetterDraft, initial_language
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.authority_facts import needs_land
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.authority import ask_land
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption


def ask_what_is_missing(screen: BaseScreen[Any], account_id: str, letter_id: str, then: Callable[[], object]) -> None:
    """Ask for the Land where a letter goes to an authority, then for name, address and profile; at the end call `then`."""
    language = initial_language(screen.context, letter_id, account_id)
    letter = LetterDraft(screen.context, account_id, letter_id, language)
    if screen.session.current_record.read_only_reason:
        then()
    elif is_to_authority(letter.id) and needs_land(screen.session.record.person):
        ask_land(screen, lambda: None, at_end=partial(_ask_next, screen, letter, then))
    else:
        _ask_next(screen, letter, then)


def _ask_next(screen: BaseScreen[Any], letter: LetterDraft, then: Callable[[], object]) -> None:
    """Ask the first question of a letter that is open, then the others."""
    question = next(iter(open_questions_of(letter)), None)
    if question is None:
        then()
        return

    def answered(answer: ChosenOption | None) -> None:
        remember_answer(letter, question, answer.typed_text if answer is not None else "")
        _ask_next(screen, letter, then)

    screen.open_made_screen(_question_screen(screen, letter, question), answered)


def _question_screen(screen: BaseScreen[Any], letter: LetterDraft, question: QuestionOfLetter) -> ChoiceScreen:
    session, account_id = screen.session, letter.account_id
    asked = letter_question(question, session.view.require_status(account_id), session.playbook)
    match question:
        case QuestionOfLetter.NAME:
            other = FreeTextOption(_("My name"), _("First and last name"), make_draft_key("letter-name"))
        case QuestionOfLetter.ADDRESS:
            placeholder = _("Street and number, postcode and place")
            other = FreeTextOption(_("My address"), placeholder, make_draft_key("letter-address"))
        case QuestionOfLetter.WHOSE_NAME:
            placeholder = _("First name and surname")
            other = FreeTextOption(_("The name"), placeholder, make_draft_key("letter-whose-name", account_id))
        case QuestionOfLetter.PROFILE:
            other = FreeTextOption(_("Its address"), "https://www.…", make_draft_key("letter-profile", account_id))
        case QuestionOfLetter.FORMER_NAMES:
            placeholder = _("Names, user names, e-mail addresses")
            other = FreeTextOption(_("Its names"), placeholder, make_draft_key("letter-former-names", account_id))
    help_text = " ".join((*asked.sentences, _("Esc leaves it open.")))
    return ChoiceScreen(screen.context, asked.title, asked.answers, help_text=help_text, other=other)
