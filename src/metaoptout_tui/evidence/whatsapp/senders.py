"""Which sender is the person? An export names people as the phone that made it does."""

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


def _plain(name: str) -> str:
    return shadow(name).strip(" ~").casefold()
