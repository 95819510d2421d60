"""Messages as the agent hears them: language, words, and the packaged mood head."""

from chat.agent.mood.current import feeling_of
from chat.agent.understanding.listening import listen
from chat.agent.understanding.reading import AddSome, Ask
from tests.chat.understanding.shorthand import THIS_YEAR, look_up


def hear(message, *, feel=feeling_of):
    """Read a message with the small catalog of the shorthand."""
    return listen(message, look_up, this_year=THIS_YEAR, feel=feel)


def moods(reading):
    """Return all moods that are wished for."""
    asks = (act for act in reading.acts if isinstance(act, Ask | AddSome))
    return [mood for act in asks for mood in act.wanted.moods]


def inferred(message):
    """Return the sides of the moods that no word named: {"valence": 1}."""
    return {
        leaning.attribute: 1 if leaning.step > 0 else -1
        for mood in moods(hear(message))
        if mood.is_inferred
        for leaning in mood.leanings
    }
