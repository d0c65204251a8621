"""What the bundled guidance says: its grounds, its completeness, and the words it must never use."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from metaoptout_tui.core.guidance.basis import OWN_ADVICE, Basis, format_sureness
from metaoptout_tui.core.guidance.playbook import OTHER_STATEMENT_CONTEXTS, Playbook
from metaoptout_tui.core.guidance.source_sentences import format_basis
from metaoptout_tui.core.links import parse_meta_url, parse_trusted_url, parse_watchable_url
from metaoptout_tui.core.objection.applicable_guidance import KINDS_OF_SILENCE
from metaoptout_tui.core.objection.replies import NO_REPLY, REPLIES_TO_OBJECTION, all_replies
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE

OBJECTABLE = ("facebook", "instagram", "threads")
REGIONS = ("eea", "uk", "ch", "br", "caution", "none")
WITH_A_FORM = REGIONS[:-1]
PLACES = OTHER_STATEMENT_CONTEXTS


def grounds(playbook: Playbook) -> Iterator[tuple[str, Basis]]:
    """Everything that rests on something."""
    for kind in ("statements", "paths", "forms", "fields", "troubles", "points", "prompts", "terms"):
        for each in getattr(playbook, kind):
            yield each.id, each.basis


def walked(playbook: Playbook) -> Iterator[tuple[str, str, str]]:
    """Every step of every platform in every region."""
    for platform in playbook.platforms:
        for region in playbook.regions:
            for step in playbook.steps_for(platform.id, region.id):
                yield step, platform.id, region.id


def said_at(playbook: Playbook, step: str, platform: str, region: str) -> dict[str, str]:
    """Every sentence a person may read at a place, by id."""
    here: dict[str, Any] = {"step": step, "platform": platform, "region": region}
    ids = [statement.id for statement in playbook.statements_for(**here)]
    ids += [f"{trouble.id}.{part}" for trouble in playbook.troubles_for(**here) for part in ("symptom", "helped")]
    ids += [f"form.{form.id}" for form in playbook.forms_for(**here)]
    if step == "submit":
        fields = playbook.fields_for(platform=platform, region=region)
        ids += [f"{field.id}.{part}" for field in fields for part in ("label", "help")]
    if step == "review":
        points = playbook.points_for(platform=platform, region=region)
        ids += [f"{point.id}.{part}" for point in points for part in ("question", "how")]
    return {id: playbook.texts.sentence(id) for id in ids}


def sentences_of(text: str) -> list[str]:
    return re.split(r"(?<=[.?!”]) (?=[A-Z“@])", text)


def test_everything_said_has_a_source_a_date_and_a_sureness(playbook: Playbook) -> None:
    for id, basis in grounds(playbook):
        assert basis.sources, id
        assert set(basis.sources) <= set(playbook.sources), id
        assert basis.sureness in ("high", "medium", "low"), id
        assert re.fullmatch(r"20\d\d(-\d\d){0,2}", basis.checked_on), id


def test_a_date_of_evidence_is_that_of_the_newest_source_or_later_and_never_in_the_future(playbook: Playbook) -> None:
    for id, basis in grounds(playbook):
        assert basis.checked_on <= playbook.published, id
        for source in (playbook.sources[each] for each in basis.sources):
            common = min(len(source.date), len(basis.checked_on))
            assert source.date[:common] <= basis.checked_on[:common], (id, source.id)


def test_a_date_of_evidence_is_not_newer_than_dated_sources_allow(playbook: Playbook) -> None:
    looked_for_until = dict.fromkeys(
        ("limits.lawful", "no-login.unknown"), "2026-11"
    )  # that nothing was found is known up to then
    for id, basis in grounds(playbook):
        dates = [playbook.sources[each].date for each in basis.sources]
        if all(dates) and basis.checked_on != looked_for_until.get(id):
            assert any(basis.checked_on[: len(date)] <= date[: len(basis.checked_on)] for date in dates), id


def test_every_source_opens_by_the_programs_own_rules_or_has_no_address(playbook: Playbook) -> None:
    for source in playbook.sources.values():
        if source.url:
            assert str(parse_trusted_url(source.url)) == source.url
        assert source.publisher


def test_every_form_is_on_a_host_of_metas(playbook: Playbook) -> None:
    for form in playbook.forms:
        assert str(parse_meta_url(form.url)) == form.url


def test_every_step_has_a_title_an_action_something_to_do_and_a_reason_why(playbook: Playbook) -> None:
    for step, platform, region in walked(playbook):
        assert f"step.{step}.title" in playbook.texts
        assert f"step.{step}.action" in playbook.texts
        for role in ("do", "why"):
            found = playbook.statements_for(step=step, platform=platform, region=region, role=role)
            assert found, (step, platform, region, role)


def test_every_platform_has_a_walk_everywhere(playbook: Playbook) -> None:
    walks = {(platform, region): steps for platform, region, steps in _walks(playbook)}
    for region in REGIONS:
        for platform in OBJECTABLE:
            steps = ("review",) if region == "none" else ("identify", "open", "submit", "confirm")
            assert walks[platform, region] == steps
        assert walks["whatsapp", region] == walks["meta-ai", region] == ("identify", "review")


def _walks(playbook: Playbook) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for platform in playbook.platforms:
        for region in playbook.regions:
            yield platform.id, region.id, playbook.steps_for(platform.id, region.id)


@pytest.mark.parametrize(
    ("country", "region", "right"),
    [
        ("", "eea", "yes"),
        ("NL", "eea", "yes"),
        ("NO", "eea", "yes"),
        ("IS", "eea", "yes"),
        ("LI", "eea", "yes"),
        ("GB", "uk", "yes"),
        ("CH", "ch", "yes"),
        ("BR", "br", "yes"),
        ("KR", "caution", "reported"),
        ("JP", "caution", "reported"),
        ("US", "none", "no"),
        ("AU", "none", "no"),
    ],
)
def test_a_country_is_under_its_own_law(playbook: Playbook, country: str, region: str, right: str) -> None:
    found = playbook.region_of_country(country)
    assert (found.id, found.right_to_object) == (region, right)


def test_the_first_region_has_the_thirty_countries_of_the_eea(playbook: Playbook) -> None:
    assert len(playbook.regions[0].countries) == 30


def test_every_region_is_told_on_the_welcome_what_goes_for_it(playbook: Playbook) -> None:
    for region in playbook.regions:
        told = playbook.statements_for(step="region", platform="", region=region.id)
        assert any(statement.id.startswith(f"region.{region.id}.") for statement in told)


LEGAL_WORDS = {
    r"(?<!UK )\bGDPR\b|Art\. 77|\bDPC\b|\bIrish\b|\bEEA\b|\bnoyb\b": {"eea"},
    r"\bUK GDPR\b|\bICO\b": {"uk"},
    r"\bFADP\b|\bFDPIC\b|\bSwiss\b": {"ch"},
    r"\bLGPD\b|\bANPD\b": {"br"},
    r"\bPIPC\b": {"caution"},
}
"""Which words belong to which region (guidance/README.md, rule 1)."""


@pytest.mark.parametrize("words", LEGAL_WORDS)
def test_legal_words_follow_the_region(playbook: Playbook, words: str) -> None:
    places = [*walked(playbook), *((place, "", region) for place in PLACES for region in REGIONS)]
    told_where = set()
    for step, platform, region in places:
        for id, text in said_at(playbook, step, platform, region).items():
            if re.search(words, text) and not (id == "region.none.place" and region == "none"):
                told_where.add(region)
    assert told_where == LEGAL_WORDS[words]


NEVER = (
    r"too late|last chance|deadline|last day|expire[sd]?\b|run out of time",
    r"forever|once and for all|for good\b|permanent|never again|done with it",
    r"forget|unlearn|erase[sd]? from|removed? from the model",
    r"guarantee|100 ?%|we promise|certainly\b",
    r"legal advice",
    r"\bpanic|\bscary|\bdanger|\bshocking|\burgent\b(?! requests)|!",
    r"subject (?:line )?(?:reads|begins)|subject is “|comes from the address|is sent by",
    r"webformulier|web form for (?:the )?AI on WhatsApp|whatsapp\.com/contact",
    r"accounts center|privacy center",
)
"""What no sentence may claim or sound like (guidance/README.md, What may be said), and spellings that are not ours."""


@pytest.mark.parametrize("claim", NEVER)
def test_no_sentence_makes_a_claim_that_the_sources_do_not_bear(playbook: Playbook, claim: str) -> None:
    found = [id for id, text in playbook.texts.sentences.items() if re.search(claim, text, re.IGNORECASE)]
    assert found == []


def test_the_day_the_training_started_is_never_called_the_end_of_the_right(playbook: Playbook) -> None:
    named = [text for text in playbook.texts.sentences.values() if "27 May" in text]
    assert named
    for text in named:
        assert "the day the training started, not the end of your right" in text


def test_the_reset_command_is_reported_and_not_confirmed(playbook: Playbook) -> None:
    named = [id for id, text in playbook.texts.sentences.items() if "reset-" in text]
    assert named
    for id in named:
        text = playbook.texts.sentence(id)
        assert "reported" in text
        assert "not confirmed" in text
        basis = next(statement.basis for statement in playbook.statements if statement.id == id)
        assert basis.sureness == "low"


def test_nobody_is_told_who_sends_the_confirmation(playbook: Playbook) -> None:
    for platform in OBJECTABLE:
        for region in WITH_A_FORM:
            told = said_at(playbook, "confirm", platform, region)
            assert "cannot tell you" in told["confirm.unknown"]


@pytest.mark.parametrize("id", ["limits.old-posts", "review.whatsapp.used", "review.whatsapp.advanced-disputed"])
def test_what_is_disputed_is_called_disputed(playbook: Playbook, id: str) -> None:
    assert "isputed" in playbook.texts.sentence(id)


def test_where_sources_differ_on_the_address_both_are_said(playbook: Playbook) -> None:
    said = playbook.texts.sentence("submit.email-differs")
    assert "Sources differ" in said
    assert "two guides say any" in said
    assert "You choose" in said


def test_text_is_plain_and_in_one_line(playbook: Playbook) -> None:
    for id, text in playbook.texts.sentences.items():
        assert text.isprintable(), id
        assert text == " ".join(text.split()), id
        assert not re.search(r"[\[\]<>\\`*_]", text), id


def test_sentences_are_short_and_few(playbook: Playbook) -> None:
    for id, text in playbook.texts.sentences.items():
        parts = sentences_of(text)
        assert len(parts) <= 3, id
        assert all(len(part) <= 165 for part in parts), id


def test_what_stands_in_one_line_leaves_room_for_names(playbook: Playbook) -> None:
    for id, text in playbook.texts.sentences.items():
        fixed = re.sub(r"\{\w+\}", "", text)
        if id.startswith("next."):
            assert len(fixed) <= 50, id
        if id.startswith(("state.", "answer-word.", "step.")):
            assert len(fixed) <= 32, id


def test_advice_of_a_consumer_centre_is_named_as_german(playbook: Playbook) -> None:
    advising = [
        text for text in playbook.texts.sentences.values() if "consumer centre" in text or "Verbraucher" in text
    ]
    assert advising
    assert all("German" in text for text in advising)


def test_a_state_or_task_is_said_whole(playbook: Playbook) -> None:
    values = {
        "account": "Instagram @anna.nl",
        "email": "anna@example.org",
        "ago": "2 days ago",
        "chats": "3 chats",
        "date": "3 Nov",
        "through": "Facebook “Anna”",
        "day": "10 Nov",
        "last": "9 Nov",
        "moment": "4 Nov, 14:09",
        "done": 2,
        "all": 8,
        "confirmed": "3 Nov",
        "sent": "10 Nov",
    }
    said = {
        id: playbook.texts.sentence(id, **values)
        for id in playbook.texts.sentences
        if id.startswith(("state.", "next.", "cause."))
    }
    assert said["state.filed"] == "filed, waiting since 3 Nov"
    assert said["state.covered"] == "covered through Facebook “Anna”"
    assert said["state.review-begun"] == "2 of 8 answered"
    assert said["next.look-for-mail"] == "Look for Meta's mail to anna@example.org (filed 2 days ago)"
    assert "ran out" in said["next.overdue"]
    assert "3 Nov" in said["next.overdue"]
    for cause in ("email-changed", "hub-changed", "moved-to-meta-account", "added-to-hub-later"):
        assert "3 Nov" in said[f"cause.{cause}"]
    assert not any("{" in text for text in said.values())


@pytest.mark.parametrize(
    ("platform", "forms"),
    [
        ("facebook", ["meta-general", "facebook-ai", "privacy-contact"]),
        ("instagram", ["meta-general", "instagram-ai", "instagram-ai-other", "privacy-contact"]),
        ("threads", ["meta-general", "privacy-contact"]),
    ],
)
def test_the_general_form_comes_first_then_those_of_the_platform_and_the_general_contact_last(
    playbook: Playbook, platform: str, forms: list[str]
) -> None:
    assert [form.id for form in playbook.forms_for(platform=platform, region="eea")] == forms


def test_the_form_for_third_parties_is_never_offered_as_the_objection_for_an_account(playbook: Playbook) -> None:
    third_party = [form.url for form in playbook.forms if form.id.startswith("third-party")]
    for region in playbook.regions:
        of_no_account = playbook.forms_for(platform=FROM_ELSEWHERE, region=region.id)
        assert [form.url for form in of_no_account] == third_party
    for platform in playbook.platforms_of_profiles:
        for region in playbook.regions:
            offered = [form.url for form in playbook.forms_for(platform=platform.id, region=region.id)]
            assert not set(third_party).intersection(offered)
            if platform.id not in OBJECTABLE or region.id == "none":
                assert offered == []
    for platform_id in OBJECTABLE:
        review = playbook.forms_for(platform=platform_id, region="none", step="review")
        assert [form.id for form in review] == ["third-party"]


def test_no_form_of_whatsapps_is_offered_anywhere(playbook: Playbook) -> None:
    assert not any("whatsapp" in form.url for form in playbook.forms)
    assert playbook.forms_for(platform="whatsapp", region="eea", step="review") == ()


ON_EVERY_LOG_IN_PAGE = {
    *("meta", "ai", "whatsapp", "facebook", "instagram", "threads", "account", "accounts", "meta account"),
    *("privacy", "help", "object", "log in", "terms", "cookies"),
}
"""Words that a log-in page, a banner or a page of news may hold as well."""


def test_a_watched_page_is_known_by_words_that_a_log_in_page_in_its_place_does_not_hold(playbook: Playbook) -> None:
    for page in playbook.pages:
        expected = page.expect_text.casefold()
        assert len(expected) > 3, page.id
        assert expected not in ON_EVERY_LOG_IN_PAGE, page.id
        if parse_watchable_url(page.url).host.endswith(("facebook.com", "meta.com", "fb.com")):
            assert expected != "meta ai", page.id  # which stands at the foot of Facebook's log-in


KNOWN_LABELS = {
    "accounts-centre": {"nl": "Accountcentrum | Accountscentrum", "de": "Kontenübersicht"}
    | {"fr": "Espace Comptes", "it": "Centro gestione account"},
    "privacy-centre": {"nl": "Privacycentrum", "fr": "Centre de confidentialité"}
    | {"es": "Centro de privacidad", "it": "Centro sulla privacy"},
    "object": {"nl": "bezwaar maken", "de": "zu widersprechen", "fr": "vous opposer"}
    | {"es": "tienes derecho a oponerte", "it": "opporti"},
    "privacy-policy": {"de": "Datenschutzrichtlinie"},
    "right-to-object": {"de": "Widerspruchsrecht"},
    "send": {"nl": "Verzenden", "de": "Senden", "fr": "Envoyer", "it": "Invia"},
    "advanced-chat-privacy": {"de": "Erweiterter Chat-Datenschutz"},
}
"""Meta's words that a source gives, by language; any other would be invented."""


