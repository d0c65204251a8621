"""Completes an edition that was written for an earlier version of this program.

A later version asks by name for sentences and statements that no earlier edition has. They are taken from the bundled
guidance, so that an edition which a person accepted goes on being used.
"""

from collections.abc import Mapping
from typing import Any

from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE
from metaoptout_tui.guidance.loader import PLAYBOOK_FILE, TEXTS_FILE, read_bundled

_ADDED_IDS = (
    *(
        "state.message-unread",
        "state.covered-sent",
        "state.covered-perhaps",
        "state.undelivered",
        "state.again-",
        "hole.undelivered",
    ),
    *("next.message-unread", "next.send-another-way", "next.ask-applied", "next.await-information", "next.link-asked"),
    *("state.object-itself", "next.object-itself", "next.other-accounts", "cover.perhaps"),
    *("next.links-unknown", "next.look-for-download", "next.recheck-past"),
    *("next.remove-meta-ai", "next.delete-chat", "next.switch-on-privacy", "next.ask-to-delete"),
    *("next.linked-then", "next.silent-no-period", "next.extension-", "next.tell-authority"),
    *("answer.confirmed-on-screen.", "answer.confirmed-in-app", "answer.will-be-reviewed", "answer.undeliverable"),
    *("answer.code-asked.", "answer.more-asked.question", "answer.extended.question"),
    *("answer.refused.question", "answer.refused.wrong-form", "answer.refused.no-examples", "answer.authority-"),
    *("next.authority-", "period.authority.uk"),
    *("period.sent-again", "state.filed-again", "state.filed-since", "answer.refused.none.answered."),
    *(
        "period.form-completed",
        "period.letter-assumed",
        "period.letter-answered",
        "period.month-alone",
        "period.answer-assumed",
        "period.identity-",
        "period.pause",
        "period.last-contact.",
    ),
    *("period.extension-unsettled", "period.three-months.regulator", "period.three-months.contact"),
    *("state.no-log-in", "state.deleted", "next.no-log-in", "log-in.", "no-login.deleted"),
    *("period.complaint-to-regulator", "period.acknowledgement-days.", "download."),
    *("answer.inquiry-answered", "answer.after-decision", "after-decision."),
    *("state.complaint-", "state.in-court", "hole.complaint-", "next.decision-", "next.after-advice", "next.in-court"),
    *("confirm.question.uk", "state.received", "state.mail-lost", "next.mail-lost", "answer.mail-lost"),
    *(
        "answer.more-asked.examples",
        "answer.more-asked.residence",
        "answer.more-asked.other.",
        "answer.answer-missing.",
        "elsewhere.",
        "form.elsewhere",
        "field.elsewhere-",
    ),
    *("platform.elsewhere.", "step.open.title.elsewhere"),
    "answer-word.unknown",
)
"""Ids, or their beginnings, of what was added to the guidance since the release 0.1.0 and is asked for by name."""


def complete_edition(structure: dict[str, Any], texts: object) -> object:
    """Add what was added since to the structure of an edition where it lacks it; return its completed texts.

    Nothing that the edition has is changed. Values of the wrong type are left to the checks.
    """
    rows, sources = structure.get("statement"), structure.get("source")
    sentences = texts.get("sentences") if isinstance(texts, Mapping) else None
    if not (isinstance(texts, Mapping) and isinstance(rows, list) and isinstance(sources, Mapping)):
        return texts
    if not isinstance(sentences, Mapping):
        return texts
    bundled = read_bundled(PLAYBOOK_FILE)
    _add_data_from_elsewhere(structure, bundled)
    known = {str(row.get("id")) for row in rows if isinstance(row, Mapping)}
    added = [row for row in bundled["statement"] if row["id"].startswith(_ADDED_IDS) and row["id"] not in known]
    structure["statement"] = [*rows, *added]
    told = [row for table in ("statement", "form", "field") for row in _rows_of(structure, table)]
    cited = {
        id for row in told if row.get("platforms") == [FROM_ELSEWHERE] or row in added for id in _source_ids_of(row)
    }
    missing = {id: source for id, source in bundled["source"].items() if id in cited and id not in sources}
    structure["source"] = {**sources, **missing}
    added_sentences = {
        id: sentence
        for id, sentence in read_bundled(TEXTS_FILE)["sentences"].items()
        if id.startswith(_ADDED_IDS) and id not in sentences
    }
    return {**texts, "sentences": {**sentences, **added_sentences}}


def _add_data_from_elsewhere(structure: dict[str, Any], bundled: Mapping[str, Any]) -> None:
    """Add what is no profile to the platforms of an edition without it: its walk, forms, fields and reasons.

    What such an edition says of every platform, it says of profiles; so it stays where the bundled guidance has it so.
    """
    if any(row.get("id") == FROM_ELSEWHERE for row in _rows_of(structure, "platform")):
        return
    for table in _TABLES_WITH_SCOPE:
        scopes = {row["id"]: row["platforms"] for row in _rows_of(bundled, table) if "platforms" in row}
        for row in _rows_of(structure, table):
            if "platforms" not in row and str(row.get("id")) in scopes:
                row["platforms"] = scopes[str(row["id"])]
    options = {row["id"]: row.get("options_from_elsewhere", ()) for row in _rows_of(bundled, "prompt")}
    for row in _rows_of(structure, "prompt"):
        own_options = row.get("options")
        if isinstance(own_options, list):
            kept = [option for option in options.get(str(row.get("id")), ()) if option in own_options]
            row.setdefault("options_from_elsewhere", kept)
    for table in ("form", "field", "walk", "platform"):
        added = [
            row for row in _rows_of(bundled, table) if FROM_ELSEWHERE in (row.get("id"), *row.get("platforms", ()))
        ]
        former = structure.get(table)
        if isinstance(former, list):
            structure[table] = [*added, *former] if table == "walk" else [*former, *added]


_TABLES_WITH_SCOPE = ("statement", "path", "field", "trouble", "terms")


def _source_ids_of(row: Mapping[str, Any]) -> list[str]:
    """The ids of the sources of a row; what is of another type is left to the checks."""
    sources = row.get("sources")
    return [id for id in sources if isinstance(id, str)] if isinstance(sources, list) else []


def _rows_of(structure: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    """The rows of a table that are tables themselves; what is of another type is left to the checks."""
    rows = structure.get(table)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
