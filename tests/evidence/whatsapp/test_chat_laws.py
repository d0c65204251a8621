"""What must hold of any file at all."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from metaoptout_tui.evidence.whatsapp import review as reviewing
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.headers import header
from metaoptout_tui.evidence.whatsapp.results import Chat, Review
from metaoptout_tui.evidence.whatsapp.review import review
from metaoptout_tui.evidence.whatsapp.shape import learn

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


def read(data: bytes, *, quick: bool = False) -> Review:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chat.txt"
        path.write_bytes(data)
        return review([path], times=True, quick=quick)


def other(chat: Chat) -> int:
    assert chat.totals
    return chat.totals.headers - sum(chat.number(kind) for kind in Kind)


@given(st.binary(max_size=400) | BODIES.map(str.encode) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
def test_no_file_raises(data: bytes) -> None:
    found = read(data)
    assert len(found.chats) + len(found.unread) == 1


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
    if header(line):
        shape = learn(line.encode())
        assert shape
        assert len(shape.find.findall(f"\n{line}\n{line}\n".encode())) == 2


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_zip_raises(start: bytes, end: bytes) -> None:
    found = read(b"PK\x03\x04" + start + b"PK\x05\x06" + end)
    assert found.unread


@given(st.lists(st.tuples(AUTHORS, BODIES), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]))
@example([("Anna: ", "@Meta AI"), ("Meta AI: ", "a"), ("Anna: ", "")], "\n")
def test_no_message_is_lost_and_every_one_is_of_one_kind(messages: list[tuple[str, str]], end: str) -> None:
    # a header at a line's start within a body is a header
    clean = [(author, body.replace("\n", " ").replace("\r", " ")) for author, body in messages]
    text = end.join(f"{HEADER}{author}{body}" for author, body in clean)
    (chat,) = read(text.encode()).chats
    totals = chat.totals
    assert totals
    assert totals.headers == len(clean)
    assert totals.messages + totals.system == totals.headers
    assert sum(count for _, count in totals.authors) + totals.other_authors == totals.messages
    assert 0 <= other(chat) <= totals.headers
    assert len(chat.times) == chat.number(Kind.TO)


@given(st.lists(st.tuples(AUTHORS, BODIES), min_size=1, max_size=60), st.integers(1_300, 2_500))
def test_neither_the_size_of_a_block_nor_counting_changes_what_is_found(
    messages: list[tuple[str, str]], size: int
) -> None:
    text = "\n".join(f"{HEADER}{author}{body}" for author, body in [("Dee: ", "a"), ("Eve: ", "b"), *messages])
    (whole,) = read(text.encode()).chats
    before = reviewing.COUNTED, reviewing.SEARCHED, reviewing.QUICK_FROM
    try:
        reviewing.COUNTED = reviewing.SEARCHED = size
        reviewing.QUICK_FROM = 0
        (pieces,) = read(text.encode()).chats
        (quick,) = read(text.encode(), quick=True).chats
    finally:
        reviewing.COUNTED, reviewing.SEARCHED, reviewing.QUICK_FROM = before
    assert pieces._replace(path="") == whole._replace(path="")
    numbered = any("555-0002" in share.author for share in whole.shares)
    for kind in Kind:
        if kind is not Kind.SWITCH and not numbered:  # a quick search looks for neither
            assert quick.number(kind) == whole.number(kind), kind
