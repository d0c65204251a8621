"""The fields of a diary entry that its sentence does not tell, each with a label, in words."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.case_file.entry_sentences import (
    CountryNames,
    chat_count_lines,
    document_sentence,
    download_count_lines,
    download_day_lines,
    has_own_sentence,
)
from metaoptout_tui.core.case_file.redaction import left_out
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, pgettext
from metaoptout_tui.core.objection.replies import reply_of
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, correctable_fields, is_month_alone, partial_date_of
from metaoptout_tui.core.record.vocabulary import (
    ANSWER_WORDS,
    ARRIVAL_DAY,
    ARRIVAL_UNKNOWN,
    BELONGS_TO,
    CORRECTED_EVENT,
    CORRECTED_FIELD,
    COUNTED_DAYS,
    COUNTS,
    DAY_KNOWN,
    EMAIL,
    FORM,
    LETTER_SENT_ONLINE,
    META_WORDS,
    NAMED_ACCOUNTS,
    NAMES_ALL,
    NAMES_ONE,
    NO_EXAMPLES_GROUNDS,
    NO_REASONS,
    NOT_AVAILABLE_GROUNDS,
    NOTE,
    NOTE_TEXT,
    OWN_SENDER,
    RECEIVED_ON,
    REFERENCE,
    REWORDED_EVENT,
    SENT_BY,
    SENT_BY_LETTER,
    TAKEN_BACK_EVENT,
    WRONG_FORM_GROUNDS,
    EventField,
)

MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS = 1_000, 100_000
"""Characters of what a person wrote: as many as a record may hold, since evidence is never shortened."""

_VALUE_WORDS: Mapping[tuple[str, str], str] = {
    ("grounds", NOT_AVAILABLE_GROUNDS): mark("not available where the person is"),
    ("grounds", WRONG_FORM_GROUNDS): mark("the form was the wrong one"),
    ("grounds", NO_EXAMPLES_GROUNDS): mark("prompts or examples were missing"),
    ("grounds", "given"): mark("grounds were given"),
    ("grounds", NO_REASONS): mark("no grounds were given"),
    (RECEIVED_ON.name, ARRIVAL_UNKNOWN): mark("the day is not known"),
    (ARRIVAL_DAY.name, ARRIVAL_UNKNOWN): mark("the day is not known"),
    (NAMED_ACCOUNTS.name, NAMES_ALL): mark("all linked accounts"),
    (NAMED_ACCOUNTS.name, NAMES_ONE): mark("one account alone"),
    (CORRECTED_FIELD.name, NOTE_TEXT.name): mark("the words of the note"),
    (CORRECTED_FIELD.name, NOTE.name): mark("the note to the entry"),
    (CORRECTED_FIELD.name, META_WORDS.name): mark("Meta's words"),
    (CORRECTED_FIELD.name, ANSWER_WORDS.name): mark("what was answered"),
    (CORRECTED_FIELD.name, REFERENCE.name): mark("the reference"),
    (CORRECTED_FIELD.name, FORM.name): mark("the form"),
    (CORRECTED_FIELD.name, EMAIL.name): mark("the e-mail address it was sent with"),
}
"""What a word of the file says, by the name of its field, where no sentence of the entry says it."""


class CaseDiaryDetail(NamedTuple):
    """A field of an entry: its label and its value, which may have several lines."""

    label: str
    value: str


def untruncated_line(value: str) -> str:
    """A line that a person wrote, cleaned and whole."""
    return text.clean_line(value, MAX_LINE_CHARACTERS)


def untruncated_text(value: str) -> str:
    """Text that a person wrote, cleaned and whole."""
    return text.clean_block(value, MAX_TEXT_CHARACTERS, lines=MAX_TEXT_CHARACTERS)


class EntryDetails(NamedTuple):
    """Makes the details of entries, from what is known of their whole diary: `events_by_id`."""

    playbook: Playbook
    country_names: CountryNames
    events_by_id: Mapping[str, Event]
    platform: str

    def sentence_of(self, event: Event) -> str:
        """The entry in the words of a document."""
        return document_sentence(event, self.playbook, self.country_names, self.platform)

    def of(self, event: Event, written: Event) -> Iterator[CaseDiaryDetail]:
        """The details of an entry as it counts now, and of `written`, as it was first, where words were put right."""
        rules, reply = rules_of(event.kind), reply_of(event)
        told_fields = {DAY_KNOWN.name, *(reply.fields if reply is not None else ())}
        if not has_own_sentence(event):
            told_fields |= {*rules.fields_in_sentence}
        for name, field in rules.fields.items():
            value = event.fields.get(name)
            is_shown = name not in told_fields and not field.is_internal and value not in ("", None)
            if is_shown and (words := self._value_in_words(event, field, value)):
                yield CaseDiaryDetail(field.translated_label, words)
        if event.kind == EventKind.FILED and not event.text(FORM.name):
            yield CaseDiaryDetail(
                FORM.translated_label, pgettext("the form of an objection", "Meta's form; which one is not noted")
            )
        if event.fields.keys() - rules.fields.keys():
            yield CaseDiaryDetail(
                pgettext("further details of an entry", "Further"), _("written by another version, not shown here")
            )
        for name in correctable_fields(event.kind):
            before = written.text(name)
            if before and before != event.text(name):
                field = rules.fields[name]
                label = _("{label}, as first written").format(label=field.translated_label)
                yield CaseDiaryDetail(label, self._value_in_words(written, field, before))

    def _value_in_words(self, event: Event, field: EventField, value: object) -> str:
        """A value as a person reads it: a day or form in words, another entry by its sentence; empty for nothing to tell."""
        match value:
            case datetime():
                return dates.format_with_offset(value)
            case date():
                return dates.format_full_day(value)
            case bool():
                return ""
            case int():
                return format_number(value) if value >= 0 else ""
            case Mapping():
                return untruncated_text("\n".join(_lines_of(event, field, value)))
            case str():
                return self._text_in_words(event, field, value)
            case _:
                return ""

    def _text_in_words(self, event: Event, field: EventField, value: str) -> str:
        if field in (FORM, SENT_BY) and value == SENT_BY_LETTER:
            return pgettext("how something was sent", "post")
        if field == FORM and value == LETTER_SENT_ONLINE:
            return pgettext("how something was sent", "a letter, by e-mail or online")
        is_form = field == FORM or (field.name == "to" and event.text(CORRECTED_FIELD.name) == FORM.name)
        if is_form and value != left_out():
            return self._form_in_words(value)
        if field in (BELONGS_TO, CORRECTED_EVENT, REWORDED_EVENT, TAKEN_BACK_EVENT):
            return self._entry_in_words(value)
        if field == OWN_SENDER:
            return ""  # the sentence says whose messages are counted
        if words := _VALUE_WORDS.get((field.name, value)):
            return _(words)
        return untruncated_text(value)

    def _entry_in_words(self, id: str) -> str:
        event = self.events_by_id.get(id)
        if event is None:
            return _("an entry that is not in the record")
        sentence = self.sentence_of(event)
        # Translators: {event} is such as “Objection sent”, {moment} the day and time of that entry.
        partial_date = f"{event.at:%Y-%m}" if is_month_alone(event) else partial_date_of(event)
        moment = dates.format_partial_date(partial_date) if partial_date else dates.format_as_given(event.at)
        words = _("{event}, {moment}").format(event=sentence, moment=moment)
        return untruncated_line(words)

    def _form_in_words(self, form: str) -> str:
        text_id = f"form.{form}"
        if text_id in self.playbook.texts:
            return self.playbook.texts.sentence(text_id)
        return _("a form of Meta that is not in this guidance")


def _lines_of(event: Event, field: EventField, values: Mapping[object, object]) -> Iterator[str]:
    """A table of values in lines: counts and days by their kind in words, the SHA-256 of files by their names."""
    if field == COUNTS:
        yield from chat_count_lines(event) if event.kind == EventKind.REVIEWED_CHATS else download_count_lines(values)
    elif field == COUNTED_DAYS:
        yield from download_day_lines(values)
    else:
        yield from (f"{key}: {values[key]}" for key in sorted(values, key=str) if isinstance(values[key], str))
