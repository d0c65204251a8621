"""Legal periods and the times to look again, as dates (facts sections 3 and 3.1)."""

from datetime import date, datetime, timedelta

LOOKS = (timedelta(hours=1), timedelta(hours=24), timedelta(days=3))
"""When to look for Meta's mail after filing (facts section 9, rule 14)."""

_SATURDAY = 5
_LAWS_WITH_A_MONTH = frozenset({"gdpr", "uk-gdpr"})


def months_after(day: date, months: int) -> date:
    """The day that ends a period of whole months: the same number, or the month's last day where there is none.

    Received 5 March: 5 April; 31 January: 28 or 29 February (Regulation 1182/71 Art. 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def answer_due(filed: date, law: str) -> date | None:
    """The last day of the month in which Meta must answer (GDPR Art. 12(3)), or None where the law sets none.

    Moved off Saturdays and Sundays (Regulation 1182/71 Art. 3(4)). A public holiday may move it further: the day is
    never later than the true end by this count, so what follows from it is worded with that care.
    """
    if law not in _LAWS_WITH_A_MONTH:
        return None
    end = months_after(filed, 1)
    while end.weekday() >= _SATURDAY:
        end += timedelta(days=1)
    return end


def next_look(filed: datetime, looked: datetime | None) -> datetime | None:
    """The first time to look for the mail that has not been used up, or None after the last.

    `looked` is when the person last looked and found nothing.
    """
    return next((filed + wait for wait in LOOKS if looked is None or filed + wait > looked), None)
