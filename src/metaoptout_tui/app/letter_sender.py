"""What letters remember of the person and of an account: name, postal address and place, profile and former names.

It stands among the drafts of the record, so that no masked case file has it.
"""

from collections.abc import Mapping

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.record.accounts import SENDER_DRAFT, Draft, make_draft_key

SENDER_NAME, SENDER_ADDRESS, PROFILE, FORMER_NAMES = "name", "sender-address", "profile", "former-names"
SENDER_PLACEHOLDERS = frozenset({SENDER_NAME, SENDER_ADDRESS, "place"})
"""The placeholders that are the same in every letter of a person."""
ACCOUNT_PLACEHOLDERS = frozenset({PROFILE, FORMER_NAMES})
"""The placeholders that are the same in every letter about an account."""
ASKED = "asked"

SenderMemory = Mapping[str, Draft]
"""What is remembered, by the key of the draft that holds it."""


def sender_draft_key(placeholder: str, account_id: str) -> str:
    """The key of the draft that remembers what stands in place of a placeholder, for all accounts or for one."""
    return make_draft_key(SENDER_DRAFT, *([account_id] if placeholder in ACCOUNT_PLACEHOLDERS else []))


def sender_memory(session: Session, account_id: str) -> SenderMemory:
    """All that is remembered for the letters about an account, to put it back later."""
    keys = (sender_draft_key(name, account_id) for name in (SENDER_NAME, PROFILE))
    return {key: dict(session.drafts.read(key)) for key in keys}


def put_back_memory(session: Session, memory: SenderMemory) -> None:
    """Remember again what was remembered before, and nothing else."""
    for key, draft in memory.items():
        session.drafts.save(key, draft)


def remembered_sender(session: Session, account_id: str) -> Mapping[str, str]:
    """The person's name and postal address, and the account's profile and names, by placeholder, as they wrote them."""
    drafts = sender_memory(session, account_id).values()
    return {name: value for draft in drafts for name, value in draft.items() if name != ASKED}


def remembered_in_one_line(session: Session, account_id: str, placeholder: str) -> str:
    """What is remembered for a placeholder, to be changed in a field of one line; empty for nothing."""
    value = remembered_sender(session, account_id).get(placeholder, "")
    return ", ".join(line.strip(" ,") for line in value.splitlines())


def changed_for_letters(session: Session, account_id: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed by placeholder, where it is another than what is remembered."""
    return {
        name: words
        for name, words in typed.items()
        if words.strip() != remembered_in_one_line(session, account_id, name)
    }


def remember_changed(session: Session, account_id: str, typed: Mapping[str, str]) -> None:
    """Let letters remember what was typed otherwise than it is remembered; what was emptied is forgotten."""
    if changed := changed_for_letters(session, account_id, typed):
        remember_for_letters(session, account_id, {name: words.strip() for name, words in changed.items()})


def remember_for_letters(session: Session, account_id: str, values: Mapping[str, str]) -> None:
    """Remember values by placeholder for all later letters; an empty one is forgotten, and others than these stay."""
    for names in (SENDER_PLACEHOLDERS, ACCOUNT_PLACEHOLDERS):
        key = sender_draft_key(min(names), account_id)
        remembered = session.drafts.read(key)
        changed = {name: value for name, value in values.items() if name in names}
        session.drafts.save(key, {**remembered, **changed})
