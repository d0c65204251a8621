"""Writes down an objection that was sent before the person had this program: for all its accounts at once, as one change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.app.session import Session
from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.formatting import format_list, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.entry_checks import accepted_moment, is_in_month_of
from metaoptout_tui.core.objection.replies import REPLIES_TO_EARLIER_OBJECTION, Reply
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.core.record.vocabulary import FORM, LETTER_SENT_ONLINE, MONTH_ONLY, SENT_BY_LETTER

_BEFORE_SENDING = timedelta(minutes=1)

SENT_WITH_FORM = "online"


class EarlierObjection(NamedTuple):
    """What the person remembers: for which accounts, when, in which of the ways, and what came back, if anything, and when.

    `lived_in` is the country where they lived then, empty where it is that of now; `moved_at` is since when they live
    where they live now. Where of `sent_at` only the month is known (`is_month_alone`), it is the last day of it, or the
    day of what came back in it; so is `replied_at` with `is_reply_month_alone`. With `is_one_for_each` each account had
    one of its own; else one stands for those of a linked group, which are taken as linked already then.
    """

    account_ids: Sequence[str]
    sent_at: datetime | None
    way: str = SENT_WITH_FORM
    reply: Reply | None = None
    replied_at: datetime | None = None
    lived_in: str = ""
    is_month_alone: bool = False
    is_reply_month_alone: bool = False
    moved_at: datetime | None = None
    is_one_for_each: bool = False


NOTHING_CAME = "nothing"


_EXAMPLE_MONTH = "2024-09"


def hint_at_month() -> str:
    """That a month is enough where no more is known, with the form of one."""
    return _("If you only know the month, write it like {month}.").format(
        month=dates.format_partial_date(_EXAMPLE_MONTH)
    )


def question_for_day() -> str:
    """The second question, when it was sent, with the form of a month that is enough too."""
    return _("2  When? A month such as {month} is enough.").format(month=dates.format_partial_date(_EXAMPLE_MONTH))


def ways_it_was_sent() -> tuple[tuple[str, str], ...]:
    """The answers to how it was sent, the usual one first."""
    return (
        (SENT_WITH_FORM, _("With Meta's form")),
        (SENT_BY_LETTER, _("By post")),
        (LETTER_SENT_ONLINE, _("By e-mail, or as a letter online")),
    )


def what_came_back(playbook: Playbook) -> tuple[tuple[str, str], ...]:
    """The answers to what came back: the likeliest first, then that nothing did."""
    first, *others = ((reply.id, _reply_words(reply, playbook)) for reply in REPLIES_TO_EARLIER_OBJECTION)
    return first, (NOTHING_CAME, _("Nothing came")), *others


def _reply_words(reply: Reply, playbook: Playbook) -> str:
    """A reply to an objection of long ago in words; of a variant those of its kind before its own."""
    if reply.event_kind is EventKind.MAIL_LOST:
        return _("I do not remember, or no longer have the mail")
    of_kind = playbook.texts.sentence(f"answer.{reply.event_kind}")
    if reply.id == reply.event_kind:
        return of_kind
    return labelled(of_kind, playbook.texts.sentence(f"answer.{reply.id}"))


def question_which_reply(session: Session, earlier: EarlierObjection) -> ChoiceQuestion | None:
    """Which variant of the reply came back; None where it has none."""
    reply, sentence = earlier.reply, session.playbook.texts.sentence
    if reply is None or not reply.variants:
        return None
    account = session.account(earlier.account_ids[0])
    return ChoiceQuestion(
        labelled(sentence(f"answer.{reply.id}"), sentence(f"answer.{reply.id}.question")),
        tuple((variant.id, sentence(f"answer.{variant.id}")) for variant in reply.variants_for(account)),
    )


ONE_FOR_EACH, ONE_FOR_ALL = "each", "all"


def question_one_for_each(session: Session, earlier: EarlierObjection) -> ChoiceQuestion | None:
    """Whether linked accounts had one objection for all of them, or one each; None where no two of them are linked."""
    linked = [members for members in _by_group(earlier, session.editor).values() if len(members) > 1]
    if not linked:
        return None
    names = format_list([account_name(account, session.playbook) for account in linked[0]])
    return ChoiceQuestion(
        _("{accounts}: one objection for all, or one for each?").format(accounts=names),
        (
            (ONE_FOR_EACH, _("One for each of them")),
            (ONE_FOR_ALL, _("One for all of them: they were linked already")),
        ),
        sentences=(_("Whether one for all of them reaches each is not certain; the program says so then."),),
    )


class EventAddress(NamedTuple):
    """An entry, by the ids of its account and of itself."""

    account_id: str
    event_id: str


def record_earlier_objection(session: Session, earlier: EarlierObjection) -> EventAddress:
    """Record the objection for each account; where one was for all that are linked, through the first of them.

    Returns the entry on what came back, or on the objection where nothing did, of the first account: proof belongs to it.

    Raises InputRefused, and changes nothing, for no account and for an impossible date.
    """
    editor = session.editor
    editor.current_record.require_writable()
    if earlier.sent_at is None:
        raise InputRefused(_("Write when you sent it."))
    if not earlier.account_ids:
        raise InputRefused(_("Say for which accounts you objected."))
    sent_at, moved_at = accepted_dates(earlier, earlier.sent_at, editor)
    earlier = earlier._replace(sent_at=sent_at, moved_at=moved_at)
    record = editor.record
    members = _by_group(earlier, editor)
    for accounts in members.values():
        for account in accounts:
            dated = _with_link_before(account, sent_at, editor) if len(accounts) > 1 else account
            record = record.with_account(dated)
        sender = record.account_by_id(accounts[0].id)
        if sender is not None:
            filed = _with_objection(sender, earlier, editor)
            record = record.with_account(_with_move(filed, earlier, editor))
    editor.apply_change(record, _("the earlier objection"), earlier.account_ids[0], StepId.SUBMIT, draft_key="earlier")
    first = editor.account(next(iter(members.values()))[0].id)
    kind = earlier.reply.event_kind if earlier.reply is not None else EventKind.FILED
    return EventAddress(first.id, [event.id for event in first.events if event.kind == kind][-1])


def _by_group(earlier: EarlierObjection, editor: RecordEditor) -> dict[str, list[Account]]:
    """The accounts that had one objection together, by their linked group, or each by itself."""
    members: dict[str, list[Account]] = {}
    for id in earlier.account_ids:
        account = editor.account(id)
        group = "" if earlier.is_one_for_each else account.linked_group
        members.setdefault(group or f"-{id}", []).append(account)
    return members


def accepted_dates(
    earlier: EarlierObjection, sent_at: datetime, editor: RecordEditor
) -> tuple[datetime, datetime | None]:
    """When it was sent and when the person moved, as they are recorded. Raises InputRefused for an impossible date."""
    sent_at = accepted_moment(EventKind.FILED, sent_at, None, editor.now())
    if earlier.is_month_alone and earlier.replied_at is not None and is_in_month_of(earlier.replied_at, sent_at):
        sent_at = min(sent_at, earlier.replied_at)
    if earlier.replied_at is not None and earlier.replied_at < sent_at:
        raise InputRefused(_("What came back cannot be older than the objection."))
    return sent_at, _checked_move(earlier, sent_at, editor.record.person.country)


def _with_objection(account: Account, earlier: EarlierObjection, editor: RecordEditor) -> Account:
    sent_fields = {
        "form": earlier.way if earlier.way in FORM.known_values else "",
        "email": account.email,
        "day-known": MONTH_ONLY if earlier.is_month_alone else "",
    }
    account = account.with_event(editor.new_event(EventKind.FILED, sent_fields, earlier.sent_at))
    if earlier.reply is None:
        return account
    at = earlier.replied_at or earlier.sent_at
    is_month_alone = earlier.is_month_alone if earlier.replied_at is None else earlier.is_reply_month_alone
    fields: dict[str, object] = {**earlier.reply.fields, "day-known": MONTH_ONLY if is_month_alone else ""}
    return account.with_event(editor.new_event(earlier.reply.event_kind, fields, at))


def _checked_move(earlier: EarlierObjection, sent_at: datetime, present: str) -> datetime | None:
    """When the person moved, not before the objection; None where they lived then where they live now.

    A month stands for its first day, also where the objection was sent later in it.
    """
    if earlier.lived_in in ("", present) or not present:
        return None
    if earlier.moved_at is None:
        raise InputRefused(_("Write since when you live where you live now. A month is enough."))
    if earlier.moved_at >= sent_at:
        return earlier.moved_at
    if not is_in_month_of(earlier.moved_at, sent_at):
        raise InputRefused(_("The move to where you live now cannot be older than the objection."))
    return sent_at


def _with_move(account: Account, earlier: EarlierObjection, editor: RecordEditor) -> Account:
    """The account with an entry of the move after the objection, where the diary does not have one already."""
    if earlier.moved_at is None or earlier.sent_at is None:
        return account
    later = (event for event in events_in_force(account.events) if event.at >= earlier.sent_at)
    move = next((event for event in later if event.kind == EventKind.COUNTRY_CHANGED), None)
    present = move.text("from").partition("-")[0] if move is not None else editor.record.person.country
    if earlier.lived_in == present:
        return account
    fields = {"from": earlier.lived_in, "to": present}
    return account.with_event(editor.new_event(EventKind.COUNTRY_CHANGED, fields, earlier.moved_at))


def _with_link_before(account: Account, sent_at: datetime, editor: RecordEditor) -> Account:
    """The account as one that was in its linked group when the objection was sent."""
    links = [event for event in events_in_force(account.events) if event.kind == EventKind.LINKED_GROUP_CHANGED]
    to = sent_at - _BEFORE_SENDING
    if not links:
        return account.with_event(
            editor.new_event(EventKind.LINKED_GROUP_CHANGED, {"to": account.linked_group or ""}, to)
        )
    if links[-1].at < sent_at:
        return account
    correction = editor.new_event(EventKind.DATE_CORRECTED, {"entry": links[-1].id, "to": to})
    return replace(account, events=(*account.events, correction))
