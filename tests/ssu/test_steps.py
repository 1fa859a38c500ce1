"""The eleven items and their wording come from the source text: here they stand once more, letter by letter."""

from pathlib import Path

import pytest

from ssu import steps

SENTENCES = (
    (
        "Identify the smallest strategic unit (SSU) within your organization. The smallest strategic unit may be a "
        "local community, a people group, or a specific initiative."
    ),
    "Identify the SSU’s impact goal, ensuring it reinforces the overall impact goal of the organization.",
    "Dialogue with team leadership to clarify the holistic partnership model.",
    "Coach every individual team member through understanding how the model might look for their SSU",
    (
        "Develop core messages and a vision-based budget around strategic impact that will guide all communication and "
        "fundraising efforts for the SSU."
    ),
    (
        "Create a single management system for all SSU partners, and clarify the shift towards the ministry impact to "
        "existing key donors."
    ),
)
WORDINGS = {
    "1.1": "Our organization’s SSU",
    "2.1": "Our SSU’s goal for ministry is",
    "3.1": "Team leaders with whom you need to communicate",
    "3.2": "Main points of discussion for team leaders",
    "4.1": "What the model looks like for each SSU",
    "4.2": "Areas in which the team members need to be coached",
    "5.1": "SSU’s core messages to communicate",
    "5.2": "Items/expense/income for budget",
    "5.3": "Communication guidelines and expectations for entire SSU",
    "6.1": "Management system for receiving/processing partners and gifts",
    "6.2": "Roles, responsibilities, timeline for communicating with partners",
}


def test_six_steps_with_their_numbers_of_items() -> None:
    assert [len(step.items) for step in steps.all_steps()] == [1, 1, 2, 2, 3, 2]
    assert [step.number for step in steps.all_steps()] == [1, 2, 3, 4, 5, 6]


def test_eleven_items_in_the_words_of_the_text() -> None:
    assert {item.key: item.wording for step in steps.all_steps() for item in step.items} == WORDINGS
    assert {key: steps.wording(key) for key in WORDINGS} == WORDINGS
    assert steps.wording("7.1") == ""


def test_sentences_of_the_steps_in_the_words_of_the_text() -> None:
    assert tuple(step.sentence for step in steps.all_steps()) == SENTENCES


@pytest.mark.parametrize("wording", WORDINGS.values())
def test_a_changed_wording_is_seen(wording: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the words are read from the text, so another text is another list."""
    other = tmp_path / "six_steps.txt"
    other.write_text(steps.SOURCE.read_text(encoding="utf-8").replace(wording, "Something else"), encoding="utf-8")
    monkeypatch.setattr(steps, "SOURCE", other)
    found = steps.all_steps.__wrapped__()
    assert [item.wording for step in found for item in step.items] != list(WORDINGS.values())
