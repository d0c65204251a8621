"""Names of accounts: normalizing what a person types or pastes, making ids, and names for display.

The same account may be typed as a handle, with or without `@`, or pasted as the address of a profile. With one normal
form the program recognises it as the same account.
"""

import re
import unicodedata
from collections.abc import Collection
from urllib.parse import parse_qs, unquote, urlsplit

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_alternatives
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE, WRITES_FOR, WRITES_FOR_ONESELF, Account, Record
from metaoptout_tui.core.text import clean_line

MAX_HANDLE_LENGTH = 30
MAX_NAME_LENGTH = 80
MAX_ID_LENGTH = 40
MAX_PROFILE_NUMBER_LENGTH = 20
MIN_PHONE_DIGITS, MAX_PHONE_DIGITS = 5, 15
"""Digits of a phone number; E.164 allows fifteen."""

_MAX_PASTED_LENGTH = 2_000
# Patterns are compiled when first used.
_HANDLE_PATTERN = r"[a-z0-9._]+"
_SCHEME_PATTERN = r"[A-Za-z][A-Za-z0-9+.-]*://"
_PHONE_PATTERN = r"[( ]*\+?[0-9 ()./\u00a0\u2007\u202f\u2010-\u2015-]+"
# The zero of +31 (0)6, dialled only without the country code.
_TRUNK_ZERO = r"^([( ]*(?:\+|00)[ (]*[0-9]{1,3}[ )./-]*)\( *0 *\)"
_WRAPPINGS = frozenset({"<>", '""', "''", "``", "“”", "„“", "‘’", "«»", "‹›"})
_PLATFORMS_WITH_HANDLES = {"instagram": "Instagram", "threads": "Threads"}
_SHORT_HOSTS = {"facebook": ("fb.com",), "whatsapp": ("wa.me",)}
# First words of paths that are no profile.
_NON_PROFILE_PATHS = {
    "instagram": (
        r"about|accounts|archive|challenge|developer|direct|directory|emails|explore|legal|p|press|privacy|reels?|share|"
        r"stories|tv|web"
    ),
    "threads": r"about|activity|explore|for_you|legal|login|privacy|search|settings|t",
    "facebook": (
        r"ads|business|dialog|events|gaming|groups|hashtag|help|home\.php|l\.php|legal|login(\.php)?|marketplace|me|media|"
        r"messages|messenger|notes|notifications|pages|permalink\.php|photo(\.php)?|photos|plugins|policies|posts|privacy|"
        r"r\.php|reels?|search|settings|share|sharer(\.php)?|stories|story\.php|videos?|watch"
    ),
}
# Calling codes of one and of two digits; all others have three (ITU-T E.164).
_SHORT_CALLING_CODES = frozenset(
    map(str, (1, 7, 20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67)))
) | frozenset(map(str, (81, 82, 84, 86, *range(90, 96), 98)))
_LATIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n"}
)


def normalize_account_name(platform: str, typed: str, hosts: tuple[str, ...]) -> str:
    """The normal form of what was typed or pasted for an account of `platform`.

    Instagram and Threads: `@anna.nl`. WhatsApp: a phone number in groups, without a country code that was not typed, or
    a label. Facebook and others: the end of a profile address, `id 100012345` for one by number, or the name as people
    read it. `hosts` are the platform's own, such as `("instagram.com",)`; an address anywhere else, and whatever cannot
    be a name there, raises `InputRefused`.
    """
    cleaned = _strip_wrappings(typed)
    if len(cleaned) >= _MAX_PASTED_LENGTH:
        raise InputRefused(_("That is too long for the name of an account."))
    if not cleaned:
        raise InputRefused(
            _("There is no name."), todo=_("Type the name of the account, or paste the address of its profile.")
        )
    hosts += _SHORT_HOSTS.get(platform, ())
    if platform == "whatsapp":
        return _normalize_whatsapp_name(cleaned, hosts)
    segments, query = _split_profile_url(platform, cleaned, hosts)
    if platform in _PLATFORMS_WITH_HANDLES:
        return _normalize_handle(platform, segments, cleaned)
    return _normalize_profile(segments, query) if segments else _normalize_free_name(cleaned)


