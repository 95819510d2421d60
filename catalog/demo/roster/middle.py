"""The 1970s and 1980s."""

from catalog.demo.roster.act import Act, Record

ACTS = (
    Act(
        "Iron Orchard",
        (
            Record(
                "Gasoline Psalms",
                1972,
                "classic rock",
                (
                    "Thunder on the Toll Road : triumphant : road freedom",
                    "Wolf Month : dark : winter night",
                    "Long Hair in the Wind : sunny : summer freedom",
                ),
            ),
            Record(
                "Foundry",
                1976,
                "classic rock",
                ("Foundry Whistle : angry : work fire",),
            ),
        ),
    ),
    Act(
        "Barrow King",
        (
            Record(
                "The Weight of Hills",
                1974,
                "doom",
                (
                    "The Weight of Hills : gloomy : mountains death",
                    "Procession of the Drowned : dark : sea death",
                    "Ash Crown : tense : fire battle",
                    "Sun Through the Crypt : hopeful : morning memory",
                ),
            ),
        ),
    ),
    Act(
        "Sugarfoot Assembly",
        (
            Record(
                "Get Down to the Ground",
                1974,
                "funk",
                (
                    "Get Down to the Ground : groovy : dance party",
                    "Peppermint Strut : joyful : dance city",
                    "Who Moved My Groove? : playful : dance friendship",
                    "Streetlight Hustle : cool : city night",
                ),
            ),
        ),
    ),
    Act(
        "Delphine Okoro",
        (
            Record(
                "Paper Lanterns",
                1975,
                "slow soul",
                (
                    "Paper Lanterns : warm : evening love",
                    "Tell It to the Kettle : nostalgic : home morning",
                    "When the Choir Went Home : melancholy : heartbreak memory",
                ),
            ),
            Record(
                "Brighter Side of the Street",
                1978,
                "soul",
                ("Tangerine Weather : sunny : summer love",),
            ),
        ),
    ),
    Act(
        "Studio Mirabelle",
        (
            Record(
                "Mirrorball Avenue",
                1978,
                "disco",
                (
                    "Mirrorball Avenue : euphoric : dance party",
                    "Last Taxi, First Kiss : longing : love night",
                    "Champagne Static : groovy : party city : Delphine Okoro",
                ),
            ),
            Record(
                "Satin Weather",
                1980,
                "disco",
                ("Satin Weather : sunny : summer dance",),
            ),
        ),
    ),
    Act(
        "Prophet Lionel & the Gully Roots",
        (
            Record(
                "Hill and Valley",
                1976,
                "reggae",
                (
                    "Hill and Valley : warm : mountains freedom",
                    "Sunshine Ration : joyful : summer friendship",
                    "Babble in the Market : cool : city work",
                    "River Carry Me : hopeful : river freedom",
                ),
            ),
            Record(
                "Gully Dubwise",
                1977,
                "dub",
                (
                    "Zinc Roof Version : mysterious : rain night",
                    "Moon over Parish Nine : calm : night evening",
                ),
            ),
        ),
    ),
    Act(
        "Klangwerk Süd",
        (
            Record(
                "Autobahnmusik für Pflanzen",
                1975,
                "berlin",
                (
                    "Greenhouse Sequence : hypnotic : space study",
                    "Antenna Field : mysterious : space night",
                    "Northbound at Dawn : hopeful : driving morning",
                ),
            ),
            Record(
                "Leuchtturm",
                1981,
                "berlin",
                ("Lighthouse Keeper's Circuit : melancholy : sea night",),
            ),
        ),
    ),
    Act(
        "The Gutter Saints",
        (
            Record(
                "No Curtains",
                1977,
                "punk",
                (
                    "No Curtains : angry : city rebellion",
                    "Bored of the Board : driving : school rebellion",
                    "Saturday Is Cancelled : euphoric : party rebellion",
                    "Queue for Nothing : tense : work city",
                ),
            ),
        ),
    ),
    Act(
        "Kiki Danger",
        (
            Record(
                "Pop Riot",
                1979,
                "punk",
                (
                    "Bubblegum Brick : joyful : party love",
                    "Not Your Poster : angry : rebellion freedom",
                    "Skip the Encore : playful : party friendship",
                ),
            ),
        ),
    ),
    Act(
        "Vanta Sermon",
        (
            Record(
                "Engines of Grief",
                1986,
                "thrash",
                (
                    "Engines of Grief : angry : war death",
                    "Chainlink Cathedral : dark : city death",
                    "Hammer the Sky : driving : battle fire",
                ),
            ),
            Record(
                "Steel Choir",
                1988,
                "thrash",
                ("Steel Choir Rising : triumphant : battle freedom",),
            ),
        ),
    ),
    Act(
        "Neon Perpetua",
        (
            Record(
                "Telephone Museum",
                1983,
                "synth-pop",
                (
                    "Telephone Museum : nostalgic : memory city",
                    "Computers in Love : joyful : love space",
                    "Cold Light Hotel : melancholy : night travel",
                    "Automatic Summer : euphoric : summer dance",
                    "Glass Elevator : tense : city night",
                ),
            ),
        ),
    ),
    Act(
        "Aurélie & the Satellites",
        (
            Record(
                "Plastique Bleu",
                1985,
                "synth-pop",
                (
                    "Plastique Bleu : sunny : summer love",
                    "Minuit Polaroïd : longing : night memory",
                    "Robots at the Beach : playful : sea summer",
                    "Grey Tuesday Signal : gloomy : rain work",
                ),
            ),
        ),
    ),
    Act(
        "Solveig Åsheim",
        (
            Record(
                "Fjordlight",
                1984,
                "space",
                (
                    "Snow Falling Upward : dreamy : winter sleep",
                    "Cathedral of Ice : mysterious : winter space",
                ),
            ),
            Record(
                "Polar Garden",
                1989,
                "space",
                (
                    "Polar Garden : warm : winter meditation",
                    "Lullaby for Whales : melancholy : sea sleep",
                ),
            ),
        ),
    ),
    Act(
        "Los Faroles del Sur",
        (
            Record(
                "Camino de Polvo",
                1982,
                "cumbia",
                (
                    "Camino de Polvo : groovy : road dance",
                    "La Fiesta de Don Beño : joyful : party friendship",
                    "Cumbia de la Luna Chica : romantic : night love",
                    "Adiós, Estación : longing : travel heartbreak",
                ),
            ),
        ),
    ),
    Act(
        "Cass Merriweather",
        (
            Record(
                "Two-Lane Heart",
                1981,
                "country",
                (
                    "Two-Lane Heart : hopeful : road love",
                    "Dry Creek Warning : tense : river work",
                ),
            ),
            Record(
                "Quiet Acre",
                1987,
                "country ballad",
                (
                    "Quiet Acre : calm : home evening",
                    "Ring in the Glovebox : melancholy : heartbreak road",
                ),
            ),
        ),
    ),
)
