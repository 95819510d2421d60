"""What people say that asks for no songs, by kind; one a line."""

SMALL_TALK = """
hello
hi there
hey you
hey, how's it going?
good evening
good morning!
yo
sup
what's up
howdy partner
hiya
how are you doing today?
how are you?
how's your day?
how was your day?
how have you been?
long time no see
nice to meet you
pleased to meet you
I'm back
it's me again
i'm fine, thanks
i'm good, and you?
i'm doing well
not bad
same here
me too
really?
oh really
is that so
interesting
i see
got it
makes sense
fair enough
ok cool
alright then
sure thing
no problem
never mind
forget it
hmm
let me think
give me a second
one moment please
hold on
wait a minute
brb
be right back
i'll be back later
see you tomorrow
talk to you later
bye bye
goodbye for now
good night
have a nice day
have a good one
take care
enjoy your evening
you too
my name is Sam
i'm Alex
call me Jo
where are you from?
i live in Berlin
do you have a name?
how old are you?
what do you do all day?
are you busy?
are you there?
anyone here?
hello?
can you hear me?
are you listening?
do you sleep?
the weather is nice today
it's my first time here
just looking around
just testing
this is a test
testing 1 2 3
test
nothing much
i'm just browsing
""".strip().splitlines()

ABOUT_MUSIC = """
what is bossa nova?
what's the difference between house and techno?
who is Nina Simone?
who sang Purple Rain?
who wrote Hallelujah?
when was Thriller released?
when did The Beatles split up?
where are ABBA from?
how old is Mick Jagger?
is Prince still alive?
how many albums did Queen make?
what does allegro mean?
what is a chord?
what's a bridge in a song?
what key is this in?
why is jazz so popular?
why do people like sad songs?
how is vinyl made?
how do synthesizers work?
what does bpm mean?
who invented the saxophone?
who plays the guitar on this?
is blues older than jazz?
is vinyl better than streaming?
did Mozart write operas?
did you know that Bach had twenty children?
what's your favourite song?
what's your favorite band?
which band do you like best?
do you like jazz?
do you like the Beatles?
do you listen to metal?
do you prefer vinyl or cds?
have you ever been to a concert?
have you heard of Radiohead?
are the Rolling Stones overrated?
was Elvis the king of rock?
what genre is Daft Punk?
what instruments are in a string quartet?
how long is Stairway to Heaven?
how many strings does a guitar have?
how many members are in BTS?
what year did grunge begin?
what does the word soul mean in music?
can you explain what syncopation is?
can you tell me what a fugue is?
could you explain the blues scale?
tell me about the history of reggae
tell me about Miles Davis
do you know who produced this album?
do you know what autotune is?
who won the grammy for best album?
who is the best singer of all time?
what makes a song a hit?
what happened to Amy Winehouse?
what was the first rock song?
which country does salsa come from?
is rap poetry?
is there a difference between soul and r&b?
where does techno come from?
where did punk start?
how do you write a song?
how do I learn the piano?
how do people dance to drum and bass?
what are lyrics?
""".strip().splitlines()

ABOUT_THE_APP = """
what can you do?
who made you?
who are you?
what are you?
are you an AI?
are you a robot?
are you human?
are you chatgpt?
how does this work?
how do you choose songs?
how do you pick the songs?
how do you know what I like?
how does this thing work?
how do I use this?
how do I save a playlist?
how do I delete my account?
how do I change my password?
how do I sign out?
how do I upload my music?
how do I connect spotify?
is this free?
does it cost anything?
how much does it cost?
is there an app for iphone?
do you have a mobile app?
does this work offline?
can I use this on my phone?
can I share my playlist?
can I download the songs?
can you read my messages?
do you store my data?
do you remember what I said?
do you keep my data?
who can see my playlists?
what do you do with my data?
is my data private?
is this open source?
what language are you written in?
which model do you use?
what version is this?
where do the songs come from?
how many songs do you have?
how big is your catalog?
what is in the catalog?
do you have a manual?
is there a help page?
what are the commands?
what does the heart button do?
what do the buttons mean?
where are my playlists?
where is the settings page?
where can I find my account?
why is it so slow?
why did it stop?
why doesn't it work?
why can't I hear anything?
there is no sound
it doesn't work
the page is broken
the button does nothing
I found a bug
I can't log in
I forgot my password
can I talk to a human?
what is this site?
what is PersonalAIs?
are you connected to the internet?
do you understand me?
what languages do you speak?
do you speak German?
can you see me?
""".strip().splitlines()

