"""The optional reason: what is composed from ticks, and what a text written by hand is warned about."""

import re
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.objection.reason import (
    MAX_REASON_LENGTH,
    MIN_REASON_LENGTH,
    ReasonWarning,
    check_reason,
    compose_reason_of,
    reason_prompts_of,
)
from metaoptout_tui.core.record.accounts import (
    CHILD_NAME,
    FROM_ELSEWHERE,
    WRITES_FOR,
    WRITES_FOR_ONESELF,
    Account,
    Person,
    Record,
)
from metaoptout_tui.core.record.remembered import Remembered
from metaoptout_tui.guidance.loader import load_playbook, load_reason_texts

FACEBOOK = Account("facebook", "facebook", "Facebook")
PROMPTS = tuple(prompt for prompt in load_playbook().prompts if prompt.group != "role")
WORDS = load_reason_texts()
LAWS = ("gdpr", "uk-gdpr", "fadp", "lgpd", "none")
OPTIONS = [option for prompt in PROMPTS for option in prompt.options]
AIMED_AMISS = {ReasonWarning.ONLY_WITHDRAWS, ReasonWarning.ONLY_DELETES}


def composed(chosen: Collection[str], language: str = "en", law: str = "gdpr") -> str:
    return compose_reason_of(FACEBOOK, Record(Person(), (FACEBOOK,)), load_playbook(), chosen, WORDS[language], law)


def warned(text: str) -> set[ReasonWarning]:
    return set(check_reason(text, WORDS.values()))


def filler(text: str) -> str:
    """The text made as long as a reason is."""
    return text if len(text) >= MIN_REASON_LENGTH else text + " Lorem ipsum dolor sit amet" * 4


def test_nothing_ticked_is_no_reason() -> None:
    for language in CONTENT_LANGUAGES:
        assert composed(set(), language) == ""
        assert composed({"an-option-of-a-newer-playbook"}, language) == ""


DATA = next(prompt.options for prompt in PROMPTS if prompt.group == "data")


def test_a_reason_in_english_reads_like_this() -> None:
    ticked = {"posts", "photos", "family", "years-old", "no-undo", "confirm-in-writing"}
    assert composed(ticked) == (
        "As a user of your services I object under Article 21 GDPR to the use of all my data, in particular my public "
        "posts and my photos and their captions, past and future, for developing and improving AI at Meta, including the training of models. "
        "This matters to me because my posts and photos show my family and many of my posts are years old. "
        "I am concerned about a use that cannot be undone. "
        "Please confirm this in writing."
    )


def test_a_reason_in_dutch_reads_like_this() -> None:
    assert composed({"comments", "teacher", "children", "control", "give-reasons"}, "nl") == (
        "Als gebruiker van uw diensten maak ik op grond van artikel 21 AVG bezwaar tegen het gebruik van al mijn gegevens, "
        "in het bijzonder mijn reacties, oude en nieuwe, voor het ontwikkelen en verbeteren van AI bij Meta, waaronder het trainen van modellen. "
        "Dit raakt mij, omdat er kinderen in mijn berichten en foto's voorkomen en ik lesgeef. "
        "Ik vrees verlies van controle over mijn gegevens. "
        "Ik verzoek u een eventuele afwijzing te motiveren."
    )


def test_without_a_choice_of_data_the_objection_is_to_all_of_it() -> None:
    assert (
        "my public posts, my photos and their captions, my comments, my profile data and my interactions with AI"
        in (composed({"family"}))
    )


def test_where_all_data_are_chosen_they_are_listed_and_none_is_said_to_be_meant_in_particular() -> None:
    assert composed({*DATA, "family"}) == composed({"family"})


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_choice_of_data_never_narrows_the_objection(language: str) -> None:
    words = WORDS[language]
    beginning = words.in_particular.partition("{data}")[0]
    assert all(f"{beginning}{words.parts[each]}" in composed({each}, language) for each in DATA)


def test_what_is_ticked_stands_in_the_order_of_the_questions_whatever_the_order_of_ticking() -> None:
    ticked = ["teacher", "posts", "family", "control"]
    assert composed(ticked) == composed(ticked[::-1]) == composed(set(ticked))


@pytest.mark.parametrize(
    ("law", "named"),
    [
        ("gdpr", "Article 21 GDPR"),
        ("uk-gdpr", "Article 21 of the UK GDPR"),
        ("fadp", "(FADP)"),
        ("lgpd", "(LGPD)"),
    ],
)
def test_the_law_is_that_of_the_country(law: str, named: str) -> None:
    assert named in composed({"posts"}, law=law)


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_where_no_law_is_known_none_is_named(language: str) -> None:
    for law in ("none", "a-law-of-a-newer-playbook"):
        assert not re.search(r"21|GDPR|AVG|DSGVO|RGPD|FADP|LPD|LGPD|  ", composed({"posts"}, language, law))


