"""Patterns of what is done to the list, all on lower-case text with names blanked."""

from __future__ import annotations

import re

from chat.agent.understanding.numbers import (
    NUMBER,
    capped,
    count_said,
    minutes_said,
    number_of,
)
from chat.agent.understanding.pointing import (
    Reference,
)
from chat.agent.understanding.reading import (
    Resize,
)

_SONGS = r"(?:songs?|tracks?|tunes?|pieces?|ones)"
_LIST = r"(?:(?:the|my|this|whole|current|entire) )*(?:play)?list"

UNDO = re.compile(
    r"\bundo\b|\bgo back\b|\brevert\b|\btake (?:that|it) back\b|\broll back\b"
    r"|\bput (?:it|them|that|those|everything) back\b|\brestore\b|^(?:oops|whoops)$"
    r"|\bbring (?:it|them|that|those|everything|back) ?(?:back\b|the (?:old|last|previous))"
    r"|\bcancel (?:that|it|this|the last)\b|\bchanged my mind\b|\bstep back\b"
    r"|\b(?:the )?(?:previous|old) (?:version|list|playlist) (?:was better|again|back)\b"
)
HELP = re.compile(
    r"^(?:help|\?|commands|options|menu|instructions)$|\bhelp me$|\bi need help$"
    r"|\bwhat (?:else )?(?:can|do|could) you do\b|\bwhat are you able to\b"
    r"|\bhow (?:does|do) (?:this|it|you|i use) ?(?:work|this|it)?\b"
    r"|\b(?:what|how) (?:can|should|could|do) i (?:say|do|ask|use|write|type|listen)\b"
    r"|\bhow do i\b|\bwhat (?:genres|music|songs|artists|moods|styles) (?:do you|can you|are)\b"
)
FURTHER = re.compile(
    r"^(?:ok |yes |and |now |make it |go |it should be )*(?:(?:even|still) (?:more|further)"
    r"(?: so| of (?:that|it)| in that direction)?|more so|(?:a (?:bit|little) |much )?further"
    r"|more in that direction|keep going that way)(?: please)?[.!]*$"
)
START_OVER = re.compile(
    r"\b(?:start|begin) (?:over|again|afresh|anew|fresh|from scratch)\b|\bfrom scratch\b"
    r"|\b(?:clear|empty|reset|wipe)(?: (?:it|everything|all|out|the|my|this|whole|list"
    r"|playlist|songs|and))*$"
    rf"|\b(?:remove|delete)(?: (?:it|them))?(?: everything| all)(?: (?:of )?(?:it|them|the)?)?"
    rf"(?: {_SONGS})?$|\b(?:a )?(?:new|fresh|different) (?:play)?list$|^new one$"
    r"|\b(?:throw|delete|scrap) (?:away )?the (?:whole )?(?:play)?list\b"
)
_RENAME_IT = r"(?:(?:the|my|this) (?:playlist|list|mix)|it|this|that)"
RENAME = re.compile(
    r"^(?:please |now |and |then |so |can you |could you |can we |let's |lets |i want to )*"
    rf"(?:(?:rename|retitle)(?: {_RENAME_IT})?|(?:call|name|title|entitle) {_RENAME_IT}"
    rf"|(?:change|set) (?:the |its )?(?:name|title)(?: of {_RENAME_IT})?"
    rf"|save {_RENAME_IT}(?= (?:as|under)\b)|(?:name|title)(?=:))"
    r"(?:\s*:|(?: (?:to|as|under))?(?=\s))\s*(?P<title>\S.*)$",
    re.DOTALL,
)
UNNAMED = re.compile(r"^(?:it|this|that|after\b.*|a day)$")
# Words for taking out that mean it only where songs stand behind them: "axe number 3".
SLANG_OUT = "bin|boot|chuck|del|dump|nix|nuke|pull|punt|rm|toss|trash|yank|yeet|zap"
TAKE_OUT = re.compile(
    r"\b(?:remove|delete|take (?:\w+ ){0,5}(?:out|off)|get rid|throw (?:\w+ ){0,4}out|kick"
    r"|ditch|skip|scrap|erase|leave (?:\w+ ){0,4}out|(?:weed|filter|strip|sort|clear) out|take away"
    r"|(?:drop(?! the (?:tempo|pace|speed|bpm|energy|intensity|volume|power|mood)\b)|"
    + SLANG_OUT
    + r")(?: out)?(?! \w+ (?:more|extra)\b)(?= (?:the|that|this|it|them|all|every|each"
    r"|(?:one|two|three|some|a few|a couple|half) of|whatever|number|song|track|any|_+|\d+|#|songs|tracks|those|these|both)\b| (?:everything|anything)\s)"
    r"|(?:scratch|strike)(?= (?:number|song|track|#|_|the (?:\w+ )?(?:one|song|track|last|first)\b))"
    r"|lose(?= (?:the|that|this|it|them|all|every|everything|anything|number|any|those|these|both|_))"
    r"|cut(?= (?:out|the (?!list|playlist)|that|number|song|track|all|_|#)))"
)
KEEP_ONLY = re.compile(
    rf"\bkeep (?:all )?the (?:[\w-]+ ){{1,3}}{_SONGS}$"
    r"|\b(?:keep|leave) (?:only|just|nothing but)\b|\b(?:only|just) (?:keep|leave)\b"
    r"|\b(?:remove|delete|drop|kick out|throw out|take out) (?:everything|all|anything)"
    rf"(?: {_SONGS})?(?: out)? (?:but|except|apart from|other than|besides"
    r"|(?:that|which)(?: is|'s| are)?(?: not|n't)|that isn't|that aren't|not)\b"
)
# "3 and 5 can go", "the last one has to go".
HAS_TO_GO = re.compile(
    r"\b(?:can|could|has to|have to|must|should|needs? to|got to|gotta) (?:all )?(?:go|leave|be removed)"
    r"(?: away| now| too| please)*\s*[.!]*$"
)
KEEP_ROW = re.compile(r"^(?:please )?keep\b|^(?:only|just) the\b")
REPLACE = re.compile(
    r"\b(?:replace|swap|exchange|switch|change|substitute)\b(?P<old>.{1,80}?)"
    r"\b(?:with|for|by|to)\b(?P<new>.+)$"
)
REPLACE_ONLY = re.compile(
    r"^(?:please |can you |could you )*(?:replace|swap out|change|exchange|substitute)\b"
    r"|\b(?:something|anything|another (?:one|song)) (?:else )?(?:instead of|in place of)\b"
)
WHY = re.compile(
    r"\bwhy\b(?! not\b)|\bhow come\b|\bexplain\b|\bwhat made you\b"
    r"|^(?:what|who|which)\b.*\b(?:is|'s|are|sings|sang|plays|made|wrote|called)\b"
    r"|\btell me (?:more )?about\b"
)
ADD = re.compile(
    r"\b(?:add|include|insert|throw in|put in|mix in|sprinkle|append|chuck in|toss in"
    r"|work in|squeeze in)\b"
    r"|\b(?:throw|put|mix|toss|chuck|sneak|sprinkle|get|have|want|need|like) "
    r"(?:[\w'-]+ ){0,6}(?:in(?: there| it)?|(?:in|on|to|into) (?:the|my|this) "
    r"(?:play)?(?:list|mix))$"
    r"|^(?:give me |play |show me |and |ok |just |only |maybe |please |now |but |actually |then |i want |i'd like |i would like |let's have "
    r"|can i have |can i get |can we have |can we get |could i have |could we have |how about "
    r"|what about |let's hear |some |a few |a bit |a little |slightly |even |yes |got any )*"
    rf"(?:{NUMBER} (?:more|extra|additional)\b|(?:some more|a few more|more|another)\b"
    rf"(?! (?:{_SONGS} |music |stuff )?(?:like|similar|along|in the (?:style|vein))\b)"
    r"(?! of (?:that|this|these|those|it)\b(?! (?:artist|band|singer|group|guy))))"
    r"|^(?:and |i |we |i'd |let's |can |could )*(?:also|plus|as well as)\b"
    rf"|^(?:and )?(?:also |then )?(?:some|a few|a couple|a little|a bit of|{NUMBER}) .*"
    r"\b(?:too|as well|also)$|^and (?:some|a few|a couple|more)\b"
    rf"|^(?:and|plus) (?:also )?{NUMBER} (?:by|of|from) _"
    r"|\b(?:too|as well)$(?<!not too)"
    r"|^(?:\w+ )*?(?:bring|get|put|have|want|add) (?:\S+ ){1,6}?back(?: in)?(?: please)?$"
    r"|^(?:ok |okay |and |now )*(?:let's|lets) have (?:\S+ ){1,6}?again$"
)
SOME_OF_THEM = re.compile(
    rf"^(?:please |can you |could you |just )*(?:remove|delete|drop|lose|cut|kick|take out|bin)(?: out)? (?P<n>{NUMBER})"
    r"(?: of (?:them|these|those|the songs))?(?: please)?[.!]*$"
)
KEEP_COMING = re.compile(
    r"\bkeep (?:them|it|'em) (?:coming|going)\b|^(?:go on|continue)$"
    rf"|^(?:more |some )?similar (?:{_SONGS}|music|stuff)(?: please)?$"
)
_GOOD = (
    r"(?:great|good|nice|perfect|awesome|amazing|lovely|beautiful|fantastic|wonderful"
    r"|excellent|brilliant|cool|gorgeous|superb|(?:my|the|a) (?:new )?(?:favou?rite|best"
    r"|banger|gem|keeper|winner)|bangers|gems|keepers|winners|spot on|fire|so good|just right|what i (?:want|wanted|like))"
)
_BAD = (
    r"(?:terrible|awful|bad|boring|annoying|horrible|meh|trash|garbage|the worst|ugly|dull"
    r"|weird|wrong|rubbish|out of place|not (?:so |that |very |really )?(?:good|great|nice"
    r"|right|for me|my (?:taste|thing|style|cup of tea))|not what i \w+)"
)
_IS = r"\b(?:is|was|are|were|'s|sounds?|looks?|seems?|feels?)(?: \w+ly| so| just| too| very)*"
PRAISE = re.compile(
    rf"{_IS} {_GOOD}\b|^(?:love|like|loved|liked|enjoyed)\b|\brocks$|\bis the one$"
)
SCORN = re.compile(
    rf"{_IS} {_BAD}|\b(?:isn't|wasn't|aren't|weren't|not) {_GOOD}\b|\bsucks?\b"
    r"|\b(?:doesn't|don't|does not|do not|didn't) (?:really )?(?:fit|belong|work|suit|do it)\b"
    r"|\b(?:isn't|is not|not|wasn't) (?:really )?(?:it$|doing it\b)"
    r"|\bis (?:just |a big )?(?:an? )?(?:hard )?(?:no|nope|no-go|pass|miss|dud)(?: for me)?\s*[.!]*$"
)
TOO_MUCH = re.compile(
    r"\b(?:is|was|are|were|'s|sounds?) (?:way |far |a bit |a little |much )*too\b"
)
LIKES = re.compile(
    r"\b(?:i|we) (?:really |do |quite |also |absolutely |still |actually |kinda )*"
    r"(?:like|love|enjoy|liked|loved|adore|enjoyed)\b"
)
DISLIKES = re.compile(
    r"\b(?:i|we) (?:really )?(?:don't|do not|didn't|dont) (?:really |much )?(?:like|enjoy|want"
    r"|care for|love)\b|\b(?:i |we |really )*\b(?:hate|hated|dislike|disliked|(?:can't|cannot|can not) (?:stand|bear))\b"
    r"|\bnot (?:this|that|the|number|song|track|#)\b|\bnot (?:a fan of|my)\b"
    r"|(?:\b(?:i'm|im|we're)|^) ?(?:really |just |so )?not (?:really |quite |that |so |too )?(?:into|feeling|a fan of"
    r"|sold on|digging|keen on|crazy about|wild about|loving|vibing with)\b(?! (?:these|those|them|it)\b)"
    r"|^(?:nah|nope|no) to\b"
)
MORE_LIKE = re.compile(
    r"\b(?:like|similar to|along the lines of|in the (?:style|vein|spirit) of|resembling"
    r"|reminds? me of|close to|such as|more of)\b|\b(?:similar|alike)\b"
)
# "No more from that artist". "No more than ten" is another matter.
NO_MORE = re.compile(
    r"\b(?:no|not(?! enough)|nothing|none|never|stop|without|avoid|don't"
    r"|(?<!not )(?<!get )enough)\b(?: \w+){0,4}?"
    r" (?:of|by|from|like|with|playing|play)\b"
)
SOMEONE = re.compile(r"\b(?:artist|band|singer|group)\b")
_SHORTER = re.compile(
    rf"\b(?:shorter|shorten|fewer {_SONGS}|less {_SONGS}|too long|too many|trim)\b"
)
_FEWER_BY = re.compile(
    rf"\b(?P<m>{NUMBER}) (?:{_SONGS} )?(?:fewer|less|shorter)(?: {_SONGS})?(?: please)?\s*[.!]*$"
    rf"|\b(?:shorten|shorter|trim|cut|reduce)\b.*\bby (?P<n>{NUMBER})(?: {_SONGS})?$"
)
_LONGER = re.compile(
    r"\b(?:longer|lengthen|extend|too short|more songs|more tracks|too few|expand|not long enough)\b"
)
_HALVED = re.compile(
    r"\b(?:half as (?:long|many)|half (?:the|its|that) (?:length|size)|in half|halve"
    r"|only half|half of (?:it|them))\b"
)
_TIMES = re.compile(
    r"\b(?P<two>double|twice as (?:long|many)|twice the)\b|\b(?P<three>triple|three times)\b"
)
_SIZE_TO = re.compile(
    rf"\b(?:make|cut|trim|shorten|reduce|extend|keep|limit|bring|get|i only want|i want only"
    rf"|i just want|only|just)\b.{{0,24}}?\b(?!(?:19|20)\d\d\b)(?P<n>{NUMBER})"
    rf"(?: (?:\w+ )?{_SONGS}| long| in total| total| max(?:imum)?)?"
    r"(?: (?:please|thanks|max|in total))?$"
)


