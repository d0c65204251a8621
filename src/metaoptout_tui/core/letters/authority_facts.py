"""What there is to know of the authority that takes a complaint, its pages, and the question for the German Land."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory
from metaoptout_tui.core.guidance.basis import SURENESS_WORDS, format_sureness
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.postal_address import with_country
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Person

GERMANY = "DE"
LEAD_AUTHORITY_COUNTRY = "IE"
"""The country of the lead authority for Meta (GDPR Art. 56), which passes no complaint on to another."""
NO_LAND = "none"
_META_FIRST_NOTE = "meta-first"
"""The note on an authority that it expects a complaint to Meta first."""


class ObjectionPlace(NamedTuple):
    """Where the person lived when an objection was sent: its law, Meta's company and the authority follow from it.

    `country` is empty where it is not known; `land` is such as `DE-HH`.
    """

    country: str
    land: str = ""


def objection_place(status: AccountStatus, person: Person) -> ObjectionPlace:
    """Where the person lived when the objection of an account was sent; where they live now, if they did not move since."""
    country, _unused, land = (status.objection_country or person.jurisdiction).partition("-")
    return ObjectionPlace(country, f"{country}-{land}" if land else "")


def needs_land(person: Person) -> bool:
    """Whether the person lives in Germany and did not say in which Land, on which the authority depends."""
    return person.country == GERMANY and not person.land


def depends_on_land(status: AccountStatus, person: Person) -> bool:
    """Whether the authority for an account's objection depends on the Land, which the person did not say."""
    return needs_land(person) and objection_place(status, person).country == person.country


def land_question(authorities: AuthorityDirectory, person: Person) -> ChoiceQuestion:
    """In which Land the person lives: its code, or `NO_LAND`."""
    lands = ((authority.code, authority.land) for authority in authorities.land_authorities())
    return ChoiceQuestion(
        _("In which Land do you live?"),
        (*lands, (NO_LAND, _("I leave it open: show me the page that finds it"))),
        person.land,
        (_("In Germany a complaint about a company goes to the authority of your Land."),),
    )


def authority_of_former_country(country_names: Mapping[str, tuple[str, ...]], country: str) -> str:
    """Why it is the authority of another country than where the person lives now."""
    name = country_names.get(country, (country,))[0]
    return _("Where you lived when you objected: {country}. Its authority and its law go for that objection.").format(
        country=name
    )


def authority_of_present_country(authorities: AuthorityDirectory, person: Person, country: str) -> Authority | None:
    """The authority of where the person lives now; None where that is the one of `country`, or none is known."""
    country_now, _unused, land = person.jurisdiction.partition("-")
    if country_now == country:
        return None
    return authorities.authority_for(country_now, f"{country_now}-{land}" if land else "")


def present_authority_sentence(authority: Authority, person: Person) -> str:
    """Which authority is that of where the person lives now, beside the one of where they lived then."""
    if needs_land(person):
        return _("In Germany a complaint about a company goes to the authority of your Land.")
    return _("Where you live now, the authority is {authority}.").format(authority=authority.full_name)


def authority_pages(
    authorities: AuthorityDirectory,
    authority: Authority | None,
    playbook: Playbook,
    country: str,
    present: Authority | None = None,
) -> Iterator[tuple[str, str]]:
    """The pages of the authority of a country, each with what it is; then that of the one of where the person lives now."""
    if authority is not None:
        if authority.complaint_page:
            yield _("Page for complaints"), authority.complaint_page
        yield _("Main site"), authority.website
        for page in authority.further_pages:
            yield authorities.sentence(f"also.{page.purpose}"), page.url
    if present is not None:
        yield present.full_name, present.complaint_page or present.website
    if authority is None or playbook.region_of_country(country).law == "gdpr":
        yield _("All authorities of the EEA"), authorities.eea_list_page


def facts_of_authority(
    authorities: AuthorityDirectory, authority: Authority, playbook: Playbook, country: str
) -> Iterator[tuple[str, str]]:
    """What to know before complaining, each with how sure that is (empty where it says so itself)."""
    takes = _("It takes complaints in {languages}, according to one public list.")
    yield takes.format(languages=authority.complaint_languages), ""
    yield from ((remark, "") for remark in authorities.remarks_on(authority))
    if authority.code == LEAD_AUTHORITY_COUNTRY:  # the law has it that one may stay with one's own, which is this one
        return
    region = playbook.region_of_country(country).id
    for statement in playbook.statements_for(step="region", platform="", region=region):
        is_told = statement.id == f"region.{region}.complaint" and _META_FIRST_NOTE in authority.note_ids
        if statement.id in (f"region.{region}.authority", f"region.{region}.complaint") and not is_told:
            yield playbook.texts.sentence(statement.id), format_sureness(statement.basis)


def with_country_in_words(authority: Authority, country_names: Mapping[str, tuple[str, ...]]) -> Authority:
    """The authority, its address with its country as it is called in the language of these names."""
    names = country_names.get(authority.country)
    if not names or not authority.contact.address:
        return authority
    address = tuple(with_country(authority.contact.address, names, names[0]))
    return authority._replace(contact=authority.contact._replace(address=address))


def ways_to_write(
    authorities: AuthorityDirectory, authority: Authority, country_names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Where to write to an authority, each line with how sure that is (empty where the first one says so)."""
    authority = with_country_in_words(authority, country_names)
    yield authorities.sentence("contact"), _(SURENESS_WORDS[authority.contact.sureness])
    for line in authorities.contact_lines(authority):
        yield labelled(line.label, ", ".join(line.value.splitlines())), ""


def unchecked_address(authority: Authority | None, *, names_complaint_page: bool) -> str:
    """That nobody here checked the postal address of an authority, and which page comes first; empty for no address."""
    if authority is None or not authority.contact.address:
        return ""
    if not authority.complaint_page or not names_complaint_page:
        return _("One public list gives its postal address; we have not checked it.")
    words = _("Best online: {page}. One public list gives its postal address; we have not checked it.")
    return words.format(page=authority.complaint_page)
