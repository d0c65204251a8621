"""Country, platforms or language, and e-mail address: at the first start, and later to change them."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.commands.commands import screen_title
from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.country_questions import asks_since_when, asks_where_then
from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.record.email_entries import AddressCorrection
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.basis import with_doubt
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, Playbook, Statement
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, pgettext
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE
from metaoptout_tui.core.record.account_names import shown_platform_name
from metaoptout_tui.core.record.accounts import SENDER_ADDRESS, SENDER_NAME, make_draft_key
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.rows import text_with_paths
from metaoptout_tui.ui.text.step_sources import SourceList
from metaoptout_tui.ui.widgets.account_names import AccountNameFields
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList, CountedCheckboxList
from metaoptout_tui.ui.widgets.country_search import CountrySearch
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.sender_fields import SenderFields
from metaoptout_tui.ui.widgets.text_field import TextField

_OTHER_WAYS_LABEL = mark("Other ways to begin: I objected earlier, no account, …")


class WelcomeScreen(InputScreen[str | None]):
    """Asks for the person's details; with `is_first_start` in words for a new person, and with the platforms.

    Returns the id of the way to begin that was chosen, empty for the usual one.
    """

    SCREEN_ID = "welcome"
    DEFAULT_CSS = """
    WelcomeScreen #promise { height: auto; padding: 0 1; color: $muted; }
    WelcomeScreen .field-name { color: $text-accent; }
    WelcomeScreen ChoiceList { max-height: 6; }
    """

    def __init__(self, context: AppContext, is_first_start: bool = False) -> None:  # noqa: FBT001, FBT002 - make_screen
        super().__init__(context, make_draft_key("welcome" if is_first_start else "person"))
        self._is_first_start = is_first_start
        self._way_to_begin = ""
        self.shows_draft_notice = not is_first_start

    def compose_body(self) -> ComposeResult:
        """The questions from top to bottom."""
        with VerticalScroll(can_focus=False):
            if self._is_first_start:
                yield Static(text_with_paths(_promise(self)), id="promise", markup=False)
            yield Static(_words_asking(self.context.person_asked_about, "country"), classes="field-name", markup=False)
            yield CountrySearch(
                self.context.countries(),
                describe=partial(_words_on, self.context),
                show_error=self.show_input_error,
                on_taken=self._country_taken,
            )
            if self._is_first_start:
                yield Static(
                    _words_asking(self.context.person_asked_about, "platforms"), classes="field-name", markup=False
                )
                playbook = self.session.playbook
                rows = [(each.id, shown_platform_name(each.id, playbook)) for each in playbook.platforms_of_profiles]
                yield CountedCheckboxList(rows, self.draft.get("platforms", "").split(), id="platforms")
                yield AccountNameFields(rows, self.draft)
            else:
                yield Static(
                    _("2  Language of Meta's menus and of letters to Meta"), classes="field-name", markup=False
                )
                yield AnswerList(
                    [(language, FORMATS[language].own_name) for language in CONTENT_LANGUAGES], id="language"
                )
            yield Static(_words_asking(self.context.person_asked_about, "email"), classes="field-name", markup=False)
            yield TextField(id="email", placeholder=_("you@example.org"))
            if not self._is_first_start:
                yield SenderFields(self.session, _questions_about_sender(self.context.person_asked_about))
            if self._is_first_start:
                yield ChoiceList([("other", _(_OTHER_WAYS_LABEL))], id="other-ways")

    def on_mount(self) -> None:
        """Begin in the field for the country, with the likeliest one highlighted."""
        title, left = _headline(self, is_first_start=self._is_first_start)
        self.set_headline(title, left=left)
        self.fill_fields()

    def fill_fields(self) -> None:
        """The person's details, or the texts of the draft."""
        super().fill_fields()
        person, draft = self.session.record.person, self.draft
        offered = self.context.locale_country if self._is_first_start else ""
        with self.prevent(Input.Changed):
            self.query_one("#email", Input).value = draft.get("email", "" if draft else person.email)
        if self._is_first_start:
            self.query_one(AccountNameFields).show_for(self.query_one("#platforms", CountedCheckboxList).counted_ids)
        else:
            self.query_one("#language", AnswerList).set_answer(draft.get("language") or self.context.language)
            self.query_one(SenderFields).fill(draft)
        answered = draft.get("country") or person.country
        self._countries.begin(answered or offered, answered)

    def typed_values(self) -> dict[str, str]:
        """All fields; after the first start none where nothing was changed."""
        typed = {"email": self.query_one("#email", Input).value, "country": self._countries.code}
        if self._is_first_start:
            typed["platforms"] = " ".join(self.query_one("#platforms", CountedCheckboxList).counted_ids)
            return typed | self.query_one(AccountNameFields).typed
        typed["language"] = self.query_one("#language", AnswerList).answer_id
        person = self.session.record.person
        saved = {"email": person.email, "country": person.country, "language": self.context.language}
        changed = self.query_one(SenderFields).changed
        return {} if typed == saved and not changed else {**typed, **changed}

    @property
    def _countries(self) -> CountrySearch:
        return self.query_one(CountrySearch)

    def action_sources(self) -> None:
        """Show the sources of what is said here of the country and of public data."""
        self.open_screen("sources", partial(_source_list, self.context, self._countries.highlighted_code))

    def on_key(self, event: events.Key) -> None:
        """Down in the last field goes to the row below it, and Up back."""
        if (event.key, self._focused_id) in (("down", "email"), ("up", "other-ways")) and self._is_first_start:
            event.stop()
            event.prevent_default()
            self.set_focus(self.query_one("#other-ways" if event.key == "down" else "#email"))

    def _country_taken(self) -> None:
        if self._countries.code:
            self.save_draft()
        if self._way_to_begin:
            self.action_finish()
            return
        self.set_focus(self.query_one("#platforms" if self._is_first_start else "#language"))

    def action_next(self) -> None:
        """Go from a list to what is below it."""
        if self._countries.is_list_focused:
            self._countries.take()
        elif self._focused_id == "other-ways":
            self.action_other()
        else:
            self.set_focus(self.query_one("#email", Input))

    @property
    def _focused_id(self) -> str:
        return (self.focused.id or "") if self.focused is not None else ""

    @on(CheckboxList.Changed)
    def _ticks_changed(self) -> None:
        self.query_one(AccountNameFields).show_for(self.query_one("#platforms", CountedCheckboxList).counted_ids)
        self.save_draft()

    @on(OptionList.OptionSelected, "#language")
    def _language_clicked(self) -> None:
        self.action_next()

    @on(Input.Submitted, f"#email, #{SENDER_NAME}, #{SENDER_ADDRESS}")
    def action_finish(self) -> None:
        """Save the details."""
        self._save_and_finish(self._way_to_begin)

    def _save_and_finish(self, way: str) -> None:
        """Save the details and leave with the way to begin; asked first what a changed address means."""
        from metaoptout_tui.ui.screens.asking import ask_about_changed_address

        field, former = self.query_one("#email", Input), self.session.record.person.email
        if self._is_first_start and _took_for_names(self, field):
            return
        try:
            normalize_optional_email(field.value)
        except InputRefused as error:
            self.refuse(field, str(error))
        else:
            ask_about_changed_address(self, former, field.value, partial(self._save, way))

    def _save(self, way: str, email: str, correction: AddressCorrection) -> None:
        """Save the details, for the accounts of the `correction` too, and leave with the way to begin; stay where they are wrong."""
        changes, country = self.session.account_service, self._countries.code
        if self._is_first_start:
            platforms = self.query_one("#platforms", CountedCheckboxList).counted_ids
            language = self.context.language_to_begin_with(country) if country or platforms or email else ""
            names = self.query_one(AccountNameFields).names
            is_saved = self.make_change(lambda: changes.finish_welcome(country, platforms, email, language, names))
        else:
            if asks_where_then(self.session, country):
                from metaoptout_tui.ui.screens.former_country import ask_country_then

                ask_country_then(self, country, partial(self._lived_then, way, correction))
                return
            if asks_since_when(self.session, country):
                self._ask_since_when(way, correction)
                return
            is_saved = self.make_change(lambda: self._set_person(correction, "", None))
        if is_saved:
            self._saved(way)
        else:
            self.query_one("#email", Input).focus()

    def _set_person(self, correction: AddressCorrection, lived_in: str, moved_at: datetime | None) -> None:
        self.session.account_service.set_person(
            country=self._countries.code,
            email=self.query_one("#email", Input).value,
            language=self.query_one("#language", AnswerList).answer_id or "en",
            lived_in=lived_in,
            moved_at=moved_at,
            corrected_ids=correction.account_ids,
            was_mistyped=correction.was_mistyped,
        )
        self.query_one(SenderFields).save()

    def _lived_then(self, way: str, correction: AddressCorrection, lived_in: str) -> None:
        """Save where the person lived then; asked since when they live elsewhere, if they moved."""
        if lived_in != self._countries.code:
            self._ask_since_when(way, correction, lived_in)
        elif self.make_change(lambda: self._set_person(correction, lived_in, None)):
            self._saved(way)

    def _ask_since_when(self, way: str, correction: AddressCorrection, lived_in: str = "") -> None:
        """Ask since when the person lives in the other country, and save the details with it."""
        from metaoptout_tui.ui.screens.former_country import ask_day_of_move

        ask_day_of_move(
            self, self._countries.code, partial(self._set_person, correction, lived_in), partial(self._saved, way)
        )

    def _saved(self, way: str) -> None:
        if not self._is_first_start:
            self.say(_("Saved."))
        self.finish(way)

    @on(OptionList.OptionSelected, "#other-ways")
    def action_other(self) -> None:
        """Ask for another way to begin, and then for the country if it was not answered; what is filled in is saved."""
        if not self._is_first_start:
            words = _("This is for the first start. Later {key} finds each way by its name.")
            self.say(words.format(key=self.readable_key_of("everywhere.palette")))
            return
        from metaoptout_tui.core.objection.ways_to_begin import WayToBegin, ways_question
        from metaoptout_tui.ui.screens.asking import ask_choice
        from metaoptout_tui.ui.screens.ways_to_begin import begin_rehearsal

        def chosen(way: str) -> None:
            if way == WayToBegin.REHEARSAL:
                begin_rehearsal(self)
            elif self._countries.is_answered:
                self._save_and_finish(way)
            else:
                self._way_to_begin = way
                self.query_one("#country", Input).focus()
                self.say(_("First the country you live in: its law and its authority are yours."))

        self.save_draft()
        question = ways_question(is_first_start=True, is_rehearsal=self.context.is_rehearsal)
        ask_choice(self, question, chosen, is_menu=True)

    def has_effect(self, command: Command) -> bool:
        """Other ways to begin are offered at the first start only."""
        return super().has_effect(command) and (self._is_first_start or command.id != "welcome.other")

    def action_skip(self) -> None:
        """Go on to the next question of the first start, keeping what is typed and ticked; later just go back."""
        if not self._is_first_start:
            self.action_back()
        elif self._focused_id == "email":
            self.action_finish()
        elif self._focused_id == "platforms":
            self.set_focus(self.query_one("#email"))
        elif self._focused_id == "other-ways":
            self.action_finish()
        else:
            self._countries.drop_search()
            self._country_taken()


