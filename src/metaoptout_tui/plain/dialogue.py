"""A dialogue in lines: questions of each kind, asked until an answer is understood."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

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
    word_for_no,
    word_for_yes,
)
from metaoptout_tui.plain.asides import copy_something, let_choose_source
from metaoptout_tui.plain.conversation import LineConversation, Stopped
from metaoptout_tui.plain.typed_moments import (
    DateQuestion,
    any_moment,
    how_to_type_a_day,
    how_to_type_a_moment,
    no_month,
    question_on_understood,
)
from metaoptout_tui.plain.typed_words import ALL, NONE, NOW, STOP, is_typed, typed_word

Option = tuple[str, str]
"""One answer: its id, and its words."""


END_OF_TEXT = "."
"""The line that ends a text of several lines."""


class Dialogue(LineConversation):
    """Asks questions, each until its answer is understood.

    What to know before answering (`help`) is told with a question; why it is asked (`why`), where the person wants help.
    """

    def choose(
        self,
        question: str,
        options: Sequence[Option],
        *,
        default: str = "",
        help: Sequence[str] = (),
        why: str = "",
        yes_and_no: tuple[str, str] = ("", ""),
        read_other: Callable[[str], str] = lambda _typed: "",
        is_list_known: bool = False,
    ) -> str:
        """Ask for one of several answers; its id. `default` is taken for an empty line.

        Of a question that is answered with yes or no, `yes_and_no` are the ids for these words.

        Where the list of answers was heard just before (`is_list_known`), it is told for “again” alone.

        `read_other` turns what is none of the answers into one that is taken too; into nothing where it is none.
        """
        how = _how_to_choose(len(options), is_yes_or_no=all(yes_and_no))
        asked = [*_question_lines(question, options, help), how]
        ids = [id for id, _unused in options]
        if default in ids:
            asked.append(_("Enter alone takes number {number}.").format(number=ids.index(default) + 1))
        self._ask([question] if is_list_known else asked)
        self._last_question = question
        while True:
            typed = self._answer(asked, help, [how], why)
            if not typed and default in ids:
                return default
            found = _find_yes_or_no(typed, *yes_and_no) or _find_option(typed, options) or read_other(typed)
            if found:
                return found
            self.say(_("“{typed}” is none of the answers.").format(typed=typed) if typed else _("Nothing was typed."))
            self.say(
                _("Type a number from 1 to {count}. The word {again} repeats the question.").format(
                    count=len(options), again=typed_word("again")
                )
            )

    def ask(self, question: ChoiceQuestion, *, why: str = "") -> str:
        """Ask for one of the answers to a question; its id."""
        title, answers, default, help, yes, no = question
        return self.choose(title, answers, default=default, help=help, why=why, yes_and_no=(yes, no))

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
        why: str = "",
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
        asked += _lines_on_enter(options, chosen, is_optional=is_optional)
        if can_stop:
            asked.append(_("Type {stop} to end these questions.").format(stop=typed_word(STOP)))
        self._ask(asked)
        self._last_question = question
        while True:
            typed = self._answer(asked, help, how, why)
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

    def ask_yes_or_no(
        self, question: str, *, default: bool | None = None, help: Sequence[str] = (), why: str = ""
    ) -> bool:
        """Ask a question that is answered with yes or no."""
        how = _("Type {y} for yes or {n} for no.").format(y=letter_for_yes(), n=letter_for_no())
        asked = [*help, question, how]
        if default is not None:
            asked.append(_("Enter alone means yes.") if default else _("Enter alone means no."))
        self._ask(asked)
        while True:
            typed = self._answer(asked, help, [how], why)
            answer = understand_yes_or_no(typed.rstrip(".")) if typed else default
            if answer is not None:
                return answer
            self.say(*([_("“{typed}” is none of the answers.").format(typed=typed)] if typed else []), how)

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

        `how` says what to type. An empty line takes the `default`, else nothing where it `is_optional` (`if_empty`).
        """
        hows = list(_how_to_type_a_line(how, default, if_empty, is_optional=is_optional))
        asked = [question, *help, *hows]
        hows = hows or [_("Type your answer, then Enter.")]
        self._ask(asked)
        while True:
            typed = self._answer(asked, help, hows, why)
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
        self,
        question: str,
        *,
        help: Sequence[str] = (),
        why: str = "",
        save: Callable[[str], object] = lambda _text: None,
    ) -> str:
        """Ask for a text of several lines, which a full stop alone on a line ends; `save` is called with it so far."""
        how = (_("Write as many lines as you like."), _("A full stop alone on a line ends the text."))
        asked = [question, *help, *how]
        lines: list[str] = []
        self._ask(asked)
        while True:
            typed = self._answer(asked, help, how, why, _("Next line:") if lines else "")
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
        why: str = "",
        takes_month: bool = False,
        takes_year: bool = False,
        check: Callable[[datetime], object] = any_moment,
    ) -> datetime | None:
        """Ask when something happened: a day, and a time if it is known; None for now.

        With `takes_month` a month is taken too, as its first day, with `takes_year` a month or a year as itself. `check`
        raises a MetaOptOutError for a moment that cannot be, which is told and asked again.
        """
        how = (*how_to_type_a_moment(takes_month=takes_month, takes_year=takes_year), _("Enter alone means now."))
        read_month = partial(dates.first_day_of_month, today=now().date()) if takes_month else no_month
        asked = DateQuestion(
            question, how, help, why, now, read_month, check, is_optional=True, takes_now=True, takes_year=takes_year
        )
        return self._ask_date(asked)[0]

    def ask_day_or_month(
        self,
        question: str,
        now: Callable[[], datetime],
        *,
        is_optional: bool = False,
        help: Sequence[str] = (),
        why: str = "",
        takes_month: bool = False,
        check: Callable[[datetime], object] = any_moment,
    ) -> tuple[datetime | None, bool]:
        """Ask on which day something happened, None for an empty line where the answer `is_optional`; and whether it is a month.

        With `takes_month` a month with its year is taken too, as its last day.
        """
        how = (how_to_type_a_day(), *([_("Enter alone leaves it open.")] if is_optional else []))
        read_month = partial(dates.last_day_of_month, today=now().date()) if takes_month else no_month
        return self._ask_date(DateQuestion(question, how, help, why, now, read_month, check, is_optional=is_optional))

    def _ask_date(self, question: DateQuestion) -> tuple[datetime | None, bool]:
        """Ask until a date is understood that is not in the future and can be, and whether it is a month.

        None for an empty line where the answer is optional, and for the word “now” where that is taken.
        """
        asked = [question.words, *question.help, *question.how]
        self._ask(asked)
        while True:
            typed = self._answer(asked, question.help, question.how, question.why)
            if (not typed and question.is_optional) or (question.takes_now and is_typed(typed, NOW)):
                return None, False
            if not typed:
                self.say(_("Nothing was typed."))
                continue
            moment, is_month, why_not = question.understand(typed)
            if why_not:
                self.say(why_not)
            elif _is_meant(self, question, typed, moment, is_month=is_month):
                return moment, is_month
            else:
                self._ask(asked)

    def ask_path(self, question: str, *, help: Sequence[str] = ()) -> Path:
        """Ask for a file by its folder and name."""
        return parse_file_path(self.ask_line(question, help=help, how=how_to_name_a_place(), check=parse_file_path))

    def _tell_sources(self) -> None:
        let_choose_source(self, self.choose, tuple(self._guides[-1].sources()) if self._guides else ())

    def _copy_something(self) -> bool:
        return copy_something(self, self.choose, dict(self._to_copy), self.clipboard())


