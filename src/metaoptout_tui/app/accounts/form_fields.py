"""What goes into each field of Meta's form, which addresses and forms there are, and which form an objection was sent with."""

from collections.abc import Iterator, Mapping

from metaoptout_tui.app.record.undo_stack import RecordChange
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import FormField, ObjectionForm, StepId
from metaoptout_tui.core.language.formatting import with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.offers import words_of_offer
from metaoptout_tui.core.objection.tasks import OfferKind
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account, ObjectionDraft
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.vocabulary import FORM
from metaoptout_tui.core.text import first_sentences

FORM_NOT_KNOWN = "not-known"
"""What is chosen where the person does not know with which form an objection was sent."""


def value_of_field(
    session: Session, account_id: str, field: FormField, country_names: Mapping[str, tuple[str, ...]]
) -> str:
    """What the person can copy into a field of the form for an account; empty where the program knows nothing."""
    prepared = session.diary_service.prepared_objection(account_id)
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
    is_chosen = bool(session.diary_service.objection_draft(account_id).email or account.email_last_sent_with)
    is_chosen |= any(
        event.text("to") == account.email for event in account.events if event.kind == EventKind.EMAIL_CHANGED
    )
    is_of_account = bool(account.email) and not account.is_from_elsewhere
    return not is_chosen and is_of_account and account.email == person.email


def words_without_log_in(session: Session, account_id: str) -> str:
    """That the form is of no use for an account that the person cannot log in to, and what is; empty for any other.

    Source: the statement `no-login.unknown` of the playbook.
    """
    if session.view.require_status(account_id).why_no_log_in is None:
        return ""
    needs_log_in = first_sentences(session.playbook.texts.sentence("no-login.unknown"), 0)
    words = _("Without one: “{offer}”, in the list of steps.")
    return f"{needs_log_in} {words.format(offer=words_of_offer(OfferKind.NO_LOG_IN))}"


def sentences_before_sending(session: Session, account_id: str, doubt_about_email: str) -> Iterator[str]:
    """With what the objection is recorded; the doubt is said where the address is that of the first start."""
    prepared = session.diary_service.prepared_objection(account_id)
    if prepared.form_id:
        form = session.playbook.texts.sentence(f"form.{prepared.form_id}")
        yield with_full_stop(_("Noted form: {form}").format(form=form))
    if prepared.email:
        yield _("With {email}.").format(email=prepared.email)
    else:
        yield _("Without an e-mail address: choose one first if you can.")
    if is_email_of_welcome(session, account_id):
        yield doubt_about_email
    if prepared.reason:
        yield _("With a reason.")
    elif session.account(account_id).is_from_elsewhere:
        yield _("Without a reason. Meta says that it reviews each request sent with this form.")
    elif (other := account_with_reason(session, account_id)) is not None:
        words = _("Without a reason, which is fine; for {account} you wrote one.")
        yield words.format(account=account_name(other, session.playbook))
    else:
        yield _("Without a reason, which is fine.")


def email_choices(session: Session, account_id: str) -> dict[str, str]:
    """The addresses to choose from for the form, each with what the program knows of it.

    One that is known to be the account's own stands first, then those that objections were sent with, the last first.
    """
    account, person = session.account(account_id), session.record.person
    prepared = session.diary_service.prepared_objection(account_id).email
    own = () if account.email == person.email else (account.email,)
    sent = _addresses_sent_with(session)
    origins = {
        **dict.fromkeys(sent[:1], _("last used")),
        account.email_last_sent_with: _("last used"),
        account.email: _("this account's own"),
        person.email: _("the one you typed at the start"),
    }
    addresses = filter(None, (*own, account.email_last_sent_with, *sent, prepared, *session.record.all_emails()))
    return {address: origins.get(address, "") for address in dict.fromkeys(addresses)}


def _addresses_sent_with(session: Session) -> list[str]:
    """The addresses that objections of any account were last sent with, the newest first."""
    sent = [
        max(events, key=lambda event: event.at)
        for account in session.record.accounts
        if (events := [event for event in events_in_force(account.events) if event.kind == EventKind.FILED])
    ]
    addresses = (event.text("email") for event in sorted(sent, key=lambda event: event.at, reverse=True))
    return [address for address in addresses if address]


def account_with_reason(session: Session, account_id: str) -> Account | None:
    """The other account whose reason can be taken over: one that is written, else the one that was sent last."""
    others = [each for each in session.record.accounts if each.id != account_id and not each.is_from_elsewhere]
    if session.account(account_id).is_from_elsewhere:
        return None
    return next((each for each in others if reason_of_other(session, each)), None)