def test_no_word_of_metas_is_invented(playbook: Playbook) -> None:
    translated = {
        label.id: {language: word for language, word in label.words.items() if language != "en"}
        for label in playbook.labels.values()
    }
    assert {id: words for id, words in translated.items() if words} == KNOWN_LABELS


def test_a_menu_path_speaks_the_language_of_the_app_where_it_is_known(playbook: Playbook) -> None:
    path = playbook.paths_for(step="open", platform="instagram", region="eea")[0]
    assert [label.word("nl") for label in path.labels] == [
        "(your profile)",
        "(three lines)",
        "Privacycentrum",
        "bezwaar maken",
    ]
    assert [label.word("en") for label in path.labels][2:] == ["Privacy Centre", "object"]
    assert all(label.is_known_in("nl") for label in path.labels)
    assert [label.is_known_in("de") for label in path.labels] == [True, True, False, True]


def test_of_several_words_for_one_place_the_first_is_the_label(playbook: Playbook) -> None:
    label = playbook.labels["accounts-centre"]
    assert (label.word("nl"), label.other_words("nl")) == ("Accountcentrum", ("Accountscentrum",))
    assert (label.word("de"), label.other_words("de")) == ("Kontenübersicht", ())
    assert (label.word("es"), label.other_words("es")) == ("Accounts Centre", ())


