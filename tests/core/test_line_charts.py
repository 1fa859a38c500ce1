from fractions import Fraction

from core.line_charts import Reading, line_chart


def chart(*values, **more):
    readings = [Reading(f"Q{i}", value, **more) for i, value in enumerate(values, 1)]
    return line_chart("test", finding="It rose.", readings=readings)


def test_a_gap_is_never_bridged():
    drawn = chart(3, 4, None, 6, 7)
    assert [run.count(",") for run in drawn.runs] == [2, 2]
    assert len(drawn.dots) == 4


def test_the_axis_starts_at_zero_and_holds_the_highest():
    drawn = chart(3, 11)
    assert [words for _, _, words in drawn.levels] == ["0", "5", "10", "15"]
    assert drawn.dots[1].y > 8


def test_places_have_a_point_and_stay_in_the_plot():
    assert [dot.x for dot in chart(1, 2, 3).dots] == ["8.00%", "46.00%", "84.00%"]


def test_the_band_goes_forth_on_top_and_back_below():
    assert chart(2, 2, low=1, high=4).band == "0.00,0.00 100.00,0.00 100.00,75.00 0.00,75.00"


def test_the_last_reported_value_is_the_label():
    assert chart(3, 8, None).last == ("47.52%", 12, "8")


def test_nothing_but_zeros_still_draws():
    assert [words for _, _, words in chart(0, 0).levels] == ["0", "0.1"]


def test_points_stand_at_their_time():
    readings = [Reading(str(place), 1, across=Fraction(place, 10)) for place in (0, 1, 4, 10)]
    drawn = line_chart("test", finding="It stayed.", readings=readings)
    assert [dot.x for dot in drawn.dots] == ["8.00%", "15.60%", "38.40%", "84.00%"]
    assert [words for _, words in drawn.labels] == ["0", "4", "10"]


def test_a_label_that_would_touch_another_is_left_out():
    readings = [Reading(str(place), 1, across=Fraction(place, 10)) for place in (0, 1, 9, 10)]
    assert [words for _, words in line_chart("test", finding="", readings=readings).labels] == ["0", "10"]


def test_an_end_of_the_path_is_no_gap():
    readings = [Reading("May", 1), Reading("June", None, 3, 3, mark="target 3"), Reading("July", 2)]
    assert [run.count(",") for run in line_chart("test", finding="", readings=readings).runs] == [2]
