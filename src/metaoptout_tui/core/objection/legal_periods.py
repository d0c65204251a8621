"""Calculates legal periods step by step.

A period has a first day, a last day and every calculation step between, so that a person can follow the calculation and
the rule of each step. The text and the sources of a step are the statement `period.NAME` of the playbook.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.vocabulary import PeriodKind

HolidayLookup = Callable[[str, date], str]
"""The name of the public holiday on a day in a place, empty for none. Places are `IE`, `NL`, `GB-ENG`, `DE-HH`."""

_DAY = timedelta(days=1)
_SATURDAY = 5
_ACKNOWLEDGEMENT_DUTY_SINCE, _CROSS_BORDER_RULES_SINCE = date(2026, 6, 19), date(2027, 4, 2)
UK_ARTICLE_12A_SINCE = date(2026, 2, 5)  # what Meta received before is not under it


class CalculationStep(NamedTuple):
    """One step of a calculation: its statement `period.STATEMENT`, the resulting day, and the citation of its law.

    `citation`, in English, is empty where no law sets the step; `holiday` is the name of the holiday that moved the day.
    """

    statement: str
    day: date
    citation: str = ""
    holiday: str = ""


_LETTER_POSTED, _LETTER_ASSUMED, _ANSWER_ASSUMED = "letter-posted", "letter-assumed", "answer-assumed"
LETTER_ANSWERED: Final = "letter-answered"
_UNCERTAIN = {_LETTER_POSTED, _LETTER_ASSUMED, LETTER_ANSWERED, _ANSWER_ASSUMED}

PERIOD_STATEMENTS = (
    *(*PeriodKind, "authority.uk"),
    *("form-sent", "form-completed", "letter-arrived", _LETTER_POSTED, _LETTER_ASSUMED, LETTER_ANSWERED, "sent-again"),
    *("identity-answered.eea", "identity-answered.uk", "identity-open.eea", "identity-open.uk", _ANSWER_ASSUMED),
    *("month.eea", "month.uk", "short-month.eea", "short-month.uk", "month-alone", "pause.uk", "pause-open.uk"),
    *("weekend.eea", "weekend.uk", "holiday.eea", "holiday.uk", "holiday.authority"),
    *("extension-in-time.eea", "extension-in-time.uk", "extension-late.eea", "extension-late.uk"),
    *("extension-unreasoned.eea", "extension-unreasoned.uk", "extension-unsettled"),
    *("three-months.eea", "three-months.uk", "three-months.authority", "three-months.regulator"),
    *("acknowledgement-days.uk", "thirty-days.ch", "cross-border", "last-contact.uk", "three-months.contact"),
)
"""Every kind of period and every step: a playbook has the statement `period.NAME` for each."""


class Receipt(NamedTuple):
    """The day from which a period counts, and the step that explains it."""

    day: date
    step: CalculationStep

    @property
    def is_certain(self) -> bool:
        """Whether the day is known; not where it is the day of posting, or this program's assumption."""
        return self.step.statement not in _UNCERTAIN


class Extension(NamedTuple):
    """Meta's announcement of an extension: its day, and whether it gave reasons, as it must (GDPR Art. 12(3))."""

    day: date
    has_reasons: bool = True


class MetaQuestion(NamedTuple):
    """A question of Meta that may hold up its time. `answered` is the day it had an answer or went on without; None before."""

    asked: date
    answered: date | None
    is_for_identity: bool
    is_arrival_assumed: bool = False


ExtensionDefect = Literal["", "late", "unreasoned"]


