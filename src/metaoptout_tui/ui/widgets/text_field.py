"""A field of one line, whose text is selected with the focus, so that what is typed takes its place."""

from textual import events
from textual.widgets import Input


class TextField(Input):
    """A field of one line. Space alone does not take the place of its whole text: it is pressed to choose, as in a list."""

    def on_key(self, event: events.Key) -> None:
        """Keep the text on Space, with the cursor behind it, where all of it is selected."""
        if event.key == "space" and self.value and self.selected_text == self.value:
            event.stop()
            event.prevent_default()
            self.cursor_position = len(self.value)
