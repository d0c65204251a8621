"""The part of a file of Meta's download that is in memory while it is read, however large the file is."""

import codecs

from metaoptout_tui.imports.files import ReadableStream, read_at_most

WINDOW_BYTES = 1 << 16


class TextWindow:
    """The part of a UTF-8 text that is in memory, and the place in it up to which it was read."""

    def __init__(self, stream: ReadableStream) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._at = 0
        self._dropped = 0
        self._is_at_end = False

    @property
    def position(self) -> int:
        """How many characters were read."""
        return self._dropped + self._at

    def _read_on(self, at_least: int = 0) -> bool:
        """Read more of the stream, and drop what was read before; false at its end."""
        if self._is_at_end:
            return False
        byte_count = max(WINDOW_BYTES, at_least)
        data = read_at_most(self._stream, byte_count)
        self._is_at_end = len(data) < byte_count
        self._dropped += self._at
        self._text = self._text[self._at :] + self._decoder.decode(data, self._is_at_end)
        self._at = 0
        return True
