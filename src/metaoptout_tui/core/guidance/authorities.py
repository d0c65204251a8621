"""Data protection authorities: where a person can complain, in which languages, and how far that is verified."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from metaoptout_tui.core.dates import format_partial_date
from metaoptout_tui.core.guidance.basis import Sureness
from metaoptout_tui.core.language.formatting import format_alternatives
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import pgettext

AUTHORITY_CONTEXT = "authority:"
"""Before the id of a sentence on authorities, where it is translated."""

VerificationLevel = Literal["several", "one", "none"]
"""How many public lists name a page: `one` alone does not verify it, `none` means that no page is known."""


class AuthorityPage(NamedTuple):
    """A further page of an authority; the text `also.PURPOSE` says which. `listed_by` are the lists that name it."""

    purpose: str
    url: str
    language: str
    listed_by: tuple[str, ...]
    verification: VerificationLevel


class AuthorityContact(NamedTuple):
    """The entry of one public list on an authority: its name and lines of its postal address there.

    `changed_on` is the day on which the entry last changed (`2026-03-08`), `made_from` are the pages of the authority
    that it names. `email` is empty where it has none, `form` also where another list has the same form.
    """

    name: str
    address: tuple[str, ...]
    changed_on: str
    made_from: tuple[str, ...]
    sureness: Sureness
    email: str = ""
    form: str = ""


class ContactLine(NamedTuple):
    """One thing to know for writing to an authority: what it is, and its value, which may have several lines."""

    label: str
    value: str


class Authority(NamedTuple):
    """One authority. `code` is `NL` or, for a German Land, `DE-HH`; `land` is that Land's name, else empty.

    `name` is what it is called for short, `full_name` whom a letter is addressed to. `complaint_page` is empty where
    none is known. `languages` are those in which it takes complaints. `note_ids` are ids of the texts `note.ID`.
    `other_emails` are addresses that stand in another list than `contact`.
    """

    code: str
    name: str
    full_name: str
    website: str
    complaint_page: str
    verification: VerificationLevel
    listed_by: tuple[str, ...]
    languages: tuple[str, ...]
    contact: AuthorityContact
    land: str = ""
    other_emails: tuple[str, ...] = ()
    note_ids: tuple[str, ...] = ()
    further_pages: tuple[AuthorityPage, ...] = ()

    @property
    def country(self) -> str:
        """The code of its country, the same for every German Land."""
        return self.code.partition("-")[0]

    @property
    def complaint_languages(self) -> str:
        """The languages of its complaints in words: “Greek”, “Dutch, French or German”."""
        return format_alternatives(map(language_name, self.languages))

    @property
    def postal_lines(self) -> tuple[str, ...]:
        """Full name and postal address, as they stand on a letter."""
        return (self.full_name, *self.contact.address)

    @property
    def emails(self) -> tuple[str, ...]:
        """Every e-mail address of it that is known; none where it takes no mail or none is known."""
        own = (self.contact.email,) if self.contact.email else ()
        return (*own, *self.other_emails)


class AuthorityDirectory(NamedTuple):
    """All known authorities by code, the page that lists those of the whole EEA, and the sentences by id."""

    by_code: Mapping[str, Authority]
    eea_list_page: str
    sentences: Mapping[str, str]

    def authority_for(self, country: str, land: str = "") -> Authority | None:
        """The authority of a person in this country; None for a country that is not in the list.

        In Germany a complaint about a company goes to the authority of the Land (`HH` or `DE-HH`); without one, or with
        one that is not known, the federal authority is given, whose page helps to find it.
        """
        return self.by_code.get(f"{country}-{land.removeprefix(f'{country}-')}") or self.by_code.get(country)

    def addressee_for(self, country: str, land: str = "") -> Authority | None:
        """The authority that a complaint is addressed to; None where none is known, or where it depends on the Land."""
        authority = self.authority_for(country, land)
        if authority is None or authority.land:
            return authority
        return None if any(code.startswith(f"{authority.code}-") for code in self.by_code) else authority

    def land_authorities(self) -> tuple[Authority, ...]:
        """The authorities of the German Länder, by the name of the Land."""
        authorities = (authority for authority in self.by_code.values() if authority.land)
        return tuple(sorted(authorities, key=lambda authority: authority.land))

    def sentence(self, id: str) -> str:
        """The sentence with this id in the language in use; the id itself where there is none."""
        sentence = self.sentences.get(id)
        return id if sentence is None else pgettext(f"{AUTHORITY_CONTEXT}{id}", sentence)

    def remarks_on(self, authority: Authority) -> tuple[str, ...]:
        """Sentences on an authority: how far its page is verified, then its notes."""
        ids = [f"verified.{authority.verification}", *(f"note.{note}" for note in authority.note_ids)]
        return tuple(map(self.sentence, ids))

    def contact_lines(self, authority: Authority) -> tuple[ContactLine, ...]:
        """How to write to an authority, each line with what it is; what two lists have differently stands twice."""
        contact = authority.contact
        values = [
            ("full-name", authority.full_name),
            ("record-name", contact.name if contact.name != authority.full_name else ""),
            ("address", "\n".join(contact.address)),
            ("email", contact.email),
            *(("other-email", email) for email in authority.other_emails),
            ("form", contact.form if contact.form != authority.complaint_page else ""),
            ("changed-on", format_partial_date(contact.changed_on)),
            *(("made-from", page) for page in contact.made_from),
        ]
        return tuple(ContactLine(self.sentence(f"contact.{id}"), value) for id, value in values if value)
