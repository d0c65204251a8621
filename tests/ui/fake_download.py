"""Meta's downloads in the home of a person at the screen, and a reading that ends only when it is stopped."""

import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from meta_exports import ZOE, facebook_export, facebook_links_of_2021, instagram_export, meta_json, write_zip
from metaoptout_tui.app.imports import meta_export
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.meta_export import MetaExports
from ui.driving import Walker

ANNA = ZOE._replace(name="Anna", username="anna.example", email="anna@example.org", previous_email="old@example.org")
LINKS = "personal_information/facebook_accounts_center/accounts_center.json"


@cache
def _downloads() -> Mapping[str, bytes]:
    files = {
        "facebook.zip": facebook_export(person=ANNA) | {LINKS: meta_json(facebook_links_of_2021(ANNA))},
        "instagram.zip": instagram_export(person=ANNA),
        "stranger.zip": facebook_export(),
    }
    with TemporaryDirectory() as folder:
        zips = {name: write_zip(Path(folder, name), content).read_bytes() for name, content in files.items()}
    return {**zips, "endless.zip": b""}


def put_downloads_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anna's Facebook with a linked Instagram, the same Instagram, and a stranger's Facebook."""
    for name, content in _downloads().items():
        (Path.home() / name).write_bytes(content)

    read_in_full = meta_export.read_meta_exports_in_helper_process

    def read(paths: Sequence[str], job: Job) -> MetaExports:
        """Read; `endless.zip` is one third done and stays so until it is stopped."""
        if not any(Path(path).name == "endless.zip" for path in paths):
            return read_in_full(paths, job)
        job.report(40_000_000, 120_000_000, "endless.zip")
        while not job.is_cancelled:
            time.sleep(0.005)
        return MetaExports((), (), is_complete=False)

    monkeypatch.setattr(meta_export, "read_meta_exports_in_helper_process", read)


async def read_download(me: Walker, path: str = "~/facebook.zip") -> None:
    """From the step that lists the accounts to what was found."""
    await me.press("i")
    await me.write(path)
    await me.press("f2")
    await me.until(lambda: me.at == "download-found", "what was found")
    await me.settled()
