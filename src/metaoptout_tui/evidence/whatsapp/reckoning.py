"""What do the counts of a chat come to? Turns senders and dates as they stand in the file into names, days and sums."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import PurePath

from metaoptout_tui.core import text
from metaoptout_tui.core.chats import WITHIN, chat_title
from metaoptout_tui.evidence.whatsapp import classify
from metaoptout_tui.evidence.whatsapp.census import Census
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.dates import Dating
from metaoptout_tui.evidence.whatsapp.results import Share, Switch, Totals
from metaoptout_tui.evidence.whatsapp.search import MARKED, Tally, name_of
from metaoptout_tui.evidence.whatsapp.senders import cut_lines
from metaoptout_tui.evidence.whatsapp.shadow import shadow
from metaoptout_tui.evidence.whatsapp.shape import Shape

OWN_LINES = frozenset({Kind.NOTICE, Kind.BUSINESS, Kind.SWITCH})
"""Lines of WhatsApp's own, whoever the file names as their sender."""

_HEADERS_BEFORE_THE_NOTICE = 5
_NOTICE_BYTES = 1200


def shown_name(author: bytes) -> str:
    """A sender as a person reads it: on one line, without marks."""
    return text.line(name_of(author).replace("\u202f", " ").replace("\u00a0", " "))


def noticed_as(shape: Shape, head: bytes) -> str:
    """The sender under whom iOS wrote the encryption notice, a contact or a group; empty where there is none."""
    if not shape.family.bracket:
        return ""
    for count, found in enumerate(shape.find.finditer(b"\n" + head)):
        if count == _HEADERS_BEFORE_THE_NOTICE:
            break
        start = found.end() - 1
        if found["author"] and classify.is_encryption_notice(
            head[start : start + _NOTICE_BYTES].decode("utf-8", "replace")
        ):
            return shown_name(found["author"])
    return ""


def totals(census: Census, tally: Tally, noticed: str, *, bracket: bool) -> Totals:
    """Messages by sender and lines of the system, the latter without those that only carry a sender's name.

    On Android (no `bracket`) a line of the system has no sender, and what looks like one may be its beginning.
    On iOS a line of the system stands under the name of the group or contact. Those known are taken off; and a name that
    the encryption notice carries and that never wrote anything without the mark of such lines is a group's.
    """
    names: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for author, count in census.authors.items():
        name = shown_name(author) if author else ""
        names[name] += count
        if not author.endswith(MARKED):
            written[name] += count
    for (kind, author, _), count in tally.counts.items():
        if kind in OWN_LINES and author:
            _move(names, shown_name(author), count)
    if noticed:
        _move(names, noticed, names[noticed] if not written[noticed] else 1)
    for name in () if bracket else cut_lines(names):
        _move(names, name, names[name])
    system = names.pop("", 0)
    authors = tuple((name, count) for name, count in names.most_common() if count)
    return Totals(census.headers, census.headers - system, system, authors, census.others)


def _move(names: Counter[str], name: str, count: int) -> None:
    count = min(count, names[name])
    names[name] -= count
    names[""] += count


def persons(authors: Iterable[str]) -> set[str]:
    """The senders that are people."""
    return {name for name in authors if name and not classify.is_meta_ai(name)}


def is_alone(totals: Totals, tally: Tally, path: str, member: str) -> bool:
    """Whether this is the chat with Meta AI itself: its name says so, or one person and Meta AI write without a mention."""
    names = [name for name, _ in totals.authors]
    if len(persons(names)) != 1:
        return False
    if any(_names_meta_ai(each) for each in (path, *member.split(WITHIN))) or classify.is_meta_ai(
        chat_title(path, member)
    ):
        return True
    kinds = {kind for kind, _, _ in tally.counts}
    return Kind.BY in kinds and Kind.TO not in kinds


def _names_meta_ai(path: str) -> bool:
    """Whether a file is named as the export of the chat with Meta AI is, in a language that is not known too."""
    stem = shadow(PurePath(path).stem).casefold()
    return stem == "meta ai" or (stem.endswith(" meta ai") and "whatsapp" in stem)


def shares(tally: Tally, dating: Dating) -> tuple[Share, ...]:
    """The messages of each kind by sender, most first; lines of WhatsApp's own have none."""
    day_of = cache(dating.day)
    counts: Counter[tuple[Kind, str]] = Counter()
    days: defaultdict[tuple[Kind, str], Counter[date]] = defaultdict(Counter)
    names = cache(shown_name)
    for (kind, author, written), count in tally.counts.items():
        key = (kind, "" if kind in OWN_LINES else names(author))
        counts[key] += count
        if day := day_of(written):
            days[key][day] += count
    order = list(Kind)
    made = []
    for key in sorted(counts, key=lambda key: (order.index(key[0]), -counts[key], key[1])):
        own = sorted(days[key].items())
        months: Counter[str] = Counter()
        for day, count in own:
            months[f"{day:%Y-%m}"] += count
        first, last = (own[0][0], own[-1][0]) if own else (None, None)
        made.append(Share(*key, counts[key], first, last, tuple(months.items())))
    return tuple(made)


def switches(tally: Tally, dating: Dating) -> tuple[Switch, ...]:
    """When Advanced Chat Privacy was switched."""
    return tuple(Switch(dating.moment(written, clock), on) for written, clock, on in tally.switches)


def times(tally: Tally, dating: Dating) -> tuple[datetime, ...]:
    """When each message to Meta AI was written, those with a readable time."""
    moments = (dating.moment(written, clock) for written, clock in tally.times)
    return tuple(moment for moment in moments if moment)
