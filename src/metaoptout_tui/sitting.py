"""How a sitting begins: the lock, the record and what it allows; and what a save does when the file changed meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.evidence import KeptFile
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.join import DRAFT, ENTRY, REMOVED, Clash, join
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.wording import to_come_words
from metaoptout_tui.keeping import Beside
from metaoptout_tui.session import Session
from metaoptout_tui.storage import durable, progress_file
from metaoptout_tui.storage.lock import Held, SessionLock, Taken
from metaoptout_tui.storage.paths import evidence_beside, letters_beside


@dataclass(frozen=True, slots=True)
class Trouble:
    """A record that cannot be opened as it is: what is wrong, and the newest earlier version that can, if there is one."""

    error: StorageError
    path: Path
    can_replace: bool
    copy: Path | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A sitting that may begin. `notices` are said once, when the screen is up; `end` gives the lock back."""

    session: Session
    notices: tuple[str, ...]
    end: Callable[[], None]


class Keeper:
    """Saves the record. Where someone else changed the file meanwhile, their changes and ours since the last save are joined."""

    def __init__(self, path: Path, data: bytes | None, *, clock: Clock) -> None:
        self._path = path
        self._data = data
        self._clock = clock
        self.tell: Callable[[str], None] = lambda _: None
        self._beside: tuple[Path, bytes] | None = None

    def save(self, progress: Progress) -> Progress:
        """Write the record durably and return what was written. Raises StorageError; the next save tries again."""
        if self._beside is not None:
            raise self._saved_beside(*self._beside, progress)
        try:
            self._data = progress_file.save(self._path, progress, self._data)
        except durable.ChangedOnDisk:
            return self._join(progress)
        except durable.NotSaved as error:
            if error.on_disk is not None:
                self._data = error.on_disk
            raise
        return progress

    def _join(self, progress: Progress) -> Progress:
        found = progress_file.load(self._path)
        today = self._clock().date()
        match found:
            case progress_file.Good(theirs, data):
                # All three as the file says them, so that only what a person would call a change counts as one.
                base, ours = self._as_read(self._data), self._as_read(progress_file.dump(progress))
                joined = join(base, theirs, ours)
                words = "Another program changed your file; its changes are taken over here."
                if joined.clashes:
                    aside = progress_file.save_aside(self._path, data, today)
                    words = f"{words} {_clash_words(joined.clashes, joined.record)} Theirs is kept as {aside.name}."
                self._data = progress_file.save(self._path, joined.record, data)
                self.tell(words)
                return joined.record
            case progress_file.Missing():
                self._data = progress_file.save(self._path, progress, None)
                self.tell("Your file had been taken away meanwhile. It is written again.")
                return progress
            case _:
                data = progress_file.dump(progress)
                aside = progress_file.save_aside(self._path, data, today)
                raise self._saved_beside(aside, data, progress)

    def _as_read(self, data: bytes | None) -> Progress:
        found = progress_file.understood(data, self._path.name) if data else None
        return found.progress if isinstance(found, progress_file.Good) else Progress()

    def _saved_beside(self, beside: Path, data: bytes, progress: Progress) -> StorageError:
        """Keep on saving, beside a file that someone made unreadable meanwhile; that one is left alone."""
        self._beside = (beside, progress_file.save(beside, progress, data, keep=0))
        return StorageError(
            f"{self._path.name} was changed by another program and cannot be read now.",
            kept=f"What you have here is in {beside.name}.",
            todo=f"Put {self._path.name} right, then start again.",
        )


def _clash_words(clashes: tuple[Clash, ...], record: Progress) -> str:
    """What both versions changed, in one or two sentences."""
    removed = [_name(clash, record) for clash in clashes if clash.what == REMOVED]
    both = [_clashed(clash, record) for clash in clashes if clash.what != REMOVED]
    sentences = []
    if both:
        sentences.append(f"Changed in both: {', '.join(dict.fromkeys(both))}; what you have here stands.")
    if removed:
        sentences.append(f"Removed in one and changed in the other, and therefore kept: {', '.join(removed)}.")
    return " ".join(sentences)


