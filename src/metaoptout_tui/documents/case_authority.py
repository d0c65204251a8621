"""The section of a case file on the authority, and how an address stands in it."""

from collections.abc import Iterator

from metaoptout_tui.core.case_file.case import Case, CaseAuthority
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.basis import SURENESS_WORDS
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.documents.outline import OutlineLink, OutlineRow, OutlineSection, OutlineValue, QuotedText


def authority_sections(case: Case) -> Iterator[OutlineSection]:
    """A section on each authority; where there are several, each names the country."""
    if len(case.authorities) == 1:
        yield _authority_section(case.authorities[0], "authority", _("Authority"))
        return
    for number, authority in enumerate(case.authorities, start=1):
        title = _("Authority ({country})").format(country=authority.country_name)
        yield _authority_section(authority, "authority" if number == 1 else f"authority-{number}", title)


def _authority_section(case_authority: CaseAuthority, id: str, title: str) -> OutlineSection:
    """How to write to the authority, and what is said of it; where none is known, that and the list of all."""
    authority = case_authority.authority
    if authority is None:
        rows = (
            [address_row(_("All authorities of the EEA"), case_authority.eea_list_page)]
            if case_authority.eea_list_page
            else []
        )
        paragraphs = (_("This program knows of no single authority for this person."), *case_authority.remarks)
        return OutlineSection(id, title, paragraphs=paragraphs, rows=tuple(rows))
    rows = [
        *(OutlineRow(line.label, _contact_value(line.value)) for line in case_authority.contact_lines),
        OutlineRow(_("How sure the contact is"), _(SURENESS_WORDS[authority.contact.sureness])),
        OutlineRow(
            _("Takes complaints in"),
            # Translators: {languages} is such as “Dutch, French or German”.
            _("{languages}, according to one public list").format(languages=authority.complaint_languages),
        ),
    ]
    if authority.complaint_page:
        rows.append(address_row(_("Page for complaints"), authority.complaint_page))
    rows.append(address_row(_("Main site"), authority.website))
    rows.extend(
        address_row(_("Further page ({language})").format(language=page.language), page.url)
        for page in authority.further_pages
    )
    if case_authority.eea_list_page:
        rows.append(address_row(_("All authorities of the EEA"), case_authority.eea_list_page))
    return OutlineSection(id, title, paragraphs=case_authority.remarks, rows=tuple(rows))


def _contact_value(value: str) -> OutlineValue:
    """A page as a link, several lines as they are, any other value as plain words."""
    if value.startswith("http"):
        return address_row("", value).value
    return QuotedText(value) if "\n" in value else value


def address_row(label: str, url: str) -> OutlineRow:
    """A row with a link if the program itself would open the address, else with the address as text."""
    try:
        return OutlineRow(label, OutlineLink(str(parse_trusted_url(url))))
    except LinkRefused:
        return OutlineRow(label, QuotedText(url))
