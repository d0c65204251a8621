"""The supervisory authority that takes a complaint: its pages, languages and requirements.

Also asks for the German Land, on which the authority depends, and records a complaint made without a letter from here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.letters.sent_letters import complaint_input, complaint_recorded, sending_methods
from metaoptout_tui.core.guidance.authorities import Authority
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.letters.authority_facts import (
    GERMANY,
    NO_LAND,
    ObjectionPlace,
    authority_of_former_country,
    authority_of_present_country,
    authority_pages,
    depends_on_land,
    facts_of_authority,
    land_question,
    objection_place,
    present_authority_sentence,
    ways_to_write,
)
from metaoptout_tui.core.links import SafeUrl, trusted_url_or_none
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import choice_screen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen
from metaoptout_tui.ui.text.builder import TextBuilder


def ask_land(
    screen: BaseScreen[Any], then: Callable[[], object], *, at_end: Callable[[], object] = lambda: None
) -> None:
    """Ask in which Land a person in Germany lives, record it, and call `then`; `at_end` is called without an answer too."""
    session = screen.session
    question = land_question(screen.context.authorities(), session.record.person)

    def answered(answer: ChosenOption | None) -> None:
        land = "" if answer is None or answer.option_id == NO_LAND else answer.option_id
        if answer is not None and (
            land == session.record.person.land or screen.make_change(lambda: session.account_service.set_land(land))
        ):
            then()
        at_end()

    screen.open_made_screen(choice_screen(screen.context, question), answered)


class AuthorityScreen(ListAndDetailScreen[None]):
    """The authority's pages above, what to know about it below."""

    SCREEN_ID = "authority"
    LIST_ID = "pages"
    LINK_NAME = mark("The address")
    DEFAULT_CSS = "AuthorityScreen ChoiceList { max-height: 40%; }"

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context)
        self._account_id = account_id
        self._links_by_row: dict[str, tuple[str, str]] = {}

    def on_mount(self) -> None:
        """Begin in the list; in Germany ask for the Land first, on which the authority depends."""
        status = self.session.view.require_status(self._account_id)
        is_asked = depends_on_land(status, self.session.record.person)
        if is_asked and not self.session.current_record.read_only_reason:
            self.call_after_refresh(ask_land, self, self.update_content)

    @property
    def _place(self) -> ObjectionPlace:
        """Where the person lived when the objection was sent."""
        return objection_place(self.session.view.require_status(self._account_id), self.session.record.person)

    @property
    def _is_of_present_country(self) -> bool:
        return self._place.country == self.session.record.person.country

    @property
    def _present_authority(self) -> Authority | None:
        """The authority of where the person lives now, where that is another."""
        return authority_of_present_country(self.context.authorities(), self.session.record.person, self._place.country)

    @property
    def _authority(self) -> Authority | None:
        return self.context.authorities().authority_for(*self._place)

    def update_content(self) -> None:
        """The authority of the country where the person lived when they objected."""
        super().update_content()
        authority = self._authority
        if authority is not None:
            title = authority.full_name
        elif not self._is_of_present_country:
            title = _("No authority is known for where you lived then")
        elif self.session.record.person.country:
            title = _("No authority is known for where you live")
        else:
            title = _("No authority is known for you yet")
        self.set_headline(
            title,
            left=_("{key} asks your browser to open the highlighted page.").format(
                key=self.readable_key_of("authority.browser")
            ),
        )
        country = self._place.country
        pages = authority_pages(
            self.context.authorities(), authority, self.session.playbook, country, self._present_authority
        )
        self._links_by_row = {str(number): page for number, page in enumerate(pages)}
        self.choice_list.show_rows([(key, self._link_row(*page)) for key, page in self._links_by_row.items()])
        self.show_detail()

    def _link_row(self, label: str, url: str) -> Content:
        safe = trusted_url_or_none(url)
        return Content.assemble((label, "bold"), (f"  {safe.host if safe else url}", "$muted"))

    def show_detail(self) -> None:
        """The address of the highlighted page, and what to know about the authority."""
        self.reader.show_content(self._details_text(self.reader.text_width), from_top=False)

    def _details_text(self, width: int) -> Content:
        authorities, authority, bullet = self.context.authorities(), self._authority, self.context.symbols.bullet
        playbook, country = self.session.playbook, self._place.country
        builder = TextBuilder(width)
        link = self._links_by_row.get(self.choice_list.highlighted_id)
        if link is not None:
            builder.paragraph(link[1])
        if authority is None:
            builder.heading(_("What to know"))
            if not country:
                builder.item(
                    bullet,
                    _("No country is set. {key} says where you live.").format(
                        key=self.readable_key_of("authority.you")
                    ),
                )
            builder.item(bullet, authorities.sentence("fallback"))
            return builder.content()
        builder.heading(_("What to know"))
        if not self._is_of_present_country:
            builder.item(bullet, authority_of_former_country(self.context.countries(), country))
            if present := self._present_authority:
                builder.item(bullet, present_authority_sentence(present, self.session.record.person))
        if authority.land:
            builder.item(
                bullet,
                _("It is the authority of {land}. {key} changes the Land.").format(
                    land=authority.land, key=self.readable_key_of("authority.land")
                ),
            )
        elif authority.code == GERMANY and self._is_of_present_country:
            builder.item(
                bullet,
                _("{key} chooses the Land you live in.").format(key=self.readable_key_of("authority.land")),
            )
        for sentence, sureness in facts_of_authority(authorities, authority, playbook, country):
            builder.item(bullet, sentence, sureness)
        builder.heading(_("Where to write"))
        for sentence, sureness in ways_to_write(authorities, authority, self.context.countries()):
            builder.item(bullet, sentence, sureness)
        return builder.content()

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The address of the highlighted page."""
        link = self._links_by_row.get(self.choice_list.highlighted_id)
        safe = trusted_url_or_none(link[1]) if link else None
        if safe is None:
            self.say(_("This address cannot be opened from here."))
        return safe

    @on(OptionList.OptionSelected)
    def _page_selected(self) -> None:
        self.action_browser()

    def action_land(self) -> None:
        """Choose the Land."""
        if self._place.country == GERMANY and self._is_of_present_country:
            ask_land(self, self.update_content)
        else:
            self.say(_("A part of the country is chosen here for Germany only."))

    def has_effect(self, command: Command) -> bool:
        """A Land is chosen in Germany only."""
        is_in_germany = self._is_of_present_country and self._place.country == GERMANY
        is_offered = command.action_name != "land" or is_in_germany
        return super().has_effect(command) and is_offered

    def action_complained(self) -> None:
        """Ask how and when a complaint without a letter of this program was made, and record it."""
        if self._authority is None:
            self.say(_("Say first where you live: the record names the authority to which you complained."))
            return
        title = _("How did you complain to {authority}?").format(authority=self._authority.full_name)
        account = account_name(self.session.account(self._account_id), self.session.playbook)
        help_text = _("It is written into the diary of {account}.").format(account=account)
        question = ChoiceScreen(self.context, title, sending_methods(), help_text=help_text)
        self.app.push_screen(question, self._ask_complaint_date)

    def _ask_complaint_date(self, answer: ChosenOption | None) -> None:
        authority = self._authority
        if answer is None or authority is None:
            return

        def record_complaint(at: datetime) -> None:
            self.session.diary_service.record_sent_letter(
                self._account_id, complaint_input(authority, answer.option_id, at)
            )

        def date_asked(at: datetime | None) -> None:
            if at is not None:
                self.say(complaint_recorded(self.session, self._account_id, authority, answer.option_id))

        question = DateScreen(self.context, _("When did you complain?"), save_date=record_complaint)
        self.app.push_screen(question, date_asked)