def new_account_id(platform: str, name: str, existing_ids: Collection[str]) -> str:
    """A short id for an account, unlike the existing ones: `instagram-anna-nl`, then `instagram-anna-nl-2`.

    ASCII, at most 40 characters and room for a number. Of a phone number only the last four digits stand in it, because
    an id may be seen in commands and file names.
    """
    slug = _slug(name)
    if platform == "whatsapp" and re.fullmatch(_PHONE_PATTERN, name):
        slug = re.sub(r"\D", "", name)[-4:]
    stem = f"{_slug(platform)}-{slug}".strip("-")[:MAX_ID_LENGTH].rstrip("-")
    id, number = stem, 1
    while id in existing_ids:
        number += 1
        id = f"{stem}-{number}"
    return id


def _strip_wrappings(typed: str) -> str:
    """One clean line without the quotes or brackets around it and the @ before it, and with single blanks."""
    line, previous = typed, ""
    while line != previous:
        previous = line
        line = " ".join(clean_line(line, _MAX_PASTED_LENGTH).split()).lstrip("@")
        if line[:1] + line[-1:] in _WRAPPINGS and len(line) > 1:
            line = line[1:-1]
    return line


def _split_profile_url(platform: str, cleaned: str, hosts: tuple[str, ...]) -> tuple[list[str], dict[str, list[str]]]:
    """The path and query of a pasted profile address; an empty path when it is no address. Refuses other hosts."""
    has_scheme = bool(re.match(_SCHEME_PATTERN, cleaned))
    try:
        parts = urlsplit(cleaned if has_scheme else f"https://{cleaned}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        host = ""
    if not any(host == own_host or host.endswith("." + own_host) for own_host in hosts):
        if has_scheme:
            raise InputRefused(
                _("That is an address on {host}, not on {hosts}.").format(
                    host=clean_line(host, 60) or _("no site"), hosts=format_alternatives(hosts) or platform
                ),
                todo=_("Paste the address of the profile, or type its name."),
            )
        return [], {}
    if " " in cleaned and not has_scheme:
        return [], {}
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    non_profile_path = _NON_PROFILE_PATHS.get(platform)
    if not segments or (non_profile_path and re.fullmatch(non_profile_path, segments[0].lower())):
        raise InputRefused(
            _("That address on {host} is not the address of a profile.").format(host=host),
            todo=_("Open the profile itself and paste its address, or type its name."),
        )
    return segments, parse_qs(parts.query)


def _normalize_handle(platform: str, segments: list[str], cleaned: str) -> str:
    site = _PLATFORMS_WITH_HANDLES[platform]
    if segments[:1] in (["_u"], ["_n"]) and len(segments) > 1:  # addresses that open in the app
        segments = segments[1:]
    handle = (segments[0].removeprefix("@") if segments else cleaned).lower()
    if not handle:
        raise InputRefused(_("There is no name after the @."), todo=_("Type the name, such as @anna.nl."))
    if " " in handle:
        raise InputRefused(
            _("A name on {site} has no blanks.").format(site=site),
            todo=_("Type the name that begins with @, not the one without it."),
        )
    if not re.fullmatch(_HANDLE_PATTERN, handle):
        raise InputRefused(
            _("A name on {site} has only letters a to z, digits, full stops and underscores.").format(site=site),
            todo=_("Type the name that begins with @, such as @anna.nl."),
        )
    if len(handle) > MAX_HANDLE_LENGTH:
        raise InputRefused(
            _("A name on {site} has at most {most} characters; this one has {count}.").format(
                site=site, most=MAX_HANDLE_LENGTH, count=len(handle)
            )
        )
    if handle.startswith(".") or handle.endswith(".") or ".." in handle:
        raise InputRefused(
            _("A name on {site} does not begin or end with a full stop, nor has two in a row.").format(site=site)
        )
    return f"@{handle}"


def _normalize_profile(segments: list[str], query: dict[str, list[str]]) -> str:
    first = segments[0].lower()
    number = ""
    if first == "profile.php":
        number = query.get("id", [""])[0]
    elif first in {"people", "p"}:
        number = segments[-1].rpartition("-")[2]
    elif first.isascii() and first.isdigit():
        number = first
    if number.isascii() and number.isdigit() and len(number) <= MAX_PROFILE_NUMBER_LENGTH:
        return f"id {number}"
    if first in {"profile.php", "people", "p"}:
        raise InputRefused(
            _("That address does not say whose profile it is."),
            todo=_("Open the profile itself and paste its address, or type its name."),
        )
    return _normalize_free_name(segments[0])


def _normalize_free_name(cleaned: str) -> str:
    name = _strip_wrappings(cleaned)
    if not any(character.isalnum() for character in name):
        raise InputRefused(_("That name has no letter or digit."), todo=_("Type the name as it stands on the profile."))
    if len(name) > MAX_NAME_LENGTH:
        raise InputRefused(
            _("That name has {count} characters; {most} are enough.").format(count=len(name), most=MAX_NAME_LENGTH),
            todo=_("Type a shorter one."),
        )
    return name


def _normalize_whatsapp_name(cleaned: str, hosts: tuple[str, ...]) -> str:
    international = False
    if re.match(r"tel:", cleaned, re.IGNORECASE):
        cleaned = unquote(cleaned[4:]).strip("/")
    elif re.match(r"whatsapp://send/?\?", cleaned, re.IGNORECASE):
        cleaned, international = parse_qs(cleaned.partition("?")[2]).get("phone", [""])[0].strip(), True
    else:
        segments, query = _split_profile_url("whatsapp", cleaned, hosts)
        if segments:
            cleaned, international = query.get("phone", segments[:1])[0].strip(), True
    digits = "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in cleaned
    )
    if not re.fullmatch(_PHONE_PATTERN, digits) or not any(character.isdigit() for character in digits):
        if international:
            raise InputRefused(
                _("That address holds no phone number."), todo=_("Type the number, or a name you know it by.")
            )
        return _normalize_free_name(cleaned)
    return _normalize_phone_number(digits, international=international)


