"""Calculates legal periods step by step, and when to check the mailbox for Meta's reply.

A period has a first day, a last day and every calculation step between, so that a person can follow the count and see which
rule each step rests on. The text and the sources of a step are the statement `period.NAME` of the playbook.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from metaoptout_tui.core.objection.states import PeriodRule

MAILBOX_CHECK_DELAYS = (timedelta(hours=1), timedelta(hours=24), timedelta(days=3))
"""When to look for Meta's mail after filing."""

HolidayLookup = Callable[[str, date], str]
"""The name of the public holiday that a day is in a place, empty for none. A place is `IE`, `NL`, `GB-ENG`, `DE-HH`."""

_DAY = timedelta(days=1)
_SATURDAY = 5
_META_COUNTRY = "IE"
_ACKNOWLEDGEMENT_DUTY_SINCE = date(2026, 6, 19)
_CROSS_BORDER_RULES_SINCE = date(2027, 4, 2)


class CalculationStep(NamedTuple):
    """One step of a count: what was done (the statement `period.WHAT`), the day that gave, and the rule's place in the law.

    `law` is empty where the step is this program's own way, `detail` the holiday's name where one moved the day.
    """

    statement: str
    day: date
    citation: str = ""
    holiday: str = ""


PERIOD_STATEMENTS = (
    *PeriodRule,
    *("form-sent", "letter-arrived", "letter-posted", "month.eea", "month.uk", "short-month.eea", "short-month.uk"),
    *("weekend.eea", "weekend.uk", "holiday.eea", "holiday.uk", "holiday.authority"),
    *("extension-in-time.eea", "extension-in-time.uk", "extension-late.eea", "extension-late.uk"),
    *("extension-unreasoned.eea", "extension-unreasoned.uk"),
    *("three-months.eea", "three-months.uk", "three-months.authority"),
    *("thirty-days.uk", "thirty-days.ch", "cross-border"),
)
"""Every rule and every step: a playbook has the statement `period.NAME` for each."""


class Receipt(NamedTuple):
    """The day from which a period counts, and how that day is known."""

    day: date
    step: CalculationStep


class Extension(NamedTuple):
    """Meta's notice that it takes longer: the day on which it came, and whether it gave reasons, as it must."""

    day: date
    has_reasons: bool = True


class LegalPeriod(NamedTuple):
    """A period that the law sets: its first and last day and the count between them, in order.

    `extension_counts` is None where no extension was announced, else whether it was announced in time and with reasons, and
    therefore counts.
    """

    rule: PeriodRule
    first_day: date
    last_day: date
    calculation: tuple[CalculationStep, ...]
    extension_counts: bool | None = None

    @property
    def was_extension_late(self) -> bool:
        """Whether more time was announced, and only after the first month."""
        return any(step.statement.startswith("extension-late") for step in self.calculation)

    def is_over(self, today: date) -> bool:
        """Whether the whole of the last day has passed."""
        return today > self.last_day


class _MonthRules(NamedTuple):
    """How one law counts the month for an answer: the end of its steps' names, its places in the law, whose holidays."""

    step_suffix: str
    citation: str
    counting_citation: str
    moving_citation: str
    holiday_place: str


_EU_COUNTING_CITATION = "Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c)"
_EU_MOVING_CITATION = "Regulation (EEC, Euratom) 1182/71 Art. 3(4), 2(1)"
_MONTH_RULES = {
    "gdpr": _MonthRules("eea", "GDPR Art. 12(3)", _EU_COUNTING_CITATION, _EU_MOVING_CITATION, _META_COUNTRY),
    "uk-gdpr": _MonthRules("uk", "UK GDPR Art. 12(3)", "UK GDPR Art. 12(3)", "UK GDPR Art. 12(3)", "GB-ENG"),
}


def receipt_of(sent: date, *, by_letter: bool = False, arrived: date | None = None) -> Receipt:
    """The day of receipt: a web form's is the day it was sent, a letter's the day it arrived.

    Of a letter whose arrival is not known the day of posting is taken, which is the earliest possible, and the step says so.
    """
    if arrived is not None and arrived >= sent:
        return Receipt(arrived, CalculationStep("letter-arrived", arrived))
    return Receipt(sent, CalculationStep("letter-posted" if by_letter else "form-sent", sent))


def answer_period(
    law: str, receipt: Receipt, holiday_lookup: HolidayLookup, extension: Extension | None = None
) -> LegalPeriod | None:
    """Meta's time to answer an objection: one month, or three where it said so in the first; None where no law sets one.

    GDPR Art. 12(3), counted by Regulation (EEC, Euratom) 1182/71 with the holidays of Ireland, where Meta Platforms
    Ireland has to act; UK GDPR Art. 12(3) as the ICO reads it, with the bank holidays of England and Wales. An `extension`
    that was announced after the month, or without reasons, changes nothing.
    """
    month = _MONTH_RULES.get(law)
    if month is None:
        return None
    one = (
        receipt.step,
        *_month_end_steps(receipt.day, 1, month),
        *_working_day_steps(receipt.day, 1, month, holiday_lookup),
    )
    last = one[-1].day
    if extension is None:
        return LegalPeriod(PeriodRule.ANSWER, receipt.day, last, one)
    if extension.day > last or not extension.has_reasons:
        fault = "late" if extension.day > last else "unreasoned"
        in_vain = CalculationStep(f"extension-{fault}.{month.step_suffix}", last, month.citation)
        return LegalPeriod(PeriodRule.ANSWER, receipt.day, last, (*one, in_vain), extension_counts=False)
    in_time = CalculationStep(f"extension-in-time.{month.step_suffix}", extension.day, month.citation)
    three = (
        *one,
        in_time,
        *_month_end_steps(receipt.day, 3, month, f"three-months.{month.step_suffix}"),
        *_working_day_steps(receipt.day, 3, month, holiday_lookup),
    )
    return LegalPeriod(PeriodRule.ANSWER, receipt.day, three[-1].day, three, extension_counts=True)


