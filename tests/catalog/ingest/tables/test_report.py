"""Where refused rows and dropped values are told: `import_tracks --report FILE`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Track

pytestmark = pytest.mark.django_db


def import_rows(tmp_path, text, *options, name="songs.csv"):
    (tmp_path / name).write_text(text)
    out = StringIO()
    call_command("import_tracks", str(tmp_path / name), *options, stdout=out)
    return out.getvalue()


def test_refused_rows_are_listed_where_the_option_says(tmp_path):
    path = tmp_path / "deep" / "refused.jsonl"

    out = import_rows(
        tmp_path, "title,energy\nBlue,0.5\n,0.4\nRed,7\n", "--report", str(path)
    )

    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert f"Why, row by row: {path}" in out
    assert [(line["row"], line["refused"]) for line in lines] == [(2, True), (3, False)]
    assert "title" in lines[0]["reason"]
    assert "7" in lines[1]["reason"]


def test_a_report_of_an_earlier_table_is_not_added_to(tmp_path):
    path = tmp_path / "refused.jsonl"
    import_rows(tmp_path, "title,artist\n,Ada\n", "--report", str(path), name="a.csv")
    assert path.exists()

    import_rows(
        tmp_path, "title,artist\nRed,Ada\n", "--report", str(path), name="b.csv"
    )

    assert not path.exists()


def test_a_report_that_cannot_be_written_is_told_and_keeps_nothing(tmp_path):
    with pytest.raises(CommandError, match="The report can't be written"):
        import_rows(tmp_path, "title\nBlue\n", "--report", str(tmp_path))

    assert not Track.objects.exists()
