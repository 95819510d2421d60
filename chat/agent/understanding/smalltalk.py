"""Messages and asides that ask for no songs: they get an answer, never a playlist."""

from __future__ import annotations

import re

from chat.agent.understanding.chatter import chatter
from chat.agent.understanding.reading import SmallTalk, Talk

_THESE = (
    r"(?:it|it all|em|'em|these|those|them|them all|all of (?:them|these)|this (?:play)?list"
    r"|the (?:play)?list|the selection|your (?:picks|choices|taste)|the songs|these songs"
    r"|those songs|everything|how (?:this|it) (?:sounds|is))"
)
_FINE = (
    r"(?:perfect|great|lovely|awesome|nice|cool|good|excellent|wonderful|amazing|fantastic"
    r"|brilliant|beautiful|superb|sweet|fine|neat|delightful|fabulous|fun)"
)
_POOR = (
    r"(?:bad|terrible|awful|boring|wrong|horrible|rubbish|garbage|trash|meh|nonsense"
    r"|disappointing|off|ugly)"
)
_VERY = r"(?: (?:so|very|really|just|all|pretty|quite|absolutely|too|much))*"
_MAY = (
    r"(?:(?:please|now|ok|and|then|can|could|how (?:do|can)|should|may|would|will|you|i|we"
    r"|want to|would like to|i'd like to|let's|lets|just) )*"
)
_OBJECT = (
    r"(?:it|this|that|them|these|those|all|of|the|my|this|play|list|playlist|mix|songs"
    r"|tracks|music|selection|everything)"
)
_CARRY = (
    r"save|export|download|back up|keep|send|share|sync|upload|transfer|move|copy|push|put"
    r"|add|open"
)
_STORE = (
    r"(?:spotify|listen ?brainz|deezer|tidal|qobuz|napster|soundcloud|youtube|youtube music|yt music"
    r"|apple music|amazon music|apple|itunes|m3u8?|xspf|jspf|mp3s?|csv|files?|disk|computer|phone"
    r"|laptop|library)(?: (?:account|playlists?|library|app|file|profile))?"
)
# The list is carried to a service, within a longer message.
SAVES_LIST = re.compile(
    rf"\b(?:{_CARRY})(?: {_OBJECT})+ (?:to|on|onto|in|into|with) (?:\w+ ){{0,2}}{_STORE}\b",
    re.IGNORECASE,
)
_TALK: tuple[tuple[Talk, re.Pattern[str]], ...] = (
    (
        "greeting",
        re.compile(
            r"^(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|good (?:morning|evening|afternoon|day)"
            r"|how are you|how's it going|how are things|what's up|sup|nice to meet you)"
            r"(?: (?:there|you|all|everyone|friend|again|today|doing|how are|personalais))*$"
        ),
    ),
    (
        "thanks",
        re.compile(
            r"^(?:ok |okay |great |perfect |cool |lovely |nice |wow |awesome |many )*(?:thanks?"
            r"|thank you|thankyou|thx|ty|cheers|ta|much appreciated)(?: (?:a lot|so much|very"
            r" much|a million|indeed|you|that's|that was|great|perfect|lovely|again|all|friend|man"
            r"|for (?:that|this|everything|the music|your help|these)))*$"
            rf"|^(?:wow |oh |ok |okay |yes |yeah |ah |this |that |how )*{_FINE}"
            r"(?: (?:one|ones|job|stuff|choice|choices|list|playlist|work|songs|start|picks"
            rf"|selection|music|suggestions|that|this|now|thanks|{_FINE}))*$"
            rf"|^(?:{_THESE}|that|this|they|you)(?:'s| is|'re| are| was| were| sounds?| looks?)"
            rf"{_VERY} (?:a )?(?:{_FINE}|the best|what i (?:wanted|was looking for)|my style)"
            r"(?: (?:songs?|list|playlist|start|picks|choices|selection|ones))?$"
            r"|^(?:wow|oh yes|yes|yeah|oh)? ?(?:i |we )?(?:really |do |absolutely |just |also )*"
            rf"(?:love|like|adore|enjoy|loved|liked|dig) {_THESE}(?: (?:so much|a lot|all))?$"
            r"|^that's (?:it|better|more like it)$|^i love you$|^(?:much|way) better$|^well done$"
        ),
    ),
    (
        "displeased",
        re.compile(
            r"^(?:i |we )?(?:really |just )?(?:hate|dislike|don't (?:really )?(?:like|want|enjoy)"
            rf"|do not like|can't stand|didn't like) (?:any of )?{_THESE}$"
            rf"|^(?:no )?(?:{_THESE}|that|this|they)(?:'s| is|'re| are| was| were| sounds?)"
            rf"{_VERY} (?:{_POOR}|not (?:so |very |really |that )?(?:{_FINE}|right)"
            r"|not what i \w+(?: \w+){0,3}|not my (?:taste|style|thing|cup of tea)|not it)$"
            rf"|^(?:{_THESE}|this|that|they) (?:suck|sucks|isn't it|don't work|doesn't work"
            r"|(?:isn't|aren't) (?:what i \w+(?: \w+){0,3}|good|great|right))$"
            rf"|^(?:that's |this is |no )?(?:{_POOR}|not good|try again|wrong again)$"
        ),
    ),
    (
        "acknowledged",
        re.compile(
            r"^(?:(?:please|add|give me|play|make it|cut it to|just|only|want|i) )*"
            r"(?:no|(?:0|zero)(?: \w+)?)(?: more)? (?:songs|tracks|tunes)(?: please)?$"
            r"|^(?:ok|okay|okey|k|kk|alright|all right|right|sure|yes|yeah|yep|yup|no|nope|nah"
            r"|fine|got it|i see|hm+|lol|haha+|wow|oh|never ?mind|forget it|no worries|cool cool"
            r"|that's (?:all|it for now|enough|fine|ok|okay)|that is all|i'm (?:good|done|fine|ok)"
            r"|no(?:thing)? (?:thanks|thank you|more|else|for now)|not now|maybe(?: later)?|wait"
            r"|i don't know|i dont know|idk|not sure|no idea|please|yes please|well|so|then"
            r"|actually|sorry|no problem|done|enough)"
            r"(?: (?:ok|okay|thanks|thank you|now|then|please|for now|yes|no))*$"
        ),
    ),
    (
        "farewell",
        re.compile(
            r"^(?:bye+|goodbye|bye bye|see you|see ya|good ?night|later|cya|farewell|take care"
            r"|talk to you later|ciao|call it a day|let's call it a day)"
            r"(?: (?:then|now|later|soon|tomorrow|everyone|all|for now))*$"
        ),
    ),
    (
        "identity",
        re.compile(
            r"^(?:who|what) (?:are|r) (?:you|u)(?: exactly)?$|^are you (?:an? )?(?:real )?(?:ai|bot"
            r"|robot|human|real|person|machine|computer|chatgpt|dj|alive)\b.*$|^tell me about yourself$"
            r"|^what(?:'s| is) your name$|^who (?:made|built|created) you$|^introduce yourself$"
        ),
    ),
    (
        "saving",
        re.compile(
            rf"^{_MAY}(?:"
            rf"(?:save|export|download|back up)(?: {_OBJECT})*(?: please)?"
            rf"|(?:{_CARRY})(?: {_OBJECT})*"
            rf" (?:to|on|onto|in|into|as|with) (?:\w+ ){{0,2}}{_STORE}"
            rf"(?:(?: and)?(?: to| on)? (?:my )?{_STORE})*(?: please)?"
            r")$"
        ),
    ),
    (
        "unable",
        re.compile(
            r"^(?:please |can you |could you )*(?:rewind"
            r"|export|download|share|send|sync|upload|pause|resume|stop|next|previous|redo|skip to"
            r"|rate|burn|mute|unmute)\b(?!.*\b(?:and|then)\b)"
            r"(?: (?:it|this|that|them|the|my|playing|play|list|playlist|song|songs|track|by|to|on"
            r"|with|order|music|top|end|start|bottom|random|randomly|up|down|one|number|place"
            r"|first|second|third|fourth|fifth|last|spotify|youtube|friends|please|tempo|year"
            r"|artist|title|energy|\d+))*$"
        ),
    ),
)
# Openings of requests to other assistants, whatever they name.
_ORDERS = re.compile(
    r"^(?:please |can you |could you |will you |hey |i want (?:you )?to |i need to |i'd like to )*"
    r"(?:book (?:a|me|us|an)\b|reserve\b|order (?:a|me|some|us|an)\b|set (?:an?|the|my) (?:timer|alarm"
    r"|reminder)|remind me\b|(?:text|email|e-mail) \w+|send (?:an? )?(?:e-?mail|text|message)"
    r"|translate\b|calculate\b|turn (?:off |on (?!some |the radio|a bit|music))|open (?:the|a|my) |navigate\b|schedule\b"
    r"|buy (?:me|a|some)\b|tell me (?:a (?:joke|story)|the (?:time|news|weather))|write (?:me )?(?:an? |my |some )"
    r"(?!playlist)|find (?:me )?(?:a |an |the nearest )?(?:\w+ ){0,2}(?:restaurants?|hotels?|flights?"
    r"|tables?|cinemas?|pizza)|search the (?:web|internet)|google\b|call (?!it|this|the|my|that)\w+$"
    r"|what(?:'s| is|'ll be| will be) the (?:weather|time|temperature|capital|forecast|score|news|date)"
    r"|what (?:time|day|date) is\b|how (?:old|tall|far|heavy|deep) (?:is|are|was)\b|who won\b"
    r"|(?:will|is) it (?:going to )?(?:rain|snow)\b|rate (?:this|the) (?:book|novel|essay|saga|movie)"
    r"|what's \d|what is \d|solve\b|fix my\b)"
)
_QUESTION = re.compile(
    r"^(?:how (?:many|long|much)|when (?:was|were|did)|where (?:is|are|was|did)|do you (?:like"
    r"|know|have(?! any| some| more)|love|think|prefer|listen)|have you|what(?:'s| is| are) your|what are you"
    r"|(?:is|are) there(?! any| some| more)|did you|who (?:is|was|are|were)|what(?:'s| is| was| are| were)"
    r"(?: an?| the)? (?!something\b|some\b|good\b)\w+(?: \w+){0,3}$)(?!.*\blike (?:that|this)\b)"
)
_EXPLAIN = re.compile(
    r"^(?:(?:can|could|would|will) you )?(?:please )?(?:tell me|explain|do you know)(?: to me)?"
    r" (?:what|who|how) (?:an? |the )?\w+(?: \w+){0,3} (?:is|are|was|were|means?|works?)$"
)
# What asks for songs in the form of a question, where it names some: "do you have jazz?"
SEEKS = re.compile(
    r"^(?:(?:is|are) there\b|(?:do|have) you(?: guys)? (?:have|got|know (?:any|some|of any)|any|some)\b"
    r"|what(?:'s| is| are| else is)(?: (?:there|some|good|(?:the |your )?best)\b)+)"
    r"(?!.*\b(?:favou?rites?|how many)\b)"
)
_SONGS = re.compile(r"\b(?:music|songs?|tracks?|tunes?)\b")
# Words of their world, believed where nothing in the message names music.
_OFF_TOPIC = re.compile(
    r"\b(?:weather forecast|forecast|restaurant|reservation|alarm|timer|reminder|stock price"
    r"|president|recipe for|directions to|movie times|movie schedule|system prompt|source code"
    r"|capital of|(?:your|previous|prior|above|all) (?:instructions|rules|prompts?)|api key"
    r"|passwords?|credit card|bitcoin|homework (?:answers|help)|delete all (?:users|files|data)"
    r"|drop table|sudo|script|select \*)\b"
)
_MUSIC = re.compile(
    r"\b(?:music|songs?|tracks?|tunes?|playlist|play|listen|albums?|artists?|bands?|hear)\b"
)
# A clause that tells something and asks for nothing: a subject and its verb.
_STATEMENT = re.compile(
    r"\b(?:is|are|was|were|isn't|wasn't|aren't|has|have|had|does|did|didn't|will|won't|can"
    r"|can't|could|should|would|it's|that's|he's|she's|they're|you're|i'm|i've|we're|there's"
    r"|you|he|she|they|ignore|disregard|forget|tell|send|open|click|order)\b"
)
_TELLS = re.compile(
    r"^(?:the|this|that|these|those|some) (?:songs?|tracks?|tunes?|music|ones?|list|playlist)"
    r" (?:\w+ )?(?:is|are|was|were|sounds?|sounded|seems?|seemed|feels?|felt)\b"
)
_ASKS = re.compile(
    r"\b(?:play|songs?|music|tracks?|tunes?|playlist|something|anything|hear|listen(?:ing)?"
    r"|want|need|looking for|give me|find|recommend|suggest|in the mood|put on|would like"
    r"|i'd like|for (?:a|an|the|my|when)|about|vibes?)\b"
)


