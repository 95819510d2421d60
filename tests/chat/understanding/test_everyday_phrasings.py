"""What people typed and what was once read as something else."""

import pytest

from tests.chat.understanding.shorthand import in_short

READ = (
    # A refusal ends where a wish begins.
    (
        "a birthday party, nothing explicit, fun and danceable",
        "ask 'birthday' 'party' 'fun' 'danceable' -explicit",
    ),
    ("no jazz, blues or metal", "refine -jazz -blues -metal"),
    ("no slow, sad and boring songs", "refine 'not slow' 'not sad'"),
    # Who can't sleep wants to.
    ("songs for a baby that won't sleep", "ask 'baby' 'won't sleep'"),
    # Too much of something is no wish for it.
    ("ugh, too cheesy. something calm", "ask 'not cheesy' 'calm'"),
    ("too much rap", "refine -hip hop"),
    ("fewer oldies", "refine -..1969"),
    ("less 80s", "refine -1980..1989"),
    ("play me some jazz too", "add jazz"),
    # A path may be said by its end.
    ("could you make it a little quieter towards the end?", "follow path e+-"),
    ("more energetic at the end please", "follow path e-+"),
    # Songs by what they are the most of.
    ("which of these is the fastest?", "all 1 most tempo_bpm"),
    ("remove the slowest one", "out 1 least tempo_bpm"),
    ("remove the two saddest songs", "out 2 least valence"),
    ("the saddest songs", "ask 'saddest'"),
    ("swap the last two", "swap #-2 #-1"),
    ("thank you very much indeed", "thanks"),
)


@pytest.mark.parametrize(("message", "meant"), READ)
def test_a_message_means_what_a_person_means(message, meant):
    assert in_short(message) == meant
