"""What goes into each field of Meta's form, which addresses there are for it, and whether one is another account's."""

from collections.abc import Iterator, Mapping

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import FormField
from metaoptout_tui.core.language.translation import gettext as _


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
            return _("Yes")
        case _:
            return ""


def is_email_of_welcome(session: Session, account_id: str) -> bool:
    """Whether the address for the form is that of the first start, which nobody said is this account's own."""
    account, person = session.account(account_id), session.record.person
    is_chosen = bool(session.diary.objection_draft(account_id).email or account.email_last_sent_with)
    is_of_account = bool(account.email) and not account.is_from_elsewhere
    return not is_chosen and is_of_account and account.email == person.email


def sentences_before_sending(session: Session, account_id: str, question_about_email: str) -> Iterator[str]:
    """With what the objection is recorded; the question is asked where the address is that of the first start."""
    prepared = session.diary.prepared_objection(account_id)
    if prepared.email:
        yield _("With {email}.").format(email=prepared.email)
    else:
        yield _("Without an e-mail address: choose one first if you can.")
    if is_email_of_welcome(session, account_id):
        yield question_about_email
    if prepared.reason:
        yield _("With a reason.")
    elif session.account(account_id).is_from_elsewhere:
        yield _("Without a reason. Meta says that it reviews each request sent with this form.")
    else:
        yield _("Without a reason, which is fine.")


def email_choices(session: Session, account_id: str) -> dict[str, str]:
    """The addresses to choose from for the form, the account's first, each with what the program knows of it."""
    account, person = session.account(account_id), session.record.person
    prepared = session.diary.prepared_objection(account_id).email
    origins = {
        account.email_last_sent_with: _("you sent with it last"),
        account.email: _("this account's own"),
        person.email: _("the one you typed at the start"),
    }
    addresses = filter(None, (account.email, prepared, *session.record.all_emails()))
    return {address: origins.get(address, "") for address in dict.fromkeys(addresses)}
