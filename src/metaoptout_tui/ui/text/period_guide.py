"""Writes the calculation of a legal period, or why none runs; and who says so."""

from collections.abc import Mapping

from textual.content import Content

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.basis import SURENESS_WORDS, doubt_note
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.court_right import ended_right_sentence
from metaoptout_tui.core.objection.deadline_sentences import deadline_name, period_end_sentence
from metaoptout_tui.core.objection.deadlines import Deadline, calculation_lines, period_sureness
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.named_day_sentences import named_day_sentences
from metaoptout_tui.core.objection.named_days import NamedDay
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.step_guide import NO_KEYS, add_assumed_law
from metaoptout_tui.ui.text.step_sources import SourceList, StepText


def period_sources(context: AppContext, period: LegalPeriod) -> SourceList:
    """Who says how a period is counted."""
    playbook = context.session.playbook
    lines = calculation_lines(period, playbook)
    statements = [(line.basis, line.sentence) for line in lines if line.basis is not None]
    return SourceList(context, deadline_name(period), statements)


class PeriodGuide:
    """Writes about the legal periods of one account for a given width; `keys` holds the key `you` to one's country."""

    def __init__(
        self, context: AppContext, status: AccountStatus, width: int, *, keys: Mapping[str, str] = NO_KEYS
    ) -> None:
        self._context = context
        self._keys = keys
        self._status = status
        self._text = StepText(context, status, StepId.REPLY, width)
        self._builder = self._text.builder

    def calculation(self, deadline: Deadline, period: LegalPeriod) -> Content:
        """The calculation of a period, step by step: day, sentence, citation of the law, and how sure that is.

        Of a right that no longer comes nearer, what became of it instead.
        """
        playbook, today = self._context.session.playbook, self._context.session.now().date()
        add_assumed_law(self._builder, self._context, self._keys)
        self._builder.paragraph(playbook.texts.sentence(f"period.{period.purpose}"))
        if ended := ended_right_sentence(period, deadline.ended_by):
            self._builder.paragraph(ended)
            return self._text.content()
        self._builder.heading(_("Worked out like this"))
        for number, line in enumerate(calculation_lines(period, playbook), start=1):
            detail = f" ({line.holiday})" if line.holiday else ""
            self._builder.item(f"{number}.", f"{dates.format_weekday_and_day(line.day)}{detail}", style="bold")
            tail = " ".join(filter(None, (line.citation, doubt_note(line.basis))))
            self._text.note_sentence(line.sentence)
            self._builder.item("  ", line.sentence, tail)
        self._builder.blank_line()
        sureness = _(SURENESS_WORDS[period_sureness(period, playbook)])
        end = period_end_sentence(period, today, deadline.ended_by)
        self._builder.paragraph(
            _("{end} As a whole this count is {sureness}: as sure as its least sure step.").format(
                end=end, sureness=sureness
            )
        )
        return self._text.content()

    def named_day(self, named: NamedDay) -> Content:
        """What the day is that an authority's letter names, and where it comes from."""
        for sentence in named_day_sentences(named):
            self._builder.paragraph(sentence)
        return self._text.content()

    def not_sent_note(self) -> Content:
        """Why no period runs where no objection of this account was sent."""
        self._builder.paragraph(
            _("A period begins when the objection is sent. Nothing is sent for this account itself yet.")
        )
        return self._text.content()

    def no_period_note(self) -> Content:
        """What to know about Meta's answer where no law sets a period for it."""
        applicable = ApplicableGuidance(self._context.session.playbook, self._status, StepId.REPLY)
        statements = applicable.statements_of_role("know")
        self._text.add_statements(statement for statement in statements if statement.id == "confirm.no-period")
        return self._text.content()

    def unfinished_form_note(self) -> Content:
        """Why no period runs for a form whose code was not typed, or whose link was not opened."""
        self._builder.paragraph(
            _(
                "Meta asked for a code, or for a click on a link, and the diary does not say that you "
                "did that. Before that the form is not finished: no period runs, and none is missed."
            )
        )
        self._builder.paragraph(
            _("Type the code or open the link, and write down that you did. Or send the form again.")
        )
        return self._text.content()
