"""The list of data protection authorities: whole, genuine, and honest about how far each page is verified."""

import re
from datetime import date

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
        assert all(re.fullmatch(r"[\w.-]+@[\w.-]+\.[a-z]{2,}", address) for address in authority.emails)


def test_every_note_has_its_sentence_and_every_sentence_its_use(
    known: AuthorityDirectory, every: list[Authority]
) -> None:
    used = {f"verified.{each.verification}" for each in every} | {"fallback"}
    used |= {f"note.{note}" for each in every for note in each.note_ids}
    used |= {f"also.{page.purpose}" for each in every for page in each.further_pages}
    contact_labels = {line.label for each in every for line in known.contact_lines(each)}
    contact_ids = {id for id in known.sentences if id.startswith("contact.")}
    assert contact_labels == {known.sentences[id] for id in contact_ids}
    assert used | {"contact"} | contact_ids == set(known.sentences)
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
    assert any("This authority leads for Meta" in remark for remark in known.remarks_on(irish))


def test_where_no_page_is_known_that_is_said_once(known: AuthorityDirectory) -> None:
    westphalia = known.by_code["DE-NW"]
    assert not westphalia.complaint_page
    assert known.remarks_on(westphalia)[0].startswith("No page for complaints was found in the public lists.")
    assert sum("No page for complaints" in remark for remark in known.remarks_on(westphalia)) == 1


def test_what_is_said_of_an_authority_begins_with_how_far_it_is_verified(
    known: AuthorityDirectory, every: list[Authority]
) -> None:
    for authority in every:
        assert known.remarks_on(authority)[0] == known.sentences[f"verified.{authority.verification}"]


def test_a_letter_can_be_addressed_to_every_authority(every: list[Authority]) -> None:
    for authority in every:
        contact = authority.contact
        assert len(contact.address) >= 3, authority.code
        for line in authority.postal_lines:
            assert line == " ".join(line.split()), authority.code
            assert line.isprintable(), authority.code
        assert not re.fullmatch(r"[A-Z-]+", authority.full_name), authority.code
        assert re.search(r"\d", "".join(contact.address)), authority.code


def test_each_contact_says_where_it_is_from_and_how_sure_it_is(every: list[Authority]) -> None:
    for authority in every:
        contact = authority.contact
        assert date(2020, 1, 1) <= date.fromisoformat(contact.changed_on) <= date(2026, 7, 21), authority.code
        assert contact.made_from, authority.code
        assert all(re.fullmatch(r"https?://[\w.-]+/\S*", page) for page in contact.made_from), authority.code
        assert contact.sureness == ("medium" if contact.changed_on >= "2026" else "low"), authority.code


def test_where_two_lists_differ_both_are_kept_and_said(known: AuthorityDirectory, every: list[Authority]) -> None:
    def told(code: str) -> dict[str, str]:
        return {line.label: line.value for line in known.contact_lines(known.by_code[code])}

    assert known.by_code["IT"].emails == ("protocollo@pec.gpdp.it", "garante@gpdp.it")
    assert told("IT")["E-mail in another list"] == "garante@gpdp.it"
    assert told("GB")["Full name"] == "Information Commissioner's Office (Information Commission)"
    assert told("GB")["Name in that list"] == "The Information Commissioner’s Office"
    assert told("MT")["Another form, in that list"] == "https://register.idpc.org.mt/report-breach/complaint/"
    for authority in every:
        pages = {authority.complaint_page, *(page.url for page in authority.further_pages)}
        assert authority.contact.form not in pages or not authority.contact.form, authority.code
        assert not set(authority.other_emails) & {authority.contact.email}, authority.code


def test_the_files_hold_nothing_that_is_not_read() -> None:
    keys = {
        "name",
        "full_name",
        "contact",
        "site",
        "complaint",
        "verified",
        "lists",
        "languages",
        "land",
        "emails_x",
        "notes",
        "also",
    }
    structure = read_bundled(AUTHORITIES_FILE)
    assert set(structure) == {"authority", "fallback"}
    assert all(set(row) <= keys for row in structure["authority"].values())
    contact_keys = {"name", "address", "email", "form", "changed_on", "made_from", "sureness"}
    assert all(set(row["contact"]) <= contact_keys for row in structure["authority"].values())
    assert set(read_bundled(AUTHORITY_TEXTS_FILE)) == {"en"}
