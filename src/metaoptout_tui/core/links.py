"""Checks web addresses: only these may be opened, copied as a link or drawn as a QR code.

A link in guidance is data, and data can be wrong or forged, so the trusted hosts are built in and nothing fetched can
add one. An address is trusted by the registrable domain at the end of its host, never by what the host contains. It is
split into parts, checked, and put together again from the checked parts, so that what is opened is what was checked.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.hosts import (
    ADDRESS_IN_NAME_DOMAINS,
    META_DOMAINS,
    META_MAIL_ONLY_DOMAINS,
    META_NEWSROOM_DOMAINS,
    PRIVATE_TOP_LEVEL_DOMAINS,
    PUBLISHER_DOMAINS,
    SHARED_HOST_PATHS,
)
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line, replace_unsafe_characters

MAX_URL_LENGTH = 2_000
"""Characters an address may have."""

MAX_HOST_LENGTH = 253

_WATCHABLE_SUBDOMAINS = frozenset({"", "www.", "help.", "faq."})
_WATCHABLE_SECTIONS = frozenset({"help", "legal", "policies", "privacyquestions"})
_ALLOWED_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~/%+,=:@&?#]*")
_URL_PARTS = re.compile(r"([A-Za-z]+)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?")
_TOP_LEVEL_DOMAIN = re.compile(r"[a-z]{2,}")
# Dots between words or letters: a host, a mail address's end, or a sentence without a blank after its full stop.
_HOST_IN_TEXT = re.compile(r"(?<![\w.-])(?<!(?<!\w)@)\w[\w-]*(?:\.\w[\w-]*)*\.[^\W\d_]{2,}(?![\w-])")
_URL_IN_TEXT = re.compile(r"\w+:/*//\S*")
_HOST_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_PART_PATTERNS = {
    "path": re.compile(r"/[A-Za-z0-9\-._~/%+,=:@&]*"),
    "query": re.compile(r"[A-Za-z0-9\-._~/%+,=:@&?]*"),
    "fragment": re.compile(r"[A-Za-z0-9\-._~/%+,=:@&?]*"),
}
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNSAFE_WHEN_DECODED = re.compile(r"[\s\\\"'<>`|^{}]")
_NESTED_URL = re.compile(r"//|\b(?:https?|ftp|file|data|javascript|vbscript|intent|about|blob):", re.IGNORECASE)
_REDIRECT_PARAMETER = re.compile(
    r"(?:^|[?&#;])(?:u|url|uri|next|r|redir|redirect|redirect_?ur[il]|continue|dest|destination|target|goto|"
    r"return|return_?to|return_?ur[il])=",
    re.IGNORECASE,
)
# Those by which Meta's own sites send a visitor on: whole names, and words that are part of longer ones (`login_next`,
# `fallback_url`, `redirect_after_login`, `cancelUri`).
_REDIRECT_PARAMETER_OF_META = re.compile(
    r"(?:^|[?&#;])(?:(?:u|r|q|to|go|ru|rto|out|ext|back|page|path|site|open|forward|location|domain|host|src|ref_src"
    r"|deep_?link|app_?link|al_applink_data|link|aref|website)(?:\[\])?"
    r"|[^=&#?;]*(?:ur[il]|href|redir|next|return|continue|callback|forward|goto|dest|target|fallback|cancel|success)"
    r"[^=&#?;]*)=",
    re.IGNORECASE,
)
# Hosts of Meta that pass a visitor on or serve what others uploaded, and pages that do.
_REDIRECTING_LABELS = {"l", "lm", "lookaside", "apps"}
_REDIRECTING_PATH = re.compile(
    r"/(?:l\.php|linkshim|flx/warn|dialog|sharer|sharer\.php|plugins|oauth|oidc|away|n|nd|si/ajax|emails?/.*unsubscribe)"
    r"(?=[/?#]|$)",
    re.IGNORECASE,
)
_PATH_SEPARATOR = re.compile(r"[/?#]")


@dataclass(frozen=True, slots=True)
class PlainUrl:
    """An https address in checked parts, on any host; `str()` puts it together.

    Made by `parse_feed_url`; making one from parts runs the same checks and raises `LinkRefused`. `path` begins with a
    slash; `query` and `fragment` come without their signs and are empty when there is none.
    """

    host: str
    path: str = "/"
    query: str = ""
    fragment: str = ""

    def __post_init__(self) -> None:
        fault = _host_fault(self.host) or _path_fault(self)
        if fault:
            raise _link_refused(str(self), fault)

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"https://{self.host}{self.path}{query}{fragment}"


@dataclass(frozen=True, slots=True)
class SafeUrl(PlainUrl):
    """A plain address on a host that is built in: one that may be opened, copied as a link or drawn as a QR code.

    Made by `parse_meta_url` or `parse_trusted_url`; making one from parts runs the same checks and raises
    `LinkRefused`.
    """

    def __post_init__(self) -> None:
        PlainUrl.__post_init__(self)
        if not self.domain:
            raise _link_refused(str(self), _("its host does not end in a domain that this program knows"))

    @property
    def domain(self) -> str:
        """The end of the host that makes it trusted, for showing it apart: `instagram.com` of `help.instagram.com`."""
        return _meta_domain(self.host) or _trusted_domain(self.host, self.path)

    @property
    def is_on_meta_site(self) -> bool:
        """Whether Meta itself answers there, so that Meta learns of every request."""
        return self.domain in META_DOMAINS or self.domain in META_NEWSROOM_DOMAINS


def parse_meta_url(url: str) -> SafeUrl:
    """The checked address of a page of Meta's own; `LinkRefused`, with the reason, for anything else."""
    safe = SafeUrl(*_split_url(url))
    if not _meta_domain(safe.host):
        raise _link_refused(url, _("its host, {host}, does not end in a domain of Meta").format(host=safe.host))
    return safe


