"""What people call the commands, besides their titles: the palette finds them by these words too."""

from collections.abc import Mapping

from metaoptout_tui.core.language.translation import SOURCE_LANGUAGE, language_in_use, pgettext

SEARCH_CONTEXT = "words to find an action by"
"""Tells translators that words are typed and never shown: others may be better than the translated ones."""
_NO_LOG_IN = (
    "log in login sign forgot forgotten password hacked locked blocked banned disabled suspended deactivated deleted "
    "lost access"
)
COMMAND_SYNONYMS: Mapping[str, str] = {
    "everywhere.help": "help shortcuts keyboard manual commands",
    "everywhere.manual": "documentation book guide chapters how to handbook bigger larger letters text font size zoom",
    "everywhere.language": "language translation english deutsch nederlands français español italiano",
    "everywhere.reach": "covers scope third parties",
    "everywhere.frauds": "scam phishing hoax chain letter rumours",
    "everywhere.download": "download your information export import zip exposure facebook instagram",
    "everywhere.kept": "backup restore version history privacy files stored data merge sync conflict delete purge",
    "everywhere.people": "people person others helper family clients switch several records",
    "everywhere.different": "report bug issue feedback wrong moved changed outdated menu",
    "everywhere.rehearse": "practise practice try test demo example tutorial dry run",
    "everywhere.leave": "quit exit close end stop",
    "checklist.do": "start continue go on",
    "checklist.tick": "done check mark untick",
    "checklist.next": "what now continue to-do",
    "checklist.add": "new account profile create child daughter son",
    "checklist.no-login": _NO_LOG_IN,
    "checklist.ways": "begin start welcome objected before earlier already no account log in download",
    "checklist.edit": "edit rename change e-mail email address handle typo wrong child daughter son",
    "checklist.remove": "remove delete account",
    "checklist.note": "comment remark write",
    "checklist.diary": "history log entries journal dates",
    "checklist.helper": "helper authorised power of attorney mandate representative",
    "checklist.periods": "deadline month due time limit",
    "checklist.letters": "complain authority reminder mail template",
    "checklist.link": "url address website form objection QR",
    "checklist.more": "problem error trouble broken went wrong everything",
    "checklist.sources": "sources proof references evidence",
    "checklist.guidance": "update settings news feed pages network",
    "checklist.authority": "complain complaint regulator data protection",
    "checklist.overview": "overview table list status summary all",
    "checklist.export": "export print pdf save lawyer calendar appointments dates reminder ics outlook google",
    "checklist.skip": "skip ignore not for me",
    "checklist.you": "settings preferences options country language e-mail email address profile name move moved moving house home Land",
    "checklist.quit": "quit exit close end stop",
    "checklist.undo": "back revert mistake",
    "checklist.redo": "again",
    "identify.no-login": _NO_LOG_IN,
    "open.no-login": _NO_LOG_IN,
    "submit.no-login": _NO_LOG_IN,
    "kept.open": "file manager explorer finder where",
    "letter.folder": "file manager explorer finder where print",
    "overview.timeline": "history log chronology",
    "letters.authority": "complain complaint regulator data protection",
    "letter.authority": "complain complaint regulator data protection",
    "letter.sent": "done posted mailed",
    "letter.language": "translate translation",
    "letter.mail": "e-mail send",
    "reason.language": "translate translation",
    "reason.clear": "delete remove",
    "export.write": "save export print",
    "diary.attach": "file screenshot proof evidence upload",
    "diary.correct": "change edit date note reference",
    "diary.open": "view show proof evidence picture",
    "review.scan": "whatsapp export search",
}
"""By the id of a command, the words."""


def synonyms_of(command_id: str) -> str:
    """The words by which people look for a command: in the language in use, and in English; empty for one without."""
    words = COMMAND_SYNONYMS.get(command_id, "")
    if not words or language_in_use() == SOURCE_LANGUAGE:
        return words
    return f"{pgettext(SEARCH_CONTEXT, words)} {words}"
