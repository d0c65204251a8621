"""A person at the screen: presses keys, reads what is drawn, and waits for what must come, never for time to pass."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea, Tree

from guidance_editions import newer
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission
from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.chats.known_chats import KnownChats
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.storage.settings_files import NetworkConsent
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.checklist import ChecklistScreen
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.reader import Reader
from samples import Clock, account, asked_for_name, at, entry, record

PATIENCE = 60.0
"""Seconds until a test gives up; what it waits for comes in milliseconds, but a machine may be busy with much else."""

TESTED: dict[str, str] = {}
"""The id of each action, and the test that presses its key."""

Test = TypeVar("Test", bound=Callable[..., object])


def does(*actions: str) -> Callable[[Test], Test]:
    """Say which actions a test is for; one that no test is for fails `test_every_action_has_a_test`."""

    def mark(test: Test) -> Test:
        TESTED.update(dict.fromkeys(actions, test.__qualname__))
        return test

    return mark


def _no_known_chats() -> KnownChats:
    ids = count(1)
    return KnownChats(b"k" * 32, lambda: f"{next(ids):016x}")


@dataclass
class Machine:
    """What the program did outside its own screen and file."""

    clock: Clock
    saved: list[Record] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    mailed: list[str] = field(default_factory=list)
    remembered: list[tuple[str, tuple[str, str]]] = field(default_factory=list)
    consents: list[NetworkConsent] = field(default_factory=list)
    known_chats: KnownChats = field(default_factory=_no_known_chats)
    former_names: list[str] = field(default_factory=list)


class Walker:
    """Presses keys in a running app and reads its screen."""

    def __init__(self, app: MetaOptOutApp, pilot: Pilot[int], session: Session, machine: Machine) -> None:
        self.app = app
        self.pilot = pilot
        self.session = session
        self.machine = machine
        self.said: list[str] = []

    # Doing

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the one before has been answered."""
        for key in keys:
            character = " " if key == "space" else key if len(key) == 1 else None
            self.app.post_message(events.Key(key, character))
            await self.settled()

    async def go_to_row(self, words: str) -> None:
        """Press Down from the first row until the highlighted row of the list in focus has these words."""
        options = self.screen.focused
        assert isinstance(options, OptionList)
        await self.press("home")
        for _ in range(options.option_count):
            option = options.highlighted_option
            if option is not None and words in str(option.prompt):
                return
            await self.press("down")
        raise AssertionError(f"no row with “{words}”:\n{self.text}")

    async def write(self, words: str, *, anew: bool = False) -> None:
        """Type into the field that has the focus; `anew` empties it first."""
        focused = self.app.focused
        takes_text = isinstance(focused, Input | TextArea) or (focused is not None and focused.id == "platform")
        assert takes_text, f"{focused} takes no text"
        if anew and isinstance(focused, Input):
            await self.press("home", "ctrl+k")
        for character in words:
            key = {" ": "space", "\n": "enter", "@": "at"}.get(character, character)
            self.app.post_message(events.Key(key, character))
        await self.settled()

    async def paste(self, words: str) -> None:
        """Paste into the field that has the focus, as a terminal does."""
        self.app.post_message(events.Paste(words))
        await self.settled()

    async def click(self, column: int, row: int) -> None:
        """Click on the screen, counted from its upper left corner."""
        self.strips()  # what can be clicked has been drawn
        for event in (events.MouseDown, events.MouseUp):
            self.app.post_message(event(None, column, row, 0, 0, 1, False, False, False, column, row))
        await self.settled()

    async def wheel(self, target: Widget) -> None:
        """Turn the wheel down by one notch over a widget."""
        x, y = target.region.x + 1, target.region.y + 1
        self.app.post_message(events.MouseScrollDown(None, x, y, 0, 1, 0, False, False, False, x, y))
        await self.settled()

    async def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        await self.pilot.resize_terminal(columns, rows)
        await self.until(lambda: self.app.screen.size == (columns, rows))
        await self.settled()

    async def use_theme(self, name: str) -> None:
        """Change the theme, as the palette does."""
        self.app.theme = name
        await self.pilot.pause()
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything that was asked for has been answered."""
        quiet, give_up = 0, time.monotonic() + PATIENCE
        while quiet < 3 and self.app.is_running and self.app._exception is None:
            for _ in range(5):
                await asyncio.sleep(0)
            nodes = [self.app, *self.app.screen.walk_children(with_self=True)]
            if sum(node._message_queue.qsize() + len(node._next_callbacks) for node in nodes):
                quiet = 0
            else:
                screen = self.app.screen
                # A layout may call for another one: of a text that is shown, say, once it is known to be cut.
                is_at_rest = not screen._callbacks and not screen._layout_required
                screen._on_timer_update()
                quiet = quiet + 1 if is_at_rest else 0
            assert time.monotonic() < give_up, "the screen never came to rest"

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait for something that must come."""
        give_up = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < give_up, f"{what or 'it'} did not come. On the screen:\n{self.text}"
            await self.pilot.pause()

    async def workers(self) -> None:
        """Wait until the browser or the clipboard has been asked and the answer was shown."""
        await self.app.workers.wait_for_complete()
        await self.settled()

    # Reading

    @property
    def screen(self) -> Screen[object]:
        """The screen in front."""
        return self.app.screen

    @property
    def checklist(self) -> ChecklistScreen:
        """The first screen, which is in front."""
        assert isinstance(self.app.screen, ChecklistScreen)
        return self.app.screen

    @property
    def at(self) -> str:
        """The place of the screen in front, as the action ids name it."""
        screen = self.app.screen
        return screen.SCREEN_ID if isinstance(screen, BaseScreen) else type(screen).__name__

    def strips(self) -> list[Strip]:
        """The lines as they are drawn."""
        return self.app.screen._compositor.render_strips()

    def render_widgets(self) -> None:
        """Let each widget in view draw its lines, as `strips` does, without putting them together, which takes longer."""
        for widget, (region, _) in self.app.screen._compositor.visible_widgets.items():
            if isinstance(widget, Tree):
                widget._pseudo_class_state = widget.get_pseudo_class_state()  # as a tree does before it draws any line
            for row in range(region.height):
                widget.render_line(row)

    @property
    def text(self) -> str:
        """All that can be read on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.strips())

    @property
    def flowing(self) -> str:
        """All that can be read, with the line ends taken out, to look for sentences."""
        return " ".join(self.text.split())

    @property
    def headline(self) -> Headline:
        """The two lines above."""
        return self.app.screen.query_one(Headline)

    @property
    def keybar(self) -> str:
        """The line of keys at the foot."""
        return "  ".join(f"{key} {title}" for _, key, title in self.app.screen.query_one(KeyBar).visible_keys())

    @property
    def chosen(self) -> str:
        """The id of the highlighted row of the list that has the focus."""
        focused = self.app.focused
        assert isinstance(focused, OptionList)
        option = focused.highlighted_option
        return (option.id or "") if option is not None else ""

    def field(self, id: str) -> str:
        """What stands in a field."""
        widget = self.app.screen.query_one(f"#{id}")
        if isinstance(widget, TextArea):
            return widget.text
        assert isinstance(widget, Input)
        return widget.value

    def words(self, id: str) -> str:
        """What a piece of text says, with the line ends taken out."""
        widget = self.app.screen.query_one(f"#{id}")
        return (
            " ".join(widget.plain_text.split())
            if isinstance(widget, Reader)
            else str(widget.render()).replace("\n", " ")
        )

    def guide_says(self, words: str) -> bool:
        """Whether words stand in the guide, in view or further down."""
        return words in " ".join(self.app.screen.query_one(Reader).plain_text.split())

    @property
    def told(self) -> str:
        """The newest message that popped up."""
        return self.said[-1] if self.said else ""

    # The record

    @property
    def progress(self) -> Record:
        """The record now."""
        return self.session.record

    def account(self, id: str = "facebook") -> Account:
        """One account of the record."""
        return self.session.account(id)

    def events(self, id: str = "facebook") -> list[str]:
        """The kinds of an account's entries, oldest first."""
        return [event.kind for event in self.account(id).events]

    def last(self, id: str = "facebook") -> Event:
        """The newest entry of an account."""
        return self.account(id).events[-1]

    def state(self, id: str = "facebook") -> AccountState:
        """How an account stands."""
        standing = self.session.overview().status_of(id)
        assert standing is not None
        return standing.state

    def step(self, step: str, id: str = "facebook") -> str:
        """How a step of an account stands."""
        standing = self.session.overview().status_of(id)
        found = standing.step(step) if standing else None
        assert found is not None
        return str(found.state)


