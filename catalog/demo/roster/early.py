"""The 1950s and 1960s, and those who still play that way."""

from catalog.demo.roster.act import Act, Record

ACTS = (
    Act(
        "The Marlow Finch Quintet",
        (
            Record(
                "Blue Lantern Hours",
                1957,
                "swing",
                (
                    "Copper Street Stroll : joyful : city night",
                    "Half Past the Last Train : tense : city travel",
                ),
            ),
            Record(
                "After the Rain Stopped",
                1959,
                "ballad",
                (
                    "Rain on the Awning : sad : rain night",
                    "Your Chair by the Window : melancholy : heartbreak home",
                    "Slow Boat to Elsewhere : warm : sea evening",
                ),
            ),
        ),
    ),
    Act(
        "Odessa Quill",
        (
            Record(
                "Velvet and Smoke",
                1961,
                "ballad",
                (
                    "Candle for the Late Ones : romantic : night love",
                    "Nobody's Hat on the Rack : sad : heartbreak home",
                ),
            ),
            Record(
                "Three Steps to Sunday",
                1964,
                "waltz",
                (
                    "Three Steps to Sunday : playful : dance morning",
                    "Carousel in November : nostalgic : autumn memory",
                ),
            ),
        ),
    ),
    Act(
        "Bix Halloran's Nine",
        (
            Record(
                "Nine at the Palais",
                1954,
                "swing",
                (
                    "Palais Glide Again : joyful : dance party",
                    "Brass Buttons : sunny : dance friendship",
                    "Midnight Alibi : cool : night city",
                ),
            ),
        ),
    ),
    Act(
        "Dusty Lomax and the Hubcaps",
        (
            Record(
                "Chrome Heart",
                1957,
                "rock and roll",
                (
                    "Chrome Heart Baby : joyful : driving love",
                    "Jukebox on Fire : euphoric : party dance",
                    "Back Seat Blues Bop : groovy : driving night",
                ),
            ),
            Record(
                "Drive-In Nights",
                1959,
                "rock and roll",
                ("Soda Pop Saturday : playful : party summer",),
            ),
        ),
    ),
    Act(
        "Lem Toliver",
        (
            Record(
                "Ferry Landing Sessions",
                1955,
                "slow blues",
                (
                    "Ferry Landing Moan : sad : river work",
                    "No Letter Monday : melancholy : heartbreak home",
                ),
            ),
            Record(
                "Electric at the Owl Club",
                1962,
                "shuffle",
                (
                    "Owl Club Stomp : joyful : party night",
                    "Snake in the Kitchen : cool : home",
                ),
            ),
        ),
    ),
    Act(
        "Wanda Pruitt",
        (
            Record(
                "Gravel and Lace",
                1958,
                "country ballad",
                (
                    "The Porch Light's Still On : warm : home love",
                    "Empty Stall : sad : heartbreak home",
                ),
            ),
            Record(
                "Wide County",
                1963,
                "country",
                (
                    "Hay Wagon Holler : joyful : party friendship",
                    "Leaving Abilene Behind Me : longing : road heartbreak",
                ),
            ),
        ),
    ),
    Act(
        "Orquesta Luna Brava",
        (
            Record(
                "Noche en el Malecón",
                1956,
                "salsa",
                (
                    "La Risa de Inés : joyful : dance love",
                    "Tambor de Madrugada : driving : dance night",
                ),
            ),
            Record(
                "Fuego Lento",
                1979,
                "salsa",
                (
                    "Fuego Lento : euphoric : dance party",
                    "Calle del Espejo : tense : city night",
                ),
            ),
        ),
    ),
    Act(
        "Célia Montenoro",
        (
            Record(
                "Tarde de Vidro",
                1962,
                "bossa",
                (
                    "Tarde de Vidro : calm : sea afternoon",
                    "O Barco e a Manhã : sunny : sea morning",
                    "Saudade em Março : melancholy : memory autumn",
                    "Guarda-Sol Amarelo : playful : sea summer",
                ),
            ),
            Record(
                "Varanda",
                1968,
                "bossa",
                ("Varanda às Seis : romantic : evening love : Tomé Arvelos",),
            ),
        ),
    ),
    Act(
        "Tomé Arvelos",
        (
            Record(
                "Doze Cordas de Sal",
                1966,
                "bossa",
                (
                    "Chuva Miúda : longing : rain love",
                    "Pão, Café e Sol : warm : morning home",
                    "A Última Balsa : sad : sea heartbreak",
                ),
            ),
        ),
    ),
    Act(
        "The Lacewings",
        (
            Record(
                "Dear Heart, Be Quick",
                1963,
                "girl group",
                (
                    "Dear Heart, Be Quick : joyful : love party",
                    "He Wrote It on the Blackboard : sunny : love school",
                    "Tears for the Telephone : melancholy : heartbreak home",
                    "Walk Me Past the Fountain : romantic : love city",
                ),
            ),
        ),
    ),
    Act(
        "Reuben Castleray",
        (
            Record(
                "Walk It to the Door",
                1966,
                "soul",
                (
                    "Walk It to the Door : groovy : heartbreak dance",
                    "Good Thing Coming : hopeful : love friendship",
                ),
            ),
            Record(
                "Slow Honey",
                1969,
                "slow soul",
                (
                    "Slow Honey : romantic : love night",
                    "Half of the Bed : sad : heartbreak night",
                    "Lean on My Evening : warm : friendship evening",
                ),
            ),
        ),
    ),
    Act(
        "Hester Vane",
        (
            Record(
                "Hedgerow Songs",
                1967,
                "fingerpicking",
                (
                    "Hedgerow and Stone : calm : forest spring",
                    "The Miller's Drowned Daughter : gloomy : river memory",
                    "Green Along the Lane : hopeful : spring road",
                ),
            ),
            Record(
                "Salt Wind",
                1971,
                "fingerpicking",
                ("Salt Wind, Slow Tide : melancholy : sea memory",),
            ),
        ),
    ),
    Act(
        "The Ballymoor Reelers",
        (
            Record(
                "Kitchen Floor",
                1969,
                "jig",
                (
                    "Kick the Kitchen Floor : joyful : dance party",
                    "The Tinker's Red Goat : playful : dance friendship",
                    "Fair Day at Ballymoor : sunny : dance summer",
                    "The Widow's Lantern : longing : sea night",
                ),
            ),
        ),
    ),
    Act(
        "Kammersolisten Rosenau",
        (
            Record(
                "Gartenstücke",
                1958,
                "chamber",
                (
                    "Morning in the Rose Garden : calm : morning spring",
                    "Pavane for a Closed House : sad : home memory",
                    "Small Dances after Supper : playful : dance dinner",
                ),
            ),
            Record(
                "Winterblätter",
                1973,
                "chamber",
                ("Winter Leaves : melancholy : winter memory",),
            ),
        ),
    ),
)
