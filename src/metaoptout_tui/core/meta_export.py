"""What Meta's "Download your information" shows: accounts, links, and what Meta may have of a person, in numbers.

Names and addresses of the person's own accounts, counts, dates and file names only; never a text.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.dates import format_full_day
from metaoptout_tui.core.jobs import UnreadableFile
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext

EXPORT_SERVICES: Mapping[str, str] = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "threads": "Threads",
    "meta-ai": mark("Meta AI app"),
}
"""The services that have a download of their own or within another, by the id of their platform."""


class ExportFormat(StrEnum):
    """The form in which Meta was asked to write a download."""

    JSON = "json"
    HTML = "html"


class ExposureKind(StrEnum):
    """What is counted in a download."""

    POSTS = "posts"
    POSTS_ON_OTHER_PAGES = "posts_on_other_pages"
    COMMENTS = "comments"
    GROUP_POSTS = "group_posts"
    GROUP_COMMENTS = "group_comments"
    GROUPS = "groups"
    STORIES = "stories"
    REELS = "reels"
    PHOTOS = "photos"
    VIDEOS = "videos"
    PAGES = "pages"
    REVIEWS = "reviews"
    THREADS_POSTS = "threads_posts"
    THREADS_REPLIES = "threads_replies"
    PROFILE_PICTURES = "profile_pictures"
    AI_CONVERSATIONS = "ai_conversations"
    AI_MESSAGES = "ai_messages"
    AI_MESSAGES_BY_PERSON = "ai_messages_by_person"
    AI_VOICE = "ai_voice"
    CHATS_WITH_META_AI = "chats_with_meta_ai"


EXPOSURE_LABELS: Mapping[ExposureKind, str] = {
    ExposureKind.POSTS: mark("posts"),
    ExposureKind.POSTS_ON_OTHER_PAGES: mark("posts on other people's pages and profiles"),
    ExposureKind.COMMENTS: mark("comments"),
    ExposureKind.GROUP_POSTS: mark("posts in groups"),
    ExposureKind.GROUP_COMMENTS: mark("comments in groups"),
    ExposureKind.GROUPS: mark("groups joined"),
    ExposureKind.STORIES: mark("stories"),
    ExposureKind.REELS: mark("reels"),
    ExposureKind.PHOTOS: mark("photos"),
    ExposureKind.VIDEOS: mark("videos"),
    ExposureKind.PAGES: mark("own Pages"),
    ExposureKind.REVIEWS: mark("reviews"),
    ExposureKind.THREADS_POSTS: mark("posts on Threads"),
    ExposureKind.THREADS_REPLIES: mark("replies on Threads"),
    ExposureKind.PROFILE_PICTURES: mark("profile pictures"),
    ExposureKind.AI_CONVERSATIONS: mark("conversations with Meta AI"),
    ExposureKind.AI_MESSAGES: mark("messages in talks with Meta AI"),
    ExposureKind.AI_MESSAGES_BY_PERSON: mark("messages of yours to Meta AI"),
    ExposureKind.AI_VOICE: mark("voice recordings for Meta AI"),
    ExposureKind.CHATS_WITH_META_AI: mark("chats with Meta AI alone"),
}


_ONLY_IN: Mapping[str, tuple[ExposureKind, ...]] = {
    "facebook": (
        ExposureKind.POSTS_ON_OTHER_PAGES,
        ExposureKind.GROUP_POSTS,
        ExposureKind.GROUP_COMMENTS,
        ExposureKind.GROUPS,
        ExposureKind.PHOTOS,
        ExposureKind.VIDEOS,
        ExposureKind.PAGES,
        ExposureKind.REVIEWS,
    ),
    "instagram": (ExposureKind.THREADS_POSTS, ExposureKind.THREADS_REPLIES),
}
"""The kinds that the download of one service alone may have; that of Threads comes with Instagram's."""


