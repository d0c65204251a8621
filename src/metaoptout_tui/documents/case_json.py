"""The case file as data: JSON in UTF-8 with sorted keys, whose names are those that README describes."""

import json
from datetime import date

from metaoptout_tui.core.case import Case, CaseAccount, CaseFile, CaseLetter, CasePeriod
from metaoptout_tui.core.case_diary import Entry
from metaoptout_tui.core.playbook import Basis

SCHEMA = 1


def case_json(case: Case) -> bytes:
    """The document: dates as ISO 8601, what is not known null or empty."""
    found = case.authority.authority
    document = {
        "schema": SCHEMA,
        "program": "metaoptout-tui",
        "made": case.made.isoformat(),
        "redacted": case.is_redacted,
        "notice": list(case.preface),
        "guidance": {"id": case.playbook.id, "serial": case.playbook.serial, "published": case.playbook.published},
        "person": {"country": case.country, "email": case.email, "region": case.region},
        "accounts": [_account(account) for account in case.accounts],
        "authority": {
            "code": found.code if found else None,
            "name": found.name if found else None,
            "complaint": found.complaint if found else None,
            "site": found.site if found else None,
            "emails": list(found.emails) if found else [],
            "languages": list(found.languages) if found else [],
            "verified": found.verified if found else None,
            "lists": list(found.lists) if found else [],
            "remarks": list(case.authority.remarks),
            "all": case.authority.fallback or None,
        },
        "due": [
            {
                "id": each.id,
                "account": each.account,
                "summary": each.summary,
                "on": each.on.isoformat(),
                "task": each.is_task,
            }
            for each in case.agenda
        ],
        "statements": [{"id": each.id, "text": each.sentence, "basis": _basis(each.basis)} for each in case.statements],
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


def _account(account: CaseAccount) -> dict[str, object]:
    return {
        "id": account.id,
        "name": account.name,
        "platform": account.platform,
        "email": account.email,
        "link": account.hub,
        "state": account.state,
        "summary": {
            "objected": list(account.gist.objected),
            "sent": list(account.gist.sent),
            "came_back": list(account.gist.came_back),
            "asked": account.gist.asked or None,
        },
        "covered_by": account.covered_by or None,
        "next": account.next,
        "diary": [_entry(entry) for entry in account.entries],
        "periods": [_period(period) for period in account.periods],
        "evidence": [_file(file) for file in account.files],
        "letters": [_letter(letter) for letter in account.letters],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "what": entry.what,
        "words": entry.words,
        "details": [{"label": detail.label, "text": detail.value} for detail in entry.details],
        "standing": entry.standing,
        "at_before_correction": entry.written.isoformat() if entry.written else None,
        "taken_back_at": entry.back.isoformat() if entry.back else None,
    }


def _period(period: CasePeriod) -> dict[str, object]:
    return {
        "rule": period.rule,
        "about": period.about,
        "first_day": period.begins.isoformat(),
        "last_day": period.last.isoformat(),
        "sureness": period.sureness,
        "extended": period.extended,
        "set_by": period.set_by,
        "ended": _day(period.ended),
        "over": period.is_over,
        "working": [
            {
                "text": line.sentence,
                "day": line.day.isoformat(),
                "law": line.law or None,
                "detail": line.detail or None,
                "basis": _basis(line.basis),
            }
            for line in period.working
        ],
    }


def _letter(letter: CaseLetter) -> dict[str, object]:
    return {
        "entry": letter.entry.id,
        "exhibit": letter.file.exhibit if letter.file else None,
        "text": letter.text or None,
    }


def _file(file: CaseFile) -> dict[str, object]:
    return {
        "exhibit": file.exhibit,
        "entry": file.entry,
        "file": file.file.name,
        "sha256": file.file.sha256,
        "bytes": file.file.size if file.file.size >= 0 else None,
        "found": str(file.outcome),
        "about": file.about,
        "added": file.added.isoformat(),
    }


def _basis(basis: Basis | None) -> dict[str, object] | None:
    if basis is None:
        return None
    return {"sources": list(basis.sources), "sureness": basis.sureness, "checked_on": basis.checked_on}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
