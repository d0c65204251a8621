"""Finds the main content of a page, and excludes menus, banners, share bars and teasers from it.

The rules first consider what an element is to a reader (its role, its position, how much of it is links), then its id
and class names. An element with the page's title or most of its text is never excluded. Lists of links stay, because
the list of the objection forms is one.
"""

from collections.abc import Callable

from metaoptout_tui.guidance.html_sanitizer import word_set
from metaoptout_tui.guidance.page_tree import SUBHEADINGS, ElementCounts, PageElement

_EXCLUDED_TAGS = word_set("nav footer dialog form")
_EXCLUDED_ROLES = word_set(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar tooltip tablist status progressbar"
)
_HIDDEN_NAMES = tuple(
    map(word_set, ("visually hidden", "visuallyhidden", "sr only", "screen reader", "element invisible"))
)
_HIDING_WORDS = frozenset().union(*_HIDDEN_NAMES)
_PANEL_NAMES = word_set("accordion collapse collapsible expandable panel tab faq toggle details akkordeon")

_SURROUNDING_NAMES = word_set(
    "breadcrumb breadcrumbs pagination pager skip skiplink skiplinks navbar navigation menu submenu newsletter "
    "subscribe subscription advert advertisement ad ads werbung sidebar rail nav outbrain taboola partner partners sponsored login search cart paywall "
    "toc masthead topbar footer foot"
)
_COMMENT_NAMES = word_set("comments respond disqus reacties kommentare commentaires comentarios commenti")
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

# Characters of a short remark, of a banner, and of a main text.
_SHORT_CHARS = 160
_MAX_BANNER_CHARS = 1_500
_MIN_MAIN_CHARS = 200
_MIN_ARTICLE_CHARS = 600


def find_main_content(page: PageElement) -> PageElement:
    """The main of `page` that is its main text, with everything else in it marked as excluded."""
    page.update_counts()
    page.update_counts_without(_exclude_hidden(page))
    main = _main_element(page)
    for rule in (_is_boilerplate, _is_teaser):
        main.update_counts_without(_exclude_matching(main, rule))
    return main


def _main_element(page: PageElement) -> PageElement:
    """The element marked as main, or an article in it with the title and most of its text; else the whole page."""
    mains = [element for element in page.elements() if element.tag == "main" or element.role == "main"]
    main = max(mains, key=_unlinked_chars, default=page)
    main = main if main.counts.chars >= _MIN_MAIN_CHARS else page
    articles = (element for element in main.elements() if element.tag == "article" or element.role == "article")
    longest = max(articles, key=_unlinked_chars, default=main)
    has_title = longest.counts.titles > 0 or main.counts.titles == 0
    is_main = has_title and 2 * _unlinked_chars(longest) > _unlinked_chars(main)
    return longest if is_main else main


def _unlinked_chars(element: PageElement) -> int:
    return element.counts.chars - element.counts.linked_chars


def _exclude_hidden(page: PageElement) -> list[PageElement]:
    """Exclude invisible elements, except those that an accordion unfolds, and return them."""
    elements = page.elements()
    controlled_ids = {
        element.attributes["aria-controls"] for element in elements if "aria-controls" in element.attributes
    }
    hidden = [element for element in elements if element.attributes and _is_hidden(element, controlled_ids)]
    for element in hidden:
        element.is_excluded = True
    return hidden


def _is_hidden(element: PageElement, controlled_ids: set[str]) -> bool:
    names = element.name_words
    if names & _HIDING_WORDS and any(hiding <= names for hiding in _HIDDEN_NAMES):
        return True
    if "hidden" not in element.attributes and element.attributes.get("aria-hidden") != "true":
        return False
    is_unfolded = element.attributes.get("id", "-") in controlled_ids or element.role in {"tabpanel", "region"}
    return not (is_unfolded or names & _PANEL_NAMES or element.counts.paragraph_chars >= _SHORT_CHARS)


def _exclude_matching(part: PageElement, rule: Callable[[PageElement], bool]) -> list[PageElement]:
    """Exclude the elements in `part` that match `rule`, but none with the page's title or most of its text.

    Returns them.
    """
    excluded = []
    waiting = [part]
    for element in waiting:
        if rule(element) and not _is_essential(element, part):
            element.is_excluded = True
            excluded.append(element)
        else:
            waiting += [child for child in element.children if not child.is_excluded]
    return excluded


