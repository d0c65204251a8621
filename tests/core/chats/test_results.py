"""What a scan comes to: words that never say too much, months, and the questions that it answers."""

import pytest

from guidance_editions import document
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.privacy import ChatPrivacyList
from metaoptout_tui.core.chats.recorded_scans import points_answered_otherwise, points_found
from metaoptout_tui.core.chats.scan_summary import SCANNED_POINTS
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.record.remembered import ChatPrivacy
from metaoptout_tui.guidance.checks import find_problems
from samples import at, entry

FAMILY, WITH_META_AI = "WhatsApp Chat with Family.txt", "WhatsApp Chat with Meta AI.txt"


def row(file: str = FAMILY, sender: str = "", **counts: int) -> dict[str, object]:
    return {"counts": counts, "file": file, "sha256": "0" * 64, **({"sender": sender} if sender else {})}


@pytest.mark.parametrize(
    ("found", "points"),
    [
        (row(to_meta_ai=0), ()),
        (row(to_meta_ai=2), ("groups",)),  # by whom is not known
        (row(sender="me", to_meta_ai=1), ("used", "groups")),
        (row(sender="me", to_meta_ai=0, to_meta_ai_by_others=3), ("groups",)),
        (row(to_meta_ai=0, by_meta_ai=1), ("groups",)),  # it answered, so somebody asked
        (row("chat.txt", to_meta_ai=2, with_meta_ai_alone=1), ("used",)),
        (row(WITH_META_AI, to_meta_ai=2), ("used",)),  # as an earlier release recorded it
        (row(to_meta_ai=0, business_ai_notice=1), ("business",)),
        ({"counts": "damaged", "file": 3}, ()),
    ],
)
def test_only_what_was_found_answers_a_point(found: dict[str, object], points: tuple[str, ...]) -> None:
    assert points_found([found]) == tuple(f"whatsapp.{point}" for point in points)


def test_of_several_chats_one_is_enough_for_a_point() -> None:
    chats = [row(to_meta_ai=0), row(business_ai_notice=1), row(sender="me", to_meta_ai=1)]
    assert points_found(chats) == SCANNED_POINTS


def test_every_point_that_a_scan_answers_can_be_answered_with_yes(playbook: Playbook) -> None:
    points = {each.id: each.answers for each in playbook.points_for(platform="whatsapp", region="eea")}
    assert all("yes" in points[point] for point in SCANNED_POINTS)


@pytest.mark.parametrize(("answer", "is_told"), [("no", True), ("unknown", True), ("yes", False), ("", False)])
def test_an_answer_that_a_recorded_scan_contradicts_is_told(answer: str, *, is_told: bool) -> None:
    scan = entry("reviewed-chats", at(3), **row(sender="me", to_meta_ai=1))
    answers = {"whatsapp.used": answer} if answer else {}
    assert points_answered_otherwise([scan], answers) == (("whatsapp.used",) if is_told else ())


def test_what_a_scan_cannot_tell_comes_from_the_guidance(playbook: Playbook) -> None:
    least, guess, nothing = scan_summary.scan_limitations(playbook.texts)
    assert "the least there was" in least
    assert "this program's own guess" in guess
    assert "No public source" in guess
    assert nothing == "Nothing found never means that nothing was shared."
    told = playbook.statements_for(step="chats", platform="whatsapp", region="eea")
    assert {each.id: each.basis.sureness for each in told}["chats.guess"] == "low"


def test_an_edition_without_one_of_these_statements_is_refused() -> None:
    changed = document()
    changed["statement"] = [row for row in changed["statement"] if row["id"] != "chats.nothing"]
    del changed["texts"]["sentences"]["chats.nothing"]
    texts = changed.pop("texts")
    found = [str(each) for each in find_problems(changed, texts, file="a", texts_file="b")]
    assert found == ["a: statement: none with id chats.nothing and step chats"]


def test_months_are_joined_and_gaps_are_seen() -> None:
    chart = scan_summary.chart_of([{"2025-11": 2}, {"2026-02": 1, "2025-11": 1}])
    assert chart.rows == {"2025-11": 3, "2025-12": 0, "2026-01": 0, "2026-02": 1}
    assert chart.heading == "By month"
    assert scan_summary.chart_of([{}, {}]).rows == {}


def test_over_two_years_a_row_is_a_year_and_what_has_no_row_is_said() -> None:
    months = scan_summary.chart_of([{"2024-01": 1, "2025-12": 1}])
    assert len(months.rows) == 24
    years = scan_summary.chart_of([{"2024-01": 1, "2026-01": 2}])
    assert (years.rows, years.heading) == ({"2024": 1, "2025": 0, "2026": 2}, "By year")
    assert years.missing_text(3) == ""
    own = scan_summary.chart_of([{"2024-01": 1, "2026-01": 2}], [{"2026-01": 1}])
    assert [own.own_text(row) for row in own.rows] == ["", "", "1 by you"]
    assert years.missing_text(1_003) == "1,000 messages without a readable date are left out."


def test_a_bar_is_seen_wherever_there_was_anything() -> None:
    assert [scan_summary.bar_length(count, 1_000, 30) for count in (0, 1, 500, 1_000)] == [0, 1, 15, 30]
    assert scan_summary.bar_length(0, 0, 30) == 0


