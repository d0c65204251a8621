"""The text of a page: all of it, nothing of what stands around it, and the same again when only that changed."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expected_page_text import NAMES, RightText, page
from metaoptout_tui.core import text
from metaoptout_tui.core.guidance.page_check_results import PageUnreadable
from metaoptout_tui.core.guidance.page_content import (
    MAX_BLOCK_CHARACTERS,
    MAX_BLOCKS,
    MAX_PAGE_CHARACTERS,
    PageBlock,
    PageContent,
    PageLink,
    compare_page_contents,
)
from metaoptout_tui.guidance.extract import extract_page_content
from metaoptout_tui.guidance.fetch_requests import MAX_PAGE_BYTES

SENTENCE = "Everybody who does not want this can object with a form, and need not give a reason for it, now or later."


def read(html: str | bytes, **how: str) -> PageContent:
    data = html.encode() if isinstance(html, str) else html
    found = extract_page_content(data, **{"address": "https://authority.example/news/ai", **how})
    assert isinstance(found, PageContent), found
    return found


def read_page(found: RightText, html: str | None = None) -> PageContent:
    return read(found.html if html is None else html, address=found.address)


def why(html: str | bytes, **how: str) -> str:
    found = extract_page_content(html.encode() if isinstance(html, str) else html, **how)
    assert isinstance(found, PageUnreadable), found
    return found.why


def body(*parts: str) -> str:
    return f"<!doctype html><title>A page</title><main><h1>A page</h1><p>{SENTENCE}</p>{''.join(parts)}<p>{SENTENCE}</p></main>"


def inner(html: str) -> tuple[PageBlock, ...]:
    """The blocks between the heading with its sentence and the last sentence."""
    blocks = read(body(html)).blocks
    assert [blocks[1].text, blocks[-1].text] == [SENTENCE, SENTENCE]
    return blocks[2:-1]


def strings(article: PageContent) -> list[str]:
    links = [part for block in article.blocks for link in block.links for part in link]
    return [article.title, *(block.text for block in article.blocks), *links]


def words(*texts: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", " ".join(texts)))


# The pages.


@pytest.mark.parametrize("name", NAMES)
def test_the_real_paragraphs_of_a_page_are_there(name: str) -> None:
    found = page(name)
    blocks = {block.text for block in read_page(found).blocks}
    right, got = words(*found.right), words(*blocks)
    assert (right & got).total() >= 0.95 * right.total()
    missing = [paragraph for paragraph in found.right if paragraph not in blocks]
    assert len(missing) <= 0.05 * len(found.right), missing


@pytest.mark.parametrize("name", NAMES)
def test_little_else_is_there(name: str) -> None:
    found = page(name)
    got = words(*(block.text for block in read_page(found).blocks))
    assert (words(*found.right) & got).total() >= 0.95 * got.total()


@pytest.mark.parametrize("name", NAMES)
def test_menus_banners_teasers_and_footers_are_absent(name: str) -> None:
    found = page(name)
    article = read_page(found)
    said = "\n".join([article.title, *(block.text for block in article.blocks)])
    assert [words for words in found.absent if words in said] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_paragraphs_stand_in_their_order(name: str) -> None:
    found = page(name)
    got = [block.text for block in read_page(found).blocks if block.text in found.right]
    assert got == [paragraph for paragraph in found.right if paragraph in got]


@pytest.mark.parametrize("name", NAMES)
def test_the_addresses_in_the_text_are_whole_and_without_tracking(name: str) -> None:
    found = page(name)
    urls = {link.url for link in read_page(found).links()}
    assert [url for url in found.links if url not in urls] == []
    assert not [url for url in urls if re.search(r"utm_|mtm_|fbclid|#", url)]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_came_twice_has_not_changed(name: str) -> None:
    found = page(name)
    assert read_page(found).digest == read_page(found).digest


# What is no change, and what is one. Each pair replaces words that stand in the page.

NO_CHANGES = [
    ("authority", "Page last generated on 3 October 2026 at 10:14", "Page last generated on 4 October 2026 at 07:01"),
    ("authority", "Airline has to pay for lost passports", "Hospital has to pay for open files"),
    ("authority", "utm_source=authority&amp;utm_medium=web", "utm_source=newsletter&amp;utm_medium=mail"),
    ("authority", "contact/767264225370182#top", "contact/767264225370182#form"),
    ("authority", "/core/assets.js?v=10.2", "/core/assets.js?v=10.3"),
    ("authority", "We use cookies on this site", "We would like to use cookies"),
    ("guide_de", '<time datetime="2026-09-14">14.09.2026</time>', '<time datetime="2026-09-21">21.09.2026</time>'),
    ("guide_de", "abgerufen am 03.10.2026", "abgerufen am 04.10.2026"),
    (
        "guide_de",
        "Sichere Passwörter</h3><p>Zehn Regeln, die wirklich helfen.",
        "Phishing</h3><p>So fallen Sie nicht herein.",
    ),
    ("guide_de", "Abofallen erkennen", "Falsche Inkassoschreiben"),
    ("newsroom", "Did you know? Our glasses can now translate menus.", "New: our glasses count your steps."),
    ("newsroom", "Glasses That Listen", "Voices That Travel"),
    ("newsroom", "fbclid=IwAR0abc", "fbclid=IwAR9xyz"),
    ("organisation_fr", "Batteries externes : nos favorites de la semaine", "Aspirateurs : le palmarès de la semaine"),
    ("organisation_fr", "mis à jour le 12 septembre 2026", "mis à jour le 30 septembre 2026"),
    ("organisation_fr", "deux magazines pour 2 €", "trois magazines pour 3 €"),
    ("spa_banner", "Pay or okay, again", "No, thank you"),
    ("tables", "Last change: 2 October 2026", "Last change: 9 October 2026"),
    ("divs", "Last updated: 01/10/2026 &nbsp; Visitors: 104233", "Last updated: 02/10/2026 &nbsp; Visitors: 104518"),
    ("help_page", "Updated: 9 weeks ago", "Updated: 10 weeks ago"),
    ("broken", "Generated in 0.3 seconds", "Generated in 0.4 seconds"),
    ("timeline", "Data as of 3 October 2026", "Data as of 4 October 2026"),
    ("wordpress_nl", "Bij mij werkte het formulier pas na twee keer proberen.", "Ik kreeg geen antwoord."),
]

CHANGES = [
    ("authority", "A reason is not needed.", "A reason has to be given."),
    ("authority", "contact/712876720715583", "contact/712876720715584"),
    ("authority", "in October on how well", "in November on how well"),
    ("guide_de", "Das Feld kann leer bleiben.", "Das Feld muss ausgefüllt werden."),
    ("guide_de", "contact/1000000000000003", "contact/1000000000000033"),
    ("guide_de", "Der Widerspruch ist weiterhin möglich", "Der Widerspruch ist nicht mehr möglich"),
    ("newsroom", "can object at any time", "can object until May 26"),
    ("newsroom", "/contact/2000000000000001", "/contact/2000000000000002"),
    ("organisation_fr", "Un formulaire par compte.", "Un formulaire par personne."),
    ("organisation_fr", "/modeles/plainte.docx", "/modeles/plainte-2026.docx"),
    ("spa_banner", "The answers were weighted by age", "The answers were not weighted by age"),
    ("tables", "<td>27 May 2025</td>", "<td>27 June 2025</td>"),
    ("divs", "within one month", "within three months"),
    ("help_page", "2Fexample.org%2Fform", "2Fexample.org%2Fother-form"),
    ("policy", "You can delete cookies in your browser.", "You cannot delete cookies."),
    ("timeline", "for a report by October", "for a report by December"),
    ("wordpress_nl", "ja, in de app en op de website", "alleen op de website"),
    ("arabic", "ودون ذكر سبب", "مع ذكر السبب"),
    ("broken", "behind the three lines", "in the menu"),
]


def replaced(found: RightText, old: str, new: str) -> str:
    html = found.html.decode()
    assert old in html
    return html.replace(old, new)


@pytest.mark.parametrize(("name", "old", "new"), NO_CHANGES)
def test_a_date_a_teaser_or_a_tracking_number_is_no_change(name: str, old: str, new: str) -> None:
    found = page(name)
    assert read_page(found, replaced(found, old, new)).digest == read_page(found).digest


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_a_changed_sentence_or_address_is_a_change_and_is_told(name: str, old: str, new: str) -> None:
    found = page(name)
    before, after = read_page(found), read_page(found, replaced(found, old, new))
    assert after.digest != before.digest
    changed = [change for change in compare_page_contents(before, after) if change.kind != "same"]
    assert 0 < len(changed) <= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_new_look_of_the_same_words_is_no_change(name: str) -> None:
    found = page(name)
    html = found.html.decode()
    styled = re.sub(r"(?<=[a-zà-ÿ]) (?=[a-z])", "\n    ", html.replace("<p>", '<p data-v="7" style="color: red">'))
    assert read_page(found, styled).digest == read_page(found).digest


# What stands around a text, whatever it is called.

COOKIES = "<p>We and our partners store cookies on your device, to count visits and to remember what you chose. " * 2


@pytest.mark.parametrize(
    "banner",
    [
        f"<div class=x1><div>{COOKIES}</div><div><button>Accept</button><button>Reject</button></div></div>",
        f"<div id=cookieNotice>{COOKIES}<a href=/ok>Fine</a></div>",
        f"<div class='gdpr-box'>{COOKIES.replace('cookies', 'things')}<button>Fine</button></div>",
        f"<section class=usercentrics>{COOKIES}</section>",
        f"<div aria-modal=true>{COOKIES}</div>",
    ],
)
def test_a_cookie_banner_in_the_middle_of_the_text_is_left_out(banner: str) -> None:
    assert inner(banner) == ()


def test_a_part_of_the_text_on_cookies_stays() -> None:
    said = inner(f"<section id=cookies><h2>Cookies</h2>{COOKIES}<p><a href=/c>More on cookies</a></p></section>")
    assert [block.text for block in said][0::3] == ["Cookies", "More on cookies"]


CARD = "<div class=x1><h3><a href={}>Passwords</a></h3><p>Ten rules that really help, whoever asks for them.</p></div>"


def test_neighbours_whose_headings_lead_to_other_pages_are_left_out() -> None:
    assert inner(f"<div>{CARD.format('/a')}{CARD.format('https://authority.example/b')}</div>") == ()


def test_forms_on_other_hosts_and_a_single_linked_heading_stay() -> None:
    forms = CARD.format("https://www.facebook.com/help/contact/1") + CARD.format("https://help.instagram.com/contact/2")
    assert len(inner(f"<div>{forms}</div>")) == 4
    assert len(inner(f"<div>{CARD.format('/a')}</div>")) == 2


def test_what_stands_outside_the_main_part_is_left_out() -> None:
    outside = (
        "<div><p>A paragraph of some length that stands beside the text and belongs to the site, not to it.</p></div>"
    )
    assert read(body(f"<p>{SENTENCE}</p>") + outside).digest == read(body(f"<p>{SENTENCE}</p>")).digest


PARAGRAPHS = f"<p>{SENTENCE}</p>" * 8


@pytest.mark.parametrize("beside", ["<aside>{}</aside>", "<div class=article-comments>{}</div>"])
def test_what_stands_beside_the_text_is_left_out_though_it_is_longer(beside: str) -> None:
    talk = f"<p>{SENTENCE.replace('form', 'letter')} <a href=/a>One</a> <a href=/b>{SENTENCE}</a></p>" * 20
    alone, with_talk = (read(f"<h1>A page</h1><div>{PARAGRAPHS}</div>{more}") for more in ("", beside.format(talk)))
    assert with_talk.digest == alone.digest


def test_a_page_of_nothing_but_comments_is_read() -> None:
    assert len(read(f"<title>A page</title><div class=comments>{PARAGRAPHS}</div>").blocks) == 8


def test_an_article_is_the_text_though_longer_lists_of_links_surround_it() -> None:
    links = f"<ul>{f'<li><a href=https://other.example/>{SENTENCE}</a></li>' * 20}</ul>"
    said = read(f"<body>{links}<article><h1>A page</h1>{PARAGRAPHS}</article>{links}").blocks
    assert {block.text for block in said} == {"A page", SENTENCE}


@pytest.mark.parametrize("name", ["partner-headlines", "outbrain", "right-rail", "nav-column"])
def test_links_in_a_part_named_as_an_advertisement_or_a_column_are_left_out(name: str) -> None:
    assert inner(f"<div class={name}><ul><li><a href=https://other.example/>Ten tricks</a></ul></div>") == ()


def test_cards_with_a_word_before_their_linked_heading_are_left_out() -> None:
    card = (
        "<div><h3>New <a href=/a>Ten rules for passwords</a></h3><p>Rules that help, whoever asks for them.</p></div>"
    )
    assert inner(f"<div>{card}{card}</div>") == ()


def test_the_text_begins_at_its_title() -> None:
    assert read(body().replace("<main>", "<main><p>A remark in front</p>")).digest == read(body()).digest


def test_a_title_at_the_end_does_not_hide_the_text_before_it() -> None:
    blocks = read(f"<p>{SENTENCE}</p>" * 3 + "<h1>At last</h1><p>The end.</p>").blocks
    assert [block.text for block in blocks] == [SENTENCE] * 3 + ["At last", "The end."]


def test_nothing_that_holds_the_title_or_most_of_the_text_is_left_out() -> None:
    html = body().replace("<main>", "<main><div class='cookie-banner share related'><form>")
    assert read(html).digest == read(body()).digest


# Blocks.


def test_headings_have_their_level_and_lists_their_depth_and_numbers() -> None:
    blocks = inner(
        "<h2>Steps</h2><ol start=3><li>Third<ul><li>Deep</li></ul></li><li><p>Fourth</p><p>More</p></li></ol>"
    )
    assert blocks == (
        PageBlock("heading", "Steps", 2),
        PageBlock("item", "Third", 1, number=3),
        PageBlock("item", "Deep", 2),
        PageBlock("item", "Fourth", 1, number=4),
        PageBlock("paragraph", "More"),
    )


def test_a_table_is_read_by_rows_and_one_for_layout_by_what_is_in_it() -> None:
    facts = inner(
        "<table><tr><th>Form</th><th>For</th></tr><tr><td>A</td><td>Face<b>book</b><p>and others</p></td></tr></table>"
    )
    assert [block[:2] for block in facts] == [("row", "Form | For"), ("row", "A | Facebook and others")]
    layout = inner("<table><tr><td><h2>Left</h2><p>One.</p></td><td><ul><li>Two.</li></ul></td></tr></table>")
    assert [block[:2] for block in layout] == [("heading", "Left"), ("paragraph", "One."), ("item", "Two.")]


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    assert [block.text for block in inner("<div>One<br>more.<br>\n<br/>Two.</div>")] == ["One more.", "Two."]


def test_inline_tags_do_not_part_words_and_blocks_do() -> None:
    said = inner("<div>wi<b>th</b><i>in</i> a w<span>or</span>d<div>apart</div></div>")
    assert [block.text for block in said] == ["within a word", "apart"]


def test_a_number_or_bullet_of_its_own_belongs_to_what_follows() -> None:
    said = inner("<div><div>1.</div><div>Open it.</div></div><div>•</div><div>Close it.</div>")
    assert [block[:2] for block in said] == [("paragraph", "1. Open it."), ("item", "Close it.")]


def test_an_accordion_is_read_with_its_titles() -> None:
    said = inner(
        "<details><summary>May I?</summary><p>Yes.</p></details>"
        "<div><button aria-expanded=false aria-controls=p1>Must I?</button><div id=p1 hidden>No.</div></div>"
    )
    assert [block[:2] for block in said] == [
        ("heading", "May I?"), ("paragraph", "Yes."), ("heading", "Must I?"), ("paragraph", "No."),
    ]  # fmt: skip


def test_a_link_that_looks_like_a_button_is_read_with_what_it_stands_by() -> None:
    form = "https://www.facebook.com/help/contact/1"
    said = inner(
        f"<section><h2>Object</h2><p>It takes a minute.</p><a role=button href={form}>To the form</a></section>"
    )
    assert [block.text for block in said] == ["Object", "It takes a minute.", "To the form"]
    assert said[-1].links == (PageLink("To the form", form),)


def test_a_sentence_with_a_heading_and_a_button_stays_and_a_question_whether_it_helped_does_not() -> None:
    said = inner(f"<section><h2>In short</h2><p>{SENTENCE}</p><button>Next</button></section>")
    assert [block.text for block in said] == ["In short", SENTENCE]
    assert inner("<div><h4>Did this help?</h4><button>Yes</button><button>No</button></div>") == ()


def test_struck_text_is_not_read_as_if_it_held() -> None:
    assert [block.text for block in inner("<p>Object <s>until 26 May</s><del>by post</del> at any time.</p>")] == [
        "Object at any time."
    ]


@pytest.mark.parametrize(
    "odd", ['<b title="x"">', "<b title=it's>", '<img alt="5" screen">', '<em a"b>', "<!-->", "<i data-x='<!--'>"]
)
def test_a_quotation_mark_too_many_in_a_tag_takes_no_text_away(odd: str) -> None:
    said = inner(f'<p>Object {odd}now.</p><p class="y">It\'s "free".</p>')
    assert [block.text for block in said] == ["Object now.", 'It\'s "free".']


def test_a_script_named_in_an_attribute_takes_no_text_away() -> None:
    said = inner('<div data-embed="<script src=/a.js>"><p>Object now.</p></div>')
    assert [block.text for block in said] == ["Object now."]


def test_markup_of_other_programs_is_text() -> None:
    assert inner("<p>[bold red]Not[/] &lt;b&gt;this&lt;/b&gt; **either** {x}</p>")[0].text == (
        "[bold red]Not[/] <b>this</b> **either** {x}"
    )


def test_the_title_is_the_first_heading_or_that_of_the_window() -> None:
    assert read(body()).title == "A page"
    assert read(f"<title>Window &amp; door</title><p>{SENTENCE}").title == "Window & door"


def test_nothing_longer_than_the_bounds_is_kept() -> None:
    long = read(f"<p>{'word ' * 9_000}</p>" * 10 + "<p>x</p>" * 3_000)
    assert len(long.blocks) <= MAX_BLOCKS
    assert all(len(block.text) <= MAX_BLOCK_CHARACTERS for block in long.blocks)
    assert sum(len(block.text) for block in long.blocks) <= MAX_PAGE_CHARACTERS


# Links.


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("form", "https://authority.example/news/form"),
        ("/Form?b=2&amp;a=1", "https://authority.example/Form?b=2&a=1"),
        ("../x y.pdf", "https://authority.example/x%20y.pdf"),
        ("//Other.Example:443/a", "https://other.example/a"),
        (" HTTP://Other.Example ", "http://other.example/"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("/a?utm_source=x&amp;id=7&amp;fbclid=1#part", "https://authority.example/a?id=7"),
        ("/a;jsessionid=0A?gclid=5", "https://authority.example/a"),
        ("https://other.example/%E2%80%AE", "https://other.example/%E2%80%AE"),
        ("https://other.example/\u202emoc", "https://other.example/%E2%80%AEmoc"),
    ],
)
def test_an_address_is_made_whole_and_plain(href: str, url: str) -> None:
    (block,) = inner(f'<p>Use <a href="{href}">the form</a> now.</p>')
    assert block == PageBlock("paragraph", "Use the form now.", 0, (PageLink("the form", url),))


@pytest.mark.parametrize(
    "href",
    [
        "", "#part", "mailto:a@example.org", "tel:112", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "ftp://example.org/", "https://", "https:///x", "https://[::1", "https://facebook.com@evil.example/",
        "https://example.org:99999/", "/" + "x" * 2_100,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_only_text(href: str) -> None:
    (block,) = inner(f'<p>Use <a href="{href}">the form</a> now.</p>')
    assert block == PageBlock("paragraph", "Use the form now.")


def test_a_link_around_a_box_is_in_what_the_box_says() -> None:
    (block,) = inner('<a href="https://www.facebook.com/help/contact/1"><div>Form for <b>Facebook</b></div></a>')
    assert block.links == (PageLink("Form for Facebook", "https://www.facebook.com/help/contact/1"),)


def test_a_link_that_is_never_closed_does_not_take_in_what_follows() -> None:
    blocks = inner("<ul><li><a href=/one>One<li><a href=/two>Two</ul><p>Not a link.</p>")
    assert [[link.label for link in block.links] for block in blocks] == [["One"], ["Two"], []]


def test_links_are_relative_to_what_the_page_says() -> None:
    found = read(f"<base href='https://other.example/deep/'><p>{SENTENCE} <a href=form>Form</a>")
    assert found.links() == (PageLink("Form", "https://other.example/deep/form"),)


# What cannot be read.


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "there is nothing on it"),
        (b" \r\n", "there is nothing on it"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << /Type /Catalog >>", "it is not a web page"),
        (b'{"html": "no"}', "it is not a web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "it is not a web page"),
        (b"<?xml version='1.0'?><rss><channel><item>x</item></channel></rss>", "it is not a web page"),
        (b"Just words, and no tag at all. " * 20, "it is not a web page"),
        (b"<div></div>", "there is no text on it"),
        (b"<html><body><div id=root></div><script src=a.js></script>", "it shows its text only to a browser"),
        (b"<p>Loading</p><script>start()</script>", "it shows its text only to a browser"),
        (b"x" * (MAX_PAGE_BYTES + 1), "it is larger than 2 MB"),
    ],
)
def test_what_is_no_page_with_a_text_is_told_in_words(data: bytes, said: str) -> None:
    assert why(data).startswith(said)


def test_a_page_that_asks_for_a_log_in_is_not_taken_for_the_text() -> None:
    shell = f"<h1>Log in</h1><form><input name=email><input type='Password'></form><p>{SENTENCE}</p>"
    assert why(shell) == "it asks for a log-in first"


def test_a_text_beside_a_small_log_in_is_read() -> None:
    read(f"<form><input type=password></form><main><h1>A page</h1>{f'<p>{SENTENCE}</p>' * 12}</main>")


@pytest.mark.parametrize("expected", ["form", "FORM", "a form", "Fußnote", "", " give   a reason "])
def test_a_page_that_holds_its_word_is_read(expected: str) -> None:
    read(f"<p>{SENTENCE} FUSSNOTE.", expect_text=expected)


@pytest.mark.parametrize("expected", ["reas", "Meta", "reasons", "bod", "window"])
def test_a_page_without_its_whole_word_is_another(expected: str) -> None:
    said = why(f"<title>Meta window</title><p>{SENTENCE}", expect_text=expected)
    assert said == f"the word “{expected}” is not on it, so it is not the page that it was"


# Encodings.

GERMAN = (
    "<p>Über Äpfel und Straßen: das „Feld“ kann leer bleiben – für Größe und Süßes, für Mühe und für Öl, überall.</p>"
)


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"), ("utf-8", ""), ("utf-8", "iso-8859-1"), ("utf-8", "no-such-charset"), ("utf-8-sig", "cp1252"),
        ("cp1252", "windows-1252"), ("cp1252", "iso-8859-1"), ("cp1252", ""), ("cp1252", "utf-8"), ("cp1252", "utf-7"),
        ("utf-16", ""), ("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be"), ("cp1252", "\x00"), ("cp1252", "unicode_escape"),
        ("cp1252", "é"), ("cp1252", "x" * 5_000), ("cp1252", "hex"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_its_encoding_whatever_was_declared(encoding: str, charset: str) -> None:
    assert read(GERMAN.encode(encoding), charset=charset).blocks[0].text == GERMAN[3:-4]


def test_the_page_itself_may_tell_its_encoding() -> None:
    greek = "Η αίτηση εναντίωσης δεν χρειάζεται αιτιολογία και μπορεί να υποβληθεί οποτεδήποτε από τον καθένα μας."
    html = f'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-7"><p>{greek * 2}</p>'
    assert read(html.encode("iso8859-7")).blocks[0].text == greek * 2


def test_an_arabic_page_is_read_in_the_encoding_of_its_header() -> None:
    found = page("arabic")
    html = found.html.decode().replace('<meta charset="utf-8">', "").encode("cp1256", "xmlcharrefreplace")
    assert read(html, charset="windows-1256", address=found.address) == read_page(found)


def test_one_broken_byte_does_not_change_how_the_rest_is_read() -> None:
    data = GERMAN.encode() * 20
    blocks = read(data[:7] + b"\xff" + data[7:], charset="utf-8").blocks
    assert blocks[1].text == GERMAN[3:-4]


# Whatever comes.

TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<a>",
        "</a>",
        "<a",
        "href='/x?a=1'>",
        "<a",
        "href=https://e.example>",
        "<b>",
        "<ul>",
        "<li>",
        "<ol>",
        "<table>",
        "<tr>",
        "<td>",
        "<h1>",
        "<h2>",
        "</h2>",
        "<dl>",
        "<dd>",
        "<dt>",
        "<nav>",
        "<main>",
        "<article>",
        "<button>",
        "<details>",
        "<summary>",
        "<br>",
        "<hr>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<style>",
        "<svg>",
        "<select>",
        "<form>",
        "<template>",
        "<frameset>",
        "<plaintext>",
        "<base",
        "href='//b'>",
        "<p",
        "class='cookie-banner'",
        "<div",
        "hidden>",
        "<td",
        "id=share>",
        "<x-y>",
        "<![CDATA[",
        "]]>",
        "<?php",
        "&amp;",
        "&#0;",
        "&#x202e;",
        "&nosuch;",
        "<",
        ">",
        '"',
        "'",
    ]
)
CHUNKS = st.lists(st.one_of(TAGS, st.text(max_size=20), st.just(SENTENCE)), max_size=40).map("".join)


def is_plain(article: PageContent) -> bool:
    return all(
        text.replace_unsafe_characters(said) == said == text.clean_line(said, MAX_BLOCK_CHARACTERS)
        for said in strings(article)
    )


@given(st.binary(max_size=400), st.text(max_size=12), st.text(max_size=12))
def test_no_bytes_raise_and_none_steers_a_terminal(data: bytes, charset: str, address: str) -> None:
    for page_of in (data, b"<p>" + SENTENCE.encode() + data, data + b"<main><p>" + SENTENCE.encode()):
        found = extract_page_content(page_of, charset=charset, address=address, expect_text=charset)
        assert is_plain(found) if isinstance(found, PageContent) else text.clean_line(found.why) == found.why


@pytest.mark.exhaustive
@settings(max_examples=300)
@given(CHUNKS)
def test_no_broken_page_raises_and_none_steers_a_terminal(html: str) -> None:
    found = extract_page_content(html.encode("utf-8", "surrogatepass"), address="https://authority.example/")
    assert isinstance(found, PageUnreadable) or is_plain(found)
