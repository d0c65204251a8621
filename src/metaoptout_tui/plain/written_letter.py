"""A letter as it stands now: as the diary fills it, with what the person changed."""

from dataclasses import dataclass

from metaoptout_tui.app.letters.letters import LetterDraft
from metaoptout_tui.core.letters.letters import Letter


@dataclass
class WrittenLetter:
    """The letter as the diary and what is remembered of the sender fill it, and as the person changed it."""

    prefilled: Letter
    subject: str
    body: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The placeholders that still stand in it, as they are written there."""
        pieces = (*self.prefilled.subject, *self.prefilled.body)
        texts = dict.fromkeys(piece.text for piece in pieces if piece.placeholder)
        return tuple(text for text in texts if text in self.subject or text in self.body)


def placeholders_in_english(letter: LetterDraft, written: WrittenLetter) -> dict[str, str]:
    """What each placeholder of a letter in another language says in English."""
    if letter.language == "en":
        return {}
    english = letter._replace(language="en").prefilled
    words = {piece.placeholder: piece.text for piece in (*english.subject, *english.body) if piece.placeholder}
    pieces = (*written.prefilled.subject, *written.prefilled.body)
    return {piece.text: words.get(piece.placeholder, "") for piece in pieces if piece.placeholder}
