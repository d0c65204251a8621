"""How current the guidance is: seen on the first screen, asked anew with a key, read offline, marked as read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from guidance_editions import BUNDLED_SERIAL, NEXT_SERIAL, newer
from loopback_web import LoopbackWeb, Reply, redirect
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.storage.page_cache import PageCache
from metaoptout_tui.storage.settings_files import NetworkConsent
from metaoptout_tui.ui.widgets.reader import Reader
from samples import NOW, account, record
from ui.driving import Machine, OpenScreen, Walker, does
from watched_pages import BEFORE, FORM, NOW_SAYS, article, keep, publish, served

ONE = record(account("facebook"))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackWeb]:
    """All of the web that the program can reach."""
    with LoopbackWeb() as everything:
        for name, value in everything.environ.items():
            monkeypatch.setenv(name, value)
        yield everything


@pytest.fixture
def cache(tmp_path: Path, playbook: Playbook) -> Path:
    """A cache in which one page of the step `open` has changed and another has not."""
    store = PageCache(tmp_path / "filled")
    keep(store, playbook, "vz-guide", NOW, NOW_SAYS, read=BEFORE)
    keep(store, playbook, "dpc-statement", NOW, BEFORE)
    return tmp_path / "filled"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A cache with nothing in it."""
    return tmp_path / "empty"


def agreed(playbook: Playbook) -> NetworkConsent:
    """The person has been shown every host."""
    from metaoptout_tui.core.links import parse_trusted_url

    return NetworkConsent(hosts=frozenset(parse_trusted_url(page.url).host for page in playbook.pages))


# On the first screen


async def test_the_first_screen_says_how_current_the_guidance_is(walk: OpenScreen, cache: Path, empty: Path) -> None:
    async with walk(ONE, cache=empty) as me:
        assert me.headline.right == "guide of 23 Nov 2026"
        await me.press("r")
        assert me.headline.left.endswith("guide of 23 Nov 2026")
    async with walk(ONE, cache=cache) as me:
        assert me.headline.right == "guide: 1 source changed"
        assert "guide: 1 source changed" in me.text


@does("checklist.changes")
async def test_a_step_whose_source_changed_says_so_and_c_shows_the_difference(
    walk: OpenScreen, cache: Path, empty: Path
) -> None:
    async with walk(ONE, cache=cache, at=("facebook", "open")) as me:
        assert me.guide_says("A page that this rests on has changed since you read it: Verbraucherzentrale.")
        assert me.guide_says("c shows what changed.")
        await me.press("c")
        assert me.at == "page"
        assert "~ You can object until 26 May. at any time." in me.flowing  # struck through, then underlined
        assert "+ There is a new way in the Meta Account." in me.flowing
        await me.press("escape")
        assert me.at == "checklist"
    async with walk(ONE, cache=empty, at=("facebook", "open")) as me:
        assert not me.guide_says("A page that this rests on")
        await me.press("c")
        assert "No source of this step is known to have changed." in me.told


@does("page.mark-read")
async def test_what_is_marked_as_read_is_said_no_more(walk: OpenScreen, cache: Path) -> None:
    async with walk(ONE, cache=cache, at=("facebook", "open")) as me:
        await me.press("c", "m")
        assert me.at == "checklist"
        assert not me.guide_says("A page that this rests on")
        assert me.headline.right == "guide checked today"
    async with walk(ONE, cache=cache, at=("facebook", "open")) as me:
        assert me.headline.right == "guide checked today", "also at the next start"
        await me.press("c")
        assert me.at == "checklist"


# The Guidance screen


@does("checklist.guidance", "guidance.back", "guidance.up", "guidance.down")
async def test_the_sources_are_listed_by_publisher_with_language_and_state(walk: OpenScreen, cache: Path) -> None:
    async with walk(ONE, cache=cache, size=(120, 40)) as me:
        await me.press("r")
        assert me.at == "guidance"
        assert me.chosen == "vz-guide", "what changed comes first"
        assert "changed on 23 Nov" in me.text
        assert "unchanged since 23 Nov" in me.text
        assert "not fetched" in me.text
        assert "Meta: not checked, since the check itself tells Meta" in me.flowing
        assert me.guide_says("Changed on 23 Nov. Please read what changed. Last look: just now.")
        assert me.guide_says("things that this program says rest on it, in “")
        await me.press("k")
        assert me.chosen == "ico-statement", "headings are passed over"
        assert me.guide_says("Nothing that this program says rests on it; it is watched for news.")
        await me.press("j")
        assert me.chosen == "vz-guide"
        await me.press("escape")
        assert me.at == "checklist"


