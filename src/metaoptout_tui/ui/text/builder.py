"""Builds wrapped text with headings and items as one `Content`, never from markup; also the progress lines of jobs."""

import re
from collections.abc import Iterable
from functools import cache
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from metaoptout_tui.app.guidance.page_watcher import PageCheck
from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_decimal, format_number, formats_in_use, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.line_wrapping import parts_of_long_paths
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.terminal import Symbols

_MIN_NAME_WIDTH = 6
"""Columns to which a name is shortened at most."""


def wrap_to_lines(words: str, width: int, max_lines: int) -> list[str]:
    """Wrap at blanks into at most `max_lines` lines of `width` columns; the last line is cut where it is too long."""
    lines: list[str] = []
    line = ""
    for word in _blanks(formats_in_use().months).breakable.split(words):
        for index, part in enumerate(parts_of_long_paths(word, width)):
            longer = f"{line}{'' if index else ' '}{part}" if line else part
            if line and cell_len(longer) > width and len(lines) + 1 < max_lines:
                lines.append(elide_to_width(line, width))
                line = part
            else:
                line = longer
    return [*lines, elide_to_width(line, width)]


def wrap_shortening_names(words: str, names: Iterable[str], width: int, max_lines: int) -> list[str]:
    """Wrap as `wrap_to_lines`; where that cuts something, shorten `names` in the words if then the rest fits."""
    shortened = words
    for name in sorted(names, key=cell_len, reverse=True):
        room, shown = cell_len(name), name
        while not _fits_whole(shortened, width, max_lines) and room > _MIN_NAME_WIDTH:
            room -= 1
            before, shown = shown, elide_to_width(name, room)
            shortened = shortened.replace(before, shown, 1)
    return wrap_to_lines(shortened if _fits_whole(shortened, width, max_lines) else words, width, max_lines)


def _fits_whole(words: str, width: int, max_lines: int) -> bool:
    return " ".join(wrap_to_lines(words, width, max_lines)) == words


def keep_dates_whole(words: str) -> str:
    """The text with blanks inside of dates at which no line breaks."""
    return _blanks(formats_in_use().months).in_date.sub("\u00a0", words)


class _Blanks(NamedTuple):
    """Finds the blanks at which a line may break, and those inside of dates, at which none does."""

    breakable: re.Pattern[str]
    in_date: re.Pattern[str]


@cache
def _blanks(months: tuple[str, ...]) -> _Blanks:
    in_date = rf"(?:{'|'.join(map(re.escape, months))})(?!\w)|20\d\d\b"
    return _Blanks(re.compile(rf" (?!{in_date})"), re.compile(rf" (?={in_date})"))


