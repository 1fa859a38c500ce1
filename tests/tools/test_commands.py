"""What `./dev` answers, and what it makes of pytest's arguments."""

import pytest

from tools.__main__ import COMMANDS, main
from tools.testing import test as run_tests
from tools.testing import value_of, wants_services, workers


def test_an_unknown_command_is_said_and_exits_2(capsys):
    assert main(["tset"]) == 2
    assert "no command 'tset'" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_help_lists_every_command(arguments, capsys):
    assert main(arguments) == 0
    listed = [line.split()[1] for line in capsys.readouterr().out.splitlines()[1:]]
    assert listed == [*COMMANDS, "help"]


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        ([], ""),
        (["-m", "slow"], "slow"),
        (["-mslow"], "slow"),
        (["-m=slow", "-m", "browser"], "browser"),
        (["--maxfail=2"], ""),
    ],
)
def test_the_value_of_an_option_is_found_in_each_form(arguments, value):
    assert value_of("-m", arguments) == value


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [("services", True), ("slow or services", True), ("not services", False), ("browser", False), ("(services)", True)],
)
def test_tests_that_need_real_servers_are_recognized(expression, wanted):
    assert wants_services(["-m", expression]) is wanted


@pytest.mark.parametrize(
    ("arguments", "added"),
    [
        ([], ["-n2"]),
        (["tests/core"], ["-n2"]),
        (["tests/core/test_money.py::test_sum"], ["-n0"]),
        (["-n", "4"], []),
        (["-n0"], []),
        (["--pdb"], []),
    ],
)
def test_two_processes_unless_the_caller_says_or_runs_a_single_test(arguments, added):
    assert workers(arguments) == added


def test_tests_for_real_servers_are_refused_without_them(monkeypatch, capsys):
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr("tools.__main__.exit_on_signals", lambda: None)
    monkeypatch.setitem(COMMANDS, "test", (run_tests, "", ""))
    assert main(["test", "-m", "services"]) == 1
    assert "set DATABASE_URL and REDIS_URL" in capsys.readouterr().err
