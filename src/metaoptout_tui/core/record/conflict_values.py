"""Says what two copies of a record hold where they differ, so that a person can choose."""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.core.dates import format_full_day, format_time
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.account_names import group_name
from metaoptout_tui.core.record.accounts import ACCOUNT_VALUES, DRAFT_TYPED_AT, PERSON_TEXTS, Account, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.merge import (
    CONFLICT_CHAT,
    CONFLICT_DRAFT,
    CONFLICT_EVENT,
    CONFLICT_FOR_LETTERS,
    MergeConflict,
    describe_subject,
)
from metaoptout_tui.core.record.remembered import ChatPrivacy, privacy_setting_label
from metaoptout_tui.core.text import clean_line

_MAX_CHARACTERS = 200


class ConflictValues(NamedTuple):
    """A value that two copies have in different ways: what it is, and both values in words."""

    conflict: MergeConflict
    subject: str
    here: str
    there: str


def values_in_conflict(conflict: MergeConflict, ours: Record, theirs: Record) -> ConflictValues:
    """Both values of a conflict of `join_records`."""
    subject = describe_subject(conflict, ours)
    return ConflictValues(conflict, subject, _value_of(conflict, ours), _value_of(conflict, theirs))


def _value_of(conflict: MergeConflict, record: Record) -> str:
    if conflict.subject == CONFLICT_DRAFT:
        draft = record.drafts.get(conflict.key, {})
        return _shown({name: value for name, value in draft.items() if name != DRAFT_TYPED_AT})
    if conflict.subject == CONFLICT_FOR_LETTERS:
        return _shown(record.remembered_of(conflict.account_id).for_letters.get(conflict.key))
    if conflict.subject == CONFLICT_CHAT:
        return _chat_words(record.remembered_of(conflict.account_id).chats.get(conflict.key))
    if conflict.subject == CONFLICT_EVENT:
        events = (event for account in record.accounts for event in account.events if event.id == conflict.key)
        return next(map(_event_words, events), _("nothing"))
    account = record.account_by_id(conflict.account_id)
    if conflict.account_id and account is None:
        return _("nothing")
    value = (_person_values(record) if account is None else _account_values(account)).get(conflict.subject)
    if account is not None and conflict.subject == ACCOUNT_VALUES["linked_group"]:
        if value is None:
            return _("not known")
        # Translators: in the linked group of this name.
        return (
            _("in “{group}”").format(group=_shown(group_name(value) if isinstance(value, str) else value))
            if value
            else _("not linked")
        )
    return _shown(value)


def _person_values(record: Record) -> Mapping[str, object]:
    person = record.person
    return {**record.extra, **person.extra, **{name: getattr(person, name) for name in PERSON_TEXTS}}


def _account_values(account: Account) -> Mapping[str, object]:
    return {**account.extra, **{key: getattr(account, name) for name, key in ACCOUNT_VALUES.items()}}


def _event_words(event: Event) -> str:
    return _shown(
        {"what": event.kind, "at": f"{format_full_day(event.at.date())} {format_time(event.at)}", **event.fields}
    )


def _chat_words(chat: ChatPrivacy | None) -> str:
    if chat is None or chat.is_removed:
        return _("nothing")
    return _shown(" ".join((privacy_setting_label(chat.setting), chat.shown_admin)))


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        words = format_open_list(f"{name} {item}" for name, item in value.items())
    else:
        words = "" if value is None else str(value)
    return clean_line(words, _MAX_CHARACTERS) or _("nothing")
