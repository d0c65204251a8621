"""The letters of an account: language, addressee, text, and what to record once one is sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.app.letters.letter_context import LetterContext, complaint_addressee
from metaoptout_tui.app.letters.letter_from_diary import (
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
    owner_of,
    remember_for_letters,
    remembered_sender,
)
from metaoptout_tui.app.letters.letter_sender import FORMER_NAMES as _FORMER_NAMES
from metaoptout_tui.app.record.diary_service import SentLetterInput
from metaoptout_tui.core.guidance.basis import format_sureness
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, ObjectionForm, StatementRole
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import language_in_use
from metaoptout_tui.core.letters.authority_facts import unchecked_address
from metaoptout_tui.core.letters.letters import (
    EVENT_KIND_BY_LETTER,
    Letter,
    LetterPiece,
    find_placeholder_values,
    letter_file_name,
    repeated_gaps,
)
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.text import clean_line
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


_THE_SAME_IN_EVERY_LANGUAGE = frozenset(
    {*SENDER_PLACEHOLDERS, "account", "authority", "controller", "email", "profile", "reason", "whose-name"}
)
"""The placeholders whose value needs no translation; of a reason it is said where it stands that it has none."""


class QuestionOfLetter(StrEnum):
    """What is asked once before a letter that has a placeholder of this name.

    FORMER_NAMES is asked of an account that the person cannot log in to, and not called missing where they know none.
    """

    NAME = "name"
    ADDRESS = "sender-address"
    WHOSE_NAME = "whose-name"
    PROFILE = "profile"
    FORMER_NAMES = _FORMER_NAMES


def open_questions_of(letter: "LetterDraft") -> tuple[QuestionOfLetter, ...]:
    """What to ask before a letter is shown: what it leaves open, if the person was not asked and changed nothing in it."""
    session = letter.context.session
    if session.drafts.read(letter.draft_key):
        return ()
    missing = {*letter.prefilled.placeholders}
    status = letter.context.session.view.require_status(letter.account_id)
    if status.why_no_log_in is not None and not status.account.is_from_elsewhere and not is_to_people(letter.id):
        missing.add(QuestionOfLetter.FORMER_NAMES)
    return tuple(
        question
        for question in QuestionOfLetter
        if question in missing
        and question not in session.remembered.of(owner_of(question, letter.account_id)).questions_asked
    )


def remember_answer(letter: "LetterDraft", question: QuestionOfLetter, answer: str) -> None:
    """Keep the answer to a question for all letters; an empty one leaves the placeholder, and it is not asked again."""
    remembered, owner = letter.context.session.remembered, owner_of(question, letter.account_id)
    before, words = remembered.of(owner), clean_line(answer)
    for_letters = {**before.for_letters, str(question): words} if words else before.for_letters
    asked = before.questions_asked | {str(question)}
    remembered.save(owner, replace(before, for_letters=for_letters, questions_asked=asked))


class LetterDraft(NamedTuple):
    """A letter that is being written: the ids of its account and of the letter, and its language."""

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
            for gap, value in repeated_gaps(self._from_diary_alone, text).items():
                text = text.replace(gap, value)
            draft["text"] = text
        return draft

    @property
    def _from_diary_alone(self) -> Letter:
        """The letter as the diary alone fills it."""
        return letter_from_diary(self.context, self.account_id, self.id, self.language)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return letter_languages_of(self.id)

    def in_next_language(self) -> "LetterDraft":
        """This letter in the next of its languages."""
        next_index = self.languages.index(self.language) + 1
        return self._replace(language=self.languages[next_index % len(self.languages)])

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

    def remember_sender(self, subject: str, body: str) -> None:
        """Remember name, addresses and profile as they stand in a text; one that is a placeholder again is forgotten."""
        from_diary_alone = self._from_diary_alone
        values = find_placeholder_values(from_diary_alone, subject, body)
        open_again = {
            piece.placeholder: "" for piece in from_diary_alone.body if piece.placeholder and piece.text in body
        }
        words = {**open_again, **values}
        if CONTROLLER in words:
            law = law_of_letter(self.context, self.id, self.account_id)
            words[controller_under(law)] = words.pop(CONTROLLER)
        remember_for_letters(self.context.session, self.account_id, words)

    def remembered_since(self, before: SenderMemory) -> tuple[str, ...]:
        """What letters remember otherwise than `before`, in the words of the gaps of this one."""
        now = remembered_sender(self.context.session, self.account_id)
        names = {
            piece.placeholder: piece.text.strip("[]")
            for piece in self._from_diary_alone.body
            if piece.placeholder in now
        }
        former = {name: value for each in before.values() for name, value in each.for_letters.items()}
        return tuple(words for name, words in names.items() if now[name] != former.get(name))

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

    def gaps_in_english(self, prefilled: Letter, subject: str, body: str) -> tuple[str, ...]:
        """What the English version that goes along still leaves open, beyond what this letter does."""
        if not self.includes_english:
            return ()
        own = {piece.placeholder for piece in (*prefilled.subject, *prefilled.body) if piece.text in f"{subject}{body}"}
        english = self.english_version(prefilled, subject, body)
        unchanged = self.english_version(prefilled, subject, body, with_changes=False)
        pieces = {piece.text: piece.placeholder for piece in (*unchanged.subject, *unchanged.body) if piece.placeholder}
        text = f"{english.title}{english.text}"
        return tuple(words for words, name in pieces.items() if words in text and name not in own)

    def english_version(self, prefilled: Letter, subject: str, body: str, *, with_changes: bool = True) -> Letter:
        """The English letter: as the person changed it, else with what they filled into `subject` and `body`.

        What they filled in is said to be in the language of the letter, but for names and addresses.
        """
        draft = self._replace(language="en").changed_texts if with_changes else {}
        filled_in = {
            **remembered_sender(self.context.session, self.account_id),
            **{
                name: value
                if name in _THE_SAME_IN_EVERY_LANGUAGE
                else in_language_of_letter("en", self.language, value)
                for name, value in find_placeholder_values(prefilled, subject, body).items()
            },
        }
        letter = letter_from_diary(
            self.context, self.account_id, self.id, "en", filled_in, filled_in_language=self.language
        )
        if "subject" in draft:
            letter = letter._replace(subject=(LetterPiece(draft["subject"]),))
        if "text" in draft:
            head, _rest = split_head("en", draft["text"])
            letter = letter._replace(
                body=(LetterPiece(draft["text"]),), head_paragraphs=len(head.split("\n\n")) if head else 0
            )
        return letter

    def subject_and_body_to_send(self, prefilled: Letter, subject: str, body: str) -> tuple[str, str]:
        """Subject and body to send; a complaint in another language has its English version below."""
        whole = f"{self.context.letter_heading}\n\n{body}" if self.context.letter_heading else body
        if not self.includes_english:
            return subject, whole
        english = self.english_version(prefilled, subject, body)
        return subject, f"{whole}\n\n{ENGLISH_DIVIDER}\n\n{with_subject('en', english.title, english.text)}"

    def text_to_copy(self, prefilled: Letter, subject: str, body: str) -> str:
        """The letter as one text, as it is copied, saved and kept; the line with the subject stands below its head."""
        return with_subject(self.language, *self.subject_and_body_to_send(prefilled, subject, body))

    def page_to_print(self, subject: str, body: str) -> bytes:
        """The letter as a page to print, with a line for the signature where it has none of its own.

        On paper what is enclosed is a copy and no file, so it names none.
        """
        from metaoptout_tui.documents.letter_page import render_letter_page

        for language in {self.language, "en"}:
            for name in self._names_of_attachments:
                body = body.replace(file_name_in_letter(language, name), "")
        # A letter to an authority has it in its text.
        return render_letter_page(self.language, subject, body, needs_signature_line=addressee_of(self.id) == "meta")

    @property
    def _names_of_attachments(self) -> tuple[str, ...]:
        """The names of the files that are kept for its account."""
        attachments = facts_of_letter(self.context, self.account_id, self.id).attachments
        return tuple(attachment.file_name for attachment in attachments)

    def to_sent_letter(self, at: datetime, text: str, *, is_by_post: bool) -> SentLetterInput:
        """The input for the diary once it was sent: when, its whole text, and whether it went by post."""
        authority = complaint_addressee(self.context, self.account_id).authority if is_to_authority(self.id) else None
        name = letter_file_name(self.id, self.account_id, self.language, at.date())
        addressee = authority.full_name if authority else ""
        letter, divider, english = text.partition(ENGLISH_DIVIDER)
        dated = f"{dated_until(self.language, letter, at.date())}{divider}{dated_until('en', english, at.date())}"
        return SentLetterInput(
            EVENT_KIND_BY_LETTER[self.id],
            at,
            is_by_post=is_by_post,
            authority=addressee,
            draft_key=self.draft_key,
            file_name=name,
            text=dated,
        )

    def notes(self, *, with_place: bool, with_warnings: bool) -> str:
        """The notes on its language, where to send it, and what to take care of in sending it, one a line."""
        if is_to_authority(self.id):  # where a complaint goes is told in the list, before it is chosen
            unchecked = unchecked_address(complaint_addressee(self.context, self.account_id).authority)
            notes = [unchecked, language_note(self.context, self.id, self.account_id, self.language)]
        else:
            place = [place_to_send(self.context, self.id, self.account_id)] if with_place else []
            warnings = address_notes(self.context, self.id, self.account_id, "warn") if with_warnings else ()
            notes = [*place, *warnings]
        return "\n".join(filter(None, notes))


def contact_form(context: LetterContext, letter_id: str, account_id: str) -> ObjectionForm | None:
    """The form of Meta's by which a letter to it can be sent online; None for any other letter, or where none is known."""
    if addressee_of(letter_id) != "meta":
        return None
    platform = context.session.account(account_id).platform
    forms = context.session.playbook.forms_for(platform=platform, region=_region_of(context, letter_id, account_id))
    return next((form for form in forms if form.id == _CONTACT_FORM_ID), None)


