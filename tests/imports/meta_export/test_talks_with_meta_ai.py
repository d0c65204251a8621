"""Talks with Meta AI: its own files, threads with it alone, and what is left alone."""

from collections.abc import Callable
from datetime import date

import pytest

from meta_exports import (
    Files,
    ai_conversation,
    ai_message,
    block,
    facebook_export,
    message_thread,
    meta_json,
    page,
    rows,
    seconds,
)
from metaoptout_tui.core.meta_export import ExportFormat, ExposureKind, MetaExport

Read = Callable[[Files], MetaExport]
FB = "your_facebook_activity/messages/"
TALKS = f"{FB}ai_conversations.json"
KINDS = (ExposureKind.AI_CONVERSATIONS, ExposureKind.AI_MESSAGES, ExposureKind.AI_MESSAGES_BY_PERSON)


def numbers(export: MetaExport) -> tuple[int | None, ...]:
    return tuple(export.counts[kind].total for kind in KINDS)


def talk(*authors: str, first_day: int = 0) -> dict[str, object]:
    messages = [ai_message(first_day + day, author, f"text {day}") for day, author in enumerate(authors)]
    return ai_conversation(*messages, day=first_day)


def test_conversations_are_counted_with_who_wrote_where_one_of_them_is_named_meta_ai(read: Read) -> None:
    export = read({TALKS: meta_json([talk("Zoë", "Meta AI", "Zoë"), talk("Zoë", "Meta AI", first_day=40)])})
    assert numbers(export) == (2, 5, 3)
    count = export.counts[ExposureKind.AI_MESSAGES_BY_PERSON]
    assert (count.first_day, count.last_day) == (date(2019, 5, 4), date(2019, 6, 13))
    assert dict(count.by_month) == {"2019-05": 2, "2019-06": 1}
    assert export.services == ("facebook",)


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: [one], lambda one: {"ai_conversations_v2": [one]}])
def test_one_conversation_is_the_same_bare_or_in_a_list(read_one: Read, wrap: Callable[[object], object]) -> None:
    assert numbers(read_one({TALKS: meta_json(wrap(talk("Zoë", "Meta AI", "Zoë")))})) == (1, 3, 2)
    assert numbers(read_one({TALKS: meta_json(wrap(talk("Meta AI")))})) == (1, 1, 0)


def test_who_wrote_is_not_told_where_nobody_is_named_meta_ai(read_one: Read) -> None:
    export = read_one({TALKS: meta_json([talk("A", "B", "A")])})
    assert numbers(export) == (1, 3, None)
    assert ExposureKind.AI_MESSAGES_BY_PERSON not in export.absent


def test_a_message_that_speaks_of_meta_ai_is_not_by_it(read_one: Read) -> None:
    messages = [ai_message(0, "A", "Meta AI"), ai_message(1, "B", "hi")]
    assert numbers(read_one({TALKS: meta_json(ai_conversation(*messages))}))[:2] == (1, 2)
    with_names = [ai_message(0, "Zoë", "Meta AI"), ai_message(1, "Meta AI", "hi"), ai_message(2, "Zoë", "x" * 99)]
    assert numbers(read_one({TALKS: meta_json(ai_conversation(*with_names))})) == (1, 3, 2)


def test_no_conversations_are_none_and_no_file_is_not_none(read_one: Read) -> None:
    export = read_one({TALKS: b"[]"})
    assert numbers(export) == (0, 0, 0)
    assert export.counts[ExposureKind.AI_VOICE].total == 0
    export = read_one(facebook_export())
    assert numbers(export) == (None, None, None)
    assert {*KINDS, ExposureKind.AI_VOICE, ExposureKind.CHATS_WITH_META_AI} <= set(export.absent)


