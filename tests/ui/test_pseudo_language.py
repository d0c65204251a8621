"""Every screen in an invented language, whose sentences are longer: no English is left on it, and nothing is cut."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest
from textual.app import App
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, Tree

from exhaustive import parametrize_some
from metaoptout_tui.app.accounts.form_fields import value_of_field
from metaoptout_tui.app.letters.letters import letter_title
from metaoptout_tui.app.manual import chapter_titles
from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language import translation
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.documents.letters import letter_ids_for
from metaoptout_tui.guidance.loader import load_authorities
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.questions_at_start import UnreadableRecordApp, WhoseRecordApp
from metaoptout_tui.ui.rehearsal_app import RehearsalApp
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.reader import Reader
from pseudo_language import PseudoCatalogue, english_left, pseudo
from ui.driving import EVERYTHING, SOME_PLACES, WAYS, OpenScreen, Walker, go, offer_for
from ui.fake_chat_scan import AT_HOME
from ui.test_unreadable_record import ERROR, GONE, WITH_COPY
from watched_pages import BEFORE, NOW_SAYS

SIZES = ((80, 24), (60, 20))
OTHER_PEOPLES_TEXT: Mapping[str, str] = {
    "manual": "Reader",
    "manual-find": "ChoiceList",
    "letters": "Reader",
    "letter": "Input, TextArea, Reader, #whole-subject, #gaps",
    "page-links": "ChoiceList",
}
"""The widgets that show a text which is in a language of its own: a chapter, a letter, a page of somebody else's."""
PRODUCTS = ("Facebook", "Instagram", "Threads", "WhatsApp", "Meta AI")
_ADDRESS = re.compile(r"\S*(?:[/\\@]|~/)\S*|[\w-]*(?:\.\w[\w-]*)+")
"""A path, an e-mail address, an address on the web, the name of a file or of a host."""


_TOUCHING = re.compile(r"\][\w\[]")
"""The end of a sentence with something right behind it: a column that has no gap, or a sentence glued from parts."""


@pytest.fixture(autouse=True)
def _invented_language() -> Iterator[None]:
    translation.use_catalogue(PseudoCatalogue())
    yield
    translation.use_catalogue(translation.ENGLISH)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """All words, in small letters."""
    return frozenset(word.casefold() for text in texts for word in re.findall(r"[A-Za-z]+", text))


def words_that_stay(playbook: Playbook) -> frozenset[str]:
    """Names, addresses, Meta's own menus, keys, dates, and what a person or Meta wrote."""

    def texts() -> Iterator[str]:
        for account in EVERYTHING.accounts:
            yield from (account.name, account.linked_group or "", *(event.text("text") for event in account.events))
        yield from PRODUCTS
        for label in playbook.labels.values():
            yield from label.words.values()
        yield from (source.publisher for source in playbook.sources.values())
        yield from (words for page in playbook.pages for words in (page.publisher, page.url))
        yield from (form.url for form in playbook.forms)
        for authority in load_authorities().by_code.values():
            yield from (authority.name, authority.full_name)
        formats = FORMATS["en"]
        yield from (*formats.months, *formats.full_months, *formats.weekdays, formats.at_the_end, formats.or_at_the_end)
        yield from (each for forms in formats.ago.values() for each in forms)
        yield from (each.own_name for each in FORMATS.values())
        yield from map(letter_title, letter_ids_for("gdpr"))
        yield from chapter_titles().values()
        yield from (line for lines in AT_HOME.values() for line in lines)
        yield from (block.text for page in (BEFORE, NOW_SAYS) for block in page.blocks)

    return words_of(texts())


def words_of_this_screen(me: Walker) -> frozenset[str]:
    """The names of countries, what goes into the fields of Meta's form, and an edition of somebody else's."""
    assert isinstance(me.screen, BaseScreen)
    context, session = me.screen.context, me.session

    def texts() -> Iterator[str]:
        yield from (names[0] for names in context.countries().values())
        fields = session.playbook.fields_for(platform="facebook", region="eea")
        for field in fields if session.record.accounts else ():
            yield value_of_field(session, "facebook", field, context.countries())
        offer = context.page_check.page_watcher.feed.offered
        for change in offer.changes if offer is not None else ():
            yield from (text for aspect in change.aspects for text in (aspect.before, aspect.after))

    return words_of(texts())


def own_text(me: Walker, place: str) -> str:
    """What the program itself says on the screen: without addresses, and without other people's text."""
    lines = [strip.text for strip in me.strips()]
    for widget in me.screen.query(OTHER_PEOPLES_TEXT[place]) if place in OTHER_PEOPLES_TEXT else ():
        region = widget.region
        for row in range(region.y, region.bottom):
            lines[row] = lines[row][: region.x] + " " * region.width + lines[row][region.right :]
    return _ADDRESS.sub(" ", "\n".join(lines))