class LegalPeriod(NamedTuple):
    """A period that the law sets: its first and last day, and the steps of its calculation.

    `extension_counts` is whether an extension was announced in time and with reasons; None where none was announced, or
    where that depends on an arrival that is not known. While it `is_on_hold`, it waits for the person's answer to a
    question of Meta; `last_day_without_question` is its last day if that question, who the person is, was not really
    needed. `later_end` is its last day if another question holds it up (`doubtful_ends`), the earliest one while
    `is_later_end_open`. None where the law says otherwise, or the day is not known.
    """

    kind: PeriodKind
    first_day: date
    last_day: date
    calculation: tuple[CalculationStep, ...]
    extension_counts: bool | None = None
    is_on_hold: bool = False
    last_day_without_question: date | None = None
    later_end: date | None = None
    is_later_end_open: bool = False

    @property
    def last_possible_day(self) -> date:
        """The last day whichever way it is counted; without a question that is open."""
        return self.last_day if self.later_end is None or self.is_later_end_open else self.later_end

    @property
    def is_end_open(self) -> bool:
        """Whether `last_day` is only the earliest possible: Meta waits for an answer, or a letter may be on its way."""
        return self.is_on_hold or self.calculation[0].statement == _LETTER_POSTED

    @property
    def is_end_certain(self) -> bool:
        """Whether `last_day` may be named to others: it is no earliest possible day and rests on no assumption."""
        return not self.is_end_open and _UNCERTAIN.isdisjoint(step.statement for step in self.calculation)

    @property
    def purpose(self) -> str:
        """NAME of the statement `period.NAME` that says what the period is for: its kind, in the UK a name of its own."""
        is_of_uk_authority = any(step.statement == "three-months.regulator" for step in self.calculation)
        return f"{self.kind}.uk" if is_of_uk_authority else self.kind

    @property
    def opens_right(self) -> date | None:
        """The day from which a court or tribunal is open to the person; None for a period that is a time limit."""
        return self.last_day + _DAY if self.kind is PeriodKind.AUTHORITY else None

    @property
    def extension_defect(self) -> ExtensionDefect:
        """Why an extension does not count: it was announced too late, or without reasons; empty for no such reason."""
        statements = [step.statement.partition(".")[0] for step in self.calculation]
        if "extension-late" in statements:
            return "late"
        return "unreasoned" if "extension-unreasoned" in statements else ""

    def is_over(self, today: date) -> bool:
        """Whether the whole last day has passed; never while the end is open, nor of an authority's wish, which is no bar."""
        is_bar = self.kind is not PeriodKind.COMPLAINT_TO_AUTHORITY
        return is_bar and not self.is_end_open and today > self.last_possible_day


class _MonthRules(NamedTuple):
    """How a law counts months: the region in its steps' names, its citations, and the place whose holidays count.

    Where `has_pauses`, the days in which Meta waits for a clarification do not count.
    """

    region: str
    citation: str
    counting_citation: str
    moving_citation: str
    holiday_place: str
    holiday_statement: str
    identity_citation: str = ""
    has_pauses: bool = False


_EEA_CITATIONS = (
    *(mark("GDPR Art. 12(3)"), mark("Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c)")),
    mark("Regulation (EEC, Euratom) 1182/71 Art. 3(4), 2(1)"),
)
_EEA_RULES = _MonthRules("eea", *_EEA_CITATIONS, "IE", "holiday.eea", mark("EDPB Guidelines 01/2022, by analogy"))
_UK_ARTICLES = mark("UK GDPR Art. 12(3) and 12A")
_UK_RULES = _MonthRules(
    "uk", _UK_ARTICLES, _UK_ARTICLES, _UK_ARTICLES, "GB-ENG", "holiday.uk", _UK_ARTICLES, has_pauses=True
)
_UK_OLD = mark("UK GDPR Art. 12(3)")
_UK_RULES_BEFORE_12A = _MonthRules("uk", _UK_OLD, _UK_OLD, _UK_OLD, "GB-ENG", "holiday.uk", mark("UK GDPR Art. 12(6)"))
_RULES_BY_LAW = {"gdpr": _EEA_RULES, "uk-gdpr": _UK_RULES}


def receipt_of(
    sent: date,
    *,
    by_letter: bool = False,
    arrived: date | None = None,
    assumed_days: int | None = None,
    completed: date | None = None,
) -> Receipt:
    """The day of receipt: a web form's is the day it was sent, a letter's the day it arrived.

    A letter whose arrival is not known counts from the day of posting, the earliest possible, or as arrived
    `assumed_days` later. A form with a code or link counts from the day on which it was `completed`. The step says which.
    """
    if arrived is not None and arrived >= sent:
        return Receipt(arrived, CalculationStep("letter-arrived", arrived))
    if by_letter and assumed_days is not None:
        day = sent + assumed_days * _DAY
        return Receipt(day, CalculationStep(_LETTER_ASSUMED, day))
    if completed is not None and completed >= sent:
        return Receipt(completed, CalculationStep("form-completed", completed))
    return Receipt(sent, CalculationStep(_LETTER_POSTED if by_letter else "form-sent", sent))


def answer_period(
    law: str,
    receipt: Receipt,
    holiday_lookup: HolidayLookup,
    extension: Extension | None = None,
    meta_questions: tuple[MetaQuestion, ...] = (),
) -> LegalPeriod | None:
    """Meta's time to answer an objection: one month, or three after an extension; None where no law sets one.

    GDPR Art. 12(3), counted by Regulation (EEC, Euratom) 1182/71 with the holidays of Ireland, where Meta Platforms
    Ireland has to act; UK GDPR Art. 12(3) and 12A as the ICO reads it, with the bank holidays of England and Wales. What
    comes after the month, and an `extension` without reasons, changes nothing. The month begins with the identity that Meta
    asked for (EEA: by analogy with EDPB Guidelines 01/2022); days of clarification do not count under Art. 12A.
    """
    rules = _RULES_BY_LAW.get(law)
    if rules is None:
        return None
    if law == "uk-gdpr" and receipt.day < UK_ARTICLE_12A_SINCE:
        rules = _UK_RULES_BEFORE_12A
    count = _MonthCount(receipt, rules, holiday_lookup)
    events: list[tuple[date, int, MetaQuestion | Extension]] = [
        (question.asked, 0, question) for question in meta_questions if question.is_for_identity or rules.has_pauses
    ]
    if extension is not None:
        events.append((extension.day, 1, extension))
    for _day, _order, event in sorted(events, key=lambda dated: dated[:2]):
        if isinstance(event, MetaQuestion):
            count.hold_up(event)
        else:
            count.extend(event)
    return count.period()