@does("guidance.read", "page.changes", "page.back", "guidance.changes")
async def test_a_page_is_read_offline_and_turned_to_what_changed(walk: OpenScreen, cache: Path) -> None:
    async with walk(ONE, cache=cache) as me:
        await me.press("r", "enter")
        assert me.at == "page"
        assert "You can object at any time." in me.flowing
        assert "• Step 1: go on as the form says." in me.flowing
        await me.press("d")
        assert "(16 paragraphs unchanged)" in me.flowing
        await me.press("d")
        assert "paragraphs unchanged" not in me.flowing
        await me.press("b", "d")
        assert me.at == "page"
        assert "What changed" in me.headline.title
        await me.press("escape", "k", "k", "k", "k", "d")
        assert me.at == "guidance"
        assert me.told == "It has not changed since you read it."
        await me.press("down", "enter")
        assert me.told == "Nothing of it is here yet. r checks now."


@does("page.next-heading", "page.last-heading", "page.up", "page.down", "page.page-down", "page.page-up")
async def test_headings_and_changes_are_jumped_to(walk: OpenScreen, cache: Path) -> None:

    async with walk(ONE, cache=cache, size=(80, 16)) as me:
        await me.press("r", "enter")
        reader = me.app.screen.query_one(Reader)

        async def top(*keys: str) -> int:
            await me.press(*keys)
            return reader.scroll_offset.y

        assert await top("n") == 4, "the second heading"
        assert await top("p") == 0
        assert await top("j", "j") == 2
        assert await top("k") == 1
        assert await top("pagedown") > 8
        assert await top("pageup") == 1
        assert await top("end") == reader.max_scroll_y
        assert await top("home") == 0
        assert await top("c", "n") > 0


@does("guidance.mark-read")
async def test_a_page_is_marked_as_read_from_the_list(walk: OpenScreen, cache: Path) -> None:
    async with walk(ONE, cache=cache) as me:
        await me.press("r", "m")
        assert "changed on" not in me.text
        await me.press("m")
        assert me.told == "There is nothing new in it."


@does("guidance.page-down", "guidance.page-up")
async def test_the_words_about_a_page_are_read_with_the_page_keys(walk: OpenScreen, cache: Path) -> None:

    async with walk(ONE, cache=cache, size=(44, 14)) as me:
        await me.press("r")
        reader = me.app.screen.query_one(Reader)
        await me.press("pagedown")
        assert reader.scroll_offset.y > 0
        await me.press("pageup")
        assert reader.scroll_offset.y == 0


# Links


@does("page.links", "page-links.browser", "page-links.copy", "page-links.up", "page-links.down", "page-links.back")
async def test_only_links_to_meta_or_the_publisher_are_opened(walk: OpenScreen, cache: Path, machine: Machine) -> None:
    async with walk(ONE, cache=cache) as me:
        await me.press("r", "enter", "l")
        assert me.at == "page-links"
        assert "1 of 2 can be opened from here." in me.headline.left
        assert "www.facebook.com" in me.text
        assert "not opened: https://facebook.com.evil.example/form" in me.flowing
        await me.press("enter")
        await me.workers()
        assert machine.opened == [FORM.url]
        await me.press("c")
        await me.workers()
        assert machine.copied == [FORM.url]
        await me.press("j", "enter")
        assert "its host does not end in a domain that this program knows" in me.told
        await me.press("c", "k")
        await me.workers()
        assert (machine.opened, machine.copied) == ([FORM.url], [FORM.url])
        await me.press("escape")
        assert me.at == "page"


@does("guidance.browser", "page.browser")
async def test_the_page_itself_is_opened_in_the_browser(walk: OpenScreen, cache: Path, machine: Machine) -> None:
    async with walk(ONE, cache=cache) as me:
        await me.press("r", "o")
        await me.workers()
        await me.press("enter", "o")
        await me.workers()
        assert len(machine.opened) == 2
        assert all(each.startswith("https://www.verbraucherzentrale.de/") for each in machine.opened)


async def test_a_page_without_links_says_so(walk: OpenScreen, tmp_path: Path, playbook: Playbook) -> None:
    keep(PageCache(tmp_path / "c"), playbook, "dpc-statement", NOW, article("Nothing leads on from here."))
    async with walk(ONE, cache=tmp_path / "c") as me:
        await me.press("r", "enter", "l")
        assert me.told == "There is no link in it."


# Looking


