"""From a look at the sources to a changed page that was read: in a terminal, over real https, and nowhere else."""

from collections.abc import Iterator

import pytest

from loopback_web import LoopbackWeb, Reply
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.storage import progress_file
from samples import account, record
from terminal.pseudo_terminal import Home, OpenWindow
from watched_pages import publish, served


@pytest.fixture
def web(playbook: Playbook) -> Iterator[LoopbackWeb]:
    """All of the web that the program can reach: every watched page as usual."""
    with LoopbackWeb() as everything:
        publish(everything, playbook.pages)
        yield everything


def test_a_look_a_changed_step_its_difference_and_read(
    home: Home, window: OpenWindow, web: LoopbackWeb, playbook: Playbook
) -> None:
    home.record.parent.mkdir(parents=True)
    progress_file.save_record(home.record, record(account("facebook")), None)
    person = window(**web.environ)
    person.see("guide of 23 Nov 2026", "Identify linked accounts")
    assert web.hosts == set(), "nothing is asked at the start"

    person.command("how current")
    person.see("How current is the guidance?", "not fetched")
    person.press("r")
    person.see("Hosts that will be contacted", "www.dataprotection.ie")
    assert web.hosts == set(), "nor before the hosts were shown"
    person.press("enter")
    person.see("13 of 13 pages read, none changed.")
    asked = {parse_trusted_url(page.url).host for page in playbook.pages if page.kind != "meta"}
    assert web.hosts == asked

    guide = playbook.page("vz-guide")
    assert guide is not None
    web.on(guide.url, Reply(body=served(guide, *_CHANGED)))
    person.press("r")
    person.see("13 of 13 pages read, 1 changed.", "changed on ")
    person.press("b")
    person.see("guide: 1 source changed")
    person.press("j")
    person.see("A page that this rests on has changed", "under “More you can do” shows what")
    person.command("what changed")
    person.see("Verbraucherzentrale: What changed", "+ There is a shorter form now.", "any time")
    person.press("m")
    person.see("guide checked today")
    person.press("q")
    assert person.ended() == 0

    again = window(**web.environ)
    again.see("guide checked today")
    again.press("q")
    assert again.ended() == 0
    for seen in web.seen:
        assert {name for name, _ in seen.headers} <= _HEADERS
        assert "anna" not in f"{seen}".lower()


_CHANGED = (
    "Meta learns from public posts, and everybody may object to that at any time, as is explained on this page now.",
    "This page of Verbraucherzentrale is kept up to date for as long as there is something to object to.",
    "There is a shorter form now.",
)
_HEADERS = {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent", "If-None-Match", "If-Modified-Since"}


def test_escape_stops_a_look_that_hangs_and_the_program_ends_at_once(
    window: OpenWindow, web: LoopbackWeb, playbook: Playbook
) -> None:
    for page in playbook.pages:
        web.on(page.url, Reply(body=served(page), delay=25))
    person = window(**web.environ)
    person.press("f2")
    person.see("There is no account in your list yet.")
    person.command("how current")
    person.see("How current is the guidance?")
    person.press("r")
    person.see("Hosts that will be contacted")
    person.press("enter")
    person.see("0 of 13 checked. Esc stops.")
    person.press("escape")
    person.see("Stopped after 0 of 13.")
    assert web.all_have_left()
    person.press("r")
    person.see("0 of 13 checked. Esc stops.")
    person.press("ctrl+q")
    assert person.ended() == 0
    assert web.all_have_left()


@pytest.mark.by_default("no request that nobody asked for")
def test_offline_the_program_opens_no_socket(home: Home, window: OpenWindow, web: LoopbackWeb) -> None:
    home.write(home.settings, "[guidance]\nenabled = false\nweekly = true\n")
    person = window(**web.environ)
    person.press("f2")
    person.see("There is no account in your list yet.")
    person.command("how current")
    person.see("No connection is made, as guidance.enabled in the settings says.")
    person.press("r", "b")
    person.see("There is no account in your list yet.")
    person.press("q")
    assert person.ended() == 0
    assert (web.hosts, web.plain) == (set(), [])
