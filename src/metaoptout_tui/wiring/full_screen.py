"""Wires the full screen: what it starts with, its appearance, and what is outside, for the App."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.cli.output import EXIT_OK, narrate, print_line
from metaoptout_tui.wiring.common_start import load_settings, start_on_record
from metaoptout_tui.wiring.outside import Surroundings, draw_qr_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from metaoptout_tui.app.paths import AppPaths
    from metaoptout_tui.app.session import OpenRecord
    from metaoptout_tui.core.guidance.playbook import Playbook
    from metaoptout_tui.core.settings import Config
    from metaoptout_tui.storage.settings_files import RememberedState
    from metaoptout_tui.ui.app import MetaOptOutApp
    from metaoptout_tui.ui.context import AppContext
    from metaoptout_tui.ui.leaving import AfterLeaving
    from metaoptout_tui.wiring.common_start import CommonStart


class _Appearance(NamedTuple):
    """How the full screen looks, and which keys it has; `notices` say what of the settings for it was not understood."""

    theme: str
    keymap: dict[str, str]
    no_color: bool
    state: RememberedState
    notices: tuple[str, ...]


def choose_record_on_screen(paths: AppPaths) -> AfterLeaving:
    """Ask whose record is to be opened, where there are several people's: that is to come, or the end of the process."""
    from metaoptout_tui.app.files.people import PeopleOfRecord
    from metaoptout_tui.ui.base.app import run_app
    from metaoptout_tui.ui.leaving import LeftForPerson, LeftToEnd
    from metaoptout_tui.ui.questions_at_start import WhoseRecordApp

    names = PeopleOfRecord(paths).names
    if not any(names):
        return LeftForPerson("")
    config = load_settings(paths).config
    appearance = _load_appearance(paths, config)
    app = WhoseRecordApp(names, theme=appearance.theme, keymap=appearance.keymap, no_color=appearance.no_color)
    name = run_app(app, mouse=config.mouse)
    return LeftForPerson(name) if name is not None else LeftToEnd(app.return_code or EXIT_OK)


def open_full_screen(
    paths: AppPaths,
    *,
    offline: bool = False,
    clock: Clock = system_clock,
    surroundings: Surroundings = Surroundings(),  # noqa: B008 - it cannot be changed
) -> AfterLeaving:
    """Open the full screen and stay until the person leaves; what is to come after."""
    gc.disable()  # until the first screen stands, as from the beginning of the process
    from metaoptout_tui.ui.leaving import LeftToEnd
    from metaoptout_tui.ui.start import open_record_or_ask, run_until_left

    settings = load_settings(paths)
    appearance = _load_appearance(paths, settings.config)

    def open_or_ask(playbook: Playbook) -> OpenRecord | int:
        return open_record_or_ask(
            paths.progress,
            playbook,
            clock=clock,
            theme=appearance.theme,
            keymap=appearance.keymap,
            no_color=appearance.no_color,
            narrate=narrate,
        )

    rehearsal = surroundings.rehearsal
    start = start_on_record(paths, settings, open_or_ask, clock=clock, offline=offline, rehearsal=rehearsal)
    if isinstance(start, int):
        return LeftToEnd(start)
    app = _make_app(paths, settings.config, appearance, start, surroundings)
    try:
        return run_until_left(
            app,
            start.opened,
            path=paths.progress if rehearsal is None else None,
            is_one_of_several=os.path.isdir(paths.people_folder),
            mouse=settings.config.mouse,
            narrate=narrate,
            print_line=print_line,
        )
    finally:
        gc.enable()


def _collect_garbage_from_now_on() -> None:
    """Look for garbage again, but not through what is there by now, which lives as long as the program."""
    gc.freeze()
    gc.enable()


def _load_appearance(paths: AppPaths, config: Config) -> _Appearance:
    from metaoptout_tui.app.commands.key_table import read_key_table
    from metaoptout_tui.storage.settings_files import load_state
    from metaoptout_tui.ui.theme import initial_theme, unknown_theme_notices

    state = load_state(paths.state)
    no_color = bool(os.environ.get("NO_COLOR"))
    theme = initial_theme(
        configured=config.theme, remembered=state.theme, remembered_for=state.theme_config, no_color=no_color
    )
    keymap, key_notices = read_key_table(config, paths.config.name)
    notices = (*unknown_theme_notices(config.theme, paths.config.name), *key_notices)
    return _Appearance(theme, keymap, no_color, state, notices)


def _make_app(
    paths: AppPaths, config: Config, appearance: _Appearance, start: CommonStart, surroundings: Surroundings
) -> MetaOptOutApp:
    from metaoptout_tui.ui.app import MetaOptOutApp

    def send_to_terminal(text: str) -> None:
        app.call_from_thread(app.copy_to_clipboard, text)

    context = _app_context(paths, config, appearance, start, surroundings, send_to_terminal)
    app = (surroundings.make_app or MetaOptOutApp)(
        context,
        theme=appearance.theme,
        position=(appearance.state.account, appearance.state.step),
        keymap=appearance.keymap,
        save_ui_state=_saver_of_ui_state(paths, config, appearance),
        once_shown=_collect_garbage_from_now_on,
        no_color=appearance.no_color,
        interrupted=surroundings.interrupted,
    )
    return app


def _app_context(
    paths: AppPaths,
    config: Config,
    appearance: _Appearance,
    start: CommonStart,
    surroundings: Surroundings,
    send_to_terminal: Callable[[str], None],
) -> AppContext:
    from metaoptout_tui.ui.context import AppContext
    from metaoptout_tui.ui.terminal import symbols_for_terminal

    symbols, symbol_notices = symbols_for_terminal(config.marks)
    return AppContext(
        **start.context.values(),
        browser=surroundings.make_browser,
        clipboard=lambda: surroundings.make_clipboard(send_to_terminal),
        mail_program=lambda: surroundings.make_mail_program(paths.handed_letters),
        file_viewer=surroundings.make_file_viewer,
        qr_lines=draw_qr_code,
        symbols=symbols,
        page_check=start.page_check,
        startup_notices=(*surroundings.notices, *start.notices, *appearance.notices, *symbol_notices),
        is_rehearsal=surroundings.rehearsal is not None,
    )


def _saver_of_ui_state(
    paths: AppPaths, config: Config, appearance: _Appearance
) -> Callable[[str, tuple[str, str]], None]:
    """A function that keeps the place, and the theme where the person chose another, for the next start."""
    from metaoptout_tui.storage.settings_files import load_state, save_state

    def save_ui_state(current_theme: str, position: tuple[str, str]) -> None:
        account, step = position
        state = load_state(paths.state)  # others write there too
        state = state._replace(
            theme=appearance.state.theme, theme_config=appearance.state.theme_config, account=account, step=step
        )
        if current_theme != appearance.theme and not appearance.no_color:
            state = state._replace(theme=current_theme, theme_config=config.theme)
        save_state(paths.state, state)

    return save_ui_state