def test_a_thread_with_meta_ai_alone_counts_and_one_with_a_person_does_not(read: Read) -> None:
    export = read(
        {
            f"{FB}inbox/metaai_1/message_1.json": meta_json(message_thread("Zoë", "Meta AI", "Zoë")),
            f"{FB}inbox/metaai_1/message_2.json": meta_json(message_thread("Zoë", "Meta AI", first_day=40)),
            f"{FB}inbox/bo_2/message_1.json": meta_json(message_thread("Zoë", "Bo", "Zoë")),
            f"{FB}inbox/group_3/message_1.json": meta_json(message_thread("Zoë", "Meta AI", "Bo")),
            f"{FB}inbox/group_4/message_1.json": meta_json(
                message_thread("Zoë", "Meta AI", participants=["Zoë", "Bo", "Meta AI"])
            ),
        }
    )
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 1
    assert numbers(export) == (None, 5, 3)
    assert export.absent.count(ExposureKind.AI_CONVERSATIONS) == 1
    assert dict(export.counts[ExposureKind.AI_MESSAGES].by_month) == {"2019-05": 3, "2019-06": 2}


def test_threads_with_people_only_mean_no_chat_with_meta_ai_and_tell_nothing_of_its_own_files(read_one: Read) -> None:
    export = read_one({f"{FB}inbox/bo_2/message_1.json": meta_json(message_thread("Zoë", "Bo"))} | facebook_export())
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 0
    assert numbers(export) == (None, None, None)


@pytest.mark.parametrize("name", ["Meta AI", "Meta\u00a0AI", "Meta\u00c2\u00a0AI"])
def test_meta_ai_is_known_by_its_name_whatever_blank_is_in_it(read_one: Read, name: str) -> None:
    import json

    data = json.dumps(message_thread("Zoe", name)).encode()
    export = read_one({f"{FB}inbox/metaai_1/message_1.json": data})
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 1


@pytest.mark.parametrize("name", ["Meta Aino", "metaairlines", "Meta", "Not Meta AI"])
def test_somebody_whose_name_is_like_it_is_a_person(read_one: Read, name: str) -> None:
    export = read_one(
        facebook_export() | {f"{FB}inbox/x_1/message_1.json": meta_json(message_thread("Zoë", name, "Zoë"))}
    )
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 0


@pytest.mark.parametrize("folder", ["secret_conversations", "reported_conversations"])
def test_secret_and_reported_conversations_are_left_alone(read_one: Read, folder: str) -> None:
    files = {f"{FB}{folder}/metaai_1/message_1.json": meta_json(message_thread("Zoë", "Meta AI"))}
    export = read_one(facebook_export() | files)
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total is None
    assert not any(folder in file.name for file in export.files)


def test_stickers_made_by_ai_in_a_thread_are_no_talk_with_it(read_one: Read) -> None:
    thread = message_thread("Zoë", "Bo")
    assert isinstance(thread, dict)
    thread["messages"][0]["ai_stickers"] = [{"uri": "AIGeneratedContent.png"}]
    export = read_one(facebook_export() | {f"{FB}inbox/bo_1/message_1.json": meta_json(thread)})
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 0


def test_a_thread_without_participants_is_told_by_who_writes(read_one: Read) -> None:
    thread = message_thread("Zoë", "Meta AI")
    assert isinstance(thread, dict)
    del thread["participants"]
    export = read_one({f"{FB}inbox/metaai_1/message_1.json": meta_json(thread)})
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 1
    thread["messages"] = thread["messages"][1]
    export = read_one({f"{FB}inbox/metaai_1/message_1.json": meta_json(thread)})
    assert numbers(export) == (None, 1, 0)


def test_an_instagram_download_can_hold_messages_of_facebook_and_is_still_instagrams(read: Read) -> None:
    export = read(
        {
            "your_activity_across_facebook/messages/inbox/metaai_1/message_1.json": meta_json(
                message_thread("Zoë", "Meta AI")
            ),
            "your_instagram_activity/media/posts_1.json": b"[]",
        }
    )
    assert export.services == ("instagram",)
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 1


AI_APP = "facebook_view/your_meta_ai_activity/"
CONVERSATION = "Conversation with Meta AI You: hi there Meta AI: Hello! You: You: said Meta AI: what? Meta AI: Bye"


@pytest.mark.parametrize("is_nested", [False, True])
def test_conversations_of_the_ai_app_are_counted_by_turns_not_by_words(read: Read, *, is_nested: bool) -> None:
    found = read(
        {
            f"{AI_APP}meta_ai_profile/your_ai_conversations.html": page(
                rows({"Conversation": CONVERSATION}, is_nested=is_nested),
                rows({"Name": "Conversation with Meta AI_04-15-2026_1.txt"}, is_nested=is_nested),
                title="Your AI conversations with Meta AI",
            )
        }
    )
    assert (found.services, found.format) == (("meta-ai",), ExportFormat.HTML)
    assert numbers(found) == (1, 4, 2)
    assert found.counts[ExposureKind.AI_MESSAGES].first_day == date(2026, 4, 15)


