"""The text of a fetched page as plain blocks, and the differences between two versions of it.

Every string has passed `core.text`. Two versions are compared paragraph by paragraph, then word by word. This takes
milliseconds for usual pages but can take seconds within the size limits set here, so call it in a thread.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

from metaoptout_tui.core.language.translation import gettext as _

BlockKind = Literal["heading", "paragraph", "item", "row"]

MAX_BLOCKS = 2_000
MAX_BLOCK_CHARACTERS = 10_000
MAX_PAGE_CHARACTERS = 400_000
"""Bounds of what is kept of one page: blocks, characters in a block, characters in all."""

MAX_LINKS, MAX_LINK_LENGTH = 1_000, 2_000
"""Bounds of the addresses that are kept of one page: how many, and characters in one."""


class PageLink(NamedTuple):
    """An address that a page names, whole but unchecked: it may be shown, and opened only through `core.links`."""

    label: str
    url: str


class PageBlock(NamedTuple):
    """A heading (`level` 1 to 6), a paragraph, an item of a list (`level` is its depth, from 1) or a row of a table.

    `number` is that of an item in a numbered list, else 0; the cells of a row stand with ` | ` between them.
    """

    kind: BlockKind
    text: str
    level: int = 0
    links: tuple[PageLink, ...] = ()
    number: int = 0


class PageContent(NamedTuple):
    """The main text of a page, from top to bottom."""

    title: str
    blocks: tuple[PageBlock, ...]

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the words, their order and the link targets.

        The layout does not count: neither a paragraph that becomes an item of a list nor the numbers of a list.
        """
        parts = sha256()
        for block in self.blocks:
            parts.update(block.text.encode())
            for link in block.links:
                parts.update(b"\x00" + link.url.encode())
            parts.update(b"\x01")
        return parts.hexdigest()

    def links(self) -> tuple[PageLink, ...]:
        """Every address in the text once, in order, under its first label."""
        links: dict[str, PageLink] = {}
        for block in self.blocks:
            for link in block.links:
                links.setdefault(link.url, link)
        return tuple(links.values())


def limit_blocks(blocks: Iterable[PageBlock]) -> tuple[PageBlock, ...]:
    """The first blocks, as many as are within the bounds of a page."""
    limited: list[PageBlock] = []
    characters = 0
    for block in blocks:
        characters += len(block.text)
        if len(limited) >= MAX_BLOCKS or characters > MAX_PAGE_CHARACTERS:
            break
        limited.append(block)
    return tuple(limited)


DiffPieceKind = Literal["same", "added", "removed"]
ParagraphChangeKind = Literal["same", "added", "removed", "changed"]

SIMILARITY_THRESHOLD = 0.4
"""The share of common words from which on a paragraph counts as another one rewritten."""

_MAX_PAIRED_AT_ONCE = 50
_MAX_COINCIDENTAL_WORDS = 2


class DiffPiece(NamedTuple):
    """Some words of a paragraph, with the blank that follows them."""

    text: str
    kind: DiffPieceKind