def small_talk(
    text: str, *, has_names: bool, has_wish: bool = False
) -> SmallTalk | None:
    """Recognise what asks for no music; None for any other message or clause.

    has_names: it names an artist, a genre or a song. has_wish: it names these, a mood
    or a time, so that a question whether there are any asks to hear them.
    """
    plain = re.sub(r"[!.?,;:)(]+", " ", text[:400].lower().replace("’", "'"))
    plain = " ".join(plain.split())
    for kind, pattern in _TALK:
        if pattern.match(plain):
            return SmallTalk(kind)
    if not _MUSIC.search(plain):
        is_of_another_world = not has_names and _OFF_TOPIC.search(plain)
        if is_of_another_world or _ORDERS.match(plain):
            return SmallTalk("off_topic")
    kind_of_chatter = chatter(plain, has_wish=has_wish)
    if kind_of_chatter is not None:
        return SmallTalk(kind_of_chatter)
    if _EXPLAIN.match(plain):
        return SmallTalk("question")
    if not _QUESTION.match(plain):
        return None
    names_music = has_wish or _SONGS.search(plain)
    return None if names_music and SEEKS.match(plain) else SmallTalk("question")


def is_statement(plain: str) -> bool:
    """Say whether a clause only tells something: "the cat is asleep"."""
    if _TELLS.match(plain):
        return True
    return _STATEMENT.search(plain) is not None and _ASKS.search(plain) is None
