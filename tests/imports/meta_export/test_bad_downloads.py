"""Downloads that are broken, hostile or not what they seem: each is named, bounded, and costs the rest nothing."""

import json
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from meta_exports import (
    ZOE,
    ai_conversation,
    ai_message,
    facebook_export,
    facebook_posts,
    facebook_profile,
    message_thread,
    meta_json,
    page,
    rows,
    write_folder,
    write_zip,
)
from metaoptout_tui.core.meta_export import ExposureKind, MetaExports
from metaoptout_tui.imports import zip_archive
from metaoptout_tui.imports.meta_export import found_files
from metaoptout_tui.imports.meta_export import read as reading
from metaoptout_tui.imports.meta_export.read import NOTHING_OF_A_DOWNLOAD, read_exports
from sparse_zip import write_sparse_zip

FB = "your_facebook_activity/"
POSTS = f"{FB}posts/your_posts__check_ins__photos_and_videos_1.json"
TALKS = f"{FB}messages/ai_conversations.json"


def reasons(found: MetaExports) -> dict[str, str]:
    return {(file.member or file.path).rpartition("/")[2]: file.reason for file in found.unreadable}


def posts_of(found: MetaExports) -> int | None:
    return found.exports[0].counts[ExposureKind.POSTS].total


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "It is empty."),
        (b" \n", "It is empty."),
        (page("x"), "It is a page (HTML), though its name says that it is JSON."),
        (b"\x89PNG\r\n", "It is not JSON, though its name says so."),
        (b'"text"', "It is not JSON, though its name says so."),
        (meta_json(facebook_posts(9))[:-30], "It is damaged: it is not JSON to its end."),
        (meta_json(facebook_posts(9)) + b"x", "It is damaged: it is not JSON to its end."),
        (b"[1,]", "It is damaged: it is not JSON to its end."),
        (b"[1 2]", "It is damaged: it is not JSON to its end."),
        (b'{"a" 1}', "It is damaged: it is not JSON to its end."),
        (b"{1: 2}", "It is damaged: it is not JSON to its end."),
        (b"[" * 100_000, "It is nested deeper than any file of Meta's."),
        (b'{"a":' * 100_000, "It is nested deeper than any file of Meta's."),
        (b"[" + b"9" * 5_000 + b"]", "It holds a number that is longer than any of Meta's."),
        (b'["' + b"x" * 3_000_000, "It is damaged: it is not JSON to its end."),
        (b"[" + b"[1," * 400_000, "It is nested deeper than any file of Meta's."),
        (bytes(range(255, -1, -1)) * 1_200, "It is not JSON, though its name says so."),
    ],
    ids=("empty", "blank", "page", "picture", "text", "cut", "longer", "comma", "no comma", "no colon", "no quotes",
         "lists", "objects", "long number", "long text", "lists of lists", "noise"),
)  # fmt: skip
def test_a_file_that_is_no_json_is_named_and_the_rest_is_read(tmp_path: Path, data: bytes, reason: str) -> None:
    files = facebook_export() | {f"{FB}posts/your_posts_2.json": data}
    found = read_exports([write_zip(tmp_path / "x.zip", files, method=zipfile.ZIP_STORED)])
    if data[:1] in (b"{", b"["):
        assert set(reasons(found)) == {"your_posts_2.json"}
        assert reasons(found)["your_posts_2.json"] in (reason, "It is nested deeper than any file of Meta's.")
    else:
        assert reasons(found) == {"your_posts_2.json": reason}
    assert posts_of(found) == 4


def test_a_page_that_is_no_page_is_named(tmp_path: Path) -> None:
    files = {f"{FB}posts/your_posts_1.html": b"[]", f"{FB}posts/your_posts_2.html": b" " * 300_000}
    found = read_exports([write_folder(tmp_path / "x", files)])
    assert set(reasons(found).values()) == {"It is not a page, though its name says so."}
    assert posts_of(found) is None


def test_what_cannot_be_read_is_neither_none_nor_absent(tmp_path: Path) -> None:
    found = read_exports([write_folder(tmp_path / "x", {POSTS: b"[{", TALKS: b"{"})])
    for kind in (ExposureKind.POSTS, ExposureKind.AI_MESSAGES, ExposureKind.AI_CONVERSATIONS):
        assert found.exports[0].counts[kind].total is None
        assert kind not in found.exports[0].absent


TYPES: list[object] = [None, True, 5, 1.5, "x", [], {}, [None], [[]], {"a": {}}, [{"a": []}]]


