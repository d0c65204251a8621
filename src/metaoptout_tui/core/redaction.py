"""A record without what says whose it is, so that a case can be shown to somebody who need not know.

The record is masked before anything is computed from it, and what is not known to be harmless is left out: so nothing that
is made of it can say more than the masks, whatever it is. The same thing has the same mask throughout, and masks of ids
keep their order, so that the state of each account comes out as it was.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from metaoptout_tui.core.clocks import BY_LETTER
from metaoptout_tui.core.diary import BEFORE, KINDS, UNKNOWN, Event
from metaoptout_tui.core.evidence import LETTER
from metaoptout_tui.core.playbook import LANGUAGES, Playbook
from metaoptout_tui.core.progress import Account, Person, Progress

LEFT_OUT = "[left out]"
"""What stands in the place of free text."""

UNKNOWN_KIND = "of-a-kind-not-known-here"
_NAMES = frozenset(name for kind in KINDS.values() for name in (*kind.needs, *kind.may)) | {"note"}
_ENDINGS = frozenset({"eml", "pdf", "png", "jpg", "jpeg", "txt", "html", "zip", "msg"})
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True)
class Vocabulary:
    """Words that say nothing of a person: country codes, names of authorities, and ids of the guidance."""

    countries: frozenset[str]
    authorities: frozenset[str]
    platforms: Mapping[str, str]
    steps: frozenset[str]
    points: frozenset[str]
    answers: frozenset[str]
    forms: frozenset[str]


def vocabulary(playbook: Playbook, countries: Collection[str], authorities: Collection[str]) -> Vocabulary:
    """What may stay: the guidance's own ids, ISO country codes, and authorities by code and name."""
    return Vocabulary(
        frozenset(countries),
        frozenset(authorities),
        {platform.id: platform.name for platform in playbook.platforms},
        frozenset(step for walk in playbook.walks for step in walk.steps),
        frozenset(point.id for point in playbook.points),
        frozenset(answer for point in playbook.points for answer in point.answers),
        frozenset(form.id for form in playbook.forms) | {BY_LETTER},
    )


def redacted(progress: Progress, known: Vocabulary) -> Progress:
    """The record with masks for addresses, names, hubs, files and ids, and without any free text, draft or unknown key.

    Dates, platforms, the country, sizes and SHA-256 stay. Accounts and entries keep their order.
    """
    masks = _Masks(known, progress)
    person = progress.person
    return Progress(
        Person(
            person.country if person.country in known.countries else "",
            person.language if person.language in LANGUAGES else "",
            masks.email(person.email),
        ),
        tuple(masks.account(number, account) for number, account in enumerate(progress.accounts, start=1)),
    )


@dataclass
class _Numbered:
    """Masks of one sort, numbered as they come: `[e-mail 1]`."""

    sort: str
    given: dict[str, str] = field(default_factory=dict)

    def __call__(self, value: str) -> str:
        if not value:
            return value
        return self.given.setdefault(value.casefold(), f"[{self.sort} {len(self.given) + 1}]")


class _Masks:
    def __init__(self, known: Vocabulary, progress: Progress) -> None:
        self._known = known
        self.email = _Numbered("e-mail")
        self._hub = _Numbered("hub")
        self._file = _Numbered("file")
        every = sorted({event.id for account in progress.accounts for event in account.events})
        width = len(str(len(every)))
        self._ids = {id: f"entry-{number:0{width}}" for number, id in enumerate(every, start=1)}

    def account(self, number: int, account: Account) -> Account:
        platform = account.platform if account.platform in self._known.platforms else "platform"
        is_bare = account.name in ("", self._known.platforms.get(platform))
        return Account(
            f"account-{number}",
            platform,
            account.name if is_bare else f"[name {number}]",
            self.email(account.email),
            None if account.hub is None else self._hub(account.hub),
            tuple(self._event(event) for event in account.events),
        )

    def _event(self, event: Event) -> Event:
        is_known = event.what in KINDS
        fields: dict[str, object] = {}
        for name, value in event.fields.items():
            if is_known and name in _NAMES:
                fields[name] = self._value(event.what, name, value)
            else:
                fields["more"] = LEFT_OUT
        kept = {name: value for name, value in fields.items() if value is not None}
        return Event(self._ids[event.id], event.at, event.what if is_known else UNKNOWN_KIND, kept)

    def _value(self, what: str, name: str, value: object) -> object:
        """The mask of a field; None where it is better not there."""
        if isinstance(value, bool) or not isinstance(value, (str, int, date)):
            return LEFT_OUT
        if isinstance(value, (int, date)):
            return value if name in _NUMBERS or (what, name) == _CORRECTED else LEFT_OUT
        return self._text(what, name, value) if value else value

    def _text(self, what: str, name: str, value: str) -> object:
        known = self._known
        allowed: dict[str, Collection[str]] = {
            "step": known.steps,
            "point": known.points,
            "answer": known.answers,
            "form": known.forms,
            "by": {BY_LETTER},
            "holds": {LETTER},
            "authority": known.authorities,
            "since": {BEFORE, UNKNOWN},
        }
        if name in allowed:
            return value if value in allowed[name] else LEFT_OUT
        masks: dict[str, Callable[[str], object]] = {
            "email": self.email,
            "hub": self._hub,
            "from": self.email if what == "email-changed" else self._hub,
            "to": self.email if what == "email-changed" else self._hub,
            "file": self._named_file,
            "sha256": lambda digest: digest if _SHA256.fullmatch(digest) else LEFT_OUT,
            "entry": self._ids.get,
            "of": self._ids.get,
        }
        return masks.get(name, _left_out)(value)

    def _named_file(self, name: str) -> str:
        ending = name.rpartition(".")[2].casefold()
        return self._file(name) + (f".{ending}" if ending in _ENDINGS else "")


_NUMBERS = frozenset({"until", "received", "bytes"})
_CORRECTED = ("date-corrected", "to")


def _left_out(_: str) -> str:
    return LEFT_OUT