@given(st.sets(st.sampled_from(OPTIONS), min_size=1), st.sampled_from(CONTENT_LANGUAGES), st.sampled_from(LAWS))
def test_any_choice_makes_one_to_four_whole_sentences_that_object(chosen: set[str], language: str, law: str) -> None:
    reason = composed(chosen, language, law)
    sentences = reason.split(". ")
    groups = {prompt.group for prompt in PROMPTS if chosen.intersection(prompt.options)} | {"data"}
    assert len(sentences) == len(groups)
    assert reason.endswith(".")
    assert all(sentence[0].isupper() for sentence in sentences)
    assert not re.search(r"[{}]|  | ,| \.|,,", reason)
    assert not warned(reason) - {ReasonWarning.TOO_LONG}
    for prompt in PROMPTS:
        if prompt.group != "data":
            for option in prompt.options:
                assert (WORDS[language].parts[option].rstrip(",") in reason) >= (option in chosen)


@given(
    st.sets(st.sampled_from(PROMPTS[0].options), max_size=2),
    st.sets(st.sampled_from([o for p in PROMPTS if p.group == "situation" for o in p.options]), min_size=1, max_size=2),
    st.sets(st.sampled_from([o for p in PROMPTS if p.group == "effects" for o in p.options]), max_size=1),
    st.sets(st.sampled_from([o for p in PROMPTS if p.group == "requests" for o in p.options]), max_size=1),
    st.sampled_from(CONTENT_LANGUAGES),
)
def test_a_usual_choice_fits_older_forms_too(
    data: set[str], situation: set[str], effects: set[str], requests: set[str], language: str
) -> None:
    reason = composed(data | situation | effects | requests, language)
    assert MIN_REASON_LENGTH <= len(reason) <= MAX_REASON_LENGTH
    assert warned(reason) == set()


def test_an_empty_reason_is_fine_as_it_is() -> None:
    assert warned("") == warned("   \n") == set()


OBJECTING = {
    "en": "I object to the use of my posts for AI.",
    "nl": "Ik maak bezwaar tegen het gebruik van mijn berichten voor AI.",
    "de": "Ich widerspreche der Verwendung meiner Beiträge für KI.",
    "fr": "Je m'oppose à l'utilisation de mes publications pour l'IA.",
    "es": "Me opongo al uso de mis publicaciones para la IA.",
    "it": "Mi oppongo all'uso dei miei post per l'IA.",
}
WITHDRAWING = {
    "en": "I withdraw my consent to AI.",
    "nl": "Ik trek mijn toestemming in.",
    "de": "Ich widerrufe meine Einwilligung.",
    "fr": "Je retire mon consentement.",
    "es": "Retiro mi consentimiento.",
    "it": "Revoco il mio consenso.",
}
DELETING = {
    "en": "Please delete everything you have about me.",
    "nl": "Verwijder alles wat u van mij hebt.",
    "de": "Löschen Sie alles, was Sie über mich haben.",
    "fr": "Supprimez tout ce que vous avez sur moi.",
    "es": "Eliminen todo lo que tienen sobre mí.",
    "it": "Cancellate tutto quello che avete su di me.",
}


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_an_objection_in_own_words_is_not_warned_about(language: str) -> None:
    assert warned(filler(OBJECTING[language])) == set()
    assert warned(filler(OBJECTING[language].upper())) == set()


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_only_withdrawing_consent_misses_the_target(language: str) -> None:
    assert warned(filler(WITHDRAWING[language])) == {ReasonWarning.ONLY_WITHDRAWS}


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_only_asking_for_deletion_misses_the_target(language: str) -> None:
    assert warned(filler(DELETING[language])) == {ReasonWarning.ONLY_DELETES}


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_who_also_objects_may_withdraw_or_ask_for_deletion(language: str) -> None:
    for also in (WITHDRAWING[language], DELETING[language]):
        assert not warned(filler(f"{also} {OBJECTING[language]}")) & AIMED_AMISS


@pytest.mark.parametrize(
    "text",
    [
        "I do not want my photos to be used for AI.",
        "I am a retired teacher and my career was my life.",
        "It was an opportunity: my posts are objective reports, quite the opposite of advertising.",
        "Ik wil niet dat mijn foto's voor AI worden gebruikt.",
    ],
)
def test_other_words_are_taken_for_what_they_are(text: str) -> None:
    assert warned(filler(text)) == set()


def test_a_word_is_not_found_inside_another() -> None:
    assert ReasonWarning.ONLY_DELETES in warned("Please delete my data, and the reopposition.")


