"""A letter of an account while it is written: how it is filled, its English version, what is sent, printed and recorded."""

import re
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.app.letters.letter_from_diary import (
    LetterContext,
    complaint_addressee,
    facts_of_letter,
    is_to_authority,
    law_of_letter,
    letter_from_diary,
)
from metaoptout_tui.app.letters.letter_sender import (
    CONTROLLER,
    SENDER_PLACEHOLDERS,
    SenderMemory,
    controller_under,
    has_lost_lines,
    in_one_line,
    remember_for_letters,
    remembered_in_one_line,
    remembered_sender,
    without_name_line,
)
from metaoptout_tui.app.record.diary_service import SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.formatting import format_list, quoted
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import language_in_use
from metaoptout_tui.core.letters.letter_file_names import letter_file_name
from metaoptout_tui.core.letters.letters import (
    EVENT_KIND_BY_LETTER,
    Letter,
    LetterPiece,
    find_placeholder_values,
    repeated_gaps,
)
from metaoptout_tui.core.objection.event_sentences import day_of_event, describe_event
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import SENDER_ADDRESS, SENDER_NAME, make_draft_key
from metaoptout_tui.core.record.event_ids import moment_of_id
from metaoptout_tui.core.record.event_kinds import rules_of
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.documents.letter_head import dated_from, dated_until, split_head, with_subject
from metaoptout_tui.documents.letters import (
    addressee_of,
    file_name_in_letter,
    in_language_of_letter,
    letter_ids_for,
    letter_languages_of,
    letter_title_in,
    with_present_gaps,
)

ENGLISH_DIVIDER = "— In English —"
"""The line between a complaint in another language and its English version, in the letter itself."""


def letters_for(status: AccountStatus) -> tuple[str, ...]:
    """The ids of the letters that exist under the law of an account, in the order in which they may be needed."""
    return letter_ids_for(status.region.law, status.objection_law)


def letter_title(letter_id: str) -> str:
    """What a letter is called in a list, in the language in use."""
    return letter_title_in(letter_id, language_in_use() if language_in_use() in CONTENT_LANGUAGES else "en")


def is_to_people(letter_id: str) -> bool:
    """Whether a letter goes to people whom the person knows."""
    return addressee_of(letter_id) == "people"


def initial_language(context: LetterContext, letter_id: str, account_id: str) -> str:
    """The first language of a letter: a complaint in the authority's, any other in the person's, else English."""
    language = complaint_addressee(context, account_id).language if is_to_authority(letter_id) else context.language
    return language if language in letter_languages_of(letter_id) else "en"


