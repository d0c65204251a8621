"""Opens what an account offers besides its steps, and the list of everything else that the checklist can do."""

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len

from metaoptout_tui.app.accounts.reply_corrections import meant_account_question, move_reply
from metaoptout_tui.app.commands.commands import EVERYWHERE, actions_without_key, find_command
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.offers import Offer
from metaoptout_tui.core.objection.replies import META_QUESTION_ANSWERED
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import OfferKind
from metaoptout_tui.core.objection.ticking import (
    IN_DIARY,
    OTHER_ACCOUNT,
    RECORD_ANEW,
    TAKE_ALL_BACK,
    reply_taking_back_question,
    taking_back_question,
    wrong_reply_question,
)
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import MenuScreen, ask_before, ask_choice
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption
from metaoptout_tui.ui.text.rows import Column, row_in_columns

_LOOKED, _NOT_YET = "looked", "not-yet"


def open_offer(screen: BaseScreen[Any], account_id: str, offer: Offer, *, open_step: Callable[[str], None]) -> None:
    """Open what an offer of an account leads to; `open_step` opens the screen of a step and goes on from there."""
    match offer.kind:
        case OfferKind.LINKED_THEN:
            from metaoptout_tui.ui.screens.linked_since import ask_linked_then

            ask_linked_then(screen, account_id)
        case OfferKind.DOWNLOAD:
            screen.app.call_later(screen.app.run_action, "app.download")
        case OfferKind.RECHECK:
            _ask_recheck(screen, account_id)
        case OfferKind.PROOF:
            from metaoptout_tui.ui.screens.diary import DiaryScreen

            screen.open_made_screen(
                DiaryScreen(screen.context, account_id, offer.source_id, begins_with_attaching=True)
            )
        case OfferKind.EARLIER:
            _open_earlier_objection(screen, account_id)
        case OfferKind.OWN_OBJECTION | OfferKind.FILE_AGAIN:
            open_step(StepId.OPEN)
        case OfferKind.CORRECTION:
            _ask_correction(screen, account_id, offer.source_id, open_step=open_step)
        case kind if ask := _QUESTION_OF_OFFER.get(kind):
            ask(screen, account_id, offer.source_id)
        case kind if topic := _TOPIC_OF_OFFER.get(kind):
            screen.open_screen("topic", topic, account_id)
        case kind:
            screen.open_screen(_SCREEN_OF_OFFER.get(kind, kind), account_id, *_HIGHLIGHTED_BY_OFFER.get(kind, ()))


_TOPIC_OF_OFFER = {OfferKind.NO_LOG_IN: TopicId.NO_LOGIN, OfferKind.WHAT_REMAINS: TopicId.AFTER_DECISION}
"""The topic that an offer opens."""
_SCREEN_OF_OFFER = {
    OfferKind.AUTHORITY_LETTER: StepId.REPLY,
    OfferKind.AFTER_DECISION: StepId.REPLY,
    OfferKind.ANSWERED: StepId.REPLY,
}
"""The screen of an offer that is called otherwise."""
_HIGHLIGHTED_BY_OFFER = {OfferKind.ANSWERED: (None, META_QUESTION_ANSWERED.id)}
"""With what the screen of an offer begins: no mail, and the reply that the offer is to record."""


def _ask_arrival(screen: BaseScreen[Any], account_id: str, letter_id: str) -> None:
    """Ask when a letter arrived, if it still counts."""
    from metaoptout_tui.ui.screens.deadlines import ask_letter_arrival

    events = events_in_force(screen.session.account(account_id).events)
    letter = next((event for event in events if event.id == letter_id), None)
    if letter is not None:
        ask_letter_arrival(screen, account_id, letter)


def _ask_which_form(screen: BaseScreen[Any], account_id: str, objection_id: str) -> None:
    """Ask with which form an objection was sent, if it still counts."""
    from metaoptout_tui.ui.screens.diary import ask_for_form

    events = events_in_force(screen.session.account(account_id).events)
    objection = next((event for event in events if event.id == objection_id), None)
    if objection is not None:
        ask_for_form(screen, account_id, objection)


_QUESTION_OF_OFFER = {OfferKind.ARRIVAL: _ask_arrival, OfferKind.WHICH_FORM: _ask_which_form}
"""The question about an entry of the diary that an offer asks."""


def _ask_correction(
    screen: BaseScreen[Any], account_id: str, reply_id: str, *, open_step: Callable[[str], None]
) -> None:
    """Ask what of a reply is not right.

    It is taken back, with another one recorded or alone, written down for another account, or corrected in the diary.
    """
    session = screen.session
    answers: dict[str, Callable[[], object]] = {
        RECORD_ANEW: lambda: _take_back(screen, account_id, reply_id, then=lambda: open_step(StepId.REPLY)),
        OTHER_ACCOUNT: lambda: _ask_meant_account(screen, account_id, reply_id),
        TAKE_ALL_BACK: lambda: _take_all_back(screen, account_id),
        IN_DIARY: lambda: _open_diary(screen, account_id, reply_id),
    }
    question = wrong_reply_question(session.account(account_id), reply_id, session.playbook, session.now())
    if question is not None:
        ask_choice(screen, question, lambda answer: answers[answer](), is_menu=True)


