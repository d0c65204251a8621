"""Which sender is the person, and who is none? An export names people as the phone that made it does."""

import re
from collections.abc import Mapping

from metaoptout_tui.evidence.whatsapp.classify import is_meta_ai
from metaoptout_tui.evidence.whatsapp.results import Chat
from metaoptout_tui.evidence.whatsapp.shadow import shadow


def senders(chat: Chat) -> tuple[str, ...]:
    """The people who write in a chat, as far as it was counted: first those who wrote to Meta AI, then by messages."""
    names = [share.author for share in chat.shares]
    names += [name for name, _ in chat.totals.authors] if chat.totals else []
    return tuple(name for name in dict.fromkeys(names) if name and not is_meta_ai(name))


def sender_named(chat: Chat, name: str) -> str:
    """The sender of a chat who goes by a name, whatever marks and capitals stand in it; empty where there is none."""
    return next((each for each in senders(chat) if name and _plain(each) == _plain(name)), "")


# As in public samples of exports: Anna created group "Trip: Rome"
_NAMES_A_GROUP = re.compile(r' (?:created group|changed the (?:subject|group name)(?: from| to)?) ["“]')
_NUMBER_AND_WORDS = re.compile(r"\+\d[\d ()-]{5,20} [^\W\d]")
_QUOTES = (("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ("『", "』"))
_A_PERSON_WRITES = 4
"""Messages from which a sender is one, whatever the name looks like; a group is seldom named so often alike."""


def cut_lines(names: Mapping[str, int]) -> frozenset[str]:
    """Which of these senders, with their messages, are none: lines of the system up to a colon within a group's name.

    Android writes those lines without a sender. Such a beginning leaves a quotation open, behind words that are known or
    behind another sender's name or number; a person whose name merely looks odd has none of these in front.
    """
    quoting = [name for name in names if _leaves_a_quotation_open(name)]
    others = frozenset(names).difference(quoting)
    return frozenset(
        name
        for name in quoting
        if _NAMES_A_GROUP.search(name) or (names[name] < _A_PERSON_WRITES and _begins_with_a_sender(name, others))
    )


def _begins_with_a_sender(name: str, others: frozenset[str]) -> bool:
    return bool(_NUMBER_AND_WORDS.match(name)) or any(
        name[:at] in others for at, each in enumerate(name) if each == " "
    )


def _leaves_a_quotation_open(name: str) -> bool:
    if name.count('"') % 2 and ' "' in name[max(name.rfind('"') - 1, 0) :]:
        return True
    return any(name.rfind(opened) > max(map(name.rfind, closed)) for opened, closed in _QUOTES)


def _plain(name: str) -> str:
    return shadow(name).strip(" ~").casefold()
