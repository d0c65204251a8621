"""What is asked where the person sets another country than before: since when, and where they lived when they sent something."""

from metaoptout_tui.app.record.country_entries import accounts_with_period
from metaoptout_tui.app.session import Session


def asks_since_when(session: Session, country: str) -> bool:
    """Whether to ask since when the person lives in another country: where something sent before has a legal period."""
    former = session.record.person.country
    return bool(former and country and country != former and accounts_with_period(session.record))


def asks_where_then(session: Session, country: str) -> bool:
    """Whether to ask where the person lived when they sent what stands in a diary: where no country was set before."""
    return bool(country and not session.record.person.country and accounts_with_period(session.record))
