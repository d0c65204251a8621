"""A letter of an account: filling what is missing, reading and saving it, and recording that it was sent."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial

from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.app.letters.letter_files import LetterFiles
from metaoptout_tui.app.letters.letter_from_diary import is_to_authority
from metaoptout_tui.app.letters.letter_notes import address_notes, contact_form, letter_notes
from metaoptout_tui.app.letters.letter_questions import (
    check_of,
    letter_question,
    open_questions_of,
    remember_answer,
    remembered_answer,
)
from metaoptout_tui.app.letters.letter_sender import SenderMemory, put_back_memory, sender_memory
from metaoptout_tui.app.letters.letters import (
    LetterDraft,
    WrittenLetter,
    initial_language,
    is_to_people,
    letter_title,
)
from metaoptout_tui.app.letters.saved_letters import save_letter
from metaoptout_tui.app.letters.sent_letters import (
    CHANGE_DAY,
    check_day_sent,
    doubt_of_day,
    is_by_post,
    recorded_words,
    sending_methods,
)
from metaoptout_tui.core.guidance.basis import with_doubt
from metaoptout_tui.core.language.formatting import format_number, format_open_list, labelled, quoted, with_full_stop
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.letters.authority_facts import depends_on_land
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.accounts import evidence_items_of
from metaoptout_tui.plain.authority import choose_land
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WentBack
from metaoptout_tui.plain.guide_lines import lines_on_genuine_hosts
from metaoptout_tui.plain.why_asked import COUNTED_FROM_THAT_DAY, HOW_IT_WAS_SENT

_ENGLISH = "english"
_READ, _SAVE, _FILL, _REWRITE, _LANGUAGE, _DISCARD, _SENT = (
    "read",
    "save",
    "fill",
    "rewrite",
    "language",
    "discard",
    "sent",
)


def open_letter(context: PlainContext, account_id: str, letter_id: str) -> None:
    """Read, fill in, save a letter and record that it was sent."""
    _LetterDialogue(context, account_id, letter_id).open()


class _LetterDialogue:
    """One letter: reading, filling, saving and recording it. What is changed is kept as a draft, as on the screen."""

    def __init__(self, context: PlainContext, account_id: str, letter_id: str) -> None:
        self._context, self._account_id = context, account_id
        self._is_taken_out = False
        self._memory_at_opening: SenderMemory = {}
        self._letter = LetterDraft(context, account_id, letter_id, initial_language(context, letter_id, account_id))

    def open(self) -> None:
        """Offer what can be done with the letter until it was sent or the person goes back."""
        _ask_what_is_missing(self._context, self._letter)
        self._memory_at_opening = sender_memory(self._context.session, self._account_id)
        self._tell_notes()
        while True:
            written = self._letter.written
            missing = written.missing
            options = [
                (_READ, _("Read the letter")),
                (_SAVE, _("Save it as a text and as a page to print")),
                (_REWRITE, _("Write its text anew")),
                (_DISCARD, _("Put it back as the diary fills it")),
            ]
            if len(self._letter.languages) > 1:
                options.append(
                    (
                        _LANGUAGE,
                        _("Change the language, {language} now").format(language=language_name(self._letter.language)),
                    )
                )
            if self._letter.has_english_version:
                options.append((_ENGLISH, _words_on_english(self._letter)))
            if self._letter.id in EVENT_KIND_BY_LETTER:
                options.append((_SENT, _("I sent it")))
            if missing:  # last, so that the others keep their numbers once nothing is missing
                options.append((_FILL, _words_on_missing(len(missing))))
            question = f"{with_full_stop(letter_title(self._letter.id))} {_('What do you want to do with it?')}"
            chosen = ""
            with self._way_back():
                chosen = self._context.dialogue.choose(question, options)
            if not chosen:
                if self._was_sent(written):
                    return
                raise WentBack
            with self._context.dialogue.back_to(_title_of(self._letter)):
                if chosen != _SENT:
                    self._do(chosen, written)
                elif self._record_sent(written):
                    return

    def _way_back(self) -> AbstractContextManager[object, bool | None]:
        """Where `back` leads: where the letter was read out or saved, first to the question whether it was sent."""
        if (
            self._is_taken_out
            and self._letter.id in EVENT_KIND_BY_LETTER
            and not self._context.session.current_record.read_only_reason
        ):
            return self._context.dialogue.back_to(_("the question whether you sent it"))
        return nullcontext()

    def _was_sent(self, written: WrittenLetter) -> bool:
        """Ask whether a letter that was read out or saved was sent, and record that. Returns whether it was recorded."""
        help = (_("If so, write it down: what comes next counts from that day."),)
        if not self._context.dialogue.ask_yes_or_no(_("Did you send the letter?"), default=False, help=help):
            return False
        return self._record_sent(written)

    def _do(self, chosen: str, written: WrittenLetter) -> None:
        match chosen:
            case "fill":
                self._fill(written)
            case "read":
                self._read(written)
            case "save":
                self._save(written)
            case "rewrite":
                self._rewrite(written)
            case "discard":
                if self._agrees_to_discard() and self._context.change(self._discard):
                    self._context.say(_("The letter is as the diary fills it."))
            case "language":
                self._choose_language()
            case "english":
                self._letter.add_english(is_added=not self._letter.includes_english)

    def _agrees_to_discard(self) -> bool:
        """Whether nothing was changed that would be lost, or the person wants to lose it."""
        session = self._context.session
        is_changed = bool(session.drafts.read(self._letter.draft_key))
        if not is_changed and sender_memory(session, self._account_id) == self._memory_at_opening:
            return True
        help = (_("What you filled in and wrote in this letter is lost, and nothing brings it back."),)
        return self._context.dialogue.ask_yes_or_no(
            _("Put the letter back as the diary fills it?"), default=False, help=help
        )

    def _discard(self) -> None:
        """Discard what was changed, and what letters were to remember of it since this one was opened."""
        session = self._context.session
        session.current_record.require_writable()
        session.drafts.discard(self._letter.draft_key)
        put_back_memory(session, self._memory_at_opening)

    def _tell_notes(self) -> None:
        """In which language it is, where it goes to, and that no country is set."""
        context, letter = self._context, self._letter
        context.dialogue.say_part(
            _("{letter}, in {language}.").format(
                letter=letter_title(letter.id), language=language_name(letter.language)
            )
        )
        if since := letter.words_on_recorded_since():
            context.say(since, _("“Put it back as the diary fills it” takes the new text instead."))
        _say_files(context, self._account_id, letter.id)
        if is_to_authority(letter.id):
            context.say(*letter_notes(letter, with_place=True, with_warnings=True, names_page=False).split("\n"))
        if (form := contact_form(context, letter.id, self._account_id)) is not None:
            context.say(*lines_on_genuine_hosts(context))
            context.say(with_doubt(_("Online you can send it through Meta's general privacy contact:"), form.basis))
            context.dialogue.say_copyable(form.url, context.sentence(f"form.{form.id}"))
        context.say(*address_notes(context, letter.id, self._account_id))
        if not context.session.record.person.country:
            context.say(
                _("It rests on the GDPR, because no country is set. The list of your accounts has “Your details”.")
            )
        if letter.id not in EVENT_KIND_BY_LETTER:
            context.say(_("It is for people you know, so nothing is recorded when you send it."))

    def _read(self, written: WrittenLetter) -> None:
        """Print the letter as it would go out, to read or to copy."""
        self._is_taken_out = True
        is_message = is_to_people(self._letter.id)
        text = written.body if is_message else written.text_to_copy
        begins = _("The message begins here.") if is_message else _("The letter begins here.")
        self._context.dialogue.say_part()
        self._context.dialogue.say_passage(text, letter_title(self._letter.id), begins)
        _say_gaps(self._context, self._gaps(written))
        self._context.dialogue.say_how_to_copy()

    def _gaps(self, written: WrittenLetter) -> tuple[str, ...]:
        """What is still open in the letter, and in the English that goes along."""
        in_english = (_("in the English: {gap}").format(gap=gap) for gap in written.gaps_in_english)
        return (*written.missing, *in_english)

    def _keep(self, written: WrittenLetter, subject: str, body: str) -> None:
        """Keep what differs from the letter that the diary fills, and remember name and address for the next one."""
        offered = {"subject": written.prefilled.title, "text": written.prefilled.text}
        typed = {"subject": subject, "text": body}
        changed = {name: words for name, words in typed.items() if words != offered[name]}
        self._context.session.drafts.save(self._letter.draft_key, changed)
        changed_letter = written._replace(subject=subject, body=body)
        changed_letter.remember_sender()
        if words := changed_letter.words_on_kept_for_others:
            self._context.say(words)

    def _fill(self, written: WrittenLetter) -> None:
        """Ask for each thing that is missing, and put it into the letter."""
        subject, body = written.subject, written.body
        in_english = _placeholders_in_english(self._letter, written)
        for placeholder in written.missing:
            english = in_english.get(placeholder, "")
            typed = self._context.dialogue.ask_line(
                _("What do you write in place of {place}?").format(place=placeholder),
                is_optional=True,
                if_empty=_("Enter alone leaves it open."),
                help=(_("In English that is {place}.").format(place=english),) if english else (),
                why=_("Without it the letter has a gap."),
            )
            if typed:
                subject, body = subject.replace(placeholder, typed), body.replace(placeholder, typed)
                self._keep(written, subject, body)

    def _rewrite(self, written: WrittenLetter) -> None:
        subject = self._context.dialogue.ask_line(
            _("What is its subject?"), default=written.subject, why=_("It is read first.")
        )
        self._context.dialogue.ask_text(
            _("What is its text?"),
            why=_("It takes the place of the text that is there now."),
            save=lambda body: self._keep(written, subject, body),
        )
        self._ask_about_shorter()

    def _ask_about_shorter(self) -> None:
        """Ask whether other letters take over a name or address that lost a line here."""
        written, ask = self._letter.written, self._context.dialogue.ask_yes_or_no
        question = written.question_on_shorter
        if question is not None and ask(question.title, default=False, help=question.sentences):
            self._context.say(written.remember_shorter())

    def _choose_language(self) -> None:
        question = self._letter.language_question
        language = self._context.dialogue.choose(
            question.title, question.answers, default=question.default, why=" ".join(question.sentences)
        )
        self._letter = self._letter._replace(language=language)
        self._tell_notes()

    def _save(self, written: WrittenLetter) -> None:
        def save() -> None:
            saved = save_letter(self._context, written)
            self._is_taken_out = True
            self._context.say(_("Saved as a text:"))
            self._context.dialogue.say_copyable(with_tilde(saved.text_file))
            self._context.say(_("To print there is {file} beside it.").format(file=saved.page_file.name))
            for remark in saved.remarks:
                self._context.say(remark)
            _say_gaps(self._context, self._gaps(written))

        self._context.change(save)

    def _record_sent(self, written: WrittenLetter) -> bool:
        """Ask how and when it was sent, and record that. Returns whether it was recorded."""
        context, letter = self._context, self._letter
        if is_to_authority(letter.id) and any(
            item.account.id == self._account_id for item in evidence_items_of(context.session.record)
        ):
            context.say(_("The files that it names are kept in this folder:"))
            context.dialogue.say_copyable(with_tilde(context.evidence_folder))
        help = (
            [_("In the text here this was still missing: {places}.").format(places=format_open_list(gaps))]
            if (gaps := self._gaps(written))
            else []
        )
        how, at, is_text_kept = "", context.session.now(), True

        def ask_how() -> None:
            nonlocal how
            how = context.dialogue.choose(_("How did you send it?"), sending_methods(), why=_(HOW_IT_WAS_SENT))

        def ask_when() -> None:
            nonlocal at, is_text_kept
            at, is_text_kept = _ask_when_sent(context, letter, help)

        context.dialogue.ask_in_turn(ask_how, ask_when)
        sent = written.to_sent_letter(at, is_by_post=is_by_post(how), is_text_kept=is_text_kept)
        if not context.change(lambda: context.session.diary_service.record_sent_letter(self._account_id, sent)):
            return False
        context.say(recorded_words(letter, at, how))
        return True


def _ask_what_is_missing(context: PlainContext, letter: LetterDraft) -> None:
    """Ask for what the letter needs and the record does not hold: Land, name, profile. Going back leaves it open."""
    if context.session.current_record.read_only_reason:
        return
    status = context.status(letter.account_id)
    if is_to_authority(letter.id) and depends_on_land(status, context.session.record.person):
        with context.dialogue.back_to(_title_of(letter)):
            choose_land(context)
    for question in open_questions_of(letter):
        whose, answer = context.person_asked_about, ""
        asked = letter_question(question, status, context.session.record, context.playbook, whose)
        with context.dialogue.back_to(_title_of(letter)):
            if asked.answers:
                asked = asked._replace(default=remembered_answer(letter, question))
                answer = context.dialogue.ask(asked, why=_("The letter says it, so it has to be true."))
            else:
                answer = context.dialogue.ask_line(
                    asked.title,
                    is_optional=True,
                    if_empty=_("Enter alone leaves it open."),
                    help=asked.sentences,
                    check=check_of(question),
                )
        remember_answer(letter, question, answer)


def _ask_when_sent(context: PlainContext, letter: LetterDraft, help: Sequence[str]) -> tuple[datetime, bool]:
    """Ask when it was sent, again where the day is not right; and whether its text can have been sent then."""
    dialogue, now = context.dialogue, context.session.now
    check = partial(check_day_sent, context.session, letter.account_id, EVENT_KIND_BY_LETTER[letter.id])
    why = _(COUNTED_FROM_THAT_DAY)
    while True:
        at = dialogue.ask_moment(_("When did you send it?"), now, help=help, why=why, check=check) or now()
        doubt = doubt_of_day(letter, at)
        if doubt is None:
            return at, True
        if dialogue.ask(doubt, why=why) != CHANGE_DAY:
            return at, False


def _words_on_english(letter: LetterDraft) -> str:
    return _("Leave the English version out") if letter.includes_english else _("Add the English version after it")


def _words_on_missing(count: int) -> str:
    words = ngettext("Fill in the one place that is missing", "Fill in the {count} places that are missing", count)
    return words.format(count=format_number(count))


def _placeholders_in_english(letter: LetterDraft, written: WrittenLetter) -> dict[str, str]:
    """What each placeholder of a letter in another language says in English."""
    if letter.language == "en":
        return {}
    english = letter._replace(language="en").prefilled
    words = {piece.placeholder: piece.text for piece in (*english.subject, *english.body) if piece.placeholder}
    pieces = (*written.prefilled.subject, *written.prefilled.body)
    return {piece.text: words.get(piece.placeholder, "") for piece in pieces if piece.placeholder}


def _title_of(letter: LetterDraft) -> str:
    """What a letter is called, where it is said that `back` leads to it."""
    return quoted(letter_title(letter.id))


def _say_files(context: PlainContext, account_id: str, letter_id: str) -> None:
    """Say in which files a letter stands."""
    for label, path in LetterFiles(context, account_id).labels_and_paths(letter_id):
        context.say(labelled(label))
        context.dialogue.say_copyable(path)


def _say_gaps(context: PlainContext, gaps: tuple[str, ...]) -> None:
    """Say what is still open, so that nobody sends a letter with a bracket in it."""
    if gaps:
        context.say(_("Still to fill in: {places}.").format(places=format_open_list(gaps)))
