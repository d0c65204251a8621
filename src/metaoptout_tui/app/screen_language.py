"""Which language the program speaks: chosen at the start, and again when the person chooses another."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core.language.choice import choose_language
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.translation import SOURCE_LANGUAGE, language_in_use, use_catalogue

if TYPE_CHECKING:
    from metaoptout_tui.app.session import Session
    from metaoptout_tui.core.record.accounts import Record


class ScreenLanguage(NamedTuple):
    """What decides the language: `configured` in config.toml, empty for nothing, and the `environment` of the process."""

    configured: str = ""
    environment: Mapping[str, str] = MappingProxyType({})

    @property
    def known(self) -> tuple[str, ...]:
        """The languages that can be spoken."""
        from metaoptout_tui.translations.catalogues import translated_languages

        return (SOURCE_LANGUAGE, *translated_languages())

    def speak(self, chosen: str) -> None:
        """Speak the configured language, else the chosen one, else that of the environment.

        One whose sentences are not installed or damaged is left for English.
        """
        from metaoptout_tui.translations.catalogues import load_catalogue

        language = choose_language(self.configured, chosen, self.environment, self.known)
        if language != language_in_use() and (catalogue := load_catalogue(language)) is not None:
            use_catalogue(catalogue)

    def choose(self, language: str, session: Session) -> None:
        """Keep a language in the record, and speak it. Raises StorageError or InputRefused where that cannot be kept."""
        session.account_service.set_screen_language(language)
        self.speak(language)

    def is_decided(self, record: Record) -> bool:
        """Whether the settings or the person said which language."""
        return bool(self.configured or record.person.screen_language)

    def followed_by_labels(self, record: Record, locale_language: str) -> str:
        """The language of Meta's menus and of letters where the person set none for them: that of the program.

        Where nobody chose that one, a computer in a language that the program does not speak still says which menus.
        """
        spoken = language_in_use() if language_in_use() != SOURCE_LANGUAGE else ""
        return self.configured or record.person.screen_language or spoken or locale_language

    @property
    def options(self) -> list[tuple[str, str]]:
        """The languages to choose from, by what each calls itself: a person finds their own whichever is spoken."""
        return sorted(((language, FORMATS[language].own_name) for language in self.known), key=lambda option: option[1])