class ExposureCount(NamedTuple):
    """How many of a kind; None where the download does not tell. Months are `2026-11`, of those with a readable date."""

    total: int | None
    first_day: date | None = None
    last_day: date | None = None
    by_month: tuple[tuple[str, int], ...] = ()

    def by_year(self) -> Mapping[str, int]:
        """The numbers by year, in order."""
        years: dict[str, int] = {}
        for month, count in self.by_month:
            years[month[:4]] = years.get(month[:4], 0) + count
        return dict(sorted(years.items()))


class ExportedAccount(NamedTuple):
    """An account of the person's own, as one file of the download tells of it; phone numbers are masked.

    `emails` are the account's own, `previous_emails` and `previous_names` were so before. `username` and `profile_uri`
    are empty where not told, `is_private` and `created_on` None.
    """

    service: str
    file: str
    username: str = ""
    name: str = ""
    emails: tuple[str, ...] = ()
    previous_emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    is_private: bool | None = None
    profile_uri: str = ""
    previous_names: tuple[str, ...] = ()
    created_on: date | None = None


class LinkedProfile(NamedTuple):
    """A profile in the list of those that are linked; a part that is not told is empty, `linked_on` None."""

    service: str
    username: str = ""
    name: str = ""
    email: str = ""
    linked_on: date | None = None


class LinkedProfiles(NamedTuple):
    """The list of linked profiles. Where it is not in the download (`is_listed` false), nothing is known of links."""

    is_listed: bool
    profiles: tuple[LinkedProfile, ...] = ()
    file: str = ""


class LinkHint(StrEnum):
    """A trace of a link between accounts; none of them proves that it stands."""

    CROSS_POSTS = "cross_posts"
    CROSS_APP_MESSAGING = "cross_app_messaging"
    CONTACTS_FROM_INSTAGRAM = "contacts_from_instagram"
    THREADS_PROFILE = "threads_profile"


LINK_HINT_LABELS: Mapping[LinkHint, str] = {
    LinkHint.CROSS_POSTS: mark("some posts came from Facebook"),
    LinkHint.CROSS_APP_MESSAGING: mark("there is a setting for messages across apps"),
    LinkHint.CONTACTS_FROM_INSTAGRAM: mark("contacts came from Instagram"),
    LinkHint.THREADS_PROFILE: mark("there is a Threads profile with it"),
}


class OwnPage(NamedTuple):
    """A Page of the person's own, which cannot object itself."""

    name: str
    file: str


class ReadExportFile(NamedTuple):
    """A file that was read to its end, and its SHA-256."""

    name: str
    sha256: str


class MetaExport(NamedTuple):
    """One download, its parts together. `absent` are the kinds for which it has no file, `format` None if it has none.

    `has_connected_devices` says whether a list of glasses and the like names any, None where there is no such list.
    """

    paths: tuple[str, ...]
    services: tuple[str, ...]
    format: ExportFormat | None
    accounts: tuple[ExportedAccount, ...]
    linked: LinkedProfiles
    counts: Mapping[ExposureKind, ExposureCount]
    absent: tuple[ExposureKind, ...]
    link_hints: tuple[LinkHint, ...] = ()
    pages: tuple[OwnPage, ...] = ()
    has_connected_devices: bool | None = None
    files: tuple[ReadExportFile, ...] = ()


def missing_kinds(export: MetaExport) -> tuple[ExposureKind, ...]:
    """The absent kinds that a download of its services could have had."""
    services = {"instagram" if service == "threads" else service for service in export.services}
    foreign = {kind for service, kinds in _ONLY_IN.items() if services and service not in services for kind in kinds}
    return tuple(kind for kind in export.absent if kind not in foreign)


_PUBLISHED_KINDS = (
    ExposureKind.POSTS,
    ExposureKind.POSTS_ON_OTHER_PAGES,
    ExposureKind.COMMENTS,
    ExposureKind.GROUP_POSTS,
    ExposureKind.GROUP_COMMENTS,
    ExposureKind.STORIES,
    ExposureKind.REELS,
    ExposureKind.REVIEWS,
    ExposureKind.THREADS_POSTS,
    ExposureKind.THREADS_REPLIES,
)
"""What a person published, each once: photos and videos may be those of the posts."""


