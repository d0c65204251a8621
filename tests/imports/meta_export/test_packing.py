"""Zips, parts of one download, folders and single files: told apart, joined, and opened where needed only."""

import json
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from meta_exports import (
    ZOE,
    Person,
    facebook_export,
    facebook_posts,
    instagram_export,
    message_thread,
    meta_json,
    write_folder,
    write_zip,
)
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.meta_export import ExposureKind, MetaExport, MetaExports
from metaoptout_tui.imports.meta_export.read import NOTHING_OF_A_DOWNLOAD, read_exports

BO = Person("Bo Sample", "bo.example", "bo@example.org", "bo.old@example.org")
FB = "your_facebook_activity/"


def posts_of(export: MetaExport) -> int | None:
    return export.counts[ExposureKind.POSTS].total


def usernames(found: MetaExports) -> list[list[str]]:
    return [[account.username for account in export.accounts] for export in found.exports]


@pytest.mark.parametrize("wrapper", ["", "facebook-zoe.example-2026-06-19-AbCd/", "Downloads/old/my copy/"])
def test_a_download_is_found_at_the_root_and_below_a_folder_that_packing_again_made(
    tmp_path: Path, wrapper: str
) -> None:
    files = {f"{wrapper}{path}": data for path, data in facebook_export().items()}
    for place in (write_zip(tmp_path / "x.zip", files), write_folder(tmp_path / "y", files)):
        (export,) = read_exports([place]).exports
        assert ([account.username for account in export.accounts], posts_of(export)) == (["zoe.example"], 4)


@pytest.mark.parametrize("date", ["2026-06-19", "12-4-2025"])
def test_parts_of_one_download_are_one_whatever_their_order(tmp_path: Path, date: str) -> None:
    files = facebook_export()
    profile = {path: data for path, data in files.items() if "profile" in path}
    rest = {path: data for path, data in files.items() if "profile" not in path}
    media = {f"{FB}posts/media/1.jpg": b"photo"}
    parts = [
        write_zip(tmp_path / f"facebook-zoe.example-{date}-{piece}.zip", part)
        for piece, part in (("Ab12", rest), ("Cd34", media), ("Ef56", profile))
    ]
    for paths in (parts, parts[::-1], [tmp_path]):
        found = read_exports(paths)
        (export,) = found.exports
        assert not found.unreadable
        assert (usernames(found), posts_of(export), export.services) == ([["zoe.example"]], 4, ("facebook",))
        assert export.paths == tuple(map(str, paths))


@pytest.mark.parametrize(
    "names", [("export (1).zip", "export (2).zip"), ("meta_part1.zip", "meta_part2.zip"), ("a-1.zip", "a-2.zip")]
)
def test_parts_with_names_of_the_persons_own_are_one_where_all_fits(tmp_path: Path, names: tuple[str, str]) -> None:
    files = facebook_export()
    halves = [{path: files[path] for path in list(files)[:1]}, {path: files[path] for path in list(files)[1:]}]
    found = read_exports([write_zip(tmp_path / name, half) for name, half in zip(names, halves, strict=True)])
    assert usernames(found) == [["zoe.example"]]


def test_downloads_of_two_people_or_services_are_two_whatever_they_are_called(tmp_path: Path) -> None:
    paths = [
        write_zip(tmp_path / "export1.zip", facebook_export()),
        write_zip(tmp_path / "export2.zip", facebook_export(person=BO)),
        write_zip(tmp_path / "export3.zip", instagram_export(person=BO)),
    ]
    found = read_exports(paths)
    assert usernames(found) == [["zoe.example"], ["bo.example"], ["bo.example"]]
    assert [export.services for export in found.exports] == [("facebook",), ("facebook",), ("instagram",)]
    paths = [
        write_zip(tmp_path / "facebook-zoe.example-2026-06-19-A.zip", facebook_export()),
        write_zip(tmp_path / "facebook-bo.example-2026-06-19-B.zip", facebook_export(person=BO)),
    ]
    assert usernames(read_exports(paths)) == [["zoe.example"], ["bo.example"]]


def test_downloads_side_by_side_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    write_folder(tmp_path / "facebook-zoe.example-2026-06-19-A", facebook_export())
    write_folder(tmp_path / "instagram-zoe.example-2026-06-19-B", instagram_export())
    write_folder(tmp_path / "bo", facebook_export(person=BO))
    write_zip(tmp_path / "old" / "cy.zip", facebook_export(2022, BO._replace(username="cy.example")))
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    found = read_exports([tmp_path])
    assert sorted(usernames(found)) == [["bo.example"], ["cy.example"], ["zoe.example"], ["zoe.example"]]
    assert not found.unreadable


