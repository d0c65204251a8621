"""`metaoptout-tui import`, as it is installed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import MANUAL
from meta_exports import (
    FIRST_DAY,
    ai_conversation,
    ai_message,
    facebook_export,
    facebook_links_of_2024,
    facebook_posts,
    instagram_export,
    meta_json,
    page,
    rows,
    write_folder,
    write_zip,
)
from sparse_zip import write_sparse_zip

COMMAND = Path(sys.executable).with_name("metaoptout-tui")
COUNTS = (
    "posts", "posts_on_other_pages", "comments", "group_posts", "group_comments", "groups", "stories", "reels", "photos",
    "videos", "pages", "reviews", "threads_posts", "threads_replies", "profile_pictures", "ai_conversations",
    "ai_messages", "ai_messages_by_person", "ai_voice", "chats_with_meta_ai",
)  # fmt: skip


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "import", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


@pytest.fixture
def download(tmp_path: Path) -> Path:
    files = facebook_export() | {
        "personal_information/facebook_accounts_center/accounts_center.json": meta_json(facebook_links_of_2024()),
        "your_facebook_activity/messages/ai_conversations.json": meta_json(
            ai_conversation(ai_message(0, "Zoë", "secret"), ai_message(1, "Meta AI", "x"), ai_message(2, "Zoë", "y"))
        ),
        "your_facebook_activity/pages/your_pages.json": meta_json({"pages_v2": {"name": "Garden", "timestamp": FIRST_DAY}}),
    }  # fmt: skip
    return write_zip(tmp_path / "facebook-zoe.example-2026-06-19-AbCd.zip", files)


def test_the_json_has_the_promised_shape(download: Path) -> None:
    ended = run(download, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    document = json.loads(ended.stdout)
    assert set(document) == {"schema", "exports", "unreadable"}
    (export,) = document["exports"]
    told = {
        "posts": 4, "comments": 3, "pages": 1, "ai_conversations": 1, "ai_messages": 3, "ai_messages_by_person": 2,
        "ai_voice": 0,
    }  # fmt: skip
    assert export == {
        "paths": [str(download)],
        "services": ["facebook"],
        "format": "json",
        "accounts": [
            {
                "service": "facebook",
                "username": "zoe.example",
                "name": "Zoë Müller",
                "emails": ["zoe@example.org"],
                "previous_emails": ["zoe.old@example.org"],
                "phones": ["•••23"],
                "private": None,
                "profile_uri": "https://www.facebook.com/zoe.example",
                "file": f"{download} › personal_information/profile_information/profile_information.json",
            }
        ],
        "linked": {
            "seen": True,
            "profiles": [
                {
                    "service": "instagram",
                    "username": "zoe.example",
                    "name": "Zoë Müller",
                    "email": "zoe@example.org",
                }
            ],
        },
        "counts": {kind: told.get(kind) for kind in COUNTS},
        "first": dict.fromkeys([kind for kind, count in told.items() if count], "2019-05-04"),
        "last": {
            "posts": "2019-05-07", "comments": "2019-05-06", "pages": "2019-05-04", "ai_conversations": "2019-05-04",
            "ai_messages": "2019-05-06", "ai_messages_by_person": "2019-05-06",
        },
        "months": {kind: {"2019-05": count} for kind, count in told.items() if count},
        "absent": [kind for kind in COUNTS if kind not in told],
    }  # fmt: skip


def test_the_manual_shows_the_json_that_is_printed(download: Path) -> None:
    blocks = MANUAL["json"].split("```json\n")
    shown = next(json.loads(block.partition("```")[0]) for block in blocks if "ai_voice" in block)
    printed = json.loads(run(download, download.with_name("none"), "--json").stdout)
    assert list(shown) == list(printed)
    for part in ("exports", "unreadable"):
        assert list(shown[part][0]) == list(printed[part][0])
    for part in ("accounts", "counts", "linked"):
        both = [document["exports"][0][part] for document in (shown, printed)]
        assert list(both[0][0] if part == "accounts" else both[0]) == list(
            both[1][0] if part == "accounts" else both[1]
        )
    assert list(shown["exports"][0]["linked"]["profiles"][0]) == list(printed["exports"][0]["linked"]["profiles"][0])


def test_plain_words_tell_who_what_is_linked_and_what_is_not_in_it(download: Path, tmp_path: Path) -> None:
    ended = run(download)
    assert (ended.returncode, ended.stderr) == (0, "")
    for words in (
        "Download of Facebook, JSON",
        "Account: Facebook zoe.example, Zoë Müller, zoe@example.org, •••23, before: zoe.old@example.org, made on 4 May 2019",
        "Linked: Instagram, zoe.example, Zoë Müller, zoe@example.org",
        "Own Pages, which cannot object: Garden",
        "posts: 4, 2019-05\n    2019        4  ########",
        "messages of yours to Meta AI: 2",
        "Not in this download: posts on other people's pages and profiles, ",
        "These numbers are the least there is. The files read here do not tell who could see a post.",
    ):
        assert words in ended.stdout
    for hidden in ("secret", "Grüße", "900123"):
        assert hidden not in ended.stdout
    both = run(download, write_folder(tmp_path / "ig", instagram_export()))
    assert "so it tells nothing of links" in both.stdout
    assert "zoe@example.org is the address of Facebook zoe.example and Instagram zoe.example: perhaps" in both.stdout


def test_what_cannot_be_read_is_named_and_the_rest_is_printed(download: Path, tmp_path: Path) -> None:
    ended = run(download, tmp_path / "none.zip", "--json")
    assert ended.returncode == 1
    document = json.loads(ended.stdout)
    assert document["unreadable"] == [{"path": str(tmp_path / "none.zip"), "member": "", "why": "It is not there."}]
    assert document["exports"][0]["counts"]["posts"] == 4
    assert "none.zip: It is not there." in ended.stderr
    ended = run(tmp_path / "none.zip")
    assert (ended.returncode, ended.stdout) == (1, "No download was read.\n")


def test_a_part_without_the_profile_says_so(tmp_path: Path) -> None:
    part = write_zip(
        tmp_path / "x.zip", {"your_facebook_activity/posts/your_posts_1.json": meta_json(facebook_posts(1))}
    )
    ended = run(part)
    assert ended.returncode == 0
    assert "It may be one part of several: choose all of them together." in ended.stdout


def test_a_download_in_html_and_one_whose_files_do_not_tell_are_printed(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path / "x",
        {
            "personal_information/personal_information/linked_meta_accounts.html": page("<div>No data</div>"),
            "personal_information/personal_information/personal_information.html": page(
                rows({"Username": "zoe.example", "Private Account": "False"})
            ),
            "y/meta_ai_app/connected_devices.html": page("<div>No data</div>"),
            "your_instagram_activity/messages/ai_conversations.json": meta_json(
                ai_conversation(ai_message(0, "A", "x"))
            ),
        },
    )
    ended = run(folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    for words in (
        "Account: Instagram zoe.example, public",
        "the list is in this download, and is empty",
        "messages of yours to Meta AI: not told by what could be read",
        "Glasses or other devices for Meta AI: none",
    ):
        assert words in ended.stdout


def test_names_that_would_steer_a_terminal_are_printed_harmlessly(tmp_path: Path) -> None:
    path = write_folder(tmp_path / "a\x1b[31mb", {f"x\u202e/{path}": data for path, data in facebook_export().items()})
    (path / "x\u202e" / "posts").mkdir()
    (path / "x\u202e" / "posts" / "your_posts_1.json").write_bytes(b"\x1b[2J")
    for arguments in ([path], [path, "--json"], [tmp_path / "\x1b[2Jnone"]):
        ended = run(*arguments)
        assert not set("\x1b\x07\u202e") & set(ended.stdout + ended.stderr)


def test_nothing_is_written_anywhere(download: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert run(download, HOME=str(home)).returncode == 0
    assert list(home.iterdir()) == []


@pytest.mark.exhaustive
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no peak of memory here")
def test_a_download_of_five_gigabytes_is_read_in_little_memory(tmp_path: Path) -> None:
    files = facebook_export(posts=4_000) | {
        "your_facebook_activity/messages/ai_conversations.json": meta_json(
            ai_conversation(*[ai_message(day, ("Zoë", "Meta AI")[day % 2], "text " * 40) for day in range(4_000)])
        )
    }
    path = write_sparse_zip(tmp_path / "x.zip", files, media=5_000, media_bytes=1 << 20)
    assert path.stat().st_size > 5_000 << 20
    program = (
        "import sys\nfrom metaoptout_tui.main import main\nmain(['import', '--json', sys.argv[1]])\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, timeout=120, check=False
    )
    counts = json.loads(ended.stdout)["exports"][0]["counts"]
    assert (counts["posts"], counts["ai_messages"]) == (4_000, 4_000)
    assert int(ended.stderr.split()[1]) < 80 << 10
