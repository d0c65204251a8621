"""Files that are broken, hostile or change meanwhile: each is named, bounded, and costs the others nothing."""

import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from metaoptout_tui.core.chats.scan_results import MessageKind, ScanResults
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports import zip_archive
from metaoptout_tui.imports.whatsapp import archives, chat_opening, sources
from metaoptout_tui.imports.whatsapp import scan as reviewing
from metaoptout_tui.imports.whatsapp.scan import read_snippets, scan_chats

CHAT = b"1/29/18, 12:24 - Anna: @Meta AI hi\n1/30/18, 12:24 - Bo: hm\n"
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def reasons(found: ScanResults) -> dict[str, str]:
    return {each.member or Path(each.path).name: each.reason for each in found.unreadable}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    ids=lambda value: value if isinstance(value, str) and "." in value[-4:] else "",
    argvalues=[
        ("empty.txt", b"", chat_opening.EMPTY_FILE),
        ("letter.txt", b"Dear Meta,\n\nI object. 12/3 at 10:30.\n", chat_opening.NOT_A_CHAT),
        ("photo.txt", PHOTO, chat_opening.NOT_A_CHAT),
        ("late.txt", b"x\n" * 40_000 + CHAT, chat_opening.NOT_A_CHAT),
        ("zeros.txt", bytes(100_000), chat_opening.NOT_A_CHAT),
        ("two scripts.txt", "25/3/2024, ٢١:١٤ - Anna: hi\n".encode(), chat_opening.NOT_A_CHAT),
        ("utf16.txt", "\ufeffno chat".encode("utf-16-le") + b"\xd8", chat_opening.NOT_A_CHAT),
        ("cut.zip", b"PK\x03\x04" + PHOTO, "The zip is not complete: its directory is missing."),
        ("empty.zip", b"PK\x05\x06" + bytes(18), reviewing.NO_CHAT_INSIDE),
    ],
)
def test_what_is_no_chat_is_named_and_the_rest_is_read(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    bad, good = tmp_path / name, tmp_path / "chat.txt"
    bad.write_bytes(data)
    good.write_bytes(CHAT)
    found = scan_chats([bad, good])
    assert reasons(found) == {name: why}
    assert [chat.message_count(MessageKind.TO_META_AI) for chat in found.chats] == [1]


def test_what_is_not_there_or_may_not_be_read_is_named(tmp_path: Path) -> None:
    pipe, link, long = tmp_path / "pipe.txt", tmp_path / "link.txt", tmp_path / ("x" * 300)
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "nowhere")
    found = scan_chats([tmp_path / "none.txt", pipe, link, long, "\0.txt", os.devnull, "/proc/self/mem"])
    assert len(found.unreadable) == 7
    assert not found.chats
    assert reasons(found)["none.txt"] == "It is not there."
    assert reasons(found)["pipe.txt"] == "It is neither a file nor a folder."


def test_the_text_of_a_zip_is_told_by_its_content(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "WhatsApp Chat - Friends.zip",
        ("__MACOSX/._chat.txt", PHOTO),
        ("00000012-PHOTO.jpg", PHOTO),
        ("recipe.txt", b"200 g of flour"),
        ("Conversa do WhatsApp com Zoë 🌻.txt", CHAT),
    )
    found = scan_chats([path])
    assert not found.unreadable
    assert [(chat.path, chat.member) for chat in found.chats] == [(str(path), "Conversa do WhatsApp com Zoë 🌻.txt")]
    assert found.chats[0].message_count(MessageKind.TO_META_AI) == 1


def test_a_name_that_a_zip_does_not_call_unicode_is_read_whatever_it_decodes_to(tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", ("WhatsApp Chat with Zoë 🌻.txt", CHAT))
    data = bytearray(path.read_bytes())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags + 1] &= ~8
    path.write_bytes(data)
    found = scan_chats([path])
    assert not found.unreadable
    assert [chat.message_count(MessageKind.TO_META_AI) for chat in found.chats] == [1]
    assert "Zoë" not in found.chats[0].member
    assert read_snippets(found.chats[0], {MessageKind.TO_META_AI})


def test_a_zip_without_a_chat_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", ("a.jpg", PHOTO), ("recipe.txt", b"200 g of flour"))
    assert reasons(scan_chats([path])) == {"photos.zip": reviewing.NO_CHAT_INSIDE}


