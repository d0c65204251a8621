"""How current the guidance is: told, checked when the person wants it, its watched pages read, another edition decided upon."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from metaoptout_tui.app.guidance.page_check_questions import (
    hosts_with_publishers,
    how_a_check_asks,
    words_on_meta_pages,
    words_on_weekly,
)
from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.edition_changes import EditionChange
from metaoptout_tui.core.guidance.page_content import PageBlock, PageLink, ParagraphChange
from metaoptout_tui.core.guidance.playbook import WatchedPage
from metaoptout_tui.core.guidance.watched_page_status import page_state_label, page_state_sentences
from metaoptout_tui.core.language.formatting import format_number, labelled, with_full_stop
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.dialogue import Option
from metaoptout_tui.plain.menu import ThingsToDo, choose_and_do
from metaoptout_tui.plain.typed_words import typed_word

_STEPS_TOLD = 4
"""How often at most it is told how far a check is: after each quarter."""
_CHANGES, _READ_TEXT, _MARK_READ, _LINKS, _GO_ON = "changes", "text", "mark-read", "links", "ready"


def ask_about_guidance(context: PlainContext) -> None:
    """Tell how current the guidance is, and ask what is to be done about it, until the person goes back."""
    while True:
        _tell_how_current(context)
        question = _("What would you like to do? Type {back} for nothing of it.").format(back=typed_word("back"))
        choose_and_do(context.dialogue, question, partial(_things, context), _("How current the guidance is"))


def _tell_how_current(context: PlainContext) -> None:
    check, watcher = context.page_check, context.page_watcher
    sentences = (
        watcher.guidance.describe(context.session.now().date()),
        watcher.freshness_line(as_sentence=True),
        watcher.permission.offline_reason,
        check.outcome,
        watcher.feed.outcome,
    )
    context.dialogue.say_part(*dict.fromkeys(sentences))
    unread = len(watcher.unread_pages())
    if unread:
        words = ngettext(
            "{count} page changed since you read it.", "{count} pages changed since you read them.", unread
        )
        context.say(words.format(count=format_number(unread)))


def _things(context: PlainContext) -> ThingsToDo:
    """What can be done, by the id of the command on the screen, with its words."""
    check, watcher = context.page_check, context.page_watcher
    things: dict[str, tuple[str, Callable[[], object]]] = {
        "guidance.look": (_("Ask the watched pages now whether they changed"), partial(_check, context)),
        "guidance.read": (_("Read a watched page, or what changed in it"), partial(_read_page, context)),
        "guidance.weekly": (
            _("Switch the weekly check off") if check.consent.weekly else _("Switch the weekly check on"),
            partial(_switch_weekly, context),
        ),
        "guidance.meta-pages": (
            _("No longer check pages on Meta's own hosts")
            if check.consent.meta_pages
            else _("Check pages on Meta's own hosts too; that tells Meta"),
            partial(_switch_meta_pages, context),
        ),
    }
    if watcher.feed.offered is not None:
        words = _("Hear what the guidance that the feed offers would change, and decide")
        things["guidance.edition"] = (words, partial(_decide_on_edition, context))
    if watcher.guidance.origin.is_from_feed:
        things["guidance.own"] = (_("Go back to the program's own guidance"), partial(_return_to_own, context))
    return things


# Checking


def _check(context: PlainContext) -> None:
    """Ask the watched pages; asked first where a host would be contacted that the person did not agree to."""
    check, watcher = context.page_check, context.page_watcher
    if watcher.permission.offline_reason:
        context.say(_("What was fetched before can be read."))
        return
    if check.needs_consent():
        context.dialogue.say_part(how_a_check_asks(), labelled(_("Hosts that will be contacted")))
        context.say(*(with_full_stop(labelled(*each)) for each in hosts_with_publishers(check)))
        context.say(watcher.feed_lookup_notice())
        why = how_a_check_asks()
        if not context.dialogue.ask_yes_or_no(_("Check whether the sources changed?"), default=False, why=why):
            context.say(_("Nothing was contacted."))
            return
        if not context.change(check.grant_consent):
            return
    run_page_check(context)


def run_page_check(context: PlainContext) -> None:
    """Ask the watched pages, and tell how far that is; what came of it is told with how current the guidance is."""
    check = context.page_check
    told_quarter = 0

    def tell_progress() -> None:
        nonlocal told_quarter
        job = check.job
        quarter = _STEPS_TOLD * job.done // job.total if job.total else 0
        if check.is_running and quarter > told_quarter and job.done < job.total:
            told_quarter = quarter
            words = _("{done} of {total} checked.")
            context.say(words.format(done=format_number(job.done), total=format_number(job.total)))

    context.say(_("The pages are asked now. Ctrl+C stops it; what came by then stays."))
    try:
        asyncio.run(check.run(tell_progress))
    except KeyboardInterrupt:
        context.dialogue.say_part()  # ends the line of the ^C


def _switch_weekly(context: PlainContext) -> None:
    is_on = not context.page_check.consent.weekly
    if context.change(lambda: context.page_check.change_consent(weekly=is_on)):
        context.say(words_on_weekly(is_on=is_on))


def _switch_meta_pages(context: PlainContext) -> None:
    is_on = not context.page_check.consent.meta_pages
    if context.change(lambda: context.page_check.change_consent(meta_pages=is_on)):
        context.say(words_on_meta_pages(is_on=is_on))


# Watched pages


def _read_page(context: PlainContext) -> None:
    """Ask for one of the watched pages, and tell its text or what changed in it, until the person goes on."""
    watcher, now = context.page_watcher, context.session.now()
    pages = sorted(context.playbook.pages, key=lambda page: not watcher.page_status(page.id).has_unread_change)
    options: list[Option] = [
        (page.id, f"{_page_title(context, page)} ({page_state_label(watcher.page_status(page.id), now)})")
        for page in pages
    ]
    page = context.playbook.page(context.dialogue.choose(_("Which page?"), options))
    if page is None:
        return
    state = page_state_sentences(watcher.page_status(page.id), now)
    context.dialogue.say_part(labelled(_page_title(context, page)), *state)
    context.say(_("Its language: {language}.").format(language=language_name(page.language)))
    context.dialogue.say_copyable(page.url)
    while True:
        options = list(_parts_of_page(context, page))
        if not options:
            context.say(_("Nothing of it is here yet."))
            return
        chosen = context.dialogue.choose(_("What do you want to hear of it?"), [*options, (_GO_ON, _("Go on"))])
        if chosen == _GO_ON:
            return
        _tell_of_page(context, page, chosen)


def _page_title(context: PlainContext, page: WatchedPage) -> str:
    return labelled(page.publisher, context.sentence(f"page.{page.id}"))


def _parts_of_page(context: PlainContext, page: WatchedPage) -> Iterator[Option]:
    """What can be heard of a page, or done with it."""
    watcher = context.page_watcher
    content = watcher.page_content(page.id)
    if content is None:
        return
    if watcher.page_status(page.id).has_unread_change:
        yield _CHANGES, _("What changed since you read it")
        yield _MARK_READ, _("Nothing: mark it as read")
    yield _READ_TEXT, _("All of its text")
    if content.links():
        yield _LINKS, _("Its links")


def _tell_of_page(context: PlainContext, page: WatchedPage, part: str) -> None:
    watcher = context.page_watcher
    content = watcher.page_content(page.id)
    if part == _MARK_READ:
        if context.change(lambda: watcher.mark_read(page.id)):
            context.say(_("Marked as read."))
    elif part == _CHANGES:
        changes = [each for each in watcher.changes_since_read(page.id) if each.kind != "same"]
        if not changes:
            context.say(_("What was there before is not kept, so what changed cannot be told."))
        for change in changes:
            context.dialogue.say_part(*_change_lines(change))
    elif content is not None and part == _LINKS:
        _tell_links(context, content.links())
    elif content is not None:
        for block in content.blocks:
            context.dialogue.say_part(_block_line(block))


def _tell_links(context: PlainContext, links: tuple[PageLink, ...]) -> None:
    for link in links:
        context.dialogue.say_part(labelled(link.label))
        context.dialogue.say_copyable(link.url, link.label)


def _block_line(block: PageBlock) -> str:
    if block.kind == "heading":
        return _("Heading: {words}").format(words=block.text)
    return f"{block.number}. {block.text}" if block.number else block.text


def _change_lines(change: ParagraphChange) -> Iterator[str]:
    """One changed paragraph: as it was and as it is."""
    if change.before:
        before = _("It was: {words}") if change.after else _("Gone: {words}")
        yield before.format(words=change.before)
    if change.after:
        after = _("It is now: {words}") if change.before else _("New: {words}")
        yield after.format(words=change.after)
    yield from (link.sentence for link in change.links)


# An edition of the guidance that a feed offers

_CHANGED_ENTRY = {
    "added": mark("New: {words}"),
    "removed": mark("Gone: {words}"),
    "changed": mark("Changed: {words}"),
}


def _decide_on_edition(context: PlainContext) -> None:
    """Tell what the offered edition would change, and take it into use or leave it."""
    feed = context.page_watcher.feed
    offer = feed.offered
    if offer is None:
        return
    published = dates.format_partial_date(offer.edition.published)
    context.dialogue.say_part(
        with_full_stop(_("Guidance of {date} from {host}").format(date=published, host=offer.host))
    )
    for part, changes in groupby(offer.changes, key=lambda change: change.part):
        context.dialogue.say_part(labelled(part.words))
        for change in changes:
            context.say(*_entry_lines(change))
    if not offer.changes:
        context.say(_("It changes nothing but its number and its date."))
    question = _("It is not reviewed by the makers of this program. What do you want to do with it?")
    options = (
        ("later", _("Decide later")),
        ("accept", _("Use this guidance from now on; it can be left again")),
        ("refuse", _("Leave it; this edition is not offered again")),
    )
    chosen = context.dialogue.choose(question, options, default="later")
    if chosen == "accept" and context.change(feed.accept):
        context.session.view.playbook = context.page_watcher.playbook
    elif chosen == "refuse":
        context.change(feed.decline)


def _entry_lines(change: EditionChange) -> Iterator[str]:
    yield _(_CHANGED_ENTRY[change.kind]).format(words=change.name)
    for aspect in change.aspects:
        if aspect.before:
            yield labelled(aspect.label, _("It was: {words}").format(words=aspect.before))
        if aspect.after:
            yield labelled(aspect.label, _("It is now: {words}").format(words=aspect.after))


def _return_to_own(context: PlainContext) -> None:
    watcher = context.page_watcher
    if context.change(watcher.feed.return_to_bundled):
        context.session.view.playbook = watcher.playbook
