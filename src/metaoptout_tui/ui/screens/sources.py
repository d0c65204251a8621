"""Where what is said comes from: for each sentence who says so, when, and how sure it is; the pages can be opened."""

from collections.abc import Callable
from textwrap import wrap

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.basis import GuidanceSource
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.links import SafeUrl, trusted_url_or_none
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import MenuScreen
from metaoptout_tui.ui.screens.dialogs import ChosenOption
from metaoptout_tui.ui.text.step_sources import SourcedSentence, SourceList


class SourcesScreen(ListAndDetailScreen[None]):
    """The sentences above, below who says the highlighted one.

    `read_sources` reads those of the place that led here, or gives None where it is gone. The sentence that holds the
    words `first_sentence` is highlighted at first.
    """

    SCREEN_ID = "sources"
    LIST_ID = "sources"
    LINK_NAME = mark("The address")

    def __init__(
        self, context: AppContext, read_sources: Callable[[], SourceList | None], first_sentence: str = ""
    ) -> None:
        super().__init__(context)
        self._read_sources = read_sources
        self._first_sentence = first_sentence
        self._source_in_view: GuidanceSource | None = None

    def highlight_first_row(self) -> None:
        """Begin at the sentence that the person was reading."""
        sources = self._read_sources()
        for index, sentence in enumerate(sources.sentences if sources is not None else ()):
            if self._first_sentence and self._first_sentence in sentence.words:
                self.choice_list.highlighted = index
                return

    def update_content(self) -> None:
        """Title and rows, or leave if what they are about was removed."""
        super().update_content()
        sources = self._read_sources()
        if sources is None:
            self.dismiss(None)
            return
        hint = _("{key} asks your browser to open the page of who says so.").format(
            key=self.readable_key_of("sources.browser")
        )
        self.set_headline(_("Who says so: “{title}”").format(title=sources.title), left=hint)
        self.choice_list.show_rows(
            (str(index), self._sentence_row(sentence)) for index, sentence in enumerate(sources.sentences)
        )
        self.show_detail()

    def _sentence_row(self, sentence: SourcedSentence) -> Content:
        """A sentence with hanging indent."""
        lines = wrap(sentence.words, max(_MIN_TEXT_WIDTH, self.size.width - _ROW_MARGIN))
        return Content.assemble((f"{self.context.symbols.bullet} ", "$muted"), "\n  ".join(lines))

    def show_detail(self) -> None:
        """About the highlighted sentence."""
        sources, sentence = self._read_sources(), self._highlighted_sentence
        if sources is not None and sentence is not None:
            self.reader.show_content(sources.sentence_detail(sentence, self.reader.text_width))

    @property
    def _highlighted_sentence(self) -> SourcedSentence | None:
        sources, id = self._read_sources(), self.choice_list.highlighted_id
        return sources.sentences[int(id)] if sources is not None and id else None

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The address of the source that was chosen."""
        return trusted_url_or_none(self._source_in_view.url) if self._source_in_view is not None else None

    @on(OptionList.OptionSelected)
    def action_browser(self) -> None:
        """Open the page of a source of the highlighted sentence."""
        self._with_source(super().action_browser)

    def action_copy(self) -> None:
        """Copy the address of a source of the highlighted sentence."""
        self._with_source(super().action_copy)

    def action_show(self) -> None:
        """Show the address of a source of the highlighted sentence in full and as a QR code."""
        self._with_source(super().action_show)

    def _with_source(self, act: Callable[[], None]) -> None:
        """Act on the source of the highlighted sentence that has an address; ask which where it has several."""
        sources, sentence = self._read_sources(), self._highlighted_sentence
        if sources is None or sentence is None:
            return
        openable_sources = {
            source.id: source for source in sources.sources_of(sentence) if trusted_url_or_none(source.url)
        }

        def act_on(source: GuidanceSource) -> None:
            self._source_in_view = source
            act()

        def chosen(answer: ChosenOption | None) -> None:
            if answer is not None:
                act_on(openable_sources[answer.option_id])

        if not openable_sources:
            self.say(_("No public address of this is known."))
        elif len(openable_sources) == 1:
            act_on(next(iter(openable_sources.values())))
        else:
            rows = [(id, _source_row(source)) for id, source in openable_sources.items()]
            self.app.push_screen(MenuScreen(self.context, _("Whose page?"), rows, help_text=sentence.words), chosen)


_ROW_MARGIN, _MIN_TEXT_WIDTH = 6, 16


def _source_row(source: GuidanceSource) -> str:
    date = dates.format_partial_date(source.date) if source.date else _("undated")
    link = trusted_url_or_none(source.url)
    return f"{source.publisher}, {date}\n  {link.host if link else ''}"