def test_names_that_lead_out_and_links_are_named_and_the_chat_is_read(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = zipped(
        tmp_path / "odd.zip",
        ("../../evil.txt", CHAT),
        ("/etc/evil.txt", CHAT),
        ("C:evil.txt", CHAT),
        ("a\\..\\evil.txt", CHAT),
        (link, b"/etc/passwd"),
        ("_chat.txt", CHAT),
    )
    found = scan_chats([path])
    leads_out = "Its name leads out of the zip."
    assert reasons(found) == {
        "../../evil.txt": leads_out,
        "/etc/evil.txt": leads_out,
        "C:evil.txt": leads_out,
        "a\\..\\evil.txt": leads_out,
        "link.txt": "It is a link.",
    }
    assert [chat.member for chat in found.chats] == ["_chat.txt"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["odd.zip"]


def test_a_zip_with_a_password_says_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "locked.zip", ("_chat.txt", CHAT))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert reasons(scan_chats([path])) == {
        "_chat.txt": "It is locked with a password. Unpack it and choose the text file."
    }


def test_a_zip_packed_in_an_unknown_way_says_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "odd.zip", ("_chat.txt", CHAT))
    data = bytearray(path.read_bytes())
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 97
    path.write_bytes(data)
    assert "Unpack it and choose the text file." in reasons(scan_chats([path]))["_chat.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_may_take_any_memory_is_not_unpacked(tmp_path: Path, method: int) -> None:
    path = zipped(tmp_path / "odd.zip", ("_chat.txt", CHAT), method=method)
    assert reasons(scan_chats([path])) == {
        "_chat.txt": "It is packed in a way that cannot be read here. Unpack it and choose the text file."
    }


@pytest.mark.parametrize("cut", [30, 200, 1000])
def test_a_damaged_zip_is_named(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "chat.zip", ("_chat.txt", os.urandom(300).hex().encode() + b"\n" + CHAT * 100))
    data = bytearray(path.read_bytes())
    data[cut : cut + 20] = b"\xff" * 20
    path.write_bytes(data)
    good = zipped(tmp_path / "good.zip", ("_chat.txt", CHAT))
    found = scan_chats([path, good])
    assert len(found.unreadable) <= 1
    assert found.chats[-1].path == str(good)


@pytest.mark.exhaustive
def test_every_damage_to_a_zip_is_survived(tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", ("_chat.txt", CHAT * 5), ("b.txt", CHAT))
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = scan_chats([path])
        assert found.chats or found.unreadable
        path.write_bytes(whole[:at])
        assert scan_chats([path]).unreadable


def test_a_zip_behind_other_bytes_and_one_of_the_64_bit_form_are_read(tmp_path: Path) -> None:
    plain = zipped(tmp_path / "a.zip", ("_chat.txt", CHAT)).read_bytes()
    path = tmp_path / "behind.zip"
    path.write_bytes(b"PK\x03\x04 something in front" + plain)
    assert scan_chats([path]).chats
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("_chat.txt", "w", force_zip64=True) as member:
        member.write(CHAT)
    assert scan_chats([path]).chats
    # an end of the 64-bit form, as for more than 65,535 files
    at = plain.rindex(b"PK\x05\x06")
    size, offset = struct.unpack_from("<2L", plain, at + 12)
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, offset)
    path.write_bytes(plain[:at] + end + struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1) + plain[at:])
    assert scan_chats([path]).chats


def test_a_zip_bomb_stops_at_its_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "ALWAYS_ALLOWED_BYTES", 1 << 20)
    read = 0

    def progress(job: Job) -> None:
        nonlocal read
        read = max(read, job.done)

    bomb = zipped(tmp_path / "bomb.zip", ("_chat.txt", CHAT + b" " * (64 << 20)), ("other.txt", CHAT))
    found = scan_chats([bomb], job=Job(progress))
    assert "200 times its packed size" in reasons(found)["_chat.txt"]
    assert [chat.member for chat in found.chats] == ["other.txt"]


def test_a_zip_that_lies_about_its_size_is_read_to_where_it_is_true(tmp_path: Path) -> None:
    path = zipped(tmp_path / "liar.zip", ("_chat.txt", CHAT * 10))
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)
    assert len(scan_chats([path]).unreadable) == 1


