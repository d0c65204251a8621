"""The report that something of Meta's looked different than the guide says: nothing in it tells whose it is."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import meta_url_or_none
from metaoptout_tui.core.record.account_names import is_placeholder_name
from metaoptout_tui.core.record.accounts import Record

ADDRESS_MASK, HANDLE_MASK, NUMBER_MASK, LINK_MASK, NAME_MASK = "[address]", "[handle]", "[number]", "[link]", "[name]"

_MIN_PHONE_DIGITS = 9
"""A date has eight digits; a version has dots."""
_MIN_NAME_LENGTH = 3
_WORDS_OF_META = frozenset({"accounts", "centre", "account", "meta"})
"""Words in the names of groups that are Meta's own."""
_LINK = r"(?P<link>(?:https?://|www\.)\S+|\b(?:[\w-]+\.)*(?:facebook|instagram|threads|whatsapp|fb|meta)\.(?:com|net|me)/\S+)"
_ADDRESS = r"(?P<address>[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.\w+)"
_HANDLE = r"(?P<handle>(?<![\w@])@(?!meta\b)[\w.]+)"
_NUMBER = r"(?P<number>(?<![\w.])\+?\(?\d[\d ()/-]{6,}\d(?![\w.]))"
_PRIVATE = re.compile(f"{_LINK}|{_ADDRESS}|{_HANDLE}|{_NUMBER}", re.IGNORECASE)


class MaskedText(NamedTuple):
    """A text without what tells whose it is, and how often something was taken out of it."""

    text: str
    times: int


class Difference(NamedTuple):
    """What a person saw, and what the guide says in that place.

    `place` is the title of the step or screen, `used` the app or browser with its version, `seen` what the person saw,
    both masked. `expected` are the guide's own words. `edition` names program and guidance.
    """

    place: str
    platform: str
    country: str
    language: str
    used: str
    seen: str
    expected: tuple[str, ...]
    edition: str

    @property
    def text(self) -> str:
        """The whole report, as it is copied or saved."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield _("It looked different: {place}").format(place=self.place)
        yield ""
        rows = (
            (_("Platform"), self.platform),
            (_("Country"), self.country),
            (_("Language of Meta's menus"), self.language),
            (_("App or browser"), self.used),
            (_("Program and guidance"), self.edition),
        )
        for name, value in rows:
            yield f"- {labelled(name, value or _('not said'))}"
        yield ""
        yield _("What was seen:")
        yield ""
        for line in (self.seen or _("(nothing written yet)")).splitlines():
            yield f"> {line}".rstrip()
        if self.expected:
            yield ""
            yield _("What the guide says:")
            yield ""
        for words in self.expected:
            yield f"- {words}"


def private_words(record: Record, platform_names: Collection[str], typed_names: Iterable[str] = ()) -> tuple[str, ...]:
    """What of a record tells whose it is: names, parts of names, groups and addresses; the longest first.

    `typed_names` are what the person wrote elsewhere as their name or address. Names of platforms are left.
    """
    whole = [*record.all_emails(), *typed_names]
    for account in record.accounts:
        whole.extend(
            name
            for name in (account.name, account.linked_group or "")
            if not any(is_placeholder_name(name, platform) for platform in platform_names)
        )
    words = {part for name in whole for part in (name, *_parts_of(name))}
    harmless = {*_WORDS_OF_META, *(part.casefold() for name in platform_names for part in _parts_of(name))}
    private = {
        word
        for word in words
        if len(word) >= _MIN_NAME_LENGTH and not all(part.casefold() in harmless for part in _parts_of(word))
    }
    return tuple(sorted(private, key=lambda word: (-len(word), word)))


def _parts_of(name: str) -> list[str]:
    return re.split(r"[\s,;@]+", name)


def mask_private(text: str, names: Iterable[str] = ()) -> MaskedText:
    """Take addresses, handles, numbers of telephones, links to profiles and `names` out of a text.

    A link to a page of Meta's help or policies stays, without what follows a question mark.
    """
    times = 0

    def mask(found: re.Match[str]) -> str:
        nonlocal times
        masked = _mask_of(found)
        times += masked != found.group()
        return masked

    masked = _PRIVATE.sub(mask, text)
    for name in names:
        masked, count = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", NAME_MASK, masked, flags=re.IGNORECASE)
        times += count
    return MaskedText(masked, times)


def _mask_of(found: re.Match[str]) -> str:
    words = found.group()
    match found.lastgroup:
        case "link":
            return _public_link(words)
        case "address":
            return ADDRESS_MASK
        case "handle":
            return HANDLE_MASK
        case _:
            return NUMBER_MASK if sum(map(str.isdigit, words)) >= _MIN_PHONE_DIGITS else words


def _public_link(link: str) -> str:
    """A link to Meta's help, policies or Privacy Centre without its query; the mask for any other one."""
    address = re.split(r"[?#]", link, maxsplit=1)[0]
    safe = meta_url_or_none(address if "://" in address else f"https://{address}")
    if safe is None:
        return LINK_MASK
    path = str(safe).partition(safe.host)[2]
    is_public = safe.host.startswith("privacycenter.") or re.match(r"/(?:help|privacy|policies|legal)\b", path)
    return address if is_public else LINK_MASK
