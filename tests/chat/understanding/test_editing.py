"""Adding, removing, resizing, renaming and undoing by words."""

import pytest

from tests.chat.understanding.shorthand import in_short

ADDING = (
    ("add some jazz", "add jazz"),
    ("throw in a couple of 80s hits", "add 'hits' 1980..1989 count=2"),
    ("toss 3 more in", "longer count=3"),
    ("toss in 3 more", "longer count=3"),
    ("add 3 more songs by Nina Vale", "add by Nina Vale count=3"),
    ("can you include something from the 60s", "add 1960..1969"),
    ("more jazz", "add jazz"),
    ("mix in some soul", "add soul"),
    ("another one like that", "add like count=1 that"),
    ("add more songs", "longer"),
    ("add some slow ones", "add 'slow'"),
    ("also some funk", "add funk"),
    ("and some blues too", "add blues"),
    ("could you add nina vale?", "add by Nina Vale"),
    ("add something by Nina Vale", "add by Nina Vale"),
    ('add "Paper Boats at Dawn"', "add “Paper Boats at Dawn”"),
    ("add songs like the second one", "add like 2"),
    ("add two happy songs", "add 'happy' count=2"),
    ("more from Nina Vale", "add by Nina Vale"),
    ("some more please", "longer"),
    ("more please", "longer"),
    ("more songs", "longer"),
    ("more", "longer"),
    ("another one", "longer count=1"),
    ("keep them coming", "longer"),
    ("5 more", "longer count=5"),
    ("how about some disco?", "ask disco"),
    ("a bit more jazz", "add jazz"),
    ("a little jazz too", "add jazz"),
    ("can we have more hip hop in there", "add hip hop"),
    ("add Zorblax Quintet", "add unknown Zorblax Quintet"),
    ("let's add some Zorblax Quintet songs", "add unknown Zorblax Quintet"),
    ("sprinkle in some bossa nova", "add bossa nova"),
    ("add jazz and soul", "add jazz soul"),
    ("add that one", "add that"),
    ("put some 90s rock in", "add rock 1990..1999"),
)

AGAIN = (
    ("add it again", "add that again"),
    ("yes, add it again please", "add that again"),
    ("add Night School a second time", "add “Night School” again"),
    ("put that song in twice", "add that x2"),
    ("I want it in there three times", "add that x3"),
    ("again at the end", "add that again at end"),
    ("put Night School in again at the end", "add “Night School” again at end"),
    ("add number 3 again at the top", "add #3 again at 1"),
    ("add it again after number 2", "add that again after #2"),
    ("add it anyway", "add that again"),
    ("duplicate the third song", "add #3 again"),
    ("add another copy of it", "add that again"),
    # What is looked for is no song that stands there.
    ("add jazz again", "add jazz"),
    ("add songs by Nina Vale again", "add by Nina Vale"),
    ("add a song like that again", "add like count=1 that"),
    ("put it back in", "undo"),
    ("get rid of songs that are there twice", "one each song"),
    ("no song twice please", "one each song"),
    ("remove the duplicates", "one each song"),
)

REMOVING = (
    ("remove everything by Nina Vale", "out by Nina Vale"),
    ("delete all nina vale tracks", "out by Nina Vale"),
    ("take out the second and fourth", "out 2 4"),
    ("get rid of the slow ones", "out 'slow'"),
    ("drop the last three", "out -3+2"),
    ("no more Nina Vale", "refine not by Nina Vale"),
    ("kick out anything before 1980", "out ..1979"),
    ("remove songs 2, 5 and 7", "out #2 #5 #7"),
    ("lose the metal", "out metal"),
    ("remove number 2", "out #2"),
    ("remove 3", "out #3"),
    ("delete the third", "out 3"),
    ("remove the first", "out 1"),
    ("remove the jazz", "out jazz"),
    ("remove all the sad songs", "out 'sad'"),
    ("take that out", "out that"),
    ("take it off the list", "out that"),
    ('remove "Paper Boats at Dawn"', "out “Paper Boats at Dawn”"),
    ("remove nina", "out unknown nina"),
    ("I don't want Nina Vale in there", "refine not by Nina Vale"),
    ("remove everything that is not jazz", "keep jazz"),
    ("keep only the jazz", "keep jazz"),
    ("only jazz", "refine jazz"),
    ("remove songs from the 80s", "out 1980..1989"),
    ("remove everything from before 1990", "out ..1989"),
    ("remove number 2 and number 5", "out #2 #5"),
    ("remove 2 and 5", "out #2 #5"),
    ("remove the second and the last song", "out 2 -1"),
    ("drop songs by zorblax", "out unknown zorblax"),
    ("remove tracks 1-3", "out #1+2"),
    ("remove the first 3 songs", "out 1+2"),
    ("remove 1 through 4", "out #1+3"),
    ("throw out the country songs", "out country"),
    ("remove them", "out 1+99"),
    ("remove the last two songs and add some funk", "out -2+1 | add funk"),
    ("chuck number 4", "out #4"),
    ("del 4", "out #4"),
    ("trash number 2", "out #2"),
    ("drop one of the Nina Vale songs", "out by Nina Vale"),
    ("the fourth is a no for me", "dislike 4"),
    ("not feeling number 4", "dislike #4"),
    ("the third one doesn't do it for me", "dislike 3"),
)

