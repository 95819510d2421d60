"""The protocol's document: it is what the models say, and it is whole."""

import json

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.urls import reverse

from chat import asyncapi
from chat.codes import CLOSE_MEANINGS, ERROR_MEANINGS, CloseCode, ErrorCode
from chat.protocol.events import Event
from chat.protocol.requests import Request


def references(part):
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def test_the_file_is_as_the_models_say():
    call_command("asyncapi", check=True)


def test_a_file_that_says_something_else_is_told(tmp_path, monkeypatch):
    old = tmp_path / "asyncapi.yaml"
    old.write_text("asyncapi: 3.0.0\n")
    monkeypatch.setattr(asyncapi, "PATH", old)

    with pytest.raises(CommandError, match="manage.py asyncapi"):
        call_command("asyncapi", check=True)

    call_command("asyncapi", verbosity=0)
    call_command("asyncapi", check=True)


def test_every_reference_leads_somewhere():
    document = yaml.safe_load(asyncapi.document_yaml())

    found = list(references(document))

    assert len(found) > 50
    for reference in found:
        place = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_every_frame_has_its_message_and_operation():
    document = asyncapi.document()
    requests = asyncapi.frames_of(Request)
    events = asyncapi.frames_of(Event)

    assert set(asyncapi.ANSWERS) == set(requests)
    assert set(document["components"]["messages"]) == {*requests, *events}
    acts = {name: act["action"] for name, act in document["operations"].items()}
    assert {name for name, act in acts.items() if act == "receive"} == set(requests)
    assert {name for name, act in acts.items() if act == "send"} == set(events)


def test_every_code_is_explained():
    assert set(ERROR_MEANINGS) == set(ErrorCode)
    assert set(CLOSE_MEANINGS) == set(CloseCode)
    text = asyncapi.document_yaml()
    for code in ErrorCode:
        assert f"`{code}`" in text


def test_the_page_shows_every_frame_field_and_code(client, db):
    html = client.get(reverse("chat:show-protocol")).content.decode()

    for name, model in asyncapi.frames_of(Request).items():
        assert f'id="{name}"' in html
        for field in model.model_fields:
            assert f"<code>{field}</code>" in html
    for code in (*ErrorCode, *CloseCode):
        assert f"<code>{code}</code>" in html


def test_the_file_can_be_fetched(client, db):
    answer = client.get(reverse("chat:download-protocol"))

    assert answer.headers["Content-Type"].startswith("application/yaml")
    held = yaml.safe_load(answer.content)
    assert held == json.loads(json.dumps(asyncapi.document()))
