"""The shell script that makes the environment, in a copy with an empty lock, so that nothing is fetched."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def checkout(tmp_path):
    """A copy of the script with a package `tools` that tells where it was called from."""
    shutil.copy(ROOT / "dev", tmp_path / "dev")
    (tmp_path / "requirements-dev.txt").write_text("")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "__main__.py").write_text("import os, sys; print(os.environ['CALLED_FROM'], *sys.argv[1:])")
    return tmp_path


def shim(folder: Path) -> Path:
    """What pyenv puts in the way for a version that is not selected: it exists, and exits 127."""
    path = folder / "python-shim"
    path.write_text("#!/bin/sh\necho 'pyenv: version not installed' >&2\nexit 127\n")
    path.chmod(0o755)
    return path


def dev(checkout: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(Path.home())}
    return subprocess.run(
        [checkout / "dev", *arguments], env={**base, **env}, cwd="/usr", capture_output=True, text=True, timeout=120
    )


def test_a_shim_that_exits_127_is_passed_over_and_the_environment_is_made_once(checkout):
    first = dev(checkout, "run", "a b", PYTHON=str(shim(checkout)))
    assert (first.returncode, first.stdout) == (0, "/usr run a b\n"), first.stderr
    assert "making .venv" in first.stderr
    second = dev(checkout, "run")
    assert (second.stdout, second.stderr) == ("/usr run\n", "")


def test_without_a_python_the_way_out_is_named(checkout, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "dirname", "cat", "cut", "sha256sum", "mkdir", "flock", "awk"):
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    script = (checkout / "dev").read_text().replace("/usr/bin/python3", "/nowhere/python3")
    (checkout / "dev").write_text(script)
    answer = subprocess.run(
        [shutil.which("bash") or "bash", checkout / "dev", "run"],
        env={"PATH": str(programs), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert answer.returncode != 0
    assert "apt-get install -y python3-venv" in answer.stderr
