"""What can be said of a kind of diary event: its fields, its effects and its words. The table is `EVENT_KINDS`."""

from types import MappingProxyType
from typing import Literal, NamedTuple

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.record.vocabulary import NOTE, AccountState, Fields, PeriodKind

EventRole = Literal["account", "step", "correction", "objection", "reply", "sent", "later-reply", "closing", "unknown"]
"""What a kind is about.

The account itself; a step; another event, which it corrects or adds to; an objection that was sent; a reply of Meta to
it, or that none came; what the person sent about it; a reply after a complaint; or the end of the case, and what the person does after the authority decided.
"""


class KindRules(NamedTuple):
    """The rules for the events of a kind.

    Contents: `required_fields` and `optional_fields` by name, in the order of the file; every kind may have a `note`
    too. `sort_rank` orders events of one moment.

    Effects: `step` is the step at which they are recorded, `state_after` the state of the objection that they are about.
    They may start, end or extend legal periods; what they end only where no objection was sent for the account, so that
    they are about an inquiry, is `ends_without_objection`. They may ask for a new objection (`can_invalidate`), or be a
    reason to close the case (`allows_closing`). Where they have a `deciding_value`, of a field, they decide only with
    that value: without it the objection waits on, and no period ends. Where Meta had decided before, a state in
    `reopens` shows that it had not. With the value `ends_nothing_with`, of a field, they end no period.

    Descriptions: `words` describe them in the diary, or the text `text_id` does, and `fields_in_sentence` are the
    fields in that description. `recorded_letters` are the letters whose sending they record. Those that are
    `is_in_timeline` stand in the timeline of a letter; `fact_of_day` is the field of `LetterFacts` that has their day.
    """

    role: EventRole
    required_fields: Fields = MappingProxyType({})
    optional_fields: Fields = MappingProxyType({})
    sort_rank: int = 4
    step: StepId | None = None
    state_after: AccountState | None = None
    starts: tuple[PeriodKind, ...] = ()
    ends: tuple[PeriodKind, ...] = ()
    ends_without_objection: tuple[PeriodKind, ...] = ()
    deciding_value: tuple[str, str] | None = None
    ends_nothing_with: tuple[str, str] | None = None
    reopens: frozenset[AccountState] = frozenset()
    extends: tuple[PeriodKind, ...] = ()
    can_invalidate: bool = False
    allows_closing: bool = False
    words: str = ""
    text_id: str = ""
    fields_in_sentence: tuple[str, ...] = ()
    recorded_letters: tuple[str, ...] = ()
    is_in_timeline: bool = False
    fact_of_day: str = ""

    @property
    def fields(self) -> Fields:
        """Every field that an event of this kind may have, in the order of the file."""
        return {**self.required_fields, **self.optional_fields, NOTE.name: NOTE}
