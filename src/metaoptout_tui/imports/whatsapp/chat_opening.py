"""Opens an exported chat: learns how its headers are written, and reports how far it is read."""

from collections.abc import Iterator
from contextlib import contextmanager

from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.imports.files import ReadableStream, read_at_most
from metaoptout_tui.imports.whatsapp import sources
from metaoptout_tui.imports.whatsapp.headers import HEAD_BYTES, HeaderPatterns, learn_header_patterns
from metaoptout_tui.imports.whatsapp.sources import ChatSource

NOT_A_CHAT = mark("No line in its first 64 KiB begins as a message of a WhatsApp export does.")
EMPTY_FILE = mark("It is empty.")


class NotAChat(FileRefused):
    """The text is no WhatsApp export."""


class ScanMonitor:
    """Opens the texts, and reports the progress of reading to the job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.texts = sources.TextOpener(job.check, self.add_bytes)
        self.total_bytes = 0
        self._done_bytes = self._text_start = self._text_bytes = self._bytes_per_reading = 0

    def start_text(self, size: int, name: str) -> None:
        """Begin the next text; `size` is its stated size in bytes."""
        self.job.report(self._done_bytes, self.job.total, name)
        self._text_start, self._text_bytes, self._bytes_per_reading = self._done_bytes, size, size

    def expect_another_reading(self) -> None:
        """Add the size of the current text once more, since it is read again."""
        self.total_bytes += self._bytes_per_reading
        self._text_bytes += self._bytes_per_reading

    def add_bytes(self, count: int) -> None:
        """Add bytes that were read."""
        self._done_bytes = min(self._done_bytes + count, self._text_start + self._text_bytes)
        self.job.report(self._done_bytes, self.total_bytes)

    def finish_text(self) -> None:
        """Count the current text as done, even if it was not read to its end."""
        self._done_bytes = self._text_start + self._text_bytes
        self.job.report(self._done_bytes, self.total_bytes)


@contextmanager
def open_chat(source: ChatSource, monitor: ScanMonitor) -> Iterator[tuple[HeaderPatterns, bytes, ReadableStream]]:
    """The header patterns of a chat, its first bytes, and a stream of its whole text. Raises NotAChat."""
    with monitor.texts.open(source) as stream:
        head = read_at_most(stream, HEAD_BYTES)
        text: ReadableStream = sources.PrependedStream(head, stream)
        if b"\n" not in head and b"\r" in head:
            head, text = head.replace(b"\r", b"\n"), sources.CarriageReturnStream(text)
        patterns = learn_header_patterns(head)
        if patterns is None:
            raise NotAChat(_(NOT_A_CHAT if head else EMPTY_FILE))
        yield patterns, head, text
