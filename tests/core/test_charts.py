from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from core.charts import coverage_bar


def dollars(minor):
    return f"${minor / 100:,.2f}"


def bar(received, committed, goal, **more):
    return coverage_bar("budget", received=received, committed=committed, goal=goal, show=dollars, **more)


def test_parts_stand_behind_each_other():
    chart = bar(62_400_00, 22_800_00, 120_000_00, elapsed=Fraction(88, 100))
    assert (chart.received_width, chart.committed_width) == ("52.00%", "19.00%")
    assert (chart.percent, chart.in_hand) == ("71%", "52% is in hand.")
    assert (chart.tick, chart.tick_words, chart.tick_anchor) == ("88.00%", "88% of the year", "end")
    assert chart.finding == "$62,400.00 received, $22,800.00 committed, $34,800.00 still open of $120,000.00."
    assert chart.over == ""


def test_above_the_goal_the_bar_is_full_and_the_rest_is_said():
    chart = bar(110_000_00, 14_000_00, 120_000_00)
    assert (chart.received_width, chart.committed_width) == ("91.67%", "8.33%")
    assert (chart.percent, chart.over, chart.open) == ("103%", "+ $4,000.00 over", "$0.00")


def test_one_cent_short_is_not_yet_everything():
    assert bar(119_999_99, 0, 120_000_00).percent == "99%"


def test_no_goal_claims_no_percentage():
    chart = bar(500, 0, 0)
    assert (chart.percent, chart.of_goal, chart.in_hand, chart.received_width) == (
        "–",
        "No goal is set yet.",
        "",
        "0.00%",
    )


def test_more_corrections_than_gifts_draw_nothing():
    assert bar(-50_00, 0, 100_00).received_width == "0.00%"


@given(received=st.integers(-(10**9), 10**12), committed=st.integers(0, 10**12), goal=st.integers(0, 10**12))
def test_the_bar_never_leaves_its_frame(received, committed, goal):
    chart = bar(received, committed, goal)
    widths = [float(width.removesuffix("%")) for width in (chart.received_width, chart.committed_width)]
    assert all(0 <= width <= 100 for width in widths)
    assert sum(widths) <= 100.01