def information_period(
    law: str, receipt: Receipt, holiday_lookup: HolidayLookup, extension: Extension | None = None
) -> LegalPeriod | None:
    """The time for the answer to a question about one's own data (GDPR Art. 15); None where no law sets one.

    Where the GDPR or the UK GDPR holds it is the month of Art. 12(3), which can be extended as for an objection; in
    Switzerland 30 days (FADP Art. 25(7)).
    """
    if law == "fadp":
        end = receipt.day + 30 * _DAY
        return LegalPeriod(
            PeriodRule.INFORMATION,
            receipt.day,
            end,
            (receipt.step, CalculationStep("thirty-days.ch", end, "FADP Art. 25(7), DPO Art. 18")),
        )
    period = answer_period(law, receipt, holiday_lookup, extension)
    return period._replace(rule=PeriodRule.INFORMATION) if period else None


def acknowledgement_period(law: str, receipt: Receipt) -> LegalPeriod | None:
    """The 30 days in which Meta must acknowledge a complaint made to it; None outside the UK and before 19 June 2026.

    Data Protection Act 2018 s.164A: the days begin when the complaint is received, so the day of receipt is the first.
    """
    if law != "uk-gdpr" or receipt.day < _ACKNOWLEDGEMENT_DUTY_SINCE:
        return None
    end = receipt.day + 29 * _DAY
    counted = CalculationStep("thirty-days.uk", end, "Data Protection Act 2018 s.164A")
    return LegalPeriod(PeriodRule.ACKNOWLEDGEMENT, receipt.day, end, (receipt.step, counted))


def authority_period(law: str, receipt: Receipt, holiday_lookup: HolidayLookup, place: str) -> LegalPeriod | None:
    """The three months after which a court can be asked to move an authority that was silent; None outside the GDPR.

    GDPR Art. 78(2), counted as above with the holidays of `place`, the state in which the authority has to act.
    """
    if law != "gdpr":
        return None
    rules = _MonthRules("authority", "GDPR Art. 78(2)", _EU_COUNTING_CITATION, _EU_MOVING_CITATION, place)
    working = (
        receipt.step,
        *_month_end_steps(receipt.day, 3, rules, "three-months.authority"),
        *_working_day_steps(receipt.day, 3, rules, holiday_lookup),
    )
    last = working[-1].day
    if receipt.day >= _CROSS_BORDER_RULES_SINCE:
        working = (*working, CalculationStep("cross-border", last, "Regulation (EU) 2025/2518"))
    return LegalPeriod(PeriodRule.AUTHORITY, receipt.day, last, working)


def months_after(day: date, months: int) -> date:
    """The day that ends a period of whole months: the same number, or the month's last day where there is none.

    Received 5 March: 5 April; 31 January: 28 or 29 February (Regulation 1182/71 Art. 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = following - _DAY
    return last.replace(day=min(day.day, last.day))


def next_mailbox_check(filed: datetime, moment: datetime | None) -> datetime | None:
    """The first time to look for the mail that has not been used up, or None after the last.

    `looked` is when the person last looked and found nothing.
    """
    return next((filed + wait for wait in MAILBOX_CHECK_DELAYS if moment is None or filed + wait > moment), None)


def _month_end_steps(start: date, months: int, rules: _MonthRules, what: str = "") -> Iterator[CalculationStep]:
    """The month's end by its number, and the step more where the month has no such day."""
    end = months_after(start, months)
    yield CalculationStep(what or f"month.{rules.step_suffix}", end, rules.citation)
    if end.day != start.day:
        yield CalculationStep(
            f"short-month.{'uk' if rules.step_suffix == 'uk' else 'eea'}", end, rules.counting_citation
        )


def _working_day_steps(
    start: date, months: int, rules: _MonthRules, holiday_lookup: HolidayLookup
) -> Iterator[CalculationStep]:
    """The steps that move the end off Saturdays, Sundays and public holidays, in the order they are met."""
    day = months_after(start, months)
    while True:
        if day.weekday() >= _SATURDAY:
            day += (7 - day.weekday()) * _DAY
            yield CalculationStep(f"weekend.{'uk' if rules.step_suffix == 'uk' else 'eea'}", day, rules.moving_citation)
        elif name := holiday_lookup(rules.holiday_place, day):
            day += _DAY
            yield CalculationStep(f"holiday.{rules.step_suffix}", day, rules.moving_citation, name)
        else:
            return
