"""The `guidance` commands: check and export a playbook file, print the guidance, and check the watched pages.

`refresh` is the only one that may make a connection; the others read what is on this machine.
"""

import asyncio
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.guidance.page_watcher import PageWatcher, open_page_watcher
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_FAILURE, EXIT_OK, Output, in_column, narrate, print_line, to_json
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.guidance.basis import Basis
from metaoptout_tui.core.guidance.page_content import PageBlock, PageContent, ParagraphChange
from metaoptout_tui.core.guidance.playbook import ObjectionForm, Playbook, Scope, StatementRole, StepId, WatchedPage
from metaoptout_tui.core.guidance.source_sentences import format_basis
from metaoptout_tui.core.guidance.topics import TOPICS, TopicId, topic_forms, topic_statements
from metaoptout_tui.core.guidance.watched_page_status import (
    WatchedPageState,
    WatchedPageStatus,
    is_guidance_stale,
    last_successful_check,
    page_check_summary,
    page_state_label,
    page_state_sentences,
)
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_list, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import language_in_use, mark
from metaoptout_tui.core.objection.applicable_guidance import menu_path_words
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE, step_title
from metaoptout_tui.core.record.account_names import shown_platform_name

if TYPE_CHECKING:
    from metaoptout_tui.app.guidance.page_watcher import FetchAll


def run(arguments: Namespace, paths: AppPaths, clock: Clock, fetch_all: "FetchAll") -> Output:
    """Run one of the `guidance` commands."""
    match arguments.action:
        case "check":
            from metaoptout_tui.app.guidance.guidance_feed import check_guidance_file

            problems, summary = check_guidance_file(arguments.file, paths, today=clock().date())
            return Output("\n".join(problems), (summary,), EXIT_FAILURE if problems else EXIT_OK)
        case "export":
            from metaoptout_tui.app.guidance.guidance_feed import export_guidance

            return Output(export_guidance(paths))
    watcher, notices = open_page_watcher(paths, fetch_all, offline=arguments.offline, clock=clock)
    for notice in notices:
        narrate(notice)
    match arguments.action:
        case "status":
            return Output(freshness_json(watcher) if arguments.json else freshness_report(watcher))
        case "refresh":
            return Output(code=EXIT_OK if refresh_pages(watcher) else EXIT_FAILURE)
    if not arguments.page:
        from metaoptout_tui.app.files.saved_record import load_saved_country

        region = watcher.playbook.region_of_country(load_saved_country(paths))
        return Output(guidance_listing(watcher, region.id))
    report = page_report(watcher, arguments.page, changes=arguments.changes)
    try:
        if arguments.mark_read:
            watcher.mark_read(arguments.page)
    except StorageError as error:
        return Output(report, (str(error),), EXIT_FAILURE)
    return Output(report)


FRESHNESS_SCHEMA_VERSION = 1
_ROLE_HEADINGS: tuple[tuple[StatementRole, str], ...] = (
    ("do", mark("What to do")),
    ("warn", mark("Take care")),
    ("know", mark("Good to know")),
    ("why", mark("Why")),
)


def guidance_listing(watcher: PageWatcher, region: str) -> str:
    """The whole guidance for a region: step by step, then by topic, then the rest, each statement with its sources."""
    playbook = watcher.playbook
    lines = [watcher.guidance.describe(watcher.now().date()), _(NOT_LEGAL_ADVICE)]
    for step in StepId:
        lines.extend(["", step_title(step, "", playbook), *_step_lines(playbook, step, region)])
    for id, topic in TOPICS.items():
        lines.extend(["", _(topic.title), *_topic_lines(playbook, id, region)])
    for context, heading in _OTHER_HEADINGS.items():
        lines.extend(["", _(heading), *_section_lines(playbook, "", _statement_rows(playbook, context, region))])
    return "\n".join(lines)


_OTHER_HEADINGS = {
    "answer": mark("What came back, and what it means"),
    "period": mark("Legal periods, and how they are counted"),
    "letter": mark("Letters to Meta"),
    "chats": mark("What a scan of exported chats can tell"),
    "download": mark("Meta's download"),
}
"""The contexts that are no step and no topic."""

_Row = tuple[str, Basis, tuple[str, ...]]
"""A sentence, its basis, and the platforms it is about."""


def _statement_rows(playbook: Playbook, context: str, region: str, role: StatementRole | None = None) -> list[_Row]:
    return [
        (playbook.texts.sentence(statement.id), statement.basis, statement.scope.platforms)
        for statement in playbook.statements
        if role in (None, statement.role) and context in statement.scope.places and _applies_in(statement.scope, region)
    ]


