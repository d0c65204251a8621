"""The list of accounts with what is next, what else can be done from it, and the way through until the person leaves."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import NoReturn

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.guidance.topics import TOPICS, TopicId
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import (
    describe_state,
    next_task_sentence,
    task_sentence,
)
from metaoptout_tui.core.objection.tasks import Task
from metaoptout_tui.core.objection.ways_to_begin import WayToBegin, ways_question
from metaoptout_tui.plain.account_page import offer_account
from metaoptout_tui.plain.accounts import add_account
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WentBack, WentToList, WentToNext
from metaoptout_tui.plain.download import read_download
from metaoptout_tui.plain.earlier_objection import record_objection_of_long_ago
from metaoptout_tui.plain.guidance import ask_about_guidance, run_page_check
from metaoptout_tui.plain.guide_lines import tell_topic, topic_sources
from metaoptout_tui.plain.helper import offer_helper
from metaoptout_tui.plain.kept import ask_about_kept
from metaoptout_tui.plain.linked_accounts import link_one_account
from metaoptout_tui.plain.log_in import go_without_log_in
from metaoptout_tui.plain.manual import read_manual
from metaoptout_tui.plain.menu import ThingsToDo, choose_and_do
from metaoptout_tui.plain.offers import take_offer
from metaoptout_tui.plain.overview import tell_coverage, tell_timeline
from metaoptout_tui.plain.people import choose_person
from metaoptout_tui.plain.steps import do_step
from metaoptout_tui.plain.typed_words import sentences_on_words, typed_word
from metaoptout_tui.plain.undo import PlainUndo
from metaoptout_tui.plain.welcome import FirstStart, ask_about_person, ask_country_alone, ask_screen_language

_ACCOUNT = "account:"
_NEXT, _ADD, _MORE, _READY, _COUNTRY, _REPLY = (
    "do-next",
    "add",
    "everything-else",
    "ready",
    "country",
    "reply",
)
_ELSEWHERE = "elsewhere"


class PlainChecklist:
    """The list of accounts and their steps in plain mode, from the first start or the list of accounts until the person leaves (`Left`)."""

    def __init__(self, context: PlainContext) -> None:
        self._context = context
        self._undo = PlainUndo(context)

    def run(self) -> NoReturn:
        """Ask what the person wants to do, and do it, for ever."""
        dialogue = self._context.dialogue
        dialogue.undo, dialogue.redo, dialogue.note_answer = self._undo.undo, self._undo.redo, self._undo.note_answer
        if self._context.session.account_service.is_new and not self._context.session.current_record.read_only_reason:
            self._carry_out(self._begin)
        else:
            self._context.say(*sentences_on_words())
        if self._context.page_check.is_due():
            run_page_check(self._context)
            self._context.say(self._context.page_check.outcome)
        while True:
            self._carry_out(self._list)

    def _carry_out(self, do: Callable[[], object]) -> None:
        """Do something; where the person goes elsewhere meanwhile, or it cannot be done, the list comes next."""
        while True:
            try:
                do()
            except WentToNext:
                do = self._do_next
                continue
            except (WentBack, WentToList):
                pass
            except MetaOptOutError as error:
                self._context.say(str(error))
            return

    def _begin(self) -> None:
        """The first start: its questions, and the one how the accounts are linked."""
        with self._back_to_list():
            FirstStart(self._context).ask()
        with self._back_to_list():
            offer_helper(self._context)
            question = linking_question(self._context.session.record, self._context.playbook)
            task = self._context.session.overview().next_task
            if task is not None and question is not None and not question.is_answered:
                do_step(self._context, task.account_id, StepId.IDENTIFY)

    def _back_to_list(self) -> AbstractContextManager[None, bool | None]:
        has_accounts = bool(self._context.session.record.accounts)
        return self._context.dialogue.back_to(
            _("the list of your accounts") if has_accounts else _("the question what you would like to do")
        )

    # The list

    def _list(self) -> None:
        """Tell what is next and how the accounts stand, and ask what to do."""
        context = self._context
        session = context.session
        overview, playbook = session.overview(), context.playbook
        next_words = next_task_sentence(overview.next_task, session.record, playbook)
        context.dialogue.say_part(
            context.whose_record,
            session.current_record.warning,
            _("Next: {task}").format(task=with_full_stop(next_words)),
        )
        if overview.objectable_count:
            context.say(with_full_stop(summarize_coverage(overview)))
        answerable_ids = [each.account.id for each in overview.statuses if each.newest_subject_of_replies is not None]
        options = self._options_of_list(overview, has_replies=bool(answerable_ids))
        task = overview.next_task
        default = _NEXT if task is not None and task.is_due(overview.now) else ""
        why = _(
            "A number does what stands behind it: an account leads to its steps and letters, “{row}” to settings, files and "
            "the manual."
        ).format(row=_("Everything else"))
        with self._undo.at_list():
            chosen = context.dialogue.choose(_("What would you like to do?"), options, default=default, why=why)
        if chosen == _NEXT:
            self._do_next()
            return
        with self._back_to_list():
            if chosen.startswith(_ACCOUNT):
                offer_account(self._context, chosen.removeprefix(_ACCOUNT))
            elif chosen == _ADD:
                self._add()
            elif chosen == _REPLY:
                self._record_reply(answerable_ids)
            elif chosen == _COUNTRY:
                ask_country_alone(context)
            else:
                choose_and_do(
                    context.dialogue, _("What would you like to do?"), self._other_things, _("Everything else")
                )

    def _options_of_list(self, overview: Overview, *, has_replies: bool) -> list[tuple[str, str]]:
        """What can be chosen at the list: what is next, each account, what came back, and what else there is."""
        context, session, playbook = self._context, self._context.session, self._context.playbook
        options: list[tuple[str, str]] = []
        # What is there at times only comes after the accounts, so that each keeps its number.
        is_due = overview.next_task is not None and overview.next_task.is_due(overview.now)
        if is_due or overview.statuses:
            options.append((_NEXT, _("Do what is next") if is_due else _("Hear what is next")))
        for status in overview.statuses:
            state = describe_state(status, session.record, playbook, overview.now)
            options.append((f"{_ACCOUNT}{status.account.id}", labelled(context.name_of(status.account.id), state)))
        if has_replies:
            options.append((_REPLY, _("Record what came back")))
        if not session.record.person.country:
            words = (
                _("Say in which country {person} lives") if context.person_name else _("Say in which country you live")
            )
            options.append((_COUNTRY, words.format(person=context.person_name)))
        options += [(_ADD, _("Add an account")), (_MORE, _("Everything else"))]
        return options

    def _other_things(self) -> ThingsToDo:
        """What else can be done from the list, by the id of the command on the screen, with its words."""
        context = self._context
        things: ThingsToDo = {
            "checklist.ways": (_("Other ways to begin: an earlier objection, no account, no log-in"), self._ways),
            "everywhere.download": (_("Read Meta's download"), partial(read_download, context)),
            "everywhere.reach": (_("What an objection reaches, and what else there is to know"), self._topics),
            "checklist.you": (
                _("Your details: country, language, e-mail, and your name and address for letters"),
                partial(ask_about_person, context),
            ),
            "everywhere.language": (_("The language that is spoken here"), partial(ask_screen_language, context)),
            "checklist.guidance": (_("How current the guidance is"), partial(ask_about_guidance, context)),
            "everywhere.kept": (_("What is kept, and where"), partial(ask_about_kept, context)),
            "everywhere.people": (
                _("Whose record: open another person's, or begin one"),
                partial(choose_person, context),
            ),
        }
        things["everywhere.manual"] = (_("Read the manual"), partial(read_manual, context))
        if context.rehearsal is not None:
            things["rehearsal.go-on"] = (_("Let time pass in the rehearsal"), self._let_time_pass)
        else:
            things["everywhere.rehearse"] = (_("Rehearse with an invented person"), self._tell_rehearsal)
        # What is there for some people only comes last, so that the numbers of the others stay.
        if context.session.record.accounts:
            things["checklist.overview"] = _("Hear what covers each account"), partial(tell_coverage, context)
            things["overview.timeline"] = _("Hear everything that happened, in order"), partial(tell_timeline, context)
        if linking_question(context.session.record, context.playbook) is not None:
            things["identify.link"] = _("Say how one account is linked"), partial(link_one_account, context)
        return things

    def _do_next(self) -> None:
        """Do what is next over all accounts."""
        context = self._context
        overview = context.session.overview()
        task = overview.next_task
        with self._back_to_list():
            if not context.session.record.accounts:
                self._add()
            elif task is None or not task.is_due(overview.now):
                context.say(with_full_stop(task_sentence(task, context.playbook)), _("There is nothing to do now."))
            else:
                self._do_task(task)

    def _do_task(self, task: Task) -> None:
        """Do a task where it is done: by an offer of its account, or at its step."""
        overview = self._context.session.overview()
        status = overview.status_of(task.account_id)
        tasks = [each for each in overview.tasks if each.account_id == task.account_id]
        offers = offers_of(status, tasks) if status is not None and task.is_offered else ()
        offer = next((each for each in offers if each.row_id == task.row_id), None)
        if offer is not None:
            self._context.dialogue.say_part(
                self._context.whose_record,
                with_full_stop(labelled(self._context.name_of(task.account_id), offer.words)),
            )
            take_offer(self._context, task.account_id, offer)
        else:
            do_step(self._context, task.account_id, task.step_id)

    def _record_reply(self, account_ids: list[str]) -> None:
        """Ask for which account something came back, if there are several, and record it."""
        context, account_id = self._context, account_ids[0]
        if len(account_ids) > 1:
            options = [(each, context.name_of(each)) for each in account_ids]
            account_id = context.dialogue.choose(_("For which account did something come back?"), options)
        do_step(context, account_id, StepId.REPLY)

    def _add(self) -> None:
        account_id = add_account(self._context)
        if account_id:
            self._context.say(_("{account} is in your list.").format(account=self._context.name_of(account_id)))

    def _tell_rehearsal(self) -> None:
        self._context.dialogue.say_part(
            _("To rehearse, leave and type: {command}").format(command="metaoptout-tui --plain rehearse"),
            _("Nothing of it is kept."),
        )

    def _let_time_pass(self) -> None:
        """Ask how many days pass in the rehearsal, and say what day it is then."""
        from metaoptout_tui.app.rehearsal import DAYS_THAT_PASS

        context = self._context
        options = (("day", _("A day")), ("days", _("Three days")), ("month", _("A month")))
        days = DAYS_THAT_PASS[context.dialogue.choose(_("How much time passes?"), options)]
        if context.rehearsal is not None:
            context.rehearsal.clock.put_ahead(days)
        context.say(_("It is now {day}.").format(day=dates.format_full_day(context.session.now().date())))

    # What else there is to know

    def _ways(self) -> None:
        """Ask for another way to begin, and go it."""
        context = self._context
        ways: dict[str, Callable[[], object]] = {
            WayToBegin.EARLIER: partial(record_objection_of_long_ago, context),
            WayToBegin.DOWNLOAD: partial(read_download, context),
            WayToBegin.NO_ACCOUNT: self._begin_from_elsewhere,
            WayToBegin.NO_LOGIN: partial(go_without_log_in, context),
            WayToBegin.REHEARSAL: self._tell_rehearsal,
        }
        question = ways_question(is_rehearsal=context.rehearsal is not None)
        things = {id: (words, ways[WayToBegin(id)]) for id, words in question.answers}
        choose_and_do(context.dialogue, question.title, lambda: things, question.title, help=question.sentences)

    def _begin_from_elsewhere(self) -> None:
        """Go to what can be done about the data that Meta has of the person from elsewhere."""
        session = self._context.session
        self._context.change(session.account_service.add_data_from_elsewhere)
        if (account := session.record.data_from_elsewhere) is not None:
            task = session.overview().next_task_for(account.id)
            do_step(self._context, account.id, task.step_id if task is not None else StepId.OPEN)

    def _topics(self) -> None:
        """Ask for a topic and tell it, until the person goes back."""
        while True:
            options = [(topic.value, _(TOPICS[topic].title)) for topic in TopicId]
            question = _("What do you want to know? Type {back} when you are done.").format(back=typed_word("back"))
            self._topic(TopicId(self._context.dialogue.choose(question, options)))

    def _topic(self, topic: TopicId) -> None:
        context = self._context
        tell_topic(context, topic)
        options = [(_READY, _("Go on"))]
        if topic is TopicId.THIRD_PARTY:
            options.append((_ELSEWHERE, _("Object, and keep a record of it")))
        with context.dialogue.guided(more=tuple, sources=partial(topic_sources, context, topic)):
            chosen = context.dialogue.choose(
                _("Type {sources} to hear who says so.").format(sources=typed_word("sources")), options, default=_READY
            )
        if chosen == _ELSEWHERE:
            self._begin_from_elsewhere()
