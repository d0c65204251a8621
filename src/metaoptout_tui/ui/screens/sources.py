"""The sources of what a step says, each with its host, to open it, copy its address or read about it."""

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import GuidanceSource
from metaoptout_tui.core.links import SafeUrl, trusted_url_or_none
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.list_and_detail import StepScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.step_sources import StepSources


class SourcesScreen(StepScreen[None]):
    """The sources above, details of the highlighted one below.

    They are numbered as in the guide; those with the ids `first` keep the numbers of the text that led here.
    """

    SCREEN_ID = "sources"
    LIST_ID = "sources"
    LINK_NAME = "The address"

    def __init__(self, context: AppContext, account: str, step: str, first: Sequence[str] = ()) -> None:
        super().__init__(context, account)
        self.STEP = step
        self._first_source_ids = first

    def show_account(self, status: AccountStatus) -> None:
        """Title and rows."""
        title = step_title(self.STEP, status.account.platform, self.session.playbook)
        hint = f"{self.readable_key_of('sources.browser')} asks your browser to open the highlighted page."
        self.set_headline(f"Sources of “{title}”", left=hint)
        self.choice_list.show_rows(
            [(source.id, self._source_row(number, source)) for number, source in self._numbered_sources]
        )
        self.show_detail()

    @property
    def _numbered_sources(self) -> tuple[tuple[int, GuidanceSource], ...]:
        status = self.account_status
        if status is None:
            return ()
        return StepSources(self.context, status, self.STEP).numbered_sources(self._first_source_ids)

    def _source_row(self, number: int, source: GuidanceSource) -> Content:
        date = dates.format_partial_date(source.date) if source.date else "undated"
        link = trusted_url_or_none(source.url)
        host = link.host if link else "no public address"
        words = elide_to_width(
            f"{source.publisher}, {date}", max(_MIN_TEXT_WIDTH, self.size.width - _ROW_MARGIN - len(host))
        )
        return Content.assemble((f"{number:>2} ", "bold $text-accent"), words, (f"  {host}", "$muted"))

    def show_detail(self) -> None:
        """About the highlighted row."""
        status, source = self.account_status, self._highlighted_source
        if status is not None and source is not None:
            sources = StepSources(self.context, status, self.STEP)
            self.show_text(sources.source_detail(source, self.reader.text_width))

    @property
    def _highlighted_source(self) -> GuidanceSource | None:
        return self.session.playbook.sources.get(self.choice_list.highlighted_id)

    @on(OptionList.OptionSelected)
    def _source_selected(self) -> None:
        self.action_browser()

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The address of the highlighted source."""
        source = self._highlighted_source
        link = trusted_url_or_none(source.url) if source is not None else None
        if link is None:
            self.say("No public address of this source is known.")
        return link


_ROW_MARGIN, _MIN_TEXT_WIDTH = 8, 20
