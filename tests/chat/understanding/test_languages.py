"""Messages in other languages are told apart from names, and understood in part."""

import json

import pytest

from chat.agent.understanding.reading import OtherLanguage
from chat.agent.understanding.spoken import spoken_in
from chat.agent.understanding.vocabularies import vocabularies
from tests.chat.understanding.foreign import ENGLISH, FOREIGN
from tests.chat.understanding.listening import hear
from tests.chat.understanding.shorthand import in_short, shortened
from tests.site import ROOT

DATA = ROOT.parent / "shared" / "data"


def test_nearly_all_messages_are_told_and_none_is_called_another_language():
    said = [(name, text) for name, texts in FOREIGN.items() for text in texts]
    found = {text: spoken_in(text) for _, text in said}
    wrong = [
        (text, found[text].names)
        for name, text in said
        if found[text] is not None and name not in found[text].names
    ]

    assert len(said) >= 120
    assert len(FOREIGN) >= 10
    assert wrong == []
    assert sum(spoken is not None for spoken in found.values()) >= 0.95 * len(said)


@pytest.mark.parametrize("message", ENGLISH)
def test_names_and_english_around_them_are_english(message):
    assert spoken_in(message) is None


def _snips():
    for name, encoding in (("AddToPlaylist", "utf-8"), ("PlayMusic", "latin-1")):
        path = DATA / "snips" / f"train_{name}_full.json"
        rows = json.loads(path.read_text(encoding=encoding))[name]
        yield from ("".join(part["text"] for part in row["data"]) for row in rows)


def _cpcd():
    with (DATA / "cpcd" / "dialogs.train.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield from (turn["user_query"] for turn in json.loads(line)["turns"])


@pytest.mark.skipif(not DATA.is_dir(), reason="the sets of real messages aren't here")
@pytest.mark.parametrize("messages", [_snips, _cpcd])
def test_real_english_messages_are_hardly_ever_taken_for_another(messages):
    said = list(messages())
    taken = [text for text in said if spoken_in(text) is not None]

    assert len(taken) < 0.005 * len(said), taken[:10]


UNDERSTOOD = (
    ("quiero escuchar rock de los 80", "Spanish", "ask rock 1980..1989"),
    ("dame 20 canciones de salsa", "Spanish", "ask salsa count=20"),
    ("ponme música triste de Nina Vale", "Spanish", "ask 'sad' by Nina Vale"),
    ("je voudrais écouter du jazz des années 60", "French", "ask jazz 1960..1969"),
    ("mets de la musique triste", "French", "ask 'sad'"),
    ("ich möchte Rock aus den 80er Jahren hören", "German", "ask rock 1980..1989"),
    ("spiel mir bitte traurige Musik", "German", "ask 'sad'"),
    ("metti della musica allegra", "Italian", "ask 'happy'"),
    ("quero ouvir samba e bossa nova", "Portuguese", "ask samba bossa nova"),
    ("bana 80'ler rock müziği öner", "Turkish", "ask rock 1980..1989"),
    ("хочу послушать рок 80-х", "Russian", "ask rock 1980..1989"),
    ("80年代のロックをかけて", "Japanese", "ask rock 1980..1989"),
    ("hola", "Spanish", "greeting"),
    ("quita las canciones lentas", "Spanish", ""),
)


@pytest.mark.parametrize(("message", "language", "meaning"), UNDERSTOOD)
def test_genres_moods_years_and_artists_are_understood(message, language, meaning):
    in_language = f"in {language} | {meaning}" if meaning else f"in {language}"

    assert shortened(hear(message)) == in_language


def test_languages_that_share_all_words_are_both_named():
    assert set(hear("música triste").acts[0].names) == {"Spanish", "Portuguese"}


def test_a_title_that_the_catalog_knows_is_no_message():
    assert spoken_in("música para bailar tranquila") is not None
    assert in_short("play música para bailar tranquila") != ""
    assert not isinstance(hear("célia montenoro").acts[0], OtherLanguage)


def test_every_language_has_a_name_and_no_word_two_meanings():
    from chat.agent.understanding.spoken import NAMES

    assert set(vocabularies()) <= set(NAMES)
    for code, words in vocabularies().items():
        assert words.meanings, code
        assert all(word == word.lower() for word in words.meanings), code


def test_any_text_is_read():
    for text in ("", " ", "\0", "🎹" * 300, "é" * 5000, "привет " * 900, "ある" * 900):
        spoken_in(text)