def how_to_name_a_place(example: str = "~/Documents/mail.eml") -> str:
    """What to type for a file or folder."""
    words = _("Type its folder and its name, such as {example}; the sign ~ stands for your home folder.")
    return words.format(example=example)


def _question_lines(question: str, options: Sequence[Option], help: Sequence[str]) -> list[str]:
    return [*help, question, *(f"{number}. {words}" for number, (_unused, words) in enumerate(options, start=1))]


def _is_meant(dialogue: Dialogue, question: DateQuestion, typed: str, moment: datetime, *, is_month: bool) -> bool:
    """Ask whether a date was understood. Enter alone agrees, but not to a year before this one that was not typed."""
    now, understood = question.now(), moment
    if not question.takes_now and moment == now:
        understood = moment.replace(hour=12, minute=0, second=0, microsecond=0)  # a day was asked for, and no time
    is_year_guessed = moment.year != now.year and str(moment.year % 100) not in typed
    words = question_on_understood(understood, now, is_month=is_month, is_time_of_now=understood == now)
    return dialogue.ask_yes_or_no(words, default=None if is_year_guessed else True)


def _all_and_none() -> dict[str, str]:
    return {"all": typed_word(ALL), "none": typed_word(NONE)}


def _lines_on_enter(options: Sequence[Option], chosen: Sequence[str], *, is_optional: bool) -> Iterator[str]:
    """What Enter alone takes of several answers, where it takes something."""
    if chosen:
        numbers = (str(number) for number, (id, _unused) in enumerate(options, start=1) if id in chosen)
        yield _("Enter alone takes: {numbers}.").format(numbers=" ".join(numbers))
    elif is_optional:
        yield _("Enter alone takes none.")


def _how_to_choose(count: int, *, is_yes_or_no: bool) -> str:
    """What can be typed for one of so many answers."""
    words = _("Type a number from 1 to {count}.")
    if is_yes_or_no:
        words = _("Type a number from 1 to {count}, or {y} for yes, or {n} for no.")
    return words.format(count=count, y=letter_for_yes(), n=letter_for_no())


def _how_to_type_a_line(how: str, default: str, if_empty: str, *, is_optional: bool) -> Iterator[str]:
    """What can be typed for a line of text, and what Enter alone takes."""
    if how:
        yield how
    if default:
        yield _("Enter alone takes: {answer}.").format(answer=default)
    if is_optional:
        yield (
            _("To leave it empty, type a minus sign and nothing else.")
            if default
            else if_empty or _("Enter alone leaves it empty.")
        )


def _find_yes_or_no(typed: str, yes: str, no: str) -> str:
    """The id for yes or for no, where that was typed and the question is answered so; else empty."""
    is_yes = understand_yes_or_no(typed.rstrip(".")) if yes and no else None
    return "" if is_yes is None else yes if is_yes else no


def _find_option(typed: str, options: Sequence[Option]) -> str:
    """The id of the option that was meant: by its number, its id, or the beginning of its words; empty for none.

    One that begins with the word for yes or no is meant by that word in another language too.
    """
    word = typed.rstrip(".")
    if not word:
        return ""
    if word.isdecimal():
        number = int(word)
        return options[number - 1][0] if 0 < number <= len(options) else ""
    exact = [id for id, words in options if is_word(word, id) or is_word(word, words)]
    begun = exact or [id for id, words in options if begins_word(word, words)]
    if not begun and (is_yes := understand_yes_or_no(word)) is not None:
        meant = word_for_yes() if is_yes else word_for_no()
        begun = [id for id, words in options if is_word(re.split(r"\W", words)[0], meant)]
    return begun[0] if len(begun) == 1 else ""
