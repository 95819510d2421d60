"""What drummers play, as one cell a drum and bar for each level of a piece."""

from __future__ import annotations

from dataclasses import dataclass, field

Cells = dict[str, str]


@dataclass(frozen=True)
class Groove:
    """sparse, steady, full: levels 1, 2 and 3 of a piece, cells by drum.

    A cell "one / two" alternates by bar. fill: the second half of the last bar of a
    section. start: the drum that marks the start of a section, if any.
    """

    sparse: Cells
    steady: Cells
    full: Cells
    fill: Cells = field(default_factory=dict)
    start: str = ""

    def cells(self, level: int) -> Cells:
        """Return the cells of a level."""
        return {1: self.sparse, 2: self.steady, 3: self.full}[level]


_TOMS = {
    "high tom": "....  ....  x.x.  ....",
    "mid tom": "....  ....  ..x.  x...",
    "low tom": "....  ....  ....  .xX.",
}

GROOVES: dict[str, Groove] = {
    "none": Groove({}, {}, {}),
    "swing": Groove(
        {"pedal hat": ".x.x"},
        {
            "ride": "X...x.x.X...x.x.",
            "pedal hat": ".x.x",
            "jazz kick": "o...o...o...o...",
        },
        {
            "ride": "X...x.x.X...x.x.",
            "pedal hat": ".X.X",
            "jazz kick": "x...o...o...o.o.",
            "jazz snare": "......o...o....o / ..o.......o.x...",
        },
        {"jazz snare": "........x.oxx.x.", "jazz kick": "..............x."},
    ),
    "brushes": Groove(
        {"brush": "x-------x-------"},
        {
            "brush": "x...x...x...x...",
            "brush tap": "....x.....o.x...",
            "jazz kick": "o.......o.......",
        },
        {
            "brush": "x...x...x...x...",
            "brush tap": "....x.o...o.x..o",
            "jazz kick": "o.......o.......",
            "pedal hat": ".x.x",
        },
    ),
    "jazz waltz": Groove(
        {"brush": "x-x-x-"},
        {"ride": "x.x.xx", "pedal hat": ".x.", "jazz kick": "o....."},
        {
            "ride": "X.x.xx",
            "pedal hat": ".xx",
            "jazz kick": "x....o",
            "jazz snare": "...o.. / .o...o",
        },
        {"jazz snare": "...xox"},
    ),
    "shuffle": Groove(
        {"hat": "x.x.x.x.x.x.x.x.", "kick": "x......."},
        {
            "hat": "X.x.X.x.X.x.X.x.",
            "kick": "X.......X.x.....",
            "snare": "....X.......X...",
        },
        {
            "ride": "X.x.X.x.X.x.X.x.",
            "kick": "X.....x.X.x.....",
            "snare": "..o.X.o...o.X.o.",
        },
        {"snare": "........x.x.X.x."},
        "crash",
    ),
    "slow twelve": Groove(
        {"hat": "xxxxxxxxxxxx"},
        {"hat": "XxxXxxXxxXxx", "kick": "X.....X....x", "rim": "...X.....X.."},
        {"ride": "XxxXxxXxxXxx", "kick": "X....xX....x", "snare": "...X.....X.."},
        {"snare": "......xxxXxx"},
    ),
    "folk": Groove(
        {},
        {"stomp": "x...x...", "shaker": "o.x.o.x.o.x.o.x."},
        {
            "stomp": "X...X...",
            "tambourine": "..x...x...x...x.",
            "shaker": "x.o.x.o.x.o.x.o.",
        },
    ),
    "jig": Groove(
        {"stomp": "x..x.."},
        {"bodhran": "X.xX.xX.xX.x", "tambourine": "...x.....x.."},
        {
            "bodhran": "XoxXoxXoxXxx",
            "tambourine": "...X.....X..",
            "stomp": "X.....X.....",
        },
        {"bodhran": "......XxxXxx"},
    ),
    "train": Groove(
        {"brush tap": "x.xxx.xxx.xxx.xx"},
        {"brush tap": "oxXooxXooxXooxXo", "kick": "x...x...x...x..."},
        {
            "snare": "ooXoooXoooXoooXo",
            "kick": "X...X...X...X...",
            "tambourine": "..x...x...x...x.",
        },
        {"snare": "........oxoxxxXx"},
    ),
    "country waltz": Groove(
        {"brush": "x....."},
        {"kick": "x.....", "brush tap": "..x.x."},
        {"kick": "X.....", "snare": "..x.x.", "hat": "x.x.x."},
    ),
    "rock": Groove(
        {"hat": "x.x.x.x.x.x.x.x.", "rock kick": "X......."},
        {
            "hat": "X.x.X.x.X.x.X.x.",
            "rock kick": "X.......X.x.....",
            "rock snare": "....X.......X...",
        },
        {
            "open hat": "X...x...X...x...",
            "rock kick": "X..x..x.X.x.....",
            "rock snare": "....X.......X..o",
        },
        {"rock snare": "........X.xxX.xx", **_TOMS},
        "crash",
    ),
    "rock and roll": Groove(
        {"hat": "x.x.x.x.x.x.x.x."},
        {
            "ride": "X.x.X.x.X.x.X.x.",
            "kick": "X...X...X...X...",
            "snare": "....X..x....X...",
        },
        {
            "ride": "X.x.X.x.X.x.X.x.",
            "kick": "X...X...X...X...",
            "snare": "..o.X..x..x.X..x",
        },
        {"snare": "........xxxxX.X."},
        "crash",
    ),
    "punk": Groove(
        {"rock kick": "X...X...X...X...", "hat": "x.x.x.x.x.x.x.x."},
        {
            "hat": "X.X.X.X.X.X.X.X.",
            "rock kick": "X...X.X.X...X.X.",
            "rock snare": "..X...X...X...X.",
        },
        {
            "open hat": "X.X.X.X.X.X.X.X.",
            "rock kick": "X...XX..X...XX..",
            "rock snare": "..X...X...X...X.",
        },
        {"rock snare": "........XxXxXXXX"},
        "crash",
    ),
    "metal": Groove(
        {"metal kick": "X...X...X...X...", "crash": "X"},
        {
            "ride": "X...X...X...X...",
            "metal kick": "XxxxXxxxXxxxXxxx",
            "rock snare": "....X.......X...",
        },
        {
            "open hat": "X...X...X...X...",
            "metal kick": "XxxxXxxxXxxxXxxx",
            "rock snare": "..X...X...X...X. / ....X.......X.X.",
        },
        {"rock snare": "........X.X.....", **_TOMS},
        "crash",
    ),
    "doom": Groove(
        {"low tom": "X.......x......."},
        {
            "rock kick": "X.....x.X.......",
            "rock snare": "........X.......",
            "ride": "X...X...X...X...",
        },
        {
            "rock kick": "X.....xxX.......",
            "rock snare": "........X.......",
            "open hat": "X...X...X...X...",
        },
        {**_TOMS},
        "crash",
    ),
    "soul": Groove(
        {"hat": "x.x.x.x.x.x.x.x.", "rim": "....x.......x..."},
        {
            "hat": "x.xox.x.x.xox.x.",
            "kick": "X..x....x.x.....",
            "snare": "....X..o....X...",
        },
        {
            "hat": "X.xoX.xoX.xoX.x.",
            "kick": "X..x....x.x..x..",
            "snare": "....X..o.o..X..o",
            "tambourine": "....x.......x...",
        },
        {"snare": "........x.o.xxX."},
    ),
    "slow soul": Groove(
        {"rim": "....x.......x..."},
        {
            "hat": "x.x.x.x.x.x.x.x.",
            "soft kick": "X.....x.x.......",
            "rim": "....X.......X...",
        },
        {
            "hat": "x.xox.x.x.xox.x.",
            "kick": "X.....x.x.x.....",
            "snare": "....X.......X...",
        },
        {"snare": "..........o.x.xx"},
    ),
    "funk": Groove(
        {"hat": "xoxoxoxoxoxoxoxo", "kick": "X......."},
        {
            "hat": "XoxoXoxoXoxoXoxo",
            "kick": "X.x.......x..x..",
            "tight snare": "....X..o.o..X..o",
        },
        {
            "hat": "XoxoXoxoXox.Xoxo",
            "open hat": "..........x.....",
            "kick": "X.x....x..x..x..",
            "tight snare": "....X..o.o.oX..o",
        },
        {"tight snare": "........xoxoxxXx"},
    ),
    "disco": Groove(
        {"kick": "X...X...X...X..."},
        {
            "kick": "X...X...X...X...",
            "open hat": "..x...x...x...x.",
            "snare": "....X.......X...",
        },
        {
            "kick": "X...X...X...X...",
            "open hat": "..X...X...X...X.",
            "hat": "xx.xxx.xxx.xxx.x",
            "snare": "....X.......X...",
            "clap": "....x.......x...",
            "tambourine": "x.xxx.xxx.xxx.xx",
        },
        {"snare": "........x.x.xxxx"},
        "crash",
    ),
    "house": Groove(
        {"house kick": "X...X...X...X...", "shaker": "oxoxoxoxoxoxoxox"},
        {
            "house kick": "X...X...X...X...",
            "machine open hat": "..x...x...x...x.",
            "clap": "....X.......X...",
        },
        {
            "house kick": "X...X...X...X...",
            "machine open hat": "..X...X...X...X.",
            "clap": "....X.......X...",
            "machine hat": "x..ox..ox..ox.xo",
            "shaker": "oxoxoxoxoxoxoxox",
            "rim": "...x..x....x....",
        },
        {"clap": "........x..x..xx"},
    ),
    "techno": Groove(
        {"techno kick": "X...X...X...X..."},
        {
            "techno kick": "X...X...X...X...",
            "machine open hat": "..x...x...x...x.",
            "rim": "...x......x.....",
        },
        {
            "techno kick": "X...X...X...X...",
            "machine open hat": "..X...X...X...X.",
            "machine hat": "xoxoxoxoxoxoxoxo",
            "clap": "....x.......x...",
            "rim": "...x..x...x..x..",
            "low tom": "..........o..o..",
        },
        {"machine hat": "........xxxxxxxx"},
    ),
    "breaks": Groove(
        {"machine hat": "x.x.x.x.x.x.x.x.", "kick": "X..............."},
        {
            "kick": "X.........x.....",
            "tight snare": "....X.......X...",
            "machine hat": "x.x.x.x.x.x.x.x.",
        },
        {
            "kick": "X.X.......XX.... / X.X.......X...X.",
            "tight snare": "....X..o.o..X..o / ....X..o.o....X.",
            "ride": "x.x.x.x.x.x.x.x.",
        },
        {"tight snare": "........xxoxXxXx"},
        "crash",
    ),
    "boom bap": Groove(
        {"dusty hat": "x.x.x.x.x.x.x.x."},
        {
            "dusty kick": "X......x..X.....  / X.x....x..X.....",
            "dusty snare": "....X.......X...",
            "dusty hat": "x.x.x.xox.x.x.x.",
        },
        {
            "dusty kick": "X.x....x..X..... / X.x....x..XX....",
            "dusty snare": "....X.......X..o",
            "dusty hat": "X.x.X.xoX.x.X.xo",
        },
        {"dusty snare": "..........x..xX."},
    ),
    "trap": Groove(
        {"808 kick": "X.........x.....", "snap": "........X......."},
        {
            "808 kick": "X.....x...x..... / X.....x...x..x..",
            "trap snare": "........X.......",
            "machine hat": "x.x.x.x.x.x.x.x. / x.x.x.x.x.xxx.x.",
        },
        {
            "808 kick": "X.....x...x..... / X..x..x...x..x..",
            "trap snare": "........X.......",
            "clap": "........x.......",
            "machine hat": "x.xxx.x.x.xxx.x. / x-x-x-x-xxx-x-x-x-xxx-x-xxxxxxxx",
        },
        {"machine hat": "........xxxxxxxx"},
    ),
    "lo-fi": Groove(
        {"dusty hat": "o.x.o.x.o.x.o.x."},
        {
            "dusty kick": "X.....x...x.....  / X......x..x.....",
            "dusty snare": "....x.......x...",
            "dusty hat": "x.o.x.o.x.o.x.o.",
        },
        {
            "dusty kick": "X.....x...x..o..  / X......x..x.....",
            "dusty snare": "....x..o....x...",
            "dusty hat": "x.oox.o.x.oox.o.",
            "shaker": "o.o.o.o.o.o.o.o.",
        },
    ),
    "one drop": Groove(
        {"hat": "..x...x...x...x.", "rim": "........x......."},
        {
            "hat": "x.xox.xox.xox.xo",
            "kick": "........X.......",
            "rim": "........X.......",
        },
        {
            "hat": "X.xoX.xoX.xoX.xo",
            "kick": "........X.......",
            "snare": "........X.......",
            "rim": "...x..x....x..x.",
        },
        {"snare": "........x.xxx...", "high tom": "............xx.."},
    ),
    "machine pop": Groove(
        {"kick": "X...X...X...X..."},
        {
            "kick": "X...x...X...x...",
            "gated snare": "....X.......X...",
            "machine hat": "x.x.x.x.x.x.x.x.",
        },
        {
            "kick": "X...x..xX...x...",
            "gated snare": "....X.......X...",
            "machine hat": "xoxoxoxoxoxoxoxo",
            "tambourine": "..x...x...x...x.",
        },
        {
            "gated snare": "........X..X..X.",
            "high tom": "........x.......",
            "low tom": "...........x..x.",
        },
        "crash",
    ),
    "pop": Groove(
        {"snap": "....x.......x..."},
        {
            "kick": "X......xX.......",
            "snare": "....X.......X...",
            "hat": "x.x.x.x.x.x.x.x.",
        },
        {
            "kick": "X..x...xX..x....",
            "snare": "....X.......X...",
            "clap": "....x.......x...",
            "hat": "xoxoxoxoxoxoxoxo",
            "shaker": "x.x.x.x.x.x.x.x.",
        },
        {"snare": "........x.x.xxxx"},
        "crash",
    ),
    "sixties": Groove(
        {"tambourine": "....x.......x..."},
        {
            "kick": "X.....x.X.......",
            "snare": "....X.......X...",
            "tambourine": "x.x.x.x.x.x.x.x.",
        },
        {
            "kick": "X..x..x.X.......",
            "snare": "....X.......X.x.",
            "tambourine": "X.x.X.x.X.x.X.x.",
            "ride": "x...x...x...x...",
        },
        {"snare": "........xxxxXxxx"},
        "crash",
    ),
    "bossa": Groove(
        {"shaker": "xoxoxoxoxoxoxoxo"},
        {
            "shaker": "xoxoxoxoxoxoxoxo",
            "rim": "x..x..x...x..x..",
            "soft kick": "x..ox..ox..ox..o",
        },
        {
            "shaker": "XoxoXoxoXoxoXoxo",
            "rim": "x..x..x...x..x.. / ..x...x..x..x...",
            "soft kick": "X..oX..oX..oX..o",
            "low conga": "..............xx",
        },
    ),
    "salsa": Groove(
        {"clave": "x..x..x...x.x..."},
        {
            "clave": "x..x..x...x.x...",
            "high conga": "......x.......x.",
            "slap conga": "....x.......x...",
            "low conga": "..............xx",
            "shaker": "x.xxx.xxx.xxx.xx",
        },
        {
            "clave": "X..x..x...x.x...",
            "cowbell": "x...x.x.x...x.x.",
            "high conga": "..o...x...o...xx",
            "slap conga": "....X.......X...",
            "low conga": "......xx......xx",
            "kick": "...x..x....x..x.",
        },
        {"high conga": "........xxxxxxXX"},
    ),
    "cumbia": Groove(
        {"shaker": "x.xxx.xxx.xxx.xx"},
        {
            "shaker": "X.xxX.xxX.xxX.xx",
            "kick": "X.......X.......",
            "low conga": "....x.......x...",
            "high conga": "..x...x...x...x.",
        },
        {
            "shaker": "X.xxX.xxX.xxX.xx",
            "kick": "X...x...X...x...",
            "cowbell": "..x...x...x...x.",
            "low conga": "....x.......x...",
            "high conga": "..x..xx...x..xx.",
        },
        {"high conga": "........x.x.xxxx"},
    ),
    "epic": Groove(
        {"timpani": "x..............."},
        {"timpani": "X.......x.......", "taiko": "X.....x.X.....x."},
        {
            "timpani": "X.......X...x.x.",
            "taiko": "X..x..x.X..x..x.",
            "tight snare": "x.xxx.xxx.xxxoxo",
        },
        {"timpani": "........xxxxXXXX"},
        "crash",
    ),
    "timpani": Groove(
        {}, {"timpani": "o..............."}, {"timpani": "x...........o.o."}
    ),
    "pulse": Groove(
        {},
        {"soft kick": "x.......x......."},
        {"soft kick": "x...x...x...x...", "shaker": "..o...o...o...o."},
    ),
    "trip": Groove(
        {"dusty hat": "x...x...x...x..."},
        {
            "dusty kick": "X..x......x.....",
            "dusty snare": "....X.......X...",
            "dusty hat": "x.x.x.x.x.x.x.x.",
        },
        {
            "dusty kick": "X..x......xx....",
            "dusty snare": "....X..o....X...",
            "dusty hat": "x.x.x.xox.x.x.xo",
            "rim": "......x......x..",
        },
        {"dusty snare": "..........x.x.xx"},
    ),
}
