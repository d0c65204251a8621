"""The authority that takes a complaint: its pages, languages and address; its Land in Germany; and a complaint to it."""

from collections.abc import Iterator
from contextlib import suppress

from metaoptout_tui.app.diary_service import SentLetterInput
from metaoptout_tui.app.letters import sending_methods
from metaoptout_tui.core.guidance.authorities import Authority
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.sentences import SURENESS_WORDS, format_sureness, what_comes_next
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WentBack

_COUNTRY_WITH_LANDS = "DE"
_NO_LAND = "none"
_COMPLAINED, _LAND, _READY = "complained", "land", "ready"


def needs_land(context: PlainContext) -> bool:
    """Whether the person lives in Germany and did not say in which Land, on which the authority depends."""
    person = context.session.record.person
    return person.country == _COUNTRY_WITH_LANDS and not person.land


def choose_land(context: PlainContext) -> None:
    """Ask in which Land a person in Germany lives, and record it."""
    session = context.session
    options = [(authority.code, authority.land) for authority in context.authorities().land_authorities()]
    options.append((_NO_LAND, _("I leave it open")))
    help = (_("In Germany a complaint about a company goes to the authority of your Land."),)
    present = session.record.person.land or _NO_LAND
    chosen = context.dialogue.choose(_("In which Land do you live?"), options, default=present, help=help)
    land = "" if chosen == _NO_LAND else chosen
    if land != session.record.person.land:
        context.change(lambda: session.account_changes.set_land(land))


def tell_authority(context: PlainContext, account_id: str) -> None:
    """Tell what is to be known of the authority, and offer to record a complaint to it.

    In Germany the Land is asked first, on which the authority depends.
    """
    if needs_land(context) and not context.session.history.read_only_reason:
        with suppress(WentBack):
            choose_land(context)
    while True:
        person = context.session.record.person
        authority = context.authorities().authority_for(person.country, person.land)
        context.dialogue.part(*_authority_lines(context, authority))
        for words, address in _pages(context, authority):
            context.say(labelled(words))
            context.dialogue.copyable(address)
        options = [(_READY, _("Go back"))]
        if authority is not None:
            options.insert(0, (_COMPLAINED, _("I complained to it")))
        if person.country == _COUNTRY_WITH_LANDS:
            options.insert(0, (_LAND, _("Choose the Land that I live in")))
        chosen = context.dialogue.choose(_("What do you want to do?"), options, default=_READY)
        if chosen == _READY:
            return
        with suppress(WentBack):
            if chosen == _LAND:
                choose_land(context)
            elif authority is not None:
                _record_complaint(context, account_id, authority)
                return


def _authority_lines(context: PlainContext, authority: Authority | None) -> Iterator[str]:
    authorities, playbook = context.authorities(), context.playbook
    if authority is None:
        yield _("No authority is known for where you live.")
        yield authorities.sentence("fallback")
        return
    yield with_full_stop(authority.full_name)
    if authority.land:
        yield _("It is the authority of {land}.").format(land=authority.land)
    yield _("It takes complaints in {languages}, according to one public list.").format(
        languages=authority.complaint_languages
    )
    yield from authorities.remarks_on(authority)
    region = playbook.region_of_country(context.session.record.person.country)
    for statement in playbook.statements_for(step="region", platform="", region=region.id):
        if statement.id in (f"region.{region.id}.authority", f"region.{region.id}.complaint"):
            yield f"{playbook.texts.sentence(statement.id)} ({format_sureness(statement.basis)})"
    yield f"{authorities.sentence('contact')} ({_(SURENESS_WORDS[authority.contact.sureness])})"
    for line in authorities.contact_lines(authority):
        yield labelled(line.label, ", ".join(line.value.splitlines()))


def _pages(context: PlainContext, authority: Authority | None) -> Iterator[tuple[str, str]]:
    """The pages of the authority, each with what it is."""
    authorities = context.authorities()
    if authority is not None:
        if authority.complaint_page:
            yield _("Page for complaints"), authority.complaint_page
        yield _("Main site"), authority.website
        for page in authority.further_pages:
            yield authorities.sentence(f"also.{page.purpose}"), page.url
    region = context.playbook.region_of_country(context.session.record.person.country)
    if authority is None or region.law == "gdpr":
        yield _("All authorities of the EEA"), authorities.eea_list_page


def _record_complaint(context: PlainContext, account_id: str, authority: Authority) -> None:
    """Ask how and when a complaint without a letter of this program was made, and record it."""
    how = context.dialogue.choose(_("How did you complain?"), sending_methods())
    at = context.dialogue.write_moment(_("When did you complain?"), context.session.now)
    sent = SentLetterInput(
        EventKind.COMPLAINED_TO_AUTHORITY,
        at or context.session.now(),
        SENT_BY_LETTER if how == SENT_BY_LETTER else "",
        authority.full_name,
    )
    if context.change(lambda: context.session.diary.record_sent_letter(account_id, sent)):
        words = _("Recorded: complaint sent to {authority}.").format(authority=authority.full_name)
        context.say(words, what_comes_next(context.session.overview(), account_id, context.playbook))