@does("guidance.look", "hosts.agree", "hosts.back", "hosts.page-down", "hosts.page-up")
async def test_the_hosts_are_shown_before_the_first_look_and_nothing_is_asked_before(
    walk: OpenScreen, empty: Path, web: LoopbackWeb, playbook: Playbook, machine: Machine
) -> None:
    pages = [page for page in playbook.pages if page.kind != "meta"]
    publish(web, pages)
    async with walk(ONE, cache=empty) as me:
        await me.press("r", "r")
        assert me.at == "hosts"
        assert me.guide_says("• www.dataprotection.ie Irish DPC")
        assert me.guide_says("• www.verbraucherzentrale.de")
        assert not me.guide_says("meta.com")
        await me.press("pagedown", "pageup", "escape")
        assert me.at == "guidance"
        assert (web.hosts, machine.consents) == (set(), [])

        await me.press("r", "enter")
        await me.workers()
        assert web.hosts == set(me.app._app_context.page_check.page_watcher.hosts_to_contact())
        assert machine.consents[-1].hosts == web.hosts
        assert f"{len(pages)} of {len(pages)} pages read, none changed." in me.flowing
        await me.press("r")
        await me.workers()
        assert me.at == "guidance", "the hosts are known now"
        assert len(web.asked(pages[0].url)) == 2


async def test_a_changed_page_is_noticed_and_one_that_is_gone_keeps_its_copy(
    walk: OpenScreen, empty: Path, web: LoopbackWeb, playbook: Playbook
) -> None:
    pages = [page for page in playbook.pages if page.kind != "meta"]
    publish(web, pages)
    guide = playbook.page("vz-guide")
    assert guide is not None
    async with walk(ONE, cache=empty, consent=agreed(playbook), at=("facebook", "open")) as me:
        await me.press("r", "r")
        await me.workers()
        web.on(guide.url, Reply(body=served(guide, "Meta has another form now. " * 6)))
        web.on(pages[0].url, Reply(404))
        await me.press("r")
        await me.workers()
        assert f"{len(pages) - 1} of {len(pages)} pages read, 1 changed, 1 not reached or not readable" in me.flowing
        await me.press("escape")
        assert me.headline.right == "guide: 1 source changed"
        assert me.guide_says("has changed since you read it: Verbraucherzentrale.")
        await me.press("r", "home", "enter")
        assert me.at == "page"
        assert "There is no such page any more" in me.headline.left
        assert "everybody may object to that at any time" in me.flowing


async def test_escape_stops_a_look_and_the_walk_goes_on_meanwhile(
    walk: OpenScreen, empty: Path, web: LoopbackWeb, playbook: Playbook
) -> None:
    for page in playbook.pages:
        web.on(page.url, Reply(body=served(page), delay=20))
    web.on(playbook.pages[0].url, Reply(body=served(playbook.pages[0])))
    async with walk(ONE, cache=empty, consent=agreed(playbook)) as me:
        await me.press("r", "r")
        await me.until(lambda: "1 of 13 checked. Esc stops." in me.text, "the first page")
        await me.press("enter")  # reading what came meanwhile
        assert me.at == "page"
        await me.press("escape")
        assert me.at == "guidance"
        await me.press("escape")
        assert me.at == "guidance"
        await me.until(lambda: "Stopped after 1 of 13." in me.text, "the end of the look")
        assert web.all_have_left()
        await me.press("escape")
        assert me.headline.right == "guide checked today"


async def test_the_first_screen_shows_how_far_a_look_is(
    walk: OpenScreen, empty: Path, web: LoopbackWeb, playbook: Playbook
) -> None:
    for page in playbook.pages:
        web.on(page.url, Reply(body=served(page), delay=20))
    week = NetworkConsent(agreed(playbook).hosts, weekly=True)
    async with walk(ONE, cache=empty, consent=week) as me:
        await me.until(lambda: me.headline.right == "checking: 0 of 13", "the look of the week")
        await me.press("d")
        assert me.at == "diary", "the walk goes on"