def exposure_sentence(exports: Sequence[MetaExport]) -> str:
    """What Meta may have, in a sentence: how much was published and written to Meta AI, and between which days."""
    published = [count for export in exports for kind in _PUBLISHED_KINDS if (count := export.counts.get(kind))]
    total = sum(count.total or 0 for count in published)
    days = [day for count in published for day in (count.first_day, count.last_day) if day]
    words = _published_sentence(total, days)
    to_ai = sum(export.counts[kind].total or 0 for export in exports if (kind := _ai_messages_kind(export)))
    if not to_ai:
        return words
    in_talks = ngettext(
        "It has {count} message in talks with Meta AI.", "It has {count} messages in talks with Meta AI.", to_ai
    )
    return f"{words} {in_talks.format(count=format_number(to_ai))}"


def _published_sentence(total: int, days: Sequence[date]) -> str:
    """How much of what a person published is in the download, and between which of the days."""
    if not total:
        return _("Meta's download has no post, comment, story or reel of yours that could be counted.")
    first, last = (format_full_day(min(days)), format_full_day(max(days))) if days else ("", "")
    if not days:
        words = ngettext(
            "Meta's download has one post, comment, story or reel of yours.",
            "Meta's download has {count} posts, comments, stories and reels of yours.",
            total,
        )
    elif first == last:
        words = ngettext(
            "Meta's download has one post, comment, story or reel of yours, {first_day}.",
            "Meta's download has {count} posts, comments, stories and reels of yours, {first_day}.",
            total,
        )
    else:
        words = ngettext(
            "Meta's download has one post, comment, story or reel of yours, from {first_day} to {last_day}.",
            "Meta's download has {count} posts, comments, stories and reels of yours, from {first_day} to {last_day}.",
            total,
        )
    return words.format(count=format_number(total), first_day=first, last_day=last)


def published_by_year(exports: Iterable[MetaExport]) -> Mapping[str, int]:
    """What the person published, by year, as far as it has a date."""
    counts = [export.counts.get(kind) for export in exports for kind in _PUBLISHED_KINDS]
    return _sum_by_year(count for count in counts if count is not None)


def ai_messages_by_year(exports: Iterable[MetaExport]) -> Mapping[str, int]:
    """The messages to Meta AI by year; where a download does not tell who wrote them, those of both sides."""
    return _sum_by_year(export.counts[kind] for export in exports if (kind := _ai_messages_kind(export)))


def _ai_messages_kind(export: MetaExport) -> ExposureKind | None:
    """The kind that has the messages to Meta AI: the person's own, else those of both sides; None without any."""
    own = export.counts.get(ExposureKind.AI_MESSAGES_BY_PERSON)
    kind = ExposureKind.AI_MESSAGES_BY_PERSON if own is not None and own.by_month else ExposureKind.AI_MESSAGES
    return kind if kind in export.counts else None


def _sum_by_year(counts: Iterable[ExposureCount]) -> Mapping[str, int]:
    years: dict[str, int] = {}
    for count in counts:
        for year, number in count.by_year().items():
            years[year] = years.get(year, 0) + number
    return dict(sorted(years.items()))


class MetaExports(NamedTuple):
    """The downloads that were read and the files that could not be; incomplete where the reading was cancelled."""

    exports: tuple[MetaExport, ...]
    unreadable: tuple[UnreadableFile, ...]
    is_complete: bool = True


def shared_emails(exports: Iterable[MetaExport]) -> Mapping[str, tuple[ExportedAccount, ...]]:
    """The addresses that several accounts have, with these: a hint that the accounts are linked, and no proof."""
    accounts_by_email: dict[str, list[ExportedAccount]] = {}
    for export in exports:
        for account in export.accounts:
            for email in dict.fromkeys(address.casefold() for address in account.emails):
                accounts_by_email.setdefault(email, []).append(account)
    return {email: tuple(accounts) for email, accounts in accounts_by_email.items() if len(accounts) > 1}
