"""The list of data protection authorities: whole, genuine, and honest about how far each page is verified."""

import re

import pytest

from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory, AuthorityPage
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.guidance.loader import AUTHORITIES_FILE, AUTHORITY_TEXTS_FILE, load_authorities, read_bundled

LISTS = {"PG", "DA", "UB", "X"}
LAENDER = {"BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"}


@pytest.fixture(scope="module")
def known() -> AuthorityDirectory:
    return load_authorities()


@pytest.fixture(scope="module")
def every(known: AuthorityDirectory) -> list[Authority]:
    return list(known.by_code.values())


def test_every_country_with_a_right_to_object_in_europe_has_its_authority(
    known: AuthorityDirectory, playbook: Playbook
) -> None:
    countries = {code for region in playbook.regions if region.id in ("eea", "uk", "ch") for code in region.countries}
    assert len(countries) == 32
    assert {code for code in known.by_code if "-" not in code} == countries


def test_every_german_land_has_its_authority(known: AuthorityDirectory) -> None:
    assert {code for code in known.by_code if "-" in code} == {f"DE-{land}" for land in LAENDER}
    laender = known.land_authorities()
    assert len(laender) == 16
    assert [each.land for each in laender] == sorted(each.land for each in laender)


def test_every_address_is_one_that_the_program_may_open(known: AuthorityDirectory, every: list[Authority]) -> None:
    for authority in every:
        addresses = [authority.website, *([authority.complaint_page] if authority.complaint_page else [])]
        for url in (*addresses, *(page.url for page in authority.further_pages)):
            assert str(parse_trusted_url(url)).rstrip("/") == url.rstrip("/"), authority.code
    assert parse_trusted_url(known.eea_list_page).host == "www.edpb.europa.eu"


def test_one_list_alone_verifies_nothing(every: list[Authority]) -> None:
    pages: list[Authority | AuthorityPage] = [
        *every,
        *(page for authority in every for page in authority.further_pages),
    ]
    for each in pages:
        assert set(each.listed_by) <= LISTS
        if each.listed_by:
            assert each.verification == ("several" if len(each.listed_by) > 1 else "one")
    for authority in every:
        assert (authority.verification == "none") == (not authority.complaint_page)


def test_how_many_pages_are_verified(every: list[Authority]) -> None:
    countries = [each for each in every if not each.land]
    assert sum(each.verification == "several" for each in countries) == 18
    assert sum(each.verification == "one" for each in countries) == 14
    assert not any(each.verification == "several" for each in every if each.land)


def test_addresses_of_mail_and_languages_are_well_formed(every: list[Authority]) -> None:
    for authority in every:
        assert authority.name.isprintable()
        assert authority.languages
        assert all(re.fullmatch(r"[a-z]{2}", language) for language in authority.languages)
        assert all(re.fullmatch(r"[\w.]+@[\w.-]+\.[a-z]{2,}", address) for address in authority.emails)


def test_every_note_has_its_sentence_and_every_sentence_its_use(
    known: AuthorityDirectory, every: list[Authority]
) -> None:
    used = {f"verified.{each.verification}" for each in every} | {"fallback"}
    used |= {f"note.{note}" for each in every for note in each.note_ids}
    used |= {f"also.{page.purpose}" for each in every for page in each.further_pages}
    assert used == set(known.sentences)
    for id, sentence in known.sentences.items():
        assert sentence == " ".join(sentence.split()), id
        assert not re.search(r"[\[\]<>{}\\`*_]", sentence), id
        assert len(sentence) <= 165, id


@pytest.mark.parametrize(
    ("country", "land", "code"),
    [
        ("NL", "", "NL"),
        ("NO", "", "NO"),
        ("GB", "", "GB"),
        ("DE", "HH", "DE-HH"),
        ("DE", "DE-HH", "DE-HH"),
        ("DE", "", "DE"),
        ("DE", "XX", "DE"),
        ("FR", "75", "FR"),
        ("AT", "BE", "AT"),
    ],
)
def test_a_person_gets_the_authority_of_where_they_live(
    known: AuthorityDirectory, country: str, land: str, code: str
) -> None:
    found = known.authority_for(country, land)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("country", ["BR", "US", "", "JP"])
def test_elsewhere_none_is_known(known: AuthorityDirectory, country: str) -> None:
    assert known.authority_for(country) is None


def test_the_british_and_the_irish_say_what_comes_first_there(known: AuthorityDirectory) -> None:
    british, irish = known.by_code["GB"], known.by_code["IE"]
    assert any("Complain to Meta first" in remark for remark in known.remarks_on(british))
    assert any("You can stay with the authority" in remark for remark in known.remarks_on(irish))


def test_where_no_page_is_known_one_begins_at_the_main_site(known: AuthorityDirectory) -> None:
    westphalia = known.by_code["DE-NW"]
    assert westphalia.start_page == "https://www.ldi.nrw.de"
    assert known.remarks_on(westphalia)[0].startswith("No page for complaints was found in the public lists.")
    assert sum("No page for complaints" in remark for remark in known.remarks_on(westphalia)) == 1


def test_what_is_said_of_an_authority_begins_with_how_far_it_is_verified(
    known: AuthorityDirectory, every: list[Authority]
) -> None:
    for authority in every:
        assert known.remarks_on(authority)[0] == known.sentences[f"verified.{authority.verification}"]


def test_the_files_hold_nothing_that_is_not_read() -> None:
    keys = {
        "name",
        "site",
        "complaint",
        "verified",
        "lists",
        "languages",
        "land",
        "emails",
        "emails_x",
        "notes",
        "also",
    }
    structure = read_bundled(AUTHORITIES_FILE)
    assert set(structure) == {"authority", "fallback"}
    assert all(set(row) <= keys for row in structure["authority"].values())
    assert set(read_bundled(AUTHORITY_TEXTS_FILE)) == {"en"}
