"""An agency that knows the designations of the sample files."""

import csv
from pathlib import Path

import pytest

from accounts.models import User
from agencies.models import Agency
from funds.operations import open_designation

SAMPLES = Path(__file__).resolve().parents[2] / "data/samples"


@pytest.fixture
def harbor(inside: Agency, alice: User) -> Agency:
    """Harbor Light with the codes of its own files."""
    inside.default_source, inside.organization_code, inside.base_currency = "HLM", "HLM-USA", "USD"
    inside.save()
    with (SAMPLES / "setup/designations.csv").open() as opened:
        for row in csv.DictReader(opened):
            open_designation(
                agency=inside, actor=alice, code=row["designation"], public_name=row["public_name"], kind="project"
            )
    return inside
