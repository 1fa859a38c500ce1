"""The eleven items and their wording come from the source text."""

from ssu import steps


def test_six_steps_with_their_numbers_of_items() -> None:
    assert [len(step.items) for step in steps.all_steps()] == [1, 1, 2, 2, 3, 2]
    assert [step.number for step in steps.all_steps()] == [1, 2, 3, 4, 5, 6]


def test_every_wording_stands_in_the_text() -> None:
    text = steps.SOURCE.read_text(encoding="utf-8")
    wordings = [item.wording for step in steps.all_steps() for item in step.items]
    assert [text.count(f"• Action item - {wording}\n") for wording in wordings] == [1] * 11
    assert wordings[0] == "Our organization’s SSU"
    assert wordings[-1] == "Roles, responsibilities, timeline for communicating with partners"


def test_items_by_key() -> None:
    assert steps.wording("5.2") == "Items/expense/income for budget"
    assert steps.wording("7.1") == ""


def test_sentences_of_the_steps() -> None:
    assert [step.sentence.partition(" ")[0] for step in steps.all_steps()] == [
        "Identify",
        "Identify",
        "Dialogue",
        "Coach",
        "Develop",
        "Create",
    ]
