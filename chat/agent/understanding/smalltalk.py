"""Messages that aren't about music: they get an answer, never a playlist."""

from __future__ import annotations

import re

from chat.agent.understanding.reading import SmallTalk

_TALK: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "greeting",
        re.compile(
            r"^(?:hi+|hello|hey+|hiya|howdy|yo|good (?:morning|evening|afternoon|day)|"
            r"how are you|how's it going|what's up|sup|nice to meet you)"
            r"(?: (?:there|you|everyone|friend|again|today|doing))*$"
        ),
    ),
    (
        "thanks",
        re.compile(
            r"^(?:ok |okay |great |perfect |cool |lovely |nice |wow )*(?:thanks?|thank you|thx|cheers|ta|"
            r"much appreciated)(?: (?:a lot|so much|very much|you|that's|that was|"
            r"great|perfect|lovely|all|for (?:that|this|everything|the music)))*$"
            r"|^(?:perfect|great|lovely|awesome|nice|cool|good|excellent|wonderful|ok|okay|amazing)"
            r"(?: (?:one|job|stuff|choice|list|work))?$"
        ),
    ),
    (
        "farewell",
        re.compile(r"^(?:bye|goodbye|see you|good night|goodnight|later)(?: .*)?$"),
    ),
    (
        "identity",
        re.compile(
            r"^(?:who|what) are you$|^are you (?:a |an )?(?:ai|bot|robot|human|real|person|machine)\b.*$"
            r"|^what(?:'s| is) your name$|^who made you$"
        ),
    ),
)
# Openings of requests to other assistants. They are only believed where nothing in
# the message names music.
_OFF_TOPIC = re.compile(
    r"\b(?:weather|forecast|temperature|restaurant|book (?:a|me|us) (?:\w+ )?(?:table|flight|hotel|room)|"
    r"reservation|alarm|timer|remind me|reminder|calculate|translate|stock price|"
    r"what time|how old|how tall|capital of|president|recipe for|directions to|movie times|"
    r"send (?:an? )?(?:e-?mail|text|message)|rate (?:this|the) (?:book|novel))\b"
)
_MUSIC = re.compile(
    r"\b(?:music|songs?|tracks?|tunes?|playlist|play|listen|albums?|artists?|bands?|hear)\b"
)


def small_talk(text: str, *, has_names: bool) -> SmallTalk | None:
    """Recognise a message that asks for no music; None for any other.

    has_names: the message names an artist, a genre or a song.
    """
    plain = re.sub(r"[!.?,;:)(]+", " ", text.lower().replace("’", "'"))
    plain = " ".join(plain.split())
    for kind, pattern in _TALK:
        if pattern.match(plain):
            return SmallTalk(kind)  # type: ignore[arg-type]
    if not has_names and _OFF_TOPIC.search(plain) and not _MUSIC.search(plain):
        return SmallTalk("off_topic")
    return None
