"""The language of the program: chosen on any screen, kept in the record, spoken at once by everything."""

from exhaustive import parametrize_some
from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.core.language.translation import ENGLISH, language_in_use, use_catalogue
from metaoptout_tui.translations.catalogues import translated_languages
from samples import account, at, entry, record
from signs_of_sentences import load_catalogue_of_own_signs, wrong_signs_in
from ui.driving import EVERYTHING, Machine, OpenScreen, does

WAITING = record(account("facebook", entry("filed", at(3))))


@does("everywhere.language")
async def test_another_language_is_spoken_at_once_where_one_is_and_kept(walk: OpenScreen, machine: Machine) -> None:
    async with walk(WAITING) as me:
        await me.press("alt+l")
        assert me.headline.title == "In which language do you want to read?"
        assert "Deutsch" in me.flowing
        assert "Nederlands" in me.flowing
        await me.press("home", "enter")
        await me.until(lambda: me.at == "checklist" and "Als Nächstes:" in me.flowing)
        assert language_in_use() == "de"
        assert machine.saved[-1].person.screen_language == "de"
        await me.press("alt+l", "down", "enter")
        await me.until(lambda: me.at == "checklist" and "Next:" in me.flowing)
        assert (language_in_use(), machine.saved[-1].person.screen_language) == ("en", "en")


async def test_it_can_be_chosen_before_anything_else_and_the_welcome_goes_on_with_what_was_typed(
    walk: OpenScreen,
) -> None:
    async with walk(is_new=True) as me:
        assert me.at == "welcome"
        assert "Alt+L" in me.flowing
        await me.press("tab", "tab", "tab")
        await me.write("anna@example.org")
        await me.press("alt+l", "home", "enter")
        await me.until(lambda: me.at == "welcome" and language_in_use() == "de")
        assert me.field("email") == "anna@example.org"


async def test_where_the_settings_decide_it_is_said_where(walk: OpenScreen) -> None:
    async with walk(WAITING, screen_language=ScreenLanguage("en")) as me:
        await me.press("alt+l")
        assert me.at == "checklist"
        assert "The line “language” in config.toml decides the language." in me.flowing


@parametrize_some(1, "language", translated_languages())
async def test_no_sign_of_a_sentence_stands_where_the_language_has_none(walk: OpenScreen, language: str) -> None:
    use_catalogue(load_catalogue_of_own_signs(language))
    try:
        for key, place in (("v", "overview"), ("t", "periods")):
            async with walk(EVERYTHING, at=("facebook", "confirm"), size=(120, 40)) as me:
                assert wrong_signs_in(me.flowing, language) == []
                await me.press(key)
                assert me.at == place
                assert wrong_signs_in(me.flowing, language) == []
    finally:
        use_catalogue(ENGLISH)
