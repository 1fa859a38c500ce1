"""A socket path fits into the 107 bytes that the kernel gives it, whatever the folders are called."""

import os
import tempfile

import pytest

from tools.places import SOCKET_NAME, State
from tools.terminal import CannotStart


@pytest.fixture
def long_temporary_folder(tmp_path, monkeypatch):
    folder = tmp_path / ("deep" * 30)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_long_temporary_folder_is_passed_over(long_temporary_folder):
    assert len(os.fsencode(long_temporary_folder)) > 107
    assert len(os.fsencode(State(long_temporary_folder / "state").sockets / SOCKET_NAME)) <= 107


def test_each_state_has_sockets_of_its_own(tmp_path):
    assert State(tmp_path / "run").sockets != State(tmp_path / "test").sockets


def test_a_folder_that_cannot_be_replaced_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    state = State(tmp_path / "run")
    state.sockets.symlink_to(tmp_path)
    with pytest.raises(CannotStart, match="remove it or set TMPDIR"):
        state.make_sockets()


def test_the_state_folder_can_be_moved(tmp_path, monkeypatch):
    monkeypatch.setenv("STACK_STATE", str(tmp_path / "mine"))
    assert State.of("bench").path == tmp_path / "mine" / "bench"
