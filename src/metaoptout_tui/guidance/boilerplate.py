"""Finds the main content of a page, and excludes menus, banners, share bars and teasers from it.

The rules look at what an element is for a reader (its role, its position, how much of it is links) before the names
its author gave it. An element with the page's title or most of its text is never excluded. Lists of links stay,
because the list of the objection forms is one.
"""

from collections.abc import Callable

from metaoptout_tui.guidance.html_sanitizer import word_set
from metaoptout_tui.guidance.page_tree import SUBHEADINGS, ElementCounts, PageElement

_EXCLUDED_TAGS = word_set("nav footer dialog form")
_EXCLUDED_ROLES = word_set(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar tooltip tablist status progressbar"
)
_HIDDEN_NAMES = (
    word_set("visually hidden"),
    word_set("visuallyhidden"),
    word_set("sr only"),
    word_set("screen reader"),
    word_set("element invisible"),
)
_PANEL_NAMES = word_set("accordion collapse collapsible expandable panel tab faq toggle details akkordeon")

_SURROUNDING_NAMES = word_set(
    "breadcrumb breadcrumbs pagination pager skip skiplink skiplinks navbar navigation menu submenu newsletter "
    "subscribe subscription advert advertisement ad ads werbung comments respond sidebar login search cart paywall "
    "toc masthead topbar footer foot"
)
_SHARING_NAMES = word_set("share shares sharing social addtoany sharedaddy shariff teilen partager delen print")
_TEASER_NAMES = word_set(
    "related teaser teasers recommended recommendation recommendations similar latest trending popular mehr more "
    "promo promotion card cards readmore crosslinks crossselling weiterlesen weiterfuehrend verwandt"
)
_CAROUSEL_NAMES = word_set("carousel slider slideshow slick swiper splide ticker rotator marquee")
_CONSENT_NAMES = word_set("cookie cookies consent cmp gdpr")
_CONSENT_TOOL_NAMES = word_set(
    "onetrust usercentrics cookiebot didomi borlabs klaro cookiefirst complianz cmplz iubenda quantcast sourcepoint "
    "truste tarteaucitron ccm cookiebanner cookieconsent cookiebar cookielayer cookienotice"
)
_BANNER_NAMES = word_set("banner bar notice popup modal overlay layer wall bubble compliance manager")
_METADATA_NAMES = word_set(
    "byline author authors meta date dates posted published updated timestamp time tags tag categories category "
    "reading kicker eyebrow datum"
)

_SHORT_CHARS = 160
_MAX_BANNER_CHARS = 1_500
_MIN_MAIN_CHARS = 200
"""Characters: of what is only a remark, of a banner, of a text."""


def find_main_content(page: PageElement) -> PageElement:
    """The part of `page` that is its text, with everything else in it marked as left out."""
    page.update_counts()
    _exclude_hidden(page)
    page.update_counts()
    part = _main_element(page)
    for rule in (_is_boilerplate, _is_teaser):
        _exclude_matching(part, rule)
        part.update_counts()
    return part


def _main_element(page: PageElement) -> PageElement:
    """What the page calls its main part, or an article in it that is most of that and has the title; else all of it."""
    mains = [each for each in page.iter_tree() if each.tag == "main" or each.role == "main"]
    best = max(mains, key=_unlinked_chars, default=page)
    best = best if best.counts.chars >= _MIN_MAIN_CHARS else page
    articles = (each for each in best.iter_tree() if each.tag == "article" or each.role == "article")
    longest = max(articles, key=_unlinked_chars, default=best)
    is_it = longest.counts.titles and 2 * longest.counts.chars > best.counts.chars
    return longest if is_it else best


def _unlinked_chars(element: PageElement) -> int:
    return element.counts.chars - element.counts.linked_chars


def _exclude_hidden(page: PageElement) -> None:
    """What nobody sees, unless it is what an accordion unfolds."""
    controlled = {each.attributes.get("aria-controls", "") for each in page.iter_tree()}
    for element in page.iter_tree():
        if any(unseen <= element.name_words for unseen in _HIDDEN_NAMES):
            element.is_excluded = True
        elif "hidden" in element.attributes or element.attributes.get("aria-hidden") == "true":
            unfolds = element.attributes.get("id", "-") in controlled or element.role in {"tabpanel", "region"}
            element.is_excluded = not (
                unfolds or element.name_words & _PANEL_NAMES or element.counts.paragraph_chars >= _SHORT_CHARS
            )


