"""The fields of a reply: when it came, its reference and a note; above them what Enter does."""

from collections.abc import Callable, Mapping
from datetime import datetime

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.mail import Mail
from metaoptout_tui.core.objection.case_numbers import all_case_number_labels, case_number_words
from metaoptout_tui.ui.widgets.fields import MomentFields
from metaoptout_tui.ui.widgets.text_field import TextField

_TEXT_FIELDS = {
    "reference": ("", ""),  # whose number it is depends on the reply
    "note": (mark("Note"), mark("sender and subject")),
}
"""The fields for text, with their labels and their placeholders."""


_PADDING_OF_LABEL = 2


class ReplyFields(Vertical):
    """The moment of a reply, which is now as long as nothing is changed, and its texts."""

    DEFAULT_CSS = """
    ReplyFields { height: auto; border-top: solid $line; }
    ReplyFields #records { height: auto; padding: 0 1; text-style: bold; }
    ReplyFields .field { height: 1; layout: horizontal; }
    ReplyFields .field Input { width: 1fr; }
    """

    _offered_number = ""
    """The number in the field that nobody typed for this reply."""

    def __init__(self, clock: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._moment_fields = MomentFields(clock, day_placeholder=_("2026-11-20, 20/11, yesterday"), classes="field")

    def compose(self) -> ComposeResult:
        """What Enter does, then one field below the other."""
        yield Static(id="records", markup=False)
        yield self._moment_fields
        for name, (label, placeholder) in _TEXT_FIELDS.items():
            with Container(classes="field"):
                yield Static(_(label) if label else "", classes=f"field-name -{name}", markup=False)
                yield TextField(id=name, placeholder=_(placeholder) if placeholder else "")

    def on_mount(self) -> None:
        """Make the labels as wide as the longest of them; the one for the time stands behind the day, in its row."""
        labels = {label: cell_len(str(label.content)) for label in self.query(Static).filter(".field-name")}
        in_column = [label for label in labels if not label.has_class("-time")]
        column = max(*(labels[label] for label in in_column), *map(cell_len, all_case_number_labels()))
        column += _PADDING_OF_LABEL
        for label, width in labels.items():
            label.styles.width = column if label in in_column else width + _PADDING_OF_LABEL

    def ask_for_number_of(self, kind: str, given_before: str) -> None:
        """Ask for the case number that comes with a kind of reply, Meta's or the authority's; not where none comes.

        The number that was `given_before` stands in the field, unless the person typed or removed one.
        """
        words, field = case_number_words(kind), self.query_one("#reference", Input)
        if field.parent is not None:
            field.parent.display = words is not None
        if words is not None:
            field.placeholder = words.placeholder
            self.query_one(".field-name.-reference", Static).update(words.label)
        if field.value == self._offered_number:
            with self.prevent(Input.Changed):
                field.value = given_before
        self._offered_number = given_before

    @property
    def texts(self) -> dict[str, str]:
        """The reference and the note."""
        return {name: self.query_one(f"#{name}", Input).value for name in _TEXT_FIELDS}

    @property
    def typed_values(self) -> dict[str, str]:
        """The texts, but for a number that is only offered, and what was typed as day and time."""
        texts = self.texts
        if texts["reference"] == self._offered_number:
            texts["reference"] = ""
        return {**texts, **self._moment_fields.typed_texts}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Fill all fields with texts by name; without a text, day and time get what is offered, the others nothing."""
        self._moment_fields.fill(texts)
        self._offered_number = ""
        for name in _TEXT_FIELDS:
            self.query_one(f"#{name}", Input).value = texts.get(name, "")

    def fill_from_mail(self, mail: Mail) -> None:
        """Fill in what a mail tells."""
        sent_at = mail.moment_by(self._clock())
        moment_texts = self._moment_fields.texts_of(sent_at)._asdict() if sent_at is not None else {}
        self.fill({**moment_texts, "reference": mail.reference, "note": mail.note})

    def show_enter_effect(self, words: str) -> None:
        """Show what Enter does now."""
        self.query_one("#records", Static).update(words)

    def focus_day(self) -> None:
        """Go to the first field."""
        self._moment_fields.focus_day()

    def moment(self) -> datetime | None:
        """The moment in the fields, None for now. Raises ValueError, with a sentence, for texts that are no moment."""
        return self._moment_fields.moment()

    def moment_text(self, offered: datetime | None = None) -> str:
        """How the moment is understood: `20 Nov, 14:09`; `when?` where it is not. Unchanged fields mean `offered`, or now."""
        now = self._clock()
        try:
            return dates.format_understood_moment(self.moment() or offered or now, now)
        except ValueError:
            return _("when?")
