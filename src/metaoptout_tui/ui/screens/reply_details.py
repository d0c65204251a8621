"""Asks for what belongs to a reply besides its variant: a day that is set, where a complaint went, whom it names."""

from collections.abc import Callable, Mapping
from typing import Any

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.named_accounts import fields_of_named_accounts, named_accounts_question
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.objection.reply_details import ReplyDetail
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption

_NONE = "none"


def ask_detail(
    screen: BaseScreen[Any], account_id: str, detail: ReplyDetail, then: Callable[[Mapping[str, object]], object]
) -> None:
    """Ask for a detail of a reply, and call `then` with its field; with nothing where that is not told. Esc goes back."""
    today = screen.session.now().date()

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            then(detail.value("" if answer.option_id == _NONE else answer.typed_text, today))

    other = FreeTextOption(
        _(detail.label),
        _(detail.placeholder),
        make_draft_key("reply-detail", account_id),
        validate=lambda typed: detail.value(typed, today),
    )
    rows = [(_NONE, _(detail.none))]
    screen.open_made_screen(
        ChoiceScreen(screen.context, _(detail.question), rows, chosen=_NONE, help_text=_(detail.help), other=other),
        answered,
    )


def ask_named_accounts(
    screen: BaseScreen[Any], account_id: str, reply: Reply, then: Callable[[Mapping[str, object]], object]
) -> None:
    """Call `then` with the field for it, of a confirmation after asking which of the linked accounts it names."""
    session = screen.session
    question = named_accounts_question(reply, account_id, session.overview(), session.playbook)
    if question is None:
        then({})
    else:
        ask_choice(screen, question, lambda answer: then(fields_of_named_accounts(answer)))