@parametrize_some((5, [None], {"a": {}}), "odd", TYPES, ids=repr)
def test_other_types_than_expected_anywhere_are_survived(tmp_path: Path, odd: object) -> None:
    def variants(document: object) -> Iterator[object]:
        yield odd
        if isinstance(document, dict):
            for key, value in document.items():
                for variant in variants(value):
                    yield document | {key: variant}
        elif isinstance(document, list) and document:
            for variant in variants(document[0]):
                yield [variant]

    from meta_exports import (
        facebook_comments,
        facebook_links_of_2021,
        facebook_links_of_2024,
        instagram_links,
        instagram_profile,
        sign_up,
        threads_posts,
    )

    documents = {
        "personal_information/profile_information/profile_information.json": facebook_profile(),
        "personal_information/facebook_accounts_center/accounts_center.json": facebook_links_of_2024(),
        "x/accounts_center.json": facebook_links_of_2021(),
        "personal_information/personal_information/linked_meta_accounts.json": instagram_links(),
        "personal_information/personal_information/personal_information.json": instagram_profile(),
        "security_and_login_information/login_and_profile_creation/signup_details.json": sign_up(),
        POSTS: facebook_posts(1),
        f"{FB}comments_and_reactions/comments.json": facebook_comments(1),
        f"{FB}posts/album/0.json": {"name": "x", "photos": [{"creation_timestamp": 1}]},
        f"{FB}pages/your_pages.json": {"pages_v2": [{"name": "x"}]},
        "your_instagram_activity/threads/threads_and_replies.json": threads_posts(1, 0),
        TALKS: [ai_conversation(ai_message(0, "Zoë", "x"), ai_message(0, "Meta AI", "x"))],
        f"{FB}messages/inbox/x_1/message_1.json": message_thread("Zoë", "Meta AI"),
        "x/meta_ai_app/connected_devices.json": [{"label_values": [{"label": "x", "value": "y"}]}],
        "x/meta_ai_app/meta_ai_media.json": [{"label_values": [{"label": "x", "value": "y.m4a"}]}],
        "x/meta_ai_profile/your_meta_ai_profile.json": {"label_values": [{"label": "Name", "value": "y"}]},
    }
    for path, document in documents.items():
        folder = tmp_path / path.replace("/", "_")
        for number, variant in enumerate(variants(document)):
            file = folder / f"{number}" / path
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(variant), encoding="utf-8")
        found = read_exports([folder])
        assert all("JSON" in file.reason for file in found.unreadable), (path, found.unreadable)
        assert found.is_complete


@pytest.mark.parametrize("keep", [0, 3, 30, 500])
def test_a_cut_zip_is_named_and_the_others_are_read(tmp_path: Path, keep: int) -> None:
    cut, whole = tmp_path / "cut.zip", write_zip(tmp_path / "whole.zip", facebook_export())
    cut.write_bytes(whole.read_bytes()[:keep])
    found = read_exports([cut, whole])
    assert list(reasons(found)) == ["cut.zip"]
    assert posts_of(found) == 4


def test_every_damage_to_a_zip_is_survived(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {POSTS: meta_json(facebook_posts(1)), "x.json": b"[]"})
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = read_exports([path])
        assert found.exports or found.unreadable


