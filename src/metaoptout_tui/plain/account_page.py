"""The page of one account: how it stands, its steps, what fits it, and everything else that can be done with it."""

from functools import partial

from metaoptout_tui.app.commands.commands import find_command
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, pgettext
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.sentences import describe_state, describe_step, step_title
from metaoptout_tui.core.record.account_names import account_name_with_child
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.plain.accounts import link_sentence
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WentToList
from metaoptout_tui.plain.menu import ThingsToDo, choose_and_do
from metaoptout_tui.plain.offers import ACCOUNT_DIALOGUES, take_offer
from metaoptout_tui.plain.steps import do_step

_STEP, _OFFER = "step:", "offer:"
_MORE, _ACCOUNTS = "everything-else", "accounts"
_WHAT_ROWS_DO = mark(
    "A step says what to do and then asks whether you did it; what follows the steps is what fits this account now."
)


def offer_account(context: PlainContext, account_id: str) -> None:
    """Offer the steps of an account, what fits it, and everything else, until the person goes back."""
    while context.session.record.account_by_id(account_id) is not None:
        options = _tell_account(context, account_id)
        chosen = context.dialogue.choose(_("What do you want to do with it?"), options, why=_(_WHAT_ROWS_DO))
        try:
            with context.dialogue.back_to(_("the page of {account}").format(account=context.name_of(account_id))):
                _do_with_account(context, account_id, chosen)
        except MetaOptOutError as error:
            context.say(str(error))


def _tell_account(context: PlainContext, account_id: str) -> list[tuple[str, str]]:
    """Tell how an account stands; what can be done with it."""
    status, overview = context.status(account_id), context.session.overview()
    state = describe_state(status, context.session.record, context.playbook, overview.now)
    name = account_name_with_child(status.account, context.session.record, context.playbook)
    context.dialogue.say_part(context.whose_record, with_full_stop(labelled(name, state)))
    if not status.account.is_from_elsewhere:
        context.say(link_sentence(context, account_id))
    tasks = [each for each in overview.tasks if each.account_id == account_id]
    options = []
    for number, step in enumerate(status.steps, start=1):
        title = step_title(step.id, status.account.platform, context.playbook)
        here = next((task for task in tasks if task.step_id == step.id), None)
        words = describe_step(step, status, overview.now, task=here)
        if step.state is StepState.DONE and words:
            # Translators: {details} is such as “sent on 3 Nov”.
            row_words = _("Step {number}, {step}: done, {details}").format(number=number, step=title, details=words)
        else:
            state = words or _state_words(step.state)
            if step.id == StepId.REPLY and status.newest_subject_of_replies is not None:
                row_words = _("Step {number}, {step}, to write down what came back: {state}")
            else:
                row_words = _("Step {number}, {step}: {state}")
            row_words = row_words.format(number=number, step=title, state=state)
        options.append((f"{_STEP}{step.id}", row_words))
    options += [(f"{_OFFER}{offer.row_id}", offer.words) for offer in offers_of(status, tasks)]
    options += [(_ACCOUNTS, _("Go back to the list of accounts")), (_MORE, _("Everything else for this account"))]
    return options


def _do_with_account(context: PlainContext, account_id: str, chosen: str) -> None:
    if chosen.startswith(_STEP):
        do_step(context, account_id, chosen.removeprefix(_STEP))
    elif chosen.startswith(_OFFER):
        overview = context.session.overview()
        tasks = [each for each in overview.tasks if each.account_id == account_id]
        offers = offers_of(context.status(account_id), tasks)
        take_offer(context, account_id, next(each for each in offers if f"{_OFFER}{each.row_id}" == chosen))
    elif chosen == _ACCOUNTS:
        raise WentToList
    else:
        commands = filter(None, map(find_command, ACCOUNT_DIALOGUES))
        things: ThingsToDo = {
            command.id: (
                f"{command.title}. {_help_words(command.id, command.help)}",
                partial(ACCOUNT_DIALOGUES[command.id], context, account_id),
            )
            for command in commands
        }
        title = _("Everything else for this account")
        choose_and_do(context.dialogue, _("What do you want to do?"), lambda: things, title)


def _state_words(state: StepState) -> str:
    """What is said of a step that has no words of its own."""
    return pgettext("a step", "done") if state is StepState.DONE else pgettext("a step", "to do")


def _help_words(command_id: str, help: str) -> str:
    """What a command does, for somebody who sees no highlighted row."""
    return _(OWN_HELP[command_id]) if command_id in OWN_HELP else help


OWN_HELP = {
    "checklist.tick": mark("Mark a step as done, or take that back."),
    "checklist.note": mark("Write a note to a step."),
    "checklist.skip": mark("Leave a step out."),
}
"""What a command does, by its id, where its help tells of a row that is highlighted."""
