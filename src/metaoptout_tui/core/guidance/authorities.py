"""Data protection authorities: where a person can complain, in which languages, and how far that is verified."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

VerificationLevel = Literal["several", "one", "none"]
"""How many public lists name a page: `one` alone does not verify it, `none` means that no page is known."""


COMPLAINT_LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "bg": "Bulgarian",
        "cs": "Czech",
        "da": "Danish",
        "de": "German",
        "el": "Greek",
        "en": "English",
        "es": "Spanish",
        "et": "Estonian",
        "fi": "Finnish",
        "fr": "French",
        "hr": "Croatian",
        "hu": "Hungarian",
        "is": "Icelandic",
        "it": "Italian",
        "lt": "Lithuanian",
        "lv": "Latvian",
        "mt": "Maltese",
        "nl": "Dutch",
        "no": "Norwegian",
        "pl": "Polish",
        "pt": "Portuguese",
        "ro": "Romanian",
        "sk": "Slovak",
        "sl": "Slovenian",
        "sv": "Swedish",
    }
)
"""The languages in which authorities take complaints, in English."""


class AuthorityPage(NamedTuple):
    """A further page of an authority; the text `also.PURPOSE` says which. `listed_by` are the lists that name it."""

    purpose: str
    url: str
    language: str
    listed_by: tuple[str, ...]
    verification: VerificationLevel


class Authority(NamedTuple):
    """One authority. `code` is `NL` or, for a German Land, `DE-HH`; `land` is that Land's name, else empty.

    `complaint_page` is empty where none is known. `languages` are those in which it takes complaints. `note_ids` are
    ids of the texts `note.ID`. `emails` may be empty: none is known, or it takes none.
    """

    code: str
    name: str
    website: str
    complaint_page: str
    verification: VerificationLevel
    listed_by: tuple[str, ...]
    languages: tuple[str, ...]
    land: str = ""
    emails: tuple[str, ...] = ()
    note_ids: tuple[str, ...] = ()
    further_pages: tuple[AuthorityPage, ...] = ()

    @property
    def complaint_languages(self) -> str:
        """The languages of its complaints in words: `Greek`, `Dutch, French or German`."""
        *first, last = (COMPLAINT_LANGUAGE_NAMES.get(code, code) for code in self.languages)
        return f"{', '.join(first)} or {last}" if first else last

    @property
    def start_page(self) -> str:
        """Where to begin: the page for complaints, else the main site."""
        return self.complaint_page or self.website


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

    def remarks_on(self, authority: Authority) -> tuple[str, ...]:
        """Sentences on an authority: how far its page is verified, then its notes."""
        ids = [f"verified.{authority.verification}", *(f"note.{note}" for note in authority.note_ids)]
        return tuple(self.sentences.get(id, id) for id in ids)
