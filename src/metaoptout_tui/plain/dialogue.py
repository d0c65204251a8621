"""A dialogue in lines: questions of each kind, asked until an answer is understood."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.files.typed_paths import parse_file_path
from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.typed_answers import (
    begins_word,
    is_word,
    letter_for_no,
    letter_for_yes,
    understand_yes_or_no,
)
from metaoptout_tui.plain.conversation import LineConversation, SourcedStatement, Stopped
from metaoptout_tui.plain.typed_moments import parse_day_and_time, question_on_understood
from metaoptout_tui.plain.typed_words import ALL, NONE, NOW, STOP, is_typed, typed_word

Option = tuple[str, str]
"""One answer: its id, and its words."""


END_OF_TEXT = "."
"""The line that ends a text of several lines."""
_EXAMPLE, _EXAMPLE_TIME, _EXAMPLE_MONTH, _EARLIER_EXAMPLE = date(2026, 11, 20), "14:09", "2025-08", date(2025, 5, 20)
"""Days, a time and a month that questions give as examples."""


def _any_moment(_moment: datetime) -> None:
    """Every moment that has come can be."""


class _DateQuestion(NamedTuple):
    """A question for a day: its words, how it is answered, and which answers there are.

    `read_month` gives the day that is taken for a month alone, None for what is no month. `check` raises a
    MetaOptOutError for a moment that cannot be.
    """

    words: str
    how: Sequence[str]
    help: Sequence[str]
    now: Callable[[], datetime]
    read_month: Callable[[str], date | None]
    check: Callable[[datetime], object]
    is_optional: bool
    takes_now: bool = False

    def why_it_cannot_be(self, moment: datetime) -> str:
        """Why the person could not mean this moment; empty where they can."""
        try:
            self.check(moment)
        except MetaOptOutError as error:
            return str(error)
        return ""


class Dialogue(LineConversation):
    """Asks questions, each until its answer is understood."""

    def choose(
        self,
        question: str,
        options: Sequence[Option],
        *,
        default: str = "",
        help: Sequence[str] = (),
        read_other: Callable[[str], str] = lambda _typed: "",
        is_list_known: bool = False,
    ) -> str:
        """Ask for one of several answers; its id. `default` is taken for an empty line.

        Where the list of answers was heard just before (`is_list_known`), it is told for “again” alone.

        `read_other` turns what is none of the answers into one that is taken too; into nothing where it is none.
        """
        how = _("Type a number from 1 to {count}.").format(count=len(options))
        asked = [*_question_lines(question, options, help), how]
        ids = [id for id, _unused in options]
        if default in ids:
            asked.append(_("Enter alone takes number {number}.").format(number=ids.index(default) + 1))
        self._ask([question] if is_list_known else asked)
        self._last_question = question
        while True:
            typed = self._answer(asked, help, [how])
            if not typed and default in ids:
                return default
            found = _find_option(typed, options) or read_other(typed)
            if found:
                return found
            self.say(_("“{typed}” is none of the answers.").format(typed=typed) if typed else _("Nothing was typed."))
            self.say(
                _("Type a number from 1 to {count}. The word {again} repeats the question.").format(
                    count=len(options), again=typed_word("again")
                )
            )

    def ask(self, question: ChoiceQuestion) -> str:
        """Ask for one of the answers to a question; its id."""
        return self.choose(question.title, question.answers, default=question.default, help=question.sentences)

    def ask_whether_to_go_on(self, question: ChoiceQuestion | None) -> bool:
        """Ask with yes or no whether something is to be done; where there is no question, it is."""
        return question is None or self.ask_yes_or_no(question.title, default=False, help=question.sentences)

    def choose_several(
        self,
        question: str,
        options: Sequence[Option],
        *,
        chosen: Iterable[str] = (),
        is_optional: bool = False,
        can_stop: bool = False,
        help: Sequence[str] = (),
        also: Sequence[str] = (),
    ) -> list[str]:
        """Ask for any of several answers, also one several times; their ids. What was understood is told.

        `also` says what else can be typed, once the answers were heard.

        An empty line takes what was `chosen`; it takes none where nothing was and the answer `is_optional`. Where the
        person `can_stop`, that word raises Stopped.
        """
        chosen = list(chosen)
        how = (_("Type the numbers with blanks between, or {all}, or {none}.").format(**_all_and_none()), *also)
        asked = [*_question_lines(question, options, help), *how]
        if chosen:
            numbers = (str(number) for number, (id, _unused) in enumerate(options, start=1) if id in chosen)
            asked.append(_("Enter alone takes: {numbers}.").format(numbers=" ".join(numbers)))
        elif is_optional:
            asked.append(_("Enter alone takes none."))
        if can_stop:
            asked.append(_("Type {stop} to end these questions.").format(stop=typed_word(STOP)))
        self._ask(asked)
        self._last_question = question
        while True:
            typed = self._answer(asked, help, how)
            if not typed and (chosen or is_optional):
                return chosen
            if is_typed(typed, ALL):
                return [id for id, _unused in options]
            if is_typed(typed, NONE):
                return []
            if can_stop and is_typed(typed, STOP):
                raise Stopped
            ids = [_find_option(word, options) for word in typed.replace(",", " ").split()]
            if ids and all(ids):
                words = dict(options)
                self.say(_("You chose: {answers}.").format(answers=format_open_list(words[id] for id in ids)))
                return ids
            self.say(_("“{typed}” was not understood.").format(typed=typed) if typed else _("Nothing was typed."))
            self.say(
                _("Type numbers from 1 to {count} with blanks between, such as 1 3, or {all}, or {none}.").format(
                    count=len(options), **_all_and_none()
                )
            )

    def ask_yes_or_no(self, question: str, *, default: bool | None = None, help: Sequence[str] = ()) -> bool:
        """Ask a question that is answered with yes or no."""
        how = _("Type {y} for yes or {n} for no.").format(y=letter_for_yes(), n=letter_for_no())
        asked = [*help, question, how]
        if default is not None:
            asked.append(_("Enter alone means yes.") if default else _("Enter alone means no."))
        self._ask(asked)
        while True:
            typed = self._answer(asked, help, [how])
            answer = understand_yes_or_no(typed.rstrip(".")) if typed else default
            if answer is not None:
                return answer
            self.say(how)

    def ask_line(
        self,
        question: str,
        *,
        default: str = "",
        is_optional: bool = False,
        if_empty: str = "",
        help: Sequence[str] = (),
        how: str = "",
        why: str = "",
        check: Callable[[str], object] = str,
    ) -> str:
        """Ask for a line of text, until `check` raises no MetaOptOutError, which is told.

        `how` says what to type, `why` what it is for. An empty line takes the `default`, else nothing where it `is_optional` (`if_empty`).
        """
        hows = [how] if how else []
        if default:
            hows.append(_("Enter alone takes: {answer}.").format(answer=default))
            if is_optional:
                hows.append(_("A minus alone empties it."))
        elif is_optional:
            hows.append(if_empty or _("Enter alone leaves it empty."))
        asked = [question, *help, *hows]
        hows = hows or [_("Type your answer, then Enter.")]
        self._ask(asked)
        while True:
            typed = self._answer(asked, help, [*filter(None, (why,)), *hows])
            if typed == "-" and is_optional:
                return ""
            if not typed and (default or is_optional):
                return default
            if not typed:
                self.say(_("Nothing was typed."))
                continue
            try:
                check(typed)
            except MetaOptOutError as error:
                self.say(str(error))
            else:
                return typed

    def ask_text(
        self, question: str, *, help: Sequence[str] = (), save: Callable[[str], object] = lambda _text: None
    ) -> str:
        """Ask for a text of several lines, which a full stop alone on a line ends; `save` is called with it so far."""
        how = (_("Write as many lines as you like."), _("A full stop alone on a line ends the text."))
        asked = [question, *help, *how]
        lines: list[str] = []
        self._ask(asked)
        while True:
            typed = self._answer(asked, help, how, _("Next line:") if lines else "")
            if typed == END_OF_TEXT:
                return "\n".join(lines)
            lines.append(typed.removeprefix("="))
            save("\n".join(lines))

    def ask_moment(
        self,
        question: str,
        now: Callable[[], datetime],
        *,
        help: Sequence[str] = (),
        takes_month: bool = False,
        check: Callable[[datetime], object] = _any_moment,
    ) -> datetime | None:
        """Ask when something happened: a day, and a time if it is known; None for now.

        With `takes_month` a month with its year is taken too, as its first day. `check` raises a MetaOptOutError for a
        moment that cannot be, which is told and asked again.
        """
        how = (*_how_to_type_a_moment(takes_month=takes_month), _("Enter alone means now."))
        read_month = dates.first_day_of_month if takes_month else _no_month
        asked = _DateQuestion(question, how, help, now, read_month, check, is_optional=True, takes_now=True)
        return self._ask_date(asked)[0]

    def ask_day(
        self,
        question: str,
        now: Callable[[], datetime],
        *,
        is_optional: bool = False,
        help: Sequence[str] = (),
        check: Callable[[datetime], object] = _any_moment,
    ) -> datetime | None:
        """Ask on which day something happened; None for an empty line where the answer `is_optional`."""
        return self.ask_day_or_month(question, now, is_optional=is_optional, help=help, check=check)[0]

    def ask_day_or_month(
        self,
        question: str,
        now: Callable[[], datetime],
        *,
        is_optional: bool = False,
        help: Sequence[str] = (),
        takes_month: bool = False,
        check: Callable[[datetime], object] = _any_moment,
    ) -> tuple[datetime | None, bool]:
        """Ask for a day, as `ask_day` does; and whether only a month was typed, taken as its last day where it `takes_month`."""
        how = (_how_to_type_a_day(), *([_("Enter alone leaves it open.")] if is_optional else []))
        read_month = partial(dates.last_day_of_month, today=now().date()) if takes_month else _no_month
        return self._ask_date(_DateQuestion(question, how, help, now, read_month, check, is_optional=is_optional))

    def _ask_date(self, question: "_DateQuestion") -> tuple[datetime | None, bool]:
        """Ask until a date is understood that is not in the future and can be, and whether it is a month.

        None for an empty line where the answer is optional, and for the word “now” where that is taken.
        """
        now, asked = question.now, [question.words, *question.help, *question.how]
        self._ask(asked)
        while True:
            typed = self._answer(asked, question.help, question.how)
            if (not typed and question.is_optional) or (question.takes_now and is_typed(typed, NOW)):
                return None, False
            if not typed:
                self.say(_("Nothing was typed."))
                continue
            try:
                month = question.read_month(typed)
                moment = parse_day_and_time(month.isoformat() if month else typed, now())
                why_not = dates.why_in_future(moment, now()) or question.why_it_cannot_be(moment)
            except ValueError as error:
                why_not = str(error)
            if why_not:
                self.say(why_not)
            elif _is_meant(self, question, typed, moment, is_month=month is not None):
                return moment, month is not None
            else:
                self._ask(asked)

    def ask_path(self, question: str, *, help: Sequence[str] = ()) -> Path:
        """Ask for a file by its folder and name."""
        return parse_file_path(self.ask_line(question, help=help, how=how_to_name_a_place(), check=parse_file_path))

    def _tell_sources(self) -> None:
        _let_choose_source(self, tuple(self._guides[-1].sources()) if self._guides else ())


def _let_choose_source(dialogue: Dialogue, statements: Sequence[SourcedStatement]) -> None:
    """Let the person choose a sentence until they go back, and tell who says it."""
    if not statements:
        dialogue.say(_("Nothing that is said here rests on a source."))
        return
    options = [(str(number), statement.words) for number, statement in enumerate(statements, start=1)]
    question = _("Who says which of these? Type {back} to go back to the question.")
    question = question.format(back=typed_word("back"))
    with dialogue.back_to():
        chosen = dialogue.choose(question, options)
        another = _("Another number? Type {again} to hear all of them, or {back} to go back to the question.")
        another = another.format(again=typed_word("again"), back=typed_word("back"))
        while True:
            dialogue.say_part(*statements[int(chosen) - 1].sources)
            chosen = dialogue.choose(another, options, is_list_known=True)


def how_to_name_a_place(example: str = "~/Documents/mail.eml") -> str:
    """What to type for a file or folder."""
    words = _("Type its folder and its name, such as {example}; the sign ~ stands for your home folder.")
    return words.format(example=example)


def _question_lines(question: str, options: Sequence[Option], help: Sequence[str]) -> list[str]:
    return [*help, question, *(f"{number}. {words}" for number, (_unused, words) in enumerate(options, start=1))]


def _how_to_type_a_moment(*, takes_month: bool) -> Iterator[str]:
    """What can be typed for a moment, with examples as the language in use writes them."""
    words = _("Type a day such as today, yesterday, {day} or {iso_day}, with a time such as {time} if you know it.")
    yield words.format(day=dates.format_day(_EXAMPLE, _EXAMPLE), iso_day=_EXAMPLE.isoformat(), time=_EXAMPLE_TIME)
    if takes_month:
        month = dates.format_partial_date(_EXAMPLE_MONTH)
        yield _("A month such as {month} is taken as its first day.").format(month=month)


def _is_meant(dialogue: Dialogue, question: _DateQuestion, typed: str, moment: datetime, *, is_month: bool) -> bool:
    """Ask whether a date was understood. Enter alone agrees, but not to a year before this one that was not typed."""
    now, understood = question.now(), moment
    if not question.takes_now and moment == now:
        understood = moment.replace(hour=12, minute=0, second=0, microsecond=0)  # a day was asked for, and no time
    is_year_guessed = moment.year != now.year and str(moment.year % 100) not in typed
    words = question_on_understood(understood, now, is_month=is_month, is_time_of_now=understood == now)
    return dialogue.ask_yes_or_no(words, default=None if is_year_guessed else True)


def _no_month(_typed: str) -> None:
    """A month alone is not taken for a date."""


def _how_to_type_a_day() -> str:
    words = _("Type a day such as today, yesterday, {day} or {iso_day}.")
    return words.format(day=dates.format_full_day(_EARLIER_EXAMPLE), iso_day=_EARLIER_EXAMPLE.isoformat())


def _all_and_none() -> dict[str, str]:
    return {"all": typed_word(ALL), "none": typed_word(NONE)}


def _find_option(typed: str, options: Sequence[Option]) -> str:
    """The id of the option that was meant: by its number, its id, or the beginning of its words; empty for none."""
    word = typed.rstrip(".")
    if not word:
        return ""
    if word.isdecimal():
        number = int(word)
        return options[number - 1][0] if 0 < number <= len(options) else ""
    exact = [id for id, words in options if is_word(word, id) or is_word(word, words)]
    begun = exact or [id for id, words in options if begins_word(word, words)]
    return begun[0] if len(begun) == 1 else ""
