"""A record with something of everything that a case file tells, and what a case is judged by."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser

from metaoptout_tui.core.case_file.case import Case, CaseReferenceData, build_case
from metaoptout_tui.core.record.accounts import EvidenceFileState, Record, evidence_items_of
from metaoptout_tui.documents.case_calendar import render_case_calendar
from metaoptout_tui.documents.case_json import render_case_json
from metaoptout_tui.documents.case_renderers import render_case_html, render_case_markdown
from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_playbook, public_holiday_name
from samples import NOW, account, at, entry, record

GUIDANCE = "Edition 2 of 2026-11-23, of this program"

HOSTILE = (
    "</bdi></dd><script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; &#60;i&#62; <!-- x --> ]]> "
    "[x](https://evil.example/a) ![y](https://evil.example/b) <https://evil.example/c> https://evil.example/d "
    "www.evil.example `code` *b* _i_ ~~s~~ | a | \\ ; , : \u202ertl\u202c \x1b]0;owned\x07 \x00 {{7*7}} ${x} \u2028BEGIN:VEVENT\r\nEND:VCALENDAR"
)
"""Text that would do something wherever it were taken for more than text."""


def known() -> CaseReferenceData:
    return CaseReferenceData(load_playbook(), GUIDANCE, load_authorities(), load_countries(), public_holiday_name)


def full_record(words: str = "Ordinary words.") -> Record:
    """Accounts in many states, with `words` wherever a person can write freely."""
    filed = entry("filed", at(2), email="anna@example.org", reason=f"{words}\nSecond line.", form="facebook-ai")
    wrong = entry("confirmed-by-mail", at(1.5), reference=words)
    overdue = entry("filed", at(100))
    return record(
        account(
            "facebook",
            entry("account-added", at(9), hub="private"),
            filed,
            entry("noted", at(1.7), step="confirm", text=words),
            wrong,
            entry("step-reopened", at(1), step="confirm"),
            entry("date-corrected", at(1), entry=filed.id, to=at(3)),
            entry("evidence", at(1), file="screenshot.png", sha256="ab" * 32, bytes=3, of=filed.id),
            hub="private",
        ),
        account("instagram", hub="private"),
        account(
            "instagram-shop",
            overdue,
            entry("reminded", at(60), note=words),
            entry("asked-applied", at(55), by="letter", received=date(2026, 10, 1)),
            entry("evidence", at(50), file="letter.pdf", sha256="cd" * 32, bytes=9, of=overdue.id),
            hub="",
        ),
        account("threads", entry("filed", at(9)), entry("refused", at(3), grounds=words, note=words)),
        account("whatsapp", entry("review-answered", at(1), point="whatsapp.used", answer="yes")),
    )


def case(
    progress: Record | None = None, now: datetime = NOW, *, account: str = "", exported: Collection[str] = ()
) -> Case:
    """The case of a record whose kept files are all as they were; `exported` are digests of appointments."""
    if progress is None and now is NOW and not exported:
        return _usual_case(account)
    return _case(progress or full_record(), now, account, exported)


def _case(record: Record, now: datetime, account: str, exported: Collection[str] = ()) -> Case:
    outcomes = [EvidenceFileState.OK] * len(evidence_items_of(record))
    return build_case(record, known(), now, outcomes, account_id=account, exported_appointments=exported)


@cache
def _usual_case(account: str) -> Case:
    """The case of `full_record`, which most tests look at and none changes."""
    return _case(full_record(), NOW, account)


def build_usual_case(words: str) -> Case:
    """The case of `full_record` with these words of the person, built anew in the language in use."""
    return _case(full_record(words), NOW, "")


@cache
def _usual_documents() -> dict[str, str]:
    return render_documents(_usual_case(""))


def documents(case: Case) -> dict[str, str]:
    """The four files as text by their endings; the calendar unfolded."""
    if case is _usual_case(""):
        return dict(_usual_documents())
    return render_documents(case)


def render_documents(case: Case) -> dict[str, str]:
    """The same, made anew in the language in use."""
    made = {
        "html": render_case_html(case),
        "md": render_case_markdown(case),
        "json": render_case_json(case),
        "ics": render_case_calendar(case).replace(b"\r\n ", b""),
    }
    return {ending: data.decode() for ending, data in made.items()}


def of_country(progress: Record, country: str) -> Record:
    return replace(progress, person=replace(progress.person, country=country))


class Tags(HTMLParser):
    """Every tag with its attributes, and all text outside of the style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]
