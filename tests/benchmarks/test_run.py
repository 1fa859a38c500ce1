"""Every benchmark runs to its end on a database of its own, at a scale too small to say anything about speed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import database
from config.provision import ask, connect, database_name
from config.provision import run as run_sql

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = {
    *(
        "rls",
        "policy form",
        "search",
        "import",
        "list",
        "matrix",
        "dashboard",
        "coverage",
        "write-tax",
        "statements",
        "pdf",
    ),
    *("new agency", "new column", "job round trip", "report", "promised"),
}


def bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "benchmarks", "--scale", "tiny", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="module")
def results() -> Any:
    """One run of all; the database goes afterwards."""
    done = bench("--json")
    yield json.loads(done.stdout) if done.returncode == 0 else done.stderr
    url = database.address(os.environ["DATABASE_URL"], "tiny")
    server = connect(url, "postgres")
    run_sql(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", database_name(url))
    server.close()


@pytest.mark.slow
def test_every_benchmark_reports(results: Any):
    assert isinstance(results, list), results
    assert {row["name"].partition(":")[0] for row in results} == FAMILIES
    assert [row["name"] for row in results if not (row["subject_ms"] > 0 and row["reference_ms"] > 0)] == []


@pytest.mark.slow
def test_nothing_that_was_measured_stays(results: Any):
    inside = connect(database.address(os.environ["DATABASE_URL"], "tiny"))
    assert ask(inside, "SELECT count(*) FROM partners_gift WHERE import_id IS NOT NULL") == 0
    assert ask(inside, "SELECT count(*) FROM agencies_agency") == 3
    inside.close()


@pytest.mark.slow
def test_an_unknown_name_is_told(results: Any):
    done = bench("nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no benchmark nonsense" in done.stderr
