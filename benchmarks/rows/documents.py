"""PDFs of giving statements: one process against a plain loop, and two Celery workers against one process."""

from collections.abc import Callable
from typing import Any

from benchmarks.registry import benchmark
from benchmarks.results import Goal, Result
from benchmarks.rows.statements import measured_year
from benchmarks.timing import in_turn, once
from benchmarks.worker import forget, state_of, wait_until, working
from benchmarks.world import World, inside

PARALLEL = Goal(1.7, 5, at_least=True)


def documents(world: World, year: int, givers: list[int]) -> list[Any]:
    """The statements of these giving units."""
    from reports.documents.contents import contents_of
    from reports.documents.issued import document

    with inside(world.big):
        said = contents_of(world.big.agency, year, givers)
    on = world.big.agency.today()
    return [
        document(content, number=str(n), year=year, version=1, issued_on=on, replaces=None)
        for n, content in enumerate(said.values(), start=1)
    ]


def last_givers(world: World, year: int, count: int) -> tuple[int, list[int]]:
    """The last giving units that get a statement, and the one before them."""
    from reports.queries.givers import to_state

    with inside(world.big):
        everybody = to_state(year)
    return everybody[-count - 1], everybody[-count:]


def by_engine(statements: list[Any]) -> int:
    """Our engine, in this process."""
    from reports.documents.statement.printing import render_statement

    return sum(len(render_statement(each)) for each in statements)


def by_plain_loop(statements: list[Any]) -> int:
    """WeasyPrint as its manual shows it: each document with its own fonts and stylesheets."""
    from django.template.loader import get_template, render_to_string
    from weasyprint import CSS, HTML

    from core.pdf.engine import Head
    from reports.documents.statement.page import Page

    size = 0
    for each in statements:
        page = Page(each)
        head = Head(page.words.lang, page.title, each.agency.name, "2026-01-01T12:00:00Z")
        context = {"page": page, "words": page.words, "statement": each, "pdf": head}
        html = render_to_string("pdf/statement.html", context)
        sheets = [CSS(string=get_template(name).render()) for name in ("pdf/document.css", "pdf/statement.css")]
        size += len(HTML(string=html).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))
    return size


def by_workers(world: World, year: int, after: int) -> None:
    """A run of the product in two parts, for the giving units behind one: issued, printed, kept."""
    from django.db import transaction

    from agencies import scope
    from jobs.operations import start
    from reports.models import StatementPart, StatementRun

    place, begun = world.big, []
    with scope.fresh(), transaction.atomic(), scope.of_agency(place.agency.pk):
        run = StatementRun.objects.create(agency=place.agency, year=year, total=0, skipped={}, started_by=place.user)
        for number in (0, 1):
            part = StatementPart.objects.create(agency=place.agency, run=run, place=number, of=2, after=after)
            job = start(kind="statements.run", actor=place.user, title="Measured", arguments={"part": part.pk})
            begun.append(job.pk)
    states = [wait_until(lambda job=job: state_of(place, job), each=0.05) for job in begun]  # type: ignore[misc]
    assert states == ["done", "done"], states


@benchmark("pdf")
def pdfs(world: World) -> list[Result]:
    """The same statements by each way; a shorter run of the year before wakes the workers."""
    year, count = measured_year(world), world.scale.documents
    after, givers = last_givers(world, year, count)
    statements = documents(world, year, givers)
    ways: list[Callable[[], Any]] = [lambda: by_engine(statements), lambda: by_plain_loop(statements)]
    engine, loop = in_turn(*ways, rounds=max(world.scale.rounds // 3, 1))
    with working(2):
        by_workers(world, year - 1, last_givers(world, year - 1, 2)[0])
        workers = once(lambda: by_workers(world, year, after))
    forget(world)
    run = "a run by two workers"
    remark = f"{count} statements, {engine / count:.0f} ms each; by the workers also issued, kept and recorded"
    return [
        Result("pdf: one process", "our engine", "plain WeasyPrint loop", engine, loop, Goal(1, at_least=True)),
        Result("pdf: two workers", run, "our engine, one process", workers, engine, PARALLEL, remark),
        Result("pdf: two workers, plain", run, "plain WeasyPrint loop", workers, loop, PARALLEL),
    ]