class OpenScreen(Protocol):
    """Opens the app on a record."""

    def __call__(
        self,
        progress: Record | None = None,
        *,
        size: tuple[int, int] = (80, 24),
        at: tuple[str, str] = ("", ""),
        browser: Mapping[str, str] | None = None,
        programs: Sequence[str] = ("xdg-open",),
        theme: str = "metaoptout-dark",
        no_color: bool = False,
        keymap: dict[str, str] | None = None,
        notices: tuple[str, ...] = (),
        read_only: str = "",
        is_new: bool = False,
        save: Callable[[Record], Record] | None = None,
        label_language: str = "",
        home_country: str = "NL",
        home_language: str = "",
        screen_language: ScreenLanguage = ...,
        cache: Path | None = None,
        permission: NetworkPermission = ...,
        consent: NetworkConsent = ...,
        offer: bytes = b"",
        record_name: str = "",
        person_name: str = "",
        make_app: Callable[..., MetaOptOutApp] = ...,
        clock: Callable[[], datetime] | None = None,
        is_rehearsal: bool = False,
        export_obstacle: Callable[[Path], str] = ...,
    ) -> AbstractAsyncContextManager[Walker]:
        """The app at a size, at an account and step; `browser` is the environment a browser is looked for in."""
        ...


class Way(NamedTuple):
    """How to come to a screen from the first one: account and step in view, then keys."""

    account: str
    step: str
    keys: tuple[str, ...] = ()


