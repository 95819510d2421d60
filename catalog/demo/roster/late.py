"""The 1990s to the 2020s."""

from catalog.demo.roster.act import Act, Record

ACTS = (
    Act(
        "Professor Stoop",
        (
            Record(
                "Stoop Philosophy",
                1993,
                "boom bap",
                (
                    "Stoop Philosophy : cool : city friendship",
                    "Corner Store Sermon : groovy : city night",
                    "Block Party Arithmetic : joyful : party summer",
                ),
            ),
            Record(
                "Night School",
                1996,
                "boom bap",
                (
                    "Night School : melancholy : night study",
                    "Bodega Cat : playful : city home",
                ),
            ),
        ),
    ),
    Act(
        "Mama Ledger",
        (
            Record(
                "Double Entry",
                1997,
                "boom bap",
                (
                    "Double Entry : dark : city work",
                    "Rent Day Requiem : gloomy : work home",
                    "Grandmother's Records : nostalgic : memory home : Professor Stoop",
                    "Brown Paper Crown : hopeful : city freedom",
                ),
            ),
        ),
    ),
    Act(
        "Lantern Drift",
        (
            Record(
                "Under the Flyover",
                1996,
                "trip-hop",
                (
                    "Under the Flyover : gloomy : rain city",
                    "Slow Glass : mysterious : night dreams",
                    "Wet Pavement Lullaby : melancholy : rain sleep",
                    "Velvet Static : longing : night love",
                ),
            ),
        ),
    ),
    Act(
        "Halcyon Bay",
        (
            Record(
                "Warm Circuits",
                1994,
                "deep house",
                (
                    "Warm Circuits : warm : night dance",
                    "Balearic Postcard : sunny : sea summer",
                    "Four in the Morning Kitchen : cool : night party",
                    "Undertow : longing : sea night",
                ),
            ),
        ),
    ),
    Act(
        "Vera Lux",
        (
            Record(
                "Hands to the Ceiling",
                1992,
                "piano house",
                (
                    "Hands to the Ceiling : euphoric : dance party",
                    "Daybreak Choir : triumphant : morning dance",
                    "Let It Lift You : joyful : dance freedom",
                ),
            ),
            Record(
                "Nightbus Anthems",
                2001,
                "piano house",
                ("Nightbus Anthem : driving : night city : Halcyon Bay",),
            ),
        ),
    ),
    Act(
        "Kessler-9",
        (
            Record(
                "Pressure Hall",
                1998,
                "warehouse",
                (
                    "Pressure Hall : dark : night dance",
                    "Turbine Ritual : hypnotic : night running",
                    "Siren Index : angry : city running",
                ),
            ),
            Record(
                "Afterimage",
                2019,
                "warehouse",
                ("Afterimage : driving : night running",),
            ),
        ),
    ),
    Act(
        "Orbital Gardeners",
        (
            Record(
                "Motor City Botany",
                1991,
                "detroit",
                (
                    "Motor City Botany : hopeful : city space",
                    "Photosynthesis 4/4 : euphoric : space dance",
                    "Chrome Chlorophyll : cool : driving night",
                    "Night Greenhouse : melancholy : night space",
                ),
            ),
        ),
    ),
    Act(
        "Softwire",
        (
            Record(
                "Liquid Atlas",
                1999,
                "liquid",
                (
                    "Liquid Atlas : hopeful : travel running",
                    "Skyline in Reverse : nostalgic : city memory",
                    "Blue Hour Runner : longing : running evening",
                    "Open Water : euphoric : sea running",
                ),
            ),
        ),
    ),
    Act(
        "Razor Fauna",
        (
            Record(
                "Undergrowth",
                1997,
                "neurofunk",
                (
                    "Undergrowth : dark : forest night",
                    "Venom Ladder : angry : running battle",
                    "Concrete Jaguar : driving : city running",
                    "Signal Predator : tense : night space",
                ),
            ),
        ),
    ),
    Act(
        "The Paper Foxes",
        (
            Record(
                "Bicycle Season",
                1995,
                "indie rock",
                (
                    "Bicycle Season : joyful : summer friendship",
                    "Rented Rooms : melancholy : home city",
                    "All the Small Exits : hopeful : freedom road",
                ),
            ),
            Record(
                "Static for Supper",
                2003,
                "indie rock",
                ("Static for Supper : angry : home rebellion",),
            ),
        ),
    ),
    Act(
        "Glass Meridian",
        (
            Record(
                "Swim in Colour",
                1991,
                "shoegaze",
                (
                    "Swim in Colour : dreamy : sea dreams",
                    "Petrol Halo : melancholy : rain memory",
                    "Everything Slows : nostalgic : memory summer",
                    "Blind Sun : dark : summer dreams",
                ),
            ),
        ),
    ),
    Act(
        "Project Icarion",
        (
            Record(
                "Above the Cloudline",
                1999,
                "trance",
                (
                    "Above the Cloudline : euphoric : dance space",
                    "Sunrise Vector : triumphant : morning dance",
                    "Tears in Zero Gravity : longing : space heartbreak",
                    "Horizon Engine : driving : driving night",
                ),
            ),
        ),
    ),
    Act(
        "Wren & Hollow",
        (
            Record(
                "Barn Swallow",
                2008,
                "indie folk",
                (
                    "Barn Swallow : hopeful : spring home",
                    "First Frost : melancholy : winter memory",
                ),
            ),
            Record(
                "Lanterns at the Lake",
                2014,
                "fingerpicking",
                (
                    "Lanterns at the Lake : romantic : night love",
                    "What the River Kept : nostalgic : river memory",
                ),
            ),
        ),
    ),
    Act(
        "Estudio Ñandú",
        (
            Record(
                "Barrio Eléctrico",
                2007,
                "cumbia",
                (
                    "Barrio Eléctrico : joyful : city dance",
                    "Selva de Neón : mysterious : forest night",
                    "Mañana Sin Reloj : sunny : morning summer",
                ),
            ),
        ),
    ),
    Act(
        "Mira Solano",
        (
            Record(
                "Confetti Logic",
                2011,
                "dance pop",
                (
                    "Confetti Logic : euphoric : party dance",
                    "Voicemail from Ibiza : longing : heartbreak summer",
                    "Crush on a Stranger : playful : love city",
                ),
            ),
            Record(
                "Afterparty of One",
                2022,
                "dance pop",
                ("Afterparty of One : melancholy : heartbreak party",),
            ),
        ),
    ),
    Act(
        "Ludo Brandt",
        (
            Record(
                "Rooms Without Clocks",
                2012,
                "piano",
                (
                    "Rooms Without Clocks : calm : sleep study",
                    "Snow on a Quiet Piano : sad : winter sleep",
                    "Letters to a Lighthouse : melancholy : sea memory",
                    "First Light, Second Cup : warm : morning study",
                ),
            ),
            Record(
                "Unsent",
                2020,
                "piano",
                ("A Swing in an Empty Park : nostalgic : memory autumn",),
            ),
        ),
    ),
    Act(
        "Northern Standard Orchestra",
        (
            Record(
                "Crown of the Valley",
                2004,
                "orchestral",
                (
                    "Riders Before the Storm : epic : battle war",
                    "The Ashen Gate : dark : war death",
                    "Homecoming by Water : hopeful : home river",
                ),
            ),
            Record(
                "Atlas of Small Wonders",
                2016,
                "orchestral",
                (
                    "Atlas of Small Wonders : joyful : travel spring",
                    "Elegy for the Lighthouse : melancholy : sea death",
                ),
            ),
        ),
    ),
    Act(
        "Null Cathedral",
        (
            Record(
                "Basalt",
                2013,
                "drone",
                (
                    "Basalt : gloomy : mountains meditation",
                    "Submarine Weather : mysterious : sea sleep",
                    "The Long Dusk : sad : evening sleep",
                    "Warm Static, Open Sky : calm : space meditation",
                ),
            ),
        ),
    ),
    Act(
        "Yuki Tanabe-Ross",
        (
            Record(
                "Moss Garden Radio",
                2019,
                "space",
                (
                    "Moss Garden Radio : dreamy : forest meditation",
                    "Paper Boats at Dawn : calm : river morning",
                ),
            ),
            Record(
                "Tea for the Moon",
                2023,
                "lo-fi",
                (
                    "Tea for the Moon : warm : night study",
                    "Umbrella for Two : romantic : rain love",
                ),
            ),
        ),
    ),
    Act(
        "Cloud Nap",
        (
            Record(
                "Homework Hours",
                2018,
                "lo-fi",
                (
                    "Homework Hours : cool : study home",
                    "Rainy Window Loop : melancholy : rain study",
                    "Pancakes at Noon : sunny : morning home",
                    "Last Bus Daydream : nostalgic : city evening",
                    "Blanket Fort : calm : home sleep",
                ),
            ),
        ),
    ),
    Act(
        "Vice Meridian '84",
        (
            Record(
                "Turbo Sunset",
                2015,
                "synthwave",
                (
                    "Turbo Sunset : driving : driving summer",
                    "Ocean Drive Replay : nostalgic : sea memory",
                    "Laser Heartbeat : triumphant : love night",
                    "Rain on the Arcade : melancholy : rain city",
                ),
            ),
        ),
    ),
    Act(
        "Young Saffron",
        (
            Record(
                "Gold Leaf",
                2017,
                "trap",
                (
                    "Gold Leaf : cool : city night",
                    "Penthouse Ghosts : dark : night city",
                    "Sunroof : sunny : driving summer",
                ),
            ),
            Record(
                "Cold Summer", 2021, "trap", ("Cold Summer : sad : heartbreak summer",)
            ),
        ),
    ),
    Act(
        "Brother Delano",
        (
            Record(
                "Kitchen Table Gospel",
                2021,
                "slow soul",
                (
                    "Kitchen Table Gospel : hopeful : home friendship",
                    "Slow Dance for Grown Folks : romantic : love dance",
                    "Ghost in the Good Chair : sad : home death",
                ),
            ),
            Record(
                "Block Lights",
                2023,
                "funk",
                ("Elbow Room : groovy : dance city",),
            ),
        ),
    ),
    Act(
        "Anya Veldt",
        (
            Record(
                "Black Ice Theory",
                2020,
                "detroit",
                (
                    "Black Ice Theory : dark : winter night",
                    "Snowblind Arpeggio : hypnotic : winter running",
                    "Aurora Machine : euphoric : space dance",
                ),
            ),
        ),
    ),
    Act(
        "Trio Kestrel",
        (
            Record(
                "Tall Windows",
                2016,
                "waltz",
                ("Waltz for an Old Dog : nostalgic : home memory",),
            ),
            Record(
                "Late Set",
                2022,
                "swing",
                (
                    "Late Set, Last Call : cool : night party",
                    "Minor Inconvenience : tense : city work",
                    "Sparrows at Rush Hour : joyful : city morning",
                ),
            ),
        ),
    ),
    Act(
        "Rosalind Achterberg",
        (
            Record(
                "Bramble",
                2024,
                "fingerpicking",
                (
                    "Bramble : melancholy : autumn forest",
                    "Bees in the Chimney : playful : summer home",
                    "Bread for the Journey : warm : travel friendship",
                ),
            ),
        ),
    ),
    Act(
        "Gravel Saints Revival",
        (
            Record(
                "Mud and Mercy",
                2009,
                "shuffle",
                (
                    "Mud and Mercy : driving : river work",
                    "Hotplate Boogie : joyful : home party",
                ),
            ),
            Record(
                "Slow River Hotel",
                2018,
                "slow blues",
                (
                    "Slow River Hotel : longing : river night",
                    "My Good Left Hand : warm : work home",
                ),
            ),
        ),
    ),
)
