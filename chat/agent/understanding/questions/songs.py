"""What is asked of one song: who sings it, from when it is, how fast it is."""

from __future__ import annotations

import re
from typing import cast, get_args

from chat.agent.understanding.asked import Facet, OfList, OfSong, Unstored
from chat.agent.understanding.pointing import ALL_SONGS, Order, Place
from chat.agent.understanding.questions.plainly import Plain
from chat.agent.understanding.questions.pointed import LIST, THESE, pointed_in
from chat.agent.understanding.questions.tables import table

ADJECTIVES: dict[str, Order] = {
    "energetic": "energy", "lively": "energy", "loud": "energy", "calm": "energy",
    "intense": "energy", "chill": "energy", "happy": "valence", "sad": "valence",
    "cheerful": "valence", "dark": "valence", "danceable": "danceability",
    "acoustic": "acousticness", "instrumental": "instrumentalness",
}  # fmt: skip
NOUNS: dict[str, Order] = {
    "energy": "energy", "mood": "valence", "vibe": "valence", "valence": "valence",
    "happiness": "valence", "danceability": "danceability", "acousticness": "acousticness",
    "instrumentalness": "instrumentalness",
}  # fmt: skip
UNSTORED = frozenset(get_args(Unstored))
_FACTS = table(
    r"""
writer      who (?:\w+ )?(?:wrote|composed|penned|writes)(?: the (?:words|lyrics|music|song|text))?(?: (?:of|to|for|in))?(?: <OF>)?
writer      who <BE> (?:the )?(?:song ?writer|writer|composer|lyricist)s?(?: (?:of|for|behind) <OF>)?
writer      (?:who|by whom) <BE> <OF> (?:written|composed|penned)(?: by)?
producer    who (?:produced|mixed|mastered|engineered|arranged)(?: <OF>)?
producer    who <BE> (?:the )?(?:producer|sound engineer)s?(?: (?:of|for|on) <OF>)?
producer    who <BE> <OF> produced by
players     who (?:plays?|played|is playing|is on) (?:the )?(?:lead |bass |electric |acoustic )?(?:guitars?|drums|bass|piano|keys|keyboards?|sax(?:ophone)?|violin|trumpet|synths?|harmonica)(?: (?:on|in|for) <OF>)?
players     who <BE> (?:the )?(?:guitarist|drummer|bassist|bass player|pianist|keyboardist|(?:backing|background|backup) (?:vocalist|singer))s?(?: (?:on|in|of|for) <OF>)?
lyrics      (?:(?:what <BE>|show me|give me|can i (?:see|read|have|get)|do you have|have you got|read me|display|write|get me|print|find) )?(?:the |its )?(?:lyrics|song ?text)(?: (?:of|to|for|from) <OF>)?
lyrics      (?:what <BE>|show me|give me) (?:the |its )words(?: (?:of|to|for|from) <OF>)?
lyrics      how do the lyrics go
lyrics      what (?:does|is|are|do) (?:he|she|it|they|the singer) (?:say|sing|singing|saying)(?: \w+)*
meaning     what <DO> <OF> (?:about|mean|all about)
meaning     what is the (?:meaning|story|message|theme|topic|point)(?: (?:of|behind|in) <OF>)?
origin      where <DO> <OF> (?:from|born|come from|originate|based|live|grow up|recorded|made)(?: from)?
origin      <WHICH> (?:country|city|town|nationality|place) <DO> <OF>(?: (?:come|born))?(?: (?:from|in))?
origin      <BE> <OF> (?:american|british|english|swedish|german|french|canadian|irish|australian|african|from (?:the )?(?:us|uk|usa|states|america|england|sweden|germany|france|canada|ireland|australia|africa|europe))
people      (?:<WHICH>|how many) (?:of (?:these|those|them|the songs) |ones? |songs? |tracks? |artists? |singers? )?<DO> ?(?:sung |made |written )?(?:by |from |with |have )?(?:an? )?(?:all )?<WOMEN>(?: in (?:it|here|the list))?
people      (?:how many|<WHICH>|<BE> (?:there )?(?:any|some|all|most)?(?: of)?) ?(?:these|those|them|they|the songs|the artists|the singers)?(?: songs)?(?: (?:are|is))? ?(?:sung |made |written )?(?:by |from )?(?:an? |all )?<WOMEN>(?: (?:in|on) (?:it|here|there|the list))?
people      is <OF> (?:an? )?(?:man|woman|girl|boy|guy|male|female|dead|alive|still alive|married|single|gay|black|white|solo artist|duo|real person)(?: or .+)?
people      is <OF> (?:sung )?(?:by )?(?:a )?(?:man|woman|girl|boy|male|female)(?: (?:singer|voice|singing|vocals?))?(?: or .+)?
people      how old <BE> (?P<of>he|she|they|the (?:singer|band|artist)|_+)
people      (?:when|where) <BE> (?P<of>he|she|_+) born
people      (?:when|how) did (?P<of>he|she|_+) die
people      who <BE> in (?:the band|(?P<of>_+))
people      who <BE> (?:the )?(?:members|people)(?: (?:of|in) <OF>)?
people      how many (?:members|people) (?:are|does|do|in|has)(?: there)?(?: in)? (?P<of>_+|the band|the group|they)(?: have)?
people      are <OF> still together
people      what is (?P<of>his|her|their) (?:real )?(?:name|story|age)
people      (?:when|why) did (?P<of>they|_+) (?:split|split up|break up|form|get together)
people      (?:tell me |what do you know |what can you (?:tell me|say) )?(?:more )?about (?P<of>the (?:artist|band|singer|group)|him|her|them|_+)
people      who <BE> (?P<of>he|she|they|_+)
label       <WHICH> (?:record )?(?:label|publisher)(?: <DO> <OF>(?: on| with| released on)*)?
label       what is the (?:record )?label(?: of <OF>)?
label       who (?:published|owns(?: the rights to)?) <OF>
prizes      (?:did|has|have) <OF> (?:ever )?(?:win|won|get|got|receive)(?: an?y?| the)? (?:\w+ )?(?:grammys?|grammies|awards?|prizes?|oscars?)(?: .+)?
prizes      <WHICH> (?:awards?|prizes?|grammys?|grammies) (?:did|has|have) <OF> (?:win|won|get)
charts      (?:did|was|is|has|where did|how high did) <OF> (?:chart|charted|in the charts|number one|a number one(?: hit)?|(?:ever )?(?:hit|reach|top) (?:number one|no 1|#1|the charts)|get in the charts|go platinum|sell)(?: .+)?
charts      how many (?:copies|streams|plays|views|listeners)(?: <DO> <OF>(?: sell| sold| get| have)?)?
film        <WHICH> (?:movie|film|show|series|game|ad|advert|commercial|soundtrack)s? <DO> <OF>(?: in| from| used in| on)*
film        (?:is|was) <OF> (?:in|from) an? (?:movie|film|show|series|game|ad|commercial|musical)
film        (?:is there|where is|show me|can i (?:see|watch)) (?:an?|the) (?:music |official )?video(?: (?:for|of|to) <OF>)?
film        does <OF> have an? (?:music |official )?video
samples     what (?:does|did) <OF> sample
samples     who (?:else )?(?:covered|samples?|sampled|remixed|sang the original(?: of)?|did the original(?: of)?) <OF>
concerts    (?:when|where) <BE> <OF> (?:on tour|touring|performing)(?: .+)?
concerts    (?:is|are) <OF> (?:on tour|touring|coming to .+)
concerts    (?:are there |any |do you have )+(?:concerts?|tickets|tour dates|gigs?)(?: .+)?
year        when (?:did|was|is|were|does|has) <OF> <OUT>(?: exactly| first| originally)*
year        when <BE> <OF> (?:(?:first|originally) )?(?:released|recorded|made|from|written)
year        (?:in |from )?<WHICH> (?:year|decade|era|month|century) <DO> <OF>(?: (?:<OUT>|first|originally|in|written))*
year        (?:what is )?(?:the |its )?(?:release (?:date|year)|year(?: of release)?|date)(?: (?:of|for) <OF>)?
year        <WHICH> (?:year|decade)
year        from (?:when|<WHICH> (?:year|decade)) <BE> <OF>
year        how (?:old|new|recent) <BE> <OF>
year        <BE> <OF> (?:old|new|recent|a (?:new|recent|old|newer|older) (?:one|song|track|release))
artist      who (?:even |originally |actually )?<MAKES>(?: <OF>)?
artist      who <BE> <OF>(?: \w+)? by
artist      (?:who|by whom|by who) <BE> <OF> (?:sung|performed|made|played|recorded)(?: by)?
artist      who <BE> (?:the |its )?<ARTIST>(?: (?:of|on|for|behind|in|called|here) <OF>)?
artist      by (?:whom|who) <BE> <OF>
artist      who <BE> (?:it|this|that)(?: (?:song|track|singing|playing))?
artist      whose (?:song|track|music) <BE> <OF>
artist      <WHICH> <ARTIST> (?:<MAKES>|<DO>) <OF>(?: (?:by|from|on|with))*
artist      <WHICH> <ARTIST>
artist      what is the (?:name of the <ARTIST>|<ARTIST>(?: name| s name| called)?)(?: (?:of|on|for) <OF>)?
artist      <ARTIST> name
artist      who (?:else )?(?:features?|is (?:featured )?)(?: (?:on|in))? <OF> (?:with|featuring|feat)
album       (?:on |from |off )?<WHICH> (?:album|record|lp|ep|cd|single) <DO> <OF>(?: (?:come|appear|belong|be|featured|found|released))?(?: (?:from|on|in|off|out|of|part of|taken from|originally|to))*
album       (?:from |on |off |of )?<WHICH> (?:album|record|cd)
album       what is (?:the |its )?(?:name of the )?(?:album|record)(?: (?:name|called|title))?(?: (?:of|for|from) <OF>)?
album       (?:the |its )?album(?: name| title)?
album       (?:is|was) <OF> (?:on|from|part of) an? (?:album|single)
length      how (?:long|short) (?:is|was|does|are|did|do) <OF>(?: (?:last|take|go on|run|play|go|long))*
length      what is (?:the |its )?(?:length|duration|runtime|running time|play ?time)(?: (?:of|for) <OF>)?
length      (?:the |its )?(?:length|duration)
length      how many (?:hours|minutes|mins|seconds)(?: long)? (?:is|does|are|has|was|in) <OF>(?: have| last| take| long)*
tempo       how (?:fast|slow|quick) <BE> <OF>
tempo       (?:what is )?(?:the |its )?(?:tempo|bpm|beats per minute|speed)(?: (?:of|for|in) <OF>)?
tempo       <WHICH> (?:tempo|bpm|speed) <DO> <OF>(?: have| in| at)*
tempo       how many (?:bpm|beats(?: per minute| a minute)?)(?: <DO> <OF>(?: have)?)?
tempo       <BE> <OF> (?:fast|slow|up ?tempo)
key         (?:in )?<WHICH> (?:musical )?key <DO> <OF>(?: in| have| played in)*
key         (?:what is )?(?:the |its )?(?:musical )?key(?: (?:of|for) <OF>)?
key         (?:in )?<WHICH> (?:musical )?key
key         (?:in )?<WHICH> key <OF> (?:is|was)(?: in)?
album       <WHICH> (?:album|record) <OF> (?:is|was|comes|came|appears)(?: (?:from|on|off))?
year        when <OF> (?:came out|was released|was made|was recorded|is from)
year        <WHICH> (?:year|decade) <OF> (?:is|was|came)(?: (?:from|out|released))*
artist      who <OF> (?:is|was) by
length      how long <OF> (?:is|lasts|takes|plays|runs|goes on)
tempo       how fast <OF> is
genre       <WHICH> (?:genre|style|kind of music) <OF> (?:is|was|belongs to)
popularity  how popular <OF> is
title       what <OF> is (?:called|named)
key         <BE> <OF> (?:in )?(?:a )?(?:major|minor)(?: key)?(?: or .+)?
language    (?:in )?<WHICH> language (?:<DO>|do (?:they|you)) <OF>(?: in| sung in| sing in| singing in| sing)*
language    <BE> <OF> (?:sung )?in (?:english|spanish|french|german|italian|portuguese|korean|japanese|greek|arabic|swedish|dutch|hindi|russian|turkish)
language    (?:in )?<WHICH> language
language    what is the language(?: of <OF>)?
explicit    <BE> <OF> (?:explicit|clean|dirty|vulgar|nsfw|(?:safe|ok|okay|suitable) for (?:kids|work|children)|(?:family|kid|child) friendly)
explicit    (?:can|could|should|may) (?:my |the |a )?(?:kids?|child|children|minors|family) (?:listen to|hear) <OF>
explicit    (?:does|do|has) <OF> (?:have|contain|has|use)? ?(?:any )?(?:swear(?:ing|s| words)?|explicit (?:lyrics|words|content|language)|bad (?:words|language)|curse words|cursing|profanity|cussing)(?: in it)?
voice       <BE> <OF> (?:an? |purely )?instrumental(?: (?:song|one|track))?
voice       (?:does|do|has) <OF> (?:have )?(?:any )?(?:singing|vocals|words|lyrics|a singer)(?: in it)?
voice       (?:does|do|is) (?:anyone|anybody|someone|they) (?:sing|singing) (?:on|in) <OF>
version     <BE> <OF> (?:an? |the )?(?:live|remix(?:ed)?|cover|covered|original|remaster(?:ed)?|acoustic|demo|studio|karaoke|radio edit|edit)(?: (?:version|recording|song|one|track|mix))?(?: or .+)?
version     <WHICH> (?:version|mix|recording|remix) <BE> <OF>
tags        <WHICH> (?:tags?|instruments?|themes?) <DO> (?:there )?<OF>(?: have| has| in| on| used in| played on)*
tags        (?:what <BE> )?(?:the |its )?(?:tags|instruments)(?: (?:of|on|in|for) <OF>)?
genre       <WHICH> (?:genres?|styles?|(?:kind|sort|type)s?(?: of (?:music|song|track|genre|style))?|sub ?genre|category)(?: of music)? <DO> <OF>(?: (?:belong to|in|from|of|fall under|count as|have))*
genre       what (?:is|are) (?:the |its )?(?:genres?|styles?)(?: (?:of|for) <OF>)?
genre       (?:its |the )?genre
genre       what (?:music is|would you call) <OF>
popularity  how (?:popular|famous|well known|known|big(?: a hit)?) <BE> <OF>
popularity  (?:what is )?(?:the |its )?popularity(?: (?:of|for) <OF>)?
popularity  <BE> <OF> (?:popular|a hit|a big hit|famous|well known|an? (?:popular|famous|well known) (?:one|song|track))
audio       (?:is there|do you have) (?:any )?(?:audio|sound|an audio file|an? (?:audio )?(?:file|recording))(?: (?:for|of|to|with) <OF>)?
audio       does <OF> have (?:any )?(?:audio|sound|an audio file|a file|a recording)
audio       (?:can|could) <OF> be (?:played|heard)(?: here)?
audio       is <OF> (?:playable|available)(?: here)?
place       <WHICH> (?:number|place|position|spot|rank) <DO> <OF>(?: (?:at|in|on|have))*
place       where (?:in|on) (?:the |my |this )?(?:play ?)?list <BE> <OF>
place       where is (?P<of>.+?) (?:in|on) (?:the |my |this )?(?:play ?)?list
place       at <WHICH> (?:number|place|position|spot) <BE> <OF>
mood        how (?P<adj><ADJECTIVE>) <BE> <OF>
mood        what <BE> (?:the |its )?(?P<noun><NOUN>|feel(?:ing)?|moods?|vibes?)(?: level| like)?(?: (?:of|in|for) <OF>)?
mood        how (?P<adj><ADJECTIVE>) <OF> (?:is|was|sounds)
mood        <BE> <OF> (?:(?:very|really|a bit|quite|rather|too|so) )?(?:an? )?(?P<adj><ADJECTIVE>)(?: (?:one|song|track))?
mood        what (?:mood|vibe|feeling) <DO> <OF>(?: have| in)*
mood        (?:how|what) (?:does|do) <OF> (?:sound|feel)(?: like)?
title       what (?:is|was) (?:the |its )?(?:name|title)(?: of <OF>)?
title       what (?:is|was) <OF> (?:called|named|titled)
title       <WHICH> (?:song|track|tune) (?:is|was) <OF>
title       what (?:is|was) (?:this|that|the) (?:song|track|tune|one)(?: called| named)?
title       name (?:of )?(?:this|that|the) (?:song|track)
all         (?:(?:tell me|what do you know|what can you (?:tell me|say)|(?:more |some |any )?(?:information|details|facts)|more|something) )+(?:about|on) <OF>
all         about <OF>
all         (?:give me |show me )?(?:(?:more|some|the|all) )*(?:information|details|facts)
all         what (?:is|was) (?:it|this|that)
all         (?:<WHICH> (?:is|was|one is)) (?P<at>.+?)
    """,
    women=r"(?:wom[ae]n|females?|girls?|ladies|m[ae]n|males?|boys?)(?:.led|.fronted)?(?: (?:artists?|singers?|vocals?|vocalists?|bands?|voices?|groups?))?",
    adjective="|".join(ADJECTIVES),
    noun="|".join(NOUNS),
)
# These are asked of a list as well; "what is the mood" of it is told by its middle.
_OF_LISTS: dict[str, Order] = {
    "tempo": "tempo_bpm",
    "popularity": "popularity",
    "year": "year",
    "mood": "valence",
}
_SUM = re.compile(r"\d\s*[-+*/x×÷^]\s*\d")
_PLACE = re.compile(
    r"(?:(?:the|this|that|it|number|no|song|track|one|ones|in|on|of|my|list|playlist|here|first|last|next|final"
    r"|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|before|after|#?\d+(?:st|nd|rd|th)?|two|three"
    r"|four|five|six|seven|eight|nine|ten|eleven|twelve|playing|_+|s|by|and) ?)+"
)
_ALL = re.compile(
    rf"(?:{LIST}|{THESE}|everything|the whole thing|all of (?:it|this|them|these))"
)


