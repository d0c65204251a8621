"""Converts what is remembered beside the diaries to and from tables of a TOML document.

A record of a former release has it among its drafts, which are read too. What stands there beside the table was written
by that release after this one had saved the table, so it counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from metaoptout_tui.core import text
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import DRAFT_TYPED_AT, Draft, account_id_of_draft
from metaoptout_tui.core.record.remembered import (
    MAX_CHAT_NAME_CHARACTERS,
    NOTHING_REMEMBERED,
    OF_PERSON,
    PRIVACY_SETTINGS,
    ChatPrivacy,
    Remembered,
)
from metaoptout_tui.storage.document_values import (
    InvalidValue,
    check_name,
    clean_block_value,
    clean_line_value,
    require_table,
    unknown_values,
)

_FOR_LETTERS, _ASKED, _ENGLISH, _CHATS, _ACCOUNTS = "letters", "asked", "english", "chats", "account"
_KNOWN = (_FOR_LETTERS, _ASKED, _ENGLISH, _CHATS)
_REMOVED_CHAT = "out"
_SENDER_DRAFT, _ENGLISH_DRAFT, _CHATS_DRAFT = "letter-sender", "letter-english", "chat-privacy"
_ENGLISH_ADDED = "added"


def remembered_to_table(remembered: Mapping[str, Remembered]) -> dict[str, object]:
    """The table of what is remembered; that of an account stands by its id in a table of its own in it."""
    table = _to_table(remembered.get(OF_PERSON, NOTHING_REMEMBERED))
    accounts = {id: _to_table(each) for id, each in remembered.items() if id != OF_PERSON}
    return {**table, _ACCOUNTS: accounts} if accounts else table


def parse_remembered(table: Mapping[str, object]) -> dict[str, Remembered]:
    """What is remembered, by the id of the account, or `OF_PERSON`. Raises InvalidValue."""
    remembered = {OF_PERSON: _parse(table, known=(*_KNOWN, _ACCOUNTS))}
    try:
        for id, of_account in require_table(table.get(_ACCOUNTS, {})).items():
            try:
                remembered[check_name(id)] = _parse(require_table(of_account), known=_KNOWN)
            except InvalidValue as error:
                raise error.add_prefix(id) from None
    except InvalidValue as error:
        raise error.add_prefix(_ACCOUNTS) from None
    return {id: each for id, each in remembered.items() if each != NOTHING_REMEMBERED}


def part_from_drafts(
    remembered: Mapping[str, Remembered], drafts: Mapping[str, Draft]
) -> tuple[dict[str, Remembered], dict[str, Draft]]:
    """What is remembered with what former releases kept of that among the drafts, and the other drafts."""
    parted, others = dict(remembered), dict[str, Draft]()
    for key, draft in drafts.items():
        form = key.partition(":")[0]
        if form not in (_SENDER_DRAFT, _ENGLISH_DRAFT, _CHATS_DRAFT):
            others[key] = draft
            continue
        id = account_id_of_draft(key)
        before = parted.get(id, NOTHING_REMEMBERED)
        values = {name: value for name, value in draft.items() if name != DRAFT_TYPED_AT}
        if form == _SENDER_DRAFT:
            asked = before.questions_asked | set(values.pop(_ASKED, "").split())
            parted[id] = replace(before, for_letters={**before.for_letters, **values}, questions_asked=asked)
        elif form == _ENGLISH_DRAFT:
            chosen = values.get(_ENGLISH)
            parted[id] = replace(before, sends_english=chosen == _ENGLISH_ADDED) if chosen else before
        else:
            parted[id] = replace(before, chats={**before.chats, **_parse_chats(values)})
    return {id: each for id, each in parted.items() if each != NOTHING_REMEMBERED}, others


def _to_table(remembered: Remembered) -> dict[str, object]:
    table: dict[str, object] = {}
    if remembered.for_letters:
        table[_FOR_LETTERS] = dict(remembered.for_letters)
    if remembered.questions_asked:
        table[_ASKED] = sorted(remembered.questions_asked)
    if remembered.sends_english is not None:
        table[_ENGLISH] = remembered.sends_english
    if remembered.chats:
        table[_CHATS] = {
            chat.name: _REMOVED_CHAT if chat.is_removed else f"{chat.setting} {chat.admin}".strip()
            for chat in remembered.chats.values()
        }
    return table | {name: value for name, value in remembered.extra.items() if name not in table}


def _parse(table: Mapping[str, object], *, known: tuple[str, ...]) -> Remembered:
    english = table.get(_ENGLISH)
    if english is not None and not isinstance(english, bool):
        raise InvalidValue((_ENGLISH,), _("this value does not fit"), _("true or false"))
    return Remembered(
        _parse_words(table, _FOR_LETTERS),
        frozenset(_parse_list(table.get(_ASKED, []))),
        english,
        _parse_chats(_parse_words(table, _CHATS)),
        unknown_values(table, known),
    )


def _parse_words(table: Mapping[str, object], name: str) -> dict[str, str]:
    try:
        words = require_table(table.get(name, {}))
        return {check_name(each): clean_block_value(each, value) for each, value in words.items()}
    except InvalidValue as error:
        raise error.add_prefix(name) from None


def _parse_list(value: object) -> Iterable[str]:
    if not isinstance(value, list):
        raise InvalidValue((_ASKED,), _("this value does not fit"), _('a list of texts, like ["name"]'))
    return (clean_line_value(_ASKED, each) for each in value)


def _parse_chats(words: Mapping[str, str]) -> dict[str, ChatPrivacy]:
    """The chats by name: of each the setting, then a blank and the admin. An invalid setting is unknown."""
    chats = (_parse_chat(name, value) for name, value in words.items())
    return {chat.name: chat for chat in chats}


def _parse_chat(name: str, value: str) -> ChatPrivacy:
    word, _unused, admin = value.partition(" ")
    return ChatPrivacy(
        text.clean_line(name, MAX_CHAT_NAME_CHARACTERS),
        next((setting for setting in PRIVACY_SETTINGS if setting == word), "unknown"),
        text.clean_line(admin, MAX_CHAT_NAME_CHARACTERS),
        value == _REMOVED_CHAT,
    )
