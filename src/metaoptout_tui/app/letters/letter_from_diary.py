"""A letter as the diary and the guidance fill it: what it is written from, its law, its facts, and whom it is addressed to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple, Protocol

from metaoptout_tui.app.letters.letter_sender import CONTROLLER, controller_under
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.language_names import ENGLISH_LANGUAGE_NAMES
from metaoptout_tui.core.letters.authority_facts import LEAD_AUTHORITY_COUNTRY, objection_place
from metaoptout_tui.core.letters.letter_facts import LetterFacts, controller_lines
from metaoptout_tui.core.letters.letters import Letter
from metaoptout_tui.core.letters.postal_address import address_lines, names_country, place_of_address, with_country
from metaoptout_tui.documents.letters import addressee_of, begins_anew, write_letter
from metaoptout_tui.guidance.loader import load_countries


class LetterContext(Protocol):
    """What a letter is written from; `AppContext` of the user interface is one."""

    @property
    def session(self) -> Session:
        """The record that is open."""
        ...

    @property
    def authorities(self) -> Callable[[], AuthorityDirectory]:
        """Loads the supervisory authorities."""
        ...

    @property
    def language(self) -> str:
        """The language in which the person reads and writes."""
        ...

    @property
    def letter_heading(self) -> str:
        """What stands above every letter that leaves the program; empty for nothing."""
        ...


class ComplaintAddressee(NamedTuple):
    """The authority for a complaint, and the language to write in.

    `authority` is None where it is not known; `local_authority` is the one of the country or Land of the person.
    """

    authority: Authority | None
    local_authority: Authority | None
    language: str


def complaint_addressee(context: LetterContext, account_id: str) -> ComplaintAddressee:
    """The authority for a complaint about the objection of an account, and the language to write to it.

    It is that of where the person lived when they objected. The person's language where the authority takes it, else English where it does, else its first one that letters are
    written in, else English.
    """
    session, authorities = context.session, context.authorities()
    status = session.view.require_status(account_id)
    country, land = objection_place(status, session.record.person)
    local_authority = authorities.authority_for(country, land)
    language = context.language
    if local_authority is not None:
        accepted = [code for code in local_authority.languages if code in CONTENT_LANGUAGES]
        language = next((code for code in (language, "en") if code in accepted), accepted[0] if accepted else "en")
    return ComplaintAddressee(authorities.addressee_for(country, land), local_authority, language)


META_COUNTRY = "IE"
"""The country of Meta's company for the EU and EEA, whose address is known."""


def is_to_authority(letter_id: str) -> bool:
    """Whether a letter goes to an authority."""
    return addressee_of(letter_id) == "authority"


def law_of_letter(context: LetterContext, letter_id: str, account_id: str) -> str:
    """The law that a letter cites: that of the objection, or of where the person lives now."""
    status = context.session.view.require_status(account_id)
    return status.region.law if begins_anew(letter_id) else status.objection_law


def letter_from_diary(
    context: LetterContext,
    account_id: str,
    letter_id: str,
    language: str,
    filled_in: Mapping[str, str] = MappingProxyType({}),
    *,
    filled_in_language: str = "",
) -> Letter:
    """A letter filled from the diary, and from `filled_in`, by placeholder, where that has nothing.

    A reason in another language than the letter's is marked to be translated; in the English version of a letter, to
    which the language of that letter is given, it is left as it is.

    Raises KeyError for a letter that does not exist under the law of the account.
    """
    facts = _with_addresses(
        context, facts_of_letter(context, account_id, letter_id), account_id, letter_id, language, filled_in
    )
    reason_language = facts.reason_language if facts.reason else filled_in_language
    # Only the English version below another letter has a language filled in; the reason stands above it. So it is named
    # in English, in whatever language the screen is.
    left_in = ENGLISH_LANGUAGE_NAMES.get(reason_language, "") if filled_in_language else ""
    facts = replace(facts, reason_language=reason_language, reason_left_in=left_in)
    return write_letter(letter_id, language, law_of_letter(context, letter_id, account_id), facts)


def facts_of_letter(context: LetterContext, account_id: str, letter_id: str) -> LetterFacts:
    """What the diary and the guidance give for a letter, but for the addresses at its head."""
    session = context.session
    authority = complaint_addressee(context, account_id).authority if is_to_authority(letter_id) else None
    return replace(
        session.view.letter_facts(session.view.require_status(account_id)),
        today=session.now().date(),
        leads=authority is not None and authority.code == LEAD_AUTHORITY_COUNTRY,
    )


def _with_addresses(
    context: LetterContext,
    facts: LetterFacts,
    account_id: str,
    letter_id: str,
    language: str,
    filled_in: Mapping[str, str],
) -> LetterFacts:
    """The facts with recipient, sender and place, as they stand at the head of a letter in a language.

    A country is named there where the letter leaves it; that of Meta's company in the text always is.
    """
    names_by_code, home = load_countries(language), context.session.record.person.country
    law = law_of_letter(context, letter_id, account_id)
    known_controller = controller_lines(context.session.playbook, law)
    controller = known_controller or address_lines(
        filled_in.get(CONTROLLER) or filled_in.get(controller_under(law), "")
    )
    company_country = META_COUNTRY if known_controller else ""
    if is_to_authority(letter_id):
        authority = complaint_addressee(context, account_id).authority
        lines, country = (authority.postal_lines, authority.country) if authority else ((), "")
    else:
        lines, country = controller, company_country
    is_abroad = country not in ("", home)
    recipient = "\n".join(_with_country(lines, names_by_code, country, is_named=is_abroad))
    sender = address_lines(filled_in.get("sender-address", ""))
    home_names = names_by_code.get(home, ())
    names_home = bool(sender) and names_country(sender[-1], home_names)
    place = place_of_address("\n".join(sender)) or filled_in.get("place", "")
    return replace(
        facts,
        recipient="" if is_to_authority(letter_id) else recipient,
        authority=recipient if is_to_authority(letter_id) else "",
        controller=", ".join(_with_country(controller, names_by_code, company_country, is_named=True)),
        residence=home_names[0] if home_names else "",
        sender_country=home_names[0] if is_abroad and home_names and not names_home else "",
        filled_in={**filled_in, "sender-address": "\n".join(sender), "place": place},
    )


def _with_country(
    lines: tuple[str, ...], names_by_code: Mapping[str, tuple[str, ...]], country: str, *, is_named: bool
) -> tuple[str, ...]:
    """The lines of an address with its country as a letter calls it, or without it; as they are for no country."""
    if not lines or not country:
        return lines
    names = names_by_code.get(country, (lines[-1],))
    return tuple(with_country(lines, names, names[0] if is_named else ""))
