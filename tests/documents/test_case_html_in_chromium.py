"""The page of a case in a real browser: what is read there, where its links lead, what is printed, and that nothing is asked for."""

import re
from pathlib import Path

import pypdf
import pytest

from chromium import visit
from metaoptout_tui.documents.case_renderers import render_case_html
from sample_case import HOSTILE, Tags, case, full_record

A4 = (595, 842)
PROBES = (
    '<img src="http://probe.example/a.png"><script src="https://probe.example/b.js"></script>'
    '<link rel="stylesheet" href="http://probe.example/c.css"><iframe src="http://probe.example/d"></iframe>'
    "<script>document.body.append('it ran')</script><p style=\"background: url(http://probe.example/e)\">x</p>"
)


def page(folder: Path, html: bytes, name: str = "case.html") -> Path:
    path = folder / name
    path.write_bytes(html)
    return path


@pytest.mark.exhaustive
def test_the_page_asks_for_nothing_and_would_be_refused_if_it_did(tmp_path: Path) -> None:
    html = render_case_html(case(full_record(HOSTILE)))
    assert visit(page(tmp_path, html), tmp_path, "--dump-dom").hosts == set()
    probed = page(tmp_path, PROBES.encode(), "probed.html")
    assert "probe.example" in visit(probed, tmp_path, "--dump-dom").hosts
    injected = page(tmp_path, html.replace(b"</main>", PROBES.encode() + b"</main>"), "injected.html")
    seen = visit(injected, tmp_path, "--dump-dom")
    assert "probe.example" not in seen.hosts
    assert "it ran</" not in seen.out


@pytest.mark.exhaustive  # one start of a browser more
def test_the_browser_reads_what_was_written_and_nothing_became_a_tag(tmp_path: Path) -> None:
    html = render_case_html(case(full_record(HOSTILE)))
    read, written = Tags(visit(page(tmp_path, html), tmp_path, "--dump-dom").out), Tags(html.decode())
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in written.tags]
    assert read.links() == written.links()
    assert " ".join(read.text.split()) == " ".join(written.text.split())
    assert "<script>alert(1)</script>" in read.text


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> pypdf.PdfReader:
    """The page as it comes out of the printer."""
    folder = tmp_path_factory.mktemp("printed")
    visit(page(folder, render_case_html(case())), folder, "--print-to-pdf=case.pdf", "--no-pdf-header-footer")
    return pypdf.PdfReader(folder / "case.pdf")


@pytest.mark.exhaustive  # a browser that prints, and a library that reads what it printed
def test_it_prints_on_a4_with_a_summary_first_and_every_address_in_full(printed: pypdf.PdfReader) -> None:
    texts = [each.extract_text() for each in printed.pages]
    assert {tuple(round(float(side)) for side in each.mediabox[2:]) for each in printed.pages} == {A4}
    assert len(texts) <= 9
    first, second = (" ".join(text.split()) for text in texts[:2])
    for words in ("Contents", "Summary", "Objected", "What came back", "What is asked"):
        assert words in first
    for name in ("Facebook “Anna”", "Instagram “Anna”", "Instagram “shop”", "Threads “Anna”", "WhatsApp “Anna”"):
        assert name in first
    assert "This is not legal advice." in second
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(texts)}" in text
    together = "".join("".join(texts).split())
    for link in Tags(render_case_html(case()).decode()).links():
        if link.startswith("https"):
            assert link.replace("ﬁ", "fi") in together.replace("ﬁ", "fi").replace("ﬀ", "ff").replace("ﬂ", "fl")
    for text in texts:
        # A heading is never the last thing on a page.
        lines = [line for line in text.strip().split("\n") if "Case file: objection" not in line and " / " not in line]
        assert not re.search(r"^(?:\d+\. .*|What happened|Legal periods|Exhibits)$", lines[-1])


@pytest.mark.exhaustive
def test_an_item_is_not_parted_by_the_end_of_a_page(printed: pypdf.PdfReader) -> None:
    """What belongs together begins and ends on one page: each item of the gist, each exhibit, each entry with its rows."""
    texts = [" ".join(each.extract_text().split()) for each in printed.pages]
    for begin, end in (
        ("Exhibit 1: Objection sent", "Compared when this was written unchanged"),
        ("Exhibit 2: Objection sent", "Compared when this was written unchanged"),
        ("Asked Meta whether the objection was applied Sent by", "Received 1 Oct 2026"),
    ):
        [text] = [each for each in texts if begin in each]
        assert end in text.partition(begin)[2]


@pytest.mark.exhaustive
def test_nothing_is_printed_beyond_the_edge_of_the_paper(printed: pypdf.PdfReader) -> None:
    for sheet in printed.pages:
        places: list[float] = []

        def begins(text: str, page: list[float], at: list[float], *_: object, places: list[float] = places) -> None:
            if text.strip():
                places.append(page[0] * at[4] + page[4])

        sheet.extract_text(visitor_text=begins)
        assert places
        assert all(0 <= place <= A4[0] for place in places)