def _exclude_matching(part: PageElement, rule: Callable[[PageElement], bool]) -> None:
    """Everything in `part` to which `rule` applies, but nothing that holds the page's title or most of its text."""
    for element in part.iter_tree():
        holds = element.counts.titles > 0 or 2 * element.counts.chars > part.counts.chars
        if not holds and rule(element):
            element.is_excluded = True


def _is_boilerplate(element: PageElement) -> bool:
    return any(
        rule(element)
        for rule in (
            _is_boilerplate_by_role,
            _is_cookie_banner,
            _is_feedback_prompt,
            _is_link_menu,
            _is_boilerplate_by_name,
        )
    )


def _is_boilerplate_by_role(element: PageElement) -> bool:
    """Whether it is by its nature no part of a text."""
    if element.tag == "aside" or element.role == "complementary":
        return _is_mostly_site_links(element)
    if element.is_button:
        return not element.is_disclosure_button
    if element.tag == "figcaption":  # of a picture, which is not shown
        return element.parent is not None and element.parent.counts.chars == element.counts.chars
    return (
        element.tag in _EXCLUDED_TAGS
        or element.role in _EXCLUDED_ROLES
        or element.attributes.get("aria-modal") == "true"
    )


def _is_boilerplate_by_name(element: PageElement) -> bool:
    """Whether its name says that it is no part of the text, and what is in it does not speak against that."""
    words, tally = element.name_words, element.counts
    if not words or element.tag in {"p", "td", "th", "tr", "table"}:
        return False
    mostly_links = 2 * tally.linked_chars > tally.chars
    return bool(
        (
            words & _SURROUNDING_NAMES
            and element.tag not in SUBHEADINGS
            and (mostly_links or tally.paragraph_chars < _SHORT_CHARS)
        )
        or (words & _SHARING_NAMES and (mostly_links or tally.chars < _SHORT_CHARS))
        or words & _CAROUSEL_NAMES
        or (words & _TEASER_NAMES and _is_mostly_site_links(element))
        or (words & _METADATA_NAMES and tally.chars < _SHORT_CHARS)
    )


def _is_cookie_banner(element: PageElement) -> bool:
    """Whether it is a cookie banner: called so, or, without a name, some words on cookies and buttons."""
    words, tally = element.name_words, element.counts
    if tally.chars > 3 * _MAX_BANNER_CHARS or element.tag in {"p", "li", "a", "span"}:
        return False
    if words & _CONSENT_TOOL_NAMES:
        return True
    if words & _CONSENT_NAMES:
        return _has_only_action_buttons(tally) or bool(words & _BANNER_NAMES)
    return (
        tally.action_buttons > 1
        and _has_only_action_buttons(tally)
        and tally.cookie_texts > 0
        and tally.chars < _MAX_BANNER_CHARS
    )


def _is_feedback_prompt(element: PageElement) -> bool:
    """Whether a few words with buttons want something of the reader, such as whether the page helped."""
    tally = element.counts
    if element.tag not in {"div", "section", "aside", "fieldset"} or tally.chars > _SHORT_CHARS:
        return False
    return _has_only_action_buttons(tally) and (tally.action_buttons > 1 or tally.headings > 0)


def _has_only_action_buttons(tally: ElementCounts) -> bool:
    return 0 < tally.action_buttons == tally.buttons


def _is_link_menu(element: PageElement) -> bool:
    """Whether it lists the parts of this page, or is nothing but links within the site without being made as a list."""
    tally = element.counts
    if tally.links > 1 and element.tag in {"ul", "ol"}:
        return tally.fragment_links == tally.links and tally.linked_chars == tally.chars
    if tally.links < 3 or tally.text_elements or element.tag not in {"div", "section", "span", "td"}:
        return False
    return (
        10 * tally.linked_chars > 8 * tally.chars and tally.site_links > 0 and tally.site_links >= tally.external_links
    )


def _is_mostly_site_links(element: PageElement) -> bool:
    """Whether it is there for its links to other pages of the site: much of it is links, or its headings are."""
    tally = element.counts
    return tally.linked_headings > 0 or (
        3 * tally.linked_chars > tally.chars and tally.site_links >= tally.external_links
    )


def _is_teaser(element: PageElement) -> bool:
    """Whether it tells of another page, as its neighbour does."""
    return element.is_card and element.parent is not None and element.parent.card_children > 1