def test_two_downloads_of_one_person_are_two_where_only_their_years_differ(tmp_path: Path) -> None:
    paths = [
        write_zip(tmp_path / "fb 2024.zip", facebook_export(posts=2)),
        write_zip(tmp_path / "fb 2026.zip", facebook_export(posts=5)),
        write_zip(tmp_path / "fb 2022.zip", facebook_export(2022, posts=3)),
    ]
    found = read_exports(paths)
    assert [posts_of(export) for export in found.exports] == [2, 5, 3]
    copies = [write_zip(tmp_path / name, facebook_export()) for name in ("copy.zip", "copy (1).zip")]
    assert [posts_of(export) for export in read_exports(copies).exports] == [4]


def test_a_file_that_two_parts_have_counts_once_and_a_zip_beside_its_folder_too(tmp_path: Path) -> None:
    name = "facebook-zoe.example-2026-06-19"
    places = [
        write_zip(tmp_path / f"{name}-A.zip", facebook_export()),
        write_zip(tmp_path / f"{name}-B.zip", facebook_export()),
        write_folder(tmp_path / f"{name}-A", facebook_export()),
    ]
    found = read_exports(places)
    assert (usernames(found), posts_of(found.exports[0])) == ([["zoe.example"]], 4)


def test_like_files_with_other_contents_in_two_parts_are_counted_both(tmp_path: Path) -> None:
    path = f"{FB}posts/your_posts_1.json"
    parts = [
        write_zip(tmp_path / f"facebook-zoe-2026-06-19-{number}.zip", {path: meta_json(facebook_posts(number))})
        for number in (2, 3)
    ]
    assert posts_of(read_exports(parts).exports[0]) == 5


def test_a_thread_in_two_parts_is_one_chat(tmp_path: Path) -> None:
    parts = [
        write_zip(
            tmp_path / f"facebook-zoe-2026-06-19-{number}.zip",
            {f"{FB}messages/inbox/metaai_1/message_{number}.json": meta_json(message_thread("Zoë", "Meta AI", first_day=number))},
        )
        for number in (1, 2)
    ]  # fmt: skip
    (export,) = read_exports(parts).exports
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 1
    assert export.counts[ExposureKind.AI_MESSAGES].total == 4


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_a_zip_of_zips_is_read(tmp_path: Path, method: int) -> None:
    inner = [BytesIO(), BytesIO()]
    for file, files in zip(inner, (facebook_export(), instagram_export(person=BO)), strict=True):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    path = write_zip(
        tmp_path / "both.zip",
        {
            "mine/facebook-zoe.example-2026-06-19-A.zip": inner[0].getvalue(),
            "mine/instagram-bo.example-2026-06-19-B.zip": inner[1].getvalue(),
            "__MACOSX/mine/._facebook-zoe.example-2026-06-19-A.zip": b"PK",
        },
        method=method,
    )
    found = read_exports([path])
    assert not found.unreadable
    assert usernames(found) == [["zoe.example"], ["bo.example"]]
    (account,) = found.exports[0].accounts
    assert account.file.count(" › ") == 2


@pytest.mark.parametrize("inside", ["", FB, f"{FB}posts"])
def test_any_folder_within_a_download_can_be_chosen(tmp_path: Path, inside: str) -> None:
    write_folder(tmp_path / "facebook-zoe.example-2026-06-19-A", facebook_export())
    (export,) = read_exports([tmp_path / "facebook-zoe.example-2026-06-19-A" / inside]).exports
    assert posts_of(export) == 4


def test_single_files_of_one_download_are_one_and_lone_ones_are_read_too(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "facebook-zoe.example-2026-06-19-A", facebook_export())
    found = read_exports(sorted(folder.rglob("*.json")))
    assert (usernames(found), posts_of(found.exports[0])) == ([["zoe.example"]], 4)
    lone = tmp_path / "posts_1 (1).json"
    lone.write_bytes(meta_json(facebook_posts(3)))
    assert posts_of(read_exports([lone]).exports[0]) == 3


def test_names_of_folders_that_are_not_known_cost_nothing_but_the_certainty_of_the_service(tmp_path: Path) -> None:
    files = {
        "tu_actividad/publicaciones/your_posts__check_ins__photos_and_videos_1.json": meta_json(facebook_posts(3)),
        "datos/perfil/profile_information.json": facebook_export()["personal_information/profile_information/profile_information.json"],
    }  # fmt: skip
    (export,) = read_exports([write_zip(tmp_path / "x.zip", files)]).exports
    assert (export.services, posts_of(export)) == (("facebook",), 3)


