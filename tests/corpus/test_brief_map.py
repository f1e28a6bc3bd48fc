"""The brief's map: frame, circles, labels."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.exports.brief_labels import Box, Named, place_labels, text_width
from corpus.exports.brief_map import LARGEST_RADIUS, SMALLEST_RADIUS, Dot, draw, legend, radius

FRAME = Box(0, 0, 960, 700)
FRONT = [Dot(f"Village {n}", 48 + n / 50, 37.5 + n / 60, 10) for n in range(20)]


def circles(svg):
    return [(float(x), float(y)) for x, y in re.findall(r'<circle class="[^"]*" cx="([-\d.]+)" cy="([-\d.]+)"', svg)]


def test_a_far_capital_does_not_make_the_front_a_speck():
    drawn = draw([*FRONT, Dot("Washington", 38.9, -77.0, 3)], "map")
    assert [dot.name for dot in drawn.outside] == ["Washington"]
    xs = [x for x, _ in circles(drawn.svg)]
    assert max(xs) - min(xs) > 100


def test_north_is_up_and_east_is_right():
    south_west, north_east = circles(draw([Dot("a", 47.0, 36.0, 2), Dot("b", 48.0, 37.0, 1)], "map").svg)
    assert south_west[0] < north_east[0]
    assert south_west[1] > north_east[1]


def test_one_place_is_drawn_in_the_middle():
    ((x, y),) = circles(draw([Dot("Bakhmut", 48.6, 38.0, 5)], "map").svg)
    assert abs(x - 480) < 1
    assert 200 < y < 500


def test_no_place_at_all_draws_ukraine():
    assert draw([], "map").svg.count("<path") > 5


def test_drawing_stays_small():
    assert len(draw(FRONT, "map").svg) < 150_000


def test_names_are_escaped():
    svg = draw([Dot('<b onload="x">&', 48.6, 38.0, 5)], '"label"').svg
    assert "<b " not in svg
    assert 'aria-label="&quot;label&quot;"' in svg


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_radius_stays_within_its_limits(count, more):
    assert SMALLEST_RADIUS <= radius(count, count + more) <= LARGEST_RADIUS


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 960), st.floats(0, 700), st.floats(3, 22), st.text("abcШщ ", min_size=1, max_size=12))
    )
)
def test_labels_never_overlap_each_other_or_another_circle(places):
    named = [Named(text, x, y, size, "name") for x, y, size, text in places]
    boxes = [Box.around(one.x, one.y, one.radius, one.radius) for one in named]
    placed, texts = place_labels(named, boxes, FRAME, most=10), [one.text for one in named]
    assert len(placed) <= 10
    for number, label in enumerate(placed):
        assert label.box.within(FRAME)
        assert not any(label.box.meets(other.box) for other in placed[:number])
        own = named[[one.text for one in named].index(label.text)] if texts.count(label.text) == 1 else None
        others = [box for box, one in zip(boxes, named, strict=True) if own and one[1:4] != own[1:4]]
        assert not any(label.box.meets(box) for box in others)


def test_the_most_important_name_comes_first():
    named = [Named("First", 100, 100, 5, "name"), Named("Second", 103, 100, 5, "name")]
    assert place_labels(named, [], FRAME, most=1)[0].text == "First"


def test_cyrillic_is_taken_as_wide():
    assert text_width("Щ") > text_width("l")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.builds(Dot, st.just("x"), st.floats(-85, 85), st.floats(-180, 180), st.integers(1, 99)), max_size=8))
def test_any_places_on_earth_can_be_drawn(dots):
    drawn = draw(dots, "map")
    assert len(circles(drawn.svg)) + len(drawn.outside) == len(dots)
    assert "nan" not in drawn.svg


def test_legend_circles_are_as_large_as_on_the_map():
    size = radius(12, 12)
    assert f'r="{size}"' in legend([(size, "point", "12")])
    assert 'viewBox="0 0 960 ' in legend([(size, "point", "12")])


def test_a_long_legend_takes_another_line():
    heights = [
        float(re.search(r'viewBox="0 0 960 (\d+)"', legend([(7, "ring", "word " * 20)] * number))[1])
        for number in (1, 2)
    ]
    assert heights[1] > heights[0]
