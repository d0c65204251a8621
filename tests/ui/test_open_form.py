"""Open Privacy Centre: the menus, the links, the browser, the clipboard and the phone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exhaustive import parametrize_some
from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.links import parse_meta_url
from metaoptout_tui.desktop.qr import qr_lines
from metaoptout_tui.ui.theme import ANSI_DARK_NAME, ANSI_LIGHT_NAME, DARK_THEME, LIGHT_THEME
from metaoptout_tui.ui.widgets.lists import ChoiceList
from samples import account, record
from ui.driving import OpenScreen, does

ONE = record(account(), account("instagram"))
FIRST = "https://www.facebook.com/help/contact/6359191084165019"
SECOND = "https://www.facebook.com/help/contact/712876720715583"
OPEN = ("facebook", "open")
WIDE, NARROW = (80, 24), (60, 20)


class TestForms:
    async def test_the_way_through_the_menus_stands_before_the_links(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter")
            assert me.headline.title == "Facebook “Anna”: open Privacy Centre"
            first, way, fails = "1  Try this first", "→ AI at Meta", "2  If it fails"
            assert me.text.index(first) < me.text.index(way) < me.text.index(fails) < me.text.index(FIRST)

    @parametrize_some(2, ("language", "size"), [(code, size) for code in CONTENT_LANGUAGES for size in (WIDE, NARROW)])
    async def test_the_first_way_and_the_key_that_the_form_is_there_are_in_view(
        self, walk: OpenScreen, language: str, size: tuple[int, int]
    ) -> None:
        one = replace(ONE, accounts=ONE.accounts[:1])
        async with walk(one, at=OPEN, size=size, screen_language=ScreenLanguage(language)) as me:
            await me.press("enter")
            in_view = " ".join(line for line in me.text.splitlines()[2:] if line)
            assert in_view.lstrip().startswith("1  ")
            assert "→" in me.text[: me.text.index("2  ")]
            assert " f " in me.keybar

    async def test_the_links_are_tried_in_their_order_and_none_is_called_likely(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=("instagram", "open"), size=(120, 40)) as me:
            await me.press("enter")
            rows = [str(option.prompt).split("\n") for option in me.app.screen.query_one("#forms", ChoiceList).options]
            assert [row[0].split(":")[0] for row in rows] == [
                "2  If it fails",
                *(f"{number}  If that fails" for number in (3, 4, 5)),
            ]
            assert rows[0][1].strip() == FIRST
            assert "likel" not in me.text
            for form in me.session.playbook.forms:
                assert form.id not in me.text

    @does("open.go")
    async def test_enter_asks_the_browser_once_and_then_says_that_the_form_is_there(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter")
            assert me.headline.left == "Enter asks your browser to open the form"
            await me.press("enter")
            await me.workers()
            assert me.machine.opened == [FIRST]
            assert me.told == "xdg-open was asked to open www.facebook.com."
            assert me.headline.left == "Enter when the form is in front of you"
            assert me.step("open") == "to-do"
            await me.press("enter")
            assert me.machine.opened == [FIRST]
            assert me.step("open") == "done"
            assert me.at == "submit"

    @does("open.browser")
    async def test_o_opens_the_highlighted_form_as_often_as_wanted(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter", "down", "o")
            await me.workers()
            await me.press("o")
            await me.workers()
            assert me.machine.opened == [SECOND, SECOND]
            assert me.at == "open"

    @does("open.copy")
    async def test_c_copies_the_highlighted_link(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter", "c")
            await me.workers()
            assert me.machine.copied == [FIRST]
            assert me.told.startswith("The link: Sent to your clipboard.")

    @does("open.show")
    async def test_v_shows_the_highlighted_link_in_full(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter", "down", "v")
            assert me.at == "link"
            assert SECOND in me.text

    @does("open.there")
    async def test_f_says_that_the_form_is_there_however_it_was_found(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter", "f")
            assert me.step("open") == "done"
            assert me.machine.opened == []
            assert me.at == "submit"

    @parametrize_some(
        3,
        ("keys", "form"),
        [
            ("enter down down enter", "meta-general"),
            ("down c f", ""),
            ("down v escape f", ""),
            ("enter down v escape f", ""),
            ("down down f", ""),
            ("f", ""),
        ],
    )
    async def test_the_record_names_the_form_that_was_opened_and_none_that_was_only_looked_at(
        self, walk: OpenScreen, keys: str, form: str
    ) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter")
            for key in keys.split():
                await me.press(key)
                await me.workers()  # a link is opened in the background
            await me.press("p")
            assert ("Noted form: " in me.flowing) == bool(form)
            await me.press("enter")
            assert (me.last().kind, me.last().text("form")) == ("filed", form)

    @does("open.down", "open.up")
    async def test_the_forms_are_walked_up_and_down(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            await me.press("enter")
            for down, up in (("j", "k"), ("down", "up")):
                await me.press(down)
                assert me.chosen == "facebook-ai"
                await me.press(up)
                assert me.chosen == "meta-general"

    @does("open.back")
    async def test_going_back_ticks_nothing(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN) as me:
            for key in ("escape", "b"):
                await me.press("enter", key)
                assert me.at == "checklist"
            assert me.events() == []


class TestWithoutBrowser:
    @parametrize_some(
        2,
        ("environment", "programs", "why"),
        [
            ({"BROWSER": "lynx"}, ("lynx",), "BROWSER names lynx, a text browser, which would draw over this screen."),
            ({"DISPLAY": ":0"}, ("w3m",), "Only a text browser (w3m) was found, which would draw over this screen."),
            ({}, ("xdg-open",), "There is no graphical screen here to open a browser on."),
            ({"SSH_CONNECTION": "1 2 3 4", "DISPLAY": ":0"}, ("xdg-open",), "This terminal is connected over ssh"),
        ],
    )
    async def test_it_says_why_and_shows_the_link_instead(
        self, walk: OpenScreen, environment: Mapping[str, str], programs: Sequence[str], why: str
    ) -> None:
        async with walk(ONE, at=OPEN, browser=environment, programs=programs) as me:
            await me.press("enter")
            assert why in me.flowing
            assert FIRST in me.text
            await me.press("o")
            await me.workers()
            assert me.at == "link"
            assert me.told.startswith(why)
            assert me.machine.opened == []
            assert "█" in me.text

    async def test_enter_then_says_that_the_form_is_there(self, walk: OpenScreen) -> None:
        async with walk(ONE, at=OPEN, browser={}) as me:
            await me.press("enter")
            assert me.headline.left == "Enter when the form is in front of you"
            await me.press("enter")
            assert me.step("open") == "done"


class TestLink:
    @does("link.browser")
    async def test_o_asks_the_browser(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("o", "o")
            await me.workers()
            assert me.machine.opened == [FIRST]

    @does("link.copy")
    async def test_c_copies_it(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("o", "c")
            await me.workers()
            assert me.machine.copied == [FIRST]

    @does("link.back")
    async def test_every_way_back(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            for key in ("escape", "b", "enter"):
                await me.press("o")
                assert me.at == "link"
                await me.press(key)
                assert me.at == "checklist"

    @parametrize_some(
        1,
        ("theme", "no_color"),
        [
            *(
                (theme, False)
                for theme in (
                    DARK_THEME.name,
                    LIGHT_THEME.name,
                    ANSI_DARK_NAME,
                    ANSI_LIGHT_NAME,
                    "textual-light",
                    "nord",
                )
            ),
            (ANSI_DARK_NAME, True),
        ],
    )
    async def test_the_code_is_black_on_white_in_every_theme(
        self, walk: OpenScreen, theme: str, *, no_color: bool
    ) -> None:
        async with walk(ONE, theme=theme, no_color=no_color) as me:
            await me.press("o")
            code = qr_lines(parse_meta_url(FIRST), max_columns=78, max_rows=20)
            assert code is not None
            drawn = [strip.crop(1, len(code[0]) + 1) for strip in me.strips()[2 : 2 + len(code)]]
            assert [strip.text for strip in drawn] == list(code)
            for style in {segment.style for strip in drawn for segment in strip}:
                assert style is not None
                assert style.color is not None
                assert style.bgcolor is not None
                assert (style.color.triplet, style.bgcolor.triplet) == ((0, 0, 0), (255, 255, 255))
                assert not style.reverse

    async def test_without_room_for_a_code_it_says_so_and_shows_the_link(self, walk: OpenScreen) -> None:
        async with walk(ONE, size=(40, 12)) as me:
            await me.press("o")
            assert me.headline.left == "No room for a QR code here."
            assert FIRST in "".join(me.text.split())
            assert not me.app.screen.query(ChoiceList)


async def test_from_all_there_is_to_know_esc_goes_to_what_is_needed_now_first(walk: OpenScreen) -> None:
    async with walk(record(account("facebook")), at=("facebook", "open")) as me:
        await me.press("enter")
        short = me.text
        await me.press("w")
        assert me.text != short
        await me.press("escape")
        assert (me.at, me.text) == ("open", short)
        await me.press("escape")
        assert me.at == "checklist"


async def test_of_several_accounts_on_a_platform_the_right_profile_comes_first(walk: OpenScreen) -> None:
    two = record(account("instagram"), account("instagram-shop", hub=""))
    async with walk(two, at=("instagram-shop", "open")) as me:
        words = me.session.playbook.texts.sentence("open.profile")
        assert me.guide_says(words)
        await me.press("enter")
        assert me.guide_says(words)
        assert "w more · " in me.text
    async with walk(record(account("instagram"), account("facebook")), at=("instagram", "open")) as me:
        assert not me.guide_says(words)
        await me.press("enter")
        assert not me.guide_says(words)
