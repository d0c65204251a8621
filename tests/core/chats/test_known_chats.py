"""Chats that are known again after a restart, by what is in them, with the sender that the person is."""

from datetime import date
from itertools import count

from metaoptout_tui.core.chats.known_chats import MAX_KNOWN_CHATS, MAX_MESSAGES_KEPT, KnownChats
from metaoptout_tui.core.chats.scan_results import (
    ChatTotals,
    DateOrder,
    ExportOrigin,
    MessageToMetaAi,
    ScannedChat,
)


def known_chats() -> KnownChats:
    ids = count(1)
    return KnownChats(b"k" * 32, lambda: f"{next(ids):016x}")


def chat(*digests: str, senders: tuple[str, ...] = ("Anna", "Bo"), messages: tuple[str, ...] = ()) -> ScannedChat:
    totals = ChatTotals(9, 9, 0, tuple((sender, 3) for sender in senders), 0)
    return ScannedChat(
        "a.txt", "", 9, ExportOrigin.ANDROID, totals, (), None, None, DateOrder.DAY_FIRST,
        are_dates_proven=True, is_with_meta_ai_alone=False, privacy_switches=(), times_to_meta_ai=(),
        beginnings=digests,
        messages_to_meta_ai=tuple(MessageToMetaAi(digest, "Anna", date(2026, 1, 1)) for digest in messages),
    )  # fmt: skip


def test_a_chat_keeps_its_id_though_it_grew() -> None:
    known = known_chats()
    first = known.remember(chat("aa", "bb"))
    assert known.find(chat("aa", "bb", "cc")) == first
    assert known.find(chat("aa", "dd", "ee")) is None
    assert known.remember(chat("aa", "bb", messages=("11",))).ids == first.ids
    grown = known.find(chat("xx", "yy", messages=("11", "22")))  # whose beginning is gone
    assert grown
    assert grown.ids == first.ids
    assert len(known.chats) == 1


def test_who_the_person_is_is_kept_for_the_chat_and_offered_in_others() -> None:
    known = known_chats()
    family, club = chat("aa", "bb"), chat("cc", "dd", senders=("Cas", "bo"))
    known.set_own_sender(family, "Bo")
    assert known.stated_sender(family) == "Bo"
    assert known.stated_sender(club) is None
    assert known.likely_sender(club) == "bo"
    assert "Bo" not in repr(known.chats)
    known.remember(family)
    assert known.stated_sender(family) == "Bo"


def test_none_of_these_is_me_spreads_to_no_other_chat() -> None:
    known = known_chats()
    family, club = chat("aa", "bb"), chat("cc", "dd")
    known.set_own_sender(family, "")
    assert known.stated_sender(family) == ""
    assert known.stated_sender(club) is None
    assert known.likely_sender(club) == ""


def test_two_chats_that_a_third_export_joins_are_one_with_both_ids() -> None:
    known = known_chats()
    one, two = known.remember(chat("aa", "bb")), known.remember(chat("cc", "dd", messages=("11",)))
    both = known.remember(chat("aa", "bb", messages=("11",)))
    assert set(both.ids) == {*one.ids, *two.ids}
    assert known.main_id_of(two.ids[0]) == known.main_id_of(one.ids[0]) == both.ids[0]
    assert known.main_id_of("elsewhere") == "elsewhere"


def test_only_the_newest_chats_and_some_of_their_digests_are_kept() -> None:
    known = known_chats()
    for number in range(MAX_KNOWN_CHATS + 5):
        known.remember(chat(f"{number}a", f"{number}b"))
    assert len(known.chats) == MAX_KNOWN_CHATS
    kept = known.remember(chat("aa", "bb", messages=tuple(f"{number:04x}" for number in range(900))))
    assert len(kept.digests.messages) == MAX_MESSAGES_KEPT