def _took_for_names(screen: WelcomeScreen, email: Input) -> bool:
    """Whether what stands in the field for the address has no @ and was taken for names, whose field is empty."""
    typed = email.value.strip()
    if not typed or "@" in typed.removeprefix("@"):
        return False
    with screen.prevent(Input.Changed):  # else the error below would go at once
        platform = screen.query_one(AccountNameFields).offer(typed)
        if platform is None:
            return False
        email.value = ""
    screen.save_draft()
    words = _("“{names}”: taken for the names of what you have on {platform}. Here goes your e-mail address.")
    screen.refuse(email, words.format(names=typed, platform=platform))
    return True


def _source_list(context: AppContext, country: str) -> SourceList:
    playbook = context.session.playbook
    public = [statement for statement in playbook.statements if "welcome" in statement.scope.places]
    statements = (*_statements_on(country, playbook), *public)
    sentences = [(statement.basis, playbook.texts.sentence(statement.id)) for statement in statements]
    return SourceList(context, screen_title(WelcomeScreen.SCREEN_ID), sentences)


def _words_asking(person: str, field: str) -> str:
    """The question above a field, which names the person where the record is one of several people's."""
    named = {
        "country": _("1  In which country does {person} live? Type to search."),
        "platforms": _("2  What does {person} use? Space ticks. Two accounts? Press 2."),
        "email": _("3  The e-mail address that {person} can read now"),
    }
    unnamed = {
        "country": _("1  Where do you live? Type to search."),
        "platforms": _("2  What do you use? Space ticks. Have two? Press 2."),
        "email": _("3  Your e-mail address, the one you can read now"),
    }
    return named[field].format(person=person) if person else unnamed[field]


