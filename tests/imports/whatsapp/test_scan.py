"""What a screen or the command line asks of a review: progress, an end at once, snippets, what may be recorded."""

import hashlib
import threading
import zipfile
from pathlib import Path

import pytest

from metaoptout_tui.core.chats.scan_results import MessageKind, doubts_about, scan_event_fields
from metaoptout_tui.core.errors import Cancelled
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.imports.files import sha256_of_file
from metaoptout_tui.imports.whatsapp import scan as reviewing
from metaoptout_tui.imports.whatsapp.header_counts import MAX_OTHER_LINES_CHECKED
from metaoptout_tui.imports.whatsapp.scan import read_snippets, scan_chats
from metaoptout_tui.storage import progress_file
from samples import NOW, account, record
from whatsapp_exports import Read

LINES = (
    "1/29/24, 12:24 - Messages and calls are end-to-end encrypted.",
    "1/29/24, 12:25 - Anna: @\u2068Meta AI\u2069 what is \x1b[31mthis",
    "and this?",
    "1/29/24, 12:26 - Meta AI: A cat.",
    "1/29/24, 12:27 - Anna: and that?",
    "2/2/24, 12:28 - Bo: hey @Meta AI draw",
    "2/3/24, 12:28 - Bo: I like Meta AI",
    "2/4/24, 12:29 - Bo turned on advanced chat privacy.",
)


def telling(told: list[tuple[int, int]]) -> Job:
    """A job that notes each report."""
    return Job(lambda job: told.append((job.done, job.total)))


def cancelled_job() -> Job:
    """A job that was cancelled before it began."""
    job = Job()
    job.cancel()
    return job


def test_counts_are_by_kind_sender_and_month(read: Read) -> None:
    chat = read(*LINES)
    assert [(each.kind, each.sender, each.messages, each.messages_by_month) for each in chat.sender_counts] == [
        (MessageKind.BY_META_AI, "Meta AI", 1, (("2024-01", 1),)),
        (MessageKind.TO_META_AI, "Anna", 1, (("2024-01", 1),)),
        (MessageKind.TO_META_AI, "Bo", 1, (("2024-02", 1),)),
        (MessageKind.MAYBE_TO_META_AI, "Anna", 1, (("2024-01", 1),)),
        (MessageKind.NAMES_META_AI, "Bo", 1, (("2024-02", 1),)),
        (MessageKind.PRIVACY_SWITCH, "", 1, (("2024-02", 1),)),
    ]
    assert dict(chat.messages_by_month(MessageKind.TO_META_AI)) == {"2024-01": 1, "2024-02": 1}
    assert dict(chat.messages_by_month(MessageKind.TO_META_AI, "Bo")) == {"2024-02": 1}
    assert [f"{day:%d %b}" for day in chat.first_and_last_day(MessageKind.TO_META_AI) or ()] == ["29 Jan", "02 Feb"]
    assert chat.first_and_last_day(MessageKind.BUSINESS_AI_NOTICE) is None
    assert chat.totals
    assert (chat.totals.header_count, chat.totals.system_lines) == (7, 2)


def test_a_quick_search_finds_the_same_and_leaves_the_totals_out(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "QUICK_SCAN_FROM_BYTES", 0)
    counted = read(*LINES)
    (quick,) = scan_chats([counted.path], quick=True).chats
    assert quick.totals is None
    for kind in (
        MessageKind.BY_META_AI,
        MessageKind.TO_META_AI,
        MessageKind.MAYBE_TO_META_AI,
        MessageKind.NAMES_META_AI,
    ):
        assert quick.message_count(kind) == counted.message_count(kind)
    assert (quick.first_message_at, quick.last_message_at, quick.date_order) == (
        counted.first_message_at,
        counted.last_message_at,
        counted.date_order,
    )


