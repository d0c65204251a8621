"""What a person still has to fill in in a letter: the bracketed words that stand in it as they were written."""

from textual.widgets.text_area import Selection

from metaoptout_tui.core.letters import Letter


def gaps_in(words: str, letter: Letter) -> tuple[str, ...]:
    """What is still missing, in the words of the letter's language, each once."""
    return tuple(gap.strip("[]") for gap in _gaps(letter) if gap in words)


def next_gap(body: str, cursor: tuple[int, int], letter: Letter) -> Selection | None:
    """The next gap after the cursor as a selection, else the first one; None where the body has none."""
    lines = body.split("\n")
    offset = sum(len(line) + 1 for line in lines[: cursor[0]]) + cursor[1]
    starts = sorted((at, len(gap)) for gap in _gaps(letter) for at in _places(body, gap))
    if not starts:
        return None
    start, length = next(((at, size) for at, size in starts if at >= offset), starts[0])
    row = body.count("\n", 0, start)
    column = start - (body.rfind("\n", 0, start) + 1)
    return Selection((row, column), (row, column + length))


def _gaps(letter: Letter) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.text for piece in (*letter.subject, *letter.body) if piece.missing))


def _places(body: str, gap: str) -> list[int]:
    found, at = [], body.find(gap)
    while at >= 0:
        found.append(at)
        at = body.find(gap, at + 1)
    return found
