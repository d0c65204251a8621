"""The questions of the first start, and later those about the person: country, language and e-mail address."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from metaoptout_tui.app.country_questions import asks_since_when, asks_where_then
from metaoptout_tui.app.letters.letter_questions import QuestionOfLetter
from metaoptout_tui.app.record.account_service import split_account_names
from metaoptout_tui.app.record.email_entries import AddressCorrection
from metaoptout_tui.core.guidance import countries
from metaoptout_tui.core.guidance.countries import find_countries
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.formatting import quoted, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import language_in_use
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE
from metaoptout_tui.core.record.account_names import shown_platform_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.plain.accounts import ask_email, ask_which_to_correct
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WentBack, WentToList, WentToNext
from metaoptout_tui.plain.guide_lines import statement_line
from metaoptout_tui.plain.sender import SenderQuestions
from metaoptout_tui.plain.typed_words import sentences_on_words
from metaoptout_tui.plain.why_asked import TELLS_ACCOUNTS_APART

_DRAFT_KEY = make_draft_key("welcome")
_MAX_COUNTRIES_TOLD = 12
_OTHER_COUNTRY = "another"


class FirstStart:
    """The three questions of the first start. Each answer is kept at once, so that the next start goes on from it."""

    def __init__(self, context: PlainContext) -> None:
        self._context = context
        draft = context.session.drafts.read(_DRAFT_KEY)
        self._country = draft.get("country") or context.session.record.person.country
        self._platforms = draft.get("platforms", "").split()
        self._names = {platform: draft.get(f"names-{platform}", "") for platform in dict.fromkeys(self._platforms)}
        self._email = draft.get("email", context.session.record.person.email)

    def ask(self) -> None:
        """Greet, ask, and write down what was answered."""
        self._greet()
        try:
            self._context.dialogue.ask_in_turn(self._ask_country, self._ask_platforms, self._ask_names, self._ask_email)
        except (WentToList, WentToNext):
            self._context.say(_("The other questions can be answered later."))
        except WentBack:
            if not self._is_answered:
                raise
            self._context.say(_("What you answered is recorded."), _("The other questions can be answered later."))
        self._context.change(self._finish)

    @property
    def _is_answered(self) -> bool:
        return bool(self._country or self._platforms or self._email)

    def _finish(self) -> None:
        language = self._context.language_to_begin_with(self._country) if self._is_answered else ""
        names = {platform: split_account_names(typed) for platform, typed in self._names.items()}
        changes = self._context.session.account_service
        changes.finish_welcome(self._country, self._platforms, self._email, language, names)

    def _greet(self) -> None:
        context, playbook = self._context, self._context.playbook
        context.say(_("Welcome to metaoptout-tui."))
        if context.rehearsal is not None:
            kept = _("Nothing of this rehearsal stays when you leave it.")
            context.say(_("Nothing is sent to Meta."), _(NOT_LEGAL_ADVICE), kept)
        else:
            context.say(_("Nothing is sent to Meta."), _(NOT_LEGAL_ADVICE), _("All is kept in this file:"))
            context.dialogue.terminal.print_line(context.record_location)  # whole, but not to be copied
        context.say(*(statement_line(each, playbook) for each in playbook.statements if "welcome" in each.scope.places))
        context.say(
            _("There are three questions."),
            *sentences_on_words(),
            _("If you objected earlier, have no account, or cannot log in: “{choice}” comes after them.").format(
                choice=_("Everything else")
            ),
        )

    def _ask_country(self) -> None:
        self._country = ask_country(self._context, self._country or self._context.locale_country)
        self._keep()

    def _ask_platforms(self) -> None:
        options = [
            (platform.id, shown_platform_name(platform.id, self._context.playbook))
            for platform in self._context.playbook.platforms_of_profiles
        ]
        person = self._context.person_name
        chosen = self._context.dialogue.choose_several(
            _("What does {person} use?").format(person=person) if person else _("What do you use?"),
            options,
            chosen=self._platforms,
            is_optional=True,
            why=_("What you use goes into your list, with what there is to do for it."),
            also=(_("For two accounts on one service, type its number twice."),),
        )
        order = [id for id, _unused in options]
        self._platforms = sorted(chosen, key=order.index)
        self._keep()

    def _ask_names(self) -> None:
        """Ask for the names of the accounts on a platform where there are several, which may be left open."""
        playbook = self._context.playbook
        several = [platform for platform, count in Counter(self._platforms).items() if count > 1]
        self._names = {platform: self._names.get(platform, "") for platform in several}
        for platform in several:
            question = (
                _("{person}: what are the accounts on {platform} called? Type commas between the names.")
                if self._context.person_name
                else _("What are your accounts on {platform} called? Type commas between the names.")
            )
            shown_name, person = shown_platform_name(platform, playbook), self._context.person_name
            self._names[platform] = self._context.dialogue.ask_line(
                question.format(platform=shown_name, person=person),
                default=self._names[platform],
                is_optional=True,
                if_empty=_("Enter alone leaves it open."),
                why=_(TELLS_ACCOUNTS_APART),
            )
        self._keep()

    def _ask_email(self) -> None:
        self._email = ask_email(self._context, _email_question(self._context), self._email)
        self._keep()

    def _keep(self) -> None:
        typed = {"email": self._email, "country": self._country, "platforms": " ".join(self._platforms)}
        typed |= {f"names-{platform}": names for platform, names in self._names.items()}
        self._context.session.drafts.save(_DRAFT_KEY, typed)


def _country_question(context: PlainContext) -> str:
    if context.person_asked_about:
        return _("In which country does {person} live?").format(person=context.person_asked_about)
    return _("In which country do you live?")


def _email_question(context: PlainContext) -> str:
    if context.person_asked_about:
        return _("Which e-mail address can {person} read now?").format(person=context.person_asked_about)
    return _("What is your e-mail address, the one you can read now?")


def ask_country(context: PlainContext, present: str, question: str = "") -> str:
    """Ask for the country by a part of its name, say what is known of the right there, and return its code."""
    is_present = not question
    question = question or _country_question(context)
    names = dict(context.countries())
    why = _("Your country decides which law and which authority the program names.")
    while True:
        default = names[present][0] if present in names else ""
        typed = context.dialogue.ask_line(question, default=default, is_optional=True, why=why)
        if not typed:
            return ""
        matching_codes = find_countries(typed, names)
        if not matching_codes:
            context.say(_("No country is called “{typed}”. Try another name of it.").format(typed=typed))
            continue
        code = matching_codes[0]
        if len(matching_codes) > 1 and typed.casefold() not in (name.casefold() for name in names[code]):
            options = [(each, names[each][0]) for each in matching_codes[:_MAX_COUNTRIES_TOLD]]
            options.append((_OTHER_COUNTRY, _("None of these")))
            chosen = _OTHER_COUNTRY
            with context.dialogue.back_to(quoted(question)):
                chosen = context.dialogue.choose(_("Which of these countries is it?"), options, default=code, why=why)
            code = chosen
        if code == _OTHER_COUNTRY:
            continue
        context.say(with_full_stop(names[code][0]))
        if is_present:
            context.say(*_country_lines(context, code))
        return code


def ask_since_when(
    context: PlainContext, country: str, check: Callable[[datetime], object] = lambda _moment: None
) -> datetime:
    """Ask since when the person lives in the country where they live now; `check` refuses a day that cannot be."""
    session = context.session
    question, help = countries.since_when_question(context.countries(), country), (countries.what_a_move_means(),)
    return context.dialogue.ask_moment(question, session.now, help=help, takes_month=True, check=check) or session.now()


def _country_lines(context: PlainContext, country: str) -> Iterator[str]:
    """What is said of the right in a country; where there is one, the first sentence alone."""
    playbook = context.playbook
    region = playbook.region_of_country(country)
    yield context.territory_note(country)
    statements = playbook.statements_for(step="region", platform="facebook", region=region.id)
    for statement in statements[:1] if region.right_to_object == "yes" else statements:
        yield statement_line(statement, playbook)


class _CountryQuestions:
    """Where the person lives, and what follows from a change of it: where they lived then, and since when they live elsewhere."""

    def __init__(self, context: PlainContext) -> None:
        self._context = context
        self.country = context.session.record.person.country
        self.lived_in = ""
        self.moved_at: datetime | None = None
        self.has_moved = False

    @property
    def in_turn(self) -> tuple[Callable[[], None], ...]:
        """The questions, of which the later ones may ask nothing."""
        return self._ask_where, self._ask_where_then, self._ask_since_when

    def _ask_where(self) -> None:
        self.country = ask_country(self._context, self.country)

    def _ask_where_then(self) -> None:
        is_asked = asks_where_then(self._context.session, self.country)
        question = countries.where_then_question()
        self.lived_in = ask_country(self._context, self.lived_in or self.country, question) if is_asked else ""

    def _ask_since_when(self) -> None:
        session = self._context.session
        self.has_moved = self.lived_in not in ("", self.country) or asks_since_when(session, self.country)
        self.moved_at = ask_since_when(self._context, self.country) if self.has_moved else None


def ask_country_alone(context: PlainContext) -> None:
    """Ask for the country of a person who has not said it, and save it."""
    context.session.current_record.require_writable()
    asked = _CountryQuestions(context)
    context.dialogue.ask_in_turn(*asked.in_turn)

    def save() -> None:
        context.session.account_service.set_person(
            country=asked.country,
            email=context.session.record.person.email,
            language=context.language_to_begin_with(asked.country),
            lived_in=asked.lived_in,
            moved_at=asked.moved_at,
        )

    if asked.country and context.change(save):
        context.say(_("Saved."))


def ask_about_person(context: PlainContext) -> None:
    """Ask for the person's country, language and e-mail address, and for name and postal address; save them."""
    context.session.current_record.require_writable()
    person = context.session.record.person
    asked = _CountryQuestions(context)
    language, email = context.language, person.email
    correction = AddressCorrection()
    questions = (QuestionOfLetter.NAME, QuestionOfLetter.ADDRESS)
    sender = SenderQuestions(context, questions, has_moved=lambda: asked.has_moved)

    def language_question() -> None:
        nonlocal language
        options = [(each, FORMATS[each].own_name) for each in CONTENT_LANGUAGES]
        question = _("In which language are Meta's menus, and letters to Meta?")
        why = _("Menus are named and letters are written in it.")
        language = context.dialogue.choose(question, options, default=language, why=why)

    def email_question() -> None:
        nonlocal email, correction
        email = ask_email(context, _email_question(context), email)
        correction = ask_which_to_correct(context, person.email, email)

    def save() -> None:
        context.session.account_service.set_person(
            country=asked.country,
            email=email,
            language=language,
            lived_in=asked.lived_in,
            moved_at=asked.moved_at,
            corrected_ids=correction.account_ids,
            was_mistyped=correction.was_mistyped,
        )
        sender.save()

    context.dialogue.ask_in_turn(*asked.in_turn, language_question, email_question, *sender.in_turn)
    if context.change(save):
        context.say(_("Saved."))


def ask_screen_language(context: PlainContext) -> None:
    """Ask in which language the program is to speak, and go on in it."""
    choice = context.screen_language
    if choice.configured:
        context.say(_("The line “language” in config.toml decides the language. Empty it to choose here."))
        return
    question = _("In which language do you want to read?")
    language = context.dialogue.choose(question, choice.options, default=language_in_use())
    if language != language_in_use() and context.change(lambda: choice.choose(language, context.session)):
        context.say(_("From now on it is this language."))
