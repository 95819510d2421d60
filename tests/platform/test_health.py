import pytest

from catalog.models import IngestRun
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
    IngestRun.objects.create(kind=IngestRun.Kind.DEMO)

    assert health.check_demo() == "ok"
