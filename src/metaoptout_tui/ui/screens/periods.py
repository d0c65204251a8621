"""The legal periods of one account: until when each runs, how it stands, and how that was worked out."""

from datetime import date

from textual.content import Content

from metaoptout_tui.core import when
from metaoptout_tui.core.clocks import Clock
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.periods import Period
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.text import cells
from metaoptout_tui.ui.arrivals import ask_arrival
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings

_GAP = 2


class PeriodsScreen(StepPage[None]):
    """Periods above, the working of the highlighted one below."""

    PLACE = "periods"
    LIST = "periods"
    STEP = "confirm"
    BINDINGS = bindings("periods")

    def show_account(self, standing: Standing) -> None:
        """The periods as they stand now."""
        self._periods = tuple(zip(standing.clocks, self.session.periods(self._account), strict=True))
        name = account_name(standing.account, self.session.playbook)
        filed = standing.course is not None
        left = "Page keys scroll the working below." if self._periods else "No legal period runs here."
        self.head(f"{name}: legal periods", left=left)
        self.rows.display = bool(self._periods)
        self.rows.show_rows(self._rows())
        if not self._periods:
            guide = self.guide(standing)
            words = "A period begins when the objection is sent. Nothing is sent for this account itself yet."
            self.read(guide.no_period() if filed else Content(words))
        else:
            self.show_words()

    def _rows(self) -> list[tuple[str, Content]]:
        today = self.session.now().date()
        names = [PERIOD_NAMES[period.rule] for _, period in self._periods]
        column = max(map(cells, names), default=0) + _GAP
        return [
            (
                clock.id,
                Content.assemble(
                    (PERIOD_NAMES[period.rule], "bold"),
                    " " * (column - cells(PERIOD_NAMES[period.rule])),
                    f"{'not before' if clock.is_unsettled else 'until'} {when.day(period.last, today)}",
                    (f"  {period_state(clock, period, today)}", "$muted"),
                ),
            )
            for clock, period in self._periods
        ]

    def show_words(self) -> None:
        """About the highlighted row."""
        standing = self.standing
        found = next((each for clock, each in self._periods if clock.id == self.rows.chosen), None)
        if standing is not None and found is not None:
            self.read(self.guide(standing, {"you": self.key("periods.you")}).working(found))

    def action_arrived(self) -> None:
        """Ask when the letter of the highlighted period arrived."""
        clock = next((each for each, _ in self._periods if each.id == self.rows.chosen), None)
        if clock is not None:
            ask_arrival(self, self._account, clock.entry)


PERIOD_NAMES = {
    "answer": "Answer to the objection",
    "information": "Answer to your question",
    "acknowledgement": "Acknowledged complaint",
    "authority": "Word from the authority",
}


def period_state(clock: Clock, period: Period, today: date) -> str:
    """How a period stands: how many days are left, since when it is over, or when it was answered."""
    if clock.ended is not None:
        ended = clock.ended.at.date()
        if clock.ended.what == "closed":
            return f"left at that on {when.day(ended, today)}"
        late = ", late" if ended > period.last else ""
        return f"ended {when.day(ended, today)}{late}"
    if clock.is_unsettled:
        return "when it arrived is not written down"
    days = (period.last - today).days
    if days < 0:
        return f"over for {_counted(-days)}"
    return "ends today" if days == 0 else f"{_counted(days)} left"


def _counted(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
