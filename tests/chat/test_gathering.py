"""What follows closely is told in one go; what comes alone isn't held up."""

import asyncio

from chat.agent.events import Said, Stepped, Suggested
from chat.gathering import gathered

STEP = Stepped("search", "done", "3 found")


async def lists_of(*given, window_s=0.05):
    """Return the lists that events come in; a number among them is a pause in seconds."""

    async def events():
        for one in given:
            if isinstance(one, float):
                await asyncio.sleep(one)
            else:
                yield one

    return [batch async for batch in gathered(events(), window_s=window_s)]


async def test_what_is_there_at_once_comes_in_one_list_with_words_joined():
    found = await lists_of(STEP, Said("Here "), Said("you go."), Suggested(("calmer",)))
    assert found == [[STEP, Said("Here you go."), Suggested(("calmer",))]]


async def test_a_step_is_told_before_what_comes_later():
    assert await lists_of(STEP, 0.01, STEP) == [[STEP], [STEP]]


async def test_the_first_words_go_out_at_once_and_later_ones_wait_for_others():
    found = await lists_of(
        Said("a "), 0.01, Said("b "), 0.01, Said("c "), 0.01, Said("d"), window_s=10.0
    )
    assert found == [[Said("a ")], [Said("b c d")]]


async def test_words_without_a_pause_between_them_are_told_before_their_end():
    words = [Said("word ")] * 20_000
    found = await lists_of(*words, window_s=0.001)
    assert len(found) > 1
    assert sum(len(said.text) for batch in found for said in batch) == 5 * len(words)
