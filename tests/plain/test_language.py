"""In another language plain mode says nothing in English, and its words are typed in that language or in English."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core import dates
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.translation import ENGLISH, Catalogue, in_catalogue, use_catalogue
from metaoptout_tui.core.objection.applicable_guidance import menu_path_words
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.plain.conversation import Left, Stopped, WentBack, WentToList, WentToNext
from metaoptout_tui.plain.dialogue import Dialogue
from metaoptout_tui.plain.line_terminal import LineTerminal, in_words_alone, then, wrap_statement
from metaoptout_tui.plain.typed_moments import parse_day_and_time
from metaoptout_tui.plain.typed_words import COMMAND_WORDS, find_command_word, typed_word
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from plain_talk import Speak
from pseudo_language import NotingCatalogue, PseudoCatalogue, english_left, pseudo
from sample_mails import mail
from samples import NOW, account, at, entry, record
from signs_of_sentences import load_catalogue_of_own_signs, wrong_signs_in
from translations import __main__ as tool
from translations.unknown_sentences import unknown_sentences

NEW = record(account("facebook"))
WAITING = record(account("facebook", entry("filed", at(9)), hub="private"), account("instagram", hub="private"))
REFUSED = record(account("facebook", entry("filed", at(9)), entry("refused", at(3))))
SILENT = record(account("facebook", entry("filed", at(99))))
POSTED = record(account("facebook", entry("filed", at(9), by="letter")))
WHATSAPP = record(account("whatsapp"))
PAGE = ("account:facebook", "everything-else")
NAMES = """
    Facebook Instagram Threads WhatsApp Meta Anna example.org private Netherlands Italy HERE progress.toml mine note.txt
    Bob Rosa metaoptout tui plain rehearse guidance refresh restore merge COPY purge data-dir https www.facebook.com help
    contact case-files md html json ics looked different redacted English Nederlands Documents Downloads backups
"""
TYPED = "Offline nonsense nobody before"
"""What is typed here, or given as the reason why no connection is made, and told again."""
DATES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun hours days months ago and"
"""The invented language writes dates and lists as English does."""
FOR_META = "Yes"
"""What is written into Meta's form, in the language of the form."""
LABELS = " ".join(word for path in load_playbook().paths for label in path.labels for word in label.words.values())
"""The words on Meta's screens."""
DATA = frozenset(re.findall(r"[^\W\d_]+", f"{NAMES} {TYPED} {DATES} {FOR_META} {LABELS}".casefold()))


@pytest.fixture
def other_language() -> Iterator[None]:
    """The invented language is in use; what is looked up meanwhile is among the sentences that translators get."""
    catalogue = NotingCatalogue()
    use_catalogue(catalogue)
    yield
    use_catalogue(ENGLISH)
    assert unknown_sentences(catalogue.looked_up) == []


def dialogue(*typed: str) -> tuple[Dialogue, list[str]]:
    waiting, heard = list(typed), list[str]()
    terminal = LineTerminal(lambda: waiting.pop(0) if waiting else None, heard.append, heard.append, lambda: 80)
    return Dialogue(terminal), heard