def _take_back(screen: BaseScreen[Any], account_id: str, reply_id: str, *, then: Callable[[], object]) -> None:
    session = screen.session
    question = reply_taking_back_question(session.account(account_id), reply_id, session.playbook, session.now())
    diary = session.diary_service
    ask_before(
        screen, question, lambda: screen.make_change(lambda: diary.take_back_reply(account_id, reply_id)) and then()
    )


def _take_all_back(screen: BaseScreen[Any], account_id: str) -> None:
    session = screen.session
    account = session.account(account_id)

    def take_back() -> None:
        if screen.make_change(lambda: session.diary_service.reopen_step(account_id, StepId.REPLY)):
            screen.say_undoable(_("All of it is taken back."))

    ask_before(screen, taking_back_question(account, StepId.REPLY, session.overview(), session.playbook), take_back)


def _ask_meant_account(screen: BaseScreen[Any], account_id: str, reply_id: str) -> None:
    session = screen.session

    def move(answer: str) -> None:
        told: list[str] = []
        if screen.make_change(lambda: told.append(move_reply(session, account_id, reply_id, answer))):
            screen.say_undoable(told[0])

    ask_choice(screen, meant_account_question(session, account_id, reply_id), move)


def _open_diary(screen: BaseScreen[Any], account_id: str, event_id: str) -> None:
    from metaoptout_tui.ui.screens.diary import DiaryScreen

    screen.open_made_screen(DiaryScreen(screen.context, account_id, event_id))


def _open_earlier_objection(screen: BaseScreen[Any], account_id: str) -> None:
    """Ask for an objection that was sent earlier, for this account."""
    from metaoptout_tui.ui.screens.ways_to_begin import words_on_earlier_recorded

    def recorded(is_recorded: object) -> None:
        if is_recorded:
            screen.say_undoable(words_on_earlier_recorded(screen))

    screen.open_screen("earlier", account_id, then=recorded)


def _ask_recheck(screen: BaseScreen[Any], account_id: str) -> None:
    """Ask whether the objection still stands, and record that it was looked at."""

    def answered(answer: ChosenOption | None) -> None:
        status = screen.session.overview().status_of(account_id)
        if answer is not None and answer.option_id == _LOOKED and status is not None:
            record_recheck(screen, status)

    rows = [(_NOT_YET, _("Not yet")), (_LOOKED, _("Yes, and I leave it as it is"))]
    help_text = _("The guide says what to look at. If something changed, object again: open “Submit the form”.")
    screen.open_made_screen(
        ChoiceScreen(
            screen.context, _("Did you look at your objection again?"), rows, chosen=_NOT_YET, help_text=help_text
        ),
        answered,
    )


def record_recheck(screen: BaseScreen[Any], status: AccountStatus) -> None:
    """Record that an objection was looked at again, or say that none stands."""
    if screen.make_change(lambda: screen.session.diary_service.record_recheck(status.account.id)):
        screen.say_undoable(_("Written down; the next check is in a year."))


def open_changed_source(screen: BaseScreen[Any], status: AccountStatus, step: str) -> None:
    """Show what changed in a source of a step; each time the next that was not read yet."""
    unread = screen.context.page_check.page_watcher.unread_pages_for(
        step=step, platform=status.account.platform, region=status.region.id
    )
    if unread:
        screen.open_screen("page", unread[0].id, True)
    else:
        where = screen.readable_key_of("checklist.guidance")
        screen.say(_("No source of this step is known to have changed. {where} shows them all.").format(where=where))


_COLUMN_GAP, _ROW_MARGIN = 2, 4


class MoreScreen(MenuScreen):
    """The actions of a screen that have no key of their own, in words."""

    needs_writable_record = False
    DEFAULT_CSS = "MoreScreen ChoiceListWithOther ChoiceList { max-height: 85vh; }"


_ELSEWHERE = (
    "everywhere.reach",
    "everywhere.frauds",
    "everywhere.download",
    "everywhere.kept",
    "everywhere.people",
    "everywhere.rehearse",
    "everywhere.different",
    "everywhere.manual",
)
"""In the order of their rows. The last, which End goes to, only opens something to read."""


def open_more(screen: BaseScreen[Any]) -> None:
    """Show every action of the screen that has no key of its own, and what else there is to know; do the chosen one."""
    offered = (*actions_without_key(screen.SCREEN_ID), *filter(None, map(find_command, _ELSEWHERE)))
    commands = {command.id: command for command in offered if screen.has_effect(command)}

    def chosen(answer: ChosenOption | None) -> None:
        if answer is not None:
            command = commands[answer.option_id]
            namespace = "app" if command.screen_id == EVERYWHERE else "screen"
            screen.app.call_later(screen.app.run_action, f"{namespace}.{command.textual_action}")

    width = _COLUMN_GAP + max(cell_len(command.title) for command in commands.values())
    room = screen.app.size.width - width - _ROW_MARGIN
    rows = [
        (id, row_in_columns(Column(command.title, width), Column(command.help, room)))
        for id, command in commands.items()
    ]
    screen.open_made_screen(MoreScreen(screen.context, _("What would you like to do?"), rows), chosen)
