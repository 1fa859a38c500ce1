"""The line of an indicator on paper: the same places as on the page, in points."""

from core.line_charts import Reading, line_chart
from reports.documents.paper_chart import LEFT, TOP, on_paper


def test_the_corners_of_the_plot() -> None:
    chart = on_paper(
        line_chart(
            "readings",
            finding="families: 5",
            readings=[Reading("Jan", 0, 0, 10), Reading("Feb", None), Reading("Mar", 5, 0, 10, provisional=True)],
        ),
        "#1b4d8f",
    )
    assert (chart.finding, chart.accent, chart.right) == ("Families: 5", "#1b4d8f", 520)
    assert [(dot.x, dot.y, dot.provisional) for dot in chart.dots] == [(50.0, 158, False), (520.0, 83, True)]
    assert chart.runs == []  # nothing was reported between: the gap stays one
    assert chart.band == "50.0,8.0 520.0,8.0 520.0,158.0 50.0,158.0"
    assert [y for y, _text, _words in chart.levels][-1] == TOP
    assert chart.labels[0] == (float(LEFT), "Jan")


def test_what_was_reported_in_a_row_is_one_line() -> None:
    chart = on_paper(line_chart("readings", finding="x", readings=[Reading("a", 10), Reading("b", 0)]), "#1b4d8f")
    assert chart.runs == ["50.0,8.0 520.0,158.0"]
