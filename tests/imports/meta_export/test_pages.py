"""Downloads in HTML: blocks, labels and values, and dates in the account's language."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from meta_exports import LANGUAGES, Files, block, page, rows, write_folder
from metaoptout_tui.core.meta_export import ExportFormat, ExposureKind, LinkedProfile, MetaExport
from metaoptout_tui.imports.meta_export.html_stream import Tag, stream_page
from metaoptout_tui.imports.meta_export.pages import parse_page_day
from metaoptout_tui.imports.meta_export.read import read_exports

Read = Callable[[Files], MetaExport]
POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dec 28, 2020 7:20 am", date(2020, 12, 28)),
        ("Dec 28, 2020 7:20:15 pm", date(2020, 12, 28)),
        ("28 Dec 2020, 07:20", date(2020, 12, 28)),
        ("28. Dez. 2020 07:20", date(2020, 12, 28)),
        ("28.12.2020 07:20", date(2020, 12, 28)),
        ("3.1.2020, 07:20", date(2020, 1, 3)),
        ("28 déc. 2020 à 07:20", date(2020, 12, 28)),
        ("3 août 2020 à 07:20", date(2020, 8, 3)),
        ("28 de dic. de 2020 7:20", date(2020, 12, 28)),
        ("28 dic 2020, 07:20", date(2020, 12, 28)),
        ("3 gen 2021, 07:20", date(2021, 1, 3)),
        ("3 mei 2021 07:20", date(2021, 5, 3)),
        ("3 mrt. 2021 07:20", date(2021, 3, 3)),
        ("3 de fev. de 2021 07:20", date(2021, 2, 3)),
        ("3 paź 2021 07:20", date(2021, 10, 3)),
        ("3 Μαΐ 2021 7:20 π.μ.", date(2021, 5, 3)),
        ("3 мая 2021 г., 07:20", date(2021, 5, 3)),
        ("3 трав. 2021 р., 07:20", date(2021, 5, 3)),
        ("3 Oca 2021 07:20", date(2021, 1, 3)),
        ("2020年12月28日 7:20", date(2020, 12, 28)),
        ("2020-12-28 07:20", date(2020, 12, 28)),
        ("12/28/2020 07:20", date(2020, 12, 28)),
        ("28/12/2020 07:20", date(2020, 12, 28)),
        ("5/5/2020 07:20", date(2020, 5, 5)),
        ("٢٠٢٠/١٢/٢٨ ٧:٢٠", date(2020, 12, 28)),
        ("4/12/2020 07:20", None),
        ("Qqq 28, 2020 7:20 am", None),
        ("31 Feb 2020", None),
        ("In 2020 I was there", None),
        ("", None),
        ("2020", None),
        ("Dec 28", None),
    ],
)
def test_a_date_is_read_where_it_is_certain_and_else_not(text: str, day: date | None) -> None:
    assert parse_page_day(text) == day


def test_each_block_is_a_record_with_its_day(read: Read) -> None:
    blocks = [
        block("Zoë", "On 3 May 2001 I was there", "Dec 28, 2020 7:20 am"),
        block("Zoë", "2", "Qqq 3, 2021"),
        (
            "<section class='_3-95 _a6-g'><div class='_a6-p'><div class='_a6-g'>inner</div></div>"
            "<div class='_3-94 _a6-o'>3. Jan. 2021</div></section>"
        ),
    ]
    export = read({POSTS: page(*blocks)})
    count = export.counts[ExposureKind.POSTS]
    assert (export.format, export.services) == (ExportFormat.HTML, ("facebook",))
    assert (count.total, count.first_day, count.last_day) == (3, date(2020, 12, 28), date(2021, 1, 3))
    assert dict(count.by_month) == {"2020-12": 1, "2021-01": 1}


@pytest.mark.parametrize("text", ['a <b"> c', "a <b c='> d", 'a <b "x"\'> c'])
def test_a_sign_in_a_text_that_only_looks_like_a_tag_stays_text(text: str) -> None:
    pieces = [*stream_page(io.BytesIO(f"<p>{text}</p>".encode()))]
    assert (pieces[0], pieces[-1]) == (Tag("p", is_end=False), Tag("p", is_end=True))
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == text


def test_blocks_are_found_where_the_classes_are_others(read: Read) -> None:
    blocks = [f"<div class='zz'><div>text {day}</div><div>{day}. Jan. 2021, 07:20</div></div>" for day in (3, 4, 5)]
    assert read({POSTS: page(*blocks)}).counts[ExposureKind.POSTS].total == 3


def test_a_page_without_records_is_none(read: Read) -> None:
    assert read({POSTS: page("<div>You have no data in this section</div>")}).counts[ExposureKind.POSTS].total == 0


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><table><tr><td>3. Jan. 2021</td></tr></table></body></html>",
        page("<div>" + "<p>3. Jan. 2021</p>" * 9 + "</div>"),
    ],
)
def test_a_page_of_a_kind_that_is_not_known_is_named_and_not_counted(tmp_path: Path, data: bytes) -> None:
    found = read_exports([write_folder(tmp_path / "x", {POSTS: data})])
    assert [file.reason for file in found.unreadable] == ["It is a page of a kind that is not known here."]
    count = found.exports[0].counts[ExposureKind.POSTS]
    assert count.total is None
    assert ExposureKind.POSTS not in found.exports[0].absent


@pytest.mark.parametrize("is_nested", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_is_read_from_a_page_in_each_language(read_one: Read, language: str, *, is_nested: bool) -> None:
    labels = LANGUAGES[language]
    values = {
        labels.username: "zoe.example",
        labels.name: "Zoë & Müller",
        labels.email: "zoe@example.org",
        labels.phone: "+44 7700 900123",
        labels.confirmed: "True",
        labels.private: "False",
    }
    export = read_one(
        {
            "personal_information/personal_information/personal_information.html": page(
                rows(values, is_nested=is_nested)
            ),
            "your_instagram_activity/threads/personal_information.html": page(rows(values, is_nested=is_nested)),
            "personal_information/personal_information/linked_meta_accounts.html": page(
                rows({labels.account_type: "Facebook", labels.name: "Zoë", labels.email: "z@example.org"}),
                rows({labels.account_type: "Instagram", labels.username: "zoe.two"}),
            ),
            "security_and_login_information/login_and_profile_creation/signup_details.html": page(
                rows({labels.time: "2021-05-04 07:20"})
            ),
        }
    )
    assert export.services == ("instagram", "threads")
    for account in export.accounts:
        assert (account.username, account.name, account.emails) == ("zoe.example", "Zoë & Müller", ("zoe@example.org",))
        assert (account.is_private, account.phones) == (False, ("•••23",))
    assert {account.service: account.created_on for account in export.accounts} == {
        "instagram": date(2021, 5, 4),
        "threads": None,
    }
    assert export.linked.profiles == (
        LinkedProfile("facebook", "", "Zoë", "z@example.org"),
        LinkedProfile("instagram", "zoe.two"),
    )


def test_the_account_of_facebook_is_read_from_a_page(read_one: Read) -> None:
    export = read_one(
        {
            "personal_information/profile_information/profile_information.html": page(
                rows({"Name": "Zoë Müller", "Emails": "zoe@example.org", "Previous emails": "old@example.org"}),
                rows({"Username": "zoe.example"}),
            ),
            "your_facebook_activity/pages/your_pages.html": page(block("Zoë’s Garden", "", "Jan 3, 2021")),
        }
    )
    (account,) = export.accounts
    assert (account.name, account.username) == ("Zoë Müller", "zoe.example")
    assert (account.emails, account.previous_emails) == (("zoe@example.org",), ("old@example.org",))
    assert [each.name for each in export.pages] == ["Zoë’s Garden"]


HOSTILE = {
    "tags": b"<" * 300_000,
    "open quotes": b'<a "' * 80_000,
    "open elements": b"<div>" * 200_000,
    "open comment": b"<!--" * 80_000,
    "open style": b"<style>" * 50_000,
    "entities": b"<p>" + b"&#x1b;&amp" * 80_000,
    "attributes": b"<a " + b"b='c' " * 80_000 + b">",
    "one text": b"<p>" + b"x" * 3_000_000,
    "closing": b"<p>" + b"</table>" * 80_000,
}


@parametrize_some(3, "kind", HOSTILE)
def test_pages_made_to_be_slow_take_time_in_proportion(tmp_path: Path, kind: str) -> None:
    found = read_exports([write_folder(tmp_path / "x", {POSTS: b"<html>" + HOSTILE[kind]})])
    assert found.is_complete
    assert len(found.exports) == 1


@pytest.mark.parametrize("at", range(40))
def test_a_page_is_read_the_same_wherever_a_window_is_cut(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from metaoptout_tui.imports.meta_export import html_stream, text_window

    monkeypatch.setattr(text_window, "WINDOW_BYTES", 40 + at)
    monkeypatch.setattr(html_stream, "_MAX_TAG_CHARACTERS", 200)
    values = {"Username": "zoe.example", "Email": "zoe@example.org", "Name": "Zoë & Müller"}
    place = write_folder(
        tmp_path / "x",
        {
            "personal_information/personal_information/personal_information.html": page(rows(values)),
            "your_instagram_activity/media/posts_1.html": page(*[block("a", "b & c", "Dec 28, 2020 7:20 am")] * 3),
        },
    )
    (export,) = read_exports([place]).exports
    assert (export.accounts[0].name, export.accounts[0].emails) == ("Zoë & Müller", ("zoe@example.org",))
    count = export.counts[ExposureKind.POSTS]
    assert (count.total, dict(count.by_month)) == (3, {"2020-12": 3})
