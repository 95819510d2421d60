"""Small words of English that decide what the words beside them mean."""

from __future__ import annotations

from chat.agent.understanding.tokens import words_of

# What a descriptor stands before: "sad songs", "a dark vibe".
HEADS = words_of(
    "music musics song songs track tracks tune tunes album albums ep eps band bands artist",
    "artists playlist playlists vibe vibes mix mixes mixtape stuff beat beats sound sounds",
    "sounding singer singers musician musicians group groups record records jam jams hits",
    "banger bangers anthem anthems melody melodies cover covers version versions remix",
    "remixes composer composers producer producers piece pieces feel feeling feelings mood",
    "tone tones recommendations recommendation recs suggestions suggestion style styled",
    "styles type genre genres rapper rappers ballad ballads classics instrumental energy",
    "instrumentals soundtrack soundtracks riffs rhythm rhythms lyrics atmosphere tempo ish",
    "aesthetic themed theme themes influenced inspired flavor flavour section sections",
    "part parts parody ideas duo trio solo solos esque edit edits mashup mashups tracklist",
    "medley score scores ost scene scenes undertones undertone influence influences era",
    "groove grooves flow verse hook chorus drop intro outro kinda songs oriented based",
    "numbers ones jingle chords chord progression guitar guitars piano bass synth synths",
    "drums vocals vocal voice voices violin trumpet sax saxophone strings harmonica",
)
# A mood behind one of these is said of the music: "something calm", "really sad".
INTROS = words_of(
    "something anything everything nothing somewhat kinda very really super so too pretty",
    "more less quite rather bit is are thats sounds sound feel feels feeling being be ultra",
    "extremely incredibly genuinely truly insanely little sorta absolutely most overly not",
    "entirely mostly slightly semi vaguely especially extra fairly both its im",
    "totally completely super-duper mega hella as equally kind arent isnt wasnt aint",
)
JOINERS = words_of("and or & but also yet nor plus slash with")
# Adjectives that praise or point, and do not describe.
PLAIN = words_of(
    "good great best better nice cool awesome amazing new newer newest similar same other",
    "another more most some any few many much all favorite favourite favorites top specific",
    "certain different various random interesting own real full whole long longer short",
    "shorter first second third last next old older oldest recent latest current upcoming",
    "perfect beautiful gorgeous wonderful fantastic excellent incredible stunning brilliant",
    "decent solid fire sick dope lit bad worse worst awful big bigger small little large",
    "essential classic like such only just even still very really super pretty quite rather",
    "so too kinda sorta somewhat kind sort type particular exact entire single original",
    "actual possible general typical usual regular normal right wrong left else less least",
    "great particular the a an my your his her their our this that these those its no not",
    "looking searching listening trying finding making playing getting going coming being",
    "having doing wanting needing hearing using including involving based related inspired",
    "called named titled featuring following missing starting ending living loving liking",
    "everything anything something nothing thing morning evening king ring spring bring",
    "many any every very really only early daily weekly monthly friendly likely fully family",
    "story party baby lady city country body money ready already happy hey they day way play",
    "say may stay okay today away maybe especially recently usually probably definitely",
    "actually mainly exactly basically literally preferably possibly simply finally",
    "additional available suitable comparable recommended needed wanted requested used loved",
    "liked obsessed interested tired bored influenced mixed played sung written released",
    "please easy hard famous popular previous various obvious serious curious english",
    "international local public social physical digital official special usual personal",
    "musical topical able amazing interested starting mentioned involved themed talented",
    "great-sounding cinema public topic logic critic basic music specific classic artistic",
    "topics comic traffic magic picture try enjoy guy guys necessary thematic episodic",
    "legendary underrated overrated",
)
PRONOUNS = words_of(
    "this that these those it them dis mine him her he she they you me us i we there below",
    "above following whatever what which who one ones everything anything something dat",
)
