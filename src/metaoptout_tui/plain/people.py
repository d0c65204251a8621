"""Whose record is open, and the others: asking at the start, opening another one, beginning one, giving another name."""

from collections.abc import Sequence
from functools import partial

from metaoptout_tui.app.files.people import PeopleOfRecord
from metaoptout_tui.app.paths import own_record_name, who_can_open_records
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import Left, WentBack, WentToList, WentToNext, WentToPerson
from metaoptout_tui.plain.dialogue import Dialogue, Option, how_to_name_a_place
from metaoptout_tui.plain.menu import ThingsToDo, choose_and_do
from metaoptout_tui.plain.why_asked import FINDS_THE_RECORD

_PERSON, _ADD, _RENAME, _TAKE = "person-", "add-person", "rename-person", "take-in-person"


def _options_of(names: Sequence[str], open_name: str | None) -> list[Option]:
    words = [
        _("{record}, which is open now").format(record=name or own_record_name())
        if name == open_name
        else name or own_record_name()
        for name in names
    ]
    return [(f"{_PERSON}{number}", each) for number, each in enumerate(words)]


def ask_whose_record(dialogue: Dialogue, names: Sequence[str]) -> str | None:
    """Ask at the start whose record is to be opened: a name, empty for the person's own; None where they leave."""
    while True:
        try:
            chosen = dialogue.choose(
                _("Whose record?"),
                _options_of(names, None),
                help=(_("Only the one that you choose is opened."), who_can_open_records()),
            )
        except Left:
            return None
        except (WentBack, WentToList, WentToNext):
            continue
        return names[int(chosen.removeprefix(_PERSON))]


def choose_person(context: PlainContext) -> None:
    """Offer the other people's records by their names, to open one, begin one or give one another name."""
    people = context.record_files().people

    def things() -> ThingsToDo:
        # What is always there comes first, so that its numbers stay as people come and go.
        options: ThingsToDo = {
            _ADD: (_("Begin a record for one person more"), partial(_add_person, context, people)),
            _TAKE: (
                _("Take in a folder that you used with --data-dir"),
                partial(_take_in_person, context, people),
            ),
        }
        for name, (id, words) in zip(people.names, _options_of(people.names, people.open_name), strict=True):
            options[id] = words, partial(_open_person, context, people, name)
        if any(name and name != people.open_name for name in people.names):
            options[_RENAME] = (_("Give a record another name"), partial(_rename_person, context, people))
        return options

    help = (_("Of each only the name is told here."), who_can_open_records())
    question = _("Which record do you want to open?")
    choose_and_do(context.dialogue, question, things, question, help=help)


def _open_person(context: PlainContext, people: PeopleOfRecord, name: str) -> None:
    """Leave the open record for another one."""
    if name == people.open_name:
        context.say(_("This record is open."))
    elif context.change(lambda: people.check_reachable(name)):
        raise WentToPerson(name)


def _add_person(context: PlainContext, people: PeopleOfRecord) -> None:
    added: list[str] = []
    typed = context.dialogue.ask_line(
        _("What is the name of that person?"),
        help=(_("A record of that name has a folder of its own."),),
        check=people.check_new_name,
    )
    if not context.dialogue.ask_whether_to_go_on(people.question_before_adding(people.check_new_name(typed))):
        context.say(_("No folder was made."))
    elif context.change(lambda: added.append(people.add(typed))):
        _open_person(context, people, added[0])


def _take_in_person(context: PlainContext, people: PeopleOfRecord) -> None:
    typed, name, taken = "", "", list[str]()

    def ask_folder() -> None:
        nonlocal typed
        typed = context.dialogue.ask_line(
            _("Which folder?"),
            how=how_to_name_a_place("~/Documents/rosa"),
            help=(_("It stays where it is."),),
            check=people.folder_to_take_in,
        )

    def ask_name() -> None:
        nonlocal name
        default = people.folder_to_take_in(typed).name
        name = context.dialogue.ask_line(
            _("What is the name of that person?"), default=default, why=_(FINDS_THE_RECORD)
        )

    context.dialogue.ask_in_turn(ask_folder, ask_name)
    folder = people.folder_to_take_in(typed)
    if context.change(lambda: taken.append(people.take_in(folder, name))):
        context.say(_("{name} is in the list.").format(name=taken[0]))


def _rename_person(context: PlainContext, people: PeopleOfRecord) -> None:
    names = [name for name in people.names if name and name != people.open_name]
    former = context.dialogue.choose(_("Whose record?"), [(name, name) for name in names])
    typed = context.dialogue.ask_line(
        _("What is {former} to be called?").format(former=former), why=_(FINDS_THE_RECORD)
    )
    renamed: list[str] = []
    if context.change(lambda: renamed.append(people.rename(former, typed)[1])):
        context.say(_("{former} is called {name} now.").format(former=former, name=renamed[0]))