OWN_KEYS: dict[str, str] = {
    "checklist.edit": "e",
    "checklist.remove": "delete,X",
    "checklist.note": "n",
    "checklist.diary": "d",
    "checklist.periods": "t",
    "checklist.letters": "m",
    "checklist.link": "o",
    "checklist.guidance": "r",
    "checklist.changes": "c",
    "checklist.overview": "v",
    "checklist.moved": "M",
    "checklist.checked": "C",
    "checklist.export": "E",
    "checklist.skip": "x",
    "checklist.you": "y",
    "checklist.ways": "B",
    "everywhere.people": "P",
    "checklist.helper": "H",
    "everywhere.different": "f13",
}
"""A key table of a person's own, for actions without a key. Tests use it where they name no other."""

OBJECT_ALL_THE_SAME = ("enter", "down", "enter")
"""Opens a step to object again, though the objection is confirmed."""

WAYS: Mapping[str, Way] = {
    "checklist": Way("facebook", "open"),
    "welcome": Way("facebook", "open", ("y",)),
    "account": Way("facebook", "open", ("a",)),
    "earlier": Way("facebook", "open", ("B", "enter", "space", "enter", "down", "enter")),
    "identify": Way("facebook", "identify", ("enter",)),
    "download": Way("facebook", "identify", ("enter", "i")),
    "download-reading": Way("facebook", "identify", ("enter", "i", *"~/endless.zip", "f2")),
    "download-found": Way("facebook", "identify", ("enter", "i", *"~/facebook.zip", "f2")),
    "exposure": Way("facebook", "identify", ("enter", "i", *"~/facebook.zip", "f2", "v")),
    "open": Way("facebook", "open", OBJECT_ALL_THE_SAME),
    "link": Way("facebook", "open", ("o",)),
    "submit": Way("facebook", "submit", OBJECT_ALL_THE_SAME),
    "reason": Way("facebook", "submit", (*OBJECT_ALL_THE_SAME, "r")),
    "confirm": Way("facebook", "confirm", ("enter",)),
    "review": Way("whatsapp", "review", ("enter",)),
    "chats": Way("whatsapp", "review", ("enter", "f")),
    "scan": Way("whatsapp", "review", ("enter", "f", *"~/endless.txt", "f2")),
    "chats-found": Way("whatsapp", "review", ("enter", "f", *"~/chat.txt", "f2")),
    "messages": Way("whatsapp", "review", ("enter", "f", *"~/chat.txt", "f2", "v")),
    "chat-privacy": Way("whatsapp", "review", ("enter", "f", *"~/chat.txt", "f2", "a")),
    "helper": Way("facebook", "open", ("H",)),
    "note": Way("facebook", "open", ("n",)),
    "diary": Way("facebook", "open", ("d",)),
    "periods": Way("facebook", "open", ("t",)),
    "export": Way("facebook", "open", ("E",)),
    "letters": Way("facebook", "open", ("m",)),
    "letter": Way("facebook", "open", ("m", "enter")),
    "authority": Way("facebook", "open", ("m", "a")),
    "attach": Way("facebook", "open", ("d", "a")),
    "sources": Way("facebook", "open", ("s",)),
    "kept": Way("facebook", "open", ("f10",)),
    "people": Way("facebook", "open", ("P",)),
    "person": Way("facebook", "open", ("P", "a")),
    "different": Way("facebook", "open", ("f13",)),
    "purge": Way("facebook", "open", ("f10", "X")),
    "topic": Way("facebook", "open", ("f6",)),
    "manual": Way("facebook", "open", ("f11",)),
    "manual-find": Way("facebook", "open", ("f11", "f")),
    "ask": Way("facebook", "submit", (*OBJECT_ALL_THE_SAME, "m")),
    "help": Way("facebook", "open", ("question_mark",)),
    "overview": Way("facebook", "open", ("v",)),
    "timeline": Way("facebook", "open", ("v", "t")),
    "guidance": Way("facebook", "open", ("r",)),
    "hosts": Way("facebook", "open", ("r", "r")),
    "page": Way("facebook", "open", ("r", "d")),
    "page-links": Way("facebook", "open", ("r", "enter", "l")),
    "edition": Way("facebook", "open", ("r", "e")),
}
"""Every screen but the one for a broken file, which is an app of its own."""

