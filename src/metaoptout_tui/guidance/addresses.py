"""The addresses that a page names, in one plain form, so that a new tracking number is no new address."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from metaoptout_tui.core import text

LONGEST = 2_000

_TRACKS = re.compile(
    r"(?:utm_|pk_|mtm_|mc_|wt_|at_|hsa_|_hs|vero_|oly_).*|(?:fb|g|d|ms|y|tt|tw|li_fat_|igsh|wbra|gbra)(?:cl)?id"
    r"|igsh|ref_src|_ga|_gl|xtor|wtmc|jsessionid|phpsessid|sessionid|sid",
    re.IGNORECASE,
)
_NO_HOST = re.compile(r"https?:(?!//[^/?#])", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_AS_THEY_ARE = "%/:=&?~+!$,;'@()*[]"


def plain(address: str, base: str) -> str:
    """The absolute http or https address that `address` means on the page at `base`, or nothing where it means none.

    Without its fragment, session and tracking parameters, its host in lower case and ASCII, everything else escaped.
    An address with a name before its host is left out: no honest page has one, and it reads as another host.
    """
    address = address.strip()
    if not address or len(address) > LONGEST or address.startswith("#") or _NO_HOST.match(address):
        return ""
    try:
        parts = urlsplit(urljoin(base, address))
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            return ""
        host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:  # UnicodeError is one
        return ""
    query = "&".join(each for each in parts.query.split("&") if each and not _TRACKS.fullmatch(each.partition("=")[0]))
    path = quote(_SESSION.sub("", parts.path) or "/", safe=_AS_THEY_ARE)
    found = urlunsplit((parts.scheme, f"{host}{port}", path, quote(query, safe=_AS_THEY_ARE), ""))
    return found if len(found) <= LONGEST and text.line(found, LONGEST) == found else ""


def host(address: str) -> str:
    """The host of an absolute address, without `www.`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
