"""What a sentence becomes in a language, and where that language holds."""

import threading
from collections.abc import Iterator

import pytest

from metaoptout_tui.core.language import translation
from metaoptout_tui.core.language.translation import ENGLISH, gettext, in_catalogue, language_in_use, ngettext, pgettext


class Dutch:
    """A catalogue of three sentences."""

    language = "nl"

    def gettext(self, message: str, /) -> str:
        return {"Saved.": "Bewaard."}.get(message, message)

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return (
            ("{count} dag" if number == 1 else "{count} dagen")
            if one == "{count} day"
            else ENGLISH.ngettext(one, many, number)
        )

    def pgettext(self, context: str, message: str, /) -> str:
        return {("a form", "open"): "openen"}.get((context, message), message)


@pytest.fixture
def in_dutch() -> Iterator[None]:
    translation.use_catalogue(Dutch())
    yield
    translation.use_catalogue(ENGLISH)


def test_without_a_catalogue_a_sentence_is_said_in_english() -> None:
    assert (gettext("Saved."), language_in_use()) == ("Saved.", "en")
    assert [ngettext("{count} day", "{count} days", count) for count in (0, 1, 2)] == [
        "{count} days",
        "{count} day",
        "{count} days",
    ]


@pytest.mark.usefixtures("in_dutch")
def test_with_one_it_is_said_in_that_language_and_what_is_not_translated_in_english() -> None:
    assert (gettext("Saved."), gettext("Lost."), language_in_use()) == ("Bewaard.", "Lost.", "nl")
    assert [ngettext("{count} day", "{count} days", count) for count in (1, 2)] == ["{count} dag", "{count} dagen"]
    assert (pgettext("a form", "open"), pgettext("a shop", "open")) == ("openen", "open")


@pytest.mark.usefixtures("in_dutch")
def test_an_empty_sentence_stays_empty_though_gettext_keeps_its_header_there() -> None:
    assert gettext("") == ""


@pytest.mark.usefixtures("in_dutch")
def test_a_document_in_another_language_leaves_the_screen_as_it_is() -> None:
    seen: list[str] = []
    with in_catalogue(ENGLISH):
        screen = threading.Thread(target=lambda: seen.append(gettext("Saved.")))
        screen.start()
        screen.join()
        assert gettext("Saved.") == "Saved."
    assert (seen, gettext("Saved.")) == (["Bewaard."], "Bewaard.")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Sent {day}.", "Sent 3. Nov."),
        ("Sent {day}. Wait.", "Sent 3. Nov. Wait."),
        ("Sent {day}, {time}.", "Sent 3. Nov., 14:09."),
        ("In {day}.toml", "In 3. Nov..toml"),
        ("Since {day}...", "Since 3. Nov...."),
        ("There is no folder {folder}.", "There is no folder ..."),
    ],
)
@pytest.mark.parametrize("by", ["gettext", "ngettext", "pgettext"])
def test_a_date_that_ends_in_a_full_stop_ends_the_sentence(by: str, sentence: str, said: str) -> None:
    with in_catalogue(Dutch()):
        words = {
            "gettext": gettext(sentence),
            "ngettext": ngettext(sentence, sentence, 1),
            "pgettext": pgettext("a form", sentence),
        }[by]
        assert words.format(day="3. Nov.", time="14:09", folder="..") == said
