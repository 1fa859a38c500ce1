"""The gate runs every step, names what failed and exits accordingly; its own checks find what they are for."""

import pytest

from tools import gate, lock, migrations
from tools.terminal import CannotStart

STANDING_ON = "class Migration:\n    dependencies = [{}]\n"


def crash() -> str:
    raise FileNotFoundError("no such program")


@pytest.fixture
def steps(monkeypatch):
    made = {"good": lambda: "", "bad": lambda: "line 3 is wrong", "crash": crash, "last": lambda: ""}
    monkeypatch.setattr(gate, "STEPS", made)


def test_all_steps_run_and_a_failure_exits_1(steps, capsys):
    assert gate.check([]) == 1
    out = capsys.readouterr().out
    assert [line.split()[:2] for line in out.splitlines() if line.startswith(("ok ", "FAIL "))] == [
        ["ok", "good"],
        ["FAIL", "bad"],
        ["FAIL", "crash"],
        ["ok", "last"],
    ]
    assert "line 3 is wrong" in out
    assert out.endswith("check: failed in bad, crash\n")


def test_a_subset_that_passes_exits_0(steps, capsys):
    assert gate.check(["good", "last"]) == 0
    assert capsys.readouterr().out.endswith("check: clean\n")


def test_an_unknown_step_is_refused(steps):
    with pytest.raises(CannotStart, match="no step nope; there are good, bad, crash, last"):
        gate.check(["nope"])


def test_a_command_that_fails_answers_in_its_own_words():
    assert gate.command("python", "-c", "print('why'); raise SystemExit(1)")() == "why\n"
    assert gate.command("python", "-c", "raise SystemExit(4)")() == "exit 4"
    assert gate.command("python", "-c", "print('fine')")() == ""


@pytest.fixture
def locked(tmp_path):
    (tmp_path / "requirements.in").write_text("django\n")
    (tmp_path / "requirements-dev.in").write_text("-r requirements.in\npytest\n")
    for name, sources in lock.LOCKS.items():
        (tmp_path / name).write_text("django==5.2\n")
        lock.sign(tmp_path / name, lock.signature(tmp_path, sources))
    return tmp_path


def test_locks_made_from_their_sources_pass(locked):
    assert lock.check(locked) == ""


def test_a_changed_wish_makes_the_locks_that_hold_it_stale(locked):
    (locked / "requirements-dev.in").write_text("-r requirements.in\npytest\nruff\n")
    assert lock.check(locked) == "requirements-dev.txt out of date: run ./dev lock"
    (locked / "requirements.in").write_text("django\ncelery\n")
    assert lock.check(locked) == "requirements.txt, requirements-dev.txt out of date: run ./dev lock"


def test_signing_twice_leaves_one_signature(locked):
    before = (locked / "requirements.txt").read_text()
    lock.sign(locked / "requirements.txt", lock.signature(locked, lock.LOCKS["requirements.txt"]))
    assert (locked / "requirements.txt").read_text() == before


def make_migration(root, name, *standing_on):
    folder = root / "gifts" / "migrations"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(STANDING_ON.format(", ".join(map(repr, standing_on))))


def test_migrations_in_one_line_pass(tmp_path):
    make_migration(tmp_path, "0001_initial", ("people", "0003_names"))
    make_migration(tmp_path, "0002_gift_lines", ("gifts", "0001_initial"))
    assert migrations.check(tmp_path) == ""


@pytest.mark.parametrize(
    ("name", "standing_on", "fault"),
    [
        ("0002_auto_20260101_0900", ("gifts", "0001_initial"), "name it by hand"),
        ("0002_gift_amount_and_more", ("gifts", "0001_initial"), "name it by hand"),
        ("0003_gift_lines", ("gifts", "0001_initial"), "has to be number 0002"),
        ("0002_gift_lines", ("people", "0001_initial"), "has to stand on 0001_initial only"),
    ],
)
def test_a_migration_out_of_line_is_named(tmp_path, name, standing_on, fault):
    make_migration(tmp_path, "0001_initial")
    make_migration(tmp_path, name, standing_on)
    assert fault in migrations.check(tmp_path)


def test_a_merge_is_refused(tmp_path):
    make_migration(tmp_path, "0001_initial")
    make_migration(tmp_path, "0002_left", ("gifts", "0001_initial"))
    make_migration(tmp_path, "0003_join", ("gifts", "0001_initial"), ("gifts", "0002_left"))
    assert migrations.check(tmp_path) == "gifts/0003_join.py: has to stand on 0002_left only"
