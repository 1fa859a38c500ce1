"""Bringing a file in: receive, check, apply. Checking and applying are two transactions; applying judges the file again."""

from imports.operations.apply import apply_import, request_apply
from imports.operations.check import check_import
from imports.operations.receive import receive_file

__all__ = ["apply_import", "check_import", "receive_file", "request_apply"]
