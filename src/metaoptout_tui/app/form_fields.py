"""What goes into each field of Meta's form, and whether the address for it may be another account's."""

from collections.abc import Mapping

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import FormField


def value_of_field(
    session: Session, account_id: str, field: FormField, country_names: Mapping[str, tuple[str, ...]]
) -> str:
    """What the person can copy into a field of the form for an account; empty where the program knows nothing."""
    prepared = session.diary.prepared_objection(account_id)
    match field.fills:
        case "email":
            return prepared.email
        case "reason":
            return prepared.reason
        case "country":
            country = session.record.person.country
            return country_names.get(country, (country,))[0]
        case "yes":
            return "Yes"
        case _:
            return ""


def is_email_of_welcome(session: Session, account_id: str) -> bool:
    """Whether the address for the form is that of the first start, which nobody said is this account's own."""
    account, person = session.account(account_id), session.record.person
    is_chosen = bool(session.diary.objection_draft(account_id).email)
    return not is_chosen and bool(account.email) and account.email == person.email