def reason_of_other(session: Session, account: Account) -> str:
    """The reason that was written for an account: the one that is prepared, else the one that was sent last."""
    draft = session.diary_service.objection_draft(account.id).reason
    sent = [event.text("reason") for event in events_in_force(account.events) if event.kind == EventKind.FILED]
    return draft or next((reason for reason in reversed(sent) if reason), "")


def words_for_empty_reason(session: Session, account_id: str, key: str) -> str:
    """What stands in place of a reason: that it may stay empty, and the key that takes over the one of another account."""
    other = account_with_reason(session, account_id)
    if other is None:
        return _("may stay empty")
    # Translators: {key} is a key of the keyboard, {account} such as “Facebook “Anna””.
    words = _("empty; {key} takes that of {account}")
    return words.format(key=key, account=account_name(other, session.playbook))


TAKE_OVER, _WRITE_ANOTHER = "take-over", "write"


def reason_to_take_over(session: Session, account_id: str) -> ChoiceQuestion | None:
    """Whether to take over the reason of another account; None where this one has a reason, or no other has one."""
    other = account_with_reason(session, account_id)
    if other is None or session.diary_service.objection_draft(account_id).reason:
        return None
    take = _("Take the one of {account}").format(account=account_name(other, session.playbook))
    answers = ((TAKE_OVER, take), (_WRITE_ANOTHER, _("Write another one")))
    return ChoiceQuestion(_("Which reason?"), answers, "", (reason_of_other(session, other),))


def take_over_reason(session: Session, account_id: str) -> None:
    """Take over the reason of another account, as a change that undo takes back."""
    other = account_with_reason(session, account_id)
    if other is None:
        return
    theirs = session.diary_service.objection_draft(other.id)
    composed_of = theirs if theirs.reason else ObjectionDraft()
    draft = session.diary_service.objection_draft(account_id)._replace(
        reason=reason_of_other(session, other),
        checked_options=composed_of.checked_options,
        reason_language=composed_of.reason_language,
    )
    record = session.diary_service.with_objection_draft(session.record, account_id, draft)
    words = _("the reason for {account}").format(account=account_name(session.account(account_id), session.playbook))
    session.editor.apply_change(record, words, account_id, StepId.SUBMIT)


def note_changed_reason(session: Session, account_id: str, former: ObjectionDraft) -> None:
    """Let undo take back a reason that was written since the draft was the `former` one."""
    if session.diary_service.objection_draft(account_id).reason != former.reason:
        before = session.diary_service.with_objection_draft(session.record, account_id, former)
        words = _("the reason for {account}").format(
            account=account_name(session.account(account_id), session.playbook)
        )
        session.undo_stack.push(RecordChange(before, session.record, words, account_id, StepId.SUBMIT))


def forms_of_account(session: Session, account_id: str) -> tuple[ObjectionForm, ...]:
    """The forms for an account: first the one that the person chose, then the others in the order in which to try them."""
    status, chosen = (
        session.view.require_status(account_id),
        session.diary_service.prepared_objection(account_id).form_id,
    )
    forms = session.playbook.forms_for(platform=status.account.platform, region=status.region.id)
    return tuple(sorted(forms, key=lambda form: form.id != chosen))


def forms_to_choose(session: Session, account_id: str) -> Mapping[str, str]:
    """The forms that an objection can have been sent with, by id with their words; the last is that it is not known."""
    forms = forms_of_account(session, account_id)
    words = {form.id: session.playbook.texts.sentence(f"form.{form.id}") for form in forms}
    return {**words, FORM_NOT_KNOWN: _("I do not know which")}


def form_question(session: Session, account_id: str, event: Event) -> ChoiceQuestion:
    """With which form an objection was sent; the answer for Enter alone is what stands in the diary now."""
    answers = tuple(forms_to_choose(session, account_id).items())
    sentences = (with_full_stop(describe_event(event, session.playbook)),)
    return ChoiceQuestion(_("Which form was it?"), answers, event.text(FORM.name) or FORM_NOT_KNOWN, sentences)


def correct_form(session: Session, account_id: str, event_id: str, form: str) -> None:
    """Correct with which form an objection was sent: one of `forms_to_choose`."""
    session.diary_service.correct_event_text(account_id, event_id, FORM.name, "" if form == FORM_NOT_KNOWN else form)