class LetterDraft(NamedTuple):
    """Which letter is being written: the ids of its account and of itself, and its language. Its texts follow from these."""

    context: LetterContext
    account_id: str
    id: str
    language: str

    @property
    def draft_key(self) -> str:
        """The key under which the person's changes to it are kept, one for each language."""
        return make_draft_key("letter", self.account_id, f"{self.id}.{self.language}")

    @property
    def changed_texts(self) -> dict[str, str]:
        """What the person changed in it: `subject` and `text`, each where it was.

        The text bears the day of today, and what was filled into one of two like gaps stands in the other too.
        """
        draft = dict(self.context.session.drafts.read(self.draft_key))
        if "text" in draft:
            text = with_present_gaps(self.language, draft["text"])
            text = dated_from(self.language, text, self.context.session.now().date())
            for gap, value in repeated_gaps(self.from_diary_alone, text).items():
                text = text.replace(gap, value)
            draft["text"] = text
        return draft

    @property
    def recorded_since(self) -> tuple[Event, ...]:
        """What was recorded of the case after the person typed here last, so that the text does not tell of it."""
        typed_at = self.context.session.drafts.typed_at(self.draft_key)
        if typed_at is None or not self.context.session.drafts.read(self.draft_key):
            return ()
        events = events_in_force(self.context.session.account(self.account_id).events)
        told = (event for event in events if rules_of(event.kind).is_in_timeline)
        return tuple(event for event in told if (moment_of_id(event.id) or event.at) > typed_at)

    def words_on_recorded_since(self) -> str:
        """By name what was recorded since, and that the text is the one from before; empty for nothing."""
        session = self.context.session
        names = [_event_with_day(event, session) for event in self.recorded_since]
        if not names:
            return ""
        words = _("Your text is older than what was recorded since, and does not tell it: {events}.")
        return words.format(events=format_list(names))

    @property
    def from_diary_alone(self) -> Letter:
        """The letter as the diary alone fills it."""
        return letter_from_diary(self.context, self.account_id, self.id, self.language)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return letter_languages_of(self.id)

    @property
    def language_question(self) -> ChoiceQuestion:
        """Asks for its language: first the one it begins in, an authority's own; the present one is marked."""
        first = initial_language(self.context, self.id, self.account_id)
        answers = tuple(
            (each, _("{language} (as now)").format(language=name) if each == self.language else name)
            for each in dict.fromkeys((first, *self.languages))
            for name in (language_name(each),)
        )
        why = _("Whoever gets the letter has to understand it.")
        return ChoiceQuestion(_("In which language?"), answers, self.language, (why,))

    @property
    def prefilled(self) -> Letter:
        """The letter as the diary and what is remembered of the sender fill it, without the person's changes."""
        return letter_from_diary(
            self.context,
            self.account_id,
            self.id,
            self.language,
            remembered_sender(self.context.session, self.account_id),
        )

    def remembered_since(self, before: SenderMemory) -> tuple[str, ...]:
        """What letters remember otherwise than `before`, in the words of the gaps of this one."""
        now = remembered_sender(self.context.session, self.account_id)
        names = {
            piece.placeholder: piece.text.strip("[]")
            for piece in self.from_diary_alone.body
            if piece.placeholder in now
        }
        former = {name: value for each in before.values() for name, value in each.for_letters.items()}
        return tuple(words for name, words in names.items() if now[name] != former.get(name))

    @property
    def written(self) -> "WrittenLetter":
        """The letter with the texts that the person changed in it."""
        prefilled, changed = self.prefilled, self.changed_texts
        return WrittenLetter(
            self, prefilled, changed.get("subject", prefilled.title), changed.get("text", prefilled.text)
        )

    @property
    def has_english_version(self) -> bool:
        """Whether an English version can be sent below it: the lead authority reads English."""
        return is_to_authority(self.id) and self.language != "en"

    @property
    def includes_english(self) -> bool:
        """Whether the English version is sent too: as the person chose, else where the authority may not read the letter."""
        if not self.has_english_version:
            return False
        chosen = self.context.session.remembered.of(self.account_id).sends_english
        if chosen is not None:
            return chosen
        authority = complaint_addressee(self.context, self.account_id).local_authority
        return authority is None or self.language not in authority.languages

    def add_english(self, *, is_added: bool) -> None:
        """Remember for the letters to the authority about this account whether the English version goes along."""
        remembered = self.context.session.remembered
        remembered.save(self.account_id, replace(remembered.of(self.account_id), sends_english=is_added))


def _event_with_day(event: Event, session: Session) -> str:
    # Translators: {letter} is such as “Objection sent by post”, {day} the day it was sent on.
    return _("{letter}, {day}").format(
        letter=describe_event(event, session.playbook), day=day_of_event(event, session.now())
    )


_THE_SAME_IN_EVERY_LANGUAGE = frozenset(
    {*SENDER_PLACEHOLDERS, "account", "authority", "controller", "email", "profile", "reason", "whose-name"}
)
"""The placeholders whose value needs no translation; of a reason it is said where it stands that it has none."""


_HOLDS_PLACEHOLDER = re.compile(r"\[[^\]]*\]")