THANKS = """
thanks
thanks!
thank you
thank you so much
thanks a lot
thanks a million
many thanks
big thanks
thx
ty
tysm
cheers
cheers mate
ta
much appreciated
i appreciate it
i really appreciate that
appreciate it
thank you very much
thank you, that's great
thanks, that was great
thanks for the music
thanks for your help
thanks for helping me
thanks for everything
thanks for the songs
thank you for this
thank you for the playlist
thank you for your time
thanks again
ok thanks
great, thanks
perfect, thanks
awesome, thank you
cool thanks
nice, thank you
lovely, thanks
wow thanks
oh thank you
aww thanks
that's perfect
that's great
that is awesome
this is great
this is amazing
these are great
great job
good job
nice work
well done
you're the best
you are awesome
you're amazing
you rock
you're so helpful
you've been very helpful
that helped a lot
that was helpful
exactly what i wanted
just what i needed
love it
i love it
i love this
i love these
love this list
excellent
brilliant
fantastic
perfect
wonderful choice
great taste
good choice
that's exactly it
""".strip().splitlines()

JOKES = """
haha
hahaha
lol
lmao
rofl
that's funny
that was funny
very funny
you're funny
you are hilarious
haha good one
haha nice
lol ok
tell me a joke
tell me another joke
do you know any jokes?
say something funny
make me laugh
knock knock
who's there?
knock knock, who's there
why did the chicken cross the road?
what do you call a fish with no eyes?
a man walks into a bar
two drummers walk into a bar
how many guitarists does it take to change a light bulb?
what did the drummer get on his test?
i'm just kidding
just kidding
jk
just joking
i was joking
only joking
that was a joke
it's a joke
no joke
are you kidding me?
you must be joking
you're kidding
are you serious?
seriously?
pull my finger
beep boop
beep beep
i am your father
may the force be with you
to be or not to be
that's what she said
your mom
will you marry me?
do you love me?
are you single?
do you have a girlfriend?
can I have your number?
what are you wearing?
sing me a song yourself
can you sing?
can you dance?
can you beatbox?
are you sentient?
do you dream of electric sheep?
what is the meaning of life?
42
is the cake a lie?
do aliens exist?
can pigs fly?
""".strip().splitlines()

INSULTS = """
you suck
this sucks
you are stupid
you're an idiot
you're dumb
you are so dumb
stupid bot
stupid machine
dumb robot
idiot
moron
you're useless
you are useless
useless
this is useless
you're terrible
you are the worst
you're annoying
you are boring
i hate you
i don't like you
i hate this
i hate this site
this is garbage
this is rubbish
this is the worst
this app is terrible
this site sucks
what a waste of time
waste of time
shut up
be quiet
go away
get lost
go to hell
leave me alone
screw you
fuck you
fuck off
fuck this
fuck
shit
damn
damn it
wtf
what the hell
what the fuck
bullshit
crap
piece of crap
you're wrong
you are wrong
that's wrong
no, that's stupid
you don't understand me
you don't get it
you never listen
you know nothing
you have no taste
your taste is terrible
i could do better
my grandma knows more than you
spotify is better than you
you're not very smart
are you stupid?
are you dumb?
are you deaf?
what is wrong with you?
do you even work?
loser
""".strip().splitlines()

NONSENSE = """
asdf
asdfgh
asdf asdf asdf
qwerty
qwertyuiop
hjkl
zxcvbnm
sdfkjhsdf
xkcdqzw
fghjkl fghjkl
aaaaaaa
aaaa bbbb
hhhhhhhh
zzzzzz
mmmmmm
blah blah blah
blah
bla bla
la la la la
foo bar baz
lorem ipsum dolor sit amet
???
!!!
...
?!?!
-
***
:)
:-(
<3
¯\\_(ツ)_/¯
🙂
🎹🎹🎹
😂😂
12345
1234567890
0
3.14159
x
a
the
the the the
and
of
or
um
uh
uhh
erm
eh
meh
huh
huh?
what?
what
who
when
how
this
that
if
is
to
the cat sat on the mat
the quick brown fox jumps over the lazy dog
colourless green ideas sleep furiously
my hovercraft is full of eels
two plus two is four
the moon is made of cheese
i am a teapot
abc
abcdefg
""".strip().splitlines()

KINDS = {
    "small talk": SMALL_TALK,
    "about music": ABOUT_MUSIC,
    "about the app": ABOUT_THE_APP,
    "thanks": THANKS,
    "jokes": JOKES,
    "insults": INSULTS,
    "nonsense": NONSENSE,
}
