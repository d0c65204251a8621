"""The guidance and its sources in plain lines, for `guidance show`, `status` and `refresh`."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator

from metaoptout_tui.core.article import Article, Block
from metaoptout_tui.core.currency import is_old, last_look, outcome_words, sentence, state_sentences, state_words
from metaoptout_tui.core.difference import Change
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.playbook import Basis, Playbook, Role, StepId, WatchedPage
from metaoptout_tui.core.watch import PageState
from metaoptout_tui.core.wording import basis_line, step_title
from metaoptout_tui.lookout import Lookout, Step

SCHEMA = 1
_HEADINGS: tuple[tuple[Role, str], ...] = (
    ("do", "What to do"),
    ("warn", "Take care"),
    ("know", "Good to know"),
    ("why", "Why"),
)


def show(lookout: Lookout, region: str) -> str:
    """The whole guidance for a region, step by step, each statement with who says so."""
    playbook = lookout.playbook
    lines = [lookout.in_use.words(lookout.now().date())]
    for step in ("identify", "open", "submit", "confirm", "review"):
        lines.extend(["", step_title(step, "", playbook), *_step(playbook, step, region)])
    return "\n".join(lines)


def _step(playbook: Playbook, step: StepId, region: str) -> Iterator[str]:
    for role, heading in _HEADINGS:
        told = [
            (playbook.texts.say(each.id), each.basis, each.scope.platforms)
            for each in playbook.statements
            if each.role == role and step in each.scope.steps and _holds(each.scope.regions, region)
        ]
        yield from _section(playbook, heading, told)
    ways = [
        (
            f"{playbook.texts.say(f'path.{path.id}')}: {' > '.join(label.word('en') for label in path.labels)}",
            path.basis,
            path.scope.platforms,
        )
        for path in playbook.paths
        if (not path.scope.steps or step in path.scope.steps) and _holds(path.scope.regions, region)
    ]
    yield from _section(playbook, "Where to find it", ways)
    if step == "open":
        forms = [
            (f"{playbook.texts.say(f'form.{form.id}')} {form.url}", form.basis, form.scope.platforms)
            for form in playbook.forms
            if _holds(form.scope.regions, region)
        ]
        yield from _section(playbook, "Forms, the likeliest first", forms)


def _section(playbook: Playbook, heading: str, told: Iterable[tuple[str, Basis, tuple[str, ...]]]) -> Iterator[str]:
    every = list(told)
    if every:
        yield f"  {heading}"
    for words, basis, platforms in every:
        names = ", ".join(playbook.platform_name(each) for each in platforms)
        yield f"  - {f'{names}: ' if names else ''}{words}"
        yield f"    ({basis_line(basis, playbook)})"


def _holds(regions: tuple[str, ...], region: str) -> bool:
    return not regions or region in regions


def status(lookout: Lookout) -> str:
    """How current the guidance is, and a line for each watched page."""
    now = lookout.now()
    lines = [lookout.in_use.words(now.date()), f"{sentence(lookout.age())}."]
    asked = {page.id for page in lookout.pages()}
    for page in lookout.playbook.pages:
        words = state_words(lookout.record(page.id), now)
        lines.append(f"{page.id:<24}{words:<24}{page.publisher}{'' if page.id in asked else '  (not looked at)'}")
    return "\n".join(lines)


def status_json(lookout: Lookout) -> str:
    """The same for scripts: sorted keys, the same for the same cache and time."""
    in_use, now = lookout.in_use, lookout.now()
    looked = last_look(lookout.records.values())
    asked = {page.id for page in lookout.pages()}
    document = {
        "schema": SCHEMA,
        "guide": {
            "id": in_use.playbook.id,
            "serial": in_use.playbook.serial,
            "published": in_use.playbook.published,
            "expires": in_use.playbook.expires or None,
            "feed": in_use.origin.host if in_use.origin.is_feed else None,
        },
        "looked": looked.isoformat() if looked else None,
        "old": is_old(in_use.playbook, lookout.records, now),
        "pages": [_page_row(lookout, page, watched=page.id in asked) for page in in_use.playbook.pages],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)


def _page_row(lookout: Lookout, page: WatchedPage, *, watched: bool) -> dict[str, object]:
    record = lookout.record(page.id)
    return {
        "id": page.id,
        "url": page.url,
        "publisher": page.publisher,
        "language": page.language,
        "kind": page.kind,
        "watched": watched,
        "state": str(record.state),
        "unread": record.unread,
        "why": record.why or None,
        "moved_to": (record.why if record.fault == PageState.MOVED else record.address) or None,
        "tried": record.tried.isoformat() if record.tried else None,
        "looked": record.looked.isoformat() if record.looked else None,
        "kept": record.kept.isoformat() if record.kept else None,
    }


def page(lookout: Lookout, id: str, *, changes: bool) -> str:
    """The kept text of a watched page, or what changed in it since it was read. Raises InputRefused for what is not there."""
    found = lookout.playbook.page(id)
    if found is None:
        raise InputRefused(f"There is no watched page {id}.", todo="`metaoptout-tui guidance status` lists them.")
    record = lookout.record(id)
    lines = [f"{found.publisher}: {lookout.playbook.texts.say(f'page.{id}')}", found.url]
    lines.extend([" ".join(state_sentences(record, lookout.now())), ""])
    if changes and record.unread:
        return "\n".join([*lines, *_changed(lookout.changes(id))])
    if changes:
        return "\n".join([*lines, "It has not changed since you read it."])
    article = lookout.article(id)
    if article is None:
        raise InputRefused(f"Nothing of {id} is here yet.", todo="`metaoptout-tui guidance refresh` fetches it.")
    return "\n".join([*lines, *_text(article)])


def _text(article: Article) -> Iterator[str]:
    before: Block | None = None
    for block in article.blocks:
        if before is not None and not (block.kind == before.kind and block.kind in ("item", "row")):
            yield ""
        sign = {"heading": "#" * block.level, "item": f"{block.number}." if block.number else "-"}.get(block.kind, "")
        indent = "  " * (block.level - 1) if block.kind == "item" else ""
        yield f"{indent}{sign} {block.text}" if sign else block.text
        yield from (f"{indent}  <{link.url}> {link.label}" for link in block.links)
        before = block


def _changed(changes: Iterable[Change]) -> Iterator[str]:
    """Only what changed: `+` new, `-` gone, `~` with the words that went in [- -] and those that came in {+ +}."""
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in changes:
        if change.kind == "same":
            continue
        marks = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"} if change.kind == "changed" else {}
        words = "".join(marks.get(piece.change, "{}").format(piece.text) for piece in change.pieces)
        yield f"{signs[change.kind]} {words}"
        yield from (f"  {link.words}" for link in change.links)


def refresh(lookout: Lookout, told: Callable[[str], None], narrate: Callable[[str], None]) -> bool:
    """Look at the watched pages now: `told` gets a line for each as it is known; whether any of them answered.

    `narrate` hears which hosts are contacted, before the first of them is, and what came of it all. Raises MetaOptOutError
    where no connection may be or can be made.
    """
    if not lookout.permission.offline:
        narrate(f"Contacting {', '.join(lookout.hosts())}.")

    def took(step: Step) -> None:
        if step.record is not None:
            told(f"{step.record.id:<24}{state_words(step.record, lookout.now())}")

    records = asyncio.run(lookout.look(took))
    narrate(outcome_words(records))
    if lookout.feed_words:
        narrate(lookout.feed_words)
    if lookout.offer is not None:
        narrate("The full screen shows what it would change, and asks.")
    return any(not record.fault for record in records)
