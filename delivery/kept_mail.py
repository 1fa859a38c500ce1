"""Account mail as text files, so that whoever tries the product can follow an invitation. Development settings alone
name a folder for it (`KEPT_MAIL`).
"""

import os
import re
from pathlib import Path

from django.core.mail import EmailMessage
from django.utils import timezone

NEWEST = "newest.txt"
"""Leads to the newest of them."""


def keep(message: EmailMessage, folder: Path) -> Path:
    """Write a mail into a folder that only this user may read; return its file. The names sort by time (UTC)."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    to = ", ".join(message.to)
    words = re.sub(r"[^\w@.+-]+", "-", f"{to} {message.subject}").strip("-.")[:80]
    file = folder / f"{timezone.now():%Y%m%d-%H%M%S-%f} {words}.txt"
    file.write_text(f"To: {to}\nSubject: {message.subject}\n\n{message.body}\n", encoding="utf-8")
    unfinished = folder / f".{file.name[:21]}{os.getpid()}"
    unfinished.symlink_to(file.name)
    unfinished.replace(folder / NEWEST)
    return file