def test_a_quick_search_counts_all_where_it_may_be_the_chat_with_meta_ai(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "QUICK_SCAN_FROM_BYTES", 0)
    hi = [f"1/29/24, 12:24 - {sender}: hi" for sender in ("Anna", "Meta AI", "Anna")]
    path = read(*hi, name="chat.txt").path
    told: list[tuple[int, int]] = []
    (chat,) = scan_chats([path], quick=True, job=telling(told)).chats
    assert chat.totals
    assert chat.message_count(MessageKind.TO_META_AI) == 2
    assert told[-1] == (chat.size * 3, chat.size * 3)


def test_progress_grows_to_its_total(tmp_path: Path) -> None:
    text = ("\n".join(LINES) + "\n").encode() * 3_000
    plain, packed = tmp_path / "chat.txt", tmp_path / "chat.zip"
    plain.write_bytes(text)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", text)
    told: list[tuple[int, int]] = []
    scan_chats([plain, packed, tmp_path / "none"], job=telling(told))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(done <= total for done, total in told)
    assert told[-1] == (2 * len(text), 2 * len(text))
    assert len(told) > 10


def test_each_text_is_named_when_its_reading_begins(tmp_path: Path) -> None:
    plain, packed = tmp_path / "chat.txt", tmp_path / "chat.zip"
    plain.write_text("\n".join(LINES), encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_chat.txt", "\n".join(LINES))
    named: list[str] = []
    scan_chats([plain, packed], job=Job(lambda job: named.append(job.detail)))
    assert list(dict.fromkeys(named)) == [str(plain), f"{packed} › _chat.txt"]


@pytest.mark.parametrize("after", [0, 1, 5])
def test_it_ends_at_the_next_block_after_cancelling_and_keeps_what_it_has(tmp_path: Path, after: int) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("\n".join(LINES), encoding="utf-8")
    second.write_bytes(("\n".join(LINES) + "\n").encode() * 20_000)
    blocks = 0

    def progress(job: Job) -> None:
        nonlocal blocks
        blocks += job.is_cancelled
        if job.done > after * reviewing.COUNT_BLOCK_BYTES + first.stat().st_size:
            job.cancel()

    found = scan_chats([first, second], job=Job(progress))
    assert not found.is_complete
    assert [Path(chat.path).name for chat in found.chats] == ["a.txt"]
    assert not found.unreadable
    assert blocks == 0


def test_cancelled_before_it_begins_it_reads_nothing(tmp_path: Path) -> None:
    found = scan_chats([tmp_path], job=cancelled_job())
    assert (found.chats, found.unreadable, found.is_complete) == ((), (), False)


def test_snippets_are_read_anew_cleaned_and_cut(read: Read) -> None:
    chat = read(*LINES, f"2/5/24, 12:28 - Bo: @Meta AI {'x' * 900}")
    shown = read_snippets(chat, {MessageKind.TO_META_AI, MessageKind.MAYBE_TO_META_AI})
    assert [(each.kind, each.sender, each.text) for each in shown[:3]] == [
        (MessageKind.TO_META_AI, "Anna", "@Meta AI what is �[31mthis\nand this?"),
        (MessageKind.MAYBE_TO_META_AI, "Anna", "and that?"),
        (MessageKind.TO_META_AI, "Bo", "hey @Meta AI draw"),
    ]
    assert [each.written_at and each.written_at.day for each in shown[:3]] == [29, 29, 2]
    assert len(shown[3].text) in (reviewing.SNIPPET_CHARACTERS, reviewing.SNIPPET_CHARACTERS - 1)
    assert len(read_snippets(chat, {MessageKind.TO_META_AI}, max_count=1)) == 1
    assert read_snippets(chat, {MessageKind.TO_META_AI}, job=cancelled_job()) == ()
    Path(chat.path).unlink()
    with pytest.raises(match="not there"):
        read_snippets(chat, {MessageKind.TO_META_AI})


@pytest.mark.parametrize("name", ["Meta AI", "+1 (313) 555-0002"])
def test_snippets_show_meta_ais_answers_by_whichever_name_the_export_has(read: Read, name: str) -> None:
    chat = read("1/29/24, 12:25 - Anna: @Meta AI hi", f"1/29/24, 12:26 - {name}: A cat.", "1/29/24, 12:27 - Bo: hm")
    assert [(each.sender, each.text) for each in read_snippets(chat, {MessageKind.BY_META_AI})] == [(name, "A cat.")]


def test_snippets_of_a_member_come_from_the_zip(tmp_path: Path) -> None:
    path = tmp_path / "chat.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", "\n".join(LINES))
    (chat,) = scan_chats([path]).chats
    assert [each.sender for each in read_snippets(chat, {MessageKind.TO_META_AI})] == ["Anna", "Bo"]


