"""Meta's downloads as hypothesis draws them: shapes, languages and years, and what is in each."""

from collections.abc import Mapping
from typing import NamedTuple

from hypothesis import strategies as st

from meta_exports import (
    INSTAGRAM_LINKS_OF_2025,
    LANGUAGES,
    Files,
    Person,
    ai_conversation,
    ai_message,
    bare_if_one,
    facebook_export,
    facebook_links_of_2021,
    facebook_links_of_2024,
    instagram_export,
    instagram_links,
    message_thread,
    meta_json,
    threads_posts,
)
from metaoptout_tui.core.meta_export import ExposureKind

NAMES = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo", "So")), min_size=1, max_size=12).map(
    lambda letters: f"N{letters} Sample"
)
HANDLES = st.from_regex(r"[a-z][a-z_]{1,7}(\.[a-z_]{1,7})?[a-z]", fullmatch=True)
"""As Instagram gives them: no two full stops in a row."""


class Download(NamedTuple):
    """A download and what is in it."""

    files: Files
    person: Person
    service: str
    counts: Mapping[ExposureKind, int]
    is_linked: bool | None


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Somebody with a name, a handle and two addresses."""
    handle = draw(HANDLES)
    return Person(
        draw(NAMES), handle, f"{handle}@example.org", f"{handle}.old@example.org", is_private=draw(st.booleans())
    )


@st.composite
def downloads(draw: st.DrawFn, of: Person | None = None) -> Download:
    """A download, of a person where one is named."""
    person, year = of or draw(people()), draw(st.sampled_from([2022, 2023, 2024, 2025, 2026]))
    language = draw(st.sampled_from(sorted(LANGUAGES)))
    posts, comments = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    counts = {ExposureKind.POSTS: posts, ExposureKind.COMMENTS: comments}
    is_linked = draw(st.sampled_from([None, False, True]))
    if draw(st.booleans()):
        files = facebook_export(year, person, posts=posts, comments=comments)
        root = "" if year < 2023 else "your_facebook_activity/"
        if is_linked is not None:
            shape = draw(st.sampled_from([facebook_links_of_2021, facebook_links_of_2024]))
            files["personal_information/facebook_accounts_center/accounts_center.json"] = meta_json(
                shape(person) if is_linked else {"accounts_center_v2": []}
            )
        turns = draw(st.lists(st.sampled_from([person.name, "Meta AI"]), max_size=6))
        if draw(st.booleans()):
            messages = [ai_message(day, author, "x", language=language) for day, author in enumerate(turns)]
            files[f"{root}messages/ai_conversations.json"] = meta_json(bare_if_one([ai_conversation(*messages)]))
            counts |= {ExposureKind.AI_CONVERSATIONS: 1, ExposureKind.AI_MESSAGES: len(turns)}
        if draw(st.booleans()):
            files[f"{root}messages/inbox/bo_1/message_1.json"] = meta_json(message_thread(person.name, "Bo"))
            counts[ExposureKind.CHATS_WITH_META_AI] = 0
        return Download(files, person, "facebook", counts, is_linked)
    files = instagram_export(year, person, language, posts=posts, comments=comments)
    if is_linked is not None:
        files["personal_information/personal_information/linked_meta_accounts.json"] = meta_json(
            instagram_links(person, language) if is_linked else INSTAGRAM_LINKS_OF_2025
        )
    if draw(st.booleans()):
        own, replies = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        files["your_instagram_activity/threads/threads_and_replies.json"] = meta_json(threads_posts(own, replies))
        counts |= {ExposureKind.THREADS_POSTS: own, ExposureKind.THREADS_REPLIES: replies}
    return Download(files, person, "instagram", counts, is_linked)
