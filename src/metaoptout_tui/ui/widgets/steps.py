"""The steps of one account, one line each."""

from textual.content import Content
from textual.widgets.option_list import Option

from metaoptout_tui.core.overview import Overview
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.core.wording import step_title, step_words
from metaoptout_tui.ui.lists import Rows
from metaoptout_tui.ui.marks import Marks, step_style

_FRONT = 5
_GAP = 2
_NARROW = 40


class StepList(Rows):
    """Sign, number, name and when; the highlighted one is what the guide speaks of."""

    DEFAULT_CSS = """
    StepList { height: auto; max-height: 7; border: none; padding: 0 1; background: $background; }
    StepList:focus { border: none; background: $background; background-tint: transparent 0%; }
    StepList > .option-list--option-highlighted { background: $cursor-blurred; color: $foreground; text-style: none; }
    StepList:focus > .option-list--option-highlighted { background: $cursor; color: $cursor-text; text-style: bold; }
    """

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._marks = marks
        self._shown: tuple[str, ...] = ()
        self._account = ""
        self._known: tuple[Standing, Overview, Playbook] | None = None

    def on_resize(self) -> None:
        """Dates stand at the right edge."""
        if self._known is not None and self._shown:
            self.show_steps(*self._known)

    def show_steps(self, standing: Standing | None, overview: Overview, playbook: Playbook) -> None:
        """Show the steps of an account; the highlighted one stays while the account stays."""
        if standing is None:
            self.clear_options()
            self._shown, self._account = (), ""
            return
        self._known = (standing, overview, playbook)
        ids = tuple(step.id for step in standing.steps)
        prompts = [self._line(index, standing, overview, playbook) for index in range(len(ids))]
        if ids == self._shown and self._account == standing.account.id:
            for id, prompt in zip(ids, prompts, strict=True):
                self.replace_option_prompt(id, prompt)
            return
        self._shown, self._account = ids, standing.account.id
        self.set_options([Option(prompt, id) for id, prompt in zip(ids, prompts, strict=True)])

    @property
    def step(self) -> str:
        """The highlighted step, empty for none."""
        option = self.highlighted_option
        return (option.id or "") if option is not None else ""

    def go_to(self, step: str) -> None:
        """Highlight a step, or the first."""
        if self._shown:
            self.highlighted = self._shown.index(step) if step in self._shown else 0

    def _line(self, index: int, standing: Standing, overview: Overview, playbook: Playbook) -> Content:
        step = standing.steps[index]
        room = max(_NARROW, self.size.width) - 2 - _FRONT
        title = step_title(step.id, standing.account.platform, playbook)
        words = step_words(step, standing, overview.now)
        if cells(title) + _GAP + cells(words) > room:
            words = step_words(step, standing, overview.now, with_time=False)
        title = elided(title, room - cells(words) - _GAP)
        gap = " " * (room - cells(title) - cells(words))
        return Content.assemble(
            (f"{self._marks.of_step(step.state)} ", step_style(step.state)),
            f"{index + 1}  {title}{gap}",
            (words, "$muted"),
        )
