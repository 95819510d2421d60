"""What is said to a player: "skip", "pause", "louder", "play it", "what's playing?"."""

from __future__ import annotations

import re
from typing import cast

from chat.agent.understanding.asked import Steer, SteerWhat
from chat.agent.understanding.numbers import ORDINALS
from chat.agent.understanding.pointing import Place, ThatOne, Those
from chat.agent.understanding.questions.plainly import Plain
from chat.agent.understanding.questions.tables import table
from chat.agent.understanding.reading import AddSome, PlayAgain, PlayThose
from chat.agent.understanding.wish import Wanted

_STEER = table(
    r"""
next      (?:skip|next|next please|skip (?:ahead|forward|on|track|song|to (?:the )?next(?: <ONE>)?)|(?:play|go to|skip to|jump to|on to|onto|hear|put on|start|give me)? ?(?:the )?(?:next|following) <ONE>|(?:play|go to|skip to|jump to) (?:the )?next|move on|skip the current <ONE>)
previous  (?:previous|last <ONE> please|(?:play|go to|skip to|jump to|go back to|back to)? ?(?:the )?previous <ONE>|(?:play|go to) (?:the )?previous|(?:go )?back (?:a|one) <ONE>|go back to the (?:last|previous) <ONE>|skip back)
pause     (?:pause|stop|halt|silence|freeze|shush|hush|quiet please)(?: (?:it|this|that|now|the|my|your|music|song|songs|track|playback|player|playing|playlist|list|sound|everything|for a (?:moment|second|minute|bit)))*
pause     (?:stop|quit) (?:playing|the player)(?: (?:it|this|that|now|please|the|music|song|playback|for a (?:moment|second|minute|bit)))*
pause     (?:hold|cut|kill) the (?:music|sound)
pause     turn (?:it|the music|this|that|the player|music) off|turn off (?:the )?(?:music|player|sound)
resume    (?:resume|unpause|un pause|carry on|keep playing|continue playing|continue (?:the )?(?:music|song|playback|track|playlist)|go on playing|keep going with the music)(?: (?:it|this|the|music|song|playback|track|playlist|playing))*
mute      (?:mute|unmute|un mute)(?: (?:it|this|the|music|song|player|sound))*
volume    (?:(?:turn|crank|pump) (?:it|this|that|the (?:volume|music|sound|song)) (?:up|down)(?: (?:a (?:bit|little)|please|some|more))*|turn (?:up|down) (?:the |my )?(?:volume|music|sound)(?: .+)?|(?:volume|sound)(?: (?:up|down|to|at|on|max|maximum|full|half|\d{1,3}%?|percent|higher|lower|louder|please))*|(?:increase|raise|lower|decrease|reduce|set|change|turn|adjust|put|bring) (?:the |my )?volume(?: .+)?|i (?:can not|cannot|can hardly|cant|can't) hear (?:it|anything|the music)(?: .+)?|max(?:imum)? volume|full volume)
seek      (?:rewind|fast forward|ff|forward|seek)(?: (?:it|this|the|song|track|a (?:bit|little)|please|by|to|\d+|seconds?|secs?|minutes?|mins?|half a minute))*
seek      (?:go|skip|jump|move) (?:back|forward|ahead|on|backward|backwards|forwards)(?: by)? (?:\d+|ten|thirty|five|fifteen|twenty|a (?:few|couple of)|half a)(?: (?:seconds?|secs?|minutes?|mins?|s))
seek      (?:start|play|restart) (?:this|that|the|it)(?: (?:song|track|one))? (?:over|from the (?:beginning|start|top))|restart (?:the |this )?(?:song|track)|(?:skip|go|jump) to the (?:chorus|end|solo|bridge|middle|drop)(?: of (?:it|the song))?
repeat    (?:loop|put)(?: (?:it|this|that|the|my|song|track|list|playlist|one|everything))*(?: (?:on|in|a))+ (?:repeat|loop)(?: please)?|(?:loop|repeat)(?: (?:this|the|my|that))? (?:list|playlist|everything|all)|loop(?: (?:it|this|that|the song|this song|this one))?|(?:repeat mode|turn on repeat|turn repeat on|repeat on)|(?:turn off|turn on|stop) (?:repeat|loop(?:ing)?|shuffle)
speed     (?:play|make) (?:it|this|the song) (?:at )?(?:\d(?:\.\d+)?x|double speed|half speed|twice as fast)|playback speed(?: .+)?
playing   what (?:is|are|am|was|were)(?: (?:currently|now|we|you|i|it|this|just))* (?:playing|on|listening to|hearing)(?: (?:now|right now|currently|here|at the moment))*
playing   (?:what|which) (?:song|track|tune|music) (?:is|was|am|are)(?: (?:i|we|you|it|this|currently|now|just))* (?:playing|on|listening to|hearing)(?: (?:now|right now|currently))*
playing   (?:who|what|which artist) is (?:singing|playing)(?: (?:now|right now|currently))*
playing   now playing
""",
    one=r"(?:one|song|track|tune|number|title)",
)
_ASKING = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|we|i)|please|just|now|ok|okay|i want (?:you )?to|let us|lets) (?=\S)"
)
_POLITE = r"(?:(?:can you |could you |would you |will you |please |just |now |ok |yes |yeah |let us |lets |let me |i want to |i would like to |go ahead and |then )*)"
_AT_END = (
    r"(?: (?:please|now|then|for me|right now|first|instead|next|too|here|again))*"
)
_IT = r"(?:it|that|this|that one|this one|the (?:song|track|one)|that (?:song|track)|this (?:song|track))"
_THEM = r"(?:them|those|these|them all|all of (?:them|those|these)|all (?:those|these|of it)|(?:those|these)(?: (?:songs|tracks|ones|tunes|\w+ songs))?|both(?: of them)?)"
_PLAY = r"(?:play|hear|listen to|put on|start|try|spin|queue up)"
_PLAY_IT = re.compile(rf"{_POLITE}{_PLAY} {_IT}{_AT_END}|{_POLITE}put it on{_AT_END}")
_PLAY_THEM = re.compile(rf"{_POLITE}{_PLAY} (?:me )?{_THEM}{_AT_END}|{_POLITE}put them on{_AT_END}")  # fmt: skip
_PLAY_LIST = re.compile(
    rf"{_POLITE}(?:play|start|start playing|begin|press play|hit play|go)(?: (?:the|my|this|that|it all|whole|entire|all|everything|music|list|playlist|songs|tracks|mix|from the (?:top|start|beginning)|now|please))*"
)
_PLAYS_PLAIN = re.compile(
    r"\b(?:play|start|begin|press|hit)\b(?!.*\b(?:over|again|next)\b)"
)
# "Start again" begins anew, and plays nothing.
_ALONE = ("start", "begin", "go")
_ADD_THEM = re.compile(
    rf"{_POLITE}(?:add|put|throw|include|stick|queue|append|toss|chuck)(?: in)? (?:me )?{_THEM}(?: (?:all|in|too|as well|also|please|now|there|then))*(?: (?:to|into|on|onto|in) (?:the|my|this|that) (?:list|playlist|mix|queue))?(?: (?:please|too|now|as well|in))*"
)
_ADD_IT = re.compile(
    rf"{_POLITE}(?:add|put|throw|include|stick|queue|append|toss|chuck) (?:in )?{_IT}(?: (?:in|too|as well|also|please|now|there))*(?: (?:to|into|on|onto|in) (?:the|my|this|that) (?:list|playlist|mix|queue))?(?: (?:please|too|now|as well|in))*"
)
_THE_NTH = re.compile(
    rf"{_POLITE}(?:play|hear|start) (?:me )?(?:the )?(?P<n>first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|top|other)(?: (?:one|song|track|artist|band))?(?: (?:there|you (?:said|named|mentioned)|of (?:those|them|these)))*{_AT_END}"
)
_NTH = {**ORDINALS, "top": 1, "other": 2}


def player_word(plain: Plain) -> Steer | PlayAgain | PlayThose | AddSome | None:
    """Read what is said to a player, or of songs just named; None for others."""
    said = _ASKING.sub("", plain.text)
    for kind, pattern in _STEER:
        if pattern.fullmatch(said):
            return Steer(cast("SteerWhat", kind))
    if _PLAY_IT.fullmatch(plain.text):
        return PlayAgain((ThatOne(),))
    if _PLAY_THEM.fullmatch(plain.text):
        return PlayThose()
    if _ADD_IT.fullmatch(plain.text):
        return AddSome(Wanted(), (ThatOne(),))
    nth = _THE_NTH.fullmatch(plain.text)
    if nth:
        return PlayAgain((Place(_NTH[nth["n"]]),))
    if (
        plain.text not in _ALONE
        and _PLAYS_PLAIN.search(plain.text)
        and _PLAY_LIST.fullmatch(plain.text)
    ):
        return PlayAgain((Place(1, is_of_playlist=True),))
    if _ADD_THEM.fullmatch(plain.text):
        return AddSome(Wanted(), (Those(),))
    return None
