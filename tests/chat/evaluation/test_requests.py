"""`evaluate requests` reads MusicRecoIntent's form and counts exact spans."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from chat.agent.understanding.descriptors import descriptors_in
from chat.evaluation.requests.gazetteer import gazetteer_read
from chat.evaluation.requests.marking import as_marked
from chat.evaluation.requests.rows import Marked, Request, requests_read
from chat.evaluation.requests.scoring import figures_of

ROWS = """query,intents
sad jazz,"{'Mood': {('sad', '+'): 1.0}, 'Genre': {('jazz', '+'): 1.0}}"
rock with no vocals,"{'Genre': {('rock', '+'): 1.0}, 'Instrument': {('vocals', '-'): 1.0}}"
indie rock,"{'Genre': {('indie', '+'): 1.0, ('rock', '+'): 1.0}, 'NE': {('x', '~'): 1.0}}"
"""


def written(tmp_path, text):
    path = tmp_path / "queries.csv"
    path.write_text(text, encoding="utf-8")
    return path


def measured(path, *more):
    out = io.StringIO()
    call_command("evaluate", "requests", str(path), *more, stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_what_is_read_is_measured_beside_the_baseline(tmp_path):
    figures = measured(written(tmp_path, ROWS))

    assert figures["requests"] == 3
    assert figures["descriptors"] == 6
    assert figures["understanding"]["with_polarity"]["f1"] == 1.0
    assert figures["understanding"]["refused"]["marked"] == 1
    assert figures["gazetteer"]["micro"]["f1"] < 1.0


def test_the_halves_part_the_rows_by_their_words(tmp_path):
    path = written(tmp_path, ROWS)
    counts = {r.half: 0 for r in requests_read(path)}
    for request in requests_read(path):
        counts[request.half] += 1

    for half, count in counts.items():
        assert measured(path, "--half", half)["requests"] == count
    assert sum(counts.values()) == 3


def test_a_span_counts_only_whole_and_of_its_type():
    gold = [frozenset({Marked("Genre", "hard rock", "+"), Marked("Mood", "sad", "-")})]
    found = [frozenset({Marked("Genre", "rock", "+"), Marked("Mood", "sad", "+")})]

    figures = figures_of(found, gold)

    assert figures["micro"]["f1"] == 0.5
    assert figures["with_polarity"]["f1"] == 0.0
    assert figures["types"]["Genre"]["recall"] == 0.0


def test_the_baseline_learns_from_the_other_folds_only():
    alone = Request("zydeco", frozenset({Marked("Genre", "zydeco", "+")}))

    assert gazetteer_read([alone]) == [frozenset()]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no columns query and intents"),
        ("query,intents\nrock,not a literal\n", "Row 2"),
        ("", "no columns query and intents"),
    ],
)
def test_a_file_of_another_form_is_refused_in_a_sentence(tmp_path, text, says):
    with pytest.raises(CommandError, match=says):
        measured(written(tmp_path, text))


def test_a_file_that_is_absent_is_said(tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        measured(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("melodic techno", {("mood", "melodic"), ("genre", "techno")}),
        ("jazz piano", {("genre", "jazz"), ("instrument", "piano")}),
        ("drum and bass", {("genre", "drum and bass")}),
        ("songs from the 80s and 90s", {("era", "80s"), ("era", "90s")}),
        ("synthy songs", {("genre", "synthy")}),
        ("workout songs", {("context", "workout")}),
        ("popular songs", set()),
    ],
)
def test_spans_are_cut_as_the_annotators_cut_theirs(text, marks):
    spans = as_marked(descriptors_in(text, this_year=2026))

    assert {(span.kind, span.text) for span in spans} == marks
    assert all(text[span.start : span.end] == span.text for span in spans)


def test_the_cut_of_the_annotators_is_measured_beside_our_own(tmp_path):
    row = "query,intents\nindie rock,\"{'Genre': {('indie', '+'): 1.0, ('rock', '+'): 1.0}}\"\n"

    figures = measured(written(tmp_path, row))

    assert figures["understanding"]["micro"]["f1"] == 1.0
    assert figures["understanding_uncut"]["micro"]["f1"] == 0.0