def test_a_description_is_in_brackets_and_has_no_translation(playbook: Playbook) -> None:
    for label in playbook.labels.values():
        assert ("(" in label.words["en"]) == label.words["en"].startswith("(")
        if label.words["en"].startswith("("):
            assert set(label.words) == {"en"}


def test_the_step_between_the_topic_and_the_request_is_told(playbook: Playbook) -> None:
    for platform in OBJECTABLE:
        paths = playbook.paths_for(step="open", platform=platform, region="eea")
        ways = [[label.word("en") for label in path.labels] for path in paths]
        assert any(
            way[-3:] == ["AI at Meta", "Information you've shared on Meta Products", "Submit an objection request"]
            for way in ways
        )


def test_the_way_through_the_menu_is_there_for_every_account_with_a_form(playbook: Playbook) -> None:
    for platform in OBJECTABLE:
        for region in WITH_A_FORM:
            for step in ("identify", "open"):
                assert playbook.paths_for(step=step, platform=platform, region=region), (step, platform, region)


def test_the_form_needs_an_address_and_a_reason_may_stay_empty(playbook: Playbook) -> None:
    fields = playbook.fields_for(platform="instagram", region="eea")
    assert [field.id for field in fields if field.is_always_asked] == ["field.email", "field.reason"]
    assert "Optional" in playbook.texts.sentence("field.reason.help")
    code = next(field for field in fields if field.id == "field.code")
    assert code.fills == "nothing"
    assert "give it to nobody" in playbook.texts.sentence("field.code.help")


