"""The facts about a case that its letters may state: what the diary holds, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue
from metaoptout_tui.core.record.accounts import Account, Record, evidence_items_of
from metaoptout_tui.core.record.events import day_or_month_of, events_in_force


class LetterAttachment(NamedTuple):
    """A kept file: its name, and the kind and day of the event that it proves; empty and None where that is gone."""

    file_name: str
    event_kind: str = ""
    day: date | None = None


def letter_attachments(account: Account, record: Record) -> tuple[LetterAttachment, ...]:
    """The files kept for an account, in the order of what they prove."""
    in_force = {event.id: (index, event) for index, event in enumerate(events_in_force(account.events))}
    numbered_attachments = []
    for item in evidence_items_of(record):
        if item.account.id == account.id:
            index, event = in_force.get(item.event.text("of"), (len(in_force), None))
            day = day_or_month_of(event) if event is not None else None
            numbered_attachments.append(
                (index, LetterAttachment(item.file.name, event.kind if event is not None else "", day))
            )
    return tuple(attachment for _index, attachment in sorted(numbered_attachments, key=lambda each: each[0]))


class TimelineLine(NamedTuple):
    """One line of what happened: the id of its sentence (a kind of event, or a variant of a reply), its day, and what it says besides.

    `account` is the linked account that it is about, `words` are those that Meta, or the person, used.
    """

    sentence_id: str
    day: date
    account: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The facts for a letter; the names are those of the conditions and placeholders in letters.toml.

    What is not known is empty, None or False. The person's own name stands in `filled_in`, once it was written.
    """

    account: str = ""
    service: str = ""
    """The service that the account is on, such as Facebook."""
    elsewhere: bool = False
    """Whether it is about data that Meta has from elsewhere, and about no account."""
    whose: str = ""
    """The child, or whoever else, on whose behalf the person writes, about such data or the child's own account."""
    represents: bool = False
    """Whether the person said that they write as the legal representative."""
    whose_name: str = ""
    """That name, where it is first name and surname."""
    has_handle: bool = False
    """Whether the name of the account is a handle, from which the address of its profile follows."""
    former_names: str = ""
    """Names and e-mail addresses that the account had, where the person cannot log in to it and wrote them down."""
    no_log_in: str = ""
    """Why the person cannot log in to the account: a value of `LogIn`."""
    no_log_in_since: date | None = None
    """Since when that is so, where the person knew it when they wrote it down."""
    email: str = ""
    authority: str = ""
    """The full name of the authority and the lines of its postal address, of a letter to it."""
    recipient: str = ""
    """Meta's company and the lines of its postal address, of a letter to it."""
    sender_country: str = ""
    """The country of the person, where the letter leaves it and their address does not name it."""
    today: date | None = None
    """The day that the letter bears."""
    controller: str = ""
    """Meta's company that answers for the data, with its postal address; empty where that is not known."""
    moved_since: bool = False
    """Whether the person lived in another country when they objected."""
    reason: str = ""
    reason_language: str = ""
    """The language in which the person presumably wrote the reason."""
    reason_left_in: str = ""
    """The name of that language, in an English version that goes along with the letter, where the reason is left in it."""
    attachments: tuple[LetterAttachment, ...] = ()
    lacks_proof: bool = False
    """Whether no file is kept under the objection or a reply of Meta, so that copies are still to be enclosed."""
    linked: tuple[str, ...] = ()
    """The other accounts in its linked group."""
    linked_confirmed: tuple[TimelineLine, ...] = ()
    """What Meta confirmed for accounts linked with it, as a complaint tells it too."""
    linked_names_all: bool = False
    """Whether one of these confirmations names all linked accounts."""
    alone: bool = False
    """Whether it is known to be in no linked group, or is the only account there is to link."""
    leads: bool = False
    """Whether the authority is the lead authority for Meta (GDPR Art. 56)."""

    filed: date | None = None
    objected_before: date | None = None
    """The day of the objection, where it was sent for certain and did not come back."""
    received: date | None = None
    """The day on which Meta received the objection, where that is known."""
    posted: date | None = None
    """The day on which the objection was posted, where its arrival is not known and it was not answered."""
    answer_to: str = ""
    """The person's own address, where they can no longer log in to the account and its address is another."""
    filed_by_post: bool = False
    """Whether the objection with which the case began went by post."""
    posted_again: date | None = None
    """The day on which it was posted, where it was sent before that too."""
    posted_long_ago: bool = False
    """Whether that was so long ago that the month is over whenever the letter arrived."""
    posted_months: int = 0
    """How many whole months, and more, have passed since; 0 where it was not so long ago."""
    reminded: date | None = None
    """The day of the last reminder, where Meta has not decided since; so with the next three."""
    extension_disputed: date | None = None
    """The day on which the person answered the announcement of an extension."""
    refusal_disputed: date | None = None
    """The day on which the person answered the refusal."""
    complaint_open: date | None = None
    """The day of a complaint to Meta."""
    confirmed: date | None = None
    identity_asked: date | None = None
    """The day on which Meta asked for proof of identity."""
    identity_open: date | None = None
    """That day, while Meta still waits for an answer to it."""
    examples_asked: date | None = None
    """The day on which Meta last asked for prompts or screenshots."""
    residence_asked: date | None = None
    """The day on which Meta last asked where the person lives."""
    question_asked: date | None = None
    """The day on which Meta last asked something else."""
    reasons_asked: bool = False
    """Whether Meta waits for the person's reasons, and these are known."""
    residence: str = ""
    """The country in which the person lives, in the language of the letter."""
    meta_asked: date | None = None
    """The day of Meta's last question that the person answered."""
    meta_answered: date | None = None
    """The day of that answer."""
    refused: date | None = None
    """The day of the refusal, where nothing else was decided after it."""
    no_grounds: bool = False
    """Whether the refusal gave no reasons."""
    grounds_given: bool = False
    """Whether the refusal gave reasons."""
    not_available: bool = False
    """Whether the refusal was that an objection is not available there."""
    examples_missing: bool = False
    """Whether the refusal was that the person gave no prompts or examples."""
    wrong_form: bool = False
    """Whether the refusal was that the form was the wrong one."""
    extended: date | None = None
    unreasoned: bool = False
    """Whether Meta announced an extension in time but without reasons."""
    silent: bool = False
    """Whether Meta sent no reply at all."""
    undecided: bool = False
    """Whether Meta replied without deciding."""

    reasons_due: date | None = None
    """The last day of Meta's month, where it answered and that day has not passed, so that reasons can still come."""
    due: date | None = None
    """The last day of Meta's month while it runs."""
    counted_from: date | None = None
    """The day from which Meta's month counts, where it began only when the person answered Meta's question."""
    over: date | None = None
    """The last day of Meta's month, once that passed without an answer."""
    over_from_answer: date | None = None
    """The day on which it ended at the latest, if Meta may count it from the answer to its question."""
    late: bool = False
    """Whether Meta announced an extension after that."""
    three: date | None = None
    """The last day of the extended three months, once that passed without an answer."""
    moved: bool = False
    """Whether the last day named was moved because it was not a working day."""
    month_over: bool = False
    """Whether Meta has had its month for certain; where no law sets one, whether a month has passed since."""
    undated: bool = False
    """Whether Meta's month is not over for certain and no day of it can be named."""

    inquiry_sent: date | None = None
    """The day of an inquiry."""
    inquiry_open: date | None = None
    """That day, while it is not answered."""
    inquiry_due: date | None = None
    """The last day for its answer, while that has not passed."""
    unanswered: date | None = None
    """The last day for its answer, once that passed."""
    complained_to_meta: date | None = None
    """The day of a complaint to Meta."""
    unacknowledged: date | None = None
    """The last day for its acknowledgement, once that passed."""
    unacknowledged_moved: str = ""
    """Why the last of the 30 days was moved: the English name of the day of the week, or `holiday`; empty where it was not."""
    acknowledged: date | None = None
    """The day of an acknowledgement after which no decision came."""
    authority_complained: date | None = None
    """The day of the complaint to the authority."""
    authority_reference: str = ""
    """The authority's own reference."""
    meta_reference: str = ""
    """The reference that Meta gave last."""
    authority_wrote: date | None = None
    """The day of the authority's last letter after the complaint."""
    authority_upheld: date | None = None
    """That day, where it decided for the person."""
    authority_received: date | None = None
    """That day, where it says no more than that it has the complaint."""
    authority_asked: date | None = None
    """The day on which the person asked the authority how the complaint stands."""
    authority_silent: date | None = None
    """The last of the three months in which the authority was to tell how the complaint stands, once they passed."""
    closed: bool = False
    """Whether the person closed the case."""
    provisions: tuple[str, ...] = ()
    """Ids of the provisions that Meta infringed by what the diary holds: `12-3` for GDPR Art. 12(3)."""

    timeline: tuple[TimelineLine, ...] = ()
    filled_in: Mapping[str, str] = field(default_factory=dict)
    """What the person wrote in place of placeholders, by their names; used where the diary holds nothing."""

    def known(self, name: str) -> object:
        """The fact with a name of letters.toml, such as `no-grounds`; empty, None or False where it is not known."""
        return getattr(self, name.replace("-", "_"), None) or self.filled_in.get(name)


CONTROLLER_STATEMENT = "letter.controller"
"""The statement of the playbook whose sentence is Meta's company and its postal address, with commas between."""


def controller_lines(playbook: Playbook, law: str) -> tuple[str, ...]:
    """Meta's company that answers under a law, and the lines of its postal address; empty where that is not known."""
    regions = {region.id for region in playbook.regions if region.law == law}
    statement = next((each for each in playbook.statements if each.id == CONTROLLER_STATEMENT), None)
    if statement is None or regions.isdisjoint(statement.scope.regions):
        return ()
    with in_catalogue(ENGLISH):  # the lines of an address are the same in every language
        return tuple(line.strip() for line in playbook.texts.sentence(statement.id).split(","))