def _is_essential(element: PageElement, part: PageElement) -> bool:
    """Whether it has the title of the page or most of the text in `part`.

    What stands beside a text may be longer than it: comments and an `aside` are essential only without another text.
    """
    if element.counts.titles > 0:
        return True
    if 2 * element.counts.chars <= part.counts.chars:
        return False
    return not _stands_beside(element) or _unlinked_chars(part) - _unlinked_chars(element) < _MIN_ARTICLE_CHARS


def _stands_beside(element: PageElement) -> bool:
    return element.tag == "aside" or bool(element.name_words & _COMMENT_NAMES)


def _is_boilerplate(element: PageElement) -> bool:
    return (
        _is_boilerplate_by_role(element)
        or _is_cookie_banner(element)
        or _is_feedback_prompt(element)
        or _is_link_menu(element)
        or _is_boilerplate_by_name(element)
    )


def _is_boilerplate_by_role(element: PageElement) -> bool:
    """Whether its tag or role says that it is no part of the text."""
    if element.tag == "aside" or element.role == "complementary":
        return _is_mostly_site_links(element)
    if element.is_button:
        return not element.is_disclosure_button
    if element.tag == "figcaption":  # a caption of a picture, which is not shown
        return element.parent is not None and element.parent.counts.chars == element.counts.chars
    return (
        element.tag in _EXCLUDED_TAGS
        or element.role in _EXCLUDED_ROLES
        or element.attributes.get("aria-modal") == "true"
    )


def _is_boilerplate_by_name(element: PageElement) -> bool:
    """Whether its id or classes say that it is no part of the text, and its content does not contradict that."""
    names, counts = element.name_words, element.counts
    if not names or element.tag in {"p", "td", "th", "tr", "table"}:
        return False
    mostly_links = 2 * counts.linked_chars > counts.chars
    return bool(
        names & _COMMENT_NAMES
        or (
            names & _SURROUNDING_NAMES
            and element.tag not in SUBHEADINGS
            and (mostly_links or counts.paragraph_chars < _SHORT_CHARS)
        )
        or (names & _SHARING_NAMES and (mostly_links or counts.chars < _SHORT_CHARS))
        or names & _CAROUSEL_NAMES
        or (names & _TEASER_NAMES and _is_mostly_site_links(element))
        or (names & _METADATA_NAMES and counts.chars < _SHORT_CHARS)
    )


def _is_cookie_banner(element: PageElement) -> bool:
    """Whether it is a cookie banner, by its names or by a short text on cookies with several buttons."""
    names, counts = element.name_words, element.counts
    if counts.chars > 3 * _MAX_BANNER_CHARS or element.tag in {"p", "li", "a", "span"}:
        return False
    if names & _CONSENT_TOOL_NAMES:
        return True
    if names & _CONSENT_NAMES:
        return _has_only_action_buttons(counts) or bool(names & _BANNER_NAMES)
    return (
        counts.action_buttons > 1
        and _has_only_action_buttons(counts)
        and counts.cookie_texts > 0
        and counts.chars < _MAX_BANNER_CHARS
    )


def _is_feedback_prompt(element: PageElement) -> bool:
    """Whether it is a short question with buttons, such as whether the page helped."""
    counts = element.counts
    is_short = counts.chars <= _SHORT_CHARS and 2 * counts.paragraph_chars <= _SHORT_CHARS
    if not is_short or element.tag not in {"div", "section", "aside", "fieldset"}:
        return False
    return _has_only_action_buttons(counts) and (counts.action_buttons > 1 or counts.headings > 0)


def _has_only_action_buttons(counts: ElementCounts) -> bool:
    return 0 < counts.action_buttons == counts.buttons


def _is_link_menu(element: PageElement) -> bool:
    """Whether it is a table of contents, or consists of links within the site without being a list."""
    counts = element.counts
    if counts.links > 1 and element.tag in {"ul", "ol"}:
        return counts.fragment_links == counts.links and counts.linked_chars == counts.chars
    if counts.links < 3 or counts.text_elements or element.tag not in {"div", "section", "span", "td"}:
        return False
    return (
        10 * counts.linked_chars > 8 * counts.chars
        and counts.site_links > 0
        and counts.site_links >= counts.external_links
    )


def _is_mostly_site_links(element: PageElement) -> bool:
    """Whether its headings or more than a third of its text are links, most of them within the site."""
    counts = element.counts
    return counts.linked_headings > 0 or (
        3 * counts.linked_chars > counts.chars and counts.site_links >= counts.external_links
    )


def _is_teaser(element: PageElement) -> bool:
    """Whether it is one of several cards, each of which introduces another page."""
    return element.is_card and element.parent is not None and element.parent.card_children > 1