def many_entries(path: Path, count: int) -> Path:
    """A zip with so many entries and a chat behind them, its directory written by hand since zipfile takes seconds."""
    chat = BytesIO()
    with zipfile.ZipFile(chat, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
    packed = chat.getvalue()
    at = packed.index(b"PK\x01\x02")
    end = packed.rindex(b"PK\x05\x06")
    names = (f"IMG-{number:06}.jpg".encode() for number in range(count))
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 14, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + name for name in names) + packed[at:end]
    total = min(count + 1, 0xFFFF)
    path.write_bytes(
        packed[:at] + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(directory), at, 0)
    )
    return path


@pytest.mark.exhaustive
def test_the_chat_behind_200_000_entries_is_found_in_little_memory(tmp_path: Path) -> None:
    found = scan_chats([many_entries(tmp_path / "many.zip", 199_999)])
    assert [chat.message_count(MessageKind.TO_META_AI) for chat in found.chats] == [1]
    tracemalloc.start()
    archives.list_members(many_entries(tmp_path / "some.zip", 9_999), lambda: None)
    tracemalloc.reset_peak()
    archives.list_members(tmp_path / "some.zip", lambda: None)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 << 20


def test_more_entries_than_that_are_refused_in_words(tmp_path: Path) -> None:
    path = many_entries(tmp_path / "many.zip", 200_000)
    assert reasons(scan_chats([path])) == {
        "many.zip": "It holds more than 200,000 files. Take the text file out and choose it."
    }


def test_a_folder_is_walked_for_chats_and_not_out_of(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "chats"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "Media").mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_bytes(CHAT)
    (folder / "out").symlink_to(outside)
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "Media" / "sent.txt").write_bytes(CHAT)
    (folder / ".hidden.txt").write_bytes(CHAT)
    (folder / "notes.txt").write_bytes(b"no chat")
    (folder / "b.txt").write_bytes(CHAT)
    (folder / "deep" / "er" / "A.TXT").write_bytes(CHAT)
    zipped(folder / "deep" / "c.zip", ("_chat.txt", CHAT))
    found = scan_chats([folder, folder / "b.txt"])
    assert not found.unreadable
    assert [Path(chat.path).relative_to(folder).as_posix() for chat in found.chats] == [
        "b.txt",
        "deep/c.zip",
        "deep/er/A.TXT",
    ]


def test_a_folder_without_a_chat_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"no chat")
    assert reasons(scan_chats([tmp_path])) == {tmp_path.name: reviewing.NO_CHAT_INSIDE}


def test_a_folder_of_very_many_files_is_bounded_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_FOLDER_ENTRIES", 50)
    for number in range(80):
        (tmp_path / f"{number:03}.txt").write_bytes(CHAT)
    found = scan_chats([tmp_path])
    assert len(found.chats) == 50
    assert "the rest was not looked at" in reasons(found)[tmp_path.name]


@pytest.mark.parametrize("size", [0, 1 << 20, (1 << 20) + 7])
def test_one_very_long_line_is_one_message(tmp_path: Path, size: int) -> None:
    path = tmp_path / "chat.txt"
    for mention in (b"", b"@Meta AI "):
        path.write_bytes(CHAT + b"1/31/18, 12:24 - Cy: " + b"x" * size + b" " + mention + b"y" * size + b"\n" + CHAT)
        (chat,) = scan_chats([path]).chats
        assert chat.totals
        assert (chat.totals.header_count, chat.message_count(MessageKind.TO_META_AI, "Cy")) == (5, bool(mention))


@pytest.mark.exhaustive
def test_a_line_of_200_mb_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    with path.open("wb") as file:
        file.write(CHAT + b"1/31/18, 12:24 - Cy: ")
        for _ in range(200):
            file.write(b"Meta AI said " * 77_000)
        file.write(b"\n" + CHAT)
    tracemalloc.start()
    (chat,) = scan_chats([path], quick=True).chats
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (chat.message_count(MessageKind.TO_META_AI), chat.message_count(MessageKind.NAMES_META_AI, "Cy")) == (2, 1)
    assert most < 24 << 20


