"""What is heard makes no use of the eye: nothing stands above, below, on the left, in a colour, or is highlighted."""

import re
from collections.abc import Iterator

import pytest

from metaoptout_tui.app.commands.commands import COMMANDS
from metaoptout_tui.plain.account_page import OWN_HELP
from metaoptout_tui.plain.offers import ACCOUNT_DIALOGUES
from translations import __main__ as tool

OF_THE_SCREEN_ALONE = (
    "cli/",
    "ui/",
    "documents/",
    "app/commands/own_commands.py",
    "app/commands/commands.py",
    "app/commands/key_table.py",
)
"""Where sentences stand that plain mode never says; of the commands it says those of an account."""
FOR_THE_EYE = {
    "en": r"above|below|highlighted|(?:on|to) the (?:left|right)(?! one)|colou?r\w*|column|greyed|underlined|own row|ticked",
    "de": r"oben|unten|(?-i:links)|hervorgehoben\w*|markierte\w*|farb\w*|spalte\w*|ausgegraut|unterstrichen|angekreuzt",
    "es": r"arriba|abajo|a la (?:izquierda|derecha)|resaltad\w*|color\w*|columna|subrayad\w*",
    "fr": r"ci-dessus|ci-dessous|plus haut|plus bas|à (?:gauche|droite)|surlign\w*|surbrillance|couleur\w*|colonne",
    "it": r"qui sopra|qui sotto|più in basso|a (?:sinistra|destra)|evidenziat\w*|color\w*|colonna|sottolineat\w*",
    "nl": r"hierboven|hieronder|bovenaan|onderaan|gemarkeerde\w*|kleur\w*|kolom|onderstreept|aangevinkt",
}
MEANT_OTHERWISE = (
    "column {column}",  # of a mistake in a file of settings, as an editor counts
    "It stands at the head of letters",  # on paper
    "(name of the chat, at the top)",  # in WhatsApp, as are the next two
    "Would you switch on Advanced Chat Privacy",
    "iPhone: open the chat",
    "As listed in October 2026",  # on a page of the web
)
"""How sentences begin in which such a word tells of a place that is not in this program."""


def said_in_lines() -> Iterator[tuple[str, str]]:
    """The English of each sentence that plain mode can say, and its context."""
    of_account = [command for command in COMMANDS if command.id in ACCOUNT_DIALOGUES and command.id not in OWN_HELP]
    of_commands = {command.english_help for command in of_account}
    for message in tool.sentences_of_code():
        is_said = any(not place.startswith(OF_THE_SCREEN_ALONE) for place, _line in message.locations)
        words = tool.forms_of(message.id)[0]
        if (is_said or words in of_commands) and not words.startswith(MEANT_OTHERWISE):
            yield words, message.context or ""


@pytest.mark.parametrize("language", FOR_THE_EYE)
def test_no_sentence_that_is_heard_is_for_the_eye(language: str) -> None:
    for_the_eye = re.compile(rf"\b(?:{FOR_THE_EYE[language]})\b", re.IGNORECASE)
    said = dict.fromkeys(said_in_lines())
    assert len(said) > 1_000
    if language == "en":
        found = [words for words, _context in said if for_the_eye.search(words)]
    else:
        translated = {(tool.forms_of(each.id)[0], each.context or ""): each for each in tool.read_language(language)}
        found = [
            form
            for key in said
            if key in translated
            for form in tool.forms_of(translated[key].string)
            if for_the_eye.search(form)
        ]
    assert found == [], "\n".join(found)
