"""Agreement and charts: the figures, and the pictures of them."""

from datetime import date, timedelta

import pytest

from feedback.curation.agreement import agreements_of, reviewed_pairs
from feedback.curation.charts import LABEL_WIDTH, WIDTH, lying, standing
from feedback.curation.figures import WEEKS_SHOWN, Row, figures_of, longest
from feedback.models import DonatedRecord
from tests.factories import make_record, make_track
from tests.feedback.curation.conftest import decide, give

TODAY = date(2026, 11, 30)


def test_kappa_is_that_of_the_usual_example():
    """Twenty and fifteen of fifty agreed, five and ten not: 0.40.

    The worked example of https://en.wikipedia.org/wiki/Cohen%27s_kappa.
    """
    pairs = (
        [("", "")] * 20
        + [("", "spam")] * 5
        + [("spam", "")] * 10
        + [("spam", "spam")] * 15
    )

    overall = agreements_of(pairs).overall

    assert (overall.count, overall.agreed) == (50, 35)
    assert overall.percent == pytest.approx(70)
    assert overall.kappa == pytest.approx(0.4)


def test_each_reason_is_held_against_all_else():
    pairs = [("spam", "unclear"), ("spam", "spam"), ("", "unclear"), ("", "")]

    found = agreements_of(pairs)

    spam, unclear = found.reasons
    assert (spam.first, spam.second, spam.both, spam.agreed) == (2, 1, 1, 3)
    assert (unclear.first, unclear.second, unclear.both) == (0, 2, 0)
    # Both approve one, both reject two, whatever their reasons.
    assert found.overall.agreed == 3


@pytest.mark.parametrize("pairs", [[], [("", "")], [("", "")] * 40])
def test_kappa_isnt_defined_where_there_is_only_one_answer(pairs):
    overall = agreements_of(pairs).overall

    assert overall.kappa is None
    assert overall.share == (1 if pairs else None)


@pytest.mark.django_db
def test_pairs_are_of_looks_that_stand(cara, dan, finn, always_drawn):
    alike, differing, half = make_record(), make_record(), make_record()
    for record, reason in ((alike, ""), (differing, "spam"), (half, "")):
        decide(record, cara, reason)
    decide(alike, dan)
    decide(differing, dan, "")
    decide(differing, finn, "spam")

    assert reviewed_pairs() == [("", ""), ("spam", "")]


@pytest.mark.django_db
def test_what_was_given_is_counted(django_assert_num_queries):
    old = make_track(genres=("jazz", "soul"), year=1959)
    new = make_track(genres=("jazz",), year=2004)
    bare = make_track()
    give(approved=[old, bare], refused=[new], status="approved", week=TODAY)
    give(approved=[old], language="el", week=TODAY - timedelta(days=14))
    give(refused=[new], status="rejected", week=TODAY)
    make_record(week=TODAY - timedelta(days=7 * WEEKS_SHOWN))

    with django_assert_num_queries(8):
        found = figures_of(TODAY)

    assert len(found.weeks) == WEEKS_SHOWN
    assert found.weeks[-1] == Row("2026-11-30", (1, 0, 1))
    assert found.weeks[-3] == Row("2026-11-16", (0, 1, 0))
    assert found.genres == (Row("jazz", (2, 1)), Row("soul", (2, 0)))
    assert found.eras == (Row("1950s", (2, 0)), Row("2000s", (0, 1)))
    assert found.languages == (Row("en", (1, 1, 1)), Row("el", (0, 1, 0)))
    assert [row.counts for row in found.balance] == [(2, 1), (1, 0), (0, 1)]
    assert (found.records, found.without_genre, found.without_year) == (4, 1, 1)


@pytest.mark.django_db
def test_with_nothing_given_there_is_nothing_to_show():
    found = figures_of(TODAY)

    assert sum(row.total for row in found.weeks) == 0
    assert found.genres == ()
    assert not DonatedRecord.objects.exists()


def test_rare_ones_are_put_together():
    rows = [Row(f"{n:02}", (n, 1)) for n in range(20)]

    shown = longest(rows, 5)

    assert [row.label for row in shown] == ["19", "18", "17", "16", "15", "15 others"]
    assert shown[-1].counts == (sum(range(15)), 15)


@pytest.mark.parametrize("lay", [lying, standing])
def test_bars_are_as_long_as_their_counts_and_stay_in_the_picture(lay):
    rows = [Row("jazz", (30, 10)), Row("a very long name of a genre, really", (0, 20))]

    chart = lay("genres", "Genres", first="Genre", heads=("Liked", "Not"), rows=rows)

    sizes = [(part.width if lay is lying else part.height) for part in chart.parts]
    assert sizes[0] == pytest.approx(3 * sizes[1], rel=0.01)
    assert sizes[2] == pytest.approx(2 * sizes[1], rel=0.01)
    assert [part.place for part in chart.parts] == [0, 1, 1]
    for part in chart.parts:
        assert (LABEL_WIDTH if lay is lying else 0) <= part.x
        assert part.x + part.width <= WIDTH
        assert part.y >= 0
        assert part.y + part.height <= chart.height
    assert "30 liked, 30 not" in chart.about
    assert "jazz with 40" in chart.about


@pytest.mark.parametrize("lay", [lying, standing])
def test_an_empty_chart_says_so(lay):
    chart = lay("x", "X", first="X", heads=("A",), rows=[])

    assert chart.parts == ()
    assert chart.about == "There is nothing to show yet."
