"""The step that lists the accounts: the person ticks which of them appear together, and says that the list is complete."""

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from metaoptout_tui.app.accounts.link_questions import (
    LINKED_SINCE_OPTIONAL,
    NEW_GROUP,
    AccountLink,
    link_answer_of,
    link_answers,
    link_of_answer,
    linked_since_of,
)
from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.formatting import format_list, format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.event_sentences import describe_link
from metaoptout_tui.core.objection.linking_question import LinkingQuestion, linking_question
from metaoptout_tui.core.record.account_names import NEW_GROUP_NAME, account_name, group_name, shown_platform_name
from metaoptout_tui.core.record.accounts import Account, make_draft_key
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.account import GROUP_NAME_PLACEHOLDER, AccountScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption
from metaoptout_tui.ui.screens.linked_since import ask_linked_since
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.text_field import TextField

_ALL_ROW, _NONE_ROW, _UNKNOWN_ROW = "=all", "=none", "=unknown"
_WORDS_ROWS = {_NONE_ROW: mark("None of them appears with another"), _UNKNOWN_ROW: mark("I don't know")}
_OTHERS_UNKNOWN = mark("I don't know about the others")
"""The words of the last row where some are ticked: it can be ticked beside them."""
_ROW_MARGIN = 8
_SINCE_DRAFT = make_draft_key("linked-since")


