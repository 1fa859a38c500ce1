"""The import contracts of pyproject.toml go red: each is shown a tree of empty apps with one import that it forbids."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]


def lint(tree: Path, modules: dict[str, str]) -> tuple[int, str]:
    """Exit code and report of lint-imports, under our contracts, for empty apps with these modules added."""
    (tree / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for app in APPS:
        (tree / app).mkdir()
        (tree / app / "__init__.py").write_text("")
    for name, text in modules.items():
        (tree / name.replace(".", "/")).with_suffix(".py").write_text(text)
    answer = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    return answer.returncode, answer.stdout


@pytest.mark.parametrize(
    ("modules", "broken"),
    [
        ({"funds.models": "import partners"}, "Imports between apps go down only"),
        ({"core.money": "def late():\n    from accounts import x"}, "Imports between apps go down only"),
        ({"alliances.queries": "import partners"}, "Imports between apps go down only"),
        ({"alliances.queries": "import funds"}, "The wall, seen from the alliances"),
        ({"home.queries": "import alliances"}, "The wall, seen from the agencies"),
        ({"funds.queries": "import funds.views", "funds.views": ""}, "Imports inside an app go down only"),
        ({"jobs.models": "import jobs.tasks", "jobs.tasks": ""}, "Imports inside an app go down only"),
        ({"ssu.api": "import ssu.views", "ssu.views": ""}, "Imports inside an app go down only"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(modules: dict[str, str], broken: str, tmp_path: Path) -> None:
    code, report = lint(tmp_path, modules)
    assert code == 1
    assert [line for line in report.splitlines() if line.startswith(broken) and line.endswith("BROKEN")] != []


def test_imports_that_go_down_keep_all_contracts(tmp_path: Path) -> None:
    modules = {
        "home.views": "import home.operations, partners.queries, funds.models",
        "home.operations": "import home.models",
        "home.models": "import core",
        "partners.queries": "import agencies",
        "funds.models": "import ssu",
        "alliances.models": "import ssu, jobs",
    }
    code, report = lint(tmp_path, modules)
    assert (code, report.strip().splitlines()[-1]) == (0, "Contracts: 4 kept, 0 broken.")
