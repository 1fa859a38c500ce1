"""The embedded services as a person meets them: started, killed, started again, each time with a state of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from config.provision import connect
from tests.tools.test_processes import gone_within

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import json, os, sys, time
from tools import postgres
from tools.processes import exit_on_signals
from tools.stack import services
exit_on_signals()
if "--other-user" in sys.argv:
    postgres.NAMESPACE = ("false",)
with services(sys.argv[1], durable="--durable" in sys.argv) as stack:
    pids = [child.process.pid for child in stack.supervisor.children]
    print(json.dumps({"pids": pids, "url": stack.env["DATABASE_URL"]}), flush=True)
    time.sleep(60)
"""


class Holder:
    """A process that holds a stack, as ./dev does while its command runs."""

    def __init__(self, state: Path, *options: str) -> None:
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, "test", *options],
            env={**env, "STACK_STATE": str(state)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        answer = json.loads(line)
        self.pids: list[int] = answer["pids"]
        self.url: str = answer["url"]

    def ask(self, query: str) -> object:
        made = connect(self.url, "postgres")
        with made.cursor() as cursor:
            cursor.execute(query)
            row = cursor.fetchone()
        made.close()
        assert row is not None
        return row[0]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return self.process.returncode


def test_a_polite_end_stops_both_servers_and_removes_the_sockets(tmp_path):
    holder = Holder(tmp_path)
    sockets = Path(holder.url.removeprefix("postgres://postgres@/")).parent
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert holder.end() == 143
    assert [gone_within(1, pid) for pid in holder.pids] == [True, True]
    assert not sockets.exists()


def test_kill_9_leaves_no_server_behind_and_the_next_start_works(tmp_path):
    holder = Holder(tmp_path)
    holder.end(signal.SIGKILL)
    again = Holder(tmp_path)
    assert again.ask("SELECT 1") == 1
    again.end()
    assert [gone_within(5, pid) for pid in holder.pids] == [True, True]


def test_a_killed_postmaster_recovers_at_the_next_start(tmp_path):
    holder = Holder(tmp_path, "--durable")
    os.kill(holder.pids[0], signal.SIGKILL)
    holder.end(signal.SIGKILL)
    again = Holder(tmp_path, "--durable")
    assert again.ask("SELECT 1") == 1
    again.end()


@pytest.mark.parametrize(("options", "fsync"), [((), "off"), (("--durable",), "on")])
def test_only_a_durable_cluster_waits_for_the_disk(tmp_path, options, fsync):
    holder = Holder(tmp_path, *options)
    assert holder.ask("SHOW fsync") == fsync
    holder.end()


def test_nothing_listens_on_the_network(tmp_path):
    holder = Holder(tmp_path)
    assert holder.ask("SHOW listen_addresses") == ""
    holder.end()


def test_a_second_command_with_the_same_state_is_refused_in_words(tmp_path):
    holder = Holder(tmp_path)
    env = {**os.environ, "STACK_STATE": str(tmp_path)}
    second = subprocess.run([sys.executable, "-c", HOLD, "test"], env=env, cwd=ROOT, capture_output=True, text=True)
    holder.end()
    assert second.returncode == 1
    assert "already running with" in second.stderr


def test_a_cluster_of_another_major_version_is_kept_aside(tmp_path):
    Holder(tmp_path).end()
    (tmp_path / "test" / "postgres" / "PG_VERSION").write_text("12\n")
    holder = Holder(tmp_path)
    assert holder.ask("SELECT 1") == 1
    holder.end()
    assert len(list((tmp_path / "test").glob("postgres-12-*/PG_VERSION"))) == 1


def test_a_half_made_cluster_is_made_anew(tmp_path):
    half = tmp_path / "test" / "postgres.unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    holder = Holder(tmp_path)
    assert holder.ask("SELECT 1") == 1
    holder.end()
    assert not half.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become another user")
def test_where_user_namespaces_are_refused_root_runs_the_cluster_as_another_user(tmp_path):
    holder = Holder(tmp_path, "--other-user")
    assert Path(f"/proc/{holder.pids[0]}").stat().st_uid != 0
    home = Path(str(holder.ask("SHOW data_directory"))).parent
    holder.end(signal.SIGKILL)
    assert gone_within(5, holder.pids[0])  # a change of user clears the parent-death signal; setpriv sets it again
    subprocess.run(["rm", "-rf", home], check=True)


def test_given_addresses_are_used_and_nothing_is_started(tmp_path):
    script = """
from tools.stack import services
with services("test") as stack:
    print(stack.env["DATABASE_URL"], stack.supervisor.children)
"""
    given = {"DATABASE_URL": "postgres://given/db", "REDIS_URL": "redis://given"}
    env = {**os.environ, **given, "STACK_STATE": str(tmp_path)}
    answer = subprocess.run([sys.executable, "-c", script], env=env, cwd=ROOT, capture_output=True, text=True)
    assert answer.stdout == "postgres://given/db []\n"


def test_provisioned_roles_of_the_embedded_cluster_may_not_bypass_row_security(tmp_path):
    holder = Holder(tmp_path)
    env = {**os.environ, "DATABASE_URL": holder.url}
    subprocess.run([sys.executable, "-m", "config.provision"], env=env, cwd=ROOT, check=True)
    query = (
        "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolname LIKE 'yokefellow%' AND (rolsuper OR rolbypassrls)"
    )
    found = holder.ask(query)
    holder.end()
    assert found == "yokefellow_backup"


def test_the_socket_stops_answering_once_the_command_ended(tmp_path):
    holder = Holder(tmp_path)
    holder.end()
    with pytest.raises(psycopg2.OperationalError):
        connect(holder.url, "postgres")


SHARE = """
import sys, time
from pathlib import Path
from tools.stack import shared_services
with shared_services("run") as stack:
    stack.announce()
    print(len(stack.supervisor.children), flush=True)
    while not Path(sys.argv[1]).exists():
        time.sleep(0.05)
    import psycopg2
    from config.provision import connect
    connect(stack.env["DATABASE_URL"], "postgres").close()
"""


def share(state: Path, until: Path) -> subprocess.Popen[str]:
    """A command that shares the services until a file is there, and needs the database once more at its end."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return subprocess.Popen(
        [sys.executable, "-c", SHARE, until],
        env={**env, "STACK_STATE": str(state)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_commands_share_services_and_the_last_one_turns_off_the_light(tmp_path):
    first_may_end, second_may_end = tmp_path / "first", tmp_path / "second"
    first = share(tmp_path, first_may_end)
    assert first_line(first) == "2\n"
    second = share(tmp_path, second_may_end)
    assert first_line(second) == "0\n"
    first_may_end.touch()
    with pytest.raises(subprocess.TimeoutExpired):
        first.wait(1)
    second_may_end.touch()
    assert (second.communicate(timeout=20)[1], second.returncode) == ("", 0)
    first.communicate(timeout=20)
    assert first.returncode == 0