class LinkedAccountsScreen(AccountGuideScreen[str | None]):
    """All accounts, ticked where they appear together; Enter says that the list is complete.

    What is ticked is recorded with Enter, all of it as one change, with the day in the field below where one is typed.
    """

    SCREEN_ID = STEP = StepId.IDENTIFY
    LIST_ID = "accounts"
    DEFAULT_CSS = "LinkedAccountsScreen ChoiceList { max-height: 60%; }"

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context, account_id)
        self._ticked_rows: set[str] = set()
        self._links_shown: dict[str, str | None] = {}

    def highlight_first_row(self) -> None:
        """Begin at the row for all that object, or at the account of the step where that is no such account."""
        if self._account_id not in self._ids_of_all:
            self.choice_list.go_to(self._account_id)

    def compose_body(self) -> ComposeResult:
        """The accounts to tick, and below them where a person sees what is linked."""
        yield CheckboxList((), id=self.LIST_ID)
        typed = self.session.drafts.read(_SINCE_DRAFT).get("since", "")
        yield TextField(typed, placeholder=_(LINKED_SINCE_OPTIONAL), id="since")
        yield Reader()

    @property
    def _checkboxes(self) -> CheckboxList:
        return self.query_one(CheckboxList)

    @property
    def _question(self) -> LinkingQuestion | None:
        return linking_question(self.session.record, self.session.playbook)

    def update_content(self) -> None:
        """The present accounts. What was ticked stays so, unless the record changed for that account."""
        super().update_content()
        self._fit_ticks()  # of a key whose message has not come yet
        question = self._question
        if question is None:
            left = _("{key} adds one that is missing. Enter: that is all of them.").format(
                key=self.readable_key_of("identify.add")
            )
            self.set_headline(_("Are these all your accounts?"), left=left)
        else:
            if question.group == NEW_GROUP_NAME:
                left = _("Space ticks. Enter: that is right, and these are all my accounts.")
            else:
                left = _("Space ticks what is in “{group}”. Enter: that is right, and these are all my accounts.")
            self.set_headline(
                _("Which of these appear together in the Accounts Centre?"),
                left=left.format(group=group_name(question.group)),
            )
        self._take_over_links(question)
        self._show_rows(question)
        if self.account_status is not None:
            guide = self.step_guide(self.account_status)
            self.show_text(guide.step_instructions(is_whole=self._is_whole), guide.sentence_lines)

    def _take_over_links(self, question: LinkingQuestion | None) -> None:
        """Tick what the record says of accounts whose link is new here or was changed since."""
        links = {account.id: account.linked_group for account in question.accounts} if question else {}
        if question is not None and links != self._links_shown:
            changed = {id for id, link in links.items() if self._links_shown.get(id, _ALL_ROW) != link}
            linked = set(question.linked_ids)
            kept = {id for id in self._ticked_rows if id in links and id not in changed}
            self._ticked_rows = kept | (linked & changed)
            if not self._ticked_rows and question.is_answered:
                self._ticked_rows = {_NONE_ROW}
            elif question.linked_ids and not question.is_answered:
                self._ticked_rows.add(_UNKNOWN_ROW)
        self._links_shown = links
        self._tick_row_of_all(question)

    @property
    def _ids_of_all(self) -> list[str]:
        """The accounts of the first row: those that one objection may cover, if they are linked; or the only two."""
        question = self._question
        asked = [account.id for account in question.accounts] if question else []
        if question is not None and question.is_about_both:
            return asked
        statuses = self.session.overview().statuses
        return [each.account.id for each in statuses if each.can_object and each.account.id in asked]

    def _tick_row_of_all(self, question: LinkingQuestion | None) -> None:
        ids = self._ids_of_all
        self._ticked_rows.discard(_ALL_ROW)
        if question is not None and len(ids) > 1 and self._ticked_rows.issuperset(ids):
            self._ticked_rows.add(_ALL_ROW)

    def _rows(self, question: LinkingQuestion | None) -> list[tuple[str, str | Content]]:
        accounts, shown = self.session.record.accounts, (self.session.playbook, self.size.width)
        if question is None:
            return [(f"-{account.id}", _account_row(account, "", *shown)) for account in accounts]
        rows: list[tuple[str, str | Content]] = []
        ids = self._ids_of_all
        if len(ids) > 1:
            rows.append((_ALL_ROW, _row_of_all([each for each in accounts if each.id in ids], *shown)))
        asked = {account.id for account in question.accounts}
        if not question.is_about_both:
            rows.extend((each.id, _account_row(each, question.group, *shown)) for each in accounts if each.id in asked)
        rows.extend((f"-{each.id}", _account_row(each, "", *shown)) for each in accounts if each.id not in asked)
        words_rows = {**_WORDS_ROWS, _UNKNOWN_ROW: _OTHERS_UNKNOWN} if self._are_some_ticked(question) else _WORDS_ROWS
        rows.extend((row, _(words)) for row, words in words_rows.items())
        return rows

    def _are_some_ticked(self, question: LinkingQuestion | None) -> bool:
        """Whether some accounts are ticked, and others are not, which may be linked or not, or nobody knows."""
        return question is not None and 0 < len(self._ticked_ids(question)) < len(question.accounts)

    @on(CheckboxList.Changed)
    def _ticks_changed(self) -> None:
        self._fit_ticks()
        self._show_rows(self._question)

    def _show_rows(self, question: LinkingQuestion | None) -> None:
        self._checkboxes.show_checkboxes(self._rows(question), self._ticked_rows)
        linked = [id for id in self._ticked_ids(question) if id not in question.linked_ids] if question else []
        self.query_one("#since").display = bool(linked) and len(self._ticked_ids(question)) > 1

    def _ticked_ids(self, question: LinkingQuestion | None) -> list[str]:
        return [account.id for account in question.accounts if account.id in self._ticked_rows] if question else []

    def _fit_ticks(self) -> None:
        """Take over what was ticked so that it fits: all or each, none in place of any, not known beside some or alone."""
        before, after = self._ticked_rows, set(self._checkboxes.checked_ids)
        ids = set(self._ids_of_all)
        if _ALL_ROW in after - before:
            after |= ids
        elif _ALL_ROW in before - after:
            after -= ids
        question = self._question
        could_be_told_with_others = self._are_some_ticked(question)
        without_row = set(self._links_shown) - {option.id for option in self._checkboxes.options}
        after |= without_row if _ALL_ROW in after else set()
        for row in after - before & set(_WORDS_ROWS):
            is_of_others = row == _UNKNOWN_ROW and could_be_told_with_others
            after = after - {_NONE_ROW} if is_of_others else {row}
        if any(row not in _WORDS_ROWS for row in after - before):
            after.discard(_NONE_ROW)
        self._ticked_rows = after
        if self._ticked_ids(question) and not self._are_some_ticked(question):
            after.discard(_UNKNOWN_ROW)
        self._tick_row_of_all(question)

    @on(Input.Changed, "#since")
    def save_draft(self) -> None:
        """Keep what is typed into the field for the day."""
        self.session.drafts.save(_SINCE_DRAFT, {"since": self.query_one("#since", Input).value})

    @on(Input.Submitted, "#since")
    def action_complete(self) -> None:
        """Record that the list is complete, and what was ticked; ask since when, where an objection depends on it."""
        question = self._question
        self._fit_ticks()
        if question is None:
            self._complete({}, None)
            return
        ticked = [account for account in question.accounts if account.id in self._ticked_rows]
        changes = question.changes([account.id for account in ticked], is_rest_known=self._is_rest_known)
        if not ticked and not self._ticked_rows and not question.is_answered:
            self.say(_("Tick those that appear together, or one of the last two rows."))
        elif len(ticked) == 1 and changes:
            self.say(
                _("{account} alone: tick what it appears with.").format(
                    account=account_name(ticked[0], self.session.playbook)
                )
            )
        else:
            self._ask_since_and_complete(question.group, changes)

    @property
    def _is_rest_known(self) -> bool:
        return bool(self._ticked_rows) and _UNKNOWN_ROW not in self._ticked_rows

    def _ask_since_and_complete(self, group: str, changes: Mapping[str, str | None]) -> None:
        field = self.query_one("#since", Input)
        try:
            since = linked_since_of(field.value, self.session.now()) if field.display else None
        except InputRefused as error:
            self.say_error(error)
            field.focus()
            return
        account = self.session.account_service.account_to_date(changes, group)
        if account is None or since is not None:
            self._complete(changes, since)
        else:
            ask_linked_since(
                self,
                AccountLink(group),
                lambda since: self._complete(changes, since),
                platform=account.platform,
                account_id=account.id,
            )

    def _complete(self, changes: Mapping[str, str | None], since: LinkSince | None) -> None:
        typed = self.session.drafts.read(_SINCE_DRAFT)
        self.session.drafts.save(_SINCE_DRAFT, {})  # before the change, so that undo does not bring it back
        if not self.make_change(lambda: self.session.account_service.complete_list(self._account_id, changes, since)):
            self.session.drafts.save(_SINCE_DRAFT, typed)
        else:
            self.dismiss(self.STEP)

    def has_effect(self, command: Command) -> bool:
        """Whether a command does something now: of two accounts there is no row of each to say how it is linked."""
        question = self._question
        is_row_missing = question is not None and question.is_about_both
        return super().has_effect(command) and not (command.id == "identify.link" and is_row_missing)

    def action_link(self) -> None:
        """Ask how the highlighted account is linked, where that is in another group."""
        accounts = self.session.record.accounts
        chosen_id = accounts[0].id if len(accounts) == 1 else self.choice_list.highlighted_id
        account = self.session.record.account_by_id(chosen_id)
        if account is None:
            self.say(_("Go to an account first."))
            return

        def group_chosen(answer: ChosenOption | None) -> None:
            if answer is None:
                return
            link = link_of_answer(self.session.record, *answer)

            def save(since: LinkSince | None) -> None:
                service = self.session.account_service
                self.make_change(
                    lambda: service.set_linked_group(account.id, link.group, since, linked_with=link.linked_with)
                )

            ask_linked_since(self, link, save, platform=account.platform, account_id=account.id)

        self.app.push_screen(
            ChoiceScreen(
                self.context,
                _("How is {account} linked?").format(account=account_name(account, self.session.playbook)),
                link_answers(self.session, account.id),
                chosen=link_answer_of(account.linked_group),
                other=FreeTextOption(_(NEW_GROUP), _(GROUP_NAME_PLACEHOLDER), make_draft_key("hub", account.id)),
            ),
            group_chosen,
        )

    def action_add(self) -> None:
        """Add an account that is missing."""
        self.open_made_screen(AccountScreen(self.context))

    def action_download(self) -> None:
        """Take the accounts from Meta's download."""
        self.app.call_later(self.app.run_action, "app.download")


def _row_of_all(accounts: list[Account], playbook: Playbook, width: int) -> str:
    if len(accounts) == 2:
        names = format_list(account_name(account, playbook) for account in accounts)
        return elide_to_width(_("Both: {accounts}").format(accounts=names), 2 * (width - _ROW_MARGIN))
    platforms = format_list(dict.fromkeys(shown_platform_name(account.platform, playbook) for account in accounts))
    # Translators: {count} is more than two, {platforms} is such as “Facebook, Instagram and Threads”.
    return _("All {count} of {platforms}").format(count=format_number(len(accounts)), platforms=platforms)


def _account_row(account: Account, group: str, playbook: Playbook, width: int) -> Content:
    """The name, and the link where that is in another group than the one that is asked about."""
    room = width - _ROW_MARGIN
    name = elide_to_width(account_name(account, playbook), 2 * room)
    link = f"  {describe_link(account.linked_group)}" if account.linked_group and account.linked_group != group else ""
    return Content.assemble(name, (elide_to_width(link, 2 * room), "$muted"))
