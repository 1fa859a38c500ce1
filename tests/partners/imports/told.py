"""What `import_file --json` prints of a checked file."""

from typing import Any

from imports.management.commands.import_file import ToldFindings
from partners.imports.checking import CheckedFile


def told(checked: CheckedFile) -> dict[str, Any]:
    """Outcome and findings with the names of expected.json."""
    findings = ToldFindings()
    findings.add(checked.notes.found())
    return {**checked.outcome.as_json(), **findings.lists}
