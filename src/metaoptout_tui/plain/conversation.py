"""A conversation in lines: statements, and the reading of answers, in whose place a command word may be typed.

The words of `COMMAND_WORDS` work at every question. What they lead to is told by exceptions, which whoever asked lets
pass or catches.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.line_terminal import LineTerminal
from metaoptout_tui.plain.typed_words import COMMAND_WORDS, find_command_word, typed_word


class WentBack(Exception):
    """The person wants the question before."""


class WentToList(Exception):
    """The person wants the list of their accounts."""


class WentToNext(Exception):
    """The person wants to do what is next."""


class WentToPerson(Exception):
    """The person wants another person's record to be opened; an empty `name` is their own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class WantsAllDeleted(Exception):
    """The person wants to leave, and all that the program made here to be deleted then."""


class Left(Exception):
    """The person wants to leave, or the input has ended."""


class Stopped(Exception):
    """The person wants no more of the questions that belong together; what they answered stays."""


class SourcedStatement(NamedTuple):
    """Something that is said, and who says so, in statements."""

    words: str
    sources: tuple[str, ...]


class Guide(NamedTuple):
    """What can be told on request while something is asked: everything there is to know, and what rests on sources."""

    more: Callable[[], Iterable[str]]
    sources: Callable[[], Iterable[SourcedStatement]]


def _refuse_undo() -> bool:
    """Without a record nothing can be taken back."""
    return False


class LineConversation(ABC):
    """Tells and hears through `terminal`. `undo` and `redo` are called for these words; each says whether it changed something."""

    def __init__(self, terminal: LineTerminal) -> None:
        self.terminal = terminal
        self.undo: Callable[[], bool] = _refuse_undo
        self.redo: Callable[[], bool] = _refuse_undo
        self._guides: list[Guide] = []

    # Telling

    def say(self, *statements: str) -> None:
        """Print statements, each beginning on a line of its own."""
        for statement in filter(None, statements):
            self.terminal.tell(statement)

    def part(self, *statements: str) -> None:
        """Print statements after an empty line, as a new part begins."""
        self.terminal.print_line("")
        self.say(*statements)

    def copyable(self, text: str) -> None:
        """Print a text that the person copies, as it is: its own lines, none of them broken."""
        for line in text.split("\n"):
            self.terminal.print_line(line)

    @contextmanager
    def guided(
        self, more: Callable[[], Iterable[str]], sources: Callable[[], Iterable[SourcedStatement]]
    ) -> Iterator[None]:
        """Tell this where the person asks for more, or who says so, at the questions within."""
        self._guides.append(Guide(more, sources))
        try:
            yield
        finally:
            self._guides.pop()

    # Hearing

    def _ask(self, asked: Sequence[str]) -> None:
        """Print a question. It is not printed again after an answer that is not understood: `again` does that."""
        self.part(*asked)

    def _answer(self, asked: Sequence[str], help: Sequence[str], prompt: str = "") -> str:
        """What was typed, once that is no command word; `asked` and `help` are told again where that is wanted."""
        while True:
            typed = self._read(prompt or _("Your answer:"))
            match find_command_word(typed):
                case "help":
                    self._help(help)
                case "again":
                    self._ask(asked)
                case "more":
                    self._tell_more()
                case "sources":
                    self._tell_sources()
                    self._ask(asked)
                case _:
                    return typed.removeprefix("=")

    def _read(self, prompt: str) -> str:
        """A line without the blanks around it. A command word that leads elsewhere raises what says so."""
        self.terminal.print_prompt(f"{prompt} ")
        line = self.terminal.read_line()
        if line is None:
            raise Left
        typed = line.strip()
        match find_command_word(typed):
            case "back":
                raise WentBack
            case "list":
                raise WentToList
            case "next":
                raise WentToNext
            case "quit":
                raise Left
            case "undo":
                return self._after_change(prompt, is_changed=self.undo())
            case "redo":
                return self._after_change(prompt, is_changed=self.redo())
        return typed

    def _after_change(self, prompt: str, *, is_changed: bool) -> str:
        """Go to the list after a change was taken back or made again; where there was none, read on."""
        if is_changed:
            raise WentToList
        return self._read(prompt)

    def _help(self, help: Sequence[str]) -> None:
        self.part(*help, _("At every question you can also type one of these words:"))
        self.say(*(f"{typed_word(word)} {_(meaning)}" for word, meaning in COMMAND_WORDS.items()))
        self.say(_("To answer with one of these words itself, put an equals sign before it."))

    def _tell_more(self) -> None:
        if not self._guides:
            self.say(_("There is nothing more to say here."))
            return
        self.part(
            *self._guides[-1].more(),
            _("Type {again} to hear the question once more.").format(again=typed_word("again")),
        )

    @abstractmethod
    def _tell_sources(self) -> None:
        """Let the person choose one of the sentences that rest on sources here, and tell who says it."""
