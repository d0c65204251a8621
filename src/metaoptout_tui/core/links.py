"""Addresses that the program may open, copy as a link or draw as a QR code: only these, and only in one plain form.

A link in guidance is data, and data can be wrong or forged, so the hosts are built in here and nothing fetched can add
one (reliability W5, W7, W8). An address counts as genuine by the registrable domain at the end of its host, never by
what the host contains (facts section 6.4). It is taken apart and put together again from the checked parts, so that
what is opened is what was checked.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.hosts import GENUINE_DOMAINS, MAIL_DOMAINS, NEWSROOM_DOMAINS, PUBLISHER_DOMAINS, SHARED_HOSTS
from metaoptout_tui.core.text import exit_scrub, line

LONGEST = 2_000
"""Characters an address may have."""

LONGEST_HOST = 253

_READ_HOSTS = frozenset({"", "www.", "help.", "faq."})
_READ_PARTS = frozenset({"help", "legal", "policies", "privacyquestions"})
_PLAIN = re.compile(r"[A-Za-z0-9\-._~/%+,=:@&?#]*")
_PARTS = re.compile(r"([A-Za-z]+)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?")
_ENDING = re.compile(r"[a-z]{2,}")
# Dots between words or letters: a host, a mail address's end, or a sentence without a blank after its full stop.
_LIKE_A_HOST = re.compile(r"(?<![\w.-])(?<!(?<!\w)@)\w[\w-]*(?:\.\w[\w-]*)*\.[^\W\d_]{2,}(?![\w-])")
_SCHEME = re.compile(r"\w+:/*//\S*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_SEGMENTS = {
    "path": re.compile(r"/[A-Za-z0-9\-._~/%+,=:@&]*"),
    "query": re.compile(r"[A-Za-z0-9\-._~/%+,=:@&?]*"),
    "fragment": re.compile(r"[A-Za-z0-9\-._~/%+,=:@&?]*"),
}
_NOT_ESCAPED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNSAFE_WHEN_DECODED = re.compile(r"[\s\\\"'<>`|^{}]")
_ADDRESS_WITHIN = re.compile(r"//|\b(?:https?|ftp|file|data|javascript|vbscript|intent|about|blob):", re.IGNORECASE)
_PASSES_ON = re.compile(
    r"(?:^|[?&#])(?:u|url|uri|next|r|redir|redirect|redirect_?ur[il]|continue|dest|destination|target|goto|"
    r"return|return_?to|return_?ur[il])=",
    re.IGNORECASE,
)
# Hosts of Meta that pass a visitor on or serve what others uploaded, and pages that do.
_NOT_ITSELF = {"l", "lm", "lookaside", "apps"}
_PASSING_PAGES = re.compile(
    r"/(?:l\.php|linkshim|flx/warn|dialog|sharer|sharer\.php|plugins)(?=[/?#]|$)", re.IGNORECASE
)
_STOPS = re.compile(r"[/?#]")


@dataclass(frozen=True, slots=True)
class PlainUrl:
    """An https address in checked parts, on whatever host; `str()` puts it together.

    Made by `feed_address`; making one from parts runs the same checks and raises `LinkRefused`. `path` begins with a
    slash; `query` and `fragment` come without their signs and are empty when there is none.
    """

    host: str
    path: str = "/"
    query: str = ""
    fragment: str = ""

    def __post_init__(self) -> None:
        fault = _fault_of_host(self.host) or _fault_of_rest(self)
        if fault:
            raise _refusal(str(self), fault)

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"https://{self.host}{self.path}{query}{fragment}"


@dataclass(frozen=True, slots=True)
class SafeUrl(PlainUrl):
    """A plain address on a host that is built in: one that may be opened, copied as a link or drawn as a QR code.

    Made by `genuine` or `published`; making one from parts runs the same checks and raises `LinkRefused`.
    """

    def __post_init__(self) -> None:
        PlainUrl.__post_init__(self)
        if not self.domain:
            raise _refusal(str(self), "its host does not end in a domain that this program knows")

    @property
    def domain(self) -> str:
        """The end of the host that makes it trusted, for showing it apart: `instagram.com` of `help.instagram.com`."""
        return _meta_domain(self.host) or _publisher_domain(self.host, self.path)

    @property
    def is_metas(self) -> bool:
        """Whether Meta itself answers there, so that a look tells Meta that somebody looked."""
        return self.domain in GENUINE_DOMAINS or self.domain in NEWSROOM_DOMAINS


def genuine(url: str) -> SafeUrl:
    """The checked address of a page of Meta's own; `LinkRefused`, with the reason, for anything else."""
    safe = SafeUrl(*_taken_apart(url))
    if not _meta_domain(safe.host):
        raise _refusal(url, f"its host, {safe.host}, does not end in a domain of Meta")
    return safe


def published(url: str) -> SafeUrl:
    """The checked address of a page that a source or an authority is known by; Meta's own pages are sources too.

    Raises `LinkRefused`, with the reason, for anything else.
    """
    return SafeUrl(*_taken_apart(url))


def watched(url: str) -> SafeUrl:
    """The checked address of a page that the program may look at by itself, which is less than what a person may open.

    Of Meta's own hosts only the help, the legal texts and the newsroom: never a form, the Privacy Centre, the Accounts
    Centre or what stands behind a log-in (facts section 8). Raises `LinkRefused`, with the reason, for anything else.
    """
    safe = published(url)
    domain = _meta_domain(safe.host)
    if domain:
        first, *rest = unquote(safe.path).strip("/").lower().split("/")
        if safe.host.removesuffix(domain) not in _READ_HOSTS or first not in _READ_PARTS or "contact" in rest:
            raise _refusal(url, "it may be a form or a page behind a log-in, which this program never fetches")
    return safe


