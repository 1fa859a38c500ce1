"""What the commands say to the person at the terminal. Answers go to standard output, remarks to standard error."""

import sys


class CannotStart(Exception):
    """Something outside the code keeps the command from running; the message says what to do."""


def say(remark: str) -> None:
    print(f"· {remark}", file=sys.stderr, flush=True)