def parse_trusted_url(url: str) -> SafeUrl:
    """The checked address of a page of a source or an authority; Meta's own pages are sources too.

    Raises `LinkRefused`, with the reason, for anything else.
    """
    return SafeUrl(*_split_url(url))


def meta_url_or_none(url: str) -> SafeUrl | None:
    """The link of an address, as `parse_meta_url` returns it; None for one that may not be opened."""
    try:
        return parse_meta_url(url)
    except LinkRefused:
        return None


def first_meta_url(urls: Iterable[str]) -> SafeUrl | None:
    """The first address that may be opened as one of Meta's; None where there is none."""
    return next(filter(None, map(meta_url_or_none, urls)), None)


def trusted_url_or_none(url: str) -> SafeUrl | None:
    """The link of an address, as `parse_trusted_url` returns it; None for an empty one and for one that may not be opened."""
    try:
        return parse_trusted_url(url) if url else None
    except LinkRefused:
        return None


def parse_watchable_url(url: str) -> SafeUrl:
    """The checked address of a page that the program may fetch by itself, which is less than what a person may open.

    Of Meta's own hosts only the help, the legal texts and the newsroom: never a form, the Privacy Centre, the Accounts
    Centre or what stands behind a log-in (guidance/README.md, Watched pages). Raises `LinkRefused`, with the reason,
    for anything else.
    """
    safe = parse_trusted_url(url)
    domain = _meta_domain(safe.host)
    if domain:
        first, *rest = unquote(safe.path).strip("/").lower().split("/")
        if (
            safe.host.removesuffix(domain) not in _WATCHABLE_SUBDOMAINS
            or first not in _WATCHABLE_SECTIONS
            or "contact" in rest
        ):
            raise _link_refused(url, _("it may be a form or a page behind a log-in, which this program never fetches"))
    return safe


def parse_link_on_page(home: SafeUrl, url: str) -> SafeUrl:
    """The checked address of a link in the page `home`: on Meta's own hosts, or where the page's publisher is at home.

    Raises `LinkRefused`, with the reason, for anything else: a page may name any address, also those of other
    publishers.
    """
    safe = parse_trusted_url(url)
    if safe.domain not in (*META_DOMAINS, home.domain):
        raise _link_refused(
            url, _("its host, {host}, is neither Meta's nor of {domain}").format(host=safe.host, domain=home.domain)
        )
    return safe


def parse_feed_url(url: str) -> PlainUrl:
    """The checked address of a feed, on any host with a public name, since the person chose it; nothing opens it.

    The host is a name and no IP address (whoever fetches checks what the name resolves to), and there is no part after
    `#`, which would not be sent. Raises `LinkRefused`, with the reason, for anything else.
    """
    try:
        plain = PlainUrl(*_split_url(url))
        name, _dot, top_level = plain.host.rpartition(".")
        if not name or not _TOP_LEVEL_DOMAIN.fullmatch(top_level) or top_level in PRIVATE_TOP_LEVEL_DOMAINS:
            raise _link_refused(url, _("its host is not the public name of a site"))
        if _matching_domain(plain.host, ADDRESS_IN_NAME_DOMAINS):
            raise _link_refused(url, _("its host is a name that leads to any address, also within your own network"))
        if plain.fragment:
            raise _link_refused(url, _("it names a part of a page"))
    except LinkRefused as error:
        raise LinkRefused(error.what, todo=_("A feed has an address like https://example.org/playbook.toml.")) from None
    return plain


