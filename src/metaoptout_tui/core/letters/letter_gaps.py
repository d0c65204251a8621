"""The gaps of a letter that somebody is writing: what is still open in the text, also where a line end or a typed word broke it."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.letters.letters import Letter, LetterPiece

_PAIR_OF_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_LONGEST_REST = 30


class LetterGap(NamedTuple):
    """A gap in a text, from `start` to before `end`.

    `name` is what is to be filled in. Of a gap that is not as the letter had it, as half a bracket, it is what is left there.
    """

    name: str
    start: int
    end: int
    is_whole: bool = True


def find_gaps(text: str, letter: Letter) -> tuple[LetterGap, ...]:
    """The gaps that are open in a text, in their order; a line end within one does not hide it."""
    placeholders = tuple(dict.fromkeys(piece.text for piece in _pieces(letter) if piece.placeholder))
    whole = [
        LetterGap(placeholder.strip("[]"), *match.span())
        for placeholder in placeholders
        for match in _pattern_of(placeholder).finditer(text)
    ]
    return tuple(sorted((*whole, *_broken_gaps(text, letter, placeholders, whole)), key=lambda gap: gap.start))


def names_of_gaps(gaps: Iterable[LetterGap]) -> tuple[str, ...]:
    """What is to be filled in, each once."""
    return tuple(dict.fromkeys(gap.name for gap in gaps))


def gaps_left_open(count: int) -> str:
    """That a letter which goes out has gaps; empty where it has none."""
    if not count:
        return ""
    return ngettext("{count} gap is still open.", "{count} gaps are still open.", count).format(
        count=format_number(count)
    )


def _pieces(letter: Letter) -> Iterable[LetterPiece]:
    return chain(letter.subject, letter.body)


def _pattern_of(placeholder: str) -> re.Pattern[str]:
    """Finds a placeholder with line ends and blanks anywhere in it."""
    return re.compile(r"\s*".join(re.escape(sign) for sign in placeholder if not sign.isspace()))


def _broken_gaps(
    text: str, letter: Letter, placeholders: tuple[str, ...], whole: Iterable[LetterGap]
) -> Iterable[LetterGap]:
    """What is left of gaps: half a bracket, and brackets with a word of a gap. What the letter says itself is none."""
    rest = list(text)
    for gap in whole:
        rest[gap.start : gap.end] = " " * (gap.end - gap.start)
    remaining = "".join(rest)
    fixed_words = "".join(piece.text for piece in _pieces(letter) if not piece.placeholder)
    for match in _PAIR_OF_BRACKETS.finditer(remaining):
        if match.group() not in fixed_words and _has_words_of_gap(match.group(), placeholders):
            yield LetterGap(" ".join(match.group().split()), *match.span(), is_whole=False)
    without_pairs = _PAIR_OF_BRACKETS.sub(lambda match: " " * len(match.group()), remaining)
    for match in re.finditer(r"\[[^\n]*|[^\n]*?\]", without_pairs):
        start, end = match.span()
        if match.group().startswith("["):
            end = min(end, start + _LONGEST_REST)
        else:
            start = max(start, end - _LONGEST_REST)
        yield LetterGap(" ".join(text[start:end].split()), start, end, is_whole=False)


def _has_words_of_gap(brackets: str, placeholders: Iterable[str]) -> bool:
    """Whether words in brackets begin or end as a placeholder does, so that something was typed into that."""
    words = brackets.strip("[]").split()
    return any(
        words and own and (words[0] == own[0] or words[-1] == own[-1])
        for own in (placeholder.strip("[]").split() for placeholder in placeholders)
    )
