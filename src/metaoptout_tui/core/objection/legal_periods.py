"""Calculates legal periods step by step, and when to check the mailbox for Meta's reply.

A period has a first day, a last day and every calculation step between, so that a person can follow the calculation and
the rule of each step. The text and the sources of a step are the statement `period.NAME` of the playbook.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from metaoptout_tui.core.record.vocabulary import PeriodRule

MAILBOX_CHECK_DELAYS = (timedelta(hours=1), timedelta(hours=24), timedelta(days=3))
"""When to look for Meta's mail after filing."""

HolidayLookup = Callable[[str, date], str]
"""The name of the public holiday on a day in a place, empty for none. Places are `IE`, `NL`, `GB-ENG`, `DE-HH`."""

_DAY = timedelta(days=1)
_SATURDAY = 5
_META_COUNTRY = "IE"
_ACKNOWLEDGEMENT_DUTY_SINCE = date(2026, 6, 19)
_CROSS_BORDER_RULES_SINCE = date(2027, 4, 2)


class CalculationStep(NamedTuple):
    """One step of a calculation: its statement `period.STATEMENT`, the resulting day, and the citation of its law.

    `citation` is empty for a step of this program's own; `holiday` is the name of the holiday that moved the day.
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
    """The day from which a period counts, and the step that explains it."""

    day: date
    step: CalculationStep


class Extension(NamedTuple):
    """Meta's announcement of an extension: its day, and whether it gave reasons, as it must (GDPR Art. 12(3))."""

    day: date
    has_reasons: bool = True


class LegalPeriod(NamedTuple):
    """A period that the law sets: its first and last day, and the steps of its calculation.

    `extension_counts` is whether an extension was announced in time and with reasons; None where none was announced.
    """

    rule: PeriodRule
    first_day: date
    last_day: date
    calculation: tuple[CalculationStep, ...]
    extension_counts: bool | None = None

    @property
    def was_extension_late(self) -> bool:
        """Whether an extension was announced only after the first month."""
        return any(step.statement.startswith("extension-late") for step in self.calculation)

    def is_over(self, today: date) -> bool:
        """Whether the whole of the last day has passed."""
        return today > self.last_day


