"""Finds the main content of a page, and excludes menus, banners, share bars and teasers from it.

The rules first consider what an element is to a reader (its role, its position, how much of it is links), then its id
and class names. An element with the page's title or most of its text is never excluded. Lists of links stay, because
the list of the objection forms is one.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from metaoptout_tui.guidance.page_parser import MAX_ATTRIBUTE_LENGTH, OPEN_LINK_TAG, word_set
from metaoptout_tui.guidance.page_tree import SUBHEADINGS, ElementCounts, PageElement, read_tree, words_of_names

if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode

_LINKS = f"a, {OPEN_LINK_TAG}"
_UNREAD_TAGS = word_set(
    "script style noscript template svg math select datalist textarea iframe object canvas audio video del map title "
    "xmp noembed noframes"
)
"""What is no text of the page, or none that is shown."""

_PERHAPS_HIDDEN = (
    f'{",".join(sorted(_UNREAD_TAGS))}, [hidden], [aria-hidden="true" i], '
    '[style*="display" i][style*="none" i], [style*="visibility" i][style*="hidden" i], '
    '[class*="visually" i], [class*="sr-only" i], [class*="sronly" i], [class*="reader" i], [class*="invisible" i]'
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING_NAMES = tuple(
    map(word_set, ("visually hidden", "visuallyhidden", "sr only", "screen reader", "element invisible"))
)
_PANEL_NAMES = word_set("accordion collapse collapsible expandable panel tab faq toggle details akkordeon")
_PANEL_ROLES = word_set("tabpanel region")

_SURROUNDINGS = "nav, footer, dialog, form, [aria-modal=true]," + ",".join(
    f"[role={role} i]"
    for role in (
        *("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"),
        *("tooltip", "tablist", "status", "progressbar"),
    )
)
"""What its tag or role says to be no part of the text."""

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

_TELLING_NAMES = frozenset().union(
    *(_SURROUNDING_NAMES, _COMMENT_NAMES, _SHARING_NAMES, _TEASER_NAMES, _CAROUSEL_NAMES, _CONSENT_NAMES),
    *(_CONSENT_TOOL_NAMES, _METADATA_NAMES),
)
_TEXT_TAGS = word_set("p li a tr br h1 h2 h3 h4 h5 h6")
# Characters of a short remark, of a banner, and of a main text.
_SHORT_CHARS = 160
_MAX_BANNER_CHARS = 1_500
_MIN_MAIN_CHARS = 200
_MIN_ARTICLE_CHARS = 600


def find_main_content(body: "ElementNode", host: str) -> PageElement:
    """The main text of the page in `body`, with everything else in it excluded; changes `body`.

    What the parser finds by itself is taken out of its tree, so that little is left to be looked at one by one.
    """
    _remove_hidden(body)
    main = _main_element(body)
    _remove_surroundings(main)
    part = read_tree(main.html, host)
    _exclude_boilerplate(part)
    _exclude_teasers(part)
    return part


def _remove_all(elements: Iterable["ElementNode"]) -> None:
    for element in elements:
        element.decompose()


def _innermost_first(part: "ElementNode", selector: str) -> list["ElementNode"]:
    return part.query_selector_all(selector).values()[::-1]


def _chars(elements: Iterable["ElementNode"]) -> int:
    """The characters in elements, without blanks."""
    return len("".join("".join([element.text or "" for element in elements]).split()))


def _remove_hidden(body: "ElementNode") -> None:
    """Remove what is not shown, except what an accordion unfolds."""
    hidden = [element for element in _innermost_first(body, _PERHAPS_HIDDEN) if _is_hidden(element)]
    if any(element.id for element in hidden):
        unfolded = {control.getattr("aria-controls") for control in _innermost_first(body, "[aria-controls]")}
        hidden = [element for element in hidden if not (element.id and element.id in unfolded)]
    _remove_all(hidden)


def _is_hidden(element: "ElementNode") -> bool:
    if element.tag in _UNREAD_TAGS:
        return True
    names = words_of_names(f"{element.id or ''} {element.class_name or ''}")
    if any(hiding <= names for hiding in _HIDING_NAMES):
        return True
    if not (
        element.hasattr("hidden")
        or (element.getattr("aria-hidden") or "").lower() == "true"
        or _HIDING_STYLE.search((element.getattr("style") or "")[:MAX_ATTRIBUTE_LENGTH])
    ):
        return False
    is_panel = names & _PANEL_NAMES or (element.getattr("role") or "").strip().lower() in _PANEL_ROLES
    return not is_panel and _chars(element.query_selector_all("p").values()) < _SHORT_CHARS


def _main_element(body: "ElementNode") -> "ElementNode":
    """The element marked as main, or an article in it with the title and most of its text; else the whole page."""
    main = max(body.query_selector_all("main, [role=main i]").values(), key=_length, default=body)
    main = main if main == body or _chars([main]) >= _MIN_MAIN_CHARS else body
    articles = main.query_selector_all("article, [role=article i]").values()
    if not articles:
        return main
    longest = max(articles, key=_length)
    has_title = longest.query_selector("h1") is not None or main.query_selector("h1") is None
    has_text = 2 * _length(longest) > _length(main) or 2 * _unlinked_chars_of(longest) > _unlinked_chars_of(main)
    return longest if has_title and has_text else main


def _length(element: "ElementNode") -> int:
    return len(element.text or "")


def _unlinked_chars_of(element: "ElementNode") -> int:
    return _chars([element]) - _chars(element.query_selector_all(_LINKS).values())


def _remove_surroundings(main: "ElementNode") -> None:
    """Remove what its tag or role says to be no part of the text, but nothing with the title or most of the text."""
    surroundings = _innermost_first(main, _SURROUNDINGS)
    if surroundings:
        most = _length(main) // 2
        _remove_all(
            element for element in surroundings if _length(element) <= most and element.query_selector("h1") is None
        )


def _unlinked_chars(element: PageElement) -> int:
    return element.counts.chars - element.counts.linked_chars


def _exclude_boilerplate(part: PageElement) -> None:
    found = []
    waiting = [part]
    for element in waiting:
        if _is_boilerplate(element) and not _is_essential(element, part):
            found.append(element)
        else:
            waiting += element.children
    for element in found:
        element.exclude()


def _exclude_teasers(part: PageElement) -> None:
    """Exclude several cards side by side, each of which introduces another page."""
    found = []
    waiting = [part]
    for element in waiting:
        cards = [child for child in element.children if child.is_card] if element.headings > 1 else []
        for child in element.children:
            if len(cards) > 1 and child.is_card and not _is_essential(child, part):
                found.append(child)
            else:
                waiting.append(child)
    for element in found:
        element.is_excluded = True


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
    if _is_boilerplate_by_role(element):
        return True
    if element.tag in _TEXT_TAGS and element.name_words.isdisjoint(_TELLING_NAMES):
        return False
    counts = element.counts
    return (
        _is_cookie_banner(element, counts)
        or _is_feedback_prompt(element, counts)
        or _is_link_menu(element, counts)
        or _is_boilerplate_by_name(element, counts)
    )


def _is_boilerplate_by_role(element: PageElement) -> bool:
    """Whether its tag or role says that it is no part of the text."""
    if element.tag == "aside" or element.role == "complementary":
        return _is_mostly_site_links(element.counts)
    if element.is_button:
        return not element.is_disclosure_button
    if element.tag == "figcaption":  # a caption of a picture, which is not shown
        return element.parent is not None and element.parent.counts.chars == element.counts.chars
    return False


def _is_boilerplate_by_name(element: PageElement, counts: ElementCounts) -> bool:
    """Whether its id or classes say that it is no part of the text, and its content does not contradict that."""
    names = element.name_words
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
        or (names & _TEASER_NAMES and _is_mostly_site_links(counts))
        or (names & _METADATA_NAMES and counts.chars < _SHORT_CHARS)
    )


def _is_cookie_banner(element: PageElement, counts: ElementCounts) -> bool:
    """Whether it is a cookie banner, by its names or by a short text on cookies with several buttons."""
    names = element.name_words
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


def _is_feedback_prompt(element: PageElement, counts: ElementCounts) -> bool:
    """Whether it is a short question with buttons, such as whether the page helped."""
    is_short = counts.chars <= _SHORT_CHARS and 2 * counts.paragraph_chars <= _SHORT_CHARS
    if not is_short or element.tag not in {"div", "section", "aside", "fieldset"}:
        return False
    return _has_only_action_buttons(counts) and (counts.action_buttons > 1 or counts.headings > 0)


def _has_only_action_buttons(counts: ElementCounts) -> bool:
    return 0 < counts.action_buttons == counts.buttons


def _is_link_menu(element: PageElement, counts: ElementCounts) -> bool:
    """Whether it is a table of contents, or consists of links within the site without being a list."""
    if counts.links > 1 and element.tag in {"ul", "ol"}:
        return counts.fragment_links == counts.links and counts.linked_chars == counts.chars
    if counts.links < 3 or counts.text_elements or element.tag not in {"div", "section", "span", "td"}:
        return False
    return (
        10 * counts.linked_chars > 8 * counts.chars
        and counts.site_links > 0
        and counts.site_links >= counts.external_links
    )


def _is_mostly_site_links(counts: ElementCounts) -> bool:
    """Whether its headings or more than a third of its text are links, most of them within the site."""
    return counts.linked_headings > 0 or (
        3 * counts.linked_chars > counts.chars and counts.site_links >= counts.external_links
    )