def linked_from(home: SafeUrl, url: str) -> SafeUrl:
    """The checked address of a link in the page `home`: on Meta's own hosts, or where the page's publisher is at home.

    Raises `LinkRefused`, with the reason, for anything else: a page may name any address, also those of other publishers.
    """
    safe = published(url)
    if safe.domain not in (*GENUINE_DOMAINS, home.domain):
        raise _refusal(url, f"its host, {safe.host}, is neither Meta's nor of {home.domain}")
    return safe


def feed_address(url: str) -> PlainUrl:
    """The checked address of a feed, on any host with a public name, since the person chose it; nothing opens it.

    No number stands for the host (W5: a name is resolved, and what it leads to is looked at, by whoever fetches), and no
    part after `#`, which would not be sent. Raises `LinkRefused`, with the reason, for anything else.
    """
    try:
        plain = PlainUrl(*_taken_apart(url))
        last = plain.host.rpartition(".")
        if not last[0] or not _ENDING.fullmatch(last[2]) or last[2] == "localhost":
            raise _refusal(url, "its host is not the public name of a site")
        if plain.fragment:
            raise _refusal(url, "it names a part of a page")
    except LinkRefused as error:
        raise LinkRefused(error.what, todo="A feed has an address like https://example.org/playbook.toml.") from None
    return plain


def strange_host(sentence: str) -> str:
    """The first thing in a sentence that reads as a web or mail address at a host that this program does not know.

    Empty where there is none. Terminals and people make links of such words, so that a sentence can lead where no link
    can; full-width and other dots count as dots. A handle like `@anna.nl` is no host.
    """
    plain = sentence if sentence.isascii() else unicodedata.normalize("NFKC", sentence).replace("。", ".")
    for found in _LIKE_A_HOST.finditer(plain):
        host = found[0].lower()
        if not (_meta_domain(host) or _publisher_domain(host, "/") or _ending(host, MAIL_DOMAINS)):
            return found[0]
    scheme = _SCHEME.search(plain)
    return scheme[0] if scheme else ""


def _taken_apart(url: str) -> tuple[str, str, str, str]:
    """Host, path, query and fragment of an address with nothing else in it. Raises LinkRefused."""
    if len(url) > LONGEST:
        raise _refusal(url, f"it is longer than {LONGEST} characters")
    if not _PLAIN.fullmatch(url):
        raise _refusal(
            url, "it holds a blank, a quote, a letter beyond plain ASCII or another character that does not belong"
        )
    parts = _PARTS.fullmatch(url)
    if not parts or parts[1].lower() != "https":
        raise _refusal(url, "it does not begin with https://")
    authority = parts[2]
    if "@" in authority:
        raise _refusal(url, "it puts a name before the host, which makes it look like another host")
    if ":" in authority:
        raise _refusal(url, "it names a port")
    fault = _fault_of_host(authority.lower())
    if fault:
        raise _refusal(url, fault)
    return authority.lower(), parts[3] or "/", parts[4] or "", parts[5] or ""


def _fault_of_host(host: str) -> str:
    labels = host.split(".")
    if len(host) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return "its host is no plain host name"
    if any(label.startswith("xn--") for label in labels):
        return "its host stands for letters beyond plain ASCII, which can look like others"
    domain = _meta_domain(host)
    if domain and _NOT_ITSELF.intersection(host.removesuffix(domain).split(".")):
        return "its host passes visitors on or shows what others put there"
    return ""


def _fault_of_rest(url: PlainUrl) -> str:
    if not all(pattern.fullmatch(getattr(url, part)) for part, pattern in _SEGMENTS.items()):
        return "it holds a character that does not belong in an address"
    escaped = f"{url.path}?{url.query}#{url.fragment}"
    rest = unquote(escaped)
    if _NOT_ESCAPED.search(escaped) or "%" in rest:
        return "it is escaped wrongly or more than once"
    if _UNSAFE_WHEN_DECODED.search(rest) or exit_scrub(rest) != rest:
        return "it hides a blank, a quote or a control character"
    if _ADDRESS_WITHIN.search(rest):
        return "it holds another address within"
    if _PASSING_PAGES.search(rest) or _PASSES_ON.search(rest):
        return "it is made to pass a visitor on to somewhere else"
    if {".", ".."}.intersection(_STOPS.split(rest)):
        return "its path goes up and down"
    return ""


def _meta_domain(host: str) -> str:
    return _ending(host, GENUINE_DOMAINS)


def _publisher_domain(host: str, path: str) -> str:
    for place in SHARED_HOSTS:
        shared, _, beginning = place.partition("/")
        if host == shared and (path == f"/{beginning}" or (place.endswith("/") and path.startswith(f"/{beginning}"))):
            return shared
    return _ending(host, PUBLISHER_DOMAINS)


def _ending(host: str, domains: tuple[str, ...]) -> str:
    return next((domain for domain in domains if host == domain or host.endswith("." + domain)), "")


def _refusal(url: str, fault: str) -> LinkRefused:
    return LinkRefused(
        f"The address {line(url, 80)} is not used: {fault}.",
        todo="Reach the page through the menus, or type the address of the site yourself.",
    )
