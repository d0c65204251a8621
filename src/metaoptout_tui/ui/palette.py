"""What the palette finds: the commands of the screen in front, those that work everywhere, and the themes."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol, cast

from textual.app import App, SystemCommand
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.geometry import Offset

from metaoptout_tui.app.commands.command_synonyms import synonyms_of
from metaoptout_tui.app.commands.commands import commands_of
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.ui.textual_private import line_of_option
from metaoptout_tui.ui.theme import PALETTE_THEMES


class Palette(CommandPalette):
    """Textual's palette in our words, whose entries end at their ends as those of every list.

    The terminal's cursor goes along where an arrow key leaves its first entry.
    """

    def __init__(self) -> None:
        super().__init__(placeholder=_("Search for commands…"))

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The highlighted entry; None for the field, while the first entry is highlighted."""
        entries = self.query_one(CommandList)
        line = line_of_option(entries, entries.highlighted) if entries.highlighted else None
        x, y = entries.content_region.offset
        return None if line is None or not entries.display else Offset(x, y + line - entries.scroll_offset.y)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take the arrow keys only where there is an entry to go to: Textual's list would go round."""
        # The screen below may ask for the keys in force before the list is there.
        entries = next(iter(self.query(CommandList)), None)
        if entries is not None and entries.display and entries.highlighted is not None:
            if action == "cursor_down":
                return entries.highlighted < entries.option_count - 1
            if parameters == ("cursor_up",):
                return entries.highlighted > 0
        return super().check_action(action, parameters)


def open_palette(app: App[Any]) -> None:
    """Open the palette, unless one is open."""
    if not isinstance(app.screen, CommandPalette):
        app.push_screen(Palette())


class PaletteEntry(NamedTuple):
    """A command for the palette, and other words that people call it by."""

    command: SystemCommand
    synonyms: str = ""


class HasCommandGroups(Protocol):
    """An App that says which commands each of its screens has."""

    COMMAND_GROUPS: tuple[str, ...]


def palette_entries(app: App[Any], screen_id: str) -> Iterator[PaletteEntry]:
    """The commands, each title once, then the themes. An empty `screen_id` is that of a screen without commands."""
    groups = cast("HasCommandGroups", app).COMMAND_GROUPS
    listed_titles: set[str] = set()
    for namespace, id in (("screen", screen_id), *(("app", group) for group in groups)):
        for command in commands_of(id) if id else ():
            if not command.is_navigation and command.title not in listed_titles:
                listed_titles.add(command.title)
                run = partial(app.call_later, app.run_action, f"{namespace}.{command.textual_action}")
                yield PaletteEntry(SystemCommand(command.title, command.help, run), synonyms_of(command.id))
    theme_synonyms = pgettext("words to find an action by", "settings colours colors dark light appearance")
    for theme in PALETTE_THEMES:
        help = _("Use this theme, now and from the next start on.")
        yield PaletteEntry(
            SystemCommand(_("Theme {theme}").format(theme=theme), help, _setter(app, theme)), theme_synonyms
        )


def _setter(app: App[Any], theme: str) -> Callable[[], None]:
    def use() -> None:
        app.theme = theme

    return use


def match_score(typed: str, entry: PaletteEntry) -> float:
    """How well an entry fits what was typed: 0 where a typed word is in none of its words, more for its title.

    Every typed word has to be the beginning of a word of title, help or synonyms, or at least a part of one.
    """
    fits = [_fit_of_word(word, entry) for word in typed.casefold().split()]
    return sum(fits) / len(fits) if fits and all(fits) else 0.0


def scores_of_sentence(typed: str, entries: Sequence[PaletteEntry]) -> list[float]:
    """How well each entry fits a sentence such as “how do I quit”, where no entry has all its words; 0 for one that does not.

    Of its words those count that are in few entries: the others, and those that are in none, say little.
    """
    scores = [0.0] * len(entries)
    for word in typed.casefold().split():
        fits = [_fit_of_word(word, entry) if len(word) > _MIN_LENGTH_OF_A_PART else 0.0 for entry in entries]
        with_word = sum(map(bool, fits))
        if 0 < with_word <= len(entries) * _MAX_SHARE_OF_A_TELLING_WORD:
            scores = [score + fit / with_word for score, fit in zip(scores, fits, strict=True)]
    best = max(scores, default=0.0)
    return [score / best if best and score * 2 >= best else 0.0 for score in scores]


_MAX_SHARE_OF_A_TELLING_WORD = 0.3


def _fit_of_word(word: str, entry: PaletteEntry) -> float:
    """How well a word in small letters fits an entry: best in its title, then in its synonyms, then in its help."""
    title, help, *_unused = entry.command
    texts = ((title, 1.0), (entry.synonyms, 0.7), (help, 0.5))
    return max(weight * _fit(word, text.casefold()) for text, weight in texts)


def _fit(word: str, text: str) -> float:
    """1 for a word of the text, less for the beginning of one, least for a part of one."""
    words = [each.strip(".,;:'’?()") for each in text.split()]
    if word in words:
        return 1.0
    if any(each.startswith(word) for each in words):
        return 0.8
    return 0.2 if len(word) > _MIN_LENGTH_OF_A_PART and word in text else 0.0


_MIN_LENGTH_OF_A_PART = 2


class PaletteProvider(Provider):
    """Finds commands by all words of their title, help and synonyms."""

    @property
    def _entries(self) -> Iterator[PaletteEntry]:
        return palette_entries(self.app, getattr(self.screen, "SCREEN_ID", ""))

    async def discover(self) -> Hits:
        """All commands, by their titles, while nothing is typed."""
        for title, help, run, _unused in sorted(
            (entry.command for entry in self._entries), key=lambda command: command[0]
        ):
            yield DiscoveryHit(title, run, help=help)

    async def search(self, query: str) -> Hits:
        """The commands that fit what was typed; where none does, a row that says so and does nothing."""
        matcher, entries = self.matcher(query), tuple(self._entries)
        scores = [max(match_score(query, each), 0.1 * min(1.0, matcher.match(each.command.title))) for each in entries]
        if not any(scores):
            scores = scores_of_sentence(query, entries)
        for score, entry in zip(scores, entries, strict=True):
            title, help, run, _unused = entry.command
            if score:
                yield Hit(score, matcher.highlight(title), run, help=help)
        if not any(scores):
            words = _("No command fits. Try other words.")
            yield Hit(1.0, Content(words), lambda: None, text=words)
