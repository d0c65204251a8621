"""How many messages are in the chat, and by whom? Counts every header of a file, in bounded memory."""

from collections import Counter
from itertools import groupby
from operator import itemgetter

from metaoptout_tui.evidence.whatsapp.shape import Shape

MOST_AUTHORS = 20_000
"""Senders that are told apart; the messages of later ones are counted together."""
MOST_DAYS = 50_000
"""Changes of the day that are kept, to decide the order of dates."""

_SAMPLES = 8


class Days:
    """The dates of a file as they follow one another, without repeats in a row."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def add(self, date: bytes) -> None:
        """The date of a later header."""
        if (not self.written or self.written[-1] != date) and len(self.written) < MOST_DAYS:
            self.written.append(date)


class Census:
    """The count of one chat, block by block. `authors` is by sender as it stands, with its colon and mark; empty for none."""

    def __init__(self, shape: Shape) -> None:
        self.headers = 0
        self.authors: Counter[bytes] = Counter()
        self.others = 0
        self.days = Days()
        self._find_all = shape.pairs.findall

    def block(self, data: bytearray, end: int) -> None:
        """Count the next piece of the file, as `blocks` cuts them."""
        pairs = self._find_all(data, 0, end)
        if not pairs:
            return
        self.headers += len(pairs)
        for date, _ in groupby(pairs, itemgetter(0)):
            self.days.add(date)
        self._add(Counter(map(itemgetter(1), pairs)))

    def _add(self, authors: Counter[bytes]) -> None:
        if len(self.authors) + len(authors) <= MOST_AUTHORS:
            self.authors.update(authors)
            return
        for author, count in authors.items():
            if author in self.authors or len(self.authors) < MOST_AUTHORS:
                self.authors[author] += count
            else:
                self.others += count


class Samples:
    """A few dates of each block, for a search that counts nothing."""

    def __init__(self, shape: Shape) -> None:
        self.days = Days()
        self._find = shape.pairs.search

    def block(self, data: bytearray, end: int) -> None:
        """Take the dates of some headers of the next piece of the file."""
        step = max(end // _SAMPLES, 1)
        for start in range(0, end, step):
            found = self._find(data, start, min(start + step, end))
            if found:
                self.days.add(found["date"])
