"""Fields for the names of accounts, one for each platform on which a person has several."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from metaoptout_tui.app.record.account_service import SEVERAL_NAMES, split_account_names
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.widgets.text_field import TextField

_PREFIX = "names-"


class AccountNameFields(Vertical):
    """The fields; each is shown while there are several accounts on its platform."""

    DEFAULT_CSS = "AccountNameFields { height: auto; }"

    def __init__(self, platforms: Sequence[tuple[str, str]], draft: Mapping[str, str]) -> None:
        super().__init__()
        self._platforms = platforms
        self._draft = draft

    def compose(self) -> ComposeResult:
        """One field a platform."""
        for id, name in self._platforms:
            typed = self._draft.get(f"{_PREFIX}{id}", "")
            yield TextField(typed, placeholder=_(SEVERAL_NAMES).format(platform=name), id=f"{_PREFIX}{id}")

    def show_for(self, platform_ids: Iterable[str]) -> None:
        """Show the fields of the platforms that come several times."""
        counts = Counter(platform_ids)
        for field in self._fields:
            field.display = counts[_platform_of(field)] > 1

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field."""
        event.stop()
        self.screen.focus_next()

    @property
    def _fields(self) -> list[Input]:
        return list(self.query(Input))

    @property
    def typed(self) -> dict[str, str]:
        """What is typed, by the name under which it is kept."""
        return {field.id or "": field.value for field in self._fields}

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names in the fields that are shown, by platform."""
        return {_platform_of(field): split_account_names(field.value) for field in self._fields if field.display}

    def offer(self, typed: str) -> str | None:
        """Put names typed elsewhere into the first field that is shown and empty; its platform's name, None where there is none."""
        field = next((each for each in self._fields if each.display and not each.value.strip()), None)
        if field is None:
            return None
        field.value = typed.strip()
        return dict(self._platforms)[_platform_of(field)]


def _platform_of(field: Input) -> str:
    return (field.id or "").removeprefix(_PREFIX)
