"""Bringing a file in: receive, check, apply; and taking it back. Check and apply are two transactions; apply judges the
file again.
"""

from imports.operations.apply import apply_import, release_import, request_apply
from imports.operations.check import check_import
from imports.operations.corrections import correct_rows
from imports.operations.receive import receive_file, request_check
from imports.operations.undo import release_undo, request_undo, undo_import

__all__ = [
    "apply_import",
    "check_import",
    "correct_rows",
    "receive_file",
    "release_import",
    "release_undo",
    "request_apply",
    "request_check",
    "request_undo",
    "undo_import",
]
