"""What on a page is not its text: menus, banners, bars for sharing, teasers of other pages, and what stands around them.

The rules go by what an element is for a reader (its role, where it stands, how much of it is links) before what its
author called it, since names lie; and nothing that holds the page's title or most of its text is ever left out. Lists of
links stay, because the list of the objection forms is one.
"""

from collections.abc import Callable

from metaoptout_tui.guidance.elements import HEADINGS, Element, Tally
from metaoptout_tui.guidance.markup import names

_NEVER = names("nav footer dialog form")
_NEVER_ROLES = names(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar tooltip tablist status progressbar"
)
_UNSEEN = (
    names("visually hidden"),
    names("visuallyhidden"),
    names("sr only"),
    names("screen reader"),
    names("element invisible"),
)
_PANELS = names("accordion collapse collapsible expandable panel tab faq toggle details akkordeon")

_AROUND = names(
    "breadcrumb breadcrumbs pagination pager skip skiplink skiplinks navbar navigation menu submenu newsletter "
    "subscribe subscription advert advertisement ad ads werbung comments respond sidebar login search cart paywall "
    "toc masthead topbar footer foot"
)
_SHARING = names("share shares sharing social addtoany sharedaddy shariff teilen partager delen print")
_ELSEWHERE = names(
    "related teaser teasers recommended recommendation recommendations similar latest trending popular mehr more "
    "promo promotion card cards readmore crosslinks crossselling weiterlesen weiterfuehrend verwandt"
)
_ROTATING = names("carousel slider slideshow slick swiper splide ticker rotator marquee")
_CONSENT = names("cookie cookies consent cmp gdpr")
_CONSENT_TOOLS = names(
    "onetrust usercentrics cookiebot didomi borlabs klaro cookiefirst complianz cmplz iubenda quantcast sourcepoint "
    "truste tarteaucitron ccm cookiebanner cookieconsent cookiebar cookielayer cookienotice"
)
_BANNERS = names("banner bar notice popup modal overlay layer wall bubble compliance manager")
_ABOUT_THE_TEXT = names(
    "byline author authors meta date dates posted published updated timestamp time tags tag categories category "
    "reading kicker eyebrow datum"
)

_SHORT = 160
_BANNER = 1_500
_LEAST = 200
"""Characters: of what is only a remark, of a banner, of a text."""


def reading_part(page: Element) -> Element:
    """The part of `page` that is its text, with everything else in it marked as left out."""
    page.count()
    _leave_out_unseen(page)
    page.count()
    part = _main(page)
    for rule in (_is_clutter, _is_teaser):
        _leave_out(part, rule)
        part.count()
    return part


def _main(page: Element) -> Element:
    """What the page calls its main part, or an article in it that is most of that and has the title; else all of it."""
    mains = [each for each in page.within() if each.tag == "main" or each.role == "main"]
    best = max(mains, key=_said, default=page)
    best = best if best.tally.chars >= _LEAST else page
    articles = (each for each in best.within() if each.tag == "article" or each.role == "article")
    longest = max(articles, key=_said, default=best)
    is_it = longest.tally.titles and 2 * longest.tally.chars > best.tally.chars
    return longest if is_it else best


def _said(element: Element) -> int:
    return element.tally.chars - element.tally.linked


def _leave_out_unseen(page: Element) -> None:
    """What nobody sees, unless it is what an accordion unfolds."""
    controlled = {each.attributes.get("aria-controls", "") for each in page.within()}
    for element in page.within():
        if any(unseen <= element.words for unseen in _UNSEEN):
            element.left_out = True
        elif "hidden" in element.attributes or element.attributes.get("aria-hidden") == "true":
            unfolds = element.attributes.get("id", "-") in controlled or element.role in {"tabpanel", "region"}
            element.left_out = not (unfolds or element.words & _PANELS or element.tally.prose >= _SHORT)


def _leave_out(part: Element, rule: Callable[[Element], bool]) -> None:
    """Everything in `part` to which `rule` applies, but nothing that holds the page's title or most of its text."""
    for element in part.within():
        holds = element.tally.titles > 0 or 2 * element.tally.chars > part.tally.chars
        if not holds and rule(element):
            element.left_out = True


def _is_clutter(element: Element) -> bool:
    return any(rule(element) for rule in (_is_around, _asks_consent, _asks_reader, _is_menu, _is_named_so))


def _is_around(element: Element) -> bool:
    """Whether it is by its nature no part of a text."""
    if element.tag == "aside" or element.role == "complementary":
        return _leads_elsewhere(element)
    if element.is_button:
        return not element.unfolds
    if element.tag == "figcaption":  # of a picture, which is not shown
        return element.parent is not None and element.parent.tally.chars == element.tally.chars
    return element.tag in _NEVER or element.role in _NEVER_ROLES or element.attributes.get("aria-modal") == "true"


def _is_named_so(element: Element) -> bool:
    """Whether its name says that it is no part of the text, and what is in it does not speak against that."""
    words, tally = element.words, element.tally
    if not words or element.tag in {"p", "td", "th", "tr", "table"}:
        return False
    mostly_links = 2 * tally.linked > tally.chars
    return bool(
        (words & _AROUND and element.tag not in HEADINGS and (mostly_links or tally.prose < _SHORT))
        or (words & _SHARING and (mostly_links or tally.chars < _SHORT))
        or words & _ROTATING
        or (words & _ELSEWHERE and _leads_elsewhere(element))
        or (words & _ABOUT_THE_TEXT and tally.chars < _SHORT)
    )


def _asks_consent(element: Element) -> bool:
    """Whether it is a cookie banner: called so, or, without a name, some words on cookies and buttons."""
    words, tally = element.words, element.tally
    if tally.chars > 3 * _BANNER or element.tag in {"p", "li", "a", "span"}:
        return False
    if words & _CONSENT_TOOLS:
        return True
    if words & _CONSENT:
        return _only_asks(tally) or bool(words & _BANNERS)
    return tally.asking > 1 and _only_asks(tally) and tally.cookies > 0 and tally.chars < _BANNER


def _asks_reader(element: Element) -> bool:
    """Whether a few words with buttons want something of the reader, such as whether the page helped."""
    tally = element.tally
    if element.tag not in {"div", "section", "aside", "fieldset"} or tally.chars > _SHORT:
        return False
    return _only_asks(tally) and (tally.asking > 1 or tally.headings > 0)


def _only_asks(tally: Tally) -> bool:
    return 0 < tally.asking == tally.buttons


def _is_menu(element: Element) -> bool:
    """Whether it lists the parts of this page, or is nothing but links within the site without being made as a list."""
    tally = element.tally
    if tally.links > 1 and element.tag in {"ul", "ol"}:
        return tally.jumps == tally.links and tally.linked == tally.chars
    if tally.links < 3 or tally.flow or element.tag not in {"div", "section", "span", "td"}:
        return False
    return 10 * tally.linked > 8 * tally.chars and tally.inward > 0 and tally.inward >= tally.outward


def _leads_elsewhere(element: Element) -> bool:
    """Whether it is there for its links to other pages of the site: much of it is links, or its headings are."""
    tally = element.tally
    return tally.leading > 0 or (3 * tally.linked > tally.chars and tally.inward >= tally.outward)


def _is_teaser(element: Element) -> bool:
    """Whether it tells of another page, as its neighbour does."""
    return element.is_card and element.parent is not None and element.parent.cards > 1
