"""What changed between two texts of the same page, paragraph by paragraph and word by word.

The longest common run of paragraphs stays, then what is left between them is paired by the words it shares, then each
pair is compared by its words. That takes milliseconds for pages as they are and some seconds for the worst that there can
be within `core.article`'s bounds, so a thread is the place for it.
"""

from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from metaoptout_tui.core.article import Article, Block

PieceChange = Literal["same", "added", "removed"]
ChangeKind = Literal["same", "added", "removed", "changed"]

ALIKE = 0.4
"""The part of their words that two paragraphs share when one is the other rewritten."""

_PAIRED_AT_ONCE = 50
_FLEETING = 2


class Piece(NamedTuple):
    """Some words of a paragraph, with the blank that follows them."""

    text: str
    change: PieceChange


class LinkChange(NamedTuple):
    """Another target under the same label; `before` is empty for a new link, `after` for one that is gone."""

    label: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The change as a sentence."""
        if not self.before:
            return f"New link “{self.label}” to {self.after}."
        if not self.after:
            return f"The link “{self.label}” to {self.before} is gone."
        return f"The link “{self.label}” now leads to {self.after}, before to {self.before}."


class Change(NamedTuple):
    """One paragraph of the new text, or one of the old that is gone.

    `block` is the new one, or the old one of kind `removed`. A paragraph is `changed` too when only the target of a link
    in it is; `links` has those of every kind but `same`.
    """

    kind: ChangeKind
    pieces: tuple[Piece, ...]
    block: Block
    links: tuple[LinkChange, ...] = ()

    @property
    def before(self) -> str:
        """The paragraph as it was, empty if it was not there."""
        return "".join(piece.text for piece in self.pieces if piece.change != "added").rstrip()

    @property
    def after(self) -> str:
        """The paragraph as it is, empty if it is gone."""
        return "".join(piece.text for piece in self.pieces if piece.change != "removed").rstrip()


class Fold(NamedTuple):
    """Unchanged paragraphs in a row that may be shown as their number."""

    changes: tuple[Change, ...]


def difference(old: Article, new: Article) -> tuple[Change, ...]:
    """The whole new text from top to bottom, with what is gone from the old one where it stood."""
    return tuple(_changes(old.blocks, new.blocks))


def folded(changes: Sequence[Change], around: int = 1) -> tuple[Change | Fold, ...]:
    """The changes with those unchanged paragraphs folded that are more than `around` away from a change."""
    near = [False] * len(changes)
    for index, change in enumerate(changes):
        if change.kind != "same":
            for beside in range(max(0, index - around), min(len(changes), index + around + 1)):
                near[beside] = True
    shown: list[Change | Fold] = []
    for is_near, run in groupby(range(len(changes)), key=near.__getitem__):
        part = tuple(changes[index] for index in run)
        shown.extend(part if is_near or len(part) == 1 else [Fold(part)])
    return tuple(shown)


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Where a longest common subsequence stands in both, as pairs of indices that rise together.

    Row by row as bits of one number (Hyyrö 2004), so that two times 5,000 words take milliseconds.
    """
    start = _alike_from(zip(old, new, strict=False))
    end = _alike_from(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    middle = _common_bits(old[start : len(old) - end], new[start : len(new) - end])
    return [
        *((index, index) for index in range(start)),
        *((start + left, start + right) for left, right in middle),
        *((len(old) - back, len(new) - back) for back in range(end, 0, -1)),
    ]


def _alike_from(pairs: Iterator[tuple[Hashable, Hashable]]) -> int:
    count = 0
    for left, right in pairs:
        if left != right:
            break
        count += 1
    return count


def _common_bits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    places: dict[Hashable, int] = {}
    for index, each in enumerate(old):
        places[each] = places.get(each, 0) | 1 << index
    mask = (1 << len(old)) - 1
    row, rows = mask, []
    for each in new:
        matched = row & places.get(each, 0)
        row = ((row + matched) | (row - matched)) & mask
        rows.append(row)
    # A zero at `left` in row `right` tells that the longest run of both beginnings grows there.
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


def _gaps(
    pairs: Sequence[tuple[int, int]], old: int, new: int
) -> Iterator[tuple[slice, slice, tuple[int, int] | None]]:
    """What stands in both before each pair, and the pair; at last what stands after all of them."""
    left = right = 0
    for pair in pairs:
        yield slice(left, pair[0]), slice(right, pair[1]), pair
        left, right = pair[0] + 1, pair[1] + 1
    yield slice(left, old), slice(right, new), None


def _changes(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    pairs = common([_said(block) for block in old], [_said(block) for block in new])
    for gone, come, pair in _gaps(pairs, len(old), len(new)):
        yield from _between(old[gone], new[come])
        if pair:
            block = new[pair[1]]
            yield Change("same", (Piece(block.text, "same"),), block)


def _said(block: Block) -> Hashable:
    return (*block.text.split(), None, *(link.url for link in block.links))


def _between(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    for start in range(0, max(len(old), len(new)), _PAIRED_AT_ONCE):
        gone, come = old[start : start + _PAIRED_AT_ONCE], new[start : start + _PAIRED_AT_ONCE]
        for removed, added, pair in _gaps(_paired(gone, come), len(gone), len(come)):
            yield from (_whole(block, "removed") for block in gone[removed])
            yield from (_whole(block, "added") for block in come[added])
            if pair:
                yield _rewritten(gone[pair[0]], come[pair[1]])


def _whole(block: Block, kind: Literal["added", "removed"]) -> Change:
    links = (LinkChange(link.label, *(("", link.url) if kind == "added" else (link.url, ""))) for link in block.links)
    return Change(kind, (Piece(block.text, kind),), block, tuple(links))


def _paired(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Which of the old paragraphs became which of the new ones, in order, so that most of their words stay."""
    left, right = [frozenset(block.text.split()) for block in old], [frozenset(block.text.split()) for block in new]
    alike = [[_likeness(before, after) for after in right] for before in left]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
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


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    shared = 2 * len(old & new) / max(1, len(old) + len(new))
    return shared if shared >= ALIKE else 0.0


def _rewritten(old: Block, new: Block) -> Change:
    return Change("changed", tuple(_pieces(old.text.split(), new.text.split())), new, tuple(_relinked(old, new)))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    runs = _joined(list(_runs(old, new)))
    last = len(runs) - 1
    for index, (words, change) in enumerate(runs):
        yield Piece(" ".join(words) + (" " if index < last else ""), change)


_Run = tuple[list[str], PieceChange]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    """Words that stayed in a row, words that are gone, words that came: always in this order."""
    same: list[str] = []
    for gone, come, pair in _gaps(common(old, new), len(old), len(new)):
        removed, added = list(old[gone]), list(new[come])
        if removed or added or not pair:
            yield same, "same"
            yield removed, "removed"
            yield added, "added"
            same = []
        if pair:
            same.append(new[pair[1]])


def _joined(runs: list[_Run]) -> list[_Run]:
    """The runs with a word or two that happen to be in both taken into the changes around them, where those are longer."""
    joined: list[_Run] = []
    for index in range(0, len(runs), 3):
        (same, _), (removed, _), (added, _) = runs[index : index + 3]
        follows = bool(removed or added)
        if (
            joined
            and follows
            and len(same) <= _FLEETING
            and len(same) < min(_size(joined[-2:]), len(removed) + len(added))
        ):
            joined[-2][0].extend([*same, *removed])
            joined[-1][0].extend([*same, *added])
        else:
            joined.extend([(same, "same"), (removed, "removed"), (added, "added")])
    return [run for run in joined if run[0]]


def _size(runs: Sequence[_Run]) -> int:
    return sum(len(words) for words, _ in runs)


def _relinked(old: Block, new: Block) -> Iterator[LinkChange]:
    """Links whose target is another, those that are gone, and those that came."""
    pairs = common([link.url for link in old.links], [link.url for link in new.links])
    for gone, come, _ in _gaps(pairs, len(old.links), len(new.links)):
        removed, added = list(old.links[gone]), list(new.links[come])
        for link in removed:
            follows = next((each for each in added if each.label == link.label), None)
            if follows:
                added.remove(follows)
            yield LinkChange(link.label, link.url, follows.url if follows else "")
        yield from (LinkChange(link.label, "", link.url) for link in added)