SITTINGS: list[tuple[tuple[str, ...], Record | None]] = [
    (("help", "italy", "1 2", "", "y", "help", "quit"), None),
    (("help", "again", "more", "sources", "nonsense", "account:facebook", "list", "undo", "redo", "quit"), WAITING),
    (("account:facebook", "step:identify", "more", "complete", "some", "1 2", "quit"), WAITING),
    (("account:facebook", "step:open", "not-there", "list", "quit"), NEW),
    (("account:facebook", "step:submit", "fields", "email", "other", "nobody", "", "quit"), NEW),
    (("account:facebook", "step:submit", "reason", "empty", "sent", "9 Feb 2077", "now", "quit"), NEW),
    (("account:facebook", "step:confirm", "more", "refused", "refused.other", "", "", "", "quit"), WAITING),
    (("account:facebook", "step:confirm", "confirmed-by-mail", "yesterday", "y", "", "", "quit"), WAITING),
    (("account:whatsapp", "step:review", "1", "1", "privacy", "1", "Bob", "on", "", "4", "quit"), WHATSAPP),
    ((*PAGE, "checklist.periods", "quit"), WAITING),
    ((*PAGE, "checklist.periods", "y", "known", "16 Nov", "", "quit"), POSTED),
    ((*PAGE, "checklist.periods", "quit"), SILENT),
    ((*PAGE, "checklist.export", "all", "redact", "HERE/case", "quit"), NEW),
    ((*PAGE, "checklist.helper", "Rosa", "1", "", "quit"), NEW),
    ((*PAGE, "checklist.diary", "ready", "quit"), REFUSED),
    ((*PAGE, "checklist.note", "open", "Bob", ".", "quit"), NEW),
    ((*PAGE, "checklist.tick", "open", "quit"), NEW),
    ((*PAGE, "checklist.tick", "submit", "y", "quit"), WAITING),
    ((*PAGE, "checklist.skip", "open", "quit"), NEW),
    ((*PAGE, "checklist.checked", "y", "quit"), WAITING),
    ((*PAGE, "checklist.moved", "all", "", "quit"), WAITING),
    ((*PAGE, "checklist.edit", "Bob", "", "new", "Rosa", "quit"), WAITING),
    ((*PAGE, "checklist.remove", "y", "quit"), WAITING),
    (("add", "threads", "Bob", "", "unknown", "quit"), WAITING),
    (("everything-else", "checklist.overview", "quit"), WAITING),
    (("everything-else", "overview.timeline", "quit"), REFUSED),
    (("everything-else", "checklist.ways", "earlier", "1", "20 May 2025", "y", "", "", "quit"), NEW),
    (("everything-else", "checklist.ways", "rehearsal", "quit"), NEW),
    (("everything-else", "everywhere.download", "asked", "quit"), NEW),
    (("everything-else", "everywhere.download", "read", "HERE/note.txt", "mine", "exposure", "quit"), NEW),
    (("everything-else", "checklist.guidance", "quit"), NEW),
    (("everything-else", "everywhere.kept", "quit"), NEW),
    (("everything-else", "everywhere.people", "back", "quit"), NEW),
    (("everything-else", "identify.link", "facebook", "none", "before", "quit"), WAITING),
]


@pytest.mark.usefixtures("other_language")
@parametrize_some(12, ("typed", "progress"), SITTINGS)
def test_a_sitting_says_nothing_in_english(
    speak: Speak, paths: AppPaths, typed: tuple[str, ...], progress: Record | None
) -> None:
    here = paths.progress.parent
    here.mkdir()
    (here / "note.txt").write_text("x")
    talk = speak(*(line.replace("HERE", str(here)) for line in typed), progress=progress)
    said = "\n".join(talk.heard).replace(str(here), "HERE")
    assert pseudo("Your answer:") in said
    assert english_left(said, DATA) == []


@parametrize_some(("de", "fr"), "language", ["en", *translated_languages()])
def test_no_sign_of_a_sentence_stands_where_the_language_has_none(speak: Speak, paths: AppPaths, language: str) -> None:
    here = paths.progress.parent
    here.mkdir()
    (here / "note.txt").write_text("x")
    use_catalogue(load_catalogue_of_own_signs(language))
    try:
        talks = [
            speak(*(line.replace("HERE", str(here)) for line in typed), progress=progress)
            for typed, progress in SITTINGS
        ]
    finally:
        use_catalogue(ENGLISH)
    assert [sign for talk in talks for sign in wrong_signs_in(talk.text, language)] == []


