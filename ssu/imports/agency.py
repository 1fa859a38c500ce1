"""The agency's own file, agency.json."""

import json
import unicodedata
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from core.currencies import EXPONENTS
from imports.reading.findings import FileRefused
from imports.reading.limits import read_limited
from ssu.imports.lines import unreadable
from ssu.setup_problems import Problems
from ssu.setup_rows import AgencyRow


def read_agency(path: Path, problems: Problems) -> AgencyRow | None:
    """The agency's own file."""
    try:
        said = json.loads(read_limited(path).decode("utf-8-sig"))
    except OSError as error:
        problems.add(path.name, 0, "", unreadable(path, error))
        return None
    except UnicodeDecodeError:
        problems.add(path.name, 0, "", "holds letters that cannot be read. Save the file as UTF-8.")
        return None
    except (ValueError, RecursionError, FileRefused) as error:
        problems.add(path.name, 0, "", f"is no JSON: {error}. Correct it or export it again.")
        return None
    if not isinstance(said, dict):
        problems.add(path.name, 0, "", "must hold one object in braces, with name and base_currency.")
        return None
    return agency_row(path.name, said, problems)


def agency_row(file: str, said: dict[str, Any], problems: Problems) -> AgencyRow | None:
    """The agency, None when something in it is wrong. Without a slug the name makes one."""
    before = len(problems.found)
    words = {key: agency_word(file, said, key, most, problems) for key, most in AGENCY_WORDS.items()}
    name, slug = words.pop("name"), words.pop("slug")
    if not name:
        problems.add(file, 0, "name", "is missing. Write the agency's name.")
    currency = words["base_currency"]
    if currency not in EXPONENTS:
        problems.add(file, 0, "base_currency", f"“{currency}” is no ISO 4217 code. Write one such as USD.")
    month = said.get("fiscal_year_starts_month")
    if month is not None and (not isinstance(month, int) or isinstance(month, bool) or not 1 <= month <= 12):
        problems.add(file, 0, "fiscal_year_starts_month", f"“{month}” is no month. Write a number from 1 to 12.")
    made = slug or slugify(name)[:40].strip("-")
    if name and not made:
        said_so = "is missing, and the name holds no Latin letters to make one of. Write a short one, such as harbor."
        problems.add(file, 0, "slug", said_so)
    elif made and (slugify(made) != made or len(made) > 40):
        problems.add(file, 0, "slug", "must be small letters, digits and hyphens, 40 at most.")
    if len(problems.found) > before:
        return None
    return AgencyRow(name=name, slug=made, fiscal_year_start=month, **words)


AGENCY_WORDS = {
    "name": 120,
    "slug": 250,
    "base_currency": 3,
    "organization_code": 40,
    "default_source": 40,
    "general_designation": 40,
}
"""What agency.json says in words, and how long each may be. The slug has a sentence of its own."""


def agency_word(file: str, said: dict[str, Any], key: str, most: int, problems: Problems) -> str:
    """One word of the agency's file, "" where it says nothing."""
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        problems.add(file, 0, key, f"“{value}” is no text. Put it in quotation marks.")
        return ""
    text = unicodedata.normalize("NFC", value or "").strip()
    if len(text) > most and key != "base_currency":
        problems.add(file, 0, key, f"is longer than {most} characters. Shorten it.")
    return text