_CONTACT_FORM_ID = "privacy-contact"


def place_to_send(context: LetterContext, letter_id: str, account_id: str) -> str:
    """Where a letter can be sent online: to Meta with how sure that is, or to the authority; empty where none is known."""
    if is_to_authority(letter_id):
        return authority_place(context, account_id)
    form = contact_form(context, letter_id, account_id)
    if form is None:
        return ""
    words = _("Online, Meta's privacy contact takes it: {address} ({sureness})")
    return words.format(address=form.url, sureness=format_sureness(form.basis))


def authority_place(context: LetterContext, account_id: str) -> str:
    """To which authority a complaint goes, and on which page or at which address; empty where none is known."""
    authority = complaint_addressee(context, account_id).authority
    if authority is None:
        return ""
    if authority.complaint_page:
        words, place = (
            _("It goes to {authority}, on its page for complaints or by post: {place}"),
            authority.complaint_page,
        )
    elif authority.emails:
        words, place = _("It goes to {authority}, by e-mail or by post: {place}"), authority.emails[0]
    else:
        words, place = _("It goes to {authority}, by post; its main site: {place}"), authority.website
    return words.format(authority=authority.full_name, place=place)


def address_notes(
    context: LetterContext, letter_id: str, account_id: str, role: StatementRole | None = None
) -> Iterator[str]:
    """What the guidance says on where to send a letter to Meta, with how sure that is; nothing for any other letter."""
    if addressee_of(letter_id) != "meta":
        return
    playbook, region = context.session.playbook, _region_of(context, letter_id, account_id)
    for statement in playbook.statements_for(step="letter", platform="", region=region, role=role):
        yield f"{playbook.texts.sentence(statement.id)} ({format_sureness(statement.basis)})"


