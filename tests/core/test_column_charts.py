"""Columns stand on 0, the highest of both series fills the height, and each tells both amounts."""

from core.column_charts import FOOT, HEIGHT, Bar, column_chart


def test_the_highest_fills_the_height_and_all_stand_on_the_same_line() -> None:
    chart = column_chart("c", finding="f", bars=[Bar("Jan", 50, 100), Bar("Feb", 25, -10)], show=str)
    assert [(bar.height, bar.before_height) for bar in chart.bars] == [(HEIGHT // 2, HEIGHT), (HEIGHT // 4, 0)]
    assert {bar.y + bar.height for bar in chart.bars} == {FOOT}
    assert (chart.top, chart.bars[0].words) == ("100", "Jan: 50 (100)")


def test_few_months_are_labelled_and_columns_do_not_touch() -> None:
    chart = column_chart("c", finding="f", bars=[Bar(str(each), 1, 1) for each in range(12)], show=str)
    assert [bar.label for bar in chart.bars if bar.label] == ["0", "3", "6", "9"]
    ends = [float(bar.x[:-1]) + float(bar.width[:-1]) for bar in chart.bars]
    assert all(end < float(after.before_x[:-1]) for end, after in zip(ends, chart.bars[1:], strict=False))


def test_nothing_given_draws_nothing() -> None:
    chart = column_chart("c", finding="f", bars=[Bar("Jan", 0, 0)], show=str)
    assert (chart.bars[0].height, chart.bars[0].before_height) == (0, 0)
