"""How far a page check or a chat scan is, as one line with a bar."""

from rich.cells import cell_len

from metaoptout_tui.app.chat_scan import ChatScan
from metaoptout_tui.app.page_check import PageCheck
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.ui.symbols import Symbols

_MIN_BAR_WIDTH, _MAX_BAR_WIDTH = 3, 30
_MEGABYTE = 1_000_000


def page_check_line(page_check: PageCheck, width: int, symbols: Symbols) -> str:
    """How far the check is; what came of the last one where none is under way; empty before the first."""
    if not page_check.is_running:
        return page_check.outcome
    words = f"{page_check.job.done} of {page_check.job.total} looked at. Esc stops."
    bar = _progress_bar(page_check.job, width - cell_len(f"Looking  {words}"), symbols)
    return f"Looking {bar} {words}" if bar else f"Looking: {words}"


def chat_scan_line(chat_scan: ChatScan, width: int, symbols: Symbols) -> str:
    """How far the scan is: a bar, megabytes and the time that is left, as far as it can be told."""
    job, left = chat_scan.job, chat_scan.seconds_left
    if not job.total:
        return "Looking for chats"
    words = f"{_format_megabytes(job.done)} of {_format_megabytes(job.total)} MB"
    words += "" if left is None else f", {_format_duration(left)} left"
    bar = _progress_bar(job, width - cell_len(f" {words}"), symbols)
    return f"{bar} {words}" if bar else words


def _progress_bar(job: Job, room: int, symbols: Symbols) -> str:
    """A bar as wide as there is room for, up to its usual width; none where there is too little or the total is not known."""
    width = min(_MAX_BAR_WIDTH, room)
    if width < _MIN_BAR_WIDTH or not job.total:
        return ""
    full = width * job.done // job.total
    return f"{symbols.bar_full * full}{symbols.bar_empty * (width - full)}"


def _format_megabytes(count: int) -> str:
    return f"{count / _MEGABYTE:,.1f}" if count < 10 * _MEGABYTE else f"{count // _MEGABYTE:,}"


def _format_duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
