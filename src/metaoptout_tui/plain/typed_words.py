"""The words that a person types in plain mode: in the language in use; the English ones are understood in each."""

from collections.abc import Mapping

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, pgettext
from metaoptout_tui.core.language.typed_answers import is_word

COMMAND_WORDS: Mapping[str, str] = {
    "help": mark("says why something is asked or how to answer it, and where the word back leads."),
    "again": mark("asks the question once more; with {all} behind it, after what was said before it."),
    "more": mark("says everything there is to know here, also what may go wrong."),
    "sources": mark("says who says so, since when, and how sure it is."),
    "copy": mark("puts on your clipboard what can be copied here, such as a link."),
    "back": mark("goes back; what you recorded stays."),
    "list": mark("goes to the list of your accounts."),
    "next": mark("does what is next."),
    "undo": mark("takes back the last change."),
    "redo": mark("makes the change again that was taken back."),
    "quit": mark("leaves. What you recorded is saved already."),
}
"""What can be typed in place of any answer, with what it does; said behind the word."""

ALL, NONE, NOW, ME, STOP = "all", "none", "now", "me", "stop"
"""What can be typed where a question says so; `STOP` ends several questions that belong together."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
"""How umlauts are typed on a keyboard that has none."""

_SHORT_FORMS = {"?": "help", "b": "back", "q": "quit", "exit": "quit", "u": "undo"}


def typed_word(word: str) -> str:
    """What is typed for one of these words in the language in use."""
    return _words_in_use()[word]


def is_typed(typed: str, word: str) -> bool:
    """Whether one of these words was typed, in the language in use or in English."""
    return is_word(typed, typed_word(word)) or is_word(typed, word)


def find_command_word(typed: str) -> str:
    """The English command word for what was typed; empty for any other text. The words of the language in use go first.

    It is “help more” or “again all” for these two words.
    """
    first, _unused, second = typed.strip().partition(" ")
    if second and find_command_word(first) == "help" and find_command_word(second) == "more":
        return "help more"
    if second and find_command_word(first) == "again" and is_typed(second, ALL):
        return "again all"
    in_use = next((word for word in COMMAND_WORDS if _is_word_in_use(typed, typed_word(word))), "")
    if not in_use and is_word(typed, typed_word("back")[:1]):
        return "back"
    english = typed.strip().casefold()
    return in_use or _SHORT_FORMS.get(english, english if english in COMMAND_WORDS else "")


def _is_word_in_use(typed: str, word: str) -> bool:
    return is_word(typed, word) or is_word(typed, word.translate(_UMLAUTS))


def sentences_on_words() -> tuple[str, ...]:
    """What is said at the start of the words that can be typed at every question."""
    words = {word: typed_word(word) for word in ("help", "back", "undo", "quit")}
    return (
        _("At every question you can type {help}, {back}, {undo} or {quit}.").format(**words),
        _("The word {back} leads back, and {help} says to what.").format(**words),
    )


def _words_in_use() -> Mapping[str, str]:
    # Translators: each is one word that is easy to type; no two may be the same.
    return {
        "help": pgettext("a word to type", "help"),
        "again": pgettext("a word to type", "again"),
        "more": pgettext("a word to type", "more"),
        "sources": pgettext("a word to type", "sources"),
        "copy": pgettext("a word to type", "copy"),
        "back": pgettext("a word to type", "back"),
        "list": pgettext("a word to type", "list"),
        "next": pgettext("a word to type", "next"),
        "undo": pgettext("a word to type", "undo"),
        "redo": pgettext("a word to type", "redo"),
        "quit": pgettext("a word to type", "quit"),
        ALL: pgettext("a word to type", "all"),
        NONE: pgettext("a word to type", "none"),
        NOW: pgettext("a word to type", "now"),
        ME: pgettext("a word to type", "me"),
        STOP: pgettext("a word to type", "stop"),
    }
