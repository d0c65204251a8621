"""A person in plain mode: the lines they type, and the lines they hear, on a record in a folder of its own."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from metaoptout_tui.app.files.record_files import RecordFiles
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission, PageCheck, PageWatcher
from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.desktop import Clipboard
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_reason_texts, load_territories
from metaoptout_tui.plain.context import PlainContext, PlainRehearsal
from metaoptout_tui.plain.dialogue import Dialogue
from metaoptout_tui.plain.line_terminal import LineTerminal
from metaoptout_tui.plain.start import open_record_in_plain_mode, run_plain_mode_until_left
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.settings_files import load_consent, save_consent
from metaoptout_tui.wiring.outside import fetch_over_network, rehearsal_limits
from samples import Clock

if TYPE_CHECKING:
    from metaoptout_tui.app.guidance.page_watcher import FetchAll


@dataclass
class Talk:
    """What was said in one sitting, and what stands in the record after it. `heard` has every line and prompt."""

    heard: list[str] = field(default_factory=list)
    session: Session | None = None
    exit_status: int | None = None

    @property
    def text(self) -> str:
        """All that was said, with the line ends taken out, to look for sentences."""
        return " ".join(" ".join(self.heard).split())

    @property
    def progress(self) -> Record:
        """The record now."""
        assert self.session is not None
        return self.session.record

    def account(self, id: str = "facebook") -> Account:
        """One account of the record."""
        account = self.progress.account_by_id(id)
        assert account is not None
        return account

    def events(self, id: str = "facebook") -> list[str]:
        """The kinds of an account's entries, oldest first."""
        return [event.kind for event in self.account(id).events]

    def last(self, id: str = "facebook") -> Event:
        """The newest entry of an account."""
        return self.account(id).events[-1]


class Speak(Protocol):
    """One sitting: the lines that a person types, after which the input ends."""

    def __call__(
        self,
        *typed: str,
        progress: Record | None = None,
        columns: int = 80,
        country: str = "NL",
        person_name: str = "",
        record_name: str = "",
        rehearsal: PlainRehearsal | None = None,
        fetch_all: "FetchAll | None" = None,
        permission: NetworkPermission = NetworkPermission(),  # noqa: B008 - it cannot be changed
        clipboard: Clipboard | None = None,
    ) -> Talk: ...


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """Where the record of these sittings is."""
    return resolve_paths(tmp_path / "mine", None, {})


@pytest.fixture
def speak(paths: AppPaths, clock: Clock) -> Speak:
    """Sittings on one record, which the first of them may write beforehand."""

    def sit(
        *typed: str,
        progress: Record | None = None,
        columns: int = 80,
        country: str = "NL",
        person_name: str = "",
        record_name: str = "",
        rehearsal: PlainRehearsal | None = None,
        fetch_all: "FetchAll | None" = None,
        permission: NetworkPermission = NetworkPermission(),  # noqa: B008 - it cannot be changed
        clipboard: Clipboard | None = None,
    ) -> Talk:
        time = rehearsal.clock if rehearsal is not None else clock
        paths.progress.parent.mkdir(exist_ok=True)
        if progress is not None:
            paths.progress.unlink(missing_ok=True)
            progress_file.save_record(paths.progress, progress, None)
        talk, waiting = Talk(), list(typed)

        def read_line() -> str | None:
            return waiting.pop(0) if waiting else None

        def hear(words: str) -> None:
            talk.heard.append(words)

        dialogue = Dialogue(LineTerminal(read_line, hear, hear, lambda: columns))
        dialogue.clipboard = lambda: clipboard
        guidance = load_guidance_in_use(paths)
        opened = open_record_in_plain_mode(dialogue, paths.progress, guidance.playbook, clock=time)
        if opened is None:
            return talk
        talk.session = opened.session
        permission = permission if fetch_all else NetworkPermission(offline_reason="Offline.")
        watcher = PageWatcher(guidance, paths, permission, fetch_all or fetch_over_network, clock=clock)
        consent = load_consent(paths.consent)
        page_check = PageCheck(watcher, consent, save_consent=lambda changed: save_consent(paths.consent, changed))
        context = PlainContext(
            session=opened.session,
            dialogue=dialogue,
            authorities=load_authorities,
            countries=load_countries,
            territories=load_territories,
            reasons=load_reason_texts,
            page_check=page_check,
            chat_scan=ChatScan(),
            record_files=lambda: RecordFiles(paths, clock),
            record_location=str(paths.progress),
            record_name=record_name or person_name,
            person_name=person_name,
            evidence_folder=paths.evidence,
            case_folder=paths.case_files,
            rehearsal=rehearsal,
            locale_country=country,
        )
        if rehearsal is not None:
            limits = rehearsal_limits(rehearsal.folder)
            context = replace(context, export_obstacle=limits.export_obstacle, letter_heading=limits.letter_heading)
        talk.exit_status = run_plain_mode_until_left(context, opened.notices, opened.release_lock, exit_failure=1)
        return talk

    return sit
