"""What the tables and columns of an archive mean, in words, from the models themselves."""

import textwrap
from typing import Any

from django.db.models import Model

from agencies.models import Agency
from home.archive.rows import columns_of, file_of, tables
from home.archive.tables import KEPT_BACK, LEFT_OUT

HEAD = """\
Everything that {agency} owns in Yokefellow.

tables/         a file for each table: CSV, UTF-8, commas, the first line names the columns. `id` numbers the rows of a
                table; a column like `unit_id` holds the number of a row of another table. Money is whole minor units
                (cents) beside its currency; days are YYYY-MM-DD, moments carry their zone; nothing between two commas
                is no value. An apostrophe stands before text that a spreadsheet program would run; take it off.
files/          the originals of imports and expenses, evidence, logos, statements as they were issued. Each begins
                with the number of its row.
manifest.json   every file with its number of rows or bytes and its SHA-256.

What is added while an archive is written may be in one table and not yet in another; a row that is referred to is
always there. What a member said of the own confidence, and notes that a writer keeps to themselves, belong to these
people and are not in it. Nor is what the agency handed in to an alliance: that is the alliance's.

NAMES AND PLACES OF CLOSED UNITS ARE IN THESE FILES AS THEY ARE. Keep them as you keep the people who serve there.
"""


def readme(agency: Agency) -> str:
    """The whole text."""
    parts = [HEAD.format(agency=agency.name), "TABLES", "", *[about(model) for model in tables()], PEOPLE]
    parts += ["NOT IN THE ARCHIVE", "", *(f"{label}: {reason}." for label, reason in LEFT_OUT.items())]
    return "\n".join(parts) + "\n"


PEOPLE = """tables/people.csv
    Those who have or had a place in the agency: what `user_id`, `by_id`, `actor_id` and the like lead to.
"""


def about(model: type[Model]) -> str:
    """One table: what a row is, and its columns."""
    lines = [f"tables/{file_of(model)}", *wrapped(first_words(model))]
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    lines += [f"    {name}: {meaning(fields[name])}" for name in columns_of(model)]
    lines += [f"    {name}: not here, {reason}" for name, reason in KEPT_BACK.get(model._meta.label, {}).items()]
    return "\n".join(lines) + "\n"


def first_words(model: type[Model]) -> str:
    """The first paragraph of what is said of the model."""
    return " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())


def wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 110, initial_indent="    ", subsequent_indent="    ")


def meaning(field: Any) -> str:
    """A column in words: what its help says, where it leads, which values it knows."""
    words = [str(field.help_text or field.verbose_name)]
    if field.related_model is not None:
        words.append(f"number of a row in {target(field.related_model)}")
    if field.choices:
        words.append("one of " + ", ".join(str(value) for value, _label in field.flatchoices))
    return "; ".join(words)


def target(model: Any) -> str:
    return "people.csv" if model._meta.label == "accounts.User" else file_of(model)