class _MonthCount:
    """Counts Meta's time to answer, with its questions and its extension in the order in which they came."""

    def __init__(self, receipt: Receipt, rules: _MonthRules, holiday_lookup: HolidayLookup) -> None:
        self._rules, self._holiday_lookup = rules, holiday_lookup
        self._start, self._months = receipt.day, 1
        self._is_on_hold = self._is_paused = False
        self._paused_days: set[date] = set()
        self._steps = [receipt.step]
        self._extension_counts: bool | None = None
        self._rejection = ""

    def hold_up(self, question: MetaQuestion) -> None:
        """Let the month begin later, or pause it, if the question came in time."""
        if not self._is_on_hold and question.asked > self._last_day():
            return
        answered = question.asked if question.answered is None else max(question.answered, question.asked)
        self._is_on_hold |= question.answered is None
        self._steps += [CalculationStep(_ANSWER_ASSUMED, answered)] if question.is_arrival_assumed else []
        if question.is_for_identity:
            self._start = max(self._start, answered)
            name = f"identity-{'open' if question.answered is None else 'answered'}.{self._rules.region}"
            self._steps.append(CalculationStep(name, self._start, self._rules.identity_citation))
        else:
            # The day of the question and that of the answer do not count either.
            self._is_paused |= question.answered is None
            self._paused_days |= {question.asked + days * _DAY for days in range((answered - question.asked).days + 1)}

    def extend(self, extension: Extension) -> None:
        """Extend by two months, if the announcement came in time and with reasons."""
        region, last_day = self._rules.region, self._last_day()
        if extension.day > last_day and not _UNCERTAIN.isdisjoint(step.statement for step in self._steps):
            self._rejection = "extension-unsettled"
        elif extension.day > last_day or not extension.has_reasons:
            defect: ExtensionDefect = "late" if extension.day > last_day else "unreasoned"
            self._extension_counts, self._rejection = False, f"extension-{defect}.{region}"
        else:
            self._extension_counts = True
            in_time = CalculationStep(f"extension-in-time.{region}", extension.day, self._rules.citation)
            self._steps += [*self._end_steps(), in_time]
            self._months = 3

    def period(self) -> LegalPeriod:
        """The period, as counted so far."""
        steps, last_day = [*self._steps, *self._end_steps()], self._last_day()
        if self._rejection:
            steps.append(CalculationStep(self._rejection, last_day, self._rules.citation))
        return LegalPeriod(
            PeriodKind.ANSWER, self._start, last_day, tuple(steps), self._extension_counts, is_on_hold=self._is_on_hold
        )

    def _last_day(self) -> date:
        return self._end_steps()[-1].day

    def _end_steps(self) -> list[CalculationStep]:
        """The steps to the end of the months, past the pauses, and on to a working day."""
        rules = self._rules
        statement = f"month.{rules.region}" if self._months == 1 else f"three-months.{rules.region}"
        steps = [*_month_end_steps(self._start, self._months, rules, statement)]
        pause = sum(1 for day in self._paused_days if day >= self._start)
        if pause or self._is_paused:
            statement = f"pause-open.{rules.region}" if self._is_paused else f"pause.{rules.region}"
            steps.append(CalculationStep(statement, steps[-1].day + pause * _DAY, rules.citation))
        return [*steps, *_working_day_steps(steps[-1].day, rules, self._holiday_lookup)]


def inquiry_period(
    law: str,
    receipt: Receipt,
    holiday_lookup: HolidayLookup,
    extension: Extension | None = None,
    meta_questions: tuple[MetaQuestion, ...] = (),
) -> LegalPeriod | None:
    """The time for the answer to an inquiry (GDPR Art. 15); None where no law sets one.

    Where the GDPR or the UK GDPR holds it is the month of an objection, which can be extended and held up as that can;
    in Switzerland 30 days (FADP Art. 25(7)).
    """
    if law == "fadp":
        step = CalculationStep("thirty-days.ch", receipt.day + 30 * _DAY, mark("FADP Art. 25(7), DPO Art. 18"))
        return LegalPeriod(PeriodKind.INQUIRY, receipt.day, step.day, (receipt.step, step))
    period = answer_period(law, receipt, holiday_lookup, extension, meta_questions)
    return period._replace(kind=PeriodKind.INQUIRY) if period else None


