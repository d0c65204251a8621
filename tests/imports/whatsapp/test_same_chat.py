"""The same chat in several exports: it is known by what is in it and counts once, in any order."""

import zipfile
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.chats.known_chats import KnownChats
from metaoptout_tui.core.chats.same_chat import ChatDigests, digests_of, join_same_chats
from metaoptout_tui.core.chats.scan_results import MessageKind, ScannedChat
from metaoptout_tui.imports.whatsapp import digests
from metaoptout_tui.imports.whatsapp.scan import scan_chats

KEY = b"k" * 32


def digest_with(key: bytes) -> Callable[[bytes], str]:
    return KnownChats(key, str).digest


FAMILY = (
    "25/03/2026, 21:14 - Ann: @\u2068Meta AI\u2069 hi",
    "26/03/2026, 21:15 - Meta AI: hello",
    "27/03/2026, 21:15 - Ann: @\u2068Meta AI\u2069 hi",
)
CLUB = ("25/03/2026, 21:14 - Ann: hi", "25/03/2026, 21:15 - Bo: @Meta AI hi", "25/03/2026, 21:16 - Ann: yes")
LATER = "28/04/2026, 21:15 - Bo: @\u2068Meta AI\u2069 and now"


def scanned(path: Path, *lines: str, key: bytes = KEY) -> ScannedChat:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    (chat,) = scan_chats([path], digest=digest_with(key)).chats
    return chat


def total(chats: tuple[ScannedChat, ...]) -> int:
    return sum(chat.message_count(MessageKind.TO_META_AI) for chat in chats)


def test_the_same_chat_as_text_and_as_zip_counts_once_and_names_both_files(tmp_path: Path) -> None:
    # composed: the same chat twice in a folder
    text = tmp_path / "WhatsApp Chat with Family.txt"
    text.write_text("\n".join(FAMILY), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat with Family.zip", "w") as archive:
        archive.write(text, text.name)
    found = scan_chats([tmp_path], digest=digest_with(KEY))
    assert len(found.chats) == 2
    (chat,) = join_same_chats(found.chats)
    assert total((chat,)) == 2
    assert chat.also_in == (f"{tmp_path / 'WhatsApp Chat with Family.zip'} › {text.name}",)


def test_chats_of_one_file_name_are_told_apart_by_what_is_in_them(tmp_path: Path) -> None:
    chats = scanned(tmp_path / "a" / "_chat.txt", *FAMILY), scanned(tmp_path / "b" / "_chat.txt", *CLUB)
    assert join_same_chats(chats) == chats


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_overlapping_exports_the_messages_of_all_count_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    exports = (
        scanned(tmp_path / "old.txt", *FAMILY),
        scanned(tmp_path / "new.txt", *FAMILY[1:], LATER),  # whose beginning is gone
        scanned(tmp_path / "club.txt", *CLUB),
    )
    joined = join_same_chats(exports[number] for number in order)
    assert (len(joined), total(joined)) == (2, 4)
    (family,) = (chat for chat in joined if chat.also_in)
    assert family.messages_by_month(MessageKind.TO_META_AI) == {"2026-03": 2, "2026-04": 1}
    assert family.message_count(MessageKind.TO_META_AI, "Bo") == 1


def test_where_messages_are_too_many_to_join_the_larger_count_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MAX_MESSAGES_KEPT", 2)
    more = (*FAMILY, LATER, LATER.replace("28", "29"))
    chats = scanned(tmp_path / "old.txt", *FAMILY), scanned(tmp_path / "new.txt", *more)
    for order in (chats, chats[::-1]):
        (chat,) = join_same_chats(order)
        assert total((chat,)) == 4


def test_a_third_export_joins_two_that_share_nothing(tmp_path: Path) -> None:
    one = scanned(tmp_path / "1.txt", FAMILY[0], "25/03/2026, 22:00 - Bo: hm")
    two = scanned(tmp_path / "2.txt", FAMILY[2], LATER)
    both = scanned(tmp_path / "3.txt", *FAMILY, LATER)
    assert len(join_same_chats((one, two))) == 2
    (chat,) = join_same_chats((one, two, both))
    assert total((chat,)) == 3
    assert len(chat.also_in) == 2


def test_without_the_key_nothing_is_recognised_and_no_text_is_in_a_digest(tmp_path: Path) -> None:
    one = scanned(tmp_path / "a.txt", *FAMILY)
    other = scanned(tmp_path / "b.txt", *FAMILY, key=b"other")
    assert not digests_of(one).is_same_chat(digests_of(other))
    assert "hi" not in repr(digests_of(one))
    assert "Ann" not in repr(digests_of(one))
    (unkeyed,) = scan_chats([one.path]).chats
    assert digests_of(unkeyed) == ChatDigests()


def test_a_few_messages_that_are_the_same_make_no_two_chats_one(tmp_path: Path) -> None:
    first = "25/03/2026, 21:14 - Cas: hi"  # to several at the same minute
    ann, bo = "26/03/2026, 21:14 - Ann: @Meta AI hi", "26/03/2026, 21:15 - Bo: @Meta AI hi"
    exports = [[first], [first, ann, bo, bo, "27/03/2026, 21:15 - Cas: yes"], [first, ann, ann, ann, ann]]
    chats = tuple(scanned(tmp_path / f"{number}.txt", *lines) for number, lines in enumerate(exports))
    assert join_same_chats(chats) == chats


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=1, max_size=5), st.randoms())
def test_any_exports_of_one_chat_in_any_order_come_to_what_is_in_one_of_them(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]], random: Random
) -> None:
    folder = tmp_path_factory.mktemp("exports")
    lines = [f"{day + 1:02}/03/2026, 21:14 - Ann: @Meta AI {day}" for day in range(31)]
    spans = [(start, min(start + length, 31)) for start, length in spans]
    spans.append((0, 31))  # overlaps with each
    chats = [scanned(folder / f"{number}.txt", *lines[start:end]) for number, (start, end) in enumerate(spans)]
    random.shuffle(chats)
    (chat,) = join_same_chats(chats)
    assert total((chat,)) == 31
