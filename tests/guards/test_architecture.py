"""What import contracts cannot see: keys named by strings, the inner doors of an app, sizes, names, addresses in pages.

Each rule is a function from a tree of files to its faults; it runs on the product, and on a small tree that breaks it.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOORS = [layer.split(" | ") for layer in CONTRACTS[0]["layers"]]  # the highest first
HEIGHT = {app: -number for number, layer in enumerate(FLOORS) for app in layer}
WALL = {
    (app, other)
    for contract in CONTRACTS
    if contract["type"] == "forbidden"
    for app in contract["source_modules"]
    for other in contract["forbidden_modules"]
}
PLACES = [*HEIGHT, "tests", "tools", "benchmarks", "templates", "static", "manage.py"]
INNER_DOORS = {"views", "forms", "tasks", "urls", "admin", "receivers"}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "services", "common", "misc"}
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 500, 60, 150
MODEL = re.compile(r"([a-z_]+)\.[A-Z]\w*")
# A namespace is a name, not an address; nothing is fetched from it.
ADDRESS = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


def files(root: Path, *endings: str) -> Iterator[Path]:
    """Own files of the product with these endings; vendored files and migrations are not ours to shape."""
    for place in PLACES:
        for path in sorted([*(root / place).rglob("*"), root / place]):
            if path.is_file() and path.suffix in endings and not {"vendor", "migrations"} & set(path.parts):
                yield path


def trees(root: Path, places: list[str]) -> Iterator[tuple[str, str, ast.Module]]:
    """(app, path, syntax tree) of every Python file of these apps, migrations included."""
    for app in places:
        for path in sorted((root / app).rglob("*.py")):
            yield app, str(path.relative_to(root)), ast.parse(path.read_text())


def may_know(app: str, other: str) -> bool:
    """Whether code of `app` may name things of `other`: itself and lower floors, and nothing across the wall."""
    return app in (other, "config") or (HEIGHT[other] < HEIGHT[app] and (app, other) not in WALL)


def upward_names(root: Path) -> list[str]:
    """Strings that name a model ("partners.Gift"), also split over get_model's two arguments, of an app higher up."""
    faults = []
    for app, path, tree in trees(root, list(HEIGHT)):
        for node in ast.walk(tree):
            name = model_named(node)
            if name and name.partition(".")[0] in HEIGHT and not may_know(app, name.partition(".")[0]):
                faults.append(f"{path}: {name}")
    return faults


