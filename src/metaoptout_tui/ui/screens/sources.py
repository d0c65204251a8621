"""The sources of what is said in one place, each with its host, to open it, copy its address or read about it."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import GuidanceSource
from metaoptout_tui.core.links import SafeUrl, trusted_url_or_none
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns
from metaoptout_tui.ui.text.step_sources import SourceList


class SourcesScreen(ListAndDetailScreen[None]):
    """The sources above, details of the highlighted one below.

    `read_sources` reads those of the place that led here, or gives None where it is gone. They are numbered as in its
    text; those with the ids `first` keep the numbers they have there.
    """

    SCREEN_ID = "sources"
    LIST_ID = "sources"
    LINK_NAME = "The address"

    def __init__(
        self, context: AppContext, read_sources: Callable[[], SourceList | None], first: Sequence[str] = ()
    ) -> None:
        super().__init__(context)
        self._read_sources = read_sources
        self._first_source_ids = first

    def update_content(self) -> None:
        """Title and rows, or leave if what they are about was removed."""
        super().update_content()
        sources = self._read_sources()
        if sources is None:
            self.dismiss(None)
            return
        hint = f"{self.readable_key_of('sources.browser')} asks your browser to open the highlighted page."
        self.set_headline(f"Sources of “{sources.title}”", left=hint)
        numbered = sources.numbered_sources(self._first_source_ids)
        self.choice_list.show_rows([(source.id, self._source_row(number, source)) for number, source in numbered])
        self.show_detail()

    def _source_row(self, number: int, source: GuidanceSource) -> Content:
        date = dates.format_partial_date(source.date) if source.date else "undated"
        link = trusted_url_or_none(source.url)
        host = link.host if link else "no public address"
        room = self.size.width - _ROW_MARGIN
        words = f"{source.publisher}, {date}"
        if cell_len(words) + cell_len(host) <= room:
            return Content.assemble((f"{number:>2} ", "bold $text-accent"), words, (f"  {host}", "$muted"))
        half = room // 2
        return row_in_columns(
            fixed(f"{number:>2} ", "bold $text-accent"),
            Column(words, room - half),
            fixed("  "),
            Column(host, half, "$muted"),
        )

    def show_detail(self) -> None:
        """About the highlighted row."""
        sources, source = self._read_sources(), self._highlighted_source
        if sources is not None and source is not None:
            self.reader.show_content(sources.source_detail(source, self.reader.text_width))

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


_ROW_MARGIN = 8
