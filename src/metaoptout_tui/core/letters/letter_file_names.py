"""What the file of a letter is called, in the language of the letter, and which letter a file is by its name."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import HOLDS_LETTER

LETTER_FILE_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "de": {
            "reminder": "erinnerung",
            "identity": "identitaet",
            "no-examples": "keine-beispiele",
            "examples": "beispiele",
            "residence": "wohnsitz",
            "question": "antwort-auf-frage",
            "late-extension": "verlaengerung-verspaetet",
            "unreasoned-extension": "verlaengerung-ohne-gruende",
            "refusal-answer": "antwort-auf-ablehnung",
            "asked-applied": "frage-zur-umsetzung",
            "objection": "widerspruch",
            "complaint": "beschwerde",
            "complaint-ch": "meldung-edoeb",
            "meta-gave-in": "meta-gab-nach",
            "authority-answer": "antwort-an-behoerde",
            "authority-status": "stand-der-beschwerde",
            "friends": "nachricht-an-leute",
            "debunk": "goodbye-meta-ai",
        },
        "nl": {
            "reminder": "herinnering",
            "identity": "identiteit",
            "no-examples": "geen-voorbeelden",
            "examples": "voorbeelden",
            "residence": "woonland",
            "question": "antwoord-op-vraag",
            "late-extension": "verlenging-te-laat",
            "unreasoned-extension": "verlenging-zonder-redenen",
            "refusal-answer": "antwoord-op-afwijzing",
            "asked-applied": "vraag-over-bezwaar",
            "objection": "bezwaar",
            "complaint": "klacht",
            "meta-gave-in": "meta-gaf-toe",
            "authority-answer": "antwoord-aan-toezichthouder",
            "authority-status": "stand-van-klacht",
            "friends": "bericht-aan-mensen",
            "debunk": "goodbye-meta-ai",
        },
        "fr": {
            "reminder": "rappel",
            "identity": "identite",
            "no-examples": "sans-exemples",
            "examples": "exemples",
            "residence": "pays-de-residence",
            "question": "reponse-a-la-question",
            "late-extension": "prolongation-tardive",
            "unreasoned-extension": "prolongation-sans-motifs",
            "refusal-answer": "reponse-au-refus",
            "asked-applied": "question-sur-les-suites",
            "objection": "opposition",
            "complaint": "reclamation",
            "complaint-ch": "signalement-pfpdt",
            "meta-gave-in": "meta-a-cede",
            "authority-answer": "reponse-a-l-autorite",
            "authority-status": "suivi-de-la-reclamation",
            "friends": "message-aux-personnes",
            "debunk": "goodbye-meta-ai",
        },
        "es": {
            "reminder": "recordatorio",
            "identity": "identidad",
            "no-examples": "sin-ejemplos",
            "examples": "ejemplos",
            "residence": "pais-de-residencia",
            "question": "respuesta-a-la-pregunta",
            "late-extension": "prorroga-tardia",
            "unreasoned-extension": "prorroga-sin-motivos",
            "refusal-answer": "respuesta-a-la-negativa",
            "asked-applied": "pregunta-sobre-la-oposicion",
            "objection": "oposicion",
            "complaint": "reclamacion",
            "meta-gave-in": "meta-ha-cedido",
            "authority-answer": "respuesta-a-la-autoridad",
            "authority-status": "estado-de-la-reclamacion",
            "friends": "mensaje-a-personas",
            "debunk": "goodbye-meta-ai",
        },
        "it": {
            "reminder": "sollecito",
            "identity": "identita",
            "no-examples": "senza-esempi",
            "examples": "esempi",
            "residence": "paese-di-residenza",
            "question": "risposta-alla-domanda",
            "late-extension": "proroga-tardiva",
            "unreasoned-extension": "proroga-senza-motivi",
            "refusal-answer": "risposta-al-rifiuto",
            "asked-applied": "domanda-sull-opposizione",
            "objection": "opposizione",
            "complaint": "reclamo",
            "complaint-ch": "segnalazione-ifpdt",
            "meta-gave-in": "meta-ha-ceduto",
            "authority-answer": "risposta-all-autorita",
            "authority-status": "stato-del-reclamo",
            "friends": "messaggio-a-persone",
            "debunk": "goodbye-meta-ai",
        },
    }
)
"""What a letter is called in the name of its file, by language and id, in ASCII; a letter in English is called by its id.

A word stands for one letter whatever the language. Files from before have the id in every language.
"""


def letter_file_name(letter: str, account: str, language: str, day: date) -> str:
    """The name of a letter's file, without the suffix: `2026-11-25-herinnering-facebook-nl`."""
    word = LETTER_FILE_WORDS.get(language, {}).get(letter, letter)
    return f"{day.isoformat()}-{word}-{account}-{language}"


def is_file_of_letter(name: str, letter: str, account: str) -> bool:
    """Whether a file is a letter about an account by its name, in any language, also by a name from before."""
    words = {letter, *(words[letter] for words in LETTER_FILE_WORDS.values() if letter in words)}
    either = "|".join(map(re.escape, sorted(words)))
    return bool(re.match(rf"\d{{4}}-\d\d-\d\d-(?:{either})-{re.escape(account)}-[a-z]{{2}}(?:-\d+)?(?:\.|$)", name))


def letters_kept_with(sent: Event, account: Account) -> frozenset[str]:
    """The letters whose text was kept with an entry, by the names of their files (`letter_file_name`)."""
    names = [
        event.text("file")
        for event in account.events
        if event.kind == EventKind.EVIDENCE and event.text("holds") == HOLDS_LETTER and event.text("of") == sent.id
    ]
    return frozenset(
        id for id in EVENT_KIND_BY_LETTER if any(is_file_of_letter(name, id, account.id) for name in names)
    )