@pytest.mark.parametrize(
    "typed",
    [
        ("account:facebook", "step:submit", "reason", "compose", "1", "stop", "sent", "", "quit"),
        ("account:facebook", "step:submit", "sent", "", "mail", "HERE/mail.eml", "", "y", "quit"),
        ("everything-else", "identify.link", "facebook", "new", "Rosa", "quit"),
        (*PAGE, "checklist.helper", "Rosa", "1", "", "quit"),
        ("account:whatsapp", "step:review", "1", "1", "privacy", "1", "Bob", "on", "me", "4", "quit"),
        ("everything-else", "everywhere.download", "asked", "quit"),
        ("everything-else", "checklist.ways", "no-account", "elsewhere", "sent", "", "quit"),
        ("everything-else", "checklist.ways", "no-login", "facebook", "hacked", "yesterday", "y", "", "quit"),
    ],
)
def test_a_sitting_writes_the_same_record_in_every_language(
    speak: Speak, paths: AppPaths, typed: tuple[str, ...]
) -> None:
    here = paths.progress.parent
    here.mkdir()
    (here / "mail.eml").write_bytes(mail())
    lines = [line.replace("HERE", str(here)) for line in typed]
    before = record(account("facebook"), account("instagram"), account("whatsapp"))
    in_english = written(speak(*lines, progress=before).progress)
    use_catalogue(PseudoCatalogue())
    try:
        assert written(speak(*lines, progress=before).progress) == in_english
    finally:
        use_catalogue(ENGLISH)
    assert in_english != written(before)


def written(progress: Record) -> list[object]:
    """What stands in a record, without the ids of its entries, which differ each time."""
    whole: list[object] = [progress.person, progress.drafts, progress.remembered]
    for each in progress.accounts:
        whole.append((each.id, each.name, each.linked_group, each.email))
        for event in each.events:
            fields = {name: value for name, value in event.fields.items() if name not in ("of", "entry")}
            whole.append((event.kind, event.at, fields))
    return whole


@pytest.mark.usefixtures("other_language")
@pytest.mark.parametrize(
    ("english", "leads"), [("back", WentBack), ("list", WentToList), ("next", WentToNext), ("quit", Left)]
)
@pytest.mark.parametrize("how", ["in the language", "in English", "in capitals without accents"])
def test_a_word_that_leads_elsewhere_is_typed_in_the_language_in_use_or_in_english(
    english: str, leads: type[Exception], how: str
) -> None:
    typed = {"in the language": pseudo(english), "in English": english}.get(how, pseudo(english.upper()))
    with pytest.raises(leads):
        dialogue(typed)[0].ask_line("What?")


@pytest.mark.usefixtures("other_language")
def test_help_and_again_are_told_and_typed_in_the_language_in_use() -> None:
    asked, heard = dialogue(f"{pseudo('help')} {pseudo('more')}", pseudo("again"), "Rosa")
    assert asked.ask_line("What?", help=("It stays here.",)) == "Rosa"
    assert heard.count("It stays here.") == 3
    told = " ".join(heard)
    assert all(
        f"{pseudo(word)} {pseudo(meaning).replace('{all}', pseudo('all'))}" in " ".join(told.split())
        for word, meaning in COMMAND_WORDS.items()
    )


@pytest.mark.usefixtures("other_language")
@pytest.mark.parametrize(
    ("typed", "understood"),
    [("y", True), ("yes", True), (pseudo("y"), True), (pseudo("yes"), True), ("n", False), (pseudo("no"), False)],
)
def test_yes_and_no_are_typed_in_the_language_in_use_or_in_english(typed: str, *, understood: bool) -> None:
    asked, heard = dialogue("nonsense", typed)
    assert asked.ask_yes_or_no("Really?") is understood
    assert f"{pseudo('y')}" in heard[2]


@pytest.mark.usefixtures("other_language")
@pytest.mark.parametrize("word", [str, pseudo])
def test_all_none_stop_and_now_are_typed_in_the_language_in_use_or_in_english(word: Callable[[str], str]) -> None:
    options = (("red", "Red"), ("white", "White"))
    assert dialogue(word("all"))[0].choose_several("Which?", options) == ["red", "white"]
    assert dialogue(word("none"))[0].choose_several("Which?", options, chosen=["red"]) == []
    with pytest.raises(Stopped):
        dialogue(word("stop"))[0].choose_several("Which?", options, can_stop=True)
    assert dialogue(word("now"))[0].ask_moment("When?", lambda: NOW) is None


