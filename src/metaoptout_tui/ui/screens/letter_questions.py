"""What a letter needs and the record does not hold is asked before it is shown, once: the Land, the name, the profile."""

from collections.abc import Callable
from functools import partial
from typing import Any

from metaoptout_tui.app.letters import (
    LetterDraft,
    QuestionOfLetter,
    initial_language,
    is_to_authority,
    open_questions_of,
    remember_answer,
)
from metaoptout_tui.core.authority_facts import needs_land
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.authority import ask_land
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption


def ask_what_is_missing(screen: BaseScreen[Any], account_id: str, letter_id: str, then: Callable[[], object]) -> None:
    """Ask for the Land where a letter goes to an authority, then for name and profile; at the end call `then`."""
    language = initial_language(screen.context, letter_id, account_id)
    letter = LetterDraft(screen.context, account_id, letter_id, language)
    if screen.session.history.read_only_reason:
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

    screen.open_form(_question_screen(screen, letter, question), answered)


def _question_screen(screen: BaseScreen[Any], letter: LetterDraft, question: QuestionOfLetter) -> ChoiceScreen:
    account = screen.session.account(letter.account_id)
    match question:
        case QuestionOfLetter.NAME:
            title = _("What is your name?")
            help_text = _("Your letters are signed with it. It stays in your record. Esc leaves it open.")
            other = FreeTextOption(_("My name"), _("First and last name"), make_draft_key("letter-name"))
        case QuestionOfLetter.PROFILE:
            name = account_name(account, screen.session.playbook)
            title = _("{account}: what is the address of the profile?").format(account=name)
            if (status := screen.session.overview().status_of(account.id)) and status.no_log_in is not None:
                help_text = _(
                    "Meta finds the account by it. You cannot log in: search the web for your name and open the "
                    "profile, or ask a friend to copy its address. Esc leaves it open."
                )
            else:
                help_text = _(
                    "Meta finds the account by it: open your profile and copy its address. It stays with "
                    "this account. Esc leaves it open, if it has none."
                )
            other = FreeTextOption(_("Its address"), "https://www.…", make_draft_key("letter-profile", account.id))
        case QuestionOfLetter.FORMER_NAMES:
            name = account_name(account, screen.session.playbook)
            title = _("{account}: which names and e-mail addresses did it have?").format(account=name)
            help_text = _(
                "You cannot log in, so Meta finds the account by them: old ones too. They stay with this account. "
                "Esc leaves them out."
            )
            other = FreeTextOption(
                _("Its names"),
                _("Names, user names, e-mail addresses"),
                make_draft_key("letter-former-names", account.id),
            )
    return ChoiceScreen(screen.context, title, (), help_text=help_text, other=other)