def test_no_text_of_a_message_is_in_the_result(read: Read) -> None:
    found = repr(read(*LINES))
    for word in ("what is", "cat", "draw", "that?"):
        assert word not in found


def test_a_fingerprint_is_that_of_the_file(read: Read, tmp_path: Path) -> None:
    path = Path(read(*LINES).path)
    assert sha256_of_file(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(Cancelled):
        sha256_of_file(path, cancelled_job())
    with pytest.raises(match="not there"):
        sha256_of_file(tmp_path / "none")


def test_what_is_recorded_fits_the_diary_and_comes_back(read: Read, tmp_path: Path) -> None:
    chat = read(*LINES)
    fields = scan_event_fields(chat, "0" * 64, me="Anna")
    assert set(fields) == set(EVENT_KINDS["reviewed-chats"].required_fields)
    assert fields["file"] == "WhatsApp Chat with Friends.txt"
    assert fields["counts"] == {
        "by_meta_ai": 1,
        "to_meta_ai": 1,
        "maybe_to_meta_ai": 1,
        "names_meta_ai": 1,
        "notice": 0,
        "business_ai_notice": 0,
        "privacy_switch": 1,
        "could_be_read": 0,
        "to_meta_ai_by_others": 1,
        "could_be_read_by_others": 0,
        "messages": 5,
        "first": "2024-01-29",
        "last": "2024-01-29",
        "dates_sure": True,
    }
    path = tmp_path / "progress.toml"
    event = Event("01JD0000000000000000000000", NOW, "reviewed-chats", fields)
    progress_file.save_record(path, record(account("whatsapp", event)), None)
    loaded = progress_file.load_record(path)
    assert isinstance(loaded, progress_file.FileLoaded)
    assert loaded.record.accounts[0].events[0].fields == fields


def test_a_review_runs_beside_others(read: Read) -> None:
    path = read(*LINES).path
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(scan_chats([path]).chats[0].message_count(MessageKind.TO_META_AI)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert found == [2, 2, 2, 2]


# What the counts leave out.


def test_lines_of_another_form_are_counted_with_the_shape_of_the_first(read: Read) -> None:
    pasted = "[28/11, 18:02] Meta AI: Zoë says 42"
    chat = read(LINES[0], pasted, "10.5 kg of sugar is what it takes", *[pasted] * 3, *LINES[1:])
    assert (chat.other_format_lines, chat.other_format_shape) == (4, "[00/00, 00:00] xxxx xx: xxx xxxx 00")
    assert chat.totals
    assert chat.totals.header_count == 7
    assert read(*LINES).other_format_lines == 0


def test_a_file_full_of_lines_of_another_form_is_counted_up_to_a_limit(read: Read) -> None:
    chat = read(LINES[0], *["[28/11, 18:02] Bo: hi"] * (MAX_OTHER_LINES_CHECKED + 9), *LINES[1:])
    assert chat.other_format_lines == MAX_OTHER_LINES_CHECKED


@pytest.mark.exhaustive
def test_a_file_that_changes_while_it_is_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(("\n".join(LINES) + "\n").encode() * 3_000)
    appended: list[int] = []

    def append_once(job: Job) -> None:
        if job.done and not appended:
            with path.open("a", encoding="utf-8") as file:
                appended.append(file.write("2/5/24, 12:28 - Bo: @Meta AI\n"))

    (chat,) = scan_chats([path], job=Job(append_once)).chats
    assert chat.has_changed
    assert "The file changed while it was read" in doubts_about(chat)[0]
    (again,) = scan_chats([path]).chats
    assert not again.has_changed


def test_a_chat_that_begins_with_meta_ai_alone_and_mentions_it_later_is_one_with_people(read: Read) -> None:
    begin = [f"1/29/24, 12:24 - {sender}: hi there" for sender in ("Anna", "Meta AI") * 1_500]
    mention = "1/30/24, 12:24 - Anna: @\u2068Meta AI\u2069 draw"
    alone, with_mention = read(*begin, name="_chat.txt"), read(*begin, mention, name="_chat.txt")
    assert (alone.is_with_meta_ai_alone, alone.message_count(MessageKind.TO_META_AI)) == (True, 1_500)
    assert (with_mention.is_with_meta_ai_alone, with_mention.message_count(MessageKind.TO_META_AI)) == (False, 1)
    with_others = read(*begin, "1/30/24, 12:24 - Bo: hi", name="_chat.txt")
    assert not with_others.is_with_meta_ai_alone


def test_many_messages_to_meta_ai_in_a_row_are_counted_as_one_by_one(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = ("Anna", "Bo", "~ Cas")
    lines = [f"{day}/29/24, 12:24 - {who}: @Meta AI {day}" for day in range(1, 13) for who in people for _ in range(9)]
    lines[40] = "5/2/24, 12:24 - Anna: @\u2068Meta AI\u2069, and\nmore of it"
    lines[60] = "5/2/24, 12:24 - Meta AI: @Meta AI is me"
    lines[70] = "5/2/24, 12:24 - Bo: @Meta AIs are none"
    lines[71] = "5/2/24, 12:24 - Anna: I like Meta AI"
    lines[80] = lines[81] = "5/2/24, 12:24 - Bo: @Meta AI"
    monkeypatch.setattr(reviewing, "COUNT_BLOCK_BYTES", 1_300)
    one_by_one = read(*lines)  # with the time of each
    (at_once,) = scan_chats([one_by_one.path]).chats
    assert at_once == one_by_one._replace(times_to_meta_ai=())
    assert at_once.message_count(MessageKind.TO_META_AI) == len(lines) - 3
    (with_digests,) = scan_chats([at_once.path], digest=repr).chats
    assert with_digests.sender_counts == at_once.sender_counts
    assert len(with_digests.messages_to_meta_ai or ()) == len(lines) - 3


def test_very_many_empty_lines_take_away_no_message(read: Read) -> None:
    for end in ("\n", "\r\n"):
        lines = ["1/29/24, 12:24 - Anna: @Meta AI hi", *[""] * 5_000, "1/29/24, 12:25 - Bo: @Meta AI hi", *[""] * 99]
        chat = read(end.join([*lines, *lines]))
        assert chat.totals
        assert (chat.totals.header_count, chat.message_count(MessageKind.TO_META_AI)) == (4, 4)


def test_lines_that_end_with_carriage_returns_alone_are_read(read: Read) -> None:
    for lines in (
        (
            "1/29/18, 12:24 - Ann: @Meta AI hello",
            "1/29/18, 12:25 - Meta AI: Hello",
            "1/29/18, 12:26 - Bob: hi",
            "there",
        ),
        (
            "[29.01.18, 12:24:03] Ann: @Meta AI hello",
            "[29.01.18, 12:25:03] Meta AI: Hello",
            "[29.01.18, 12:26:03] Bob: hi",
        ),
    ):
        with_returns, as_usual = read(*lines, end="\r"), read(*lines)
        assert with_returns == as_usual._replace(path=with_returns.path, size=with_returns.size)
        assert with_returns.message_count(MessageKind.TO_META_AI) == 1