def _step_lines(playbook: Playbook, step: StepId, region: str) -> Iterator[str]:
    sentence = playbook.texts.sentence
    for role, heading in _ROLE_HEADINGS:
        yield from _section_lines(playbook, _(heading), _statement_rows(playbook, step, region, role))
    menu_paths = [
        (
            labelled(sentence(f"path.{path.id}"), menu_path_words(path, language_in_use(), " > ")),
            path.basis,
            path.scope.platforms,
        )
        for path in playbook.paths
        if (not path.scope.places or step in path.scope.places) and _applies_in(path.scope, region)
    ]
    yield from _section_lines(playbook, _("Where to find it"), menu_paths)
    forms = [form for form in playbook.forms if step in form.scope.places and _applies_in(form.scope, region)]
    yield from _section_lines(playbook, _("Forms (which fits best is not known)"), _form_rows(playbook, forms))
    if step == StepId.SUBMIT:
        fields = [
            (labelled(sentence(f"{field.id}.label"), sentence(f"{field.id}.help")), field.basis, field.scope.platforms)
            for field in playbook.fields
            if _applies_in(field.scope, region)
        ]
        yield from _section_lines(playbook, _("What the form asks, or may ask"), fields)
    if step == StepId.REVIEW:
        points = [
            (f"{sentence(f'{point.id}.question')} {sentence(f'{point.id}.how')}", point.basis, point.scope.platforms)
            for point in playbook.points
            if _applies_in(point.scope, region)
        ]
        yield from _section_lines(playbook, _("Questions"), points)
    troubles = [
        (
            labelled(sentence(f"{trouble.id}.symptom"), sentence(f"{trouble.id}.helped")),
            trouble.basis,
            trouble.scope.platforms,
        )
        for trouble in playbook.troubles
        if step in trouble.scope.places and _applies_in(trouble.scope, region)
    ]
    yield from _section_lines(playbook, _("What went wrong for others, and what helped"), troubles)


def _topic_lines(playbook: Playbook, id: TopicId, region: str) -> Iterator[str]:
    for heading, statements in topic_statements(playbook, id, region):
        rows = [(playbook.texts.sentence(one.id), one.basis, one.scope.platforms) for one in statements]
        yield from _section_lines(playbook, heading, rows)
    yield from _section_lines(playbook, _("Links"), _form_rows(playbook, topic_forms(playbook, id, region)))


def _form_rows(playbook: Playbook, forms: Iterable[ObjectionForm]) -> list[_Row]:
    return [
        (f"{playbook.texts.sentence(f'form.{form.id}')} {form.url}", form.basis, form.scope.platforms) for form in forms
    ]


def _section_lines(playbook: Playbook, heading: str, rows: Iterable[_Row]) -> Iterator[str]:
    for number, (sentence, basis, platforms) in enumerate(rows):
        if heading and not number:
            yield f"  {heading}"
        names = format_list(shown_platform_name(platform, playbook) for platform in platforms)
        yield f"  - {f'{names}: ' if names else ''}{sentence}"
        yield f"    ({format_basis(basis, playbook)})"


def _applies_in(scope: Scope, region: str) -> bool:
    return not scope.regions or region in scope.regions


def freshness_report(watcher: PageWatcher) -> str:
    """How current the guidance is, and a line for each watched page."""
    now, checked_ids = watcher.now(), {page.id for page in watcher.pages_to_check()}
    lines = [watcher.guidance.describe(now.date()), watcher.freshness_line(as_sentence=True)]
    for page in watcher.playbook.pages:
        state = page_state_label(watcher.page_status(page.id), now)
        words = page.publisher if page.id in checked_ids else f"{page.publisher}  ({_('not checked')})"
        lines.append(f"{page.id:<24}{in_column(state, 24)}{words}")
    return "\n".join(lines)


def freshness_json(watcher: PageWatcher) -> str:
    """The freshness report as JSON with sorted keys."""
    guidance, now = watcher.guidance, watcher.now()
    moment = last_successful_check(watcher.page_statuses.values(), watcher.now())
    checked_ids = {page.id for page in watcher.pages_to_check()}
    document = {
        "schema": FRESHNESS_SCHEMA_VERSION,
        "guide": {
            "id": guidance.playbook.id,
            "serial": guidance.playbook.serial,
            "published": guidance.playbook.published,
            "expires": guidance.playbook.expires or None,
            "feed": guidance.origin.host if guidance.origin.is_from_feed else None,
        },
        "looked": moment.isoformat() if moment else None,
        "old": is_guidance_stale(guidance.playbook, watcher.page_statuses, now),
        "pages": [_page_json(watcher, page, watched=page.id in checked_ids) for page in guidance.playbook.pages],
    }
    return to_json(document, sort_keys=True)


