"""The case file as JSON, with the keys that the manual describes (`json.md`)."""

import json
from datetime import date
from typing import Any

from metaoptout_tui.core.case_file.case import Case, CaseAccount, CaseAuthority, CaseExhibit, CaseLetter
from metaoptout_tui.core.case_file.diary import CaseDiaryEntry
from metaoptout_tui.core.case_file.helper import CaseHelper
from metaoptout_tui.core.case_file.periods import CasePeriod
from metaoptout_tui.core.guidance.basis import Basis
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue

SCHEMA_VERSION = 1


def render_case_json(case: Case) -> bytes:
    """The document in UTF-8 with sorted keys: dates as ISO 8601, unknown values null or empty.

    Its words are English in every language, so a case is given that was built in `in_catalogue(ENGLISH)`.
    """
    with in_catalogue(ENGLISH):
        return _english_json(case)


def _english_json(case: Case) -> bytes:
    further = [_authority_to_json(each) | {"controller": list(each.controller)} for each in case.authorities[1:]]
    document = {
        "schema": SCHEMA_VERSION,
        "program": "metaoptout-tui",
        "made": case.made_at.isoformat(),
        "redacted": case.is_redacted,
        "notice": list(case.preface),
        "guidance": {"id": case.playbook.id, "serial": case.playbook.serial, "published": case.playbook.published},
        "person": {"name": case.name or None, "country": case.country, "email": case.email, "region": case.region},
        **({"helper": _helper_to_json(case.helper)} if case.helper is not None else {}),
        "accounts": [_account_to_json(account) for account in case.accounts],
        "controller": list(case.authorities[0].controller),
        "authority": _authority_to_json(case.authorities[0]),
        **({"further_authorities": further} if further else {}),
        "due": [
            {
                "id": appointment.id,
                "account": appointment.account_name,
                "summary": appointment.summary,
                "on": appointment.due.isoformat(),
                "task": appointment.is_task,
            }
            for appointment in case.appointments
        ],
        "statements": [
            {"id": statement.id, "text": statement.sentence, "basis": _basis_to_json(statement.basis)}
            for statement in case.statements
        ],
        "sources": {
            source.id: {
                "publisher": source.publisher,
                "url": source.url or None,
                "date": source.date or None,
                "language": source.language or None,
                "quality": source.quality,
            }
            for source in case.sources
        },
    }
    return (json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _helper_to_json(helper: CaseHelper) -> dict[str, object]:
    return {
        "name": helper.name or None,
        "authorised": helper.how or None,
        "at": helper.at.isoformat(),
        "exhibit": helper.exhibit,
    }


def _account_to_json(account: CaseAccount) -> dict[str, object]:
    return {
        "id": account.id,
        "name": account.name,
        "platform": account.platform,
        "email": account.email,
        "child": account.child or None,
        "link": account.linked_group,
        "state": account.state,
        "summary": {
            "objected": list(account.summary.objections),
            "sent": list(account.summary.sent),
            "came_back": list(account.summary.received),
            "asked": account.summary.request or None,
        },
        "covered_by": account.covering_account_name or None,
        "next": account.next_task,
        "diary": [_entry_to_json(entry) for entry in account.diary],
        "periods": [_period_to_json(period) for period in account.periods],
        "evidence": [_exhibit_to_json(file) for file in account.exhibits],
        "letters": [_letter_to_json(letter) for letter in account.letters],
    }


def _entry_to_json(entry: CaseDiaryEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "what": entry.kind,
        "words": entry.sentence,
        "details": [{"label": detail.label, "text": detail.value} for detail in entry.details],
        "standing": entry.status,
        "at_before_correction": entry.original_at.isoformat() if entry.original_at else None,
        "taken_back_at": entry.taken_back_at.isoformat() if entry.taken_back_at else None,
    }


def _period_to_json(period: CasePeriod) -> dict[str, object]:
    return {
        "rule": period.kind,
        "about": period.purpose,
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
        "sureness": period.sureness,
        "extended": period.is_extended,
        "set_by": period.started_by,
        "ended": _iso_date_or_none(period.ended_on),
        "over": period.is_over,
        "end_open": period.is_end_open,
        "on_hold": period.is_on_hold,
        "arrival_assumed": period.is_arrival_assumed,
        "working": [
            {
                "text": line.sentence,
                "day": line.day.isoformat(),
                "law": line.citation or None,
                "detail": line.holiday or None,
                "basis": _basis_to_json(line.basis),
            }
            for line in period.calculation
        ],
    }


def _letter_to_json(letter: CaseLetter) -> dict[str, object]:
    return {
        "entry": letter.entry.id,
        "exhibit": letter.exhibit.number if letter.exhibit else None,
        "text": letter.text or None,
    }


def _exhibit_to_json(file: CaseExhibit) -> dict[str, object]:
    return {
        "exhibit": file.number,
        "entry": file.event_id,
        "file": file.kept_file.name,
        "sha256": file.kept_file.sha256,
        "bytes": file.kept_file.size if file.kept_file.size >= 0 else None,
        "found": str(file.file_state),
        "about": file.belongs_to,
        "added": file.added_at.isoformat(),
    }


def _basis_to_json(basis: Basis | None) -> dict[str, object] | None:
    if basis is None:
        return None
    return {
        "sources": list(basis.sources),
        "sureness": basis.sureness,
        "checked_on": basis.checked_on,
        "provision": basis.provision or None,
        "disputed": basis.is_disputed,
    }


def _iso_date_or_none(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _authority_to_json(case_authority: CaseAuthority) -> dict[str, Any]:
    authority = case_authority.authority
    return {
        "code": authority.code if authority else None,
        "name": authority.name if authority else None,
        "complaint": authority.complaint_page if authority else None,
        "site": authority.website if authority else None,
        "full_name": authority.full_name if authority else None,
        "address": list(authority.contact.address) if authority else [],
        "contact": [{"label": line.label, "text": line.value} for line in case_authority.contact_lines],
        "contact_sureness": authority.contact.sureness if authority else None,
        "emails": list(authority.emails) if authority else [],
        "languages": list(authority.languages) if authority else [],
        "verified": authority.verification if authority else None,
        "lists": list(authority.listed_by) if authority else [],
        "remarks": list(case_authority.remarks),
        "all": case_authority.eea_list_page or None,
    }
