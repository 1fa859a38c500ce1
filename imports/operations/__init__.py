"""Bringing a file in: receive, check, apply; and taking it back. Check and apply are two transactions; apply judges the
file again.
"""

from imports.operations.apply import apply_import, release_import, request_apply
from imports.operations.check import check_import
from imports.operations.corrections import correct_rows
from imports.operations.mapping import map_columns, map_values, read_by_format, use_mapping
from imports.operations.receive import receive_file, request_check
from imports.operations.saved_mappings import change_rules, keep_mapping, remove_mapping, restore_mapping, write_mapping
from imports.operations.toward import say_toward
from imports.operations.undo import release_undo, request_undo, undo_import

__all__ = [
    "apply_import",
    "change_rules",
    "check_import",
    "correct_rows",
    "keep_mapping",
    "map_columns",
    "map_values",
    "read_by_format",
    "receive_file",
    "release_import",
    "release_undo",
    "remove_mapping",
    "request_apply",
    "request_check",
    "request_undo",
    "restore_mapping",
    "say_toward",
    "undo_import",
    "use_mapping",
    "write_mapping",
]
