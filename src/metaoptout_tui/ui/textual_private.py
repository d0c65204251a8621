"""The only uses of Textual's private names, for what Textual does not offer publicly.

`tests/ui/test_textual_private.py` fails when a new Textual has them no longer.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from rich.console import RenderableType
from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

Result = TypeVar("Result")


class CrashReportingApp(App[Result]):
    """An App with a crash report of its own: Textual's report contains the values of local variables."""

    def report_crash(self) -> None:
        """Print a report, while the exception is being handled, and end."""
        raise NotImplementedError  # each App has its own report

    def _fatal_error(self) -> None:
        self.report_crash()


class HeldBackScreen(Screen[Result]):
    """A screen that is not rendered while the App holds updates back: Textual would render it and discard that."""

    def _compositor_refresh(self) -> None:
        if not self.app._batch_count:  # noqa: SLF001 - the reason above
            super()._compositor_refresh()


def draw_once(screen: Screen[Any]) -> None:
    """Draw a screen that was held back, once, with its layout: Textual would draw it a second time when it is shown."""
    screen._repaint_required = False  # noqa: SLF001 - the reason above
    screen.check_idle()


def end_after_crash(app: App[Any], report: RenderableType, code: int) -> None:
    """End the App with an exit code, and print a report once the terminal is restored.

    `exit` could wait for a part that crashed.
    """
    app._return_code = code  # noqa: SLF001 - the reason above
    app._exit_renderables.append(report)  # noqa: SLF001 - the reason above
    app._close_messages_no_wait()  # noqa: SLF001 - the reason above


def has_given_terminal_back(app: App[Any]) -> bool:
    """Whether the App suspended itself, so that it has to set up the terminal again; True where unknown."""
    return bool(getattr(app._driver, "_must_signal_resume", True))  # noqa: SLF001 - no event says so


def read_terminal_with(make_decoder: Callable[[], object]) -> None:
    """Decode what the terminal sends with a decoder of our own: Textual's ends the program at bytes that are no UTF-8."""
    from textual.drivers import linux_driver  # not there on Windows

    vars(linux_driver)["getincrementaldecoder"] = lambda _encoding: make_decoder


def own_bindings_for_key(screen: Screen[Any], key: str) -> list[Binding]:
    """The bindings of the screen itself for a key, also those that the focused field takes first."""
    return screen._bindings.key_to_bindings.get(key, [])  # noqa: SLF001 - `active_bindings` leaves those out
