"""The case file: everything the record holds of one account or of all, made into four files that a person can hand over."""

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core.case import Known, case_of
from metaoptout_tui.core.errors import FileRefused, InputRefused
from metaoptout_tui.core.evidence import Exhibit, Outcome, exhibits
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.in_use import InUse
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.redaction import Vocabulary, redacted, vocabulary
from metaoptout_tui.core.text import line
from metaoptout_tui.current_guidance import guidance_in_use
from metaoptout_tui.guidance.authorities import load_authorities
from metaoptout_tui.guidance.loader import load_countries
from metaoptout_tui.guidance.public_holidays import public_holiday
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.evidence_folder import look_at, text_of
from metaoptout_tui.storage.export_folder import copy_kept, export_to, take_away, usual_folder
from metaoptout_tui.storage.paths import Places


class Asked(NamedTuple):
    """Of which account (empty: of all), whether masked, and whether the kept files come along."""

    account: str = ""
    redact: bool = False
    with_evidence: bool = False


class CaseFiles(NamedTuple):
    """What is to be written: the name without its ending, each ending with its bytes, and the kept files with how they are."""

    name: str
    files: tuple[tuple[str, bytes], ...]
    kept: tuple[tuple[Exhibit, Outcome], ...]
    with_evidence: bool = False


class Written(NamedTuple):
    """What was written, the four files first; `notes` are sentences on kept files that are not as they were."""

    paths: tuple[Path, ...]
    copies: tuple[Path, ...]
    notes: tuple[str, ...]


def guidance_words(in_use: InUse) -> str:
    """What the guidance is called in a case file."""
    playbook, origin = in_use.playbook, in_use.origin
    return f"Edition {playbook.serial} of {playbook.published}, {origin.words}"


def offered_folder() -> str:
    """The folder to offer, as a person writes it: the one for their documents, else `~`."""
    usual, home = usual_folder(), Path.home()
    if usual == home or home in usual.parents:
        return str(Path("~") / usual.relative_to(home))
    return str(usual)


def export(
    where: Places, folder: Path, asked: Asked, *, clock: Clock = system_clock
) -> tuple[Written, tuple[str, ...]]:
    """Write the case file of the record, and what to say on stderr besides.

    Raises StorageError for a record that cannot be read, and whatever `build` and `write` raise.
    """
    in_use = guidance_in_use(where)
    progress, notes = progress_file.record_at(where.progress)
    files = build(
        progress,
        in_use.playbook,
        asked,
        now=clock(),
        evidence=where.evidence,
        guidance=guidance_words(in_use),
    )
    written = write(files, folder, evidence=where.evidence, not_in=(where.cache,))
    return written, (*([in_use.notice] if in_use.notice else []), *notes)


def build(
    progress: Progress,
    playbook: Playbook,
    asked: Asked,
    *,
    now: datetime,
    evidence: Path,
    guidance: str,
    going: Going | None = None,
) -> CaseFiles:
    """The files for a record at a moment: the same bytes for the same record, moment, guidance and kept files.

    Looks at each kept file in the folder `evidence` anew. Raises InputRefused where there is no such account or none at all,
    and where masks and kept files are asked for at once, since what is in a file cannot be masked; Stopped where `going`
    was stopped.
    """
    from metaoptout_tui.documents.case_calendar import case_calendar
    from metaoptout_tui.documents.case_html import case_html
    from metaoptout_tui.documents.case_json import case_json
    from metaoptout_tui.documents.case_markdown import case_markdown

    _check(progress, asked)
    known = Known(playbook, guidance, load_authorities(), load_countries(), public_holiday)
    number = next((number for number, each in enumerate(progress.accounts) if each.id == asked.account), None)
    every = exhibits(progress)
    going = going or Going()
    going.total = _passes(asked) * sum(
        max(0, each.file.size) for each in every if asked.account in ("", each.account.id)
    )
    wanted = tuple(
        (
            each,
            look_at(each.file, evidence, going) if asked.account in ("", each.account.id) else Outcome.MISSING,
        )
        for each in every
    )
    told = redacted(progress, _vocabulary(known)) if asked.redact else progress
    account = "" if number is None else told.accounts[number].id
    outcomes = [outcome for _, outcome in wanted]
    texts = {
        each.file.sha256: text_of(each.file, evidence)
        for each, outcome in wanted
        if each.is_letter and outcome is Outcome.OK and not asked.redact
    }
    case = case_of(told, known, now, outcomes, texts=texts, account=account, is_redacted=asked.redact)
    # A calendar without anything in it is none (RFC 5545, 3.6).
    calendar = (("ics", case_calendar(case)),) if case.agenda else ()
    return CaseFiles(
        _name(now, account, redact=asked.redact),
        (("html", case_html(case)), ("md", case_markdown(case)), ("json", case_json(case)), *calendar),
        tuple(each for each in wanted if asked.account in ("", each[0].account.id)),
        asked.with_evidence,
    )


