"""The guidance on the command line: how current it is, its pages, and a look at them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import Ended, run
from loopback_web import LoopbackWeb, Reply
from metaoptout_tui.core.guidance.page_content import PageBlock
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.page_cache import PageCache
from samples import NOW, account, record
from watched_pages import BEFORE, NOW_SAYS, article, keep, publish, served


@pytest.fixture
def web() -> Iterator[LoopbackWeb]:
    """All of the web that the command can reach."""
    with LoopbackWeb() as everything:
        yield everything


def run_on(folder: Path, *arguments: str, web: LoopbackWeb | None = None) -> Ended:
    """The command on a folder of its own; without a web nothing can be reached."""
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"}
    settings = folder / "config.toml"
    settings.touch()
    environ = web.environ if web else nowhere
    return run(*arguments, "--data-dir", folder, "--config", settings, **environ)


def test_a_look_tells_the_hosts_first_and_then_each_page(tmp_path: Path, web: LoopbackWeb, playbook: Playbook) -> None:
    publish(web, playbook.pages)
    web.on(playbook.pages[0].url, Reply(404))
    progress_file.save_record(tmp_path / "progress.toml", record(account("facebook")), None)
    ended = run_on(tmp_path, "guidance", "refresh", web=web)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.startswith("Contacting digitalpolicyalert.org, ico.org.uk, ")
    assert "12 of 13 pages read, none changed, 1 not reached or not readable" in ended.stderr
    rows = dict(line.split(maxsplit=1) for line in ended.stdout.splitlines())
    assert rows["dpc-statement"] == "gone (404)"
    assert rows["vz-guide"].startswith("unchanged since ")
    assert "meta-objection" not in rows
    assert not any("meta.com" in host or "facebook" in host or "fb.com" in host for host in web.hosts)
    for seen in web.seen:
        said = f"{seen.path} {seen.headers}"
        assert not any(word in said for word in ("anna", "Anna", "example.org"))


def test_pages_on_metas_hosts_are_asked_only_when_the_settings_say_so(
    tmp_path: Path, web: LoopbackWeb, playbook: Playbook
) -> None:
    publish(web, playbook.pages)
    (tmp_path / "config.toml").write_text("[guidance]\nmeta_pages = true\n")
    assert run_on(tmp_path, "guidance", "refresh", web=web).returncode == 0
    assert {"www.meta.com", "about.fb.com", "www.whatsapp.com", "www.facebook.com"} <= web.hosts


@pytest.mark.parametrize(
    ("arguments", "settings", "why"),
    [
        (("--offline", "guidance", "refresh"), "", "as --offline says"),
        (("guidance", "refresh", "--offline"), "", "as --offline says"),
        (("guidance", "refresh"), "[guidance]\nenabled = false\n", "as guidance.enabled in the settings says"),
    ],
)
def test_offline_means_no_connection(
    tmp_path: Path, web: LoopbackWeb, arguments: tuple[str, ...], settings: str, why: str
) -> None:
    (tmp_path / "config.toml").write_text(settings)
    ended = run_on(tmp_path, *arguments, web=web)
    assert ended.returncode == 1
    assert why in ended.stderr
    assert (web.hosts, web.plain, ended.stdout) == (set(), [], "")


def test_where_nothing_can_be_reached_it_says_so_and_keeps_what_was_there(tmp_path: Path, playbook: Playbook) -> None:
    keep(PageCache(tmp_path / "cache"), playbook, "vz-guide", NOW, BEFORE)
    ended = run_on(tmp_path, "guidance", "refresh")
    assert ended.returncode == 1
    assert "0 of 13 pages read" in ended.stderr
    assert "You can object until 26 May." in run_on(tmp_path, "guidance", "show", "vz-guide").stdout


def test_status_tells_each_source_in_words_and_as_json(tmp_path: Path, playbook: Playbook) -> None:
    store = PageCache(tmp_path / "cache")
    keep(store, playbook, "vz-guide", NOW, NOW_SAYS, read=BEFORE)
    keep(store, playbook, "dpc-statement", NOW, BEFORE)
    ended = run_on(tmp_path, "guidance", "status")
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[:2] == ["Guide of 23 Nov 2026.", "Guide: 1 source changed."]
    assert "vz-guide                changed on 23 Nov       Verbraucherzentrale\n" in ended.stdout
    assert "meta-objection          not fetched             Meta help  (not checked)\n" in ended.stdout

    told = run_on(tmp_path, "guidance", "status", "--json").stdout
    document = json.loads(told)
    assert told == json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert document["guide"] == {
        "id": "metaoptout-guidance",
        "serial": playbook.serial,
        "published": playbook.published,
        "expires": None,
        "feed": None,
    }
    pages = {page["id"]: page for page in document["pages"]}
    assert set(pages) == {page.id for page in playbook.pages}
    assert (pages["vz-guide"]["state"], pages["vz-guide"]["unread"]) == ("changed", True)
    assert (pages["dpc-statement"]["state"], pages["dpc-statement"]["unread"]) == ("unchanged", False)
    assert pages["meta-objection"]["watched"] is False
    assert document["looked"] == NOW.isoformat()


def test_a_page_is_read_and_compared_and_marked_as_read(tmp_path: Path, playbook: Playbook) -> None:
    keep(PageCache(tmp_path / "cache"), playbook, "vz-guide", NOW, NOW_SAYS, read=BEFORE)
    text = run_on(tmp_path, "guidance", "show", "vz-guide").stdout
    assert "# How to object\n\nYou can object at any time.\n" in text
    assert "- Step 1: go on as the form says.\n- Step 2" in text
    changed = run_on(tmp_path, "guidance", "show", "vz-guide", "--changes", "--mark-read").stdout
    assert "~ You can object [-until 26 May. -]{+at any time.+}" in changed
    assert "+ There is a new way in the Meta Account." in changed
    assert "Step 1:" not in changed
    assert (
        "It has not changed since you read it." in run_on(tmp_path, "guidance", "show", "vz-guide", "--changes").stdout
    )


def test_a_page_that_is_not_there_is_said(tmp_path: Path) -> None:
    unknown = run_on(tmp_path, "guidance", "show", "vz")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr == "There is no watched page vz. `metaoptout-tui guidance status` lists them.\n"
    missing = run_on(tmp_path, "guidance", "show", "vz-guide")
    assert missing.stderr == "Nothing of vz-guide is here yet. `metaoptout-tui guidance refresh` fetches it.\n"


def test_the_whole_guidance_is_told_for_the_persons_region_with_who_says_so(tmp_path: Path, playbook: Playbook) -> None:
    progress_file.save_record(tmp_path / "progress.toml", record(account("facebook"), country="GB"), None)
    told = run_on(tmp_path, "guidance", "show").stdout
    assert told.startswith(
        "Guide of 23 Nov 2026.\nThis is not legal advice.\n\nIdentify linked accounts\n  What to do\n"
    )
    assert "https://www.facebook.com/help/contact/6359191084165019" in told
    assert " · sure)" in told
    assert "UK GDPR" in told
    assert "likeliest" not in told
    texts = {"statements": "{}", "fields": "{}.help", "points": "{}.how", "troubles": "{}.helped"}
    for kind, text_id in (texts | {"forms": "form.{}", "paths": "path.{}"}).items():
        for entry in getattr(playbook, kind):
            if not entry.scope.regions or "uk" in entry.scope.regions:
                assert playbook.texts.sentence(text_id.format(entry.id)) in told, entry.id


def test_hostile_text_in_the_cache_steers_no_terminal(tmp_path: Path, playbook: Playbook) -> None:
    hostile = article(PageBlock("paragraph", "A\x1b]0;title\x07[@click=app.quit]x[/]\u202egnp " * 20))
    keep(PageCache(tmp_path / "cache"), playbook, "vz-guide", NOW, hostile, read=BEFORE)
    for more in ((), ("--changes",)):
        told = run_on(tmp_path, "guidance", "show", "vz-guide", *more).stdout
        assert not any(character in told for character in "\x1b\x07\u202e")


def test_a_page_that_changes_is_told_by_the_next_look(tmp_path: Path, web: LoopbackWeb, playbook: Playbook) -> None:
    publish(web, playbook.pages)
    run_on(tmp_path, "guidance", "refresh", web=web)
    guide = playbook.page("vz-guide")
    assert guide is not None
    web.on(guide.url, Reply(body=served(guide, "Meta has another form now, and this says where it is found. " * 3)))
    ended = run_on(tmp_path, "guidance", "refresh", web=web)
    assert "1 changed" in ended.stderr
    assert "vz-guide                changed on " in ended.stdout
