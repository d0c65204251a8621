"""Several exports packed into one zip, as people send them: each is read, within the same bounds, and nothing is unpacked."""

import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.chats.scan_results import MessageKind, ScanResults
from metaoptout_tui.core.chats.scan_summary import chat_title_of
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports import zip_archive
from metaoptout_tui.imports.files import read_at_most
from metaoptout_tui.imports.whatsapp import archives
from metaoptout_tui.imports.whatsapp.scan import NO_CHAT_INSIDE, read_snippets, scan_chats
from metaoptout_tui.imports.whatsapp.sources import TextOpener, find_sources

CHAT = b"1/29/18, 12:24 - Anna: @Meta AI hi\n1/30/18, 12:24 - Bo: hm\n"
Member = tuple[str | zipfile.ZipInfo, bytes]
METHODS = pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])


def packed(*members: Member, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def written(path: Path, *members: Member, method: int = zipfile.ZIP_DEFLATED) -> Path:
    path.write_bytes(packed(*members, method=method))
    return path


def reasons(found: ScanResults) -> dict[str, str]:
    return {each.member or Path(each.path).name: each.reason for each in found.unreadable}


@METHODS
def test_each_export_in_a_zip_of_exports_is_read(tmp_path: Path, method: int) -> None:
    photo = bytes(range(256)) * 9_000
    path = written(
        tmp_path / "chats.zip",
        ("chats/WhatsApp Chat - Anna.zip", packed(("_chat.txt", CHAT), ("photo.jpg", photo))),
        (
            "chats/WhatsApp Chat - Family › all.zip",
            packed(("photo.jpg", photo), ("x/_chat.txt", CHAT * 2), ("z.txt", CHAT)),
        ),
        ("chats/WhatsApp Chat with Bo.txt", CHAT * 3),
        ("__MACOSX/chats/._WhatsApp Chat - Anna.zip", b"PK"),
        method=method,
    )
    told: list[tuple[int, int]] = []
    found = scan_chats([path], job=Job(lambda job: told.append((job.done, job.total))))
    assert not found.unreadable
    assert [(chat.member, chat.message_count(MessageKind.TO_META_AI)) for chat in found.chats] == [
        ("chats/WhatsApp Chat - Anna.zip › _chat.txt", 1),
        ("chats/WhatsApp Chat - Family › all.zip › x/_chat.txt", 2),
        ("chats/WhatsApp Chat - Family › all.zip › z.txt", 1),
        ("chats/WhatsApp Chat with Bo.txt", 3),
    ]
    assert [chat_title_of(chat.path, chat.member) for chat in found.chats] == [
        "Anna",
        "Family › all",
        "Family › all",
        "Bo",
    ]
    assert [each.sender for each in read_snippets(found.chats[1], {MessageKind.TO_META_AI})] == ["Anna", "Anna"]
    assert told[-1] == (7 * len(CHAT), 7 * len(CHAT))
    assert list(tmp_path.iterdir()) == [path]


def test_the_chat_with_meta_ai_alone_is_known_by_the_name_of_the_inner_zip(tmp_path: Path) -> None:
    inner = packed(("_chat.txt", b"1/29/18, 12:24 - Anna: hi\n"))
    found = scan_chats([written(tmp_path / "chats.zip", ("WhatsApp Chat - Meta AI.zip", inner))])
    assert found.chats[0].is_with_meta_ai_alone


def test_two_levels_down_is_named(tmp_path: Path) -> None:
    inner = packed(("deep.zip", packed(("_chat.txt", CHAT))), ("_chat.txt", CHAT))
    found = scan_chats([written(tmp_path / "chats.zip", ("inner.zip", inner))])
    assert reasons(found) == {
        "inner.zip › deep.zip": "It is a zip within a zip within the zip. Take it out and choose it."
    }
    assert [chat.member for chat in found.chats] == ["inner.zip › _chat.txt"]


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    return info


def locked() -> bytes:
    data = bytearray(packed(("_chat.txt", CHAT)))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@METHODS
@pytest.mark.parametrize(
    ("inner", "member", "why"),
    [
        (lambda: packed(("../evil.txt", CHAT)), "inner.zip › ../evil.txt", "Its name leads out of the zip."),
        (lambda: packed((link(), b"/etc/passwd")), "inner.zip › link.txt", "It is a link."),
        (locked, "inner.zip › _chat.txt", "It is locked with a password. Unpack it and choose the text file."),
        (lambda: b"", "inner.zip", "The zip is not complete: its directory is missing."),
        (lambda: packed(("_chat.txt", CHAT))[:-30], "inner.zip", "The zip is not complete: its directory is missing."),
        (lambda: packed(("a.jpg", CHAT)), "chats.zip", None),
        (lambda: packed(("_chat.txt", CHAT)).replace(b"PK\x01\x02", b"PK\x01\x03"), "inner.zip", "The zip is damaged: its directory cannot be read."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_one_level_down_is_named_and_the_rest_is_read(
    tmp_path: Path, method: int, inner: Callable[[], bytes], member: str, why: str | None
) -> None:
    alone = scan_chats([written(tmp_path / "chats.zip", ("inner.zip", inner()), method=method)])
    assert reasons(alone) == {member: why or NO_CHAT_INSIDE}
    found = scan_chats([written(tmp_path / "chats.zip", ("inner.zip", inner()), ("_chat.txt", CHAT), method=method)])
    assert reasons(found) == ({member: why} if why else {})
    assert [chat.member for chat in found.chats] == ["_chat.txt"]


@pytest.mark.exhaustive
def test_a_bomb_one_level_down_stops_at_its_bounds_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_archive, "ALWAYS_ALLOWED_BYTES", 1 << 20)
    bomb = packed(("_chat.txt", CHAT + b" " * (64 << 20)))
    # As a text of an inner zip, and as an inner zip that is itself nothing but blanks with a directory behind them.
    blown = packed(("big.bin", bytes(32 << 20)), ("_chat.txt", CHAT), method=zipfile.ZIP_STORED)
    path = written(
        tmp_path / "chats.zip", ("bomb.zip", bomb), ("blown.zip", blown), ("good.zip", packed(("_chat.txt", CHAT)))
    )
    tracemalloc.start()
    found = scan_chats([path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {name: "200 times its packed size" in why for name, why in reasons(found).items()} == {
        "bomb.zip › _chat.txt": True,
        "blown.zip": True,
    }
    assert [chat.member for chat in found.chats] == ["good.zip › _chat.txt"]
    assert most < 8 << 20


@pytest.mark.parametrize("within", [False, True])
def test_a_bomb_that_lies_about_its_packed_size_is_named(tmp_path: Path, *, within: bool) -> None:
    data = bytearray(packed(("_chat.txt", CHAT + b" " * (1 << 20))))
    at = data.index(b"PK\x01\x02") + 20
    data[at : at + 4] = (1 << 30).to_bytes(4, "little")
    path = tmp_path / "chats.zip"
    path.write_bytes(packed(("inner.zip", bytes(data))) if within else bytes(data))
    assert list(reasons(scan_chats([path])).values()) == [
        "The zip is damaged: it says that this is larger than the whole."
    ]


@pytest.mark.exhaustive
def test_an_inner_zip_is_never_held(tmp_path: Path) -> None:
    photo = Random(1).randbytes(12 << 20)  # noqa: S311 - the same at every run
    path = written(
        tmp_path / "chats.zip", ("inner.zip", packed(("a.jpg", photo), ("_chat.txt", CHAT), method=zipfile.ZIP_STORED))
    )
    tracemalloc.start()
    found = scan_chats([path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [chat.message_count(MessageKind.TO_META_AI) for chat in found.chats] == [1]
    assert most < 8 << 20


def test_too_many_texts_or_bytes_one_level_down_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_NESTED_TEXTS", 3)
    many = packed(*((f"{number}.txt", CHAT) for number in range(5)))
    path = written(tmp_path / "chats.zip", ("many.zip", many), ("_chat.txt", CHAT))
    found = scan_chats([path])
    assert reasons(found) == {"many.zip": "It holds more than 3 texts. Take it out and choose it."}
    assert len(found.chats) == 4
    monkeypatch.setattr(archives, "MAX_NESTED_BYTES", len(many) + 10)
    found = scan_chats([written(path, ("a.zip", many), ("b.zip", many))])
    assert reasons(found)["b.zip"] == "The zips within the zip are too large. Take it out and choose it."


def test_more_texts_than_are_looked_at_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TEXTS", 3)
    found = scan_chats([written(tmp_path / "many.zip", *((f"{number}.txt", CHAT) for number in range(9)))])
    assert len(found.chats) == 3
    assert "the rest was not looked at" in reasons(found)["many.zip"]


def test_a_directory_made_to_fill_the_memory_is_refused(tmp_path: Path) -> None:
    infos = [zipfile.ZipInfo(f"{number}.txt") for number in range(200)]
    for info in infos:
        info.comment = bytes(0xFFFF)
    found = scan_chats([written(tmp_path / "chats.zip", ("inner.zip", packed(*((info, CHAT) for info in infos))))])
    assert reasons(found) == {"inner.zip": "The zip is damaged: its directory is too large."}


def test_the_directory_of_a_zip_is_walked_once_to_list_and_once_to_read_all_its_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[None] = []

    def open_and_count(*arguments: Any) -> AbstractContextManager[zipfile.ZipFile]:
        walked.append(None)
        return zip_archive.open_zip(*arguments)

    monkeypatch.setattr(archives, "open_zip", open_and_count)
    photos = [(f"{number}.jpg", b"x") for number in range(500)]
    texts = [(f"{number}.txt", CHAT) for number in range(40)]
    found = scan_chats([written(tmp_path / "many.zip", *photos, *texts)])
    assert (len(found.chats), len(walked)) == (40, 2)


def test_an_inner_zip_is_inflated_once_to_list_and_once_to_read_all_its_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_and_note(*arguments: Any) -> AbstractContextManager[zipfile.ZipFile]:
        opened.append(arguments[1].filename)
        return zip_archive.open_inner_zip(*arguments)

    monkeypatch.setattr(archives, "open_inner_zip", open_and_note)
    texts = packed(*((f"{number}.txt", CHAT) for number in range(9)))
    found = scan_chats([written(tmp_path / "chats.zip", ("a.zip", texts), ("b.zip", texts), ("z.txt", CHAT))])
    assert len(found.chats) == 19
    assert sorted(opened) == ["a.zip", "a.zip", "b.zip", "b.zip"]


def test_a_zip_that_is_replaced_between_two_texts_is_opened_anew(tmp_path: Path) -> None:
    path = written(tmp_path / "chats.zip", ("1.txt", CHAT), ("2.txt", CHAT))
    opener = TextOpener(lambda: None, lambda _count: None)
    first, second = find_sources([path], lambda: None).sources
    with closing(opener):
        with opener.open(first) as text:
            assert read_at_most(text, 1_000) == CHAT
        written(path, ("2.txt", CHAT * 2))
        with opener.open(second) as text:
            assert read_at_most(text, 1_000) == CHAT * 2
        with pytest.raises(FileRefused, match="no longer in the zip"), opener.open(first):
            pass


@parametrize_some(1, "method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_no_reader_unpacks_what_may_take_any_memory(tmp_path: Path, method: int) -> None:
    blanks = bytes(8 << 20)
    text = written(tmp_path / "text.zip", ("_chat.txt", blanks), method=method)
    inner = written(tmp_path / "inner.zip", ("a.zip", blanks), method=method)
    tracemalloc.start()
    for path, member in ((text, "_chat.txt"), (inner, "a.zip › _chat.txt")):
        with (
            closing(archives.OpenZip(path, lambda: None)) as archive,
            pytest.raises(FileRefused, match="packed in a way"),
            archive.open_text(member),
        ):
            pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 20


def test_it_can_be_cancelled_while_an_inner_zip_is_looked_into(tmp_path: Path) -> None:
    photo = Random(1).randbytes(8 << 20)  # noqa: S311 - the same at every run
    inner = packed(("a.jpg", photo), ("_chat.txt", CHAT), method=zipfile.ZIP_STORED)
    path = written(tmp_path / "chats.zip", ("inner.zip", inner))
    asked: list[int] = []

    def is_cancelled() -> bool:
        asked.append(0)
        return len(asked) > 8

    job = Job()
    job.cancel_when(is_cancelled)
    found = scan_chats([path], job=job)
    assert not found.is_complete
    assert (found.chats, found.unreadable) == ((), ())