def _clashed(clash: Clash, record: Progress) -> str:
    if clash.what == DRAFT:
        return "what was typed into a form"
    if not clash.account:
        return {
            "country": "your country",
            "language": "your language",
            "email": "your e-mail address",
            "land": "your Land",
        }.get(clash.what, f"“{clash.what}”")
    known = {"name": "the name", "email": "the e-mail address", "hub": "the link", "platform": "the platform"}
    known[ENTRY] = "an entry"
    return f"{known.get(clash.what, f'“{clash.what}”')} of {_name(clash, record)}"


def _name(clash: Clash, record: Progress) -> str:
    account = record.account(clash.account)
    return account.name if account else clash.account


def begin(path: Path, playbook: Playbook, *, clock: Clock = system_clock) -> Begun | Trouble:
    """Open the record for this sitting: to write, only to read (with the reason), or not at all."""
    lock = SessionLock(path)
    held = lock.acquire()
    loaded = progress_file.load(path)
    notices: list[str] = []
    progress, is_new = Progress(), False
    data: bytes | None = None
    match loaded:
        case progress_file.Unreadable(error):
            lock.release()
            return Trouble(error, path, can_replace=False)
        case progress_file.Corrupt(error):
            lock.release()
            return _trouble(error, path)
        case progress_file.Newer(newer, _, error):
            return Begun(_reader(newer, playbook, clock, str(error)), (), lock.release)
        case progress_file.Good():
            progress, data = loaded.progress, loaded.data
            # A file is there from the first answer on; left half way, the welcome goes on where it was.
            is_new = not progress.accounts and bool(progress.drafts.get("welcome"))
            if isinstance(held, Taken):
                return Begun(_reader(progress, playbook, clock, _taken(held)), (), lock.release)
            durable.clean_leftovers(path, clock(), alone=isinstance(held, Held))
            notices.extend(
                f"{copy.name} is a version of your file that a conflict left. It is not read."
                for copy in progress_file.other_copies(path)
            )
            notices.extend(to_come_words(progress, playbook, clock()))
        case progress_file.Missing():
            if isinstance(held, Taken):
                return Begun(_reader(Progress(), playbook, clock, _taken(held)), (), lock.release)
            is_new = True
    keeper = Keeper(path, data, clock=clock)
    session = Session(
        progress,
        playbook,
        clock=clock,
        save=keeper.save,
        beside=Beside(
            keep=lambda source, going: _kept(source, path, going),
            keep_text=lambda name, words: _kept_text(name, words, path),
            write=lambda name, words: _saved(name, words, path),
        ),
        is_new=is_new,
    )
    keeper.tell = session.tell
    obstacle = durable.obstacle(path)
    if obstacle is not None:
        session.unsaved = obstacle
    return Begun(session, tuple(notices), lock.release)


def start_anew(trouble: Trouble, progress: Progress, *, clock: Clock = system_clock) -> Path:
    """Put a record in the place of a file that is not understood, at the person's wish; where that file is kept now."""
    aside, _ = progress_file.replace_corrupt(trouble.path, progress, clock().date())
    return aside


def _kept(source: Path, path: Path, going: Going | None) -> KeptFile:
    from metaoptout_tui.storage import evidence_folder

    return evidence_folder.keep(source, evidence_beside(path), going)


def _kept_text(name: str, words: str, path: Path) -> KeptFile:
    from metaoptout_tui.storage import evidence_folder

    return evidence_folder.keep_text(name, words, evidence_beside(path))


def _saved(name: str, words: str, path: Path) -> Path:
    from metaoptout_tui.storage import letter_file

    return letter_file.write(name, words, letters_beside(path))


def _reader(progress: Progress, playbook: Playbook, clock: Clock, why: str) -> Session:
    def refuse(_: Progress) -> Progress:
        raise StorageError(why)

    return Session(progress, playbook, clock=clock, save=refuse, read_only=why)


def _taken(by: Taken) -> str:
    who = f" (process {by.pid})" if by.pid else ""
    return f"Read-only: your record is open in another window{who}. Close that one, then start this one again."


def _trouble(error: StorageError, path: Path) -> Trouble:
    for copy in durable.generations(path):
        loaded = progress_file.load(copy)
        if isinstance(loaded, progress_file.Good):
            return Trouble(error, path, can_replace=True, copy=copy, progress=loaded.progress)
    return Trouble(error, path, can_replace=True)