def _headline(screen: WelcomeScreen, *, is_first_start: bool) -> tuple[str, str]:
    """What stands in the two lines above the questions."""
    if is_first_start:
        left = _("Three questions: Enter goes on, Esc skips. No account, or objected already? {key}")
        return _("Welcome to metaoptout-tui"), left.format(key=screen.readable_key_of("welcome.other"))
    left = _("Enter goes on; after the last field it saves. {key}: the language of the program.")
    return pgettext("screen", "You"), left.format(key=screen.readable_key_of("everywhere.language"))


def _questions_about_sender(person: str) -> Mapping[str, str]:
    """What letters need of the person, who is named where somebody else may answer."""
    if person:
        return {
            SENDER_NAME: _("4  The full name of {person}, for letters").format(person=person),
            SENDER_ADDRESS: _("5  The postal address of {person}, for letters").format(person=person),
        }
    return {
        SENDER_NAME: _("4  Your name, as your letters are signed"),
        SENDER_ADDRESS: _("5  Your postal address, for your letters"),
    }


def _where_it_is_kept(context: AppContext) -> str:
    if context.is_rehearsal:
        return _("Nothing of this rehearsal stays when you leave it.")
    return f"{_('All is kept in this file:')}\n{context.record_location}"


def _words_on(context: AppContext, country: str) -> str:
    """What is said of a country: its territory, and the right to object there."""
    playbook = context.session.playbook
    sentences = (
        with_doubt(playbook.texts.sentence(statement.id), statement.basis)
        for statement in _statements_on(country, playbook)
    )
    return " ".join((context.territory_note(country), *sentences)).strip()


def _statements_on(country: str, playbook: Playbook) -> tuple[Statement, ...]:
    """What is said here of the right in a country; where there is one, the first sentence alone."""
    if not country:
        return ()
    region = playbook.region_of_country(country)
    statements = playbook.statements_for(step="region", platform="facebook", region=region.id)
    return statements[:1] if region.right_to_object == "yes" else statements


def _promise(screen: WelcomeScreen) -> str:
    """What the program does and is not, where the record is, and what Meta counts as public."""
    context = screen.context
    playbook = context.session.playbook
    public = (
        with_doubt(playbook.texts.sentence(statement.id), statement.basis)
        for statement in playbook.statements
        if "welcome" in statement.scope.places
    )
    names = " · ".join(name for _id, name in context.screen_language.options)
    return "\n".join(
        (
            f"{screen.readable_key_of('everywhere.language')} {names}",
            f"{_('Nothing is sent to Meta.')} {_(NOT_LEGAL_ADVICE)} {_where_it_is_kept(context)}",
            *public,
        )
    )