class _MonthRules(NamedTuple):
    """How a law counts months: the suffix of its steps' names, its citations, and the place whose holidays count."""

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

    A letter whose arrival is not known counts from the day of posting, the earliest possible, and its step says so.
    """
    if arrived is not None and arrived >= sent:
        return Receipt(arrived, CalculationStep("letter-arrived", arrived))
    return Receipt(sent, CalculationStep("letter-posted" if by_letter else "form-sent", sent))


def answer_period(
    law: str, receipt: Receipt, holiday_lookup: HolidayLookup, extension: Extension | None = None
) -> LegalPeriod | None:
    """Meta's time to answer an objection: one month, or three after an extension; None where no law sets one.

    GDPR Art. 12(3), counted by Regulation (EEC, Euratom) 1182/71 with the holidays of Ireland, where Meta Platforms
    Ireland has to act; UK GDPR Art. 12(3) as the ICO reads it, with the bank holidays of England and Wales. An
    `extension` that was announced after the month, or without reasons, changes nothing.
    """
    rules = _MONTH_RULES.get(law)
    if rules is None:
        return None
    one_month = (
        receipt.step,
        *_month_end_steps(receipt.day, 1, rules),
        *_working_day_steps(receipt.day, 1, rules, holiday_lookup),
    )
    last_day = one_month[-1].day
    if extension is None:
        return LegalPeriod(PeriodRule.ANSWER, receipt.day, last_day, one_month)
    if extension.day > last_day or not extension.has_reasons:
        defect = "late" if extension.day > last_day else "unreasoned"
        rejected_step = CalculationStep(f"extension-{defect}.{rules.step_suffix}", last_day, rules.citation)
        return LegalPeriod(
            PeriodRule.ANSWER, receipt.day, last_day, (*one_month, rejected_step), extension_counts=False
        )
    accepted_step = CalculationStep(f"extension-in-time.{rules.step_suffix}", extension.day, rules.citation)
    three_months = (
        *one_month,
        accepted_step,
        *_month_end_steps(receipt.day, 3, rules, f"three-months.{rules.step_suffix}"),
        *_working_day_steps(receipt.day, 3, rules, holiday_lookup),
    )
    return LegalPeriod(PeriodRule.ANSWER, receipt.day, three_months[-1].day, three_months, extension_counts=True)


def information_period(
    law: str, receipt: Receipt, holiday_lookup: HolidayLookup, extension: Extension | None = None
) -> LegalPeriod | None:
    """The time for the answer to a question about one's own data (GDPR Art. 15); None where no law sets one.

    Where the GDPR or the UK GDPR holds it is the month of Art. 12(3), which can be extended as for an objection; in
    Switzerland 30 days (FADP Art. 25(7)).
    """
    if law == "fadp":
        last_day = receipt.day + 30 * _DAY
        return LegalPeriod(
            PeriodRule.INFORMATION,
            receipt.day,
            last_day,
            (receipt.step, CalculationStep("thirty-days.ch", last_day, "FADP Art. 25(7), DPO Art. 18")),
        )
    period = answer_period(law, receipt, holiday_lookup, extension)
    return period._replace(rule=PeriodRule.INFORMATION) if period else None


def acknowledgement_period(law: str, receipt: Receipt) -> LegalPeriod | None:
    """The 30 days in which Meta must acknowledge a complaint made to it; None outside the UK and before 19 June 2026.

    Data Protection Act 2018 s.164A: the days begin when the complaint is received, so the day of receipt is the first.
    """
    if law != "uk-gdpr" or receipt.day < _ACKNOWLEDGEMENT_DUTY_SINCE:
        return None
    last_day = receipt.day + 29 * _DAY
    step = CalculationStep("thirty-days.uk", last_day, "Data Protection Act 2018 s.164A")
    return LegalPeriod(PeriodRule.ACKNOWLEDGEMENT, receipt.day, last_day, (receipt.step, step))


def authority_period(law: str, receipt: Receipt, holiday_lookup: HolidayLookup, place: str) -> LegalPeriod | None:
    """The three months after which a court can be asked to move an authority that was silent; None outside the GDPR.

    GDPR Art. 78(2), counted as above with the holidays of `place`, the state in which the authority has to act.
    """
    if law != "gdpr":
        return None
    rules = _MonthRules("authority", "GDPR Art. 78(2)", _EU_COUNTING_CITATION, _EU_MOVING_CITATION, place)
    steps = (
        receipt.step,
        *_month_end_steps(receipt.day, 3, rules, "three-months.authority"),
        *_working_day_steps(receipt.day, 3, rules, holiday_lookup),
    )
    last_day = steps[-1].day
    if receipt.day >= _CROSS_BORDER_RULES_SINCE:
        steps = (*steps, CalculationStep("cross-border", last_day, "Regulation (EU) 2025/2518"))
    return LegalPeriod(PeriodRule.AUTHORITY, receipt.day, last_day, steps)


def months_after(day: date, months: int) -> date:
    """The day that ends a period of whole months: the same number, or the month's last day where there is none.

    Received 5 March: 5 April; 31 January: 28 or 29 February (Regulation 1182/71 Art. 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last_of_month = first_of_next - _DAY
    return last_of_month.replace(day=min(day.day, last_of_month.day))


def next_mailbox_check(filed: datetime, checked_at: datetime | None) -> datetime | None:
    """The time of the next mailbox check, or None after the last one.

    `checked_at` is when the person last checked and found nothing.
    """
    return next(
        (filed + delay for delay in MAILBOX_CHECK_DELAYS if checked_at is None or filed + delay > checked_at), None
    )


def _month_end_steps(start: date, months: int, rules: _MonthRules, statement: str = "") -> Iterator[CalculationStep]:
    """The step to the end of the months, and another one where the last month has no such day."""
    end = months_after(start, months)
    yield CalculationStep(statement or f"month.{rules.step_suffix}", end, rules.citation)
    if end.day != start.day:
        yield CalculationStep(
            f"short-month.{'uk' if rules.step_suffix == 'uk' else 'eea'}", end, rules.counting_citation
        )


def _working_day_steps(
    start: date, months: int, rules: _MonthRules, holiday_lookup: HolidayLookup
) -> Iterator[CalculationStep]:
    """The steps that move the end past Saturdays, Sundays and public holidays, in order."""
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