class LinkChange(NamedTuple):
    """Another target under the same label; `before` is empty for a new link, `after` for one that is gone."""

    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change as a sentence."""
        if not self.before:
            return _("New link “{label}” to {after}.").format(label=self.label, after=self.after)
        if not self.after:
            return _("The link “{label}” to {before} is gone.").format(label=self.label, before=self.before)
        return _("The link “{label}” now leads to {after}, before to {before}.").format(
            label=self.label, after=self.after, before=self.before
        )


class ParagraphChange(NamedTuple):
    """One paragraph of the new text, or one of the old that is gone.

    `block` is the new one, or the old one of kind `removed`. A paragraph is `changed` too when only the target of a
    link in it is; `links` has those of every kind but `same`.
    """

    kind: ParagraphChangeKind
    pieces: tuple[DiffPiece, ...]
    block: PageBlock
    links: tuple[LinkChange, ...] = ()

    @property
    def before(self) -> str:
        """The paragraph as it was, empty if it was not there."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "added").rstrip()

    @property
    def after(self) -> str:
        """The paragraph as it is, empty if it is gone."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "removed").rstrip()


def compare_page_contents(old: PageContent, new: PageContent) -> tuple[ParagraphChange, ...]:
    """The new text from top to bottom, with the removed paragraphs of the old one at their place."""
    return tuple(_paragraph_changes(old.blocks, new.blocks))


def common_subsequence(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs of increasing indexes in both.

    Row by row as bits of one number (Hyyrö 2004), so that two times 5,000 words take milliseconds.
    """
    start = _common_prefix_length(zip(old, new, strict=False))
    end = _common_prefix_length(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    middle = _common_subsequence_bits(old[start : len(old) - end], new[start : len(new) - end])
    return [
        *((index, index) for index in range(start)),
        *((start + left, start + right) for left, right in middle),
        *((len(old) - from_end, len(new) - from_end) for from_end in range(end, 0, -1)),
    ]


def _common_prefix_length(pairs: Iterator[tuple[Hashable, Hashable]]) -> int:
    count = 0
    for left, right in pairs:
        if left != right:
            break
        count += 1
    return count


def _common_subsequence_bits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    positions: dict[Hashable, int] = {}
    for index, item in enumerate(old):
        positions[item] = positions.get(item, 0) | 1 << index
    mask = (1 << len(old)) - 1
    row, rows = mask, []
    for item in new:
        matched = row & positions.get(item, 0)
        row = ((row + matched) | (row - matched)) & mask
        rows.append(row)
    # A zero bit `left` in row `right` means that the longest common subsequence of both prefixes grows there.
    pairs: list[tuple[int, int]] = []
    left, right = len(old) - 1, len(new) - 1
    while left >= 0 and right >= 0:
        if old[left] == new[right]:
            pairs.append((left, right))
            left, right = left - 1, right - 1
        elif rows[right] >> left & 1:
            left -= 1
        else:
            right -= 1
    pairs.reverse()
    return pairs


def _stretches_between(
    pairs: Sequence[tuple[int, int]], old: int, new: int
) -> Iterator[tuple[slice, slice, tuple[int, int] | None]]:
    """The slices of both before each pair, with the pair; at last the slices after all of them."""
    left = right = 0
    for pair in pairs:
        yield slice(left, pair[0]), slice(right, pair[1]), pair
        left, right = pair[0] + 1, pair[1] + 1
    yield slice(left, old), slice(right, new), None


def _paragraph_changes(old: Sequence[PageBlock], new: Sequence[PageBlock]) -> Iterator[ParagraphChange]:
    pairs = common_subsequence([_comparison_key(block) for block in old], [_comparison_key(block) for block in new])
    for removed, added, pair in _stretches_between(pairs, len(old), len(new)):
        yield from _compare_stretch(old[removed], new[added])
        if pair:
            block = new[pair[1]]
            yield ParagraphChange("same", (DiffPiece(block.text, "same"),), block)


def _comparison_key(block: PageBlock) -> Hashable:
    return (*block.text.split(), None, *(link.url for link in block.links))


def _compare_stretch(old: Sequence[PageBlock], new: Sequence[PageBlock]) -> Iterator[ParagraphChange]:
    for start in range(0, max(len(old), len(new)), _MAX_PAIRED_AT_ONCE):
        old_part, new_part = old[start : start + _MAX_PAIRED_AT_ONCE], new[start : start + _MAX_PAIRED_AT_ONCE]
        for removed, added, pair in _stretches_between(_pair_similar(old_part, new_part), len(old_part), len(new_part)):
            yield from (_one_sided_change(block, "removed") for block in old_part[removed])
            yield from (_one_sided_change(block, "added") for block in new_part[added])
            if pair:
                yield _rewritten_paragraph(old_part[pair[0]], new_part[pair[1]])


def _one_sided_change(block: PageBlock, kind: Literal["added", "removed"]) -> ParagraphChange:
    links = (LinkChange(link.label, *(("", link.url) if kind == "added" else (link.url, ""))) for link in block.links)
    return ParagraphChange(kind, (DiffPiece(block.text, kind),), block, tuple(links))


def _pair_similar(old: Sequence[PageBlock], new: Sequence[PageBlock]) -> list[tuple[int, int]]:
    """Which of the old paragraphs became which of the new ones, in order, so that most of their words stay."""
    left, right = [frozenset(block.text.split()) for block in old], [frozenset(block.text.split()) for block in new]
    alike = [[_similarity(before, after) for after in right] for before in left]
    best = [[0.0] * (len(new) + 1) for _unused in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], alike[i][j] and alike[i][j] + best[i + 1][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _similarity(old: frozenset[str], new: frozenset[str]) -> float:
    shared = 2 * len(old & new) / max(1, len(old) + len(new))
    return shared if shared >= SIMILARITY_THRESHOLD else 0.0


def _rewritten_paragraph(old: PageBlock, new: PageBlock) -> ParagraphChange:
    return ParagraphChange(
        "changed", tuple(_word_pieces(old.text.split(), new.text.split())), new, tuple(_link_changes(old, new))
    )


def _word_pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffPiece]:
    runs = _absorb_short_runs(list(_word_runs(old, new)))
    last = len(runs) - 1
    for index, (words, change) in enumerate(runs):
        yield DiffPiece(" ".join(words) + (" " if index < last else ""), change)


_WordRun = tuple[list[str], DiffPieceKind]


def _word_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_WordRun]:
    """Runs of unchanged, removed and added words, always in this order."""
    same: list[str] = []
    for old_slice, new_slice, pair in _stretches_between(common_subsequence(old, new), len(old), len(new)):
        removed, added = list(old[old_slice]), list(new[new_slice])
        if removed or added or not pair:
            yield same, "same"
            yield removed, "removed"
            yield added, "added"
            same = []
        if pair:
            same.append(new[pair[1]])


def _absorb_short_runs(runs: list[_WordRun]) -> list[_WordRun]:
    """The runs, with one or two unchanged words between longer changes made part of these."""
    joined: list[_WordRun] = []
    for index in range(0, len(runs), 3):
        (same, _unused), (removed, _unused), (added, _unused) = runs[index : index + 3]
        is_change_next = bool(removed or added)
        if (
            joined
            and is_change_next
            and len(same) <= _MAX_COINCIDENTAL_WORDS
            and len(same) < min(_word_count(joined[-2:]), len(removed) + len(added))
        ):
            joined[-2][0].extend([*same, *removed])
            joined[-1][0].extend([*same, *added])
        else:
            joined.extend([(same, "same"), (removed, "removed"), (added, "added")])
    return [run for run in joined if run[0]]


def _word_count(runs: Sequence[_WordRun]) -> int:
    return sum(len(words) for words, _unused in runs)


def _link_changes(old: PageBlock, new: PageBlock) -> Iterator[LinkChange]:
    """Links with a new target, removed links and added ones."""
    pairs = common_subsequence([link.url for link in old.links], [link.url for link in new.links])
    for old_slice, new_slice, _pair in _stretches_between(pairs, len(old.links), len(new.links)):
        removed, added = list(old.links[old_slice]), list(new.links[new_slice])
        for link in removed:
            successor = next((candidate for candidate in added if candidate.label == link.label), None)
            if successor:
                added.remove(successor)
            yield LinkChange(link.label, link.url, successor.url if successor else "")
        yield from (LinkChange(link.label, "", link.url) for link in added)
