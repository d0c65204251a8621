"""The `guidance` commands: check and export a playbook file, print the guidance, and check the watched pages.

`refresh` is the only one that may make a connection; the others read what is on this machine.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.page_watcher import PageCheckProgress, PageWatcher
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.core.guidance.page_text import PageBlock, PageContent, ParagraphChange
from metaoptout_tui.core.guidance.page_watch import (
    WatchedPageState,
    is_guidance_stale,
    last_successful_check,
    page_check_summary,
    page_state_label,
    page_state_sentences,
)
from metaoptout_tui.core.guidance.playbook import Basis, Playbook, StatementRole, StepId, WatchedPage
from metaoptout_tui.core.objection.sentences import format_basis, step_title
from metaoptout_tui.core.text import capitalize_first
from metaoptout_tui.guidance.feed import (
    EditionStatus,
    bundled_edition_text,
    edition_problems,
    judge_edition,
    parse_edition,
)
from metaoptout_tui.storage.file_access import read_bytes
from metaoptout_tui.storage.paths import AppPaths
from metaoptout_tui.storage.remembered import load_accepted_edition


def check_guidance_file(path: Path, where: AppPaths, *, today: date) -> tuple[tuple[str, ...], str]:
    """Every problem of a playbook file, each in a line, and what to say of the whole; no problems where it is valid.

    Raises StorageError where the file cannot be read.
    """
    data = read_bytes(path, MAX_EDITION_BYTES)
    name = text.clean_line(str(path))
    if data is None:
        raise StorageError(f"There is no file {name}.")
    problems = tuple(edition_problems(data, name=name))
    if problems:
        return problems, f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {name}."
    edition = parse_edition(data, name=name)
    verdict = judge_edition(edition, in_use=load_guidance_in_use(where).playbook, today=today)
    offered = "" if verdict.status is EditionStatus.NEW else "not "
    return (), f"{name} holds together. As a feed it would {offered}be offered now: {verdict.message}"


def export_guidance(where: AppPaths) -> bytes:
    """The guidance in use in the one file that a feed is: an accepted edition as it came, else the bundled one."""
    accepted = (
        load_accepted_edition(where.accepted_edition) if load_guidance_in_use(where).origin.is_from_feed else None
    )
    return bundled_edition_text().encode() if accepted is None else accepted


FRESHNESS_SCHEMA_VERSION = 1
_ROLE_HEADINGS: tuple[tuple[StatementRole, str], ...] = (
    ("do", "What to do"),
    ("warn", "Take care"),
    ("know", "Good to know"),
    ("why", "Why"),
)


def guidance_listing(lookout: PageWatcher, region: str) -> str:
    """The whole guidance for a region, step by step, each statement with who says so."""
    playbook = lookout.playbook
    lines = [lookout.guidance.describe(lookout.now().date())]
    for step in ("identify", "open", "submit", "confirm", "review"):
        lines.extend(["", step_title(step, "", playbook), *_step_lines(playbook, step, region)])
    return "\n".join(lines)


def _step_lines(playbook: Playbook, step: StepId, region: str) -> Iterator[str]:
    for role, heading in _ROLE_HEADINGS:
        told = [
            (playbook.texts.sentence(each.id), each.basis, each.scope.platforms)
            for each in playbook.statements
            if each.role == role and step in each.scope.steps and _applies_in(each.scope.regions, region)
        ]
        yield from _section_lines(playbook, heading, told)
    ways = [
        (
            f"{playbook.texts.sentence(f'path.{path.id}')}: {' > '.join(label.word('en') for label in path.labels)}",
            path.basis,
            path.scope.platforms,
        )
        for path in playbook.paths
        if (not path.scope.steps or step in path.scope.steps) and _applies_in(path.scope.regions, region)
    ]
    yield from _section_lines(playbook, "Where to find it", ways)
    if step == "open":
        forms = [
            (f"{playbook.texts.sentence(f'form.{form.id}')} {form.url}", form.basis, form.scope.platforms)
            for form in playbook.forms
            if _applies_in(form.scope.regions, region)
        ]
        yield from _section_lines(playbook, "Forms, the likeliest first", forms)


def _section_lines(
    playbook: Playbook, heading: str, told: Iterable[tuple[str, Basis, tuple[str, ...]]]
) -> Iterator[str]:
    every = list(told)
    if every:
        yield f"  {heading}"
    for words, basis, platforms in every:
        names = ", ".join(playbook.platform_name(each) for each in platforms)
        yield f"  - {f'{names}: ' if names else ''}{words}"
        yield f"    ({format_basis(basis, playbook)})"


def _applies_in(regions: tuple[str, ...], region: str) -> bool:
    return not regions or region in regions


def freshness_report(lookout: PageWatcher) -> str:
    """How current the guidance is, and a line for each watched page."""
    now = lookout.now()
    lines = [lookout.guidance.describe(now.date()), f"{capitalize_first(lookout.freshness_line())}."]
    asked = {page.id for page in lookout.pages_to_check()}
    for page in lookout.playbook.pages:
        words = page_state_label(lookout.page_status(page.id), now)
        lines.append(f"{page.id:<24}{words:<24}{page.publisher}{'' if page.id in asked else '  (not looked at)'}")
    return "\n".join(lines)


def freshness_json(lookout: PageWatcher) -> str:
    """The same for scripts: sorted keys, the same for the same cache and time."""
    in_use, now = lookout.guidance, lookout.now()
    looked = last_successful_check(lookout.page_statuses.values())
    asked = {page.id for page in lookout.pages_to_check()}
    document = {
        "schema": FRESHNESS_SCHEMA_VERSION,
        "guide": {
            "id": in_use.playbook.id,
            "serial": in_use.playbook.serial,
            "published": in_use.playbook.published,
            "expires": in_use.playbook.expires or None,
            "feed": in_use.origin.host if in_use.origin.is_from_feed else None,
        },
        "looked": looked.isoformat() if looked else None,
        "old": is_guidance_stale(in_use.playbook, lookout.page_statuses, now),
        "pages": [_page_json(lookout, page, watched=page.id in asked) for page in in_use.playbook.pages],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)


def _page_json(lookout: PageWatcher, page: WatchedPage, *, watched: bool) -> dict[str, object]:
    record = lookout.page_status(page.id)
    return {
        "id": page.id,
        "url": page.url,
        "publisher": page.publisher,
        "language": page.language,
        "kind": page.kind,
        "watched": watched,
        "state": str(record.state),
        "unread": record.has_unread_change,
        "why": record.why or None,
        "moved_to": (record.why if record.fault == WatchedPageState.MOVED else record.address) or None,
        "tried": record.tried.isoformat() if record.tried else None,
        "looked": record.looked.isoformat() if record.looked else None,
        "kept": record.kept.isoformat() if record.kept else None,
    }


def page_report(lookout: PageWatcher, id: str, *, changes: bool) -> str:
    """The kept text of a watched page, or what changed in it since it was read. Raises InputRefused for what is not there."""
    found = lookout.playbook.page(id)
    if found is None:
        raise InputRefused(f"There is no watched page {id}.", todo="`metaoptout-tui guidance status` lists them.")
    record = lookout.page_status(id)
    lines = [f"{found.publisher}: {lookout.playbook.texts.sentence(f'page.{id}')}", found.url]
    lines.extend([" ".join(page_state_sentences(record, lookout.now())), ""])
    if changes and record.has_unread_change:
        return "\n".join([*lines, *_change_lines(lookout.changes_since_read(id))])
    if changes:
        return "\n".join([*lines, "It has not changed since you read it."])
    article = lookout.article(id)
    if article is None:
        raise InputRefused(f"Nothing of {id} is here yet.", todo="`metaoptout-tui guidance refresh` fetches it.")
    return "\n".join([*lines, *_article_lines(article)])


def _article_lines(article: PageContent) -> Iterator[str]:
    before: PageBlock | None = None
    for block in article.blocks:
        if before is not None and not (block.kind == before.kind and block.kind in ("item", "row")):
            yield ""
        sign = {"heading": "#" * block.level, "item": f"{block.number}." if block.number else "-"}.get(block.kind, "")
        indent = "  " * (block.level - 1) if block.kind == "item" else ""
        yield f"{indent}{sign} {block.text}" if sign else block.text
        yield from (f"{indent}  <{link.url}> {link.label}" for link in block.links)
        before = block


def _change_lines(changes: Iterable[ParagraphChange]) -> Iterator[str]:
    """Only what changed: `+` new, `-` gone, `~` with the words that went in [- -] and those that came in {+ +}."""
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in changes:
        if change.kind == "same":
            continue
        marks = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"} if change.kind == "changed" else {}
        words = "".join(marks.get(piece.kind, "{}").format(piece.text) for piece in change.pieces)
        yield f"{signs[change.kind]} {words}"
        yield from (f"  {link.sentence}" for link in change.links)


def refresh_pages(lookout: PageWatcher, told: Callable[[str], None], narrate: Callable[[str], None]) -> bool:
    """Look at the watched pages now: `told` gets a line for each as it is known; whether any of them answered.

    `narrate` hears which hosts are contacted, before the first of them is, and what came of it all. Raises MetaOptOutError
    where no connection may be or can be made.
    """
    if not lookout.permission.offline_reason:
        narrate(f"Contacting {', '.join(lookout.hosts_to_contact())}.")

    def took(step: PageCheckProgress) -> None:
        if step.page_status is not None:
            told(f"{step.page_status.id:<24}{page_state_label(step.page_status, lookout.now())}")

    records = asyncio.run(lookout.check_pages(took))
    narrate(page_check_summary(records))
    if lookout.feed_outcome:
        narrate(lookout.feed_outcome)
    if lookout.offered_guidance is not None:
        narrate("The full screen shows what it would change, and asks.")
    return any(not record.fault for record in records)
