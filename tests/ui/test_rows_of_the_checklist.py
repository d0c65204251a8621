"""The rows of the checklist are read whole in every language: steps, what is offered below them, and accounts."""

from collections.abc import Iterator

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language import translation
from metaoptout_tui.core.objection import offers
from metaoptout_tui.core.objection.offers import Offer
from metaoptout_tui.core.objection.state_words import TEXTS_AFTER_COMPLAINT, short_state_words, words_after_complaint
from metaoptout_tui.core.objection.tasks import TASK_KINDS, OfferKind
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from metaoptout_tui.ui.widgets import account_tree, step_list
from metaoptout_tui.ui.widgets.step_list import StepList
from samples import account, record
from ui.driving import EVERYTHING, OpenScreen, Walker

in_some_languages = parametrize_some(["de"], "language", ["en", *translated_languages()])
STEPS = (StepId.IDENTIFY, StepId.OPEN, StepId.SUBMIT, StepId.REPLY)


def speak(language: str) -> None:
    if (catalogue := load_catalogue(language)) is not None:
        translation.use_catalogue(catalogue)


def shown_rows(me: Walker) -> str:
    """The lines of the list of steps that are on the screen, as one."""
    area = me.screen.query_one(StepList).scrollable_content_region
    lines = [strip.crop(area.x, area.right).text for strip in me.strips()[area.y : area.bottom]]
    return " ".join(" ".join(lines).split())


def assert_shown_rows_are_whole(me: Walker) -> None:
    steps = me.screen.query_one(StepList)
    rows, shown = [" ".join(str(option.prompt).split()) for option in steps.options], shown_rows(me)
    runs = {" ".join(rows[start:end]) for start in range(len(rows)) for end in range(start + 1, len(rows) + 1)}
    assert shown in runs
    assert rows[steps.highlighted or 0] in shown


def words_of_offers() -> Iterator[tuple[OfferKind, str]]:
    """Each kind of offer with each of its words in English."""
    yield from offers._WORDS.items()
    yield OfferKind.LETTERS, "Object by letter"
    yield from ((rules.offer, rules.offer_words) for rules in TASK_KINDS.values() if rules.offer is not None)


def offers_by_window() -> list[tuple[Offer, ...]]:
    """All of these, in as few lists as have each row once."""
    windows: list[dict[str, Offer]] = []
    for kind, words in dict.fromkeys(words_of_offers()):
        offer_at_steps = [Offer(kind, step, translation.gettext(words)) for step in STEPS]
        for window in windows:
            free = next((offer for offer in offer_at_steps if offer.row_id not in window), None)
            if free is not None:
                window[free.row_id] = free
                break
        else:
            windows.append({offer_at_steps[0].row_id: offer_at_steps[0]})
    return [tuple(window.values()) for window in windows]


@in_some_languages
async def test_every_offer_is_read_whole(walk: OpenScreen, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(language)
    windows = offers_by_window()
    assert {offer.kind for window in windows for offer in window} == set(OfferKind)
    for progress in (record(account("facebook")), EVERYTHING):
        async with walk(progress, at=("facebook", "confirm"), size=(80, 24)) as me:
            for window in windows:
                monkeypatch.setattr(step_list, "offers_of", lambda *_unused, window=window: window)
                me.checklist.update_content()
                await me.settled()
                await me.press("home")
                read = ""
                for _row in range(me.screen.query_one(StepList).option_count):
                    assert_shown_rows_are_whole(me)
                    read += shown_rows(me)
                    await me.press("down")
                assert [offer.words for offer in window if " ".join(offer.words.split()) not in read] == []


@in_some_languages
async def test_every_step_of_every_account_is_read_whole(walk: OpenScreen, language: str) -> None:
    speak(language)
    async with walk(EVERYTHING, size=(80, 24)) as me:
        for each in EVERYTHING.accounts:
            me.checklist.go_to(each.id, "identify")
            await me.settled()
            for _row in range(me.screen.query_one(StepList).option_count):
                assert_shown_rows_are_whole(me)
                await me.press("down")


@in_some_languages
async def test_the_state_of_every_account_is_read_whole(
    walk: OpenScreen, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(language)
    of_an_account = "state of an account"
    states = [short_state_words(state) for state in AccountState]
    states += [words_after_complaint(text) for text in TEXTS_AFTER_COMPLAINT]
    states += [translation.pgettext(of_an_account, words) for words in ("needs its own", "perhaps covered", "in doubt")]
    names = [f"facebook-anna of example {number}" for number in range(len(states))]
    words = dict(zip(names, states, strict=True))
    monkeypatch.setattr(account_tree, "describe_state_briefly", lambda status: words[status.account.id])
    progress = record(*map(account, names))
    async with walk(progress, size=(80, 50)) as me:
        lines = me.text.split("\n")
        assert [state for state in states if not any(f" {state} " in line for line in lines)] == []


@pytest.mark.parametrize(
    ("short_name", "own_name", "width", "shown"),
    [
        ("Instagram @anna.nl", "@anna.nl", 18, "Instagram @anna.nl"),
        ("Instagram @pots.of.anna", "@pots.of.anna", 20, "Insta… @pots.of.anna"),
        ("Facebook Dev Patel old", "Dev Patel old", 16, "F… Dev Patel old"),
        ("Facebook Dev Patel old", "Dev Patel old", 15, "Faceb…Patel old"),
        ("Instagram 2", "Instagram 2", 8, "Ins…am 2"),
    ],
)
def test_what_a_person_calls_an_account_is_whole_where_it_fits(
    short_name: str, own_name: str, width: int, shown: str
) -> None:
    assert account_tree.fitted_name(short_name, own_name, width) == shown