SOME_PLACES = ("checklist", "account", "help")
"""A list, a form and a text, for tests that go through all screens only in an exhaustive run."""

EVERYTHING = asked_for_name(
    record(
        account(
            "facebook",
            entry("step-done", at(3), step="identify"),
            entry("filed", at(3), email="anna@example.org"),
            entry("confirmed-on-screen", at(2.9), message="applied"),
            entry("noted", at(2), step="open", text="The menu was in Dutch."),
            hub="private",
        ),
        account("instagram", hub="private"),
        account("instagram-shop", entry("filed", at(2)), entry("refused", at(1)), hub="", email="shop@example.org"),
        account("threads", entry("filed", at(50))),
        account("instagram-old", hub=""),
        account("whatsapp", entry("review-answered", at(1), point="whatsapp.used", answer="yes")),
    )
)
"""A record with something of every colour."""


def offer_for(place: str) -> bytes:
    """What the feed has to offer for a screen to be reached: an edition for the one that shows it."""
    return newer() if place == "edition" else b""


async def go(me: Walker, place: str) -> None:
    """Come to a screen from its account and step."""
    for key in WAYS[place].keys:
        await me.press(key)
        if key == "f2" and "~" in WAYS[place].keys and place not in ("scan", "download-reading"):
            await me.until(lambda: me.at in ("chats-found", "download-found"), "what was found")
            await me.settled()
    assert me.at == place, f"{me.at} in place of {place}:\n{me.text}"