def wrap_by_cells(words: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width` cells, whatever the width of its characters is; at least one."""
    parts = parts_of_long_paths(words, width)
    if len(parts) > 1:
        return [line for part in parts for line in wrap_by_cells(part, width)]
    if cell_len(words) == len(words):
        lines = wrap(words, width, break_on_hyphens="/" not in words)  # a hyphen in a path is part of a name
    else:
        lines = [line.plain.rstrip() for line in Content(words).wrap(width)]
    return [line.replace("\u00a0", " ") for line in lines] or [""]


MIN_LINE_WIDTH = 24
MAX_LINE_WIDTH = 92
"""Columns. Longer lines are hard to read."""


TextPart = Content | str | tuple[str, str]
"""Text, or text with a style."""


class TextBuilder:
    """Collects lines of a fixed width. `next_line` is the number, from 0, of the line that is added next."""

    def __init__(self, width: int) -> None:
        self.width = max(MIN_LINE_WIDTH, min(MAX_LINE_WIDTH, width))
        self.next_line = 0
        self._parts: list[TextPart] = []

    def _add(self, *parts: TextPart) -> None:
        self._parts.extend(parts)
        self.next_line += sum(_plain_text(part).count("\n") for part in parts)

    def heading(self, words: str) -> None:
        """Add the heading of a section, after a blank line unless it is the first line."""
        if self._parts and not "".join(map(_plain_text, self._parts[-2:])).endswith("\n\n"):
            self._add("\n")
        for line in wrap_by_cells(words, self.width):
            self._add((line, "bold $text-accent"), "\n")

    def paragraph(self, words: str, style: str = "") -> None:
        """Add wrapped lines."""
        for paragraph in words.split("\n"):
            for line in wrap_by_cells(paragraph, self.width):
                self._add((f"{line}\n", style) if style else f"{line}\n")

    def item(self, sign: str, words: str, tail: str = "", *, style: str = "", sign_style: str = "$muted") -> None:
        """Add wrapped lines with a sign in front, and behind them the tail in a muted colour, such as the sources."""
        indent = " " * (cell_len(sign) + 1)
        room = self.width - len(indent)
        lines = [line for paragraph in words.split("\n") for line in wrap_by_cells(paragraph, room)]
        is_tail_in_line = bool(tail) and cell_len(lines[-1]) + 2 + cell_len(tail) <= room
        for index, line in enumerate(lines):
            self._add((f"{sign} ", sign_style) if index == 0 else indent)
            self._add((line, style) if style else line)
            if is_tail_in_line and index == len(lines) - 1:
                self._add((f"  {tail}", "$muted"))
            self._add("\n")
        if tail and not is_tail_in_line:
            for line in wrap_by_cells(tail, room):
                self._add((f"{indent}{line}\n", "$muted"))

    def styled_item(self, sign: str, pieces: Iterable[tuple[str, str]], *, sign_style: str = "$muted") -> None:
        """Add a paragraph of differently styled pieces, with a sign in front of its first line."""
        indent = " " * (len(sign) + 1)
        words = Content.assemble(*pieces)
        for index, line in enumerate(words.wrap(self.width - len(indent)) or [Content("")]):
            self._add((f"{sign} ", sign_style) if index == 0 else indent)
            self._add(line.rstrip(), "\n")

    def styled_paragraph(self, pieces: Iterable[tuple[str, str]]) -> None:
        """Add a paragraph of differently styled pieces."""
        for line in Content.assemble(*pieces).wrap(self.width) or [Content("")]:
            self._add(line.rstrip(), "\n")

    def cell_wrapped_paragraph(self, words: str, style: str = "") -> None:
        """Add lines wrapped by their width in cells: for text that others wrote, with characters of any width."""
        self.styled_paragraph([(words, style)])

    def add_line(self, line: Content) -> None:
        """Add a line that is wrapped and styled already."""
        self._add(line, "\n")

    def blank_line(self) -> None:
        """Add an empty line."""
        self._add("\n")

    def content(self) -> Content:
        """The whole text."""
        return Content.assemble(*self._parts).rstrip()


def _plain_text(part: TextPart) -> str:
    if isinstance(part, Content):
        return part.plain
    return part if isinstance(part, str) else part[0]


_MIN_BAR_WIDTH, _MAX_BAR_WIDTH = 3, 30
_MEGABYTE = 1_000_000
_MOST_SECONDS_SHOWN = 100


def page_check_line(page_check: PageCheck, width: int, symbols: Symbols) -> str:
    """The progress of the running page check, else the outcome of the last one; empty before the first."""
    if not page_check.is_running:
        return page_check.outcome
    words = _("{done} of {total} checked. Esc stops.").format(done=page_check.job.done, total=page_check.job.total)
    checking = _("Checking")
    bar = _progress_bar(page_check.job, width - cell_len(f"{checking}  {words}"), symbols)
    return f"{checking} {bar} {words}" if bar else labelled(checking, words)


def chat_scan_line(chat_scan: ChatScan, width: int, symbols: Symbols) -> str:
    """The progress of the chat scan: a bar, megabytes and, where it is known, the time left."""
    return reading_line(chat_scan.job, chat_scan.seconds_left, width, symbols) or _("Looking for chats")


def reading_line(job: Job, seconds_left: float | None, width: int, symbols: Symbols) -> str:
    """The progress of reading: a bar, megabytes and, where it is known, the time left; empty before it has begun."""
    if not job.total:
        return ""
    read, total = _format_megabytes(job.done), _format_megabytes(job.total)
    if seconds_left is None:
        words = _("{read} of {total} MB").format(read=read, total=total)
    else:
        words = _("{read} of {total} MB, {duration} left").format(
            read=read, total=total, duration=_format_duration(seconds_left)
        )
    bar = _progress_bar(job, width - cell_len(f" {words}"), symbols)
    return f"{bar} {words}" if bar else words


def _progress_bar(job: Job, room: int, symbols: Symbols) -> str:
    """A bar in at most `room` columns; empty where there is too little room or the total is not known."""
    width = min(_MAX_BAR_WIDTH, room)
    if width < _MIN_BAR_WIDTH or not job.total:
        return ""
    full = width * job.done // job.total
    return f"{symbols.bar_full * full}{symbols.bar_empty * (width - full)}"


def _format_megabytes(count: int) -> str:
    return format_decimal(count / _MEGABYTE) if count < 10 * _MEGABYTE else format_number(count // _MEGABYTE)


def _format_duration(seconds: float) -> str:
    if seconds < _MOST_SECONDS_SHOWN:
        # Translators: seconds, as short as possible.
        return _("{seconds} s").format(seconds=f"{seconds:.0f}")
    # Translators: minutes, as short as possible.
    return _("{minutes} min").format(minutes=f"{seconds / 60:.0f}")
