"""What is done to jobs: start, cancel, keep files."""

from jobs.operations.files import keep_file, remove_file
from jobs.operations.jobs import request_cancel, start

__all__ = ["keep_file", "remove_file", "request_cancel", "start"]
