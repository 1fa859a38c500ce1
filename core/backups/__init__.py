"""Backup and restore of one installation: the database, the stored files, a manifest to hold both against (T16).

A backup is a folder: `database.dump` (pg_dump's custom format), `files.tar`, `manifest.json`. It holds all that the
installation knows, in the clear: keep it as carefully as the database.
"""

from core.backups.making import make
from core.backups.restoring import restore

__all__ = ["make", "restore"]