class WrittenLetter(NamedTuple):
    """A letter with its texts as they stand now: as diary and memory fill it (`prefilled`), and as the person changed it."""

    letter: LetterDraft
    prefilled: Letter
    subject: str
    body: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The placeholders that still stand in it, as they are written there."""
        pieces = (*self.prefilled.subject, *self.prefilled.body)
        texts = dict.fromkeys(piece.text for piece in pieces if piece.placeholder)
        return tuple(text for text in texts if text in self.subject or text in self.body)

    def remember_sender(self) -> None:
        """Remember name, addresses and profile as they stand in it; one that is a placeholder again is forgotten.

        What still holds a placeholder is no answer, and a name or address that lost a line is no correction.
        """
        letter, from_diary_alone = self.letter, self.letter.from_diary_alone
        values = find_placeholder_values(from_diary_alone, self.subject, self.body)
        torn = self._torn_values
        open_again = {
            piece.placeholder: "" for piece in from_diary_alone.body if piece.placeholder and piece.text in self.body
        }
        answers = {
            name: value for name, value in values.items() if not _HOLDS_PLACEHOLDER.search(value) and name not in torn
        }
        if address := answers.get(SENDER_ADDRESS):
            name = answers.get(SENDER_NAME) or letter.context.session.record.name_for_letters
            answers[SENDER_ADDRESS] = without_name_line(address, name)
        words = {**open_again, **answers}
        if CONTROLLER in words:
            law = law_of_letter(letter.context, letter.id, letter.account_id)
            words[controller_under(law)] = words.pop(CONTROLLER)
        remember_for_letters(letter.context.session, letter.account_id, words)

    @property
    def _torn_values(self) -> dict[str, str]:
        """A name or address that has fewer lines here than what is remembered, which stays, by placeholder."""
        letter = self.letter
        remembered = remembered_sender(letter.context.session, letter.account_id)
        values = find_placeholder_values(letter.from_diary_alone, self.subject, self.body)
        torn = {name: value for name, value in values.items() if has_lost_lines(name, value, remembered)}
        name = values.get(SENDER_NAME) or letter.context.session.record.name_for_letters
        if address := torn.get(SENDER_ADDRESS):
            torn[SENDER_ADDRESS] = without_name_line(address, name)
        return torn

    @property
    def question_on_shorter(self) -> ChoiceQuestion | None:
        """Whether other letters take over a name or address that has fewer lines here; None where none has."""
        letter = self.letter
        sentences = tuple(
            _("Other letters have {former}; this one has {shorter}.").format(
                former=quoted(remembered_in_one_line(letter.context.session, letter.account_id, name)),
                shorter=quoted(in_one_line(value)),
            )
            for name, value in self._torn_values.items()
        )
        leave, go_on = _("No, other letters keep it as it was"), _("Yes, other letters take the shorter one")
        title = _("Is the shorter one right for other letters too?")
        return question_before(title, sentences, leave=leave, go_on=go_on) if sentences else None

    def remember_shorter(self) -> str:
        """Let other letters have a name or address as it is here, though it has fewer lines; what is said then."""
        remember_for_letters(self.letter.context.session, self.letter.account_id, self._torn_values)
        return _("Other letters have the shorter one from now on.")

    @property
    def kept_for_others(self) -> tuple[str, ...]:
        """What other letters keep as it was, though it has fewer lines here, in the words of the gaps of this one."""
        torn = self._torn_values
        pieces = self.letter.from_diary_alone.body if torn else ()
        return tuple(dict.fromkeys(piece.text.strip("[]") for piece in pieces if piece.placeholder in torn))

    @property
    def words_on_kept_for_others(self) -> str:
        """That other letters keep a name or address as it was, and where it is changed; empty for nothing."""
        if not (kept := self.kept_for_others):
            return ""
        words = _("It has fewer lines here, so other letters keep it as it was: {gaps}. “Your details” changes it.")
        return words.format(gaps=format_list(map(quoted, kept)))

    @property
    def gaps_in_english(self) -> tuple[str, ...]:
        """What the English version that goes along still leaves open, beyond what this letter does."""
        if not self.letter.includes_english:
            return ()
        own_pieces = (*self.prefilled.subject, *self.prefilled.body)
        own = {piece.placeholder for piece in own_pieces if piece.text in f"{self.subject}{self.body}"}
        unchanged = self._english_from_diary()
        english = self._as_changed_in_english(unchanged)
        pieces = {piece.text: piece.placeholder for piece in (*unchanged.subject, *unchanged.body) if piece.placeholder}
        text = f"{english.title}{english.text}"
        return tuple(words for words, name in pieces.items() if words in text and name not in own)

    @property
    def english_version(self) -> Letter:
        """The English letter: as the person changed it, else with what they filled into this one."""
        return self._as_changed_in_english(self._english_from_diary())

    def _as_changed_in_english(self, letter: Letter) -> Letter:
        """The English letter with the texts that the person wrote for it."""
        draft = self.letter._replace(language="en").changed_texts
        if "subject" in draft:
            letter = letter._replace(subject=(LetterPiece(draft["subject"]),))
        if "text" in draft:
            head, _rest = split_head("en", draft["text"])
            letter = letter._replace(
                body=(LetterPiece(draft["text"]),), head_paragraphs=len(head.split("\n\n")) if head else 0
            )
        return letter

    def _english_from_diary(self) -> Letter:
        """The English letter with what was filled into this one: said to be in its language, but for names and addresses."""
        letter = self.letter
        filled_in = {
            **remembered_sender(letter.context.session, letter.account_id),
            **{
                name: value
                if name in _THE_SAME_IN_EVERY_LANGUAGE
                else in_language_of_letter("en", letter.language, value)
                for name, value in find_placeholder_values(self.prefilled, self.subject, self.body).items()
            },
        }
        return letter_from_diary(
            letter.context, letter.account_id, letter.id, "en", filled_in, filled_in_language=letter.language
        )

    @property
    def subject_and_body_to_send(self) -> tuple[str, str]:
        """Subject and body to send; a complaint in another language has its English version below."""
        heading = self.letter.context.letter_heading
        whole = f"{heading}\n\n{self.body}" if heading else self.body
        if self.letter.includes_english:
            english = self.english_version
            whole = f"{whole}\n\n{ENGLISH_DIVIDER}\n\n{with_subject('en', english.title, english.text)}"
        return self.subject, whole

    @property
    def text_to_copy(self) -> str:
        """The letter as one text, as it is copied, saved and kept; the line with the subject stands below its head."""
        return with_subject(self.letter.language, *self.subject_and_body_to_send)

    @property
    def page_to_print(self) -> bytes:
        """The letter as a page to print, with a line for the signature where it has none of its own.

        On paper what is enclosed is a copy and no file, so it names none.
        """
        from metaoptout_tui.documents.html_pages import render_letter_page

        letter, (subject, body) = self.letter, self.subject_and_body_to_send
        for attachment in facts_of_letter(letter.context, letter.account_id, letter.id).attachments:
            for language in {letter.language, "en"}:
                body = body.replace(file_name_in_letter(language, attachment.file_name), "")
        # A letter to an authority has it in its text.
        needs_line = addressee_of(letter.id) == "meta"
        return render_letter_page(letter.language, subject, body, needs_signature_line=needs_line)

    def to_sent_letter(self, at: datetime, *, is_by_post: bool, is_text_kept: bool) -> SentLetterInput:
        """The input for the diary once it was sent: when, its whole text where that is kept, and whether it went by post."""
        letter, text = self.letter, self.text_to_copy if is_text_kept else ""
        addressee = complaint_addressee(letter.context, letter.account_id) if is_to_authority(letter.id) else None
        authority = addressee.authority if addressee is not None else None
        own, divider, english = text.partition(ENGLISH_DIVIDER)
        dated = f"{dated_until(letter.language, own, at.date())}{divider}{dated_until('en', english, at.date())}"
        return SentLetterInput(
            EVENT_KIND_BY_LETTER[letter.id],
            at,
            is_by_post=is_by_post,
            authority=authority.full_name if authority else "",
            draft_key=letter.draft_key,
            file_name=letter_file_name(letter.id, letter.account_id, letter.language, at.date()),
            text=dated,
        )
