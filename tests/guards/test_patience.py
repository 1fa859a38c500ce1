"""Tests in the browser wait for what they look at: a page that is still on its way is no fault of the page."""

import re
from pathlib import Path

import pytest

BROWSER = Path(__file__).parents[1] / "browser"
HASTY = re.compile(
    r"^\s*assert (?!.*\.objects\.).*\.(is_\w+\(|count\(\)|(inner_text|text_content|get_attribute|input_value)\()"
)


def hasty(source: str) -> list[str]:
    """Assertions that look once; `expect` of Playwright looks until it is so, or time is up."""
    return [line.strip() for line in source.splitlines() if HASTY.match(line)]


def test_tests_in_the_browser_wait_for_what_they_look_at() -> None:
    found = [f"{path.name}: {line}" for path in sorted(BROWSER.glob("*.py")) for line in hasty(path.read_text())]
    assert "\n".join(found) == ""


@pytest.mark.parametrize("line", ['assert page.get_by_text("Sent").is_visible()', "assert rows.count() == 3"])
def test_a_hasty_look_is_found(line: str) -> None:
    assert hasty(line) == [line]
    assert hasty("    assert Gift.objects.filter(amount=1).count() == 3") == []