def test_every_reply_has_its_choice_and_its_help(playbook: Playbook) -> None:
    helps = {statement.id for statement in playbook.statements_for(step="answer", platform="facebook", region="br")}
    assert {f"answer.{answer.event_kind}.help" for answer in REPLIES_TO_OBJECTION} <= helps
    of_silence = {f"answer.{NO_REPLY.id}.{silence}.help" for silence in KINDS_OF_SILENCE}
    assert helps <= {f"answer.{answer.id}.help" for answer in all_replies()} | of_silence
    for answer in all_replies():
        assert f"answer.{answer.id}" in playbook.texts


def test_the_review_of_whatsapp_asks_all_that_matters(playbook: Playbook) -> None:
    points = [point.id for point in playbook.points_for(platform="whatsapp", region="eea")]
    assert points == [
        "whatsapp.used",
        "whatsapp.groups",
        "whatsapp.delete",
        "whatsapp.request",
        "whatsapp.advanced",
        "whatsapp.hub",
        "whatsapp.incognito",
        "whatsapp.business",
    ]


def test_glasses_are_asked_about_voice_only_where_it_can_be_switched_off(playbook: Playbook) -> None:
    asked = {
        region: [point.id for point in playbook.points_for(platform="meta-ai", region=region)] for region in REGIONS
    }
    assert {region for region, points in asked.items() if "meta-ai.voice" in points} == {"eea", "uk"}
    assert all("meta-ai.visual" in points for points in asked.values())