def _region_of(context: LetterContext, letter_id: str, account_id: str) -> str:
    """The region of the law that a letter cites."""
    law = law_of_letter(context, letter_id, account_id)
    return next((region.id for region in context.session.playbook.regions if region.law == law), "")


def initial_language(context: LetterContext, letter_id: str, account_id: str) -> str:
    """The first language of a letter: a complaint in the authority's, any other in the person's, else English."""
    language = complaint_addressee(context, account_id).language if is_to_authority(letter_id) else context.language
    return language if language in letter_languages_of(letter_id) else "en"


def language_note(context: LetterContext, letter_id: str, account_id: str, language: str) -> str:
    """A note on the language of a letter to an authority; empty for any other letter."""
    if not is_to_authority(letter_id):
        return ""
    addressee = complaint_addressee(context, account_id)
    authority = addressee.local_authority
    if authority is None:
        return _("No authority is known for where you live; its name is left open.")
    takes = (
        _("It takes complaints in {languages} (one list).")
        if addressee.authority
        else _("Your Land decides which authority takes it, so the name is left open. It takes {languages} (one list).")
    ).format(languages=authority.complaint_languages)
    if language in authority.languages:
        includes_english = LetterDraft(context, account_id, letter_id, language).includes_english
        advice = _("The English goes along after it when you copy, save or mail it.") if includes_english else ""
    elif language == "en" and "english-accepted" in authority.note_ids:
        advice = _("Another list says English too.")
    elif any(code in CONTENT_LANGUAGES for code in authority.languages):
        advice = _("Take that language, or ask whether it takes this one.")
    else:
        advice = _("No letter here is written in that: have this translated, or ask whether it takes English.")
    return f"{takes} {advice}".rstrip()
