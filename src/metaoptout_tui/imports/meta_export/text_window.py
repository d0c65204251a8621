"""The part of a text of any size that is in memory while it is read as a stream."""

import codecs

from metaoptout_tui.imports.files import ReadableStream, read_at_most


class TextWindow:
    """Holds the text from the place up to which it was read, and takes in more of the stream when it is asked to."""

    def __init__(self, stream: ReadableStream) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._at = 0
        self._dropped = 0
        self._is_at_end = False

    def _read_on(self, byte_count: int) -> bool:
        """Take in more of the stream, and drop what was read before; false at its end."""
        if self._is_at_end:
            return False
        data = read_at_most(self._stream, byte_count)
        self._is_at_end = len(data) < byte_count
        self._dropped += self._at
        self._text = self._text[self._at :] + self._decoder.decode(data, self._is_at_end)
        self._at = 0
        return True