def model_named(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and MODEL.fullmatch(node.value):
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_model":
        words = [word.value for word in node.args if isinstance(word, ast.Constant)]
        return ".".join(map(str, words)) if len(words) == 2 else ""
    return ""


def inner_doors(root: Path) -> list[str]:
    """Imports of another app's views, forms, tasks and the like. `core` is plumbing, `config` mounts everything."""
    faults = []
    for app, path, tree in trees(root, [app for app in HEIGHT if app != "config"]):
        for node in ast.walk(tree):
            for name in imported(node):
                other, *inside = name.split(".")
                if other in HEIGHT and other not in (app, "core") and INNER_DOORS & set(inside[:1]):
                    faults.append(f"{path}: {name}")
    return faults


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement may load: `from funds import views` loads funds.views."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def long_files(root: Path) -> list[str]:
    limits = {".py": FILE_LINES, ".css": FILE_LINES, ".js": FILE_LINES, ".html": TEMPLATE_LINES}
    sizes = {path: len(path.read_text().splitlines()) for path in files(root, *limits)}
    return [f"{path.relative_to(root)}: {size} lines" for path, size in sizes.items() if size > limits[path.suffix]]


def long_functions(root: Path) -> list[str]:
    faults = []
    for path in files(root, ".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                faults += [f"{path.relative_to(root)}: {node.name} has {size} lines"] if size > FUNCTION_LINES else []
    return faults


def empty_names(root: Path) -> list[str]:
    paths = [path.relative_to(root) for path in files(root, ".py", ".html", ".css", ".js")]
    return [str(path) for path in paths if SAYS_NOTHING & {*path.parts[:-1], path.stem.strip("_")}]


def outside_addresses(root: Path) -> list[str]:
    """Addresses of other hosts in what a browser or the PDF maker loads: no page makes a third-party request."""
    faults = []
    for path in files(root, ".html", ".css", ".js", ".svg", ".txt"):
        if path.relative_to(root).parts[0] in ("templates", "static"):
            faults += [f"{path.relative_to(root)}: {found}" for found in ADDRESS.findall(path.read_text())]
    return faults


RULES: list[Callable[[Path], list[str]]] = [
    upward_names,
    inner_doors,
    long_files,
    long_functions,
    empty_names,
    outside_addresses,
]


@pytest.mark.parametrize("rule", RULES)
def test_the_product_keeps_the_rule(rule: Callable[[Path], list[str]]) -> None:
    assert rule(ROOT) == []


def test_every_app_stands_on_a_floor() -> None:
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps == set(HEIGHT) - {"config"}


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 60


@pytest.mark.parametrize(
    ("rule", "path", "text", "fault"),
    [
        (upward_names, "funds/models.py", "ForeignKey('partners.Gift')", "funds/models.py: partners.Gift"),
        (upward_names, "funds/queries.py", "apps.get_model('home', 'Page')", "funds/queries.py: home.Page"),
        (upward_names, "funds/migrations/0001_a.py", "x(to='home.Page')", "funds/migrations/0001_a.py: home.Page"),
        (upward_names, "partners/models.py", "Key('alliances.Member')", "partners/models.py: alliances.Member"),
        (upward_names, "home/models.py", "Key('alliances.Member')", "home/models.py: alliances.Member"),
        (upward_names, "alliances/models.py", "Key('funds.Entry')", "alliances/models.py: funds.Entry"),
        (inner_doors, "partners/views.py", "from funds import views", "partners/views.py: funds.views"),
        (inner_doors, "partners/views.py", "import funds.forms", "partners/views.py: funds.forms"),
        (inner_doors, "home/queries.py", "from jobs.tasks import go", "home/queries.py: jobs.tasks.go"),
        (long_files, "core/money.py", "x = 1\n" * 501, "core/money.py: 501 lines"),
        (long_files, "templates/a.html", "<p>\n" * 151, "templates/a.html: 151 lines"),
        (long_functions, "core/money.py", LONG_FUNCTION, "core/money.py: f has 61 lines"),
        (empty_names, "core/utils.py", "", "core/utils.py"),
        (empty_names, "funds/services/post.py", "", "funds/services/post.py"),
        (
            outside_addresses,
            "templates/a.html",
            "<script src='//cdn.example.com/x.js'>",
            "templates/a.html: //cdn.example.com",
        ),
        (outside_addresses, "static/a.css", "url(https://fonts.example/f)", "static/a.css: https://fonts.example"),
    ],
)
def test_a_tree_that_breaks_the_rule_is_found(
    rule: Callable[[Path], list[str]], path: str, text: str, fault: str, tmp_path: Path
) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)
    assert rule(tmp_path) == [fault]


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (upward_names, "partners/models.py", "ForeignKey('funds.Entry')"),
        (upward_names, "partners/models.py", "ForeignKey('partners.Gift')"),
        (upward_names, "alliances/models.py", "ForeignKey('ssu.Unit')"),
        (inner_doors, "partners/views.py", "from partners.forms import GiftForm"),
        (inner_doors, "partners/views.py", "from funds.operations import post"),
        (long_files, "core/money.py", "x = 1\n" * 500),
        (long_functions, "core/money.py", LONG_FUNCTION.replace("    x = 1\n", "", 1)),
        (empty_names, "static/vendor/utils.js", ""),
        (outside_addresses, "static/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'>"),
    ],
)
def test_a_tree_that_keeps_the_rule_passes(
    rule: Callable[[Path], list[str]], path: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)
    assert rule(tmp_path) == []
