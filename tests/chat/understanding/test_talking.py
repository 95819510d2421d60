"""What asks for no songs makes no playlist."""

import pytest

from tests.chat.understanding.shorthand import in_short

RESTARTING = (
    ("start over", "start over"),
    ("let's start from scratch", "start over"),
    ("clear the list", "start over"),
    ("reset", "start over"),
    ("new playlist", "start over"),
    ("empty the playlist", "start over"),
    ("remove everything", "start over"),
    ("forget it, start again", "start over"),
    ("delete all", "start over"),
    ("help", "help"),
    ("help!", "help"),
    ("what can you do?", "help"),
    ("how does this work?", "help"),
    ("what should I say", "help"),
    ("?", "help"),
    ("commands", "help"),
)

TALK = (
    ("hello", "greeting"),
    ("hi there!", "greeting"),
    ("hey, how are you?", "greeting"),
    ("good morning", "greeting"),
    ("thanks", "thanks"),
    ("thanks!", "thanks"),
    ("thank you so much", "thanks"),
    ("perfect, thanks!", "thanks"),
    ("nice one", "thanks"),
    ("perfect", "thanks"),
    ("great list", "thanks"),
    ("bye", "farewell"),
    ("good night", "farewell"),
    ("who are you?", "identity"),
    ("are you a robot?", "identity"),
    ("what's the weather tomorrow?", "off_topic"),
    ("book a table for two at an italian restaurant", "off_topic"),
    ("set a timer for 10 minutes", "off_topic"),
    ("remind me to call mum", "off_topic"),
    ("what's the capital of France?", "off_topic"),
    ("how old is the president", "off_topic"),
    ("translate hello into french", "off_topic"),
    ("tell me a joke", "off_topic"),
    ("what time is it", "off_topic"),
    ("turn on the lights", "off_topic"),
    ("send a message to Bob", "off_topic"),
    ("order a pizza", "off_topic"),
    ("find me a restaurant with live jazz", "off_topic"),
    ("what is bossa nova?", "question"),
    ("who is Nina Vale?", "people by Nina Vale"),
    ("what's your favourite song?", "question"),
    ("do you like jazz?", "question"),
    ("what are you listening to?", "player playing"),
    ("ok", "acknowledged"),
    ("yes", "acknowledged"),
    ("no", "acknowledged"),
    ("yes please", "acknowledged"),
    ("no thanks", "acknowledged"),
    ("cool", "thanks"),
    ("lol", "acknowledged"),
    ("i love you", "thanks"),
    ("that's all", "acknowledged"),
    ("i'm good thanks", "acknowledged"),
    ("how many songs are there?", "list count"),
    ("how long is the playlist?", "list length"),
    ("what genres do you have?", "catalog genres"),
    ("what can I listen to?", "help"),
    ("play something", ""),
    ("surprise me", "ask"),
    ("anything", "ask"),
    ("i don't know", "acknowledged"),
    ("whatever you like", "ask"),
    ("play some music", ""),
    ("recommend me something", ""),
    ("hello, play some jazz", "ask jazz"),
    ("hi, i feel sad", "ask 'sad'"),
    ("thanks, now add some jazz", "add jazz"),
    ("perfect! more like that", "like that"),
    ("Thank you! They are great, now add some soul", "add soul"),
    (
        "hello, it's my birthday, can you make a playlist to celebrate",
        "ask 'birthday' 'celebrate'",
    ),
    ("i'm in love", "ask 'in love'"),
    ("happy birthday", "ask 'happy birthday'"),
)


SAVING_TO_SPOTIFY = (
    "save it to spotify",
    "Export to Spotify!",
    "send it to my spotify",
    "can you save it to my spotify account?",
    "put it on spotify",
    "add it to spotify",
    "open it in spotify",
)

SAVING = (
    "export it as XSPF",
    "can you download the playlist as a JSPF file?",
    "save this playlist",
    "save",
    "export it as m3u",
    "save the playlist to Apple Music",
    "transfer this to deezer",
    "download the playlist",
    "how do i save this playlist?",
)

NOT_SAVING = (
    ("save it as Kitchen Mix", "name Kitchen Mix"),
    ("keep it", ""),
    ("play jazz on spotify", "ask jazz"),
    ("share it", "unable"),
)

SEEKING = (
    ("is there any reggae?", "catalog has reggae"),
    ("do you have jazz from the 50s?", "catalog has jazz 1950..1959"),
    ("what is there from the 70s?", "ask 1970..1979"),
    ("what's there from the 70s?", "ask 1970..1979"),
    ("is there something slower?", "shift tempo-"),
    ("got any blues?", "ask blues"),
    ("can you find sad songs?", "ask 'sad'"),
    ("have you got some metal?", "list has metal"),
    ("are there sad songs?", "ask 'sad'"),
    ("do you have songs by Nina Vale?", "catalog has by Nina Vale"),
    ("do you know any sad songs?", "catalog has 'sad'"),
    ("what are some good jazz songs?", "ask jazz"),
    ("do you have piano music?", "catalog has instrument=piano"),
    ("what is your favourite jazz song?", "question"),
    ("do you have a favourite song?", "question"),
    ("how many jazz songs are there?", "list count jazz"),
    ("what is jazz?", "question"),
    ("is there a cat?", "question"),
)


@pytest.mark.parametrize("message", SAVING_TO_SPOTIFY)
def test_saving_to_spotify_is_an_act(message):
    assert in_short(message) == "save spotify"


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        ("save it to listenbrainz", "save listenbrainz"),
        ("can you put this on my ListenBrainz?", "save listenbrainz"),
        ("export the playlist to Listen Brainz please", "save listenbrainz"),
        ("save it to spotify and listenbrainz", "save spotify | save listenbrainz"),
        ("3 jazz songs and save them to listenbrainz", "ask jazz count=3 | save …"),
    ],
)
def test_saving_to_listenbrainz_is_an_act_too(message, meaning):
    short = in_short(message)
    assert short == meaning or (
        meaning.endswith("…") and short.endswith("save listenbrainz")
    )


def test_a_list_is_made_and_then_saved():
    assert in_short("play some jazz and then save it to spotify") == (
        "ask jazz | save spotify"
    )


@pytest.mark.parametrize("message", SAVING)
def test_saving_elsewhere_is_no_search(message):
    assert in_short(message) == "saving"


@pytest.mark.parametrize(("message", "meaning"), NOT_SAVING)
def test_what_sounds_like_saving_keeps_its_meaning(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), SEEKING)
def test_asking_whether_there_is_music_asks_to_hear_it(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), RESTARTING)
def test_help_and_new_starts_are_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), TALK)
def test_talk_is_answered_as_talk(message, meaning):
    assert in_short(message) == meaning