@pytest.mark.parametrize(
    ("name", "day"), [("04-15-2026", date(2026, 4, 15)), ("15-04-2026", date(2026, 4, 15)), ("04-12-2026", None)]
)
def test_a_date_that_can_be_read_in_two_ways_is_not_told(read_one: Read, name: str, day: date | None) -> None:
    cell = f"Conversation with Meta AI_{name}_1.txt You: hi Meta AI: hello"
    export = read_one({f"{AI_APP}meta_ai_profile/your_ai_conversations.html": page(rows({"1": cell}))})
    assert numbers(export) == (1, 2, 1)
    assert export.counts[ExposureKind.AI_CONVERSATIONS].first_day == day


def test_the_persons_label_is_learned_in_other_languages(read_one: Read) -> None:
    cell = "Unterhaltung mit Meta AI Du: hallo Meta AI: Hallo! Du: tschüss"
    export = read_one({f"{AI_APP}meta_ai_profile/your_ai_conversations.html": page(rows({"1": cell}))})
    assert numbers(export) == (1, 3, 2)


def test_a_very_long_conversation_of_a_page_is_counted_whole(read_one: Read) -> None:
    cell = "Conversation with Meta AI " + "You: hi there Meta AI: " + "hello you &amp; me " * 20_000 + " You: bye " * 2
    export = read_one({f"{AI_APP}meta_ai_profile/your_ai_conversations.html": page(rows({"1": cell}))})
    assert numbers(export) == (1, 3, 2)


def test_voice_recordings_and_glasses_of_the_ai_app_are_told_by_what_is_listed(read: Read) -> None:
    export = read(
        {
            f"{AI_APP}meta_ai_app/voice/recording_1.m4a": b"x",
            f"{AI_APP}meta_ai_app/voice/recording_2.m4a": b"x",
            f"{AI_APP}meta_ai_app/connected_devices.html": page(rows({"Device": "Ray-Ban Meta"})),
            f"{AI_APP}meta_ai_app/app_settings.html": page(rows({"x": "y"})),
            f"{AI_APP}meta_ai_profile/your_meta_ai_profile.html": page(
                rows({"Name": "Zoë Müller", "Email": "zoe@example.org"})
            ),
            "messages/inbox/bo_1/audio/1.m4a": b"x",
        }
    )
    assert export.counts[ExposureKind.AI_VOICE].total == 2
    assert export.has_connected_devices is True
    assert [(account.service, account.name) for account in export.accounts] == [("meta-ai", "Zoë Müller")]
    empty = read({f"{AI_APP}meta_ai_app/connected_devices.html": page("<div>You have no data</div>")})
    assert empty.has_connected_devices is False
    assert read(facebook_export()).has_connected_devices is None


def test_a_recording_within_a_conversation_counts_as_voice(read_one: Read) -> None:
    message = ai_message(0, "Zoë", "")
    assert isinstance(message["dict"], list)
    message["dict"].append({"media": [{"uri": "messages/ai/voice_1.M4A", "creation_timestamp": seconds(0)}]})
    export = read_one({TALKS: meta_json(ai_conversation(message, ai_message(1, "Meta AI", "x")))})
    assert export.counts[ExposureKind.AI_VOICE].total == 1


def test_a_thread_in_html_is_told_by_who_writes(read: Read) -> None:
    mine = [block("Zoë", "hi", "Dec 28, 2020 7:20 am"), block("Meta AI", "hello", "Dec 28, 2020 7:21 am")]
    export = read(
        {
            f"{FB}inbox/metaai_1/message_1.html": page(
                block("Participants: Zoë and Meta AI", "", ""), *mine, title="Meta AI"
            ),
            f"{FB}inbox/bo_1/message_1.html": page(*mine, block("Bo", "x", "Dec 28, 2020 7:20 am"), title="Bo"),
        }
    )
    assert export.counts[ExposureKind.CHATS_WITH_META_AI].total == 1
    assert numbers(export) == (None, 2, 1)