def song_question(plain: Plain) -> OfSong | OfList | None:
    """Read a question about songs, or one of these about the list; None for others."""
    if _SUM.search(plain.raw):
        return None
    for kind, pattern in _FACTS:
        match = pattern.fullmatch(plain.text)
        if match is None:
            continue
        facet = cast("Facet", kind)
        of = plain.group(match, "of") or plain.group(match, "at")
        if of is not None and _ALL.fullmatch(of.text) and facet not in UNSTORED:
            return _of_list(facet, match)
        pointed = pointed_in(of)
        if facet == "all" and not _is_sure(match, pointed.references, pointed.artists):
            return None
        is_song = bool(pointed.name or pointed.references) and not pointed.is_it
        if facet == "year" and pointed.name and plain.text.startswith("how "):
            continue  # "How old is the president" asks of no song.
        if facet == "tempo" and of is not None and of.text.isdecimal():
            continue  # "Tempo of 95" is a wish.
        if facet == "people" and of is not None and is_song and not pointed.artists:
            continue
        if "adj" in pattern.groupindex and pointed.name:
            continue  # "Is Cardi B loud" and "is jazz sad" ask nothing that is stored.
        if facet == "all" and match.groupdict().get("at") and not _is_place(of):
            continue
        return OfSong(
            pointed.references,
            (facet,),
            name=pointed.name,
            artists=pointed.artists,
            is_it=pointed.is_it and facet != "title",
            attribute=_attribute(match),
        )
    return None


def _is_sure(
    match: re.Match[str], references: tuple[object, ...], artists: tuple[int, ...]
) -> bool:
    """Say whether "what is …" and "tell me about …" are about something that is here."""
    groups = match.groupdict()
    return bool(references or artists) or not (groups.get("of") or groups.get("at"))


def _is_place(part: Plain | None) -> bool:
    """Say whether words say no more than where a song stands: "number 3", "the last one"."""
    return part is not None and _PLACE.fullmatch(part.text) is not None


def _attribute(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("adj"):
        return ADJECTIVES[groups["adj"]]
    return NOUNS.get(groups.get("noun") or "", "")


def _of_list(facet: Facet, match: re.Match[str]) -> OfList | OfSong | None:
    if facet == "length":
        return OfList("length")
    if facet == "genre":
        return OfList("genres")
    if facet == "artist":
        return OfList("artists")
    if facet == "year":
        return OfList("years")
    if facet == "title":
        return OfList("title")
    if facet in _OF_LISTS:
        attribute = cast("Order", _attribute(match)) or _OF_LISTS[facet]
        return OfList("average", by=attribute)
    if facet == "all":
        return OfList("songs")
    return OfSong((Place(1, ALL_SONGS, is_of_playlist=True),), (facet,))
