"""How current the guidance is, in lines: checked when the person agrees, pages read, an edition decided upon."""

from datetime import timedelta

from guidance_editions import BUNDLED_SERIAL, newer
from metaoptout_tui.app.guidance.page_watcher import NetworkPermission
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.storage.page_cache import PageCache
from metaoptout_tui.storage.settings_files import load_consent, save_consent
from plain_talk import Speak
from samples import NOW, account, record
from watched_pages import BEFORE, NOW_SAYS, PagesWithoutNetwork, keep

ONE = record(account("facebook"))
AT_GUIDANCE = ("everything-else", "checklist.guidance")


def test_nothing_is_contacted_before_the_person_was_told_the_hosts_and_agreed(
    speak: Speak, playbook: Playbook, paths: AppPaths
) -> None:
    web = PagesWithoutNetwork(playbook)
    talk = speak(*AT_GUIDANCE, "guidance.look", "", "quit", progress=ONE, fetch_all=web.fetch_all)
    assert "www.dataprotection.ie" in talk.text
    assert "Nothing was contacted." in talk.heard
    assert web.asked == []
    talk = speak(*AT_GUIDANCE, "guidance.look", "y", "guidance.look", "quit", fetch_all=web.fetch_all)
    count = len([page for page in playbook.pages if page.kind != "meta"])
    assert len(web.asked) == 2 * count
    assert f"of {count} checked." in talk.text
    assert talk.text.count("Check whether the sources changed?") == 1
    assert load_consent(paths.consent).hosts


def test_without_a_connection_it_says_why_and_what_was_fetched_can_be_read(
    speak: Speak, playbook: Playbook, paths: AppPaths
) -> None:
    store = PageCache(paths.cache)
    keep(store, playbook, "vz-guide", NOW, NOW_SAYS, read=BEFORE)
    talk = speak(*AT_GUIDANCE, "guidance.look", "guidance.read", "vz-guide", "changes", "links", "text", progress=ONE)
    assert "Offline." in talk.text
    assert "What was fetched before can be read." in talk.heard
    assert "1 page changed since you read it." in talk.heard
    assert "It was: You can object until 26 May." in talk.heard
    assert "It is now: You can object at any time." in talk.heard
    assert "New: There is a new way in the Meta Account." in talk.heard
    assert "Heading: Step by step" in talk.heard
    assert "https://facebook.com.evil.example/form" in talk.heard
    talk = speak(*AT_GUIDANCE, "guidance.read", "vz-guide", "mark-read", "ready", "quit")
    assert "Marked as read." in talk.heard
    assert not PageCache(paths.cache).load()["vz-guide"].has_unread_change


def test_the_weekly_check_is_switched_on_and_made_at_the_next_start(
    speak: Speak, playbook: Playbook, paths: AppPaths
) -> None:
    web = PagesWithoutNetwork(playbook)
    talk = speak(*AT_GUIDANCE, "guidance.weekly", "quit", progress=ONE, fetch_all=web.fetch_all)
    assert "Once a week, at a start, the pages are checked." in talk.heard
    speak("quit", fetch_all=web.fetch_all)
    assert web.asked == []  # no host was agreed to yet
    speak(*AT_GUIDANCE, "guidance.look", "y", "quit", fetch_all=web.fetch_all)
    first = len(web.asked)
    speak("quit", fetch_all=web.fetch_all)
    assert len(web.asked) == first
    _make_last_check_older(paths)
    talk = speak("quit", fetch_all=web.fetch_all)
    assert len(web.asked) == 2 * first
    assert talk.heard.index("The pages are asked now. Ctrl+C stops it; what came by then stays.") >= 0


def _make_last_check_older(paths: AppPaths) -> None:
    store = PageCache(paths.cache)
    for status in store.load().values():
        earlier = NOW - timedelta(days=8)
        store.save(status._replace(checked_at=earlier, succeeded_at=earlier))


def test_what_a_feed_would_change_is_told_and_used_only_when_accepted(speak: Speak, playbook: Playbook) -> None:
    web = PagesWithoutNetwork(playbook, feed=newer())
    permission = NetworkPermission(feed_url="https://guide.example.org/playbook.toml")
    look = (*AT_GUIDANCE, "guidance.look", "y", "guidance.edition")
    talk = speak(*look, "", "quit", progress=ONE, fetch_all=web.fetch_all, permission=permission)
    assert "Guidance of 24 Nov 2026 from guide.example.org." in talk.heard
    assert "It is now: Look at the list of accounts." in talk.text
    assert talk.session is not None
    assert talk.session.playbook.serial == BUNDLED_SERIAL
    look = (*AT_GUIDANCE, "guidance.look", "guidance.edition", "accept")
    talk = speak(*look, "guidance.own", "quit", fetch_all=web.fetch_all, permission=permission)
    assert "from guide.example.org, not reviewed by the makers of this program" in talk.text
    assert "The program's own guidance is in use again." in talk.text


def test_metas_own_pages_are_asked_only_once_that_is_switched_on(speak: Speak, paths: AppPaths) -> None:
    talk = speak(*AT_GUIDANCE, "guidance.meta-pages", "guidance.meta-pages", "quit", progress=ONE)
    assert "Meta's pages are checked too; that tells Meta." in talk.heard
    assert "Meta's pages are not checked." in talk.heard
    save_consent(paths.consent, load_consent(paths.consent)._replace(meta_pages=True))
    assert "No longer check pages on Meta's own hosts" in speak(*AT_GUIDANCE, "quit").text
