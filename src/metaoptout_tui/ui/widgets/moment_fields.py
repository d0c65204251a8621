"""The two fields for when something happened: a day and a time of day."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input, Static

from metaoptout_tui.core import dates


class MomentTexts(NamedTuple):
    """Day and time as they stand in the fields."""

    day: str
    time: str


class MomentFields(Container):
    """A day and a time, which begin as the moment that is offered: now, unless it is another."""

    DEFAULT_CSS = "MomentFields { height: auto; }"

    def __init__(
        self,
        clock: Callable[[], datetime],
        offered: datetime | None = None,
        *,
        day_label: str = "Day",
        placeholders: tuple[str, str] = ("", ""),
        classes: str | None = None,
    ) -> None:
        super().__init__(classes=classes)
        self._clock = clock
        self._offered = offered
        self._labels = (day_label, "Time")
        self._placeholders = placeholders
        self.offered_texts = self.texts_of(offered or clock())

    def compose(self) -> ComposeResult:
        """Each field behind its name."""
        for name, label, placeholder in zip(MomentTexts._fields, self._labels, self._placeholders, strict=True):
            yield Static(label, classes=f"field-name -{name}", markup=False)
            yield Input(id=name, placeholder=placeholder)

    def texts_of(self, at: datetime) -> MomentTexts:
        """A moment as it is written here."""
        local = at.astimezone(self._clock().tzinfo)
        return MomentTexts(local.date().isoformat(), f"{local:%H:%M}")

    @property
    def texts(self) -> MomentTexts:
        """What stands in the fields."""
        return MomentTexts(*(self.query_one(f"#{name}", Input).value for name in MomentTexts._fields))

    @property
    def changed_texts(self) -> dict[str, str]:
        """What stands in a field otherwise than it was offered, by its name."""
        offered = self.offered_texts._asdict()
        return {name: words for name, words in self.texts._asdict().items() if words != offered[name]}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into the fields, by name; what is offered where there is none."""
        for name, offered in self.offered_texts._asdict().items():
            self.query_one(f"#{name}", Input).value = texts.get(name, offered)

    def focus_day(self) -> None:
        """Go to the first field."""
        self.query_one("#day", Input).focus()

    def moment(self) -> datetime | None:
        """What the fields say; what was offered, None for now, where it was left. Raises ValueError, with a sentence."""
        if not self.changed_texts:
            return self._offered
        return dates.parse_moment(*self.texts, self._clock())
