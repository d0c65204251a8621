"""What changed between two texts: told by paragraphs and words, and true to both of them."""

from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.page_content import (
    DiffPiece,
    LinkChange,
    PageBlock,
    PageContent,
    PageLink,
    ParagraphChange,
    common_subsequence,
    compare_page_contents,
)

FORM = PageLink("objection form", "https://www.facebook.com/help/contact/1")
MOVED = FORM._replace(url="https://www.facebook.com/help/contact/2")

words = st.lists(st.sampled_from(["form", "Meta", "object", "the", "a", "until", "26", "May", "[b]", "Widerspruch"]))
links = st.lists(st.sampled_from([FORM, MOVED, PageLink("terms", "https://example.org/")]), max_size=3).map(tuple)
blocks = st.builds(
    PageBlock, st.sampled_from(["heading", "paragraph", "item", "row"]), words.map(" ".join), st.just(0), links
)
articles = st.lists(blocks, max_size=8).map(lambda found: PageContent("A page", tuple(found)))


def article(*paragraphs: str, links: tuple[PageLink, ...] = ()) -> PageContent:
    return PageContent("A page", tuple(PageBlock("paragraph", each, 0, links) for each in paragraphs))


def told(changes: tuple[ParagraphChange, ...], change: str) -> int:
    return sum(len(piece.text.split()) for each in changes for piece in each.pieces if piece.kind == change)


def kinds(changes: tuple[ParagraphChange, ...]) -> list[str]:
    return [change.kind for change in changes]


@given(articles, articles)
def test_applying_the_difference_gives_the_new_text_and_taking_it_back_the_old(
    old: PageContent, new: PageContent
) -> None:
    changes = compare_page_contents(old, new)
    assert [change.block for change in changes if change.kind != "removed"] == list(new.blocks)
    assert [change.after for change in changes if change.kind != "removed"] == [block.text for block in new.blocks]
    before = [change.before for change in changes if change.kind != "added"]
    assert before == [block.text for block in old.blocks]


@given(articles)
def test_a_text_does_not_differ_from_itself(same: PageContent) -> None:
    assert all(change.kind == "same" and not change.links for change in compare_page_contents(same, same))


@given(articles, articles)
def test_a_difference_is_there_exactly_when_the_digests_differ(old: PageContent, new: PageContent) -> None:
    changed = any(change.kind != "same" for change in compare_page_contents(old, new))
    assert changed == (old.digest != new.digest)


@given(words, words)
def test_as_many_words_come_one_way_as_go_the_other_way(old: list[str], new: list[str]) -> None:
    left, right = article(" ".join(old)), article(" ".join(new))
    there, back = compare_page_contents(left, right), compare_page_contents(right, left)
    assert told(there, "added") - told(there, "removed") == len(new) - len(old)
    assert told(back, "added") - told(back, "removed") == len(old) - len(new)


@given(articles, articles)
def test_whole_paragraphs_that_came_one_way_are_gone_the_other_way(old: PageContent, new: PageContent) -> None:
    there, back = kinds(compare_page_contents(old, new)), kinds(compare_page_contents(new, old))
    assert there.count("same") == back.count("same")
    assert there.count("added") - there.count("removed") == back.count("removed") - back.count("added")


@given(words, words)
def test_what_two_texts_have_in_common_stands_in_both_in_order(old: list[str], new: list[str]) -> None:
    pairs = common_subsequence(old, new)
    assert all(old[left] == new[right] for left, right in pairs)
    assert pairs == sorted(pairs)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert len(pairs) == longest(old, new)


def longest(old: list[str], new: list[str]) -> int:
    """The textbook's table."""
    row = [0] * (len(new) + 1)
    for left in old:
        above = row
        row = [0]
        for index, right in enumerate(new):
            row.append(above[index] + 1 if left == right else max(above[index + 1], row[index]))
    return row[-1]


def test_a_changed_sentence_is_told_by_its_words() -> None:
    (change,) = compare_page_contents(
        article("You can object until 26 May 2025 with this form."),
        article("You can object at any time with this form."),
    )
    assert change.kind == "changed"
    assert change.pieces == (
        DiffPiece("You can object ", "same"),
        DiffPiece("until 26 May 2025 ", "removed"),
        DiffPiece("at any time ", "added"),
        DiffPiece("with this form.", "same"),
    )


def test_a_rewritten_stretch_is_not_torn_apart_by_a_word_that_is_in_both() -> None:
    (change,) = compare_page_contents(
        article(
            "Open the app and then choose the old long menu of settings here, as the notice says, to find the form."
        ),
        article(
            "Open the app and then tap on your picture and the privacy centre, as the notice says, to find the form."
        ),
    )
    assert [piece.kind for piece in change.pieces] == ["same", "removed", "added", "same"]


def test_a_link_that_leads_elsewhere_is_told_in_words() -> None:
    (change,) = compare_page_contents(article("Use the form.", links=(FORM,)), article("Use the form.", links=(MOVED,)))
    assert change.kind == "changed"
    assert change.pieces == (DiffPiece("Use the form.", "same"),)
    assert change.links == (LinkChange("objection form", FORM.url, MOVED.url),)
    assert change.links[0].sentence == (
        "The link “objection form” now leads to https://www.facebook.com/help/contact/2, "
        "before to https://www.facebook.com/help/contact/1."
    )


def test_links_that_came_and_went_are_told_in_words() -> None:
    come = compare_page_contents(article("Use the form.", links=()), article("Use the form.", links=(FORM,)))
    gone = compare_page_contents(article("Use the form.", links=(FORM,)), article("Use the form.", links=()))
    assert come[0].links[0].sentence == "New link “objection form” to https://www.facebook.com/help/contact/1."
    assert gone[0].links[0].sentence == "The link “objection form” to https://www.facebook.com/help/contact/1 is gone."


def test_a_paragraph_put_in_between_leaves_the_others_as_they_were() -> None:
    changes = compare_page_contents(
        article("One.", "Two.", "Three."), article("One.", "Something else entirely.", "Two.", "Three.")
    )
    assert kinds(changes) == ["same", "added", "same", "same"]


def test_paragraphs_that_share_little_are_not_taken_for_one_another() -> None:
    changes = compare_page_contents(
        article("Facebook has a form for this."), article("Nothing of it remains in here now.")
    )
    assert kinds(changes) == ["removed", "added"]


def test_a_new_paragraph_before_a_rewritten_one_is_not_taken_for_it() -> None:
    old = article("The form for Instagram asks for your e-mail address.")
    new = article("News of today: courts decide.", "The form for Instagram asks for your e-mail address and a reason.")
    assert kinds(compare_page_contents(old, new)) == ["added", "changed"]


def test_neighbours_that_were_all_rewritten_are_each_told_by_their_words() -> None:
    old = article(
        "The form for Facebook is long.", "The mail from Instagram comes late.", "Nobody at WhatsApp answers you."
    )
    new = article(
        "The form for Facebook is short.", "The mail from Instagram comes soon.", "Nobody at WhatsApp answers us."
    )
    assert kinds(compare_page_contents(old, new)) == ["changed"] * 3
