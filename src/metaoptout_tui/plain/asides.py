"""What a person can do at a question before they answer it: hear who says something, and copy what was said last."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from metaoptout_tui.core.desktop import Clipboard
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.plain.conversation import LineConversation, SourcedStatement
from metaoptout_tui.plain.typed_words import typed_word

_WAITING_QUESTION = mark("the question that waits for your answer")
"""Where `back` leads from here."""


class Choose(Protocol):
    """Asks for one of several answers; its id. Where the list was heard just before, it is not told again."""

    def __call__(self, question: str, options: Sequence[tuple[str, str]], *, is_list_known: bool = False) -> str:
        """The id of the answer."""
        ...


def let_choose_source(dialogue: LineConversation, choose: Choose, statements: Sequence[SourcedStatement]) -> None:
    """Let the person choose a sentence until they go back, and tell who says it."""
    if not statements:
        dialogue.say(_("Nothing that is said here rests on a source."))
        return
    options = [(str(number), statement.words) for number, statement in enumerate(statements, start=1)]
    question = _("Who says which of these? Type {back} to go back to the question.")
    question = question.format(back=typed_word("back"))
    with dialogue.back_to(_(_WAITING_QUESTION)):
        chosen = choose(question, options)
        while True:
            dialogue.say_part(*statements[int(chosen) - 1].sources)
            chosen = choose(_another(), options, is_list_known=True)


def copy_something(
    dialogue: LineConversation, choose: Choose, texts: Mapping[str, str], clipboard: Clipboard | None
) -> bool:
    """Copy one of these texts, by its name; several one after the other, until the person goes back. Whether that was asked."""
    if not texts:
        dialogue.say(_("There is nothing here to copy."))
    elif clipboard is None:
        dialogue.say(_("There is no way to the clipboard here. Select the text where it is printed."))
    elif len(texts) == 1:
        _copy(dialogue, clipboard, *next(iter(texts.items())))
    else:
        options = [(str(number), name) for number, name in enumerate(texts, start=1)]
        question = _("Copy which of these? Type {back} to go back to the question.").format(back=typed_word("back"))
        names = dict(options)
        with dialogue.back_to(_(_WAITING_QUESTION)):
            name = names[choose(question, options)]
            while True:
                _copy(dialogue, clipboard, name, texts[name])
                name = names[choose(_another(), options, is_list_known=True)]
        return True
    return False


def _copy(dialogue: LineConversation, clipboard: Clipboard, name: str, text: str) -> None:
    """Copy a text, and say what came of it."""
    dialogue.say(labelled(name, clipboard.copy(text).message))


def _another() -> str:
    another = _("Another number? Type {again} to hear all of them, or {back} to go back to the question.")
    return another.format(again=typed_word("again"), back=typed_word("back"))
