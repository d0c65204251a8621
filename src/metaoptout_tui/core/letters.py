"""What a letter may say of a case: only what the diary holds, by name; and a letter with its gaps marked."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.answers import answer_of
from metaoptout_tui.core.clocks import went_by_post
from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.evidence import LETTER, KeptFile
from metaoptout_tui.core.periods import HolidayName
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.standing import Standing

TOLD = (
    *("filed", "confirmed-on-screen", "confirmed-by-mail", "code-asked", "more-asked", "refused", "extended"),
    *("answered", "reminded", "extension-disputed", "asked-applied", "complained-to-controller", "acknowledged"),
)
"""Kinds of entry that a timeline tells."""


SENT_AS: Mapping[str, str] = MappingProxyType(
    {
        "reminder": "reminded",
        "asked-applied": "asked-applied",
        "objection": "filed",
        "late-extension": "extension-disputed",
        "complaint-to-meta": "complained-to-controller",
        "complaint": "complained",
        "complaint-uk": "complained",
        "complaint-ch": "complained",
    }
)
"""The kind of entry that sending a letter is; a letter to people is none."""


_LETTERS = frozenset(SENT_AS.values()) - {"filed"}


def letters_sent(entries: Iterable[Event]) -> tuple[Event, ...]:
    """Of the entries in force those that say a letter was sent; an objection only where it went as one."""
    every = tuple(entries)
    with_text = {event.text("of") for event in every if event.what == "evidence" and event.text("holds") == LETTER}
    return tuple(
        event
        for event in every
        if event.what in _LETTERS or (event.what == "filed" and (went_by_post(event) or event.id in with_text))
    )


def file_name(letter: str, account: str, language: str, day: date) -> str:
    """What the text of a letter is called as a file, without the ending: `2026-11-25-reminder-facebook-nl`."""
    return f"{day.isoformat()}-{letter}-{account}-{language}"


class LetterFacts(NamedTuple):
    """What is known for a letter: texts and days by name, and what happened, in order.

    Names: `account`, `email`, `filed`, `confirmed`, `refused`, `extended`, `reason`, `authority`, `attachments`; `linked`
    are the other accounts in its hub, and `alone` is there where it is in none; `due` is the end of Meta's month while it
    runs, `over` its end once it ran out without an answer, `three` the end of three months that ran out so; `late` is there
    where more time was announced too late, `silent` while nothing came back at all, `undecided` while what came back
    decides nothing, `no-grounds` where a refusal gave no reasons. `asked` is the day of a question about one's data and `unanswered` the end of its time, once that ran out;
    `complained` the day of the complaint to Meta, `unacknowledged` the end of its time, once that ran out, `acknowledged`
    the day of an acknowledgement that nothing followed. A name that is not there is not known. The person's own name is
    never kept, so never known. `events` tells what happened by the ids of its sentences: a kind, or an answer of a sort.
    """

    values: Mapping[str, str | date]
    events: tuple[tuple[str, date], ...] = ()


class Piece(NamedTuple):
    """A stretch of a letter. `missing` is the name of what the person has to fill in there, empty for words that stand."""

    text: str
    missing: str = ""


class Letter(NamedTuple):
    """A letter in one language: its subject and its body, each in pieces, so that a preview can mark the gaps."""

    id: str
    language: str
    subject: tuple[Piece, ...]
    body: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """The subject as one line."""
        return "".join(piece.text for piece in self.subject)

    @property
    def text(self) -> str:
        """The body, paragraphs apart by an empty line, a gap as `[your name]`."""
        return "".join(piece.text for piece in self.body)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the person has to fill in, each once, in the order it comes."""
        return tuple(dict.fromkeys(piece.missing for piece in (*self.subject, *self.body) if piece.missing))


def filled_in(letter: Letter, subject: str, body: str) -> Mapping[str, str]:
    """What a person put in the places of a letter's gaps, by name: where the words around them still stand.

    So that the same letter in another language has it too. A paragraph that was rewritten tells nothing.
    """
    found: dict[str, str] = {}
    for pieces, words in ((letter.subject, subject), (letter.body, body)):
        for paragraph in paragraphs(pieces):
            if any(piece.missing for piece in paragraph):
                filled = (_filled(paragraph, each) for each in words.split("\n\n"))
                found |= next((each for each in filled if each), {})
    return found


