"""What on a page is not its text: menus, banners, bars for sharing, teasers of other pages, and what stands around them.

The rules go by what an element is for a reader (its role, where it stands, how much of it is links) before what its
author called it, since names lie; and nothing that holds the page's title or most of its text is ever left out. Lists of
links stay, because the list of the objection forms is one.
"""

from metaoptout_tui.guidance.elements import Element
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
    "toc masthead topbar footer"
)
_SHARING = names("share shares sharing social addtoany sharedaddy shariff teilen partager delen print")
_ELSEWHERE = names(
    "related teaser teasers recommended recommendation recommendations similar latest trending popular mehr more "
    "promo promotion card cards readmore crosslinks crossselling weiterlesen weiterfuehrend verwandt"
)
_ROTATING = names("carousel slider slideshow slick swiper splide ticker rotator marquee")
_CONSENT = names(
    "cookie cookies consent cmp gdpr dsgvo rgpd avg ccm tarteaucitron onetrust usercentrics cookiebot didomi borlabs "
    "klaro cookiefirst complianz iubenda quantcast sourcepoint truste cookiebanner cookieconsent cookiebar cookielayer"
)
_ABOUT_THE_TEXT = names(
    "byline author authors meta date dates posted published updated timestamp time tags tag categories category "
    "reading kicker eyebrow datum"
)

_SHORT = 160
_BANNER = 1_500
_MAIN = 200


def reading_part(page: Element) -> Element:
    """The part of `page` that is its text, with everything else in it marked as left out."""
    page.count()
    _leave_out_unseen(page)
    page.count()
    part = _main(page)
    _leave_out(part)
    part.count()
    _leave_out_teasers(part)
    part.count()
    return part


def _main(page: Element) -> Element:
    mains = [each for each in page.within() if each.tag == "main" or each.role == "main"]
    articles = [each for each in page.within() if each.tag == "article" or each.role == "article"]
    best = max(mains, key=lambda each: each.chars - each.linked, default=page)
    if best.chars < _MAIN:
        best = page
    longest = max(articles, key=lambda each: each.chars - each.linked, default=best)
    return longest if longest.chars >= _MAIN and 2 * longest.chars > best.chars and longest.titles else best


def _leave_out_unseen(page: Element) -> None:
    """What nobody sees, unless it is what an accordion unfolds."""
    controlled = {each.attributes.get("aria-controls", "") for each in page.within()}
    for element in page.within():
        words = element.words()
        if any(unseen <= words for unseen in _UNSEEN):
            element.left_out = True
        elif "hidden" in element.attributes or element.attributes.get("aria-hidden") == "true":
            unfolds = element.attributes.get("id", "-") in controlled or element.role in {"tabpanel", "region"}
            element.left_out = not (unfolds or words & _PANELS or element.prose >= _SHORT)


def _leave_out(part: Element) -> None:
    """Everything in `part` that serves the site rather than the text."""
    for element in part.within():
        if element is not part and not _holds(element, part) and _is_clutter(element):
            element.left_out = True


def _holds(element: Element, part: Element) -> bool:
    """Whether the page's title or most of its text is in it."""
    return element.titles > 0 or 2 * element.chars > part.chars


def _is_clutter(element: Element) -> bool:
    return _is_around(element) or _asks_consent(element) or _is_jump_list(element) or _is_named_so(element)


def _is_around(element: Element) -> bool:
    """Whether it is by its nature no part of a text."""
    if element.tag == "aside" or element.role == "complementary":
        return 3 * element.linked > element.chars or _leads_elsewhere(element)
    if element.tag == "button":
        return not _unfolds(element)
    return element.tag in _NEVER or element.role in _NEVER_ROLES or element.attributes.get("aria-modal") == "true"


def _is_named_so(element: Element) -> bool:
    """Whether its name says that it is no part of the text, and what is in it does not speak against that."""
    words = element.words()
    if not words or element.tag in {"p", "td", "th", "tr", "table"}:
        return False
    mostly_links = 2 * element.linked > element.chars
    return bool(
        (words & _AROUND and (mostly_links or element.prose < _SHORT))
        or (words & _SHARING and (mostly_links or element.chars < _SHORT))
        or words & _ROTATING
        or (words & _ELSEWHERE and _leads_elsewhere(element))
        or (words & _ABOUT_THE_TEXT and element.chars < _SHORT)
    )


def _unfolds(button: Element) -> bool:
    """Whether a button is the title of a part of the text."""
    if "aria-controls" in button.attributes or "aria-expanded" in button.attributes:
        return True
    return button.parent is not None and button.parent.tag in {"h2", "h3", "h4", "h5", "h6", "summary"}


def _asks_consent(element: Element) -> bool:
    """Whether it is a cookie banner: called so and holding buttons, or, without a name, short words on cookies and buttons."""
    if element.chars > _BANNER * 3 or element.tag in {"p", "li", "a", "span"}:
        return False
    if element.words() & _CONSENT:
        return element.buttons > 0 or element.links > 0 or element.chars < _BANNER
    if element.buttons < 2 or element.chars > _BANNER:
        return False
    return "cookie" in element.text().casefold() and not any(
        _unfolds(each) for each in element.within() if each.tag == "button"
    )


def _is_jump_list(element: Element) -> bool:
    """Whether it lists the parts of this page."""
    if element.tag not in {"ul", "ol"} or element.links < 2 or element.linked < element.chars:
        return False
    links = [each for each in element.within() if each.tag == "a"]
    return all(each.attributes.get("href", "").startswith("#") for each in links)


def _leads_elsewhere(element: Element) -> bool:
    """Whether it is there for its links to other pages: much of it is links, or its headings are."""
    return element.links > 0 and (3 * element.linked > element.chars or any(map(_is_linked_heading, element.within())))


def _is_linked_heading(element: Element) -> bool:
    """Whether it is a heading that is nothing but a link to another page."""
    if element.tag not in {"h2", "h3", "h4", "h5", "h6"} or not element.chars:
        return False
    inside = [each for each in element.within() if each.tag == "a"]
    around = element.parent if element.parent and element.parent.tag == "a" else None
    if inside:
        return element.linked == element.chars and not inside[0].attributes.get("href", "#").startswith("#")
    return around is not None and not around.attributes.get("href", "#").startswith("#")


def _leave_out_teasers(part: Element) -> None:
    """Two or more neighbours whose headings are links tell of other pages, whatever their names."""
    teasers = [_teaser_of(each) for each in part.within() if _is_linked_heading(each)]
    for teaser in teasers:
        neighbours = sum(1 for other in teasers if other.parent is teaser.parent)
        if neighbours >= 2 and not _holds(teaser, part):
            teaser.left_out = True


def _teaser_of(heading: Element) -> Element:
    """The largest element around a linked heading in which it is the only heading."""
    element = heading
    while (
        element.parent
        and sum(1 for each in element.parent.within() if each.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}) == 1
    ):
        element = element.parent
    return element