def _page_json(watcher: PageWatcher, page: WatchedPage, *, watched: bool) -> dict[str, object]:
    status = watcher.page_status(page.id)
    return {
        "id": page.id,
        "url": page.url,
        "publisher": page.publisher,
        "language": page.language,
        "kind": page.kind,
        "watched": watched,
        "state": str(status.state),
        "unread": status.has_unread_change,
        "why": status.why or None,
        "moved_to": (status.why if status.fault == WatchedPageState.MOVED else status.current_url) or None,
        "tried": status.checked_at.isoformat() if status.checked_at else None,
        "looked": status.succeeded_at.isoformat() if status.succeeded_at else None,
        "kept": status.text_fetched_at.isoformat() if status.text_fetched_at else None,
    }


def page_report(watcher: PageWatcher, id: str, *, changes: bool) -> str:
    """The kept text of a watched page, or what changed in it since it was read.

    Raises InputRefused for a page that is not watched or was never fetched.
    """
    page = watcher.playbook.page(id)
    if page is None:
        raise InputRefused(
            _("There is no watched page {page}.").format(page=id),
            todo=_("`metaoptout-tui guidance status` lists them."),
        )
    status = watcher.page_status(id)
    lines = [labelled(page.publisher, watcher.playbook.texts.sentence(f"page.{id}")), page.url]
    lines.extend([" ".join(page_state_sentences(status, watcher.now())), ""])
    if changes and status.has_unread_change:
        return "\n".join([*lines, *_change_lines(watcher.changes_since_read(id))])
    if changes:
        return "\n".join([*lines, _("It has not changed since you read it.")])
    content = watcher.page_content(id)
    if content is None:
        raise InputRefused(
            _("Nothing of {page} is here yet.").format(page=id), todo=_("`metaoptout-tui guidance refresh` fetches it.")
        )
    return "\n".join([*lines, *_content_lines(content)])


def _content_lines(content: PageContent) -> Iterator[str]:
    previous: PageBlock | None = None
    for block in content.blocks:
        if previous is not None and not (block.kind == previous.kind and block.kind in ("item", "row")):
            yield ""
        sign = {"heading": "#" * block.level, "item": f"{block.number}." if block.number else "-"}.get(block.kind, "")
        indent = "  " * (block.level - 1) if block.kind == "item" else ""
        yield f"{indent}{sign} {block.text}" if sign else block.text
        yield from (f"{indent}  <{link.url}> {link.label}" for link in block.links)
        previous = block


def _change_lines(changes: Iterable[ParagraphChange]) -> Iterator[str]:
    """The changed paragraphs: `+` new, `-` removed, `~` changed, with removed words in [- -] and new ones in {+ +}."""
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in changes:
        if change.kind == "same":
            continue
        brackets = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"} if change.kind == "changed" else {}
        line = "".join(brackets.get(piece.kind, "{}").format(piece.text) for piece in change.pieces)
        yield f"{signs[change.kind]} {line}"
        yield from (f"  {link.sentence}" for link in change.links)


def refresh_pages(watcher: PageWatcher) -> bool:
    """Check the watched pages now and print each result as it comes; whether any page answered.

    Names the hosts before the first is contacted, and sums up at the end. Raises MetaOptOutError where no connection
    may be or can be made.
    """
    if not watcher.permission.offline_reason:
        narrate(_("Contacting {hosts}.").format(hosts=format_list(watcher.hosts_to_contact())))
        if notice := watcher.feed_lookup_notice():
            narrate(notice)

    def print_page(status: WatchedPageStatus) -> None:
        print_line(f"{status.id:<24}{page_state_label(status, watcher.now())}")

    statuses = asyncio.run(watcher.check_pages(Job(), print_page))
    narrate(page_check_summary(statuses))
    if watcher.feed.outcome:
        narrate(watcher.feed.outcome)
    if watcher.feed.offered is not None:
        narrate(_("The full screen shows what it would change, and asks."))
    return any(not status.fault for status in statuses)