@pytest.mark.parametrize(
    "number",
    [
        "NL91 ABNA 0417 1643 00",
        "DE89370400440532013000",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        "nl91abna0417164300",
        "123456789",
        "12345678Z",
        "010190-1234",
        "85.07.30-033.28",
        "SPECI2014",
        "L01X00T47",
        "X1234567L",
        "ABA300000",
        "RSSMRA85T10A562S",
        "QQ 12 34 56 C",
        "06-12345678",
        "06 40 11 12 05 25",
        "+31 6 12345678",
        "+31 (0)6 1234 5678",
        "(020) 123 45 67 8",
        "0031 6 12 34 56 78",
        "030/1234567",
        "12-05-2025-1234",
    ],
)
def test_a_number_of_a_person_an_account_or_a_telephone_is_noticed(number: str) -> None:
    assert ReasonWarning.CONTAINS_NUMBER in warned(f"I object to this. {number}")
    assert ReasonWarning.CONTAINS_NUMBER in warned(f"I object to this ({number}), please.")


@pytest.mark.parametrize(
    "text",
    [
        "27.05.2025",
        "27. 5. 2025",
        "2025-05-27",
        "27/05/2025",
        "05/27/2025",
        "5-27-2025",
        "27 05 2025",
        "27.05.25",
        "27.05.2025 14:09",
        "on 27.05.2025, 28.05.2025 and 2025-06-01",
        "2015-2025",
        "2015 – 2025",
        "2012, 2015, 2019",
        "2012 2015 2019",
        "2019/2020",
        "Article 21(1) GDPR, Regulation (EU) 2016/679",
        "Regulation (EU) 2018/1725",
        "C-252/21, 15 UKl 2/25",
        "1.000.000 people and 3,5 million posts",
        "EU27 COUNTRIES AND MORE",
        "GPT4 and LLAMA3",
    ],
)
def test_dates_years_and_laws_are_no_such_numbers(text: str) -> None:
    assert ReasonWarning.CONTAINS_NUMBER not in warned(f"I object to this. {text}")
    assert ReasonWarning.CONTAINS_NUMBER not in warned(f"I object to this ({text}), please.")


def test_length_is_spoken_of_at_both_ends() -> None:
    assert ReasonWarning.TOO_SHORT in warned("I object to it.")
    assert not warned("I object to it." + "x" * (MIN_REASON_LENGTH - 15)) & {
        ReasonWarning.TOO_SHORT,
        ReasonWarning.TOO_LONG,
    }
    assert ReasonWarning.TOO_LONG in warned("I object to it." + "x" * MAX_REASON_LENGTH)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "other people have posted photos that show me, and my interests outweigh those of Meta."),
        ("de", "auf denen ich zu sehen bin, und meine Interessen"),
    ],
)
def test_a_clause_within_a_clause_ends_before_the_next(language: str, words: str) -> None:
    assert words in composed({"others-photos", "outweigh"}, language)
    for alone in (composed({"others-photos"}, language), composed({"artist", "others-photos"}, language)):
        assert ",." not in alone
        assert ",," not in alone


def test_each_warning_has_its_words() -> None:
    texts = load_playbook().texts
    for warning in ReasonWarning:
        assert f"reason-warning.{warning}" in texts


@pytest.mark.parametrize("text", ["1 " * 4000, "A1" * 4000, "2025-" * 2000, "NL91 " + "ABCD " * 2000, "(1)" * 3000])
def test_a_long_text_of_any_kind_is_looked_over_quickly(text: str) -> None:
    import time

    before = time.process_time()
    check_reason(text, WORDS.values())
    assert time.process_time() - before < 0.5


@given(st.text(max_size=300))
def test_whatever_is_typed_is_looked_over(text: str) -> None:
    assert warned(text) <= set(ReasonWarning)


def from_elsewhere(name: str = "Data from elsewhere", writes_for: str = "") -> tuple[Account, Record]:
    account = Account("elsewhere", FROM_ELSEWHERE, name)
    return account, Record(Person(), (account,), remembered={account.id: Remembered({WRITES_FOR: writes_for})})


def for_data_from_elsewhere(chosen: Collection[str], language: str = "en", *, name: str = "Data from elsewhere") -> str:
    account, record = from_elsewhere(name)
    return compose_reason_of(account, record, load_playbook(), chosen, WORDS[language], "gdpr")


def for_account_of_child(chosen: Collection[str], language: str = "en", *, child: str = "Jonas") -> str:
    record = Record(Person(), (FACEBOOK,), remembered={FACEBOOK.id: Remembered({CHILD_NAME: child})})
    return compose_reason_of(FACEBOOK, record, load_playbook(), chosen, WORDS[language], "gdpr")


