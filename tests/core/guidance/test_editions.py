"""What another edition would change is told whole, links first, in words that a person can accept or refuse."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhaustive import parametrize_some
from guidance_editions import LEAVES, document, written
from metaoptout_tui.core.guidance.edition_changes import EditionChange, compare_editions
from metaoptout_tui.core.guidance.editions import GuidanceInUse, GuidanceOrigin
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.schema import EditionPart
from metaoptout_tui.guidance.feed import parse_edition
from metaoptout_tui.guidance.playbook_builder import build_playbook


def changed(*way: str | int, to: object) -> Playbook:
    made = document()
    place: Any = made
    for part in way[:-1]:
        place = place[part]
    place[way[-1]] = to
    return built(made)


def built(document: dict[str, Any]) -> Playbook:
    return build_playbook(document, document.pop("texts"))


def only(changes: tuple[EditionChange, ...]) -> EditionChange:
    assert len(changes) == 1, changes
    return changes[0]


def test_an_edition_that_says_the_same_changes_nothing(playbook: Playbook) -> None:
    assert compare_editions(playbook, playbook._replace(serial=9, published="2027-01-01")) == ()


def test_a_moved_form_is_told_with_both_whole_addresses(playbook: Playbook) -> None:
    url = "https://www.facebook.com/help/contact/111111111111111"
    change = only(compare_editions(playbook, changed("form", 0, "url", to=url)))
    assert (change.part, change.kind, change.name) == (EditionPart.LINKS, "changed", "form “meta-general”")
    assert change.aspects == (("address", playbook.forms[0].url, url),)


def test_a_form_that_is_added_or_gone_is_told_with_all_that_is_said_of_it(playbook: Playbook) -> None:
    made = document()
    del made["form"][0], made["texts"]["sentences"]["form.meta-general"]
    without = built(made)
    removed, added = only(compare_editions(playbook, without)), only(compare_editions(without, playbook))
    assert (removed.kind, added.kind) == ("removed", "added")
    for change, index in ((removed, 1), (added, 2)):
        told = {aspect.label: aspect[index] for aspect in change.aspects}
        assert told["address"] == playbook.forms[0].url
        assert told["says"] == playbook.texts.sentence("form.meta-general")
        assert told["how sure"] == "medium"
        assert "S60" in told["rests on"]
    assert all(aspect.after == "" for aspect in removed.aspects)


@parametrize_some(
    8,
    ("way", "to", "part", "label"),
    [
        (("texts", "sentences", "identify.list"), "Look at it.", EditionPart.STATEMENTS, "says"),
        (("statement", 5, "sureness"), "low", EditionPart.STATEMENTS, "how sure"),
        (("statement", 5, "role"), "warn", EditionPart.STATEMENTS, "as"),
        (("texts", "sentences", "step.open.title"), "Open it", EditionPart.STEPS, "says"),
        (("terms", 0, "effective"), "2026-06-01", EditionPart.STATEMENTS, "in effect since"),
        (("texts", "sentences", "terms.ai-2026"), "New terms.", EditionPart.STATEMENTS, "says"),
        (("walk", 0, "steps"), ["open", "submit", "confirm"], EditionPart.STEPS, "steps"),
        (("texts", "sentences", "path.open-policy"), "By a friend.", EditionPart.PATHS, "says"),
        (("label", "object", "nl"), "Weigeren", EditionPart.PATHS, "nl"),
        (("texts", "sentences", "trouble.page.helped"), "Wait.", EditionPart.TROUBLES, "helped"),
        (("texts", "sentences", "whatsapp.hub.question"), "Is it?", EditionPart.REVIEW, "question"),
        (("texts", "sentences", "option.posts"), "what I wrote", EditionPart.FORM, "option “posts”"),
        (("page", "noyb-survey", "expect_text"), "survey", EditionPart.PAGES, "expected word"),
        (("region", 3, "right"), "reported", EditionPart.REGIONS, "right to object"),
        (("texts", "sentences", "state.not-started"), "to do", EditionPart.WORDS, "says"),
        (("texts", "language"), "nl", EditionPart.WORDS, "language"),
        (("source", "S01", "url"), "https://www.dataprotection.ie/", EditionPart.LINKS, "address"),
    ],
    ids=str,
)
def test_each_kind_of_change_is_told_where_it_belongs(
    playbook: Playbook, way: tuple[str | int, ...], to: object, part: EditionPart, label: str
) -> None:
    change = only(compare_editions(playbook, changed(*way, to=to)))
    assert (change.part, change.kind) == (part, "changed")
    assert [aspect.label for aspect in change.aspects] == [label]
    assert change.aspects[0].before != change.aspects[0].after


def test_another_order_of_forms_is_told_since_they_are_tried_in_it(playbook: Playbook) -> None:
    forms = document()["form"]
    change = only(compare_editions(playbook, changed("form", to=[forms[1], forms[0], *forms[2:]])))
    assert (change.part, change.name) == (EditionPart.LINKS, "order of forms")
    assert change.aspects[0].after.startswith("facebook-ai, meta-general, ")


def test_links_come_first_and_the_order_is_always_the_same(playbook: Playbook) -> None:
    made = document(expires="2027-12-31")
    made["texts"]["sentences"] |= {"state.not-started": "to do", "identify.list": "Look.", "step.open.title": "Open"}
    made["form"][3]["url"] = "https://www.facebook.com/help/contact/111111111111111"
    new = built(made)
    changes = compare_editions(playbook, new)
    assert changes == compare_editions(playbook, new)
    assert [change.part for change in changes] == [
        EditionPart.LINKS,
        EditionPart.STEPS,
        EditionPart.STATEMENTS,
        EditionPart.WORDS,
        EditionPart.WORDS,
    ]


@pytest.mark.exhaustive
@given(st.data())
def test_nothing_that_an_edition_changes_goes_untold(playbook: Playbook, data: st.DataObject) -> None:
    """Values are swapped for others of the same key in whatever entry, where the whole still holds together."""
    from metaoptout_tui.core.errors import GuidanceError

    way = data.draw(st.sampled_from(LEAVES))
    other = data.draw(
        st.sampled_from([leaf for leaf in LEAVES if (leaf[0] == way[0] and leaf[-1] == way[-1]) or leaf[:2] == way[:2]])
    )
    made = document()
    place: Any = made
    value: Any = made
    for part in way[:-1]:
        place = place[part]
    for part in other:
        value = value[part]
    place[way[-1]] = value
    try:
        new = parse_edition(written(made), name="feed.example")
    except GuidanceError:
        return
    told = compare_editions(playbook, new)
    same = new._replace(serial=playbook.serial, published=playbook.published) == playbook
    assert bool(told) == (not same)
    assert all(change.aspects for change in told)


def test_an_edition_is_old_from_the_day_after_the_one_it_names_and_says_so(playbook: Playbook) -> None:
    assert GuidanceInUse(playbook).describe(date(9999, 12, 31)) == "Guide of 23 Nov 2026."
    dated = GuidanceInUse(playbook._replace(expires="2026-12-31"))
    assert not dated.is_expired(date(2026, 12, 31))
    assert dated.is_expired(date(2027, 1, 1))
    assert not dated.needs_warning(date(2026, 12, 31))
    assert dated.needs_warning(date(2027, 1, 1))
    assert dated.describe(date(2026, 12, 31)) == "Guide of 23 Nov 2026."
    assert dated.describe(date(2027, 1, 1)) == "Guide of 23 Nov 2026. It was meant to be used until 31 Dec 2026."


def test_guidance_from_elsewhere_is_never_taken_for_the_programs_own(playbook: Playbook) -> None:
    assert GuidanceOrigin().description == "of this program"
    origin = GuidanceOrigin(is_from_feed=True, host="example.org", accepted_at=datetime(2026, 11, 24, tzinfo=UTC))
    assert GuidanceInUse(playbook, origin).needs_warning(date(2026, 11, 25))
    assert GuidanceInUse(playbook, origin).describe(date(2026, 11, 25)) == (
        "Guide of 23 Nov 2026 from example.org, not reviewed by the makers of this program."
    )
    assert GuidanceOrigin(is_from_feed=True).description == "from a feed, not reviewed by the makers of this program"
