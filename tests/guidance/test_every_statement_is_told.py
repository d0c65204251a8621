"""Every statement of the guidance is told on a screen, where it helps; none stands in the case file alone."""

from collections.abc import Iterator

from metaoptout_tui.core.chats.notices import NoticeKind, statement_names_for
from metaoptout_tui.core.chats.scan_summary import CHAT_STATEMENT_NAMES
from metaoptout_tui.core.guidance.playbook import OTHER_STATEMENT_CONTEXTS, TOPIC_CONTEXTS, Playbook
from metaoptout_tui.core.guidance.topics import TOPICS, TopicId, topic_forms, topic_statements
from metaoptout_tui.core.objection.applicable_guidance import KINDS_OF_SILENCE
from metaoptout_tui.core.objection.legal_periods import PERIOD_STATEMENTS
from metaoptout_tui.core.objection.replies import NO_REPLY, all_replies
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS


def told_at_steps(playbook: Playbook) -> Iterator[str]:
    """What the guide of a step tells, on the checklist and on the screen of the step."""
    for platform in playbook.platforms:
        for region in playbook.regions:
            for step in playbook.steps_for(platform.id, region.id):
                told = playbook.statements_for(step=step, platform=platform.id, region=region.id)
                yield from (statement.id for statement in told)


def told_by_topics(playbook: Playbook) -> Iterator[str]:
    """What the topics tell."""
    for region in playbook.regions:
        for topic in TopicId:
            for _, statements in topic_statements(playbook, topic, region.id):
                yield from (statement.id for statement in statements)


def told_elsewhere(playbook: Playbook) -> Iterator[str]:
    """What is told with a reply, a period, a letter or a scan."""
    yield from (f"answer.{reply.id}.help" for reply in all_replies())
    for end in ("over", "answered"):
        yield from (f"answer.{reply.id}.{end}.help" for reply in all_replies())
    yield from (f"{platform.id}.{reply.id}" for platform in playbook.platforms for reply in all_replies())
    yield from (f"answer.{NO_REPLY.id}.{silence}.help" for silence in KINDS_OF_SILENCE)
    yield from (f"{platform.id}.{reply.event_kind}" for platform in playbook.platforms for reply in all_replies())
    yield from (f"answer.{kind}.help" for kind in REPLY_KINDS)
    yield from (f"period.{name}" for name in PERIOD_STATEMENTS)
    yield from (
        f"chats.{name}"
        for name in (*CHAT_STATEMENT_NAMES, *statement_names_for(tuple(NoticeKind)), *statement_names_for(()))
    )
    yield from (statement.id for statement in playbook.statements if "letter" in statement.scope.places)


def test_every_statement_is_told_on_a_screen(playbook: Playbook) -> None:
    told = {*told_at_steps(playbook), *told_by_topics(playbook), *told_elsewhere(playbook)}
    assert [statement.id for statement in playbook.statements if statement.id not in told] == []


def test_a_topic_tells_each_statement_once_and_has_no_empty_section(playbook: Playbook) -> None:
    for topic, page in TOPICS.items():
        seen = set()
        for region in playbook.regions:
            sections = topic_statements(playbook, topic, region.id)
            ids = [statement.id for _, statements in sections for statement in statements]
            assert len(ids) == len(set(ids))
            seen |= {heading for heading, _ in sections}
        assert seen == {section.heading for section in page.sections}


def test_each_context_of_topics_is_a_section_of_one() -> None:
    contexts = [section.context for topic in TOPICS.values() for section in topic.sections]
    assert len(contexts) == len(set(contexts))
    assert set(TOPIC_CONTEXTS) <= set(contexts) <= set(OTHER_STATEMENT_CONTEXTS)


def test_the_forms_for_data_from_elsewhere_have_a_page_of_their_own_and_are_no_objection(playbook: Playbook) -> None:
    for region in playbook.regions:
        offered = [form.id for form in topic_forms(playbook, TopicId.THIRD_PARTY, region.id)]
        assert offered == ["third-party", "third-party-older"]
        for platform in playbook.platforms:
            objections = playbook.forms_for(platform=platform.id, region=region.id)
            assert not {form.id for form in objections}.intersection(offered)


def test_accounts_one_cannot_log_in_to_have_ways_that_remain_in_their_order(playbook: Playbook) -> None:
    ways = [
        statement.id
        for _, statements in topic_statements(playbook, TopicId.NO_LOGIN, "eea")
        for statement in statements
        if statement.role == "do"
    ]
    assert ways == ["no-login.back", "no-login.then", "no-login.letter.eea", "no-login.contact", "no-login.others"]
    links = [form.id for form in topic_forms(playbook, TopicId.NO_LOGIN, "eea")]
    assert links == ["privacy-contact", "account-forgotten", "account-hacked"]


def test_where_no_form_is_known_no_topic_tells_a_person_to_object(playbook: Playbook) -> None:
    for topic in TopicId:
        for _, statements in topic_statements(playbook, topic, "none"):
            for statement in statements:
                words = playbook.texts.sentence(statement.id)
                assert "object as usual" not in words
                assert "send the objection" not in words
                assert "Object again" not in words
