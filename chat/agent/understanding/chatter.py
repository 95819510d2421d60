"""Jokes, insults, courtesies, fillers and questions: talk that is about no songs at all.

The rule of this file: a pattern stands for the whole of what is said, or for an opening
that nobody begins a wish for music with. What names a mood, a time or a name goes on to
be read where a pattern leaves that open.
"""

from __future__ import annotations

import re

from chat.agent.understanding.commands import HELP
from chat.agent.understanding.reading import Talk
from chat.agent.understanding.tokens import words_of

# One or several of these in a row say nothing more than that somebody is there.
_FILLERS = words_of(
    "um uh uhh uhm umm er erm eh huh hmm hm meh ah aah oh ooh well so hey yo hi test",
    "testing tests blah bla la na da foo bar baz qux lorem ipsum dolor sit amet abc abcd abcde",
    "abcdef abcdefg xyz beep boop bop boo knock ping pong lmao lmfao rofl lol haha hehe heh",
    "hihi jk kidding joking brb afk gtg ttyl tysm omg wtf idk seriously really interesting",
    "indeed exactly right totally cool wow whoa yay aww aw ok okay yes no yeah nope 1 2 3",
)
_SWEARS = r"(?:fuck(?:ing)?|shit(?:ty)?|damn|crap|bullshit|hell|bloody|bastard|bitch|ass(?:hole)?|wtf)"
_RUDE = (
    r"(?:stupid|dumb|idiot(?:ic)?|moron(?:ic)?|useless|pathetic|annoying|worthless|lame|loser"
    r"|fool(?:ish)?|clueless|terrible|awful|horrible|boring|garbage|rubbish|trash|the worst|deaf"
    rf"|{_SWEARS})"
)
_YOU = r"(?:you|u|this|that|it|it all|the|this|your|my)(?: (?:app|bot|site|page|thing|website))?"
_PEOPLE = r"(?:bot|robot|machine|computer|ai|app|site|program|thing|guy|man|dude|you)"
_ADVERBS = r"(?: (?:so|really|such|just|too|very|all|an?|of|kind|bit|totally|completely|even))*"
_INSULT = re.compile(
    rf"^(?:you |this |that |oh |no |what a |what an |such a |such an )*{_RUDE}"
    rf"(?: (?:{_PEOPLE}|{_RUDE}|it|this|that|you|off|up|yourself|of|piece))*$"
    rf"|^{_YOU}(?:'re| are| r|'s| is| was| were)?{_ADVERBS} {_RUDE}(?: {_PEOPLE})?$"
    rf"|^{_YOU} (?:suck|sucks|stink|stinks)(?: \w+)?$"
    rf"|^(?:shut up|be quiet|go away|get lost|get out|go to hell|screw (?:you|this|it)|leave me"
    r"(?: alone)?|bite me|drop dead|(?:what )?(?:a )?(?:complete |total |huge )?waste of (?:my )?time"
    rf"|what the {_SWEARS}|(?:a )?piece of {_SWEARS}|you (?:never|don't|do not) (?:listen|understand|get"
    r"|know)(?: (?:me|it|anything|this|at all))*|you (?:know nothing|have no (?:taste|idea|clue))"
    r"|(?:i|we|anyone|my \w+) (?:could|can|knows?|does?|do) (?:it |do )?(?:better|more)(?: than (?:you|this))?"
    rf"|(?:what is|what's) wrong with you|do you even (?:work|listen|understand)(?: \w+)?|are you{_ADVERBS}"
    rf" {_RUDE})$"
)
_THANKS = re.compile(
    r"^(?:big |so many |a thousand |aww |oh |ok |wow )*(?:thanks|thank you|thx|tysm)(?: for \w+(?: \w+){0,3})?$"
    r"|^(?:i |we )?(?:really |do |so )*appreciate (?:it|that|this|your help)$|^you rock$"
    r"|^(?:that|this|you|it) (?:really )?(?:helped|helps)(?: (?:a lot|me|so much|us))*$"
    r"|^(?:exactly|just|precisely)(?: what i (?:wanted|needed|was looking for)| right| it)$"
    r"|^(?:great|good|excellent|fine|nice) taste$"
)
_COURTESY = re.compile(
    r"^(?:howdy|hello|hi|hey)(?: \w+)?$|^how(?:'s| is| was| has| have)? (?:your|the|you been|you|it)"
    r"(?: (?:day|week|morning|evening|night|weekend|life|been|going|doing|today|so far|now))*$"
    r"|^(?:i'm|im|i am|i was|we're|we are)(?: (?:just|only|still|all|really|doing|fine|good|well"
    r"|great|ok|okay|back|here|kidding|joking|browsing|looking around|testing|thanks|thank you"
    r"|now|again|bored with you|ready|sorry|new|new here|gone|off|away))+$"
    r"|^(?:i'll|i will|will)? ?be (?:right )?back(?: (?:later|soon|in a (?:bit|minute|moment)))?$"
    r"|^(?:me|you|same|us)(?: \w+)? (?:too|here|neither|as well)$|^same to you$"
    r"|^(?:that )?makes (?:no )?sense$|^fair enough$|^i(?:'ve| have) no idea$|^i found a bug$"
    r"|^(?:just )?(?:one|a|give me a|gimme a|wait a|hold on a)(?: \w+)? (?:moment|minute|second|sec|min)(?: please)?$"
    r"|^hold on$|^(?:is )?any(?:one|body) (?:here|there|home)$|^enjoy (?:your|the) \w+$"
    r"|^my name(?:'s| is) \w+(?: \w+)?$|^(?:call me|they call me) (?!back\b|when\b)\w+$"
    r"|^i live in \w+(?: \w+)?$|^i(?:'m| am) from \w+(?: \w+)?$|^i(?:'m| am) (?:an? )?\w+ years old$"
    r"|^it's (?:my first time|me)(?: \w+){0,2}$|^(?:the weather|it)(?: is|'s) (?:so |very |really )?(?:nice|lovely|good"
    r"|cold|hot|warm|bad)(?: (?:today|outside|here|now))*$|^(?:just |only )?(?:testing|kidding|joking|looking around)(?: \w+)?$"
)
_JOKE = re.compile(
    r"^(?:that|it|this|you)(?:'s| is| was|'re| are)(?: \w+ly| so| very| too)* (?:funny|hilarious|a joke|joking|kidding)$"
    r"|^very funny$|^(?:say|tell (?:me|us)) something(?: \w+)?$|^make (?:me|us) (?:laugh|smile)$"
    r"|^knock knock\b|\bwalks? into a bar\b|^(?:are you|you're|you are|you must be) (?:kidding|joking|serious)(?: me)?$"
    r"|^pull my \w+$|^i am your father$|^(?:no )?your (?:mom|mum|mother|mama)$|^sing (?:me|us) (?:a|one) \w+(?: yourself)?$"
    r"|^(?:i am|i'm) an? (?!little\b|bit\b)\w+$|^the (?:quick brown fox|cat sat on)\b|^colou?rless green\b"
)
# What asks to know something. "How about jazz" and "what about" are wishes.
_WONDERS = re.compile(
    r"^(?:and |but |so |hey |ok |sorry |please )*(?:"
    r"how (?:do|does|did|can|could|is|was|are|were|many|much|long|old|far|big|often|come)\b"
    r"|who (?:invented|won|wrote|sang|sings|made|plays|played|produced|composed|discovered|is|was|are"
    r"|were|can|has|did)\b"
    r"|what (?:year|country|happened|happens|key|makes|made|version|language|languages|time|day)\b"
    r"|what (?:do|does|did) (?:the|a|an|this|that|it|people|you (?:mean|do|think|know))\b"
    r"|which (?:country|year|model|version|band do|singer do|one do|language)\b"
    r"|where (?:do|does|did|can|could|is|are|was|were)\b|when (?:do|does|did|is|are|was|were|will)\b"
    r"|why (?:is|are|was|were|do|does|did|can't|doesn't|don't|won't|not)\b"
    r"|(?:is|are|was|were) (?!there\b|it (?:ok|possible)\b)\w+\b"
    r"|(?:is|are) there (?:an? |any )?(?:difference|way|reason|app|help|manual|limit|page|website)\b"
    r"|(?:does|did|has|have|had|will|would|should) (?!you\b|we have\b|like\b|love\b|to\b)\w+\b"
    r"|do (?:aliens|people|they|we|animals|i|you (?:sleep|dream|even|ever|speak|eat|drink|work|store|keep"
    r"|remember|understand|sing|dance|read|see|feel|need|use|save|really))\b"
    r"|can (?:i|we|one) (?:share|use|download|talk|speak|trust|see|change|delete|upload|log|sign|connect|buy|pay)\b"
    r"|(?:can|could) (?:pigs|you) (?:fly|sing|dance|beatbox|see|read|hear|feel|think|explain|speak|understand)\b"
    r")"
)
# With one of these a question is a wish all the same: "is it possible to hear some jazz".
_WISHES = re.compile(
    r"\b(?:play|hear|listen to|recommend|suggest|find|give|show|add|put on|want|need|looking for"
    r"|something|anything|some|any (?:good|more)|songs?|tracks?|tunes?|playlists?|albums?|artists?|bands?|music)\b"
)
_OF_THE_SITE = re.compile(
    r"^(?:the|this|your) (?:page|site|app|button|link|website|player|sound) (?:is|isn't|does|doesn't|won't|can't)\b"
    r"|^can i (?:share|download|delete|upload|change|see) (?:my|the|this)\b|^what (?:does|do) .*\bmean\b"
)
_OF_THIS_LIST = re.compile(
    r"^why (?:did|do|have) you (?:pick|choose|play|add|put|chosen|picked)"
)
_WONDERS_STILL = re.compile(
    r"^(?:how (?:many|much|long|old)|who|why|when|where|what (?:year|does|makes)|does|did)\b"
)


def chatter(plain: str, *, has_wish: bool) -> Talk | None:
    """Recognise talk in lower case, without punctuation; None for anything else.

    has_wish: a name, a genre, a mood or a time is in it.
    """
    words = plain.split()
    if words and all(word in _FILLERS for word in words):
        return "acknowledged"
    if _THANKS.search(plain):
        return "thanks"
    if _INSULT.search(plain):
        return "displeased"
    if _JOKE.search(plain):
        return "acknowledged"
    if _COURTESY.search(plain):
        return "acknowledged"
    if HELP.search(plain):
        return None
    if _OF_THE_SITE.search(plain):
        return "question"
    if not _WONDERS.search(plain) or _OF_THIS_LIST.search(plain):
        return None
    if _WISHES.search(plain) and (has_wish or not _WONDERS_STILL.search(plain)):
        return None
    return "question"