# What stays and what goes mustn't be mixed up.
ALL_BUT = (
    ("keep all but the last", "out #-1"),
    ("keep all but the last two", "out #-2+1"),
    ("keep everything except the third", "out #3"),
    ("keep everything but number 3", "out #3"),
    ("keep all of them except number 2 and 4", "out #2 #4"),
    ("everything but the second one can stay", "out #2"),
    ("keep everything but the slow ones", "out 'slow'"),
    ("keep all but the jazz", "out jazz"),
    ("keep everything except jazz and the last one", "out jazz #-1"),
    ("keep all the songs apart from Night School", "out “Night School”"),
    ("lose everything but the first three", "keep #1+2"),
    ("remove everything but the last two", "keep #-2+1"),
    ("delete all except the jazz", "keep jazz"),
    ("everything but the first can go", "keep #1"),
    ("everything except Nina Vale has to go", "keep by Nina Vale"),
    ("keep everything", ""),
    ("anything but jazz", "refine -jazz"),
)

RESIZING = (
    ("make it shorter", "shorter"),
    ("half as long", "shorter times=0.5"),
    ("just 5 songs", "size count=5"),
    ("cut it down to ten", "size count=10"),
    ("longer please", "longer"),
    ("double it", "longer times=2"),
    ("keep only the first five", "keep #1+4"),
    ("make it an hour", "size minutes=60"),
    ("make it 30 minutes long", "size minutes=30"),
    ("trim it to 8", "shorter count=8"),
    ("shorter", "shorter"),
    ("it's too long", "shorter"),
    ("a bit longer", "longer"),
    ("extend it", "longer"),
    ("make it twice as long", "longer times=2"),
    ("limit to 10 songs", "size count=10"),
    ("I only want 6", "size count=6"),
    ("keep the first three", "keep #1+2"),
    ("only the first five", "keep #1+4"),
    ("reduce it to fifteen songs", "size count=15"),
    ("20 songs please", "size count=20"),
    ("make it 20", "size count=20"),
    ("make the list longer", "longer"),
    ("cut it in half", "shorter times=0.5"),
    ("fewer songs", "shorter"),
    ("keep 5", "size count=5"),
)

RENAMING = (
    ("call it Rainy Days", "name Rainy Days"),
    ("name this playlist 'Late trains'", "name Late trains"),
    ("rename to Foo", "name Foo"),
    ("rename it to Slow Sundays", "name Slow Sundays"),
    ('rename the playlist to "Undo"', "name Undo"),
    ("Call it More Jazz, please", "name More Jazz"),
    ("call this playlist Jazz for Cats", "name Jazz for Cats"),
    ("title: Blue Hour", "name Blue Hour"),
    ("please rename it", ""),
    ("can you call it Nina Vale and friends?", "name Nina Vale and friends"),
    ("name it after the first song", ""),
    ("change the name to Winter Light", "name Winter Light"),
    ("save it as Kitchen Mix", "name Kitchen Mix"),
    ("rename the list Rainy Days and make it shorter", "name Rainy Days | shorter"),
    ("call it a day", "farewell"),
)

UNDOING = (
    ("undo", "undo"),
    ("undo that", "undo"),
    ("go back", "undo"),
    ("actually, put them back", "undo"),
    ("never mind, revert", "undo"),
    ("undo the last change", "undo"),
    ("no wait, undo", "undo"),
    ("that was wrong, go back", "undo"),
    ("take that back", "undo"),
    ("cancel that", "undo"),
    ("put it back", "undo"),
    ("bring back the old list", "undo"),
    ("oops", "undo"),
    ("i changed my mind", "undo"),
    ("restore the previous version", "undo"),
    ("revert to the previous list", "undo"),
    ("redo", "redo"),
)


@pytest.mark.parametrize(("message", "meaning"), ADDING)
def test_adding_is_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), ALL_BUT)
def test_all_but_some_is_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), AGAIN)
def test_a_song_that_is_there_is_asked_for_again(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), REMOVING)
def test_removing_is_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), RESIZING)
def test_resizing_is_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), RENAMING)
def test_renaming_is_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), UNDOING)
def test_undoing_is_read(message, meaning):
    assert in_short(message) == meaning
