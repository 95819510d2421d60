"""What a refusal lets through holds also where a model drops it, or all of it."""

from tests.chat.test_tagged import credits_of
from tests.llm_server import call, say


async def test_an_exception_is_kept_although_the_model_says_nothing_of_it(
    catalog, ada, open_client, model
):
    def answers(request):
        if len(server.requests) == 1:
            return call("find_tracks", {"genres": ["pop"], "count": 8})
        if len(server.requests) == 2:
            found = [s["id"] for s in server.tool_results()[-1]["songs"]]
            return call("edit_playlist", {"edits": [{"op": "set", "ids": found}]})
        return say("Here you are.")

    server = model(answers=answers)
    client = await open_client(ada)

    reply = await client.say("8 happy songs, no pop except Pop One")

    songs = await credits_of(reply.playlist)
    pop = [artists for genres, artists in songs if "pop" in genres]
    assert pop
    assert all(artists == {"Pop One"} for artists in pop)
