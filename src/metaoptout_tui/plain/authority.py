"""The authority that takes a complaint: its pages, languages and address; its Land in Germany; and a complaint to it."""

from collections.abc import Iterator
from functools import partial

from metaoptout_tui.app.letters.sent_letters import (
    check_day_sent,
    complaint_input,
    complaint_recorded,
    sending_methods,
)
from metaoptout_tui.core.guidance.authorities import Authority
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
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
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.why_asked import COUNTED_FROM_THAT_DAY, HOW_IT_WAS_SENT

_COMPLAINED, _LAND, _READY = "complained", "land", "ready"


def choose_land(context: PlainContext) -> None:
    """Ask in which Land a person in Germany lives, and record it."""
    session = context.session
    question = land_question(context.authorities(), session.record.person)
    chosen = context.dialogue.ask(question._replace(default=question.default or NO_LAND))
    land = "" if chosen == NO_LAND else chosen
    if land != session.record.person.land:
        context.change(lambda: session.account_service.set_land(land))


def tell_authority(context: PlainContext, account_id: str) -> None:
    """Tell what is to be known of the authority, and offer to record a complaint to it.

    In Germany the Land is asked first, on which the authority depends.
    """
    session = context.session

    def place_then() -> ObjectionPlace:
        return objection_place(session.view.require_status(account_id), session.record.person)

    is_present = place_then().country == session.record.person.country
    status = session.view.require_status(account_id)
    if depends_on_land(status, session.record.person) and not session.current_record.read_only_reason:
        with context.dialogue.back_to(_("what is known of the authority")):
            choose_land(context)
    while True:
        place = place_then()
        authority = context.authorities().authority_for(*place)
        context.dialogue.say_part(*_authority_lines(context, authority, place.country))
        present = authority_of_present_country(context.authorities(), session.record.person, place.country)
        pages = authority_pages(context.authorities(), authority, context.playbook, place.country, present)
        for words, address in pages:
            context.say(labelled(words))
            context.dialogue.say_copyable(address, words)
        context.dialogue.say_how_to_copy()
        options = [(_READY, _("Go back"))]
        if authority is not None:
            options.insert(0, (_COMPLAINED, _("I complained to it")))
        if is_present and place.country == GERMANY:
            options.insert(0, (_LAND, _("Choose the Land that I live in")))
        chosen = context.dialogue.choose(_("What do you want to do?"), options, default=_READY)
        if chosen == _READY:
            return
        with context.dialogue.back_to():
            if chosen == _LAND:
                choose_land(context)
            elif authority is not None:
                _record_complaint(context, account_id, authority)
                return


def _authority_lines(context: PlainContext, authority: Authority | None, country: str) -> Iterator[str]:
    """What is to be known of the authority of the country where the person lived when they objected."""
    authorities = context.authorities()
    is_present = country == context.session.record.person.country
    if authority is None:
        yield (
            _("No authority is known for where you live.")
            if is_present
            else _("No authority is known for where you lived then.")
        )
        yield authorities.sentence("fallback")
        return
    yield with_full_stop(authority.full_name)
    if not is_present:
        yield authority_of_former_country(context.countries(), country)
        if present := authority_of_present_country(authorities, context.session.record.person, country):
            yield present_authority_sentence(present, context.session.record.person)
    if authority.land:
        yield _("It is the authority of {land}.").format(land=authority.land)
    facts = facts_of_authority(authorities, authority, context.playbook, country)
    for sentence, sureness in (*facts, *ways_to_write(authorities, authority, context.countries())):
        yield f"{sentence} ({sureness})" if sureness else sentence


def _record_complaint(context: PlainContext, account_id: str, authority: Authority) -> None:
    """Ask how and when a complaint without a letter of this program was made, and record it."""
    now, how, at = context.session.now, "", None

    def how_question() -> None:
        nonlocal how
        how = context.dialogue.choose(_("How did you complain?"), sending_methods(), why=_(HOW_IT_WAS_SENT))

    def when_question() -> None:
        nonlocal at
        check = partial(check_day_sent, context.session, account_id, EventKind.COMPLAINED_TO_AUTHORITY)
        at = context.dialogue.ask_moment(_("When did you complain?"), now, why=_(COUNTED_FROM_THAT_DAY), check=check)

    context.dialogue.ask_in_turn(how_question, when_question)
    sent = complaint_input(authority, how, at or now())
    if context.change(lambda: context.session.diary_service.record_sent_letter(account_id, sent)):
        context.say(complaint_recorded(context.session, account_id, authority, how))