@pytest.mark.parametrize("wrapper", ["", "mine/", "deine/sachen/von/damals/"])
def test_a_folder_in_another_language_belongs_to_the_download_that_it_stands_in(tmp_path: Path, wrapper: str) -> None:
    files = facebook_export() | {
        "deine_aktivität/groups/your_comments_in_groups.json": meta_json({"group_comments_v2": facebook_posts(2)}),
        "deine_aktivität/media/posts_1.json": meta_json(facebook_posts(3)),
    }
    files = {f"{wrapper}{path}": files[path] for path in sorted(files)}
    for place in (write_zip(tmp_path / "x.zip", files), write_folder(tmp_path / "x", files)):
        (export,) = read_exports([place]).exports
        assert (posts_of(export), export.counts[ExposureKind.GROUP_COMMENTS].total) == (7, 2)


def test_of_two_files_with_one_name_that_in_the_folder_of_metas_is_read(tmp_path: Path) -> None:
    files = {
        "x/stories.json": meta_json({"ig_stories": facebook_posts(5)}),
        "your_instagram_activity/media/stories.json": meta_json({"ig_stories": facebook_posts(2)}),
    }
    (export,) = read_exports([write_zip(tmp_path / "x.zip", files)]).exports
    assert export.counts[ExposureKind.STORIES].total == 2


@pytest.mark.parametrize("name", ["posts.json", "stories.json", "blog/comments.json", "inbox/message_1.json"])
def test_a_file_of_another_program_in_a_folder_is_not_taken_for_a_download(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path / "site", {name: meta_json([{"title": "x", "timestamp": 1_700_000_000}])})
    found = read_exports([folder])
    assert not found.exports
    assert [file.reason for file in found.unreadable] == [NOTHING_OF_A_DOWNLOAD]


def test_what_macos_adds_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    files = facebook_export()
    extra = {f"__MACOSX/{path.rpartition('/')[0]}/._{path.rpartition('/')[2]}": b"\0\5\x16\7" for path in files}
    for place in (write_zip(tmp_path / "x.zip", files | extra), write_folder(tmp_path / "x", files | extra)):
        found = read_exports([place])
        assert (usernames(found), found.unreadable) == ([["zoe.example"]], ())


def test_a_part_with_media_only_is_a_download_of_which_all_is_absent(tmp_path: Path) -> None:
    (export,) = read_exports([write_zip(tmp_path / "2 of 3.zip", {f"{FB}posts/media/1.jpg": b"x"})]).exports
    assert (export.services, export.format, export.accounts) == (("facebook",), None, ())
    assert set(export.absent) == set(ExposureKind)


def test_only_needed_files_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = facebook_export() | {f"{FB}posts/media/{number}.jpg": b"x" for number in range(9)}
    files["connections/friends/your_friends.json"] = b"{"
    opened: list[str] = []
    original = zipfile.ZipFile.open

    def noted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *arguments: object) -> object:
        opened.append(info.filename)
        return original(archive, info, *arguments)  # type: ignore[arg-type]  # what was passed on

    path = write_zip(tmp_path / "x.zip", files)
    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    assert not read_exports([path]).unreadable
    assert sorted(opened) == sorted(facebook_export())


@pytest.mark.exhaustive
def test_of_a_thread_with_a_person_only_the_beginning_is_read(tmp_path: Path) -> None:
    thread = message_thread("Zoë", *["Bo", "Zoë"] * 20_000)
    path = write_zip(tmp_path / "x.zip", {f"{FB}messages/inbox/bo_1/message_1.json": meta_json(thread)})
    read: list[int] = []
    read_exports([path], job=Job(lambda job: read.append(job.done)))
    assert min(done for done in read if done) <= 1 << 17
    assert read[-1] == len(meta_json(thread))


def test_progress_counts_the_bytes_that_are_read_and_cancelling_keeps_what_was(tmp_path: Path) -> None:
    paths = [
        write_zip(tmp_path / "facebook-zoe-2026-06-19-A.zip", facebook_export()),
        write_zip(tmp_path / "instagram-zoe-2026-06-19-B.zip", instagram_export()),
    ]
    told: list[tuple[int, int, str]] = []
    assert read_exports(paths, job=Job(lambda job: told.append((job.done, job.total, job.detail)))).is_complete
    done, total, detail = told[-1]
    assert done == total == sum(map(len, (*facebook_export().values(), *instagram_export().values())))
    assert "instagram-zoe-2026-06-19-B.zip › " in detail
    assert all(one[0] <= two[0] for one, two in pairwise(told))

    def stop(job: Job) -> None:
        if "instagram" in job.detail:
            job.cancel()

    found = read_exports(paths, job=Job(stop))
    assert not found.is_complete
    assert usernames(found)[0] == ["zoe.example"]


def test_the_same_path_twice_is_read_once(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", facebook_export())
    found = read_exports([path, str(path)])
    assert (len(found.exports), posts_of(found.exports[0])) == (1, 4)
    assert json.dumps(found.exports[0].paths) == json.dumps([str(path)])
    assert ZOE.username in usernames(found)[0]