def paragraphs(body: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of each paragraph."""
    found: list[list[Piece]] = [[]]
    for piece in body:
        first, *rest = piece.text.split("\n\n")
        found[-1].append(piece._replace(text=first))
        found.extend([piece._replace(text=part)] for part in rest)
    return [[piece for piece in each if piece.text] for each in found if any(piece.text for piece in each)]


def _filled(paragraph: list[Piece], words: str) -> dict[str, str]:
    """What stands between the fixed words of a paragraph; empty where these do not stand in `words` in their order."""
    found: dict[str, str] = {}
    gap, begun = _NO_GAP, 0
    for piece in (*paragraph, _NO_GAP):
        if piece.missing:
            gap = piece
            continue
        at = words.find(piece.text, begun) if piece.text else len(words)
        if at < begun or (not gap.missing and at != begun):
            return {}
        given = words[begun:at].strip()
        if gap.missing and given not in ("", gap.text):
            found[gap.missing] = given
        gap, begun = _NO_GAP, at + len(piece.text)
    return found


_NO_GAP = Piece("")


def letter_facts(
    standing: Standing,
    progress: Progress,
    playbook: Playbook,
    today: date,
    holiday: HolidayName,
    *,
    authority: str = "",
    attachments: tuple[KeptFile, ...] = (),
) -> LetterFacts:
    """What the diary of an account holds for its letters, from its newest objection, or from the one that covers it, on."""
    account, became = standing.account, standing.course
    filing = became.filing if became is not None else standing.filing
    own, theirs = (filing, None) if became is not None else (None, filing)
    values: dict[str, str | date] = {"account": _named(account, playbook)}
    values |= _of_the_hub(account, progress, playbook)
    addresses = (
        own.text("email") if own else "",
        account.email,
        theirs.text("email") if theirs else "",
        progress.person.email,
    )
    email = next((each for each in addresses if each), "")
    named = {"email": email, "authority": authority, "reason": filing.text("reason") if filing else ""}
    values |= {name: value for name, value in named.items() if value}
    if attachments:
        values["attachments"] = "\n".join(f"- {file.name} (SHA-256 {file.sha256})" for file in attachments)
    if filing is None:
        return LetterFacts(values)
    begun = became.first if became is not None else filing
    told = [each for each in in_force(account.events) if each.what in TOLD and each.at >= begun.at]
    if became is None:
        told.insert(0, filing)
    values |= {_DAYS[event.what]: event.at.date() for event in reversed(told) if event.what == "filed"}
    values |= {_DAYS[event.what]: event.at.date() for event in told if event.what in _DAYS and event.what != "filed"}
    values |= _month(standing, today, holiday)
    values |= _answers(told) if became is not None else {}
    values |= _after(standing, told)
    return LetterFacts(values, tuple((_sentence(event), event.at.date()) for event in told))


_DAYS = {
    "filed": "filed",
    "confirmed-on-screen": "confirmed",
    "confirmed-by-mail": "confirmed",
    "refused": "refused",
    "extended": "extended",
    "asked-applied": "asked",
    "complained-to-controller": "complained",
}
_ANSWERED = frozenset({"confirmed-on-screen", "confirmed-by-mail", "refused"})
_CAME_BACK = frozenset({"confirmed-on-screen", "confirmed-by-mail", "code-asked", "more-asked", "refused", "extended"})


def _sentence(event: Event) -> str:
    """The id of the sentence that tells an entry: of its sort where that is known."""
    answer = answer_of(event)
    return answer.id if answer is not None else event.what


def _named(account: Account, playbook: Playbook) -> str:
    """An account without quotation marks, which every language has its own of: `Facebook (Anna)`, `Instagram @anna.nl`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    return f"{platform} {account.name}" if account.name[0] in "@+" else f"{platform} ({account.name})"


def _of_the_hub(account: Account, progress: Progress, playbook: Playbook) -> dict[str, str | date]:
    """The accounts that are linked with this one, or that it is known to be linked with none."""
    others = [each for each in progress.accounts if account.hub and each.hub == account.hub and each is not account]
    if others:
        return {"linked": ", ".join(_named(each, playbook) for each in others)}
    return {"alone": "yes"} if account.hub == "" else {}


def _answers(told: list[Event]) -> dict[str, str | date]:
    """What came of the objection of the account itself, as far as a letter tells it by name."""
    values: dict[str, str | date] = {}
    kinds = {event.what for event in told}
    if not kinds & _CAME_BACK:
        values["silent"] = "yes"
    elif not kinds & _ANSWERED:
        values["undecided"] = "yes"
    refusal = next((event for event in reversed(told) if event.what == "refused"), None)
    if refusal is not None and refusal.text("grounds") == "none":
        values["no-grounds"] = "yes"
    return values


def _after(standing: Standing, told: list[Event]) -> dict[str, str | date]:
    """What came of a question and of a complaint to Meta, as far as a letter tells it by name."""
    values: dict[str, str | date] = {}
    ran_out = {clock.rule: period.last for clock, period in standing.silences}
    if "information" in ran_out:
        values["unanswered"] = ran_out["information"]
    if "acknowledgement" in ran_out:
        values["unacknowledged"] = ran_out["acknowledgement"]
    acknowledged = next((event for event in reversed(told) if event.what == "acknowledged"), None)
    if acknowledged is not None and not any(each.what in _ANSWERED for each in told[told.index(acknowledged) :]):
        values["acknowledged"] = acknowledged.at.date()
    return values


def _month(standing: Standing, today: date, holiday: HolidayName) -> dict[str, str | date]:
    """The end of Meta's month or three months: of one that runs, or of one that ran out before an answer came."""
    clock = standing.course.clock("answer") if standing.course is not None else None
    period = clock.period(holiday) if clock else None
    if clock is None or period is None:
        return {}
    answered = clock.ended.at.date() if clock.ended else None
    ran_out = (answered or today) > period.last
    if period.extended:
        return {"three": period.last} if ran_out else {}
    late = {"late": "yes"} if period.was_extended_late else {}
    if ran_out:
        return {"over": period.last, **late}
    return {"due": period.last} if answered is None else {}
