"""A menu in lines: several things that can be done, from which the word "back" leads here again."""

from collections.abc import Callable, Sequence

from metaoptout_tui.core.language.formatting import quoted, with_full_stop
from metaoptout_tui.plain.dialogue import Dialogue

ThingsToDo = dict[str, tuple[str, Callable[[], object]]]
"""What can be done, by its id, with its words."""


def choose_and_do(
    dialogue: Dialogue, question: str, things: Callable[[], ThingsToDo], title: str, *, help: Sequence[str] = ()
) -> None:
    """Say what it is called and ask which of several things is to be done, and do it; "back" within it leads here."""
    while True:
        now = things()
        told = () if title == question else (with_full_stop(title),)
        chosen = dialogue.choose(question, [(id, words) for id, (words, _do) in now.items()], help=(*told, *help))
        with dialogue.back_to(quoted(title)):
            now[chosen][1]()
            return
