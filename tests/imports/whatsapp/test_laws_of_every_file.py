"""What must hold of any file at all."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from metaoptout_tui.core.chats.scan_results import MessageKind, ScannedChat, ScanResults
from metaoptout_tui.imports.whatsapp import scan as reviewing
from metaoptout_tui.imports.whatsapp.headers import learn_header_patterns, parse_header
from metaoptout_tui.imports.whatsapp.scan import scan_chats

HEADER = "[29.01.18, 12:24:03] "
PIECES = st.sampled_from(
    [
        "Meta AI", "Meta\u00a0AI", "@", "@Meta AI", "@AI", "@\u2068Meta AI\u2069", "@13135550002", ": ", ":", "\n", "\r\n", HEADER,
        "\u200e", "\ufeff", "Anna", "Bo", " ", "a", "ß", "😀", "\x00", "\u2028", "1/2/24, 12:00 - ", "Only messages that mention ",
        "AI from Meta receives chats", "Anna turned on advanced chat privacy.", "x" * 400, "12:24", "[", "]", "29.01.18",
    ]
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=8).map("".join)
AUTHORS = st.sampled_from(["Anna: ", "Bo Ek: ", "Meta AI: ", "", "Cy: \u200e", "Meta\u202fAI: ", "+1 (313) 555-0002: "])


def read(data: bytes, *, quick: bool = False) -> ScanResults:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chat.txt"
        path.write_bytes(data)
        return scan_chats([path], keep_times=True, quick=quick)


def other(chat: ScannedChat) -> int:
    assert chat.totals
    return chat.totals.header_count - sum(chat.message_count(kind) for kind in MessageKind)


@given(st.binary(max_size=400) | BODIES.map(str.encode) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
def test_no_file_raises(data: bytes) -> None:
    found = read(data)
    assert len(found.chats) + len(found.unreadable) == 1


SIGNS = ["/", ".", "-", " / ", ". ", "\u200f/"]
DATES = st.builds(
    lambda sign, era, parts: era + sign.join(parts),
    st.sampled_from(SIGNS),
    st.sampled_from(["", "", "AP ", "R", "令和"]),
    st.sampled_from([("25", "3", "24"), ("2024", "03", "25"), ("5", "Apr", "2024"), ("113", "3", "5"), ("1", "2", "2567"), ("9", "9")]),
)  # fmt: skip
TIMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "下午", "오후 ", "PM "]),
        st.sampled_from(["21:14", "9.14", "09: 14", "21 h 14", "9시 14", "9:14:05", "9.14:05", "21 h 14 min 05", "9:14.05"]),
        st.sampled_from(["", " PM", "\u202fp.\u00a0m.", " م", " မွန်းလွဲပိုင်းမှညနေအထိ"]),
    ),
)  # fmt: skip
GLUE = st.sampled_from([", ", " ", "، ", " klo ", " à ", " - ", " (", " ه\u200d، ", " နေ့လယ်ခင်းအချိန်မှ "])
ENDS = st.sampled_from([("[", "] "), ("", " - "), ("", " – "), ("", ": "), ("", "; "), ("[ ", " ]"), ("\u200e[", "] ")])
ZEROS = st.sampled_from([0x30, 0x660, 0x6F0, 0xE50, 0x966, 0x11136, 0xFF10])


@given(DATES, TIMES, GLUE, ENDS, ZEROS, st.sampled_from(["{date}{glue}{time}", "{time}{glue}{date}"]))
def test_what_looks_like_a_header_to_the_one_pattern_is_found_by_the_one_made_from_it(
    date: str, time: str, glue: str, ends: tuple[str, str], zero: int, stamp: str
) -> None:
    stamp = stamp.format(date=date, time=time, glue=glue).translate(
        {ord("0") + digit: zero + digit for digit in range(10)}
    )
    line = f"{ends[0]}{stamp}{ends[1]}Anna: hi"
    if parse_header(line):
        shape = learn_header_patterns(line.encode())
        assert shape
        assert len(shape.header.findall(f"\n{line}\n{line}\n".encode())) == 2


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_zip_raises(start: bytes, end: bytes) -> None:
    found = read(b"PK\x03\x04" + start + b"PK\x05\x06" + end)
    assert found.unreadable


@given(st.lists(st.tuples(AUTHORS, BODIES), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]))
@example([("Anna: ", "@Meta AI"), ("Meta AI: ", "a"), ("Anna: ", "")], "\n")
def test_no_message_is_lost_and_every_one_is_of_one_kind(messages: list[tuple[str, str]], end: str) -> None:
    # a header at a line's start within a body is a header
    clean = [(author, body.replace("\n", " ").replace("\r", " ")) for author, body in messages]
    text = end.join(f"{HEADER}{author}{body}" for author, body in clean)
    (chat,) = read(text.encode()).chats
    totals = chat.totals
    assert totals
    assert totals.header_count == len(clean)
    assert totals.messages + totals.system_lines == totals.header_count
    assert sum(count for _, count in totals.messages_by_sender) + totals.messages_by_others == totals.messages
    assert 0 <= other(chat) <= totals.header_count
    assert len(chat.times_to_meta_ai) == chat.message_count(MessageKind.TO_META_AI)


@given(st.lists(st.tuples(AUTHORS, BODIES), min_size=3, max_size=12), st.integers(1_300, 2_500))
def test_where_crlf_ends_a_message_a_bare_line_feed_begins_none(messages: list[tuple[str, str]], size: int) -> None:
    clean = [(author, body.replace("\r", "")) for author, body in messages]
    text = "".join(f"{HEADER}{author}{body}\r\n" for author, body in [("Dee: ", "a"), ("Eve: ", "b"), *clean])
    before = reviewing.COUNT_BLOCK_BYTES
    try:
        reviewing.COUNT_BLOCK_BYTES = size
        (chat,) = read(text.encode()).chats
    finally:
        reviewing.COUNT_BLOCK_BYTES = before
    assert chat.totals
    assert chat.totals.header_count == len(clean) + 2


@given(
    st.lists(st.tuples(st.sampled_from(["Anna: ", "Meta AI: ", "Anna: \u200e"]), BODIES), min_size=1, max_size=30),
    st.sampled_from(["WhatsApp Chat with Meta AI.txt", "_chat.txt"]),
)
def test_the_chat_with_meta_ai_comes_to_the_same_by_its_headers_alone(
    messages: list[tuple[str, str]], name: str
) -> None:
    # WhatsApp's own lines in an unknown wording are only found where every line is read.
    clean = [(author, body.replace("\n", " ").replace("\r", " ").replace("@", "")) for author, body in messages]
    text = "\n".join(f"{HEADER}{author}{body}" for author, body in clean).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text)
        (by_headers,) = scan_chats([path]).chats
        before = reviewing.MAX_HEADERS_READ_TWICE
        try:
            reviewing.MAX_HEADERS_READ_TWICE = 0
            (read_twice,) = scan_chats([path]).chats
        finally:
            reviewing.MAX_HEADERS_READ_TWICE = before
    assert by_headers == read_twice


@given(st.lists(st.tuples(AUTHORS, BODIES), min_size=1, max_size=60), st.integers(1_300, 2_500))
def test_neither_the_size_of_a_block_nor_counting_changes_what_is_found(
    messages: list[tuple[str, str]], size: int
) -> None:
    text = "\n".join(f"{HEADER}{author}{body}" for author, body in [("Dee: ", "a"), ("Eve: ", "b"), *messages])
    (whole,) = read(text.encode()).chats
    before = reviewing.COUNT_BLOCK_BYTES, reviewing.SEARCH_BLOCK_BYTES, reviewing.QUICK_SCAN_FROM_BYTES
    try:
        reviewing.COUNT_BLOCK_BYTES = reviewing.SEARCH_BLOCK_BYTES = size
        reviewing.QUICK_SCAN_FROM_BYTES = 0
        (pieces,) = read(text.encode()).chats
        (quick,) = read(text.encode(), quick=True).chats
    finally:
        reviewing.COUNT_BLOCK_BYTES, reviewing.SEARCH_BLOCK_BYTES, reviewing.QUICK_SCAN_FROM_BYTES = before
    assert pieces._replace(path="") == whole._replace(path="")
    numbered = any("555-0002" in share.sender for share in whole.sender_counts)
    for kind in MessageKind:
        if kind is not MessageKind.PRIVACY_SWITCH and not numbered:  # a quick search looks for neither
            assert quick.message_count(kind) == whole.message_count(kind), kind


@given(st.lists(st.tuples(AUTHORS, BODIES), min_size=1, max_size=60), st.integers(1_300, 2_500))
@example([("Anna: ", "@Meta AI"), ("Anna: ", "@Meta AI b\n@Meta AI"), ("Meta AI: ", "@Meta AI"), ("Bo: ", "c")], 1_300)
def test_counting_many_at_once_comes_to_the_same_as_one_by_one(messages: list[tuple[str, str]], size: int) -> None:
    text = "\n".join(f"{HEADER}{author}{body}" for author, body in [("Dee: ", "a"), ("Eve: ", "b"), *messages])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chat.txt"
        path.write_bytes(text.encode())
        before = reviewing.COUNT_BLOCK_BYTES
        try:
            reviewing.COUNT_BLOCK_BYTES = size
            (one_by_one,) = scan_chats([path], keep_times=True).chats
            (at_once,) = scan_chats([path]).chats
        finally:
            reviewing.COUNT_BLOCK_BYTES = before
    assert at_once == one_by_one._replace(times_to_meta_ai=())
