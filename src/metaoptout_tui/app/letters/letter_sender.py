"""What letters remember of the person and of an account: name, postal address and place, profile, names and e-mail address."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.record.accounts import CHILD_NAME, SENDER_ADDRESS, SENDER_NAME, SENDER_PLACE, WRITES_FOR
from metaoptout_tui.core.record.remembered import OF_PERSON, Remembered

PROFILE, FORMER_NAMES, WHOSE_NAME, EMAIL = "profile", "former-names", CHILD_NAME, "email"
CONTROLLER = "controller"
SENDER_PLACEHOLDERS = frozenset({SENDER_NAME, SENDER_ADDRESS, SENDER_PLACE})
"""The placeholders that are the same in every letter of a person."""
ACCOUNT_PLACEHOLDERS = frozenset({PROFILE, FORMER_NAMES, WHOSE_NAME, WRITES_FOR, EMAIL})
"""The placeholders that are the same in every letter about an account."""
SenderMemory = Mapping[str, Remembered]
"""What is remembered of the person, and of the account of a letter."""


def controller_under(law: str) -> str:
    """The name under which it is remembered who at Meta answers under a law, as `controller.uk-gdpr`."""
    return f"{CONTROLLER}.{law}"


def _is_of_person(name: str) -> bool:
    """Whether what stands for a name is the same in every letter of a person, or in those under one law."""
    return name in SENDER_PLACEHOLDERS or name.startswith(f"{CONTROLLER}.")


def owner_of(placeholder: str, account_id: str) -> str:
    """Of whom it is remembered what stands in place of a placeholder: of an account, or of the person for all of them."""
    return account_id if placeholder in ACCOUNT_PLACEHOLDERS else OF_PERSON


def sender_memory(session: Session, account_id: str) -> SenderMemory:
    """All that is remembered for the letters about an account, to put it back later."""
    return {owner: session.remembered.of(owner) for owner in (OF_PERSON, account_id)}


def put_back_memory(session: Session, memory: SenderMemory) -> None:
    """Remember for letters again what was remembered before, and nothing else."""
    for owner, before in memory.items():
        now = session.remembered.of(owner)
        put_back = replace(now, for_letters=before.for_letters, questions_asked=before.questions_asked)
        session.remembered.save(owner, put_back)


def remembered_sender(session: Session, account_id: str) -> Mapping[str, str]:
    """The person's name and postal address, and the account's profile and names, by placeholder, as they wrote them."""
    return {**session.remembered.of().for_letters, **session.remembered.of(account_id).for_letters}


def remembered_in_one_line(session: Session, account_id: str, placeholder: str) -> str:
    """What is remembered for a placeholder, to be changed in a field of one line; empty for nothing."""
    return in_one_line(remembered_sender(session, account_id).get(placeholder, ""))


def in_one_line(value: str) -> str:
    """A name or address of several lines with commas between them."""
    return ", ".join(line.strip(" ,") for line in value.splitlines())


def changed_for_letters(session: Session, account_id: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed by placeholder, where it is another than what is remembered."""
    return {
        name: words
        for name, words in typed.items()
        if words.strip() != remembered_in_one_line(session, account_id, name)
    }


def has_lost_lines(placeholder: str, words: str, remembered: Mapping[str, str]) -> bool:
    """Whether a name or postal address has fewer lines than what is remembered: a blank line tore it apart, perhaps."""
    if placeholder not in {SENDER_NAME, SENDER_ADDRESS}:
        return False
    before, now = (
        [line for line in re.split(r"[,\n]", each) if line.strip()] for each in (remembered.get(placeholder, ""), words)
    )
    return len(now) < len(before)


def without_name_line(address: str, name: str) -> str:
    """An address as it stands in the head of a letter, without a line that is the name: a blank line can shift it there."""
    lines = [line for line in address.splitlines() if not name or line.strip(" ,").casefold() != name.casefold()]
    return "\n".join(lines)


def remember_changed(session: Session, account_id: str, typed: Mapping[str, str]) -> None:
    """Let letters remember what was typed otherwise than it is remembered; what was emptied is forgotten."""
    if changed := changed_for_letters(session, account_id, typed):
        remember_for_letters(session, account_id, {name: words.strip() for name, words in changed.items()})


def remember_for_letters(session: Session, account_id: str, values: Mapping[str, str]) -> None:
    """Remember values by placeholder for all later letters; an empty one is forgotten, and others than these stay."""
    belongs: tuple[tuple[str, Callable[[str], bool]], ...] = (
        (OF_PERSON, _is_of_person),
        (account_id, ACCOUNT_PLACEHOLDERS.__contains__),
    )
    for owner, is_of_owner in belongs:
        before = session.remembered.of(owner)
        words = {**before.for_letters, **{name: value for name, value in values.items() if is_of_owner(name)}}
        filled_in = {name: value for name, value in words.items() if value}
        session.remembered.save(owner, replace(before, for_letters=filled_in))
