"""Questions as values: which answer stops what was begun is said by the question itself."""

from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before


def test_a_question_before_something_stops_with_the_answer_that_leaves_it_whichever_enter_takes() -> None:
    question = question_before("Delete it?", (), leave="leave it", go_on="delete it")
    leave, go_on = (id for id, _words in question.answers)
    for asked in (question, question._replace(default=go_on)):
        assert not asked.goes_on_with(leave)
        assert asked.goes_on_with(go_on)


def test_any_other_question_goes_on_with_every_answer() -> None:
    question = ChoiceQuestion("Which one?", (("a", "A"), ("b", "B")), default="a")
    assert all(question.goes_on_with(id) for id, _words in question.answers)
