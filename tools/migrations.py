"""Migrations are linear: 0001, 0002, … in each app, each on the one before it, no merges, named by hand."""

import ast
import re
from pathlib import Path

from tools.places import ROOT

NAME = re.compile(r"(?P<number>\d{4})_(?P<words>[a-z0-9_]+)")
GENERATED = re.compile(r"auto_\d|.*_and_more$")


def dependencies(path: Path) -> list[tuple[str, str]]:
    """The (app, migration) pairs that a migration names; what is not written as a literal pair is left out."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["dependencies"]:
            assert isinstance(node.value, ast.List)
            pairs = [item for item in node.value.elts if isinstance(item, ast.Tuple)]
            return [(ast.literal_eval(pair.elts[0]), ast.literal_eval(pair.elts[1])) for pair in pairs]
    return []


def faults_of(app: str, files: list[Path]) -> list[str]:
    """What breaks the line in one app's migrations, given in the order of their names."""
    faults = []
    previous: list[str] = []
    for position, path in enumerate(files, start=1):
        match = NAME.fullmatch(path.stem)
        if match is None or GENERATED.match(match["words"]):
            faults.append(f"{app}/{path.name}: name it by hand, as 0002_what_it_does")
        elif int(match["number"]) != position:
            faults.append(f"{app}/{path.name}: has to be number {position:04}")
        if [name for owner, name in dependencies(path) if owner == app] != previous:
            faults.append(
                f"{app}/{path.name}: has to stand on {previous[0] if previous else 'nothing of its app'} only"
            )
        previous = [path.stem]
    return faults


def check(root: Path = ROOT) -> str:
    """One line for each fault; empty when every app's migrations are linear."""
    faults: list[str] = []
    for folder in sorted(root.glob("*/migrations")):
        faults += faults_of(folder.parent.name, sorted(folder.glob("[0-9]*.py")))
    return "\n".join(faults)