def _normalize_phone_number(typed: str, *, international: bool) -> str:
    digits = re.sub(r"[^0-9+]", "", re.sub(_TRUNK_ZERO, r"\1", typed))
    if international or digits.startswith(("+", "00")):
        digits = "+" + digits.removeprefix("+").removeprefix("00")
    count = len(digits.lstrip("+"))
    if not MIN_PHONE_DIGITS <= count <= MAX_PHONE_DIGITS:
        raise InputRefused(
            _("A phone number has {fewest} to {most} digits; this one has {count}.").format(
                fewest=MIN_PHONE_DIGITS, most=MAX_PHONE_DIGITS, count=count
            ),
            todo=_("Type the number, or a name you know it by."),
        )
    if not digits.startswith("+"):
        return _group_national_digits(digits, "06", 10)
    if digits.startswith("+0"):
        raise InputRefused(
            _("No country code begins with a zero."), todo=_("Leave out the +, or put the country code behind it.")
        )
    code = next((digits[1:end] for end in (2, 3) if digits[1:end] in _SHORT_CALLING_CODES), digits[1:4])
    rest = digits[1 + len(code) :]
    return f"+{code} {_group_national_digits(rest, '6', 9) if code == '31' else _group_in_threes(rest)}".rstrip()


def _group_national_digits(digits: str, mobile: str, length: int) -> str:
    """`6 12345678`, as mobile numbers are written in the Netherlands; other numbers in threes."""
    if digits.startswith(mobile) and len(digits) == length:
        return f"{mobile} {digits[len(mobile) :]}"
    return _group_in_threes(digits)


def _group_in_threes(digits: str) -> str:
    groups = []
    while len(digits) > 4:  # a last group of two to four, never of one
        groups.append(digits[:3])
        digits = digits[3:]
    return " ".join([*groups, digits])


