import pytest

from catalog.models import IngestItem, IngestRun
from personalais import health


def test_live_answers_without_a_database(client):
    response = client.get("/health/live")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_names_what_is_missing(client, clean_redis):
    response = client.get("/health/ready")

    checks = response.json()["checks"]
    assert response.status_code == 503
    assert checks["database"] == checks["migrations"] == checks["redis"] == "ok"
    assert checks["workers"] == "none"
    assert checks["demo_library"] == "not begun"


@pytest.mark.django_db
def test_ready_sees_that_the_demo_library_has_begun():
    run = IngestRun.objects.create(kind=IngestRun.Kind.DEMO)
    IngestItem.objects.create(run=run, position=0, source_key="a", status="done")
    IngestItem.objects.create(run=run, position=1, source_key="b")

    assert health.check_demo() == "ok"
    assert health.demo_progress() == {"ready": 1, "total": 2}
