"""What a listener who agreed says of songs in a talk becomes a record, without them."""

from chat.threads import in_thread
from feedback.models import DonatedRecord
from tests.feedback.donation.giving import agree, work

ASKS = "happy jazz, no Jazz One. I'm at ada@music.example"


async def test_from_a_talk_to_what_is_given(catalog, ada, open_client):
    await in_thread(agree)(ada)
    client = await open_client(ada)
    reply = await client.say(ASKS)
    message = reply.of("message.accepted")[0]["message"]
    first, second = (track["id"] for track in reply.tracks[:2])

    await client.send(type="reaction.set", track=second, value="like", message=message)
    await client.until("reaction", track=second)
    await client.say("I don't like the first one")

    (record,) = await in_thread(work)(ada)
    assert record.text == "happy jazz, no Jazz One. I'm at [email]"
    assert "jazz" in record.constraints
    assert record.language == "en"
    said = await in_thread(judged)(record)
    assert said == {first: (False, 0), second: (True, 1)}


async def test_who_has_not_agreed_gives_nothing(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("happy jazz")
    await client.say("I like the first one")

    assert await in_thread(work)(ada) == []
    assert not await DonatedRecord.objects.aexists()


def judged(record):
    rows = record.tracks.select_related("track")
    return {str(r.track.uuid): (r.is_approved, r.position) for r in rows}