def test_a_reason_for_data_from_elsewhere_says_nothing_of_using_metas_services() -> None:
    assert for_data_from_elsewhere({"children", "posts", "all-accounts", "stalking", "no-undo", "give-reasons"}) == (
        "I object under Article 21 GDPR to the use of personal data about me from the open web, from licensed "
        "collections and from posts of other people, past and future, for developing and improving AI at Meta, "
        "including the training of models. "
        "This matters to me because I have been stalked. "
        "I am concerned about a use that cannot be undone. "
        "Please give your reasons if you refuse."
    )
    assert for_data_from_elsewhere({"children", "posts", "years-old", "all-accounts"}) == ""


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_no_reason_for_data_from_elsewhere_speaks_of_own_posts_or_accounts(language: str) -> None:
    text, words = for_data_from_elsewhere(OPTIONS, language), WORDS[language]
    of_an_account = {"posts", "photos", "comments", "profile", "ai-chats", "family", "children", "health", "faith"}
    of_an_account |= {"politics", "orientation", "years-old", "not-expected", "all-accounts"}
    assert not [option for option in of_an_account if words.parts[option] in text]
    assert words.opening.partition("{law}")[0] not in text
    assert not warned(filler(for_data_from_elsewhere({"control"}, language))) & AIMED_AMISS


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_a_reason_about_a_childs_data_says_on_whose_behalf_it_is(language: str) -> None:
    text = for_data_from_elsewhere({"control"}, language, name="Jonas")
    assert text.startswith(WORDS[language].on_behalf.format(whose="Jonas"))
    assert "Jonas" not in for_data_from_elsewhere({"control"}, language)


@pytest.mark.parametrize(
    ("language", "role"),
    [
        ("en", "I write as the legal representative of my child, Jonas;"),
        ("nl", "Ik schrijf als wettelijk vertegenwoordiger van mijn kind Jonas;"),
        ("de", "Ich schreibe als gesetzliche Vertretung meines Kindes Jonas;"),
        ("fr", "J'écris en tant que représentant·e légal·e de mon enfant, Jonas ;"),
        ("es", "Escribo como representante legal de mi hijo o hija, Jonas;"),
        ("it", "Scrivo come rappresentante legale di mio figlio o mia figlia, Jonas;"),
    ],
)
def test_who_says_to_represent_their_child_writes_in_that_role_and_nobody_else(language: str, role: str) -> None:
    for chosen in ({"representative"}, {"representative", "control"}):
        assert for_data_from_elsewhere(chosen, language, name="Jonas").startswith(role)
        assert for_account_of_child(chosen, language).startswith(role)
    own, of_jonas = (from_elsewhere(name) for name in ("Data from elsewhere", "Jonas"))
    asked = [{prompt.id for prompt in reason_prompts_of(*each, load_playbook())} for each in (own, of_jonas)]
    assert ["role" in ids for ids in asked] == [False, True]
    assert for_data_from_elsewhere({"representative"}, language) == ""
    assert composed({"representative"}, language) == ""


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_a_reason_about_a_childs_own_account_says_on_whose_behalf_it_is_and_speaks_of_the_account(
    language: str,
) -> None:
    words = WORDS[language]
    text = for_account_of_child({"control", "posts"}, language)
    assert text.startswith(words.on_behalf.format(whose="Jonas"))
    assert words.parts["posts"] in text
    assert words.opening.partition("{law}")[0] in text
    assert for_account_of_child({"control"}, language, child="") == composed({"control"}, language)


def test_whoever_said_that_the_name_is_their_own_writes_for_nobody_else() -> None:
    account, record = from_elsewhere("Anna Beispiel", WRITES_FOR_ONESELF)
    assert "Anna" not in compose_reason_of(account, record, load_playbook(), {"control"}, WORDS["en"], "gdpr")
    assert "role" not in {prompt.id for prompt in reason_prompts_of(account, record, load_playbook())}


def test_every_option_for_data_from_elsewhere_is_one_of_its_question() -> None:
    assert all(set(prompt.options_from_elsewhere) <= set(prompt.options) for prompt in PROMPTS)
    assert reason_prompts_of(FACEBOOK, Record(Person(), (FACEBOOK,)), load_playbook()) == PROMPTS


def test_a_child_is_not_asked_for_its_work() -> None:
    playbook = load_playbook()
    own, of_jonas = (from_elsewhere(name) for name in ("Data from elsewhere", "Jonas"))
    assert "work" in {prompt.id for prompt in reason_prompts_of(*own, playbook)}
    assert "work" not in {prompt.id for prompt in reason_prompts_of(*of_jonas, playbook)}