def test_where_no_form_is_known_a_person_is_told_so_and_what_helps(playbook: Playbook) -> None:
    for platform in OBJECTABLE:
        told = said_at(playbook, "review", platform, "none")
        assert "No form to object" in told["review.none.no-form"]
        points = [point.id for point in playbook.points_for(platform=platform, region="none")]
        assert "instead.private" in points
        assert not any("filed" in text or "confirmation" in text for text in told.values())


def test_a_legal_month_is_named_only_where_the_law_sets_one(playbook: Playbook) -> None:
    for region in WITH_A_FORM:
        told = said_at(playbook, "confirm", "facebook", region)
        month = any("within one month" in text for text in told.values())
        assert month == (region in ("eea", "uk"))
        assert ("confirm.no-period" in told) != month


def test_no_form_is_called_the_likeliest_and_nothing_is_called_seen(playbook: Playbook) -> None:
    for id, text in playbook.texts.sentences.items():
        assert not re.search(r"likeliest|most likely|as last seen|still there", text, re.IGNORECASE), id
    assert playbook.texts.sentence("path.open-2026").startswith("As listed in October 2026 (not seen)")
    for id in ("region.eea.open", "region.open"):
        assert "still lists the way to object" in playbook.texts.sentence(id)
        assert "nobody who opened the form then" in playbook.texts.sentence(id)
        basis = next(statement.basis for statement in playbook.statements if statement.id == id)
        assert basis.sureness == "medium"


