"""What is said of where a letter goes: the form or authority that takes it, the addresses that are known, the language."""

from collections.abc import Iterator

from metaoptout_tui.app.letters.letter_from_diary import (
    LetterContext,
    complaint_addressee,
    facts_of_letter,
    is_to_authority,
    law_of_letter,
)
from metaoptout_tui.app.letters.letter_sender import CONTROLLER
from metaoptout_tui.app.letters.letters import LetterDraft, is_to_people
from metaoptout_tui.core.guidance.basis import format_sureness
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, ObjectionForm, StatementRole
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.letters.authority_facts import unchecked_address
from metaoptout_tui.core.letters.letter_facts_of_diary import LOG_IN_LOST
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.documents.letters import addressee_of


def letter_notes(letter: LetterDraft, *, with_place: bool, with_warnings: bool, names_page: bool = True) -> str:
    """The notes on the language of a letter, where to send it, and what to take care of in sending it, one a line.

    Of a complaint the page for complaints too, unless that was told before the letter was chosen (`names_page`).
    """
    if is_to_authority(letter.id):  # where a complaint goes is told in the list, before it is chosen
        is_first = _is_complaint(letter.id)
        contact = "" if is_first else place_to_send(letter.context, letter.id, letter.account_id)
        authority = complaint_addressee(letter.context, letter.account_id).authority
        unchecked = unchecked_address(authority, names_complaint_page=is_first and names_page)
        notes = [contact, unchecked, language_note(letter.context, letter.id, letter.account_id, letter.language)]
    else:
        place = [place_to_send(letter.context, letter.id, letter.account_id)] if with_place else []
        warnings = address_notes(letter.context, letter.id, letter.account_id, "warn") if with_warnings else ()
        notes = [*place, *warnings]
    return "\n".join(filter(None, (_words_on_typed_address(letter), _words_on_lost_mail(letter), *notes)))


def _words_on_typed_address(letter: LetterDraft) -> str:
    """That Meta's company and address stand in a letter as the person typed them in one; empty where they did not."""
    from_diary, prefilled = letter.from_diary_alone.placeholders, letter.prefilled.placeholders
    if CONTROLLER not in from_diary or CONTROLLER in prefilled:
        return ""
    return _(
        "Meta's company and address stand here as you typed them in a letter. If they are wrong, change them here."
    )


def _words_on_lost_mail(letter: LetterDraft) -> str:
    """That a letter about an account the person lost names one mail address, perhaps lost too; empty for any other."""
    status = letter.context.session.view.require_status(letter.account_id)
    is_lost = status.why_no_log_in in LOG_IN_LOST and not status.account.is_from_elsewhere
    if not is_lost or is_to_people(letter.id):
        return ""
    facts = facts_of_letter(letter.context, letter.account_id, letter.id)
    if not facts.email or facts.answer_to:
        return ""
    words = _("It names only {email}. If you can no longer read mail there, add an address that you can read.")
    return words.format(email=facts.email)


def _is_complaint(letter_id: str) -> bool:
    """Whether a letter to an authority is the complaint itself; any other is about one that is there already."""
    return EVENT_KIND_BY_LETTER.get(letter_id) == EventKind.COMPLAINED_TO_AUTHORITY


_ANSWER_TO_AUTHORITY = "authority-answer"
_CONTACT_IN_ITS_LETTER = mark(
    "Send it to the contact in the authority's letter, by the way named there, and give the reference of that letter."
)


def contact_form(context: LetterContext, letter_id: str, account_id: str) -> ObjectionForm | None:
    """The form of Meta's by which a letter to it can be sent online; None for any other letter, or where none is known."""
    if addressee_of(letter_id) != "meta":
        return None
    platform = context.session.account(account_id).platform
    forms = context.session.playbook.forms_for(platform=platform, region=_region_of(context, letter_id, account_id))
    return next((form for form in forms if form.id == _CONTACT_FORM_ID), None)


_CONTACT_FORM_ID = "privacy-contact"