@pytest.mark.parametrize(
    ("path", "member", "title"),
    [
        ("/a/WhatsApp Chat with Family.txt", "", "Family"),
        ("/a/WhatsApp Chat - Bo.zip", "_chat.txt", "Bo"),
        ("/a/Family holidays/_chat.txt", "", "Family holidays"),
        ("/a/WhatsApp Chat - Bo/_chat.txt", "", "Bo"),
        ("/a/all.zip", "chats/WhatsApp Chat with Bo.txt", "Bo"),  # one of several in a zip
        ("/a/all.zip", "WhatsApp Chat - Bo.zip › _chat.txt", "Bo"),
        ("/a/all.zip", "x/WhatsApp Chat - Bo › Cy.zip › y/_chat.txt", "Bo › Cy"),
        ("/a/a › b.zip", "_chat.txt", "a › b"),
        ("/a/Chat de WhatsApp con Bo.txt", "", "Bo"),
        ("/a/Conversa do WhatsApp com Zoë 🌻.txt", "", "Zoë 🌻"),
        ("/a/WhatsApp-Chat mit Bo.txt", "", "Bo"),
        ("/a/WhatsApp Chat mit Bo.txt", "", "Bo"),
        ("/a/WhatsApp-chat met Bo met Cy.txt", "", "Bo met Cy"),
        ("/a/Чат WhatsApp с контактом Бо.txt", "", "Бо"),
        ("/a/WhatsApp csevegés vele_ Bo.txt", "", "Bo"),  # a colon that a file system does not take
        ("/a/WhatsApp-keskustelu henkilön Bo kanssa.txt", "", "Bo"),
        ("/a/Bo ile WhatsApp Sohbeti.txt", "", "Bo"),
        ("/a/BoとのWhatsAppチャット.txt", "", "Bo"),
        ("/a/WhatsApp 与 Bo 的对话.txt", "", "Bo"),
        ("/a/whatsapp chat with bo.txt", "", "bo"),
        ("/a/WhatsApp Chat with .txt", "", "WhatsApp Chat with"),
        ("/a/Comhrá WhatsApp le Bo.txt", "", "Comhrá WhatsApp le Bo"),  # a wording that is not known
        ("/a/My WhatsApp friends.txt", "", "My WhatsApp friends"),
        ("/a/WhatsApp Chat with Bo (1).txt", "", "Bo"),  # a second download
        ("/a/WhatsApp Chat - Bo(2).zip", "_chat.txt", "Bo"),
        ("/a/Family holidays/_chat (1).txt", "", "Family holidays"),
        ("/a/Family holidays/_chat 2.txt", "", "Family holidays"),
        ("/_chat.txt", "", "_chat.txt"),
        ("/a/\x1b[2Jx.txt", "", "�[2Jx"),
    ],
)
def test_a_chat_is_called_as_its_file_is(path: str, member: str, title: str) -> None:
    assert scan_summary.chat_title_of(path, member) == title


def test_a_recorded_scan_is_told_in_words(playbook: Playbook) -> None:
    counts = {"to_meta_ai": 12, "maybe_to_meta_ai": 3, "first": "2026-01-03", "last": "2026-02-05"}
    event = entry("reviewed-chats", at(1), counts=counts, file="chat.txt", sha256="0" * 64)
    assert describe_event(event, playbook) == (
        "Chat scanned, chat.txt: at least 12 messages to Meta AI, 3 Jan 2026 to 5 Feb 2026; perhaps 3 more"
    )


@pytest.mark.parametrize("counts", [{"to_meta_ai": 0}, {}, {"to_meta_ai": "many", "first": 3}, "none"])
def test_a_recorded_scan_that_found_nothing_never_says_that_nothing_was_shared(
    playbook: Playbook, counts: object
) -> None:
    event = entry("reviewed-chats", at(1), counts=counts, file="chat\x1b.txt", sha256="0" * 64)
    assert describe_event(event, playbook) == (
        "Chat scanned, chat�.txt: no message to Meta AI found, which does not mean that nothing was shared"
    )


def test_the_list_of_chats_grows_by_a_scan_and_makes_a_note() -> None:
    every = (ChatPrivacy("Family", "on"), ChatPrivacy("School: 3b", "off", "Bo de Vries"), ChatPrivacy("Club"))
    scanned = (ChatPrivacy("Family", "off"), ChatPrivacy("Club"), ChatPrivacy("Club", "on"))
    assert ChatPrivacyList(every[:1]).with_scanned(scanned).chats == (
        ChatPrivacy("Family", "on"),
        ChatPrivacy("Club"),
    )
    assert ChatPrivacyList(every).note == (
        "Advanced Chat Privacy on: Family\n"
        "Advanced Chat Privacy off: School: 3b (admin: Bo de Vries)\n"
        "Advanced Chat Privacy not known: Club"
    )
    assert ChatPrivacyList().note == ""
    assert [
        each.setting
        for each in (every[0].with_next_setting(), every[1].with_next_setting(), every[2].with_next_setting())
    ] == [
        "off",
        "unknown",
        "on",
    ]
