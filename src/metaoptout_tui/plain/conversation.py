"""A conversation in lines: statements, and the reading of answers, in whose place a command word may be typed.

The words of `COMMAND_WORDS` work at every question. What they lead to is told by exceptions, which whoever asked lets
pass or catches.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from metaoptout_tui.core.desktop import Clipboard
from metaoptout_tui.core.language.formatting import quoted, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.line_wrapping import wrap_text
from metaoptout_tui.plain.line_terminal import LineTerminal
from metaoptout_tui.plain.typed_words import ALL, COMMAND_WORDS, find_command_word, typed_word


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
    """The person wants to leave, and all that the program made here to be deleted then.

    What lies in folders of their choice goes only `with_handed_out`.
    """

    def __init__(self, *, with_handed_out: bool) -> None:
        super().__init__()
        self.with_handed_out = with_handed_out


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


class _WayBack:
    """Within it the word `back` leads to `place`: whatever was begun is left, and what follows goes on."""

    def __init__(self, places: list[str], place: str) -> None:
        self._places, self._place = places, place

    def __enter__(self) -> None:
        self._places.append(self._place)

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> bool:
        self._places.pop()
        return kind is not None and issubclass(kind, WentBack)


class _WhatWasSaid:
    """Prints lines, and prints those again that came between the last answer and the question that waits (`before`)."""

    def __init__(self, print_line: Callable[[str], object]) -> None:
        self._print = print_line
        self._lines: list[str] = []
        self.before: tuple[str, ...] = ()

    def print_line(self, line: str) -> None:
        """Print a line, and remember it until the next answer."""
        self._lines.append(line)
        self._print(line)

    def question_begins(self) -> None:
        """What was said until now comes before a question."""
        self.before = tuple(self._lines)
        self._lines.clear()

    def answer_came(self) -> None:
        """What was said until now is no part of the next question."""
        self._lines.clear()

    def print_again(self) -> None:
        """Print once more what came before the question."""
        for line in self.before:
            self._print(line)


_ASIDES = ("help", "help more", "again", "again all", "more", "sources", "copy")
"""The words after which the question still waits for its answer."""


def _refuse_undo() -> bool:
    """Without a record nothing can be taken back."""
    return False


def _note_no_answer() -> None:
    """Without a record nothing was recorded before an answer."""


def _no_clipboard() -> None:
    """By default no clipboard can be reached."""


class LineConversation(ABC):
    """Tells and hears through `terminal`. `undo` and `redo` are called for these words; each says whether it changed something.

    `note_answer` is called with each answer, before anything is done with it. `clipboard` gives the person's; None where none can be reached.
    """

    def __init__(self, terminal: LineTerminal) -> None:
        self._said = _WhatWasSaid(terminal.print_line)
        self.terminal = terminal._replace(print_line=self._said.print_line)
        self.undo: Callable[[], bool] = _refuse_undo
        self.redo: Callable[[], bool] = _refuse_undo
        self.note_answer: Callable[[], object] = _note_no_answer
        self.clipboard: Callable[[], Clipboard | None] = _no_clipboard
        self._to_copy: dict[str, str] = {}
        self._is_answered_since_copyable = False
        self._guides: list[Guide] = []
        self._places: list[str] = []
        self._last_question = ""
        self._asked_count = 0
        self._is_aside = False

    # Telling

    def say(self, *statements: str) -> None:
        """Print statements, each beginning on a line of its own."""
        for statement in filter(None, statements):
            self.terminal.tell(statement)

    def say_part(self, *statements: str) -> None:
        """Print statements after an empty line, as a new part begins."""
        self.terminal.print_line("")
        self.say(*statements)

    def say_copyable(self, text: str, name: str = "") -> None:
        """Print what the person copies whole, such as an address, as it is: its own lines, none of them broken.

        By its `name` they choose it to be copied; without one it is called as it is written.
        """
        self._offer_to_copy(text, name or text)
        for line in text.split("\n"):
            self.terminal.print_line(line)

    def say_passage(self, text: str, name: str, begins: str = "") -> None:
        """Print a text of sentences, unchanged, between two lines that say where it begins and ends, broken at blanks alone."""
        self._offer_to_copy(text, name)
        self.say(begins or _("The text begins here."))
        for line in wrap_text(text, self.terminal.width).split("\n"):
            self.terminal.print_line(line)
        self.say(_("It ends here."))

    def _offer_to_copy(self, text: str, name: str) -> None:
        """Have it ready for the word `copy`, together with what else was said since the last answer."""
        if self._is_answered_since_copyable:
            self._to_copy.clear()
        self._is_answered_since_copyable = False
        self._to_copy[name] = text

    def offer_to_copy(self, texts: Mapping[str, str]) -> None:
        """Have these texts ready for the word `copy`, by their names, and no others."""
        self._to_copy = dict(texts)
        self._is_answered_since_copyable = False

    def say_how_to_copy(self) -> None:
        """Say that something of this can be put on the clipboard, where there is one."""
        if self._to_copy and self.clipboard() is not None:
            words = _("Type {copy} to put it on your clipboard.")
            if len(self._to_copy) > 1:
                words = _("Type {copy} to put one of these on your clipboard.")
            self.say(words.format(copy=typed_word("copy")))

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

    def back_to(self, place: str = "") -> _WayBack:
        """Where `back` leads within: to this place, by default to the question that was asked last."""
        return _WayBack(self._places, place or quoted(self._last_question))

    def ask_in_turn(self, *questions: Callable[[], object]) -> None:
        """Ask one question after the other; `back` leads to the one before, from the first to whoever asked.

        Going back passes over those that ask nothing.
        """
        asked: list[int] = []
        number = 0
        while number < len(questions):
            count_before = self._asked_count
            if not asked:
                questions[number]()
            else:
                is_answered = False
                with self.back_to(_("the question before")):
                    questions[number]()
                    is_answered = True
                if not is_answered:
                    number = asked.pop()
                    continue
            if self._asked_count > count_before:
                asked.append(number)
            number += 1

    # Hearing

    def _ask(self, asked: Sequence[str]) -> None:
        """Print a question. It is not printed again after an answer that is not understood: `again` does that.

        What was said before the answer to another question is no longer there to be copied.
        """
        if self._is_answered_since_copyable:
            self._to_copy.clear()
        self._asked_count += 1
        self._said.question_begins()
        self.say_part(*asked)

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """What is asked within is aside from the question that waits: what can be copied there and leads back stays."""
        kept = self._last_question, dict(self._to_copy), self._is_answered_since_copyable, self._is_aside
        said_before, self._is_aside = self._said.before, True
        try:
            yield
        finally:
            self._last_question, self._to_copy, self._is_answered_since_copyable, self._is_aside = kept
            self._said.before = said_before

    def _answer(
        self, asked: Sequence[str], help: Sequence[str], how: Sequence[str], why: str = "", prompt: str = ""
    ) -> str:
        """What was typed, once that is no command word.

        Told where that is wanted: again all that was `asked`, `how` it is answered and the `help` to it; and `why` it is asked.
        """
        while True:
            typed = self._read(prompt or _("Your answer:"), asked)
            match find_command_word(typed):
                case "help":
                    self._help(why or how[0])
                case "help more":
                    self._help_more((why, *help, *how))
                case "again" | "again all" as again:
                    self._say_again(asked, is_all=again == "again all")
                case "more":
                    self._tell_more()
                case "sources":
                    with self._aside():
                        self._tell_sources()
                    self.say_part(*asked)
                case "copy":
                    with self._aside():
                        was_asked = self._copy_something()
                    if was_asked:
                        self.say_part(*asked)
                case _:
                    if not self._is_aside:
                        self.note_answer()
                    return typed.removeprefix("=")

    def _say_again(self, asked: Sequence[str], *, is_all: bool) -> None:
        """Print the question once more, and where all is wanted, before it what was said before it."""
        if is_all:
            self._said.print_again()
        self.say_part(*asked)

    def _read(self, prompt: str, asked: Sequence[str]) -> str:
        """A line without the blanks around it. A command word that leads elsewhere raises what says so."""
        self.terminal.print_prompt(f"{prompt} ")
        line = self.terminal.read_line()
        if line is None:
            raise Left
        typed = line.strip()
        command = find_command_word(typed)
        if command not in _ASIDES:
            self._is_answered_since_copyable = True
            self._said.answer_came()
        match command:
            case "back":
                raise WentBack
            case "list":
                raise WentToList
            case "next":
                raise WentToNext
            case "quit":
                raise Left
            case "undo":
                return self._after_change(prompt, asked, self.undo)
            case "redo":
                return self._after_change(prompt, asked, self.redo)
        return typed

    def _after_change(self, prompt: str, asked: Sequence[str], change: Callable[[], bool]) -> str:
        """Go to the list after a change was taken back or made again; where there was none, read on.

        Where something else was asked before, the question is asked again.
        """
        count_before = self._asked_count
        with self._aside():
            if change():
                raise WentToList
        if self._asked_count > count_before:
            self.say_part(*asked)
        return self._read(prompt, asked)

    def _help(self, first: str) -> None:
        """Three sentences: why this is asked or how it is answered, where `back` leads, and how to hear the rest."""
        rest = _("Type {help_more} for everything that you can type, or {again} to hear the question once more.")
        help_more = f"{typed_word('help')} {typed_word('more')}"
        self.say_part(first, self._where_back_leads(), rest.format(help_more=help_more, again=typed_word("again")))

    def _help_more(self, of_question: Sequence[str]) -> None:
        self.say_part(
            *of_question, self._where_back_leads(), _("At every question you can also type one of these words:")
        )
        all_of_it = typed_word(ALL)
        self.say(*(f"{typed_word(word)} {_(meaning).format(all=all_of_it)}" for word, meaning in COMMAND_WORDS.items()))
        self.say(_("To answer with one of these words itself, put an equals sign before it."))

    def _where_back_leads(self) -> str:
        if not self._places:
            return _("Nothing was asked before this question, so {back} repeats it.").format(back=typed_word("back"))
        # Translators: {place} is a question in quotation marks, or such as “the list of your accounts”.
        words = _("The word {back} leads back to this: {place}")
        place = self._places[-1]
        is_question = "?" in place[-3:]  # with a quotation mark behind it
        return words.format(back=typed_word("back"), place=place if is_question else with_full_stop(place))

    def _tell_more(self) -> None:
        if not self._guides:
            self.say(_("There is nothing more to say here."))
            return
        self.say_part(
            *self._guides[-1].more(),
            _("Type {again} to hear the question once more.").format(again=typed_word("again")),
        )

    @abstractmethod
    def _copy_something(self) -> bool:
        """Copy what was said last; of several texts the one that the person chooses. Whether that was asked."""

    @abstractmethod
    def _tell_sources(self) -> None:
        """Let the person choose one of the sentences that rest on sources here, and tell who says it."""
