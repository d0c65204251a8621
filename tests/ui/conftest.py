"""The app on a record, with a browser and a clipboard that only write down what they were asked."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor

from metaoptout_tui.app.files.record_files import RecordFiles
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission, PageCheck, PageWatcher
from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.app.record.attachments import AttachmentStore
from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.desktop.clipboard import SystemClipboard
from metaoptout_tui.desktop.mail_program import SystemMailProgram
from metaoptout_tui.desktop.programs import SystemBrowser, SystemFileViewer
from metaoptout_tui.desktop.qr import qr_lines
from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_reason_texts, load_territories
from metaoptout_tui.storage import evidence_folder
from metaoptout_tui.storage.page_cache import PageCache
from metaoptout_tui.storage.settings_files import NetworkConsent
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.checklist import ChecklistScreen
from metaoptout_tui.ui.terminal import UNICODE_SYMBOLS
from metaoptout_tui.wiring.outside import fetch_over_network
from parsed_styles import share_parsed_styles
from samples import NOW, Clock
from ui.driving import OWN_KEYS, Machine, OpenScreen, Walker
from ui.fake_chat_scan import AT_HOME, count_chats, read_chats
from ui.fake_download import put_downloads_at_home
from ui.kept_versions_on_disk import write_versions
from watched_pages import BEFORE, NOW_SAYS, keep

share_parsed_styles()
NOTHING_SAID, NOTHING_ALLOWED = NetworkPermission(), NetworkConsent()
FILE = "~/.local/share/metaoptout-tui/progress.toml"


@pytest.fixture
def machine(clock: Clock) -> Machine:
    """Everything outside the screen."""
    return Machine(clock)


@pytest.fixture
def walk(playbook: Playbook, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenScreen:
    """Open the app on a record and press keys in it.

    It draws when a test looks, and its widgets once at its end: drawing each step between costs half of the time.
    """

    for name, lines in AT_HOME.items():
        (Path.home() / name).write_text("\n".join(lines), encoding="utf-8")

    put_downloads_at_home(monkeypatch)

    def nothing_to_draw(compositor: Compositor, **_: object) -> None:
        compositor._dirty_regions.clear()

    monkeypatch.setattr(Compositor, "render_update", nothing_to_draw)

    @asynccontextmanager
    async def open_app(
        progress: Record | None = None,
        *,
        size: tuple[int, int] = (80, 24),
        at: tuple[str, str] = ("", ""),
        browser: Mapping[str, str] | None = None,
        programs: Sequence[str] = ("xdg-open",),
        theme: str = "metaoptout-dark",
        no_color: bool = False,
        keymap: dict[str, str] | None = None,
        notices: tuple[str, ...] = (),
        read_only: str = "",
        is_new: bool = False,
        save: Callable[[Record], Record] | None = None,
        label_language: str = "",
        home_country: str = "NL",
        home_language: str = "",
        screen_language: ScreenLanguage = ScreenLanguage(),  # noqa: B008 - it cannot be changed
        cache: Path | None = None,
        permission: NetworkPermission = NOTHING_SAID,
        consent: NetworkConsent = NOTHING_ALLOWED,
        offer: bytes = b"",
        record_name: str = "",
        person_name: str = "",
        make_app: Callable[..., MetaOptOutApp] = MetaOptOutApp,
        clock: Callable[[], datetime] | None = None,
        is_rehearsal: bool = False,
        export_obstacle: Callable[[Path], str] = lambda _folder: "",
    ) -> AsyncIterator[Walker]:
        if no_color:
            monkeypatch.setenv("NO_COLOR", "1")
        surroundings = {"DISPLAY": ":0"} if browser is None else browser

        def which(name: str) -> str | None:
            return f"/usr/bin/{name}" if name in programs else None

        def start(command: Sequence[str], _: Mapping[str, str]) -> int:
            machine.opened.append(command[-1])
            return 0

        def keep(written: Record) -> Record:
            machine.saved.append(written)
            return written

        def make_browser() -> SystemBrowser:
            return SystemBrowser(surroundings, platform="linux", find_program=which, start_program=start)

        def make_clipboard() -> SystemClipboard:
            return SystemClipboard(machine.copied.append, {}, platform="linux", find_program=lambda _: None)

        def make_file_viewer() -> SystemFileViewer:
            return SystemFileViewer(surroundings, platform="linux", find_program=which, start_program=start)

        def make_mail_program() -> SystemMailProgram:
            return SystemMailProgram(
                surroundings,
                platform="linux",
                find_program=which,
                start_program=begin_mail,
                has_private_process_list=lambda _: True,
            )

        def begin_mail(command: Sequence[str], _: Mapping[str, str]) -> int:
            machine.mailed.append(command[-1])
            return 0

        def remember(theme: str, place: tuple[str, str]) -> None:
            machine.remembered.append((theme, place))

        session = Session(
            progress or Record(),
            playbook,
            clock=clock or machine.clock,
            save=save or keep,
            attachment_store=AttachmentStore(
                keep_file=lambda source, going: evidence_folder.store_file(source, tmp_path / "evidence", going),
                keep_text=lambda name, words: evidence_folder.store_text(name, words, tmp_path / "evidence"),
                find_file=lambda file: evidence_folder.find_stored_file(file, tmp_path / "evidence"),
            ),
            read_only_reason=read_only,
            is_new=is_new,
        )
        write_versions(tmp_path / "person" / "progress.toml")
        where = resolve_paths(tmp_path / "person", None, {})._replace(
            cache=cache or _put_usual_cache(tmp_path / "cache", playbook)
        )
        lookout = PageWatcher(load_guidance_in_use(where), where, permission, fetch_over_network, clock=machine.clock)
        if offer:
            lookout.feed.offered = lookout.feed.judge(offer, "guide.example.org")
        desk = AppContext(
            session=session,
            browser=make_browser,
            clipboard=make_clipboard,
            reasons=load_reason_texts,
            countries=load_countries,
            symbols=UNICODE_SYMBOLS,
            record_location=FILE,
            page_check=PageCheck(lookout, consent, save_consent=machine.consents.append),
            locale_country=home_country,
            locale_language=home_language,
            screen_language=screen_language,
            label_language=label_language,
            startup_notices=notices,
            territories=load_territories,
            evidence_folder=where.evidence,
            record_name=record_name,
            person_name=person_name,
            authorities=load_authorities,
            mail_program=make_mail_program,
            file_viewer=make_file_viewer,
            qr_lines=qr_lines,
            is_rehearsal=is_rehearsal,
            export_obstacle=export_obstacle,
            record_files=lambda: RecordFiles(where, machine.clock),
            chat_scan=ChatScan(
                lambda: machine.known_chats,
                load_former_names=lambda: machine.former_names,
                search=read_chats,
                count=count_chats,
            ),
        )
        own_keys = OWN_KEYS if keymap is None else keymap
        app = make_app(desk, theme=theme, position=at, keymap=own_keys, save_ui_state=remember, no_color=no_color)
        async with app.run_test(size=size, notifications=True) as pilot:
            walker = Walker(app, pilot, session, machine)
            pop_up = app.notify

            def notify(message: str, **more: Any) -> None:
                walker.said.append(message)
                pop_up(message, **more)

            monkeypatch.setattr(app, "notify", notify)
            walker.said.extend(each.text for each in desk.status_messages.current)
            await walker.settled()
            if any(at) and isinstance(app.screen, ChecklistScreen):
                app.screen.go_to(*at)  # the program itself begins at the next thing
                await walker.settled()
            yield walker
            if app.is_running:
                walker.render_widgets()

    return open_app


def _put_usual_cache(folder: Path, playbook: Playbook) -> Path:
    """One page, on which nothing rests, that changed since it was read."""
    if not _USUAL_CACHE:
        keep(PageCache(folder), playbook, "noyb-survey", NOW, NOW_SAYS, read=BEFORE)
        _USUAL_CACHE.update(
            (file.relative_to(folder), file.read_bytes()) for file in folder.rglob("*") if file.is_file()
        )
    for path, content in _USUAL_CACHE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


_USUAL_CACHE: dict[Path, bytes] = {}
"""The files of that cache, since writing them durably takes longer than opening the app."""