def test_what_this_program_advises_by_itself_is_called_its_own_and_never_sure(playbook: Playbook) -> None:
    own = {id: basis for id, basis in grounds(playbook) if OWN_ADVICE in basis.sources}
    assert {"review.whatsapp.do", "review.meta-ai.do", "review.none.do", "children.teenagers"} <= set(own)
    for id, basis in own.items():
        assert basis.is_own_advice, id
        assert format_sureness(basis).startswith("our own advice, "), id
        assert format_basis(basis, playbook) == "our own advice", id


def test_one_objection_for_linked_accounts_carries_its_doubt(playbook: Playbook) -> None:
    for id in ("coverage.one-per-hub", "identify.why"):
        statement = next(statement for statement in playbook.statements if statement.id == id)
        assert "One of 2026 says that each" in playbook.texts.sentence(id)
        assert "S60" in statement.basis.sources
        assert not statement.basis.is_sure


def test_a_step_shows_no_more_than_can_be_read(playbook: Playbook) -> None:
    for step, platform, region in walked(playbook):
        do = playbook.statements_for(step=step, platform=platform, region=region, role="do")
        assert len(do) <= 6, (step, platform, region)


def test_nothing_said_at_a_place_falls_between_its_parts(playbook: Playbook) -> None:
    here: dict[str, Any] = {"step": "open", "platform": "facebook", "region": "eea"}
    whole = playbook.statements_for(**here)
    parts = [playbook.statements_for(**here, role=role) for role in ("do", "know", "warn", "why")]
    assert sorted(each.id for each in whole) == sorted(each.id for part in parts for each in part)


NOT_KNOWN = re.compile(
    r"\bis not known\b|\bnot known: no source says|No source (found )?(says|tells)|Nobody confirms|finally decided"
)


def test_no_sentence_that_something_is_not_known_is_itself_called_likely(playbook: Playbook) -> None:
    for statement in playbook.statements:
        last = sentences_of(playbook.texts.sentence(statement.id))[-1]
        if NOT_KNOWN.search(last) and not statement.basis.is_own_advice:
            assert statement.basis.sureness != "medium", (statement.id, last)
