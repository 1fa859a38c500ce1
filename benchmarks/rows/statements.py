"""Giving statements: their data by sets, and their PDFs."""

import io
from collections.abc import Callable
from typing import Any

from django.db import connection

from benchmarks.registry import benchmark
from benchmarks.results import MEASURED_ONLY, Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import World, inside

SAMPLE = 50
"""Giving units of the N+1 sample; its time is scaled up to all of them."""
COPY_OUT = """
COPY (
  SELECT g.giving_unit_id, u.name, g.date, g.id, l.id, l.amount, g.currency, l.designation_id, g.kind,
    l.intent, a.lines, a.city
  FROM partners_giftline l JOIN partners_gift g ON g.agency_id = l.agency_id AND g.id = l.gift_id
  JOIN partners_givingunit u ON u.agency_id = g.agency_id AND u.id = g.giving_unit_id
  LEFT JOIN partners_address a ON a.agency_id = u.agency_id AND a.partner_id = u.partner_id
  WHERE l.withdrawn_at IS NULL AND g.withdrawn_at IS NULL AND g.date BETWEEN '{year}-01-01' AND '{year}-12-31'
  ORDER BY g.giving_unit_id, g.date, g.id, l.id
) TO STDOUT
"""


def measured_year(world: World) -> int:
    """The last whole year of the gifts."""
    return world.big.agency.today().year - 1


def one_by_one(year: int, givers: list[int]) -> int:
    """The same lines as one would loop over them: per giving unit its gifts, per gift its lines, per line its names."""
    from partners.models import Address, Gift, GivingUnit

    seen = 0
    for pk in givers:
        giver = GivingUnit.objects.get(pk=pk)
        list(Address.objects.filter(partner=giver.partner))
        for gift in Gift.objects.filter(giving_unit=giver, date__year=year, withdrawn_at=None).order_by("date"):
            for line in gift.lines.filter(withdrawn_at=None):
                seen += len(line.designation.public_name)
    return seen


@benchmark("statements")
def statements(world: World) -> list[Result]:
    """All giving units of the big agency with something to state in its last whole year."""
    from reports.documents.contents import contents_of
    from reports.queries.givers import to_state
    from reports.queries.lines import lines_of

    year = measured_year(world)
    with inside(world.big):
        givers = to_state(year)
        sample = givers[:: max(len(givers) // SAMPLE, 1)][:SAMPLE]
        ways: list[Callable[[], Any]] = [
            lambda: list(lines_of(year)),
            lambda: copy_out(year),
            lambda: one_by_one(year, sample),
            lambda: contents_of(world.big.agency, year, givers),
        ]
        lines, copied, loop, contents = in_turn(*ways, rounds=max(world.scale.rounds // 2, 1))
    whole = loop * len(givers) / len(sample)
    remark = f"{len(givers):,} giving units; the loop is measured on {len(sample)} of them and scaled up"
    return [
        Result("statements: COPY", "lines by one set query", "COPY out", lines, copied, Goal(2, 1.2)),
        Result(
            "statements: N+1", "whole contents by sets", "ORM loop", contents, whole, Goal(100, at_least=True), remark
        ),
        Result("statements: contents", "whole contents by sets", "COPY out", contents, copied, MEASURED_ONLY),
    ]


def copy_out(year: int) -> int:
    """The lines as text, which nobody can do faster."""
    text = io.StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(COPY_OUT.format(year=year), text)
    return text.tell()


def documents(world: World, year: int) -> list[Any]:
    """Statements to print."""
    from reports.documents.contents import contents_of
    from reports.documents.issued import document
    from reports.queries.givers import to_state

    with inside(world.big):
        said = contents_of(world.big.agency, year, to_state(year)[: world.scale.documents])
    on = world.big.agency.today()
    return [
        document(content, number=str(n), year=year, version=1, issued_on=on, replaces=None)
        for n, content in enumerate(said.values(), start=1)
    ]


def plain_loop(statements: list[Any]) -> int:
    """WeasyPrint as its manual shows it: each document with its own fonts and stylesheets."""
    from django.template.loader import get_template, render_to_string
    from weasyprint import CSS, HTML

    from core.pdf.engine import Head
    from reports.documents.statement.page import Page

    size = 0
    for each in statements:
        page = Page(each)
        head = Head(page.words.lang, page.title, each.agency.name, "2026-01-01T12:00:00Z")
        html = render_to_string(
            "pdf/statement.html", {"page": page, "words": page.words, "statement": each, "pdf": head}
        )
        sheets = [CSS(string=get_template(name).render()) for name in ("pdf/document.css", "pdf/statement.css")]
        size += len(HTML(string=html).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))
    return size


@benchmark("pdf")
def pdfs(world: World) -> list[Result]:
    """One process: our engine against the plain loop. Two Celery workers are measured by `pdf-celery`."""
    from reports.documents.statement.printing import render_statement

    made = documents(world, measured_year(world))
    subject, reference = in_turn(
        lambda: [render_statement(each) for each in made],
        lambda: plain_loop(made),
        rounds=max(world.scale.rounds // 3, 1),
    )
    remark = f"{len(made)} statements, {subject / len(made):.0f} ms each"
    return [
        Result(
            "pdf: one process",
            "our engine",
            "plain WeasyPrint loop",
            subject,
            reference,
            Goal(1, at_least=True),
            remark,
        )
    ]