@pytest.mark.exhaustive
@does("guidance.weekly")
async def test_the_weekly_look_is_off_until_it_is_switched_on(
    walk: OpenScreen, empty: Path, web: LoopbackWeb, playbook: Playbook, machine: Machine, cache: Path
) -> None:
    async with walk(ONE, cache=empty, consent=agreed(playbook)) as me:
        await me.workers()
        assert web.hosts == set()
        await me.press("r", "w")
        assert "Weekly check on" in me.headline.left
        await me.press("w")
        assert "Weekly check off" in me.headline.left
        assert [each.weekly for each in machine.consents] == [True, False]
    publish(web, playbook.pages)
    week = NetworkConsent(agreed(playbook).hosts, weekly=True)
    async with walk(ONE, consent=week, cache=cache) as me:
        await me.workers()
        assert web.hosts == set(), "the last look is of today"
    machine.clock.pass_by(days=7)
    async with walk(ONE, consent=week, cache=cache) as me:
        await me.workers()
        assert "www.dataprotection.ie" in web.hosts
    async with walk(ONE, consent=NetworkConsent(weekly=True), cache=cache) as me:
        assert me.at == "checklist", "hosts that were never shown are not contacted unasked"


@pytest.mark.exhaustive
async def test_the_weekly_look_can_be_asked_for_in_the_welcome_and_shows_its_hosts_first(
    walk: OpenScreen, empty: Path, web: LoopbackWeb, machine: Machine
) -> None:
    async with walk(cache=empty, is_new=True) as me:
        assert me.at == "welcome"
        await me.press("enter", "space", "enter")
        await me.write("anna@example.org")
        await me.press("f4", "end", "up")
        assert "check once a week whether the public pages changed" in me.flowing
        await me.press("enter")
        assert me.at == "hosts"
        assert machine.consents[-1].weekly
        assert web.hosts == set()
        await me.press("escape")
        assert me.at == "checklist"
        assert [account.email for account in me.progress.accounts] == ["anna@example.org"]
        await me.workers()
        assert web.hosts == set()
    async with walk(cache=empty, is_new=True) as me:
        await me.press("f2")
        assert me.at == "checklist", "nothing is looked at unless it is ticked"


@does("guidance.meta-pages")
async def test_metas_own_pages_are_looked_at_only_when_switched_on_and_shown(
    walk: OpenScreen, empty: Path, playbook: Playbook, machine: Machine
) -> None:
    others = NetworkConsent(
        frozenset(host for host in agreed(playbook).hosts if not host.endswith((".com", ".fb.com")))
    )
    async with walk(ONE, cache=empty, consent=others) as me:
        await me.press("r", "M")
        assert "Meta: not checked" not in me.flowing
        await me.press("r")
        assert me.at == "hosts"
        assert me.guide_says("• www.meta.com new Meta help")
        await me.press("escape", "M")
        assert [each.meta_pages for each in machine.consents] == [True, False]


async def test_offline_no_connection_is_tried(walk: OpenScreen, web: LoopbackWeb, playbook: Playbook) -> None:
    week = NetworkConsent(agreed(playbook).hosts, weekly=True)
    async with walk(
        ONE, permission=NetworkPermission(offline_reason="Offline, as asked: no connection is made."), consent=week
    ) as me:
        await me.press("r", "r")
        await me.workers()
        assert me.told == "Offline, as asked: no connection is made."
        assert web.hosts == set()


async def test_a_proxy_that_cannot_be_used_is_said(
    walk: OpenScreen, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "garbage:://x")
    async with walk(ONE, consent=agreed(playbook)) as me:
        await me.press("r", "r")
        await me.workers()
        assert "the proxy in" in me.flowing
        assert "cannot be used" in me.flowing
        assert me.at == "guidance"


