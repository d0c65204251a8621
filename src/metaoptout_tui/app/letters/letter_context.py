"""What a letter is written from, and the authority that a complaint goes to."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.letters.authority_facts import objection_place


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