def acknowledgement_period(law: str, receipt: Receipt, holiday_lookup: HolidayLookup) -> LegalPeriod | None:
    """The 30 days in which Meta must acknowledge a complaint made to it; None outside the UK and before 19 June 2026.

    Data Protection Act 2018 s.164A as the ICO reads it: the day after receipt is the first day, and an end on a weekend
    or a bank holiday of England and Wales moves to the next working day.
    """
    if law != "uk-gdpr" or receipt.day < _ACKNOWLEDGEMENT_DUTY_SINCE:
        return None
    citation = mark("Data Protection Act 2018 s.164A")
    rules = _UK_RULES._replace(moving_citation=citation)
    step = CalculationStep("acknowledgement-days.uk", receipt.day + 30 * _DAY, citation)
    steps = (receipt.step, step, *_working_day_steps(step.day, rules, holiday_lookup))
    return LegalPeriod(PeriodKind.ACKNOWLEDGEMENT, receipt.day, steps[-1].day, steps)


def authority_period(law: str, receipt: Receipt, holiday_lookup: HolidayLookup, place: str) -> LegalPeriod | None:
    """The three months after which a court can be asked to move an authority that was silent; None elsewhere.

    GDPR Art. 78(2), counted as above with the holidays of `place`, the state in which the authority has to act; in the
    UK it is a tribunal (Data Protection Act 2018 s.166), and the bank holidays of England and Wales count.
    """
    if law == "gdpr":
        rules = _EEA_RULES._replace(
            citation=mark("GDPR Art. 78(2)"), holiday_place=place, holiday_statement="holiday.authority"
        )
        statement = "three-months.authority"
    elif law == "uk-gdpr":
        citation = mark("Data Protection Act 2018 s.166")
        rules = _UK_RULES._replace(citation=citation, counting_citation=citation, moving_citation=citation)
        statement = "three-months.regulator"
    else:
        return None
    month_steps = (*_month_end_steps(receipt.day, 3, rules, statement),)
    steps = (receipt.step, *month_steps, *_working_day_steps(month_steps[-1].day, rules, holiday_lookup))
    last_day = steps[-1].day
    if law == "gdpr" and receipt.day >= _CROSS_BORDER_RULES_SINCE:
        steps = (*steps, CalculationStep("cross-border", last_day, mark("Regulation (EU) 2025/2518")))
    return LegalPeriod(PeriodKind.AUTHORITY, receipt.day, last_day, steps)


def authority_complaint_period(law: str, last_contact: date) -> LegalPeriod | None:
    """The three months after the last contact with Meta in which the UK's authority wants complaints; None elsewhere.

    No law sets it, and a later complaint is not barred.
    """
    if law != "uk-gdpr":
        return None
    rules = _UK_RULES._replace(citation="", counting_citation="")
    steps = (
        CalculationStep("last-contact.uk", last_contact),
        *_month_end_steps(last_contact, 3, rules, "three-months.contact"),
    )
    return LegalPeriod(PeriodKind.COMPLAINT_TO_AUTHORITY, last_contact, steps[-1].day, steps)


def months_after(day: date, months: int) -> date:
    """The day that ends a period of whole months: the same number, or the month's last day where there is none.

    Received 5 March: 5 April; 31 January: 28 or 29 February (Regulation 1182/71 Art. 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last_of_month = first_of_next - _DAY
    return last_of_month.replace(day=min(day.day, last_of_month.day))


def _month_end_steps(start: date, months: int, rules: _MonthRules, statement: str) -> Iterator[CalculationStep]:
    """The step to the end of the months, and another one where the last month has no such day."""
    end = months_after(start, months)
    yield CalculationStep(statement, end, rules.citation)
    if end.day != start.day:
        yield CalculationStep(f"short-month.{rules.region}", end, rules.counting_citation)


def _working_day_steps(day: date, rules: _MonthRules, holiday_lookup: HolidayLookup) -> Iterator[CalculationStep]:
    """The steps that move an end past Saturdays, Sundays and public holidays, in order."""
    while True:
        if day.weekday() >= _SATURDAY:
            day += (7 - day.weekday()) * _DAY
            yield CalculationStep(f"weekend.{rules.region}", day, rules.moving_citation)
        elif name := holiday_lookup(rules.holiday_place, day):
            day += _DAY
            yield CalculationStep(rules.holiday_statement, day, rules.moving_citation, name)
        else:
            return