def cut_texts(me: Walker) -> list[str]:
    """What is drawn, or would be once one scrolls, without the bracket that ends a sentence; what has no room besides."""
    return [text for widget in me.screen.walk_children(Widget) if widget.region for text in _cut_texts_of(widget, me)]


def _cut_texts_of(widget: Widget, me: Walker) -> Iterator[str]:
    region, lines = widget.region, [strip.text for strip in me.strips()]
    drawn = [line[region.x : region.right] for line in lines[region.y : region.bottom]]
    texts: list[str] = []
    match widget:
        case Input() if not widget.value and len(widget.placeholder) > widget.content_size.width:
            yield widget.placeholder
        case Reader():
            widths = zip(widget.plain_text.split("\n"), widget.line_widths, strict=True)
            yield from (line for line, width in widths if width > widget.size.width)
            texts = [widget.plain_text]
        case OptionList():
            texts = [str(option.prompt) for option in widget.options]
        case Tree():
            texts = [_ELIDED_NAME.sub("", row) for row in drawn]
        case Headline() | KeyBar():
            texts = ["\n".join(drawn)]
        case Static():
            needed = widget.get_content_height(widget.size, me.app.size, widget.content_size.width)
            if needed > widget.content_size.height:
                yield str(widget.content)
    if widget.border_title and widget.styles.border_top[0]:
        texts.append(drawn[0])
    yield from (text for text in texts if _is_cut(text) or _TOUCHING.search(text))


_ELIDED_NAME = re.compile(r"\[[^\[\]]*…(?=\S| \w)(?![^\[\]]*\])")
"""The beginning of an account's name of which the middle is left out, so that its end is seen."""


def _is_cut(text: str) -> bool:
    """Whether a bracket that ends a text is not drawn; a row may end with the first sentences of a longer text."""
    missing = text.count("[") - text.count("]")
    return missing != 0 and not (missing == 1 and text.rstrip().endswith("."))


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_no_english_is_left_on_a_screen_and_no_sentence_is_cut_though_it_is_longer(
    walk: OpenScreen, playbook: Playbook, place: str
) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), size=SIZES[0]) as me:
        await go(me, place)
        assert english_left(own_text(me, place), words_that_stay(playbook) | words_of_this_screen(me)) == []
        for size in SIZES:
            await me.resize(*size)
            assert cut_texts(me) == []


@parametrize_some(SIZES[1:], "size", SIZES)
@pytest.mark.parametrize("place", ["welcome", "checklist"])
async def test_the_first_start_and_an_empty_list_are_told_whole_in_the_language_in_use(
    walk: OpenScreen, playbook: Playbook, size: tuple[int, int], place: str
) -> None:
    async with walk(Record(), is_new=place == "welcome", size=size) as me:
        assert me.at == place
        names = words_of(name for _id, name in ScreenLanguage().options)
        assert english_left(own_text(me, me.at), words_that_stay(playbook) | words_of_this_screen(me) | names) == []
        assert cut_texts(me) == []


@pytest.mark.parametrize(
    "make_app",
    [lambda: UnreadableRecordApp(WITH_COPY), lambda: UnreadableRecordApp(GONE), lambda: WhoseRecordApp(("", "Omar"))],
)
async def test_the_questions_before_the_first_screen_have_no_english_left(
    make_app: Callable[[], App[str]], playbook: Playbook
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)):
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
    data = words_of((str(ERROR), "Omar", "Google Drive"))
    assert english_left(_ADDRESS.sub(" ", text), words_that_stay(playbook) | data) == []


async def test_footer_help_and_palette_speak_the_language_in_use_also_after_it_changed(
    walk: OpenScreen, playbook: Playbook
) -> None:
    translation.use_catalogue(translation.ENGLISH)
    async with walk(EVERYTHING, at=("facebook", "open"), size=(120, 40)) as me:
        assert "Enter Open" in me.keybar
        translation.use_catalogue(PseudoCatalogue())
        assert f"{pseudo('Enter')} {pseudo('Open')}" in me.keybar
        await me.press("question_mark")
        assert pseudo("Add an account.") in me.flowing
        await me.press("escape", "ctrl+p")
        await me.until(lambda: pseudo("Case file") in me.text)
        assert english_left(own_text(me, "help"), words_that_stay(playbook)) == []
        await me.write("xyzzy")
        await me.until(lambda: pseudo("No command fits. Try other words.") in me.text)


@pytest.mark.parametrize("app", [RehearsalApp, UnreadableRecordApp, WhoseRecordApp])
def test_keys_hold_no_words_that_were_made_before_the_language_was_chosen(app: type[App[object]]) -> None:
    def screens(of: type[object]) -> Iterator[type[object]]:
        for each in of.__subclasses__():
            yield each
            yield from screens(each)

    for each in (app, *screens(BaseScreen)):
        bindings = [binding for binding in vars(each).get("BINDINGS", ()) if isinstance(binding, Binding)]
        assert [(binding.id, binding.description, binding.tooltip) for binding in bindings] == [
            (binding.id, "", "") for binding in bindings
        ]