def _passes(asked: Asked) -> int:
    """How often the bytes of each kept file are read: once to see how it is, twice more to copy it."""
    return 3 if asked.with_evidence else 1


def write(
    files: CaseFiles, folder: Path, *, evidence: Path, not_in: tuple[Path, ...] = (), going: Going | None = None
) -> Written:
    """Put the files into a folder, beside what is there; the kept files, where asked for, into one of their own in it.

    A kept file that is not what the diary says is not copied and is told of. `not_in` are folders of the program's own
    besides that of the kept files. Raises FileRefused for a folder that cannot be taken, StorageError for what cannot be
    written, Stopped where `going` was stopped; then nothing is there that was not there before, but for a folder that was
    made.
    """
    going = going or Going()
    going.on()
    paths = export_to(folder, files.name, files.files, not_in=(evidence, *not_in))
    beside = paths[0].with_name(f"{paths[0].stem}-evidence")
    new: list[Path] = []
    try:
        copies, notes = _copy(files, evidence, beside, new, going)
    except BaseException:
        take_away((*new, *paths), beside)
        raise
    return Written(tuple(paths), tuple(dict.fromkeys(copies)), tuple(notes))


def _copy(
    files: CaseFiles, evidence: Path, beside: Path, new: list[Path], going: Going
) -> tuple[list[Path], list[str]]:
    """The kept files as copies, and what is to be told; `new` gets those that were not there before, also where it raises."""
    copies: list[Path] = []
    notes: list[str] = []
    for exhibit, outcome in files.kept:
        going.on()
        name = line(exhibit.file.name)
        if outcome is not Outcome.OK:
            notes.append(f"{name} is {_AS_FOUND[outcome]}, and the case file says so.")
        elif files.with_evidence:
            try:
                copied = copy_kept(exhibit.file, evidence, beside, going)
            except FileRefused as error:
                notes.append(str(error))
                continue
            if copied is None:
                notes.append(f"{name} was not copied: it changed while this was written.")
            else:
                copies.append(copied.path)
                new.extend([copied.path] if copied.is_new else [])
    return copies, notes


_AS_FOUND = {
    Outcome.CHANGED: "not the file that was kept",
    Outcome.MISSING: "missing",
    Outcome.UNREADABLE: "not readable",
}


def _check(progress: Progress, asked: Asked) -> None:
    if asked.redact and asked.with_evidence:
        raise InputRefused(
            "Kept files cannot be masked, so they do not go with a masked case file.",
            kept="Nothing was written.",
            todo="Leave out one of the two.",
        )
    if not progress.accounts:
        raise InputRefused("There is no account in the record yet, so there is nothing to export.")
    if asked.account and progress.account(asked.account) is None:
        ids = ", ".join(line(account.id) for account in progress.accounts)
        raise InputRefused(
            f"There is no account {line(asked.account)} in the record.",
            kept="Nothing was written.",
            todo=f"These are there: {ids}.",
        )


def _vocabulary(known: Known) -> Vocabulary:
    names = {each.name for each in known.authorities.by_code.values()} | set(known.authorities.by_code)
    return vocabulary(known.playbook, known.countries.keys(), names)


def _name(now: datetime, account: str, *, redact: bool) -> str:
    """`metaoptout-case-2026-11-25`, with the account's id where it is of one, in letters that every system takes."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", account).strip("-")[:60]
    parts = ["metaoptout-case", now.date().isoformat(), plain, "redacted" if redact else ""]
    return "-".join(part for part in parts if part)