@pytest.mark.parametrize("typed", ["écrire", "ECRIRE", "ecrire moi-meme"])
def test_an_answer_is_found_without_its_accents(typed: str) -> None:
    options = (("write", "Écrire moi-même"), ("leave", "Laisser tel quel"))
    assert dialogue(typed)[0].choose("Laquelle ?", options) == "write"


@pytest.mark.usefixtures("other_language")
def test_an_arrow_is_said_in_words_of_the_language_in_use() -> None:
    assert in_words_alone("Menu → AI") == f"Menu{pseudo(', then ')}AI"


def test_a_blank_that_may_not_break_ends_no_line() -> None:
    assert wrap_statement("Il y a 12\u202f345 mots\u00a0: lus", 10) == ["Il y a", "12\u202f345", "mots\u00a0: lus"]


@pytest.mark.parametrize("language", FORMATS)
def test_every_day_that_a_question_gives_as_an_example_is_understood(language: str) -> None:
    with in_catalogue(spoken(language)):
        asked, heard = dialogue("back")
        with pytest.raises(WentBack):
            asked.ask_moment("When?", lambda: NOW, takes_month=True)
        told = " ".join(heard)
        day, month = dates.format_day(date(2026, 11, 20), NOW.date()), dates.format_partial_date("2025-08")
        assert day in told
        assert month in told
        for typed in (f"{day} 14:09", "2026-11-20 14:09"):
            assert parse_day_and_time(typed, NOW).isoformat() == "2026-11-20T14:09:00+01:00"
        assert dates.first_day_of_month(month) == date(2025, 8, 1)
        full_day = dates.format_full_day(date(2025, 5, 20))
        assert parse_day_and_time(full_day, NOW).date() == date(2025, 5, 20)


@pytest.mark.parametrize("language", FORMATS)
def test_no_line_ends_between_a_day_and_its_month(language: str) -> None:
    with in_catalogue(spoken(language)):
        for month in range(1, 13):
            day = dates.format_day(date(2026, month, 20), date(2026, 12, 31))
            for width in range(20, 40):
                lines = wrap_statement(f"Anna, Bo, Zoe, Rosa: {day}, Anna", width)
                assert any(day in line for line in lines), lines


def spoken(language: str) -> Catalogue:
    """The invented language with the dates of another one."""
    catalogue = PseudoCatalogue()
    catalogue.language = language
    return catalogue


@pytest.mark.parametrize("language", translated_languages())
def test_each_language_has_a_word_of_its_own_for_each_that_is_typed(language: str) -> None:
    catalogue = tool.read_language(language)
    words = {
        str(message.id): str(message.string)
        for message in catalogue
        if message.context == "a word to type" and message.string
    }
    assert len({word.casefold() for word in words.values()}) == len(words)
    for english, word in words.items():
        assert word.split() == [word], f"{word!r} is not one word"
        assert find_command_word(word) in ("", english), f"{word!r} means something else in English"


def test_each_english_word_is_typed_as_it_is() -> None:
    assert [typed_word(word) for word in COMMAND_WORDS] == list(COMMAND_WORDS)


ENGLISH_SAID = {"de": "Englisch", "es": "inglés", "fr": "anglais", "it": "inglese", "nl": "Engels"}


@pytest.mark.parametrize("language", sorted(ENGLISH_SAID))
def test_a_label_of_metas_menus_that_is_not_known_in_the_language_is_told_to_be_english(language: str) -> None:
    catalogue = load_catalogue(language)
    assert catalogue is not None
    with in_catalogue(catalogue):
        for path in load_playbook().paths:
            told = menu_path_words(path, language, then())
            is_all_english = told.endswith(")") and not any(language in label.words for label in path.labels)
            for label in path.labels:
                marked = f"{label.word(language)} ({ENGLISH_SAID[language]}"
                is_marked = (
                    is_all_english or marked in told or f"{label.word(language)} (en {ENGLISH_SAID[language]}" in told
                )
                assert label.is_known_in(language) or is_marked, (path.id, label.id)
