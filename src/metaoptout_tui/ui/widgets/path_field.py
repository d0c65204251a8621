"""The field for a path: it completes what is typed, and says so where files are dropped on it."""

from textual import events
from textual.message import Message
from textual.widgets import Input

from metaoptout_tui.app.typed_paths import complete_path, parse_pasted_paths, path_exists
from metaoptout_tui.core.errors import InputRefused


class PathField(Input):
    """A field for a path. Of files only those that end in one of `suffixes`, where there are any, are named.

    Where `hands_on_drops`, files that are dropped on the field, which a terminal pastes quoted in its own way, come as a
    message and not into the field.
    """

    class Dropped(Message):
        """Something was pasted that names files that are there."""

        def __init__(self, paths: tuple[str, ...]) -> None:
            super().__init__()
            self.paths = paths

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,
        placeholder: str = "",
        suffixes: tuple[str, ...] = (),
        hands_on_drops: bool = False,
    ) -> None:
        super().__init__(value, id=id, placeholder=placeholder)
        self._suffixes = suffixes
        self._hands_on_drops = hands_on_drops

    def complete(self) -> tuple[str, ...]:
        """Go on with the path as far as there is no choice; the names it may go on with where there are several."""
        completed = complete_path(self.value, self._suffixes)
        self.value = completed.path
        self.cursor_position = len(self.value)
        return completed.candidates

    def on_paste(self, event: events.Paste) -> None:
        """Hand on files that are there; anything else goes into the field, where nothing is lost by it."""
        try:
            paths = parse_pasted_paths(event.text) if self._hands_on_drops else ()
        except InputRefused:  # said once it is to be taken
            return
        is_free = not self.value.strip() or self.selected_text == self.value
        if paths and all(map(path_exists, paths)) and is_free:
            event.prevent_default()
            event.stop()
            self.post_message(self.Dropped(paths))