def find_unknown_host(sentence: str) -> str:
    """The first thing in a sentence that reads as a web or mail address at a host that this program does not know.

    Empty where there is none. Terminals and people turn such words into links, so a sentence could lead where no
    checked link may; full-width and other dots count as dots. A handle like `@anna.nl` is no host.
    """
    plain = sentence if sentence.isascii() else unicodedata.normalize("NFKC", sentence).replace("。", ".")
    for match in _HOST_IN_TEXT.finditer(plain):
        host = match[0].lower()
        if not (_meta_domain(host) or _trusted_domain(host, "/") or _matching_domain(host, META_MAIL_ONLY_DOMAINS)):
            return match[0]
    scheme = _URL_IN_TEXT.search(plain)
    return scheme[0] if scheme else ""


def _split_url(url: str) -> tuple[str, str, str, str]:
    """Host, path, query and fragment of an address with nothing else in it. Raises LinkRefused."""
    if len(url) > MAX_URL_LENGTH:
        raise _link_refused(url, _("it is longer than {count} characters").format(count=MAX_URL_LENGTH))
    if not _ALLOWED_CHARACTERS.fullmatch(url):
        raise _link_refused(
            url, _("it holds a blank, a quote, a letter beyond plain ASCII or another character that does not belong")
        )
    parts = _URL_PARTS.fullmatch(url)
    if not parts or parts[1].lower() != "https":
        raise _link_refused(url, _("it does not begin with https://"))
    authority = parts[2]
    if "@" in authority:
        raise _link_refused(url, _("it puts a name before the host, which makes it look like another host"))
    if ":" in authority:
        raise _link_refused(url, _("it names a port"))
    fault = _host_fault(authority.lower())
    if fault:
        raise _link_refused(url, fault)
    return authority.lower(), parts[3] or "/", parts[4] or "", parts[5] or ""


def _host_fault(host: str) -> str:
    labels = host.split(".")
    if len(host) > MAX_HOST_LENGTH or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        return _("its host is no plain host name")
    if any(label.startswith("xn--") for label in labels):
        return _("its host stands for letters beyond plain ASCII, which can look like others")
    domain = _meta_domain(host)
    if domain and _REDIRECTING_LABELS.intersection(host.removesuffix(domain).split(".")):
        return _("its host passes visitors on or shows what others put there")
    return ""


def _path_fault(url: PlainUrl) -> str:
    if not all(pattern.fullmatch(getattr(url, part)) for part, pattern in _PART_PATTERNS.items()):
        return _("it holds a character that does not belong in an address")
    escaped = f"{url.path}?{url.query}#{url.fragment}"
    decoded = unquote(escaped)
    if _BAD_ESCAPE.search(escaped) or "%" in decoded:
        return _("it is escaped wrongly or more than once")
    if _UNSAFE_WHEN_DECODED.search(decoded) or replace_unsafe_characters(decoded) != decoded:
        return _("it hides a blank, a quote or a control character")
    if _NESTED_URL.search(decoded):
        return _("it holds another address within")
    if _REDIRECTING_PATH.search(decoded) or _REDIRECT_PARAMETER.search(decoded):
        return _("it is made to pass a visitor on to somewhere else")
    if _meta_domain(url.host) and _REDIRECT_PARAMETER_OF_META.search(decoded):
        return _("it is made to pass a visitor on to somewhere else")
    if {".", ".."}.intersection(_PATH_SEPARATOR.split(decoded)):
        return _("its path goes up and down")
    return ""


def _meta_domain(host: str) -> str:
    return _matching_domain(host, META_DOMAINS)


def _trusted_domain(host: str, path: str) -> str:
    for shared_path in SHARED_HOST_PATHS:
        shared_host, _unused, path_prefix = shared_path.partition("/")
        if host == shared_host and (
            path == f"/{path_prefix}" or (shared_path.endswith("/") and path.startswith(f"/{path_prefix}"))
        ):
            return shared_host
    return _matching_domain(host, PUBLISHER_DOMAINS)


def _matching_domain(host: str, domains: tuple[str, ...]) -> str:
    return next((domain for domain in domains if host == domain or host.endswith("." + domain)), "")


def _link_refused(url: str, fault: str) -> LinkRefused:
    return LinkRefused(
        _("The address {url} is not used: {fault}.").format(url=clean_line(url, 80), fault=fault),
        todo=_("Reach the page through the menus, or type the address of the site yourself."),
    )
