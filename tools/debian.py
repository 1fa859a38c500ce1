"""What no wheel brings: Pango for PDFs, Chromium for the browser tests. Root installs it, others are told how."""

import ctypes
import os
import shutil
import subprocess

from tools.terminal import CannotStart, say

PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def find_chromium() -> str | None:
    """The path of a system Chromium; `CHROMIUM` in the environment wins."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM") or "", *CHROMIUM_NAMES))), None)


def install_line(packages: list[str]) -> str:
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: list[str]) -> bool:
    """Install Debian packages as root; otherwise, or when that fails, print the exact line and return False."""
    line = install_line(packages)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing {' '.join(packages)}")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        answer = subprocess.run(["sh", "-c", line], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if answer.returncode == 0:
            return True
    say(f"missing on this machine: {' '.join(packages)}. On Debian:  sudo sh -c '{line}'")
    return False


def require_pdf_libraries() -> None:
    """Pages work without these, PDFs do not: so a refusal to install is said, and the command goes on."""
    missing = [package for library, package in PDF_LIBRARIES.items() if not has_library(library)]
    if missing:
        install(missing)


def require_chromium() -> str | None:
    """The path of Chromium, installed when missing. In CI its absence is a failure, never a skip; elsewhere None."""
    found = find_chromium()
    if found:
        return found
    install(["chromium", "libatomic1"])
    found = find_chromium()
    if not found and os.environ.get("CI") == "true":
        raise CannotStart("CI runs the browser tests, and there is no Chromium on this machine")
    return found