def _slug(value: str) -> str:
    plain = unicodedata.normalize("NFKD", value.casefold().translate(_LATIN_LETTERS))
    plain = "".join(character for character in plain if not unicodedata.combining(character)).translate(_LATIN_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def placeholder_name(platform_name: str, number: int = 1) -> str:
    """The name of an account that has none of its own yet: that of its platform, with a number from the second on."""
    return platform_name if number == 1 else f"{platform_name} {number}"


def is_placeholder_name(name: str, platform_name: str) -> bool:
    """Whether a name is one that `placeholder_name` gives."""
    rest = name.removeprefix(platform_name)
    return name.startswith(platform_name) and (not rest or bool(re.fullmatch(r" [1-9][0-9]?", rest)))


NAME_FROM_ELSEWHERE = "Data from elsewhere"
"""What the record calls the person's own data from elsewhere, a second one with a number: their platform's name in the guidance."""


def without_platform_name(typed: str, platform_name: str) -> str:
    """A typed name without that of its platform before it: `@anna` of “Instagram @anna”, as accounts are told here."""
    if is_placeholder_name(typed.strip(), platform_name) or not names_platform(typed, platform_name):
        return typed
    return typed.strip()[len(platform_name) :].lstrip()


def names_platform(typed: str, platform_name: str) -> bool:
    """Whether what is typed begins with the name of a platform, and goes on after a blank."""
    return typed.strip().casefold().startswith(f"{platform_name.casefold()} ")


def is_own_data_from_elsewhere(account: Account) -> bool:
    """Whether it stands for the person's own data from elsewhere, and not for a child's."""
    return account.is_from_elsewhere and is_placeholder_name(account.name, NAME_FROM_ELSEWHERE)


def account_name(account: Account, playbook: Playbook) -> str:
    """The name of an account in a sentence: `Instagram @anna.nl`, `Facebook “Anna”`, `Instagram 2` as long as it has none."""
    return name_in_sentence(account.platform, account.name, playbook)


def name_in_sentence(platform: str, name: str, playbook: Playbook) -> str:
    """The name of an account in a sentence, from what the record holds as platform and name."""
    platform_name, shown_platform = playbook.platform_name(platform), shown_platform_name(platform, playbook)
    if not name or is_placeholder_name(name, platform_name):
        return (name or platform_name).replace(platform_name, shown_platform)
    if name[0] in "@+":
        return f"{shown_platform} {name}"
    if platform == FROM_ELSEWHERE:
        return _("Data about {name} without an account").format(name=name)
    return _("{platform} “{name}”").format(platform=shown_platform, name=name)


def account_name_with_child(account: Account, record: Record, playbook: Playbook) -> str:
    """The name of an account, and of the child whose own it is."""
    name, child = account_name(account, playbook), record.child_of_account(account)
    # Translators: {account} such as “Instagram @lena”, {child} the name of the child whose account it is.
    return _("{account}, the account of {child}").format(account=name, child=child) if child else name


NEW_GROUP_NAME = "Accounts Centre"
"""What a linked group is called that nobody named, a second one with a number; the record holds it as it is here."""


def group_name(group: str) -> str:
    """The name of a linked group: one that the program gave is said in the language in use."""
    name, blank, number = group.partition(f"{NEW_GROUP_NAME} ")
    if group == NEW_GROUP_NAME or (blank and not name and number.isdecimal()):
        return group.replace(NEW_GROUP_NAME, _("Accounts Centre"))
    return group


def named_person(account: Account, record: Record, playbook: Playbook) -> str:
    """The child whose own account it is, or the name that data from elsewhere have; empty where nobody is named.

    Data from elsewhere may have the person's own name: `whose_data` knows what they said of that.
    """
    if not account.is_from_elsewhere:
        return record.child_of_account(account)
    return "" if is_placeholder_name(account.name, playbook.platform_name(account.platform)) else account.name


def whose_data(account: Account, record: Record, playbook: Playbook) -> str:
    """The name of another person whose data it is, such as a child; empty for the person's own."""
    writes_for = record.remembered_of(account.id).for_letters.get(WRITES_FOR, "")
    is_own = account.is_from_elsewhere and writes_for == WRITES_FOR_ONESELF
    return "" if is_own else named_person(account, record, playbook)


def needs_whole_name(account: Account, playbook: Playbook) -> bool:
    """Whether data from elsewhere have a first name alone."""
    is_named = not is_placeholder_name(account.name, playbook.platform_name(account.platform))
    return account.is_from_elsewhere and is_named and " " not in account.name


_NAMES_OF_SEVERAL = (mark("Meta AI app or glasses"),)
"""Names of platforms in the guidance that are no product's, for translators to find."""


def shown_platform_name(platform: str, playbook: Playbook) -> str:
    """The name of a platform in the language in use: a product's own, or the words of the guidance for several of them.

    The record holds the English ones, as names of accounts without a name.
    """
    if platform == FROM_ELSEWHERE:
        return _("Data about you without an account")
    return _(playbook.platform_name(platform))


def short_account_name(account: Account, playbook: Playbook) -> str:
    """An account for a narrow column: `Instagram @anna.nl`, `Facebook Anna Jansen`; `Without account`."""
    platform = playbook.platform_name(account.platform)
    if account.is_from_elsewhere:
        return account.name.replace(platform, _("Without account"))
    shown_platform = shown_platform_name(account.platform, playbook)
    if not account.name or is_placeholder_name(account.name, platform):
        return (account.name or platform).replace(platform, shown_platform)
    return f"{shown_platform} {account.name}"
