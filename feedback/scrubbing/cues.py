"""Turns of phrase beside which a name stands: of somebody, or of music.

Each is asked of the text before a word (it ends there) or after it (it begins there).
"""

from __future__ import annotations

import re


def words_of(*rows: str) -> frozenset[str]:
    """Return the words of some rows of text, as a set to ask."""
    return frozenset(word for row in rows for word in row.split())


# No cue is longer; so no message takes longer than its length.
BEFORE, AFTER = 90, 60

_KIN = (
    # English
    "wife husband spouse partner fianc[ée]e? girlfriend boyfriend gf bf ex sons? daughters? kids? "
    "child(?:ren)? baby toddler mother mom mum mommy mummy father dad daddy parents? "
    "brothers? bro sisters? sis sibling twins? aunt auntie uncle cousins? nieces? nephews? nana newborn neveu exes nan granny gran "
    "grandma grandpa grandmother grandfather gramps stepdad stepmom stepmum stepson "
    "stepdaughter friends? bestie mates? budd(?:y|ies) pal roommate room-?mate flatmate housemate "
    "neighbou?r colleague co-?worker boss manager teacher coach therapist doctor student "
    "babysitter nanny hubby teammate half trainer landlord landlady nurse bride groom bridesmaid crush godson goddaughter bandmate tutor "
    # Spanish, Portuguese, Italian
    "esposa esposo mujer marido novi[oa] hij[oa] herman[oa] madre padre mamá papá amig[oa] "
    "abuel[oa] prim[oa] t[ií][oa] jef[ea] minha filh[oa] irmã[o]? mãe pai avó avô namorad[oa] "
    "moglie marito figli[oa] fratello sorella nonn[oa] amic[oa] zi[oa] mamma fidanzat[oa] "
    "ragazz[oa] "
    # French
    "femme mari copine copain fille fils frère sœur soeur mère père ami[e]? pote grand-mère "
    "grand-père tante oncle cousine? patron "
    # German, Dutch, Swedish
    "frau mann freundin freund sohn tochter bruder schwester mutter vater oma opa mama papa "
    "onkel cousine? kumpel chef(?:in)? vrouw zoon dochter broer zus moeder vader vriendin "
    "vriend buurman fru man pojkvän flickvän son dotter bror syster mamma kompis vän "
    # Polish, Turkish
    "żon[aęy] żonie mąż męża syn[a]? córk[ai] córce brat[a]? siostr[ay] mam[ay] tat[ay] "
    "dziewczyn[aęy] chłopak[a]? przyjaciel[a]? eşim kocam karım oğlum kızım annem babam "
    "kardeşim arkadaşım sevgilim "
    # Greek, Russian
    "γυναίκα άντρα[ςs]? άνδρα[ςs]? γιο[ύς]? γιός κόρη[ς]? φίλο[ςυ]? φίλη[ς]? μαμά[ς]? μπαμπά[ς]? "
    "αδερφ(?:ός|ή|ό) γιαγιά[ς]? παππού[ς]? σύντροφο[ςs]? κοπέλα[ς]? "
    "жен[аыеуойю]+ муж[аеуом]* сын[аеуом]* доч(?:ь|ери|ка|ки|ке|ку) друг[аеуом]* "
    "подруг[аиеуой]+ мам[аыеуой]+ пап[аыеуой]+ брат[аеуом]* сестр[аыеуой]+ бабушк[аиеуой]+"
)
_KIN_WORD = "(?:" + "|".join(_KIN.split()) + ")"
_OWN = (
    r"(?:my|our|his|her|their|ur|the|little|late|mi|tu|su|mio|mia|meu|minha|mon|ma|mes|notre|"
    r"mein\w*|unser\w*|mijn|ons|onze|min|mitt|vår|moj\w+|mój|mo[ji]\w*|benim|мо\w+|наш\w*)"
)
KIN, OWN = re.compile(rf"{_KIN_WORD}\b", re.I), re.compile(_OWN, re.I)
_IS_CALLED = (
    r"(?:'s name(?: is|:)?|\s+(?:is |was )?(?:called|named)|\s+heißt|\s+se llama|\s+s'appelle|"
    r"\s+si chiama|\s+se chama|\s+heet|\s+heter|\s+зовут|\s+με λένε|\s+(?:is|was|are))?\s*[,(:]?"
)
# "My wife Sarah", "aunt May", "η γυναίκα μου η Μαρία".
RELATED = re.compile(
    rf"(?:\b{_OWN}\s+(?:[\w-]+\s+)?|\b(?:with|for|aunt|uncle)\s+|^|[\s(,-])"
    rf"{_KIN_WORD}(?:\s+μου(?:\s+(?:ο|η|τον?|την?))?)?{_IS_CALLED}\s*(?<=[\s(])$|"
    r"\b(?:aunt|auntie|uncle|grandma|grandpa|granny|nana|cousin|coach|baby|oma|opa|tante|onkel|"
    r"(?:my|our) (?:little|dear|sweet|darling|beloved|late)|"
    r"tía|tío|zia|zio|nonna|nonno|θεία|παππού|bride|groom)\s+(?:is\s+)?$",
    re.IGNORECASE,
)
# "My name is Tom", "me llamo Ana".
NAMED = re.compile(
    r"(?:\bmy name(?:'s| is|s|:)|\bname(?: is| =|:)|\bthis is|\bit'?s me,?|\bi am called|\bi'm called|"
    r"\bcall me|\bsigned,?|\bin memory of|\bin loving memory of|\bdedicated to|"
    r"\b(?:she|he|they|who)(?:'s| is|'re| are) (?:called|named)|\bis called|"
    r"\bme llamo|\bmi nombre es|\bse llama|\bje m'appelle|\bmon nom est|\bil s'appelle|"
    r"\belle s'appelle|\bich hei(?:ß|ss)e|\bmein name ist|\bhier ist|\bmi chiamo|"
    r"\bmeu nome é|\bme chamo|\bik heet|\bmijn naam is|\bjag heter|\bmitt namn är|"
    r"\bmam na imię|\bnazywam się|\bbenim adım|\badım|\bismim|με λένε|τη λένε|τον λένε|"
    r"είμαι (?:ο|η)|όνομά μου είναι|\bзовут|\bмоё имя|\bfeliz cumpleaños,?|"
    r"\bhappy birthday,?(?: dear)?|\bjoyeux anniversaire,?|\bcongrats,?)\s+$",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|herr|frau|señora?|sra?|monsieur|"
    r"madame|mme|mlle|signora?|sig|senhora?|dona|don|doña|meneer|mevrouw|fru|pan[i]?|"
    r"κύριο[ςυ]?|κυρία[ςs]?)\.?\s+$",
    re.IGNORECASE,
)
# "I'm Jess", but also "I'm sad".
SELF = re.compile(
    r"\b(?:i'?m|i am|it'?s|soy|c'est|je suis|sono|ich bin|sou|ik ben|jag är|jestem|είμαι|я|это|"
    # What is said to people only.
    r"tell|ask|asked|text|texted|told|miss|meet|met|dating|married|says hi to|say hi to|"
    r"pozdrawiam|saludos|grüße|beijos|bisous|groetjes),?\s+$",
    re.IGNORECASE,
)
# Small words that are names as well, and after "my friend" are none.
SMALL = words_of(
    "a an and as but can did do does for had has have he her his i in is it just",
    "let less like long love made make many may me mine more much my no not of on",
    "one only or our out play ran said say she sing so some such than that the then",
    "they this to too up us was we were what when who why will with would yes you",
    "your",
)
# After these a capital letter makes a name, unless the word is a common one.
LIKELY = re.compile(
    r"(?:\b(?:for|with|and|miss|met|tell|ask|told|text|dating|you|love|thinking of|thanks,?|thank you,?|cheers,?|hi,?|hey,?|hello,?|"
    r"dear|xoxo|i'm|im|i am|ex|when|that|wedding of|birthday of|pour|avec|c'est|para|con|"
    r"soy|per|sono|voor|met|för|med|dla|для|(?:για|με|από|σ)\s?(?:τον?|την?)|dedicated to|contact|d['’])|&|[-–—]|contact:)\s*$",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?:\b(?:thanks|thank you|thx|ty|cheers|regards|love|best|yours|xx+|danke|gracias|merci|"
    r"grazie|obrigad[oa]|bedankt)[\s,!.]+|^\s*[-–—]+\s*|[-–—]\s*)$",
    re.IGNORECASE,
)
# What only people do, and what people do and artists may.
LIVES = re.compile(
    r"(?:,? who(?:'s|\s)|['’]s?\s+(?:\d+\w*\s+)?(?:birthday|b-?day|wedding|party|hen|stag|"
    r"funeral|house|place|baby|mum|mom|dad|anniversary|graduation|retirement|shower)\b"
    r"|\s+and (?:i|me)\b|,? my (?:\w+ )?(?:wife|husband|brother|sister|son|daughter|friend)\b"
    r"|\s+(?:&|and) [A-Z][a-z]+ (?:are|get|got|have)\b|,?\s+here\b"
    r"|\s+(?:picks?|drives?|owes?|next door|is (?:my|asleep|sleeping|tired|here|coming|"
    r"getting|turning|visiting|sad|sick|\d+)|turn(?:s|ed) (?:\d+|one|two)|are (?:coming|getting|visiting|in the)|"
    r"from (?:accounting|work|school|the gym|hr|next)|(?:left|told|dumped|showed|taught) (?:me|us)|"
    r"put me|broke up|split up|wrote this|asked (?:for|me)|needs)\b)",
    re.IGNORECASE,
)
DOES = re.compile(
    r"(?:['’]s?\s+(?:favou?rite|name)\b|\s+and (?:her|his|their)\b"
    r"|\s+(?:says?|said|wants?|hates?|told|tells|turns?|turned|comes?|came|left|plays him|"
    r"recommend(?:s|ed)|likes|loves|adores?|at the|won't|doesn't|can't|sings (?:in|all|badly)|"
    r"drums|again\b|odia|quiere|ama|veut|adore|aime|will|mag|liebt|tanzt|suona|vuole|wil)\b)",
    re.IGNORECASE,
)
# "Play Sarah", "by Alice".
MUSIC_BEFORE = re.compile(
    r"(?:\b(?:play|by|spiel|pon|mets|joue|metti|toca|draai|spela|zagraj|songs? (?:of|by)|"
    r"song|track|tune|artist|singer|band|album|listen(?:ing)? to|hear|cover of|covers? by|"
    r"add|remove|skip|replay|similar to|sounds? like|songs? like|more like|anything by|"
    r"escuchar|écouter|hören|sang|tired of|canción|chanson|lied)|βάλε|παίξε|поставь|включи)"
    r"\s+[\"“”'‘«]?$",
    re.IGNORECASE,
)
MUSIC_AFTER = re.compile(
    r"[\"”’»]?\s*,?\s*(?:\b(?:by|de|von|di|por|par|van|av|от|από)\s+(?=[^\W\d_]|\d)|"
    r"(?:the|in the)\s+(?:live|acoustic|unplugged|remix|album|song|original|band|group|cover)\b|"
    r"(?:songs?|vibes|album|live|solos?|remix|covers?|demos?|bass lines|deep cuts|ones)\b)",
    re.IGNORECASE,
)
QUOTED_BEFORE, QUOTED_AFTER = re.compile(r"[\"“«„]\s*$"), re.compile(r"\s*[\"”»“]")
JOINED = re.compile(
    r"\s*(?:,|&|\+|/|;|[-–—]|,?\s*\b(?:and|or|und|y|et|e|o|en|och|i|ve|και|и))\s*", re.I
)
# "The Hendersons", "the Nguyen family".
FAMILY = re.compile(
    r"\b(?:friends|neighbou?rs|cousins|family),? the (?P<plural>[A-Z]\w+s)\b|"
    r"\b(?:the|familie|famille|familia|famiglia) (?P<before>[A-Z]\w+)(?: family)\b|"
    r"\b(?:familie|famille|familia|famiglia|família) (?P<after>[A-Z]\w+)\b"
)
# An initial, and what is inherited: "M. Kowalski".
INITIAL = re.compile(r"(?<![\w.])(?P<said>[A-Z]\. ?(?:[A-Z]\. ?)?[A-Z][a-zà-ÿ-]{2,})")
# Names of one or two signs before a Japanese honorific, or behind "my wife's".
JAPANESE = re.compile(
    r"(?P<polite>[\u4e00-\u9fff]{1,3}|[\u3041-\u3096]{2,4}|[\u30a1-\u30fa]{2,6})"
    r"(?=さん|くん|ちゃん|君|先生)"
    r"|(?:妻|夫|娘|息子|友達|友人|彼女|彼氏|母|父|兄|弟|姉|妹|祖母|祖父)の"
    r"(?P<kin>[\u4e00-\u9fff]{1,3}|[\u3041-\u3096]{2,4}?|[\u30a1-\u30fa]{2,6})"
    r"(?=の|が|は|を|に|と|、|も)"
)
CHINESE = re.compile(
    r"(?:我叫|我是|名字叫)(?P<said>[\u4e00-\u9fff]{2,3})(?=$|[^\u4e00-\u9fff])"
)
KOREAN = re.compile(
    r"(?:나는|저는|제 이름은|내 이름은)\s*(?P<said>[\uac00-\ud7a3]{2,4}?)(?=야|이야|입니다|이에요|예요|라고)"
    r"|(?P<polite>[\uac00-\ud7a3]{2,4})\s?(?=씨(?:\s|$|[는은이가를을]))"
)
ARABIC = re.compile(
    r"(?:اسمي|أنا اسمي|يدعى|تدعى|ل?(?:زوجتي|زوجي|صديقي|صديقتي|ابني|ابنتي|أمي|أبي|أخي|أختي))"
    r"\s+(?P<kin>[\u0621-\u064a]+)"
)


def before(text: str, at: int) -> str:
    """Return what stands before a place, as far as any cue goes back."""
    return text[max(0, at - BEFORE) : at]


def after(text: str, at: int) -> str:
    """Return what stands behind a place, as far as any cue goes."""
    return text[at : at + AFTER]
