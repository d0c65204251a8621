"""Screens one after the other as one SVG that moves by CSS alone, so that it plays as an image; the last one stands still."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import MONOKAI
from textual.strip import Strip

CELL_WIDTH, LINE_HEIGHT, FONT_SIZE, BASELINE = 9.8, 20, 16, 15
MARGIN, BAR_HEIGHT, CAPTION_HEIGHT = 12, 26, 44
BEHIND, BAR, CAPTION = "#1a1d21", "#2b3036", "#ffffff"


class Frame(NamedTuple):
    """A screen, what the person does there in words, and for how many seconds it is shown."""

    lines: tuple[tuple[tuple[str, Style], ...], ...]
    caption: str
    seconds: int


def frame_of(strips: Sequence[Strip], caption: str, seconds: int) -> Frame:
    """A frame of the lines as they are drawn."""
    lines = tuple(tuple((part.text, part.style or Style.null()) for part in strip.simplify()) for strip in strips)
    return Frame(lines, caption, seconds)


def moving_picture(frames: Sequence[Frame], title: str) -> str:
    """The SVG. Each line is drawn once, wherever it occurs, and each style is written once."""
    drawing = _Drawing()
    columns = max(sum(cell_len(words) for words, _ in line) for frame in frames for line in frame.lines)
    rows = max(len(frame.lines) for frame in frames)
    width, height = columns * CELL_WIDTH + 2 * MARGIN, rows * LINE_HEIGHT + BAR_HEIGHT + CAPTION_HEIGHT + MARGIN
    groups = [_group(number, frame, drawing, height) for number, frame in enumerate(frames)]
    total = sum(frame.seconds for frame in frames)
    story = " ".join(f"{number}. {frame.caption}" for number, frame in enumerate(frames, start=1))
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(story)}</desc>",
            "<style>",
            f"text {{ font: {FONT_SIZE}px 'Fira Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre; }}",
            f".caption {{ font: bold 17px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: {CAPTION}; }}",
            ".frame { visibility: hidden; }",
            f"#frame-{len(frames) - 1} {{ visibility: visible; }}",
            *_keyframes(frames, total),
            "@media (prefers-reduced-motion: reduce) { .frame { animation: none !important; } }",
            *drawing.style_rules,
            "</style>",
            "<defs>",
            *drawing.definitions,
            "</defs>",
            f'<rect width="{width:g}" height="{height:g}" rx="8" fill="{BEHIND}"/>',
            f'<path d="M0 {BAR_HEIGHT}V8a8 8 0 0 1 8-8H{width - 8:g}a8 8 0 0 1 8 8V{BAR_HEIGHT}z" fill="{BAR}"/>',
            *groups,
            "</svg>\n",
        )
    )


def _keyframes(frames: Sequence[Frame], total: int) -> list[str]:
    rules: list[str] = []
    begin = 0
    for number, frame in enumerate(frames):
        end = begin + frame.seconds
        before = "0% { visibility: hidden; } " if begin else ""
        after = f" {100 * end / total:.4g}% {{ visibility: hidden; }}" if end < total else ""
        rules.append(
            f"@keyframes show-{number} {{ {before}{100 * begin / total:.4g}% {{ visibility: visible; }}{after} }}"
        )
        rules.append(f"#frame-{number} {{ animation: show-{number} {total}s step-end infinite; }}")
        begin = end
    return rules


def _group(number: int, frame: Frame, drawing: "_Drawing", height: float) -> str:
    uses = "".join(
        f'<use href="#{drawing.id_of(line)}" x="{MARGIN}" y="{BAR_HEIGHT + row * LINE_HEIGHT}"/>'
        for row, line in enumerate(frame.lines)
        if any(words.strip() or style.bgcolor for words, style in line)
    )
    caption = f'<text class="caption" x="{MARGIN}" y="{height - 18:g}">{escape(frame.caption)}</text>'
    return f'<g class="frame" id="frame-{number}">{uses}{caption}</g>'


class _Drawing:
    """The lines and styles that were drawn so far."""

    def __init__(self) -> None:
        self._ids: dict[tuple[tuple[str, Style], ...], str] = {}
        self._classes: dict[str, str] = {}
        self.definitions: list[str] = []

    @property
    def style_rules(self) -> list[str]:
        """The rules of the classes of text."""
        return [f".{name} {{ {rule} }}" for rule, name in self._classes.items()]

    def id_of(self, line: tuple[tuple[str, Style], ...]) -> str:
        """The id of a line, which is drawn if it was not before."""
        if line not in self._ids:
            self._ids[line] = f"l{len(self._ids)}"
            self.definitions.append(f'<g id="{self._ids[line]}">{"".join(self._parts(line))}</g>')
        return self._ids[line]

    def _parts(self, line: tuple[tuple[str, Style], ...]) -> list[str]:
        boxes: list[str] = []
        texts: list[str] = []
        column = 0
        for words, style in line:
            foreground, background = _colours(style)
            width = cell_len(words)
            if background:
                x, across = column * CELL_WIDTH, width * CELL_WIDTH
                boxes.append(f'<rect x="{x:g}" width="{across:g}" height="{LINE_HEIGHT}" fill="{background}"/>')
            shown = words.strip()
            if shown:
                x = (column + cell_len(words) - cell_len(words.lstrip())) * CELL_WIDTH
                across = cell_len(shown) * CELL_WIDTH
                texts.append(
                    f'<text class="{self._class_of(style, foreground)}" x="{x:g}" y="{BASELINE}" '
                    f'textLength="{across:g}" lengthAdjust="spacingAndGlyphs">{escape(shown)}</text>'
                )
            column += width
        return [*boxes, *texts]

    def _class_of(self, style: Style, foreground: str) -> str:
        rule = f"fill: {foreground};"
        if style.bold:
            rule += " font-weight: bold;"
        if style.underline:
            rule += " text-decoration: underline;"
        return self._classes.setdefault(rule, f"s{len(self._classes)}")


def _colours(style: Style) -> tuple[str, str]:
    """The colours of text and of what is behind it, empty for none."""
    foreground, background = _hex(style.color, is_foreground=True), _hex(style.bgcolor, is_foreground=False)
    if style.reverse:
        foreground, background = background or BEHIND, foreground
    return foreground, background


def _hex(colour: Color | None, *, is_foreground: bool) -> str:
    if colour is None or (colour.is_default and not is_foreground):
        return MONOKAI.foreground_color.hex if is_foreground else ""
    return colour.get_truecolor(MONOKAI, foreground=is_foreground).hex
