"""Every command a key can run, and the titles of the screens they belong to.

Footer, help, command palette, the user's key table and the `keys` command are made from these declarations. Imports no
Textual, so that the command line can list them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from metaoptout_tui.app.commands.own_commands import OWN_COMMANDS, Command
from metaoptout_tui.core.language.translation import pgettext

EVERYWHERE = "everywhere"
REHEARSAL = "rehearsal"
"""The commands of every screen, and those that every screen of a rehearsal has besides."""
RESERVED_KEYS = MappingProxyType(
    {
        "b": ("back",),
        "c": ("copy",),
        "j": ("down",),
        "k": ("up",),
        "o": ("browser", "open"),
        "s": ("sources",),
        "u": ("undo",),
    }
)
"""Letters that do the same on every screen, with the names of the action; `o` opens something outside of this program.

Any other letter may differ where the footer shows it.
"""
FORMER_COMMAND_IDS: Mapping[str, str] = {"checklist.went-wrong": "checklist.more"}
"""Former ids of commands with their present ones: a key table may still use them."""

SharedCommands = tuple[Command, ...]
"""Commands that several screens have, each with only the last part of its id."""


def _list(up: str = "Go up in the list.", down: str = "Go down in the list.") -> SharedCommands:
    return Command("up", "k", "Up", up), Command("down", "j", "Down", down)


def _text(
    down: str = "Scroll the text down.",
    up: str = "Scroll the text up.",
    keys: tuple[str, str] = ("ctrl+d", "ctrl+u"),
    footer: tuple[int, int] = (0, 0),
) -> SharedCommands:
    return (
        Command("page-down", f"pagedown,{keys[0]}".rstrip(","), "Page down", down, footer[0]),
        Command("page-up", f"pageup,{keys[1]}".rstrip(","), "Page up", up, footer[1]),
    )


def _before_fields(commands: SharedCommands) -> SharedCommands:
    """The commands, with keys that answer also where a field, or what scrolls it, would take them."""
    return tuple(command._replace(priority=True) for command in commands)


def _undo(footer_order: int = 0, help: str = "Take back the last change.") -> SharedCommands:
    return (
        Command("undo", "u", "Undo", help, footer_order),
        Command("redo", "U,ctrl+r", "Redo", "Make the change again that was taken back."),
    )


def _back(
    help: str = "Go back.", keys: str = "escape,b", title: str = "Back", footer_order: int = 20
) -> SharedCommands:
    return (Command("back", keys, title, help, footer_order),)


def _sources(footer_order: int, keys: str = "s") -> SharedCommands:
    help = "Who says what stands here, when, and how sure it is."
    return (Command("sources", keys, "Who says so", help, footer_order),)


def _more(footer_order: int = 0) -> SharedCommands:
    help = "Everything there is to know here, also what may go wrong; or less again."
    return (Command("more", "w", "Read more", help, footer_order),)


_THIRD_PARTY = (
    Command(
        "third-party", "t", "Without account", "The form for data about you without an account, for parents too.", 12
    ),
)
_NO_LOGIN = (Command("no-login", "n", "No log-in", "What remains for an account that you cannot log in to.", 13),)
_SPACE = ("ctrl+d,space", "ctrl+u")
_LINES = (Command("up", "k", "Up", "Scroll up by a line."), Command("down", "j", "Down", "Scroll down by a line."))
_DISCARD = (
    Command(
        "discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
)
_DISCARD_FOR_GOOD = (
    Command("discard", "f8", "Discard", "Put the fields back as they were before anything was typed."),
)
_YOU = (Command("you", "y", "You", "Change your country, your e-mail address and the language of menu labels.", 14),)
_PATHS = (
    Command("take", "enter", "Use this", "Add what is typed; with the field empty, go on with what is chosen.", 1),
    Command("complete", "tab", "Complete", "Complete the path, or go on to the folders below.", 2),
    Command("add", "f3", "Add", "Add the highlighted folder or file.", 5),
    Command("drop", "f8", "Take out", "Take the path that was added last out again.", 6),
    Command("folders", "f4", "Folders", "Go to the folders below, and from there back to the field.", 4),
    *_back("Go back; what you chose is kept.", "escape"),
)
_TO_CHECKLIST = _back("Go back to the checklist.")
_KEEPING_TYPED = _back("Go back; what you typed is kept for the next time.", "escape")
_CHECKLIST = (
    *_undo(5),
    *(command._replace(keys="", footer_order=0) for command in _YOU),
    Command("other-pane", "left,right", "Other side", "Go between the accounts and their steps.", needs_account=True),
    *_list("Go up in a list.", "Go down in a list."),
    *_text("Scroll the guide down.", "Scroll the guide up."),
    Command("quit", "q", "Leave", "Leave the program. It finishes saving first.", 91),
)

_SCREENS: Mapping[str, tuple[str, SharedCommands]] = {
    EVERYWHERE: ("Everywhere", ()),
    REHEARSAL: ("In a rehearsal", ()),
    "checklist": ("Checklist", _CHECKLIST),
    "welcome": ("Welcome", _sources(12, "f3") + _DISCARD),
    "account": ("Account", _DISCARD + _KEEPING_TYPED),
    "earlier": ("Earlier objection", _DISCARD + _KEEPING_TYPED),
    "identify": ("Linked accounts", _more(6) + _sources(7) + _NO_LOGIN + _undo(4) + _list() + _text() + _TO_CHECKLIST),
    "open": (
        "Open the form",
        _more(6)
        + _sources(7)
        + _THIRD_PARTY
        + _NO_LOGIN
        + _list("Go up in the list of forms.", "Go down in the list of forms.")
        + _text()
        + _TO_CHECKLIST,
    ),
    "link": ("Link", _sources(3) + _back(keys="escape,b,enter")),
    "submit": (
        "Submit the form",
        _more(7)
        + _sources(8, "s,S")
        + _THIRD_PARTY
        + _NO_LOGIN
        + _undo(9, "Take back the last answer.")
        + _list()
        + _text()
        + _back("Go back; what you chose and wrote is kept."),
    ),
    "reason": ("Reason", ()),
    "confirm": (
        "What came back",
        _sources(5, "f9,ctrl+t")
        + _DISCARD
        + _text("Scroll the meaning of the answer down.", "Scroll the meaning of the answer up.", ("", ""))
        + _back("Go back by one question; what you typed is kept.", "escape"),
    ),
    "periods": (
        "Legal periods",
        _sources(4)
        + _YOU
        + _list()
        + _text("Scroll the working down.", "Scroll the working up.", _SPACE, (1, 2))
        + _back(),
    ),
    "letters": (
        "Letters",
        _YOU + _list() + _text("Scroll the letter down.", "Scroll the letter up.", _SPACE, (3, 0)) + _back(),
    ),
    "letter": ("Letter", _back("Go back; what you changed is kept.", "escape")),
    "authority": ("Authority", _YOU + _list() + _text() + _back()),
    "review": (
        "Review",
        _more(8)
        + _sources(10, "s,S")
        + _THIRD_PARTY
        + _undo(9, "Take back the last answer.")
        + _list()
        + _text()
        + _TO_CHECKLIST,
    ),
    "download": ("Meta's download", _PATHS),
    "download-reading": ("Download being read", _back("Go on with something else meanwhile.", "b,enter", "Walk on")),
    "download-found": ("What the download says", _undo(5) + _list() + _text() + _back()),
    "exposure": (
        "Exposure",
        _sources(3) + _undo(5) + _LINES + _text(keys=_SPACE, footer=(1, 2)) + _back(),
    ),
    "chats": ("Scan chats", _PATHS),
    "scan": ("Scan under way", _back("Go on with something else while the chats are read.", "b,enter", "Walk on")),
    "chats-found": ("What a scan found", _sources(9) + _undo(8) + _list() + _text() + _back("Go back to the review.")),
    "messages": (
        "Messages to Meta AI",
        _LINES + _text(keys=_SPACE, footer=(1, 2)) + _back("Go back; nothing is kept."),
    ),
    "chat-privacy": (
        "Chat privacy",
        _sources(7)
        + _undo(0, "Take back the last change of the record.")
        + _list()
        + _text()
        + _back("Go back; the list is kept."),
    ),
    "note": ("Note", _DISCARD + _KEEPING_TYPED),
    "diary": ("Diary", _undo(2) + _list() + _TO_CHECKLIST),
    "overview": ("Overview", _list() + _back("Go back to the checklist.")),
    "timeline": ("Timeline", _list() + _back("Go back to the overview.")),
    "export": ("Case file", _back("Go back; nothing is written.", "escape")),
    "attach": ("Add a file", _back("Go back without a file; what you typed is kept.", "escape")),
    "guidance": ("Guidance", _list() + _text() + _back("Stop the check under way, or go back to the checklist.")),
    "page": ("Page", _LINES + _text(keys=_SPACE) + _back()),
    "page-links": ("Links of a page", _list() + _back("Go back to the page.")),
    "hosts": (
        "Before the first check",
        _text() + _back("Go back; nothing is contacted.", title="Not now"),
    ),
    "edition": (
        "New guidance",
        _LINES + _text(keys=_SPACE) + _back("Go back and decide later; nothing is changed.", title="Later"),
    ),
    "topic": (
        "What else to know",
        _sources(5) + _list("Go up in the links.", "Go down in the links.") + _text(keys=_SPACE) + _back(),
    ),
    "manual": ("Manual", _LINES + _text(keys=_SPACE, footer=(3, 0)) + _back()),
    "manual-find": ("Find in the manual", _back("Go back to the chapter.", "escape")),
    "sources": ("Sources", _list() + _text() + _back()),
    "different": ("It looked different", _DISCARD + _KEEPING_TYPED),
    "kept": ("What is kept", _undo(3) + _list() + _text() + _back()),
    "helper": ("Who helps", _DISCARD + _KEEPING_TYPED),
    "people": ("Whose record", _list() + _text() + _back()),
    "person": ("Name", _back("Go back without a name.", "escape")),
    "purge": (
        "Delete everything",
        _before_fields(_text("Scroll the list down.", "Scroll the list up.", keys=("", "")))
        + _back("Go back; nothing is deleted.", "escape"),
    ),
    "ask": ("Question", _DISCARD_FOR_GOOD + _back("Go back without an answer.", "escape")),
    "help": ("Help", _back(keys="escape,b,question_mark,f1,alt+1", footer_order=1)),
    "whose": ("Whose record at the start", ()),
    "trouble": ("Trouble with the file", ()),
}
"""By id, the title and the shared commands of each screen, in the order of the `keys` command."""

SCREEN_CONTEXT = "screen"
"""Tells translators that a word is the title of a screen."""
ENGLISH_SCREEN_TITLES: Mapping[str, str] = {screen: title for screen, (title, _) in _SCREENS.items()}


def screen_title(screen_id: str) -> str:
    """What a screen is called in the language in use; its id for one that is not declared."""
    return pgettext(SCREEN_CONTEXT, ENGLISH_SCREEN_TITLES.get(screen_id, screen_id))


def _commands_by_screen() -> dict[str, tuple[Command, ...]]:
    own_commands: dict[str, list[Command]] = {screen: [] for screen in _SCREENS}
    for command in OWN_COMMANDS:
        own_commands[command.screen_id].append(command)
    for screen, (_, shared) in _SCREENS.items():
        own_commands[screen].extend(command._replace(id=f"{screen}.{command.id}") for command in shared)
    return {
        screen: tuple(command._replace(keys=_with_second_key(command.keys)) for command in commands)
        for screen, commands in own_commands.items()
    }


def _with_second_key(keys: str) -> str:
    """The keys, and Alt with the digit of an F-key that would be the only one beside letters, which a field takes."""
    names = keys.split(",")
    substitutes = [f"alt+{key[1:]}" for key in names if key in _F_KEYS_WITH_DIGIT]
    is_needed = all(key.startswith("f") or len(key) == 1 or key == "question_mark" for key in names)
    return ",".join((*names, *substitutes[:1])) if is_needed else keys


_F_KEYS_WITH_DIGIT = frozenset(f"f{number}" for number in range(1, 10))


_COMMANDS_BY_SCREEN = _commands_by_screen()
COMMANDS: tuple[Command, ...] = tuple(command for commands in _COMMANDS_BY_SCREEN.values() for command in commands)
"""All commands, in the order in which the help shows them."""
_COMMANDS_BY_ID = {command.id: command for command in COMMANDS}


def commands_of(screen_id: str) -> tuple[Command, ...]:
    """The commands of one screen."""
    return _COMMANDS_BY_SCREEN.get(screen_id, ())


def find_command(id: str) -> Command | None:
    """One command by its id."""
    return _COMMANDS_BY_ID.get(id)


def actions_without_key(screen_id: str) -> tuple[Command, ...]:
    """The commands of a screen that no key is declared for: they are found in a list and in the palette."""
    return tuple(command for command in commands_of(screen_id) if not command.keys and not command.is_navigation)
