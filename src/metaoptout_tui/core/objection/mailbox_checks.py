"""When to check the mailbox for Meta's reply."""

from datetime import datetime, timedelta

MAILBOX_CHECK_DELAYS = (timedelta(hours=1), timedelta(hours=24), timedelta(days=3))
"""When to look for Meta's mail after filing."""


def next_mailbox_check(filed: datetime, checked_at: datetime | None) -> datetime | None:
    """The time of the next mailbox check, or None after the last one.

    `checked_at` is when the person last checked and found nothing.
    """
    return next(
        (filed + delay for delay in MAILBOX_CHECK_DELAYS if checked_at is None or filed + delay > checked_at), None
    )
