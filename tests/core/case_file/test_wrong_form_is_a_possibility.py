"""Where Meta asks for prompts and screenshots, it is told as asked, and the wrong form only as a possibility."""

from metaoptout_tui.core.case_file.entry_sentences import document_sentence
from metaoptout_tui.core.guidance.playbook import Playbook
from samples import at, entry


def test_a_case_file_does_not_say_that_the_form_was_certainly_the_wrong_one(playbook: Playbook) -> None:
    asked = entry("more-asked", at(9), for_="prompts")
    sentence = document_sentence(asked, playbook, {}, "facebook")
    assert sentence.startswith("Meta asked for prompts and screenshots: perhaps ")


def test_a_step_is_called_as_on_its_platform(playbook: Playbook) -> None:
    opened = entry("step-done", at(2), step="open")
    told = [document_sentence(opened, playbook, {}, platform) for platform in ("facebook", "elsewhere")]
    assert "Privacy Centre" in told[0]
    assert "Privacy Centre" not in told[1]
