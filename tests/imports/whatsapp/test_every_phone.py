"""One pattern for every phone: 98 languages, two systems, clocks of 12 and 24 hours, with headers made from CLDR."""

from itertools import product
from pathlib import Path

from exhaustive import parametrize_some
from metaoptout_tui.core.chats.scan_results import MessageKind
from metaoptout_tui.imports.whatsapp import dates
from metaoptout_tui.imports.whatsapp.scan import scan_chats
from whatsapp_day_periods import of_cldr, table
from whatsapp_exports import CLOCKS, LOCALES, Export, Phone, export

SOME_LOCALES = ("ar_EG", "de", "en_US", "en_GB", "fa", "fi", "hi", "ja", "ko", "my", "nl", "th", "zh_Hans_CN")
"""Other digits, calendars, orders of the date and words for the parts of the day."""


def phones_in(locale: str) -> list[Phone]:
    """Each phone that there is in a language."""
    phones = (Phone(locale, system, clock) for system, clock in product(("android", "ios"), CLOCKS))
    return [phone for phone in phones if phone.has_clock()]


def test_the_matrix_is_as_large_as_promised() -> None:
    assert len(LOCALES) >= 80
    assert {(each.system, each.clock[:2]) for each in phones_in("de")} == set(product(("android", "ios"), ("12", "24")))
    assert all(phones_in(locale) for locale in LOCALES)


@parametrize_some(SOME_LOCALES, "locale", LOCALES)
def test_counts_senders_and_kinds_are_right_on_every_phone_and_no_date_is_sure_and_wrong(
    locale: str, tmp_path: Path
) -> None:
    right = asked = 0
    for phone in phones_in(locale):
        made = export(phone)
        path = tmp_path / "chat.txt"
        path.write_bytes(made.text.encode())
        times_right, times = _read_right(made, path, phone)
        right, asked = right + times_right, asked + times
    assert right >= 0.98 * asked, f"{right} of {asked} times"


def _read_right(made: Export, path: Path, phone: Phone) -> tuple[int, int]:
    (chat,) = scan_chats([path], keep_times=True).chats
    assert chat.totals, phone
    assert chat.totals.header_count == chat.totals.messages == made.headers, phone
    assert dict(chat.totals.messages_by_sender) == made.authors, phone
    assert {str(kind): chat.message_count(kind) for kind in MessageKind if chat.message_count(kind)} == {
        kind: count for kind, count in made.kinds.items() if kind != "other"
    }, phone
    wrong = [
        pair for pair in zip(chat.times_to_meta_ai, made.to_meta_ai, strict=False) if pair[0].date() != pair[1].date()
    ]
    assert not (chat.are_dates_proven and (wrong or len(chat.times_to_meta_ai) != len(made.to_meta_ai))), phone
    return sum(got == due for got, due in zip(chat.times_to_meta_ai, made.to_meta_ai, strict=False)), len(
        made.to_meta_ai
    )


def test_the_table_of_day_periods_is_that_of_cldr() -> None:
    kept = Path(dates.__file__).with_name("day_period_words.txt").read_text(encoding="utf-8")
    assert kept == table(of_cldr()), "write it anew: python tests/support/whatsapp_day_periods.py"
