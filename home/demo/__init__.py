"""The demo: an agency at work, two smaller ones and an alliance, made by the same operations and importer that people
use.

Deterministic: the same rows each time, but for what hangs on today's date.
"""

from home.demo.build import build, is_built, is_empty, reset
from home.demo.people import PASSWORD, sign_ins

__all__ = ["PASSWORD", "build", "is_built", "is_empty", "reset", "sign_ins"]