def test_a_password_is_named_for_each_needed_file_and_not_for_the_rest(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", facebook_export() | {"photo.jpg": b"x"})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    found = read_exports([path])
    assert set(reasons(found)) == {name.rpartition("/")[2] for name in facebook_export()}
    assert set(reasons(found).values()) == {"It is locked with a password. Unpack it and choose the folder."}


def test_names_that_lead_out_and_links_are_named(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(f"{FB}posts/your_posts_3.json")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in facebook_export().items():
            archive.writestr(name, data)
        archive.writestr(f"../{FB}posts/your_posts_1.json", b"[]")
        archive.writestr("/etc/posts/your_posts_2.json", b"[]")
        archive.writestr("../../../etc/cron.d/evil", b"x")
        archive.writestr(link, b"/etc/passwd")
    found = read_exports([path])
    assert reasons(found) == {
        "your_posts_1.json": "Its name leads out of the zip.",
        "your_posts_2.json": "Its name leads out of the zip.",
        "evil": "Its name leads out of the zip.",
        "your_posts_3.json": "It is a link.",
    }
    assert posts_of(found) == 4
    assert len(found.exports) == 1


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write_folder(tmp_path / "outside", facebook_export())
    folder = write_folder(tmp_path / "download", {POSTS: meta_json(facebook_posts(2))})
    (folder / "personal_information").symlink_to(outside / "personal_information")
    (folder / FB / "posts" / "your_posts_2.json").symlink_to(outside / POSTS)
    found = read_exports([folder])
    assert (posts_of(found), found.exports[0].accounts) == (2, ())


def test_a_bomb_stops_at_its_bounds_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "ALWAYS_ALLOWED_BYTES", 1 << 20)
    files = facebook_export() | {f"{FB}posts/your_posts_2.json": b"[" + b" " * (64 << 20) + b"]"}
    found = read_exports([write_zip(tmp_path / "x.zip", files)])
    assert "200 times its packed size" in reasons(found)["your_posts_2.json"]
    assert posts_of(found) == 4


@parametrize_some(1, "method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_may_take_any_memory_is_not_unpacked(tmp_path: Path, method: int) -> None:
    path = write_zip(tmp_path / "x.zip", {POSTS: bytes(16 << 20), "inner.zip": bytes(16 << 20)}, method=method)
    tracemalloc.start()
    found = read_exports([path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert set(reasons(found)) >= {POSTS.rpartition("/")[2], "inner.zip"}
    assert all("packed in a way that cannot be read here" in reason for reason in reasons(found).values())
    assert most < 8 << 20


def test_a_zip_within_a_zip_within_a_zip_is_named(tmp_path: Path) -> None:
    data = b""
    for files in (facebook_export(), {}, {}):
        file = BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in (files or {"inner.zip": data}).items():
                archive.writestr(name, content)
        data = file.getvalue()
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    found = read_exports([path])
    assert "Take it out and choose it." in found.unreadable[0].reason


@parametrize_some(1, "photos", [8_000, 40_000])
def test_a_download_behind_very_many_photos_is_found_in_little_memory(tmp_path: Path, photos: int) -> None:
    path = write_sparse_zip(tmp_path / "x.zip", facebook_export(), media=photos, media_bytes=1)
    tracemalloc.start()
    found = read_exports([path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert posts_of(found) == 4
    assert most < 6 << 20


def test_more_entries_than_any_download_has_are_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found_files, "MAX_ENTRIES", 1_000)
    path = write_sparse_zip(tmp_path / "x.zip", facebook_export(), media=1_000, media_bytes=1)
    assert reasons(read_exports([path])) == {
        "x.zip": "It holds more than 1,000 files. Unpack it and choose the needed files."
    }
    folder = write_folder(tmp_path / "x", {f"x/{number}.jpg": b"" for number in range(1_001)})
    assert "the rest was not looked at" in reasons(read_exports([folder]))["x"]


def test_more_threads_than_are_read_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_files, "MAX_FILES", 20)
    threads = {
        f"{FB}messages/inbox/{number}/message_1.json": meta_json(message_thread("Zoë", "Bo")) for number in range(30)
    }
    for place in (write_zip(tmp_path / "x.zip", threads), write_folder(tmp_path / "y", threads)):
        assert "the rest was not looked at" in next(iter(reasons(read_exports([place])).values()))


def test_of_very_many_unreadable_files_the_first_are_named_and_that_there_are_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_UNREADABLE", 5)
    files = {f"{FB}posts/your_posts_{number}.json": b"" for number in range(9)}
    found = read_exports([write_folder(tmp_path / "x", files | facebook_export())])
    assert [file.reason for file in found.unreadable] == [
        *["It is empty."] * 5,
        "More of it could not be read, and is not named.",
    ]
    assert posts_of(found) == 4


def test_very_many_threads_leave_room_for_all_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_files, "MAX_THREADS", 20)
    files = {
        f"{FB}messages/inbox/{number}/message_1.json": meta_json(message_thread("Zoë", "Bo")) for number in range(30)
    } | facebook_export()
    for place in (write_zip(tmp_path / "x.zip", files), write_folder(tmp_path / "y", files)):
        found = read_exports([place])
        assert posts_of(found) == 4
        assert "message threads" in next(iter(reasons(found).values()))


def test_what_is_not_there_or_nothing_of_metas_is_named(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    note = tmp_path / "note.txt"
    note.write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    photos = write_zip(tmp_path / "photos.zip", {"a.jpg": b"x"})
    found = read_exports([tmp_path / "none", pipe, note, tmp_path / "empty", photos, "\0", "/proc/self/mem"])
    assert not found.exports
    assert reasons(found) | {"\0": "", "mem": ""} == {
        "none": "It is not there.",
        "pipe.json": "It is neither a file nor a folder.",
        "note.txt": found_files.NO_FILE_OF_A_DOWNLOAD,
        "empty": NOTHING_OF_A_DOWNLOAD,
        "photos.zip": NOTHING_OF_A_DOWNLOAD,
        "\0": "",
        "mem": "",
    }


def test_names_and_values_that_would_steer_a_terminal_come_out_harmless(tmp_path: Path) -> None:
    evil = "Zo\x1b]52;c;eA==\x07e\u202e\u0085"
    files = {f"a\x1b[31m\u202eb/{path}": data for path, data in facebook_export(person=ZOE._replace(name=evil)).items()}
    found = read_exports([write_zip(tmp_path / "x.zip", files)])
    account = found.exports[0].accounts[0]
    assert not set("\x1b\x07\u202e\u0085") & set(account.name + account.file)


def long_conversation(path: Path, count: int) -> Path:
    file = path / TALKS
    file.parent.mkdir(parents=True)
    message = meta_json(ai_message(0, "Zoë", "text " * 40)) + b"," + meta_json(ai_message(0, "Meta AI", "t " * 100))
    with file.open("wb") as out:
        out.write(b'[{"title":"x","timestamp":1,"label_values":[{"title":"?","dict":[')
        out.write(b",".join([message] * 100))
        for _ in range(count // 100 - 1):
            out.write(b"," + b",".join([message] * 100))
        out.write(b']}],"fbid":"1"}]')
    return file


@pytest.mark.parametrize("count", [2_000, pytest.param(20_000, marks=pytest.mark.exhaustive)])
def test_one_very_long_conversation_takes_little_memory(tmp_path: Path, count: int) -> None:
    long_conversation(tmp_path, count)
    tracemalloc.start()
    found = read_exports([tmp_path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    counts = found.exports[0].counts
    assert (counts[ExposureKind.AI_MESSAGES].total, counts[ExposureKind.AI_MESSAGES_BY_PERSON].total) == (
        2 * count,
        count,
    )
    assert most < 4 << 20


@parametrize_some(("one text",), "inside", ["one object", "one text", "one list"])
def test_one_very_large_record_takes_little_memory_and_counts_one(tmp_path: Path, inside: str) -> None:
    file = tmp_path / POSTS
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        out.write(b'[{"title":"x","attachments":')
        start, part, end = {
            "one text": (b'"', b"word \\u00c3\\u00ab " * 5_000, b'"'),
            "one list": (b"[0", b',{"uri":"x.jpg"}' * 5_000, b"]"),
            "one object": (b'{"x":0', b',"y":{"uri":["x"]}' * 5_000, b"}"),
        }[inside]
        out.write(start)
        for _ in range(10):
            out.write(part)
        out.write(end + b',"timestamp":1556928000},{"timestamp":1556928000,"title":"y"}]')
    tracemalloc.start()
    found = read_exports([tmp_path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    count = found.exports[0].counts[ExposureKind.POSTS]
    assert (count.total, dict(count.by_month)) == (2, {"2019-05": 2})
    assert most < 24 << 20


def test_of_a_profile_that_is_far_too_large_what_is_needed_is_kept(tmp_path: Path) -> None:
    profile = facebook_profile()
    assert isinstance(profile, dict)
    large = {"favorites": [{"name": "x" * 99} for _ in range(20_000)], "about": "y" * 2_000_000}
    profile["profile_v2"] = large | profile["profile_v2"]
    path = "personal_information/profile_information/profile_information.json"
    (export,) = read_exports([write_folder(tmp_path / "x", {path: meta_json(profile)})]).exports
    (account,) = export.accounts
    assert (account.username, account.emails) == ("zoe.example", ("zoe@example.org",))


@pytest.mark.exhaustive
@parametrize_some(1, "start", [b'{"x":{', b"{", b'[{"timestamp":1,"title":{'])
def test_very_many_keys_take_little_memory(tmp_path: Path, start: bytes) -> None:
    end = {b"{": b"}", b'{"x":{': b"}}"}.get(start, b"}}]")
    keys = b",".join(b'"%d":{"timestamp":5}' % number for number in range(15_000))
    long = b'"%s":5' % (b"k" * 600_000)
    folder = write_folder(tmp_path / "x", {POSTS: start + keys + b"," + long + b"," + long + end})
    tracemalloc.start()
    found = read_exports([folder])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not found.unreadable
    assert most < 24 << 20


def test_a_page_of_many_values_is_bounded(tmp_path: Path) -> None:
    path = f"{FB}posts/your_posts_1.html"
    values = {f"{number}": "x" * 500 for number in range(1_000)}
    tracemalloc.start()
    found = read_exports([write_folder(tmp_path / "x", {path: page(rows(values))})])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert posts_of(found) == 1
    assert most < 16 << 20


def test_a_file_that_goes_while_it_is_read_is_named(tmp_path: Path) -> None:
    from metaoptout_tui.core.jobs import Job

    folder = write_folder(tmp_path / "x", facebook_export())

    def remove(job: Job) -> None:
        if job.detail and (folder / POSTS).exists():
            (folder / POSTS).unlink()

    assert reasons(read_exports([folder], job=Job(remove))) == {POSTS.rpartition("/")[2]: "It is not there."}
