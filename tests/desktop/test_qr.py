"""The drawn code is the code, and a reader that is not ours reads the address from it."""

import pytest
import segno
import zxingcpp

from exhaustive import parametrize_some
from metaoptout_tui.core.links import SafeUrl, parse_meta_url, parse_trusted_url
from metaoptout_tui.desktop.qr import QUIET_ZONE_MODULES, qr_lines

ADDRESSES = [
    parse_meta_url("https://help.instagram.com/contact/767264225370182"),
    parse_meta_url("https://www.facebook.com/help/contact/712876720715583"),
    parse_meta_url("https://meta.ai/"),
    parse_meta_url("https://faq.whatsapp.com/1285115568956956/?locale=en_US"),
    parse_trusted_url(
        "https://www.verbraucherzentrale.de/aktuelle-meldungen/digitale-welt/"
        "meta-ai-bei-facebook-instagram-und-whatsapp-so-widersprechen-sie-95646"
    ),
]
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def drawn(url: SafeUrl, *, max_columns: int = 200, max_rows: int = 100) -> tuple[str, ...]:
    lines = qr_lines(url, max_columns=max_columns, max_rows=max_rows)
    assert lines is not None
    return lines


def modules(lines: tuple[str, ...]) -> list[list[int]]:
    """The rows of modules that the half blocks show: two for each line of text."""
    return [[HALVES[block][half] for block in line] for line in lines for half in (0, 1)]


@pytest.mark.parametrize("url", ADDRESSES, ids=str)
def test_the_half_blocks_show_the_modules_of_the_code(url: SafeUrl) -> None:
    rows = modules(drawn(url))
    code = segno.make(str(url), error="M", micro=False)
    side = len(code.matrix)
    inside = [
        row[QUIET_ZONE_MODULES:-QUIET_ZONE_MODULES] for row in rows[QUIET_ZONE_MODULES : QUIET_ZONE_MODULES + side]
    ]
    assert inside == [list(row) for row in code.matrix]


@pytest.mark.parametrize("url", ADDRESSES, ids=str)
def test_four_light_modules_stand_around_the_code(url: SafeUrl) -> None:
    rows = modules(drawn(url))
    assert len({len(row) for row in rows}) == 1
    rim = [
        *rows[:QUIET_ZONE_MODULES],
        *rows[-QUIET_ZONE_MODULES:],
        *(row[:QUIET_ZONE_MODULES] + row[-QUIET_ZONE_MODULES:] for row in rows),
    ]
    assert not any(any(row) for row in rim)
    assert any(rows[QUIET_ZONE_MODULES])
    assert len(rows) in {len(rows[0]), len(rows[0]) + 1}


@pytest.mark.parametrize("url", ADDRESSES, ids=str)
@pytest.mark.parametrize("pixels", [2, 5])
def test_another_reader_reads_the_address(url: SafeUrl, pixels: int) -> None:
    shades = [
        bytes(0 if module else 255 for module in row for _ in range(pixels))
        for row in modules(drawn(url))
        for _ in range(pixels)
    ]
    image = memoryview(b"".join(shades)).cast("B", (len(shades), len(shades[0])))
    read = zxingcpp.read_barcodes(image, try_invert=False, try_rotate=False)
    assert [code.text for code in read] == [str(url)]


def test_the_form_to_try_first_fits_a_terminal_of_the_usual_size_and_is_read() -> None:
    url = parse_meta_url("https://www.facebook.com/help/contact/6359191084165019")
    lines = drawn(url, max_columns=78, max_rows=20)
    shades = [bytes(0 if module else 255 for module in row for _ in range(3)) for row in modules(lines) for _ in "xxx"]
    image = memoryview(b"".join(shades)).cast("B", (len(shades), len(shades[0])))
    assert [code.text for code in zxingcpp.read_barcodes(image, try_invert=False, try_rotate=False)] == [str(url)]


def test_a_small_room_gets_the_smaller_code() -> None:
    url = ADDRESSES[0]
    roomy, tight = drawn(url), drawn(url, max_columns=37, max_rows=19)
    assert (len(roomy[0]), len(roomy)) == (41, 21)
    assert (len(tight[0]), len(tight)) == (37, 19)


@pytest.mark.parametrize(("columns", "rows"), [(36, 19), (37, 18), (0, 0), (200, 3)])
def test_where_it_does_not_fit_there_is_none(columns: int, rows: int) -> None:
    assert qr_lines(ADDRESSES[0], max_columns=columns, max_rows=rows) is None


@parametrize_some(1, "url", ADDRESSES, ids=str)
def test_it_fills_at_most_the_room(url: SafeUrl) -> None:
    for columns in range(20, 70):
        lines = qr_lines(url, max_columns=columns, max_rows=columns // 2)
        assert lines is None or (len(lines[0]) <= columns and len(lines) <= columns // 2)
