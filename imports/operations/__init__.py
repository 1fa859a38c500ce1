"""Bringing a file in: receive, check, apply. Check and apply are two transactions; apply judges the file again."""

from imports.operations.apply import apply_import, release_import, request_apply
from imports.operations.check import check_import
from imports.operations.receive import receive_file, request_check

__all__ = ["apply_import", "check_import", "receive_file", "release_import", "request_apply", "request_check"]