def resize_read(plain: str) -> Resize | None:
    """Read how long the list should be; None where that isn't said as a command."""
    if _HALVED.search(plain):
        return Resize(None, None, -1, times=0.5)
    times = _TIMES.search(plain)
    if times:
        return Resize(None, None, 1, times=2 if times["two"] else 3)
    to = _SIZE_TO.search(plain)
    said = capped(number_of(to["n"])) if to and to["n"] not in ("a", "an") else None
    count = said if said is not None else count_said(plain)
    minutes = minutes_said(plain)
    fewer = _FEWER_BY.search(plain)
    if fewer:
        return Resize(None, None, -1, by=capped(number_of(fewer["n"] or fewer["m"])))
    if _SHORTER.search(plain):
        return Resize(count, minutes, -1)
    if _LONGER.search(plain):
        return Resize(count, minutes, 1)
    return Resize(said, minutes, 0) if said is not None else None


def opinion_read(plain: str, references: tuple[Reference, ...]) -> str | None:
    """Return "like", "dislike" or "out" as said of the songs pointed at."""
    if not references:
        return None
    if DISLIKES.search(plain) or SCORN.search(plain):
        return "dislike"
    if TOO_MUCH.search(plain) or HAS_TO_GO.search(plain):
        return "out"
    return "like" if PRAISE.search(plain) else None