@pytest.mark.exhaustive
def test_a_file_in_which_every_line_has_to_do_with_meta_ai_takes_no_more_memory_where_it_is_longer(
    tmp_path: Path,
) -> None:
    path = tmp_path / "chat.txt"
    most = []
    for count in (20_000, 80_000):
        lines = (b"1/%d/18, 12:24 - A: @Meta AI %d\n" % (line * 28 // count + 1, line) for line in range(count))
        path.write_bytes(CHAT + b"".join(lines))
        tracemalloc.start()
        (chat,) = scan_chats([path], quick=True).chats
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert chat.message_count(MessageKind.TO_META_AI) == count + 1
    assert most[1] < 1.2 * most[0]


@pytest.mark.parametrize("at", range(1, 9))
def test_a_mention_is_found_wherever_a_block_is_cut(tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "COUNT_BLOCK_BYTES", 300 + at)
    path = tmp_path / "chat.txt"
    body = b"1/31/18, 12:24 - Cy: " + b"a" * 700 + b"\n" + b"b" * 290 + b" @Meta AI\n" + b"c" * 999 + b"\n"
    path.write_bytes((body + CHAT) * 20)
    (chat,) = scan_chats([path]).chats
    assert chat.totals
    assert (
        chat.totals.header_count,
        chat.message_count(MessageKind.TO_META_AI, "Cy"),
        chat.message_count(MessageKind.TO_META_AI, "Anna"),
    ) == (60, 20, 20)


def test_cut_characters_and_null_bytes_lose_no_message(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(
        b"1/29/18, 12:24 - Zo\xc3: \xe2\x80\n1/29/18, 12:25 - Bo\0: @Meta AI \0\xff\n" + CHAT + b"1/30/18, 1"
    )
    (chat,) = scan_chats([path]).chats
    assert chat.totals
    assert (chat.totals.messages, chat.message_count(MessageKind.TO_META_AI)) == (4, 2)


def test_a_last_line_without_an_end_counts(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    for last in (b"1/31/18, 12:24 - Cy: @Meta AI", b"1/31/18, 12:24 - Cy:"):
        path.write_bytes(CHAT + last)
        (chat,) = scan_chats([path]).chats
        assert chat.totals
        assert dict(chat.totals.messages_by_sender) == {"Anna": 1, "Bo": 1, "Cy": 1}


def changed_while_read(path: Path, change: Callable[[], object]) -> ScanResults:
    """Review a chat that changes after its first block."""
    todo = [change]

    def progress(job: Job) -> None:
        if job.done and todo:
            todo.pop()()

    return scan_chats([path], job=Job(progress))


def test_a_file_that_grows_meanwhile_is_read_to_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT * 10_000)

    def grow() -> None:
        with path.open("ab") as file:
            file.write(CHAT * 10_000)

    (chat,) = changed_while_read(path, grow).chats
    assert chat.totals
    assert chat.totals.messages == 20_000


@pytest.mark.parametrize("change", ["unlink", "truncate"])
def test_a_file_that_goes_or_shrinks_meanwhile_ends_there(tmp_path: Path, change: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT * 10_000)
    found = changed_while_read(path, path.unlink if change == "unlink" else lambda: os.truncate(path, 100))
    assert len(found.chats) + len(found.unreadable) == 1


def test_a_file_that_is_gone_before_it_is_read_again_is_named(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Meta AI.txt"
    path.write_bytes(b"1/29/18, 12:24 - Anna: hi\n")
    found = changed_while_read(path, path.unlink)
    assert reasons(found) == {path.name: "It is not there."}


@pytest.mark.parametrize("hostile", [b"1/29/18, 12:24 - " * 9, b"[" * 99, b"1/" * 80, b" " * 150 + b":", b"9:9" * 50])
def test_lines_made_to_be_slow_take_time_in_proportion(tmp_path: Path, hostile: bytes) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT + (hostile + b"\n") * 3_000)
    assert len(scan_chats([path]).chats) == 1


def test_a_chat_of_very_many_senders_and_days_is_counted_in_bounded_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from metaoptout_tui.imports.whatsapp import header_counts, tally

    monkeypatch.setattr(header_counts, "MAX_SENDERS", 10)
    monkeypatch.setattr(tally, "MAX_TALLY_KEYS", 10)
    path = tmp_path / "chat.txt"
    path.write_bytes(b"".join(b"1/29/18, 12:24 - A%d: @Meta AI hi\n" % number for number in range(100)))
    (chat,) = scan_chats([path]).chats
    assert chat.totals
    assert (chat.totals.messages, chat.totals.messages_by_others, len(chat.totals.messages_by_sender)) == (100, 90, 10)
    assert chat.message_count(MessageKind.TO_META_AI) == 100
    assert len(chat.sender_counts) == 11