@pytest.mark.exhaustive
async def test_a_consent_that_cannot_be_kept_is_said_and_holds_for_now(
    walk: OpenScreen, empty: Path, web: LoopbackWeb, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(web, playbook.pages)
    async with walk(ONE, cache=empty) as me:

        def refuse(_: NetworkConsent) -> None:
            raise StorageError("Not saved: the disk is full.")

        monkeypatch.setattr(me.app._app_context.page_check, "_save_consent", refuse)
        await me.press("r", "w")
        assert me.told == "Not saved: the disk is full."
        await me.press("r", "enter")
        await me.workers()
        assert "13 of 13 pages read" in me.flowing


# The feed

FEED = "https://guide.example.org/playbook.toml"
WITH_FEED = NetworkPermission(feed_url=FEED)


async def look_at_feed(me: Walker) -> None:
    """From the first screen to the end of a look, all hosts shown."""
    await me.press("r", "r")
    if me.at == "hosts":
        assert me.guide_says("• guide.example.org the feed that your settings name")
        assert me.guide_says("Your proxy looks the feed's name up itself, so it is not checked here")
        await me.press("enter")
    await me.workers()


@does("guidance.edition", "edition.accept", "edition.next", "edition.last", "edition.up", "edition.down")
@does("edition.page-down", "edition.page-up", "guidance.own")
async def test_what_a_feed_would_change_is_shown_and_used_only_when_accepted(
    walk: OpenScreen, web: LoopbackWeb, playbook: Playbook
) -> None:
    publish(web, playbook.pages)
    web.on(FEED, Reply(body=newer(), content_type="application/toml"))
    async with walk(ONE, permission=WITH_FEED, at=("facebook", "identify")) as me:
        await look_at_feed(me)
        assert "There is an edition of 2026-11-24, newer than 2026-11-23." in me.flowing
        assert me.session.playbook.serial == BUNDLED_SERIAL
        await me.press("e")
        assert me.at == "edition"
        assert "Guidance of 24 Nov 2026 from guide.example.org" in me.headline.title
        assert "1 change; not reviewed by the makers of this program." in me.headline.left
        assert me.guide_says("+ says: Look at the list of accounts.")
        await me.press("n", "p", "j", "k", "pagedown", "pageup")
        assert me.session.playbook.serial == BUNDLED_SERIAL
        await me.press("a")
        assert me.at == "guidance"
        assert me.session.playbook.serial == NEXT_SERIAL
        assert "from guide.example.org, not reviewed by the makers of this program" in me.flowing
        await me.press("escape")
        assert me.guide_says("Look at the list of accounts.")
        assert me.guide_says("from guide.example.org, not reviewed by the makers of this program.")
    async with walk(ONE, permission=WITH_FEED, at=("facebook", "identify")) as me:
        assert me.app._app_context.page_check.page_watcher.guidance.playbook.serial == NEXT_SERIAL, (
            "also at the next start"
        )
        await me.press("r", "B")
        assert "The program's own guidance is in use again." in me.flowing
        assert me.session.playbook.serial == BUNDLED_SERIAL
        await me.press("escape")
        assert not me.guide_says("Look at the list of accounts.")


@pytest.mark.exhaustive
@does("edition.refuse", "edition.back")
async def test_an_edition_that_is_refused_changes_nothing_and_is_not_pressed_on_anybody(
    walk: OpenScreen, web: LoopbackWeb, playbook: Playbook
) -> None:
    publish(web, playbook.pages)
    web.on(FEED, Reply(body=newer(), content_type="application/toml"))
    async with walk(ONE, permission=WITH_FEED) as me:
        await look_at_feed(me)
        await me.press("e", "escape")
        assert "e shows what it would change." in me.flowing, "later is not never"
        await me.press("e", "x")
        assert "The guidance of 2026-11-23 stays in use." in me.flowing
        await me.press("e")
        assert me.at == "guidance"
        await me.press("r")
        await me.workers()
        assert f"You refused edition {NEXT_SERIAL} of 2026-11-24." in me.flowing
        assert me.session.playbook.serial == BUNDLED_SERIAL


@parametrize_some(
    1,
    ("reply", "words"),
    [
        (Reply(404), "there is nothing at its address any more (404)."),
        (Reply(body=b"<html>hello</html>", content_type="text/plain"), "this is a web page, not a playbook."),
        (Reply(body=newer(serial=BUNDLED_SERIAL), content_type="text/plain"), "There is no newer edition"),
        (Reply(body=newer(extra=1), content_type="text/plain"), "guide.example.org: extra: unknown key"),
        (redirect("https://elsewhere.example/x"), "it moved to https://elsewhere.example/x, on another host"),
    ],
    ids=["gone", "page", "same", "unknown-key", "moved"],
)
async def test_what_a_feed_has_that_cannot_be_used_is_said(
    walk: OpenScreen, web: LoopbackWeb, playbook: Playbook, reply: Reply, words: str
) -> None:
    publish(web, playbook.pages)
    web.on(FEED, reply)
    async with walk(ONE, permission=WITH_FEED, size=(120, 40)) as me:
        await look_at_feed(me)
        assert words in me.flowing
        await me.press("e")
        assert me.at == "guidance"
        assert "elsewhere.example" not in web.hosts


async def test_without_a_feed_its_keys_say_how_it_is(walk: OpenScreen) -> None:
    async with walk(ONE) as me:
        await me.press("r", "e")
        assert me.told == "No feed is set. Your settings can name one: guidance.feed_url."
        await me.press("B")
        assert me.told == "The program's own guidance is in use."
    async with walk(ONE, permission=WITH_FEED) as me:
        await me.press("r", "e")
        assert me.told == "The feed has offered nothing yet. r checks now."