def place_to_send(context: LetterContext, letter_id: str, account_id: str) -> str:
    """Where a letter can be sent online: to Meta with how sure that is, or to the authority; empty where none is known."""
    if is_to_authority(letter_id):
        if _is_complaint(letter_id):
            return authority_place(context, account_id)
        return _place_about_complaint(context, letter_id, account_id)
    form = contact_form(context, letter_id, account_id)
    if form is None:
        return ""
    words = _("Online, Meta's privacy contact takes it: {address} ({sureness})")
    return words.format(address=form.url, sureness=format_sureness(form.basis))


def authority_place(context: LetterContext, account_id: str) -> str:
    """To which authority a complaint goes, and on which page or at which address; empty where none is known."""
    authority = complaint_addressee(context, account_id).authority
    if authority is None:
        return ""
    if authority.complaint_page:
        words, place = (
            _("It goes to {authority}, on its page for complaints or by post: {place}"),
            authority.complaint_page,
        )
    elif authority.emails:
        words, place = _("It goes to {authority}, by e-mail or by post: {place}"), authority.emails[0]
    else:
        words, place = _("It goes to {authority}, by post; its main site: {place}"), authority.website
    return words.format(authority=authority.full_name, place=place)


def _place_about_complaint(context: LetterContext, letter_id: str, account_id: str) -> str:
    """Where a letter about a complaint goes that is there already; its page for complaints would begin a new one."""
    status = context.session.view.require_status(account_id)
    if letter_id == _ANSWER_TO_AUTHORITY or context.session.view.letter_facts(status).authority_wrote is not None:
        return _(_CONTACT_IN_ITS_LETTER)
    authority = complaint_addressee(context, account_id).authority
    if authority is None:
        return _(_IF_IT_WROTE)
    if authority.emails:
        words, place = _("Otherwise it goes to {authority}, by e-mail or by post: {place}"), authority.emails[0]
    else:
        words, place = _("Otherwise it goes to {authority}, by post; its main site: {place}"), authority.website
    return f"{_(_IF_IT_WROTE)} {words.format(authority=authority.full_name, place=place)}"


_IF_IT_WROTE = mark(
    "If the authority wrote to you, send it to the contact in its letter, with the reference of that letter."
)


def address_notes(
    context: LetterContext, letter_id: str, account_id: str, role: StatementRole | None = None
) -> Iterator[str]:
    """What the guidance says on where to send a letter to Meta, with how sure that is; nothing for any other letter."""
    if addressee_of(letter_id) != "meta":
        return
    playbook, region = context.session.playbook, _region_of(context, letter_id, account_id)
    for statement in playbook.statements_for(step="letter", platform="", region=region, role=role):
        yield f"{playbook.texts.sentence(statement.id)} ({format_sureness(statement.basis)})"


def _region_of(context: LetterContext, letter_id: str, account_id: str) -> str:
    """The region of the law that a letter cites."""
    law = law_of_letter(context, letter_id, account_id)
    return next((region.id for region in context.session.playbook.regions if region.law == law), "")


def language_note(context: LetterContext, letter_id: str, account_id: str, language: str) -> str:
    """A note on the language of a letter to an authority; empty for any other letter."""
    if not is_to_authority(letter_id):
        return ""
    addressee = complaint_addressee(context, account_id)
    authority = addressee.local_authority
    if authority is None:
        return _("No authority is known for where you live; its name is left open.")
    takes = (
        _("It takes complaints in {languages} (one list).")
        if addressee.authority
        else _("Your Land decides which authority takes it, so the name is left open. It takes {languages} (one list).")
    ).format(languages=authority.complaint_languages)
    if language in authority.languages:
        includes_english = LetterDraft(context, account_id, letter_id, language).includes_english
        advice = _("The English goes along after it when you copy, save or mail it.") if includes_english else ""
    elif language == "en" and "english-accepted" in authority.note_ids:
        advice = _("Another list says English too.")
    elif any(code in CONTENT_LANGUAGES for code in authority.languages):
        advice = _("Take that language, or ask whether it takes this one.")
    else:
        advice = _("No letter here is written in that: have this translated, or ask whether it takes English.")
    return f"{takes} {advice}".rstrip()
