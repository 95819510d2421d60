"""Questions as people type them, and words to a player: what each of them asks."""

import pytest

from tests.chat.understanding.shorthand import in_short

OF_SONGS = (
    ("what album is it from?", "album that"),
    ("wat album is this from", "album that"),
    ("when did it come out?", "year that"),
    ("what key is the first one in", "key 1"),
    ("can you tell me what key number 2 is in?", "key #2"),
    ("whos the singer", "artist that"),
    ("who wrote it?", "writer that"),
    ("who produced number 3", "producer #3"),
    ("which of these are by women?", "people that"),
    ("is it explicit?", "explicit that"),
    ("how long is Night School?", "length “Night School”"),
    ("who sings number 3 and when did it come out?", "artist year #3"),
    ("hey quick question, how fast is the second song?", "tempo 2"),
)
OF_THE_LIST = (
    ("how long is this playlist", "list length"),
    ("how many songs are there?", "list count"),
    ("how many are from the 90s?", "list count 1990..1999"),
    ("what's the average tempo?", "list average tempo_bpm"),
    ("what's the saddest one?", "all 1 least valence"),
    ("whos on this list?", "list artists"),
    ("is there any jazz in it?", "list has jazz"),
    ("which ones are by Nina Vale", "list which by Nina Vale"),
    ("read me the list", "list songs"),
)
OF_THE_CATALOG = (
    ("what's the most popular song by Nina Vale?", "catalog utmost most popularity by Nina Vale"),
    ("which Nina Vale songs do you have?", "catalog songs by Nina Vale"),
    ("how many songs by Nina Vale do you have?", "catalog count by Nina Vale"),
    ("do you have Night School?", "catalog has like “Night School”"),
    ("which genres do you have?", "catalog genres"),
    ("who is like Nina Vale?", "catalog alike by Nina Vale"),
    ("what's their newest album?", "catalog album most year theirs"),
    ("what's trending right now?", "catalog trending"),
    ("do you have more Nina Vale?", "ask by Nina Vale"),
)  # fmt: skip
TO_A_PLAYER = (
    ("skip", "player next"),
    ("next song pls", "player next"),
    ("can you stop playing", "player pause"),
    ("stop the music", "player pause"),
    ("volume to 50", "player volume"),
    ("whats playing rn", "player playing"),
    ("play it", "play that"),
    ("play them", "play those"),
    ("play the second", "play 2"),
    ("add them", "add those"),
    ("add it to the list", "add that"),
)
OF_THE_PAST = (
    ("redo", "redo"),
    ("undo the undo", "redo"),
    ("undo", "undo"),
    ("undo the last two", "undo 2"),
    ("go back to the first version", "back to 1"),
    ("what did you change?", "changed last"),
    ("what was in the list before?", "changed before"),
)
NO_QUESTIONS = (
    ("what is bossa nova?", "question"),
    ("what's your favourite song?", "question"),
    ("hello", "greeting"),
    ("play sad songs", "ask 'sad'"),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    OF_SONGS + OF_THE_LIST + OF_THE_CATALOG + TO_A_PLAYER + OF_THE_PAST + NO_QUESTIONS,
)
def test_a_question_asks_for_what_is_stored(said, meant):
    assert in_short(said) == meant
