"""The topics of the guidance: what an objection reaches, data from elsewhere, no log-in, frauds, Meta's download."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.letters.letters import letters_for
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.guidance.topics import TOPICS, TopicId, topic_forms, topic_statements
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import SafeUrl, meta_url_or_none
from metaoptout_tui.core.objection.authority_tasks import reasons_after_decision
from metaoptout_tui.core.objection.event_sentences import describe_log_in
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.base.moving_about import MovedByArrows
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext, FromElsewhereRequested
from metaoptout_tui.ui.screens.log_in import ask_log_in
from metaoptout_tui.ui.text.step_sources import SourcedText, SourceList, form_row, sentence_in_view
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader

_BEGIN_ROW, _LOG_IN_ROW, _LETTER_ROW, _SAY_ROW = "begin", "log-in", "letter", "say"
"""The ids of the rows that are no links."""
_LETTER = "objection"


class TopicScreen(BrowserAndClipboardScreen[None]):
    """One topic as a text, and below it the links it leads to; a key goes on to the next topic."""

    SCREEN_ID = "topic"
    DEFAULT_CSS = """
    TopicScreen Reader { height: 1fr; padding: 0 1; }
    TopicScreen ChoiceList { height: auto; max-height: 8; border-top: solid $line; }
    """

    def __init__(self, context: AppContext, topic: str = TopicId.REACH, account_id: str = "") -> None:
        super().__init__(context)
        self._account_id = account_id
        self._topic_id = TopicId(topic)
        self._links_by_form: dict[str, SafeUrl] = {}
        self._sentence_lines: Sequence[tuple[int, str]] = ()

    def compose_body(self) -> ComposeResult:
        """The text above, the links below."""
        yield Reader()
        yield ChoiceList(id="links")

    @property
    def _region_id(self) -> str:
        return self.session.playbook.region_of_country(self.session.record.person.country).id

    def on_mount(self) -> None:
        """Show the topic and give it the focus."""
        self.show_topic(self._topic_id)

    def show_topic(self, topic: str) -> None:
        """Show a topic from its beginning."""
        self._topic_id = TopicId(topic)
        self._links_by_form.clear()
        rows = [
            (id, Content.assemble((f"{self.context.symbols.arrow} {words}", "bold $text-accent")))
            for id, words in self._own_rows().items()
        ]
        for form in topic_forms(self.session.playbook, self._topic_id, self._region_id, self._reasons):
            link = meta_url_or_none(form.url)
            if link is not None:
                self._links_by_form[form.id] = link
                rows.append((form.id, form_row(form, self.session.playbook)))
        self.choice_list.show_rows(rows, chosen=rows[0][0] if rows else None)
        self.choice_list.display = bool(rows)
        self.set_focus(self.choice_list if rows else self.reader)
        self._write_text(from_top=True)

    @property
    def _reasons(self) -> frozenset[str] | None:
        """Why the account leads here: why the person cannot log in to it, or what the authority decided; None if not known."""
        status = self.account_status
        if status is None:
            return None
        if self._topic_id is TopicId.AFTER_DECISION:
            return reasons_after_decision(status)
        why = status.why_no_log_in if self._topic_id is TopicId.NO_LOGIN else None
        return frozenset({str(why)}) if why is not None else None

    def _own_rows(self) -> dict[str, str]:
        """What can be done here and recorded, in words by the id of its row."""
        if self._topic_id is TopicId.THIRD_PARTY:
            begun = any(account.is_from_elsewhere for account in self.session.record.accounts)
            going_on = _("Open what you recorded for it: what you sent, and what came back")
            return {_BEGIN_ROW: going_on if begun else _("Object, and keep a record of it")}
        status = self.account_status
        if self._topic_id is TopicId.AFTER_DECISION:
            is_decided = status is not None and status.outcome and status.outcome.decision_of_authority
            return {_SAY_ROW: _("Say what its letter names, or what you did")} if is_decided else {}
        if self._topic_id is not TopicId.NO_LOGIN or status is None:
            return {}
        if not status.can_object or status.account.is_from_elsewhere:
            return {}
        name = account_name(status.account, self.session.playbook)
        if status.why_no_log_in is None:
            return {_LOG_IN_ROW: _("Write down why you cannot log in to {account}").format(account=name)}
        rows = {_LOG_IN_ROW: describe_log_in(status, self.session.playbook, self.session.now())}
        return (
            {**rows, _LETTER_ROW: _("Object by letter for {account}").format(account=name)}
            if _LETTER in letters_for(status)
            else rows
        )

    @property
    def account_in_view(self) -> str:
        """The account from which the topic was opened, empty for none."""
        return self._account_id

    def update_content(self) -> None:
        """Show the text as it is now."""
        super().update_content()
        self._write_text(from_top=False)

    def rewrap_text(self) -> None:
        """Wrap the text for the new width."""
        self._write_text(from_top=False)

    def _write_text(self, *, from_top: bool) -> None:
        following = _(TOPICS[self._other_topic(1)].title)
        goes_on = _("{key} goes on to “{topic}”.").format(key=self.readable_key_of("topic.next"), topic=following)
        self.set_headline(
            _(TOPICS[self._topic_id].title),
            left=f"{goes_on} {_(NOT_LEGAL_ADVICE)}",
        )
        text = SourcedText(self.context, self.reader.text_width)
        for heading, statements in topic_statements(
            self.session.playbook, self._topic_id, self._region_id, self._reasons
        ):
            text.builder.heading(heading)
            text.add_statements(statements)
        content = text.content()
        self._sentence_lines = text.sentence_lines
        self.reader.show_content(content, from_top=from_top)

    def _other_topic(self, distance: int) -> TopicId:
        topics = tuple(TopicId)
        return topics[(topics.index(self._topic_id) + distance) % len(topics)]

    @property
    def moved_by_arrows(self) -> MovedByArrows:
        """The links, or the text of a topic without any."""
        return self.choice_list if self._links_by_form else self.reader

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The highlighted link."""
        link = self._links_by_form.get(self.choice_list.highlighted_id)
        if link is None:
            self.say(_("There is no link here."))
        return link

    @on(OptionList.OptionSelected)
    def action_browser(self) -> None:
        """Open the highlighted link, or do what the highlighted row says."""
        match self.choice_list.highlighted_id:
            case row if row == _BEGIN_ROW:
                self.post_message(FromElsewhereRequested())
            case row if row == _LOG_IN_ROW:
                ask_log_in(self, self._account_id, lambda: self.show_topic(self._topic_id))
            case row if row == _SAY_ROW:
                self.open_screen(StepId.REPLY, self._account_id)
            case row if row == _LETTER_ROW:
                from metaoptout_tui.ui.screens.letters import ask_what_is_missing

                open_letter = partial(self.open_screen, "letter", self._account_id, _LETTER)
                ask_what_is_missing(self, self._account_id, _LETTER, open_letter)
            case _:
                super().action_browser()

    def action_next(self) -> None:
        """Go on to the next topic."""
        self.show_topic(self._other_topic(1))

    def action_last(self) -> None:
        """Go back to the topic before."""
        self.show_topic(self._other_topic(-1))

    def action_sources(self) -> None:
        """Show who says what the topic tells, beginning with what is in view."""
        read_sources = partial(_topic_sources, self.context, self._topic_id, self._region_id, self._reasons)
        sentence = sentence_in_view(self._sentence_lines, self.reader.scroll_offset.y)
        self.open_screen("sources", read_sources, sentence)


def _topic_sources(context: AppContext, topic: TopicId, region: str, reasons: frozenset[str] | None) -> SourceList:
    """The sources of a topic."""
    playbook, sentence = context.session.playbook, context.session.playbook.texts.sentence
    topic_sentences = [
        statement
        for _heading, statements in topic_statements(playbook, topic, region, reasons)
        for statement in statements
    ]
    forms = topic_forms(playbook, topic, region, reasons)
    statements = [
        *((statement.basis, sentence(statement.id)) for statement in topic_sentences),
        *((form.basis, labelled(sentence(f"form.{form.id}"), form.url)) for form in forms),
    ]
    return SourceList(context, _(TOPICS[topic].title), statements)


def open_topic(context: AppContext, app: App[Any], topic: str) -> None:
    """Show a topic, on the screen of another one where that is in front."""
    screen = app.screen
    if isinstance(screen, TopicScreen):
        screen.show_topic(topic)
    elif isinstance(screen, BaseScreen):
        app.push_screen(TopicScreen(context, topic))
