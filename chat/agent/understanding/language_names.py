"""Names of the languages that songs are asked for in, and their ISO 639-1 codes."""

from __future__ import annotations

LANGUAGE_NAMES = {
    "english": "en", "spanish": "es", "castilian": "es", "french": "fr", "german": "de",
    "italian": "it", "portuguese": "pt", "dutch": "nl", "swedish": "sv",
    "norwegian": "no", "danish": "da", "finnish": "fi", "icelandic": "is",
    "polish": "pl", "czech": "cs", "slovak": "sk", "hungarian": "hu", "romanian": "ro",
    "bulgarian": "bg", "serbian": "sr", "croatian": "hr", "slovenian": "sl",
    "bosnian": "bs", "macedonian": "mk", "albanian": "sq", "greek": "el",
    "turkish": "tr", "russian": "ru", "ukrainian": "uk", "belarusian": "be",
    "lithuanian": "lt", "latvian": "lv", "estonian": "et", "irish": "ga", "gaelic": "gd",
    "welsh": "cy", "breton": "br", "catalan": "ca", "basque": "eu", "galician": "gl",
    "hebrew": "he", "yiddish": "yi", "arabic": "ar", "persian": "fa", "farsi": "fa",
    "kurdish": "ku", "armenian": "hy", "georgian": "ka", "azerbaijani": "az",
    "hindi": "hi", "urdu": "ur", "punjabi": "pa", "bengali": "bn", "tamil": "ta",
    "telugu": "te", "malayalam": "ml", "kannada": "kn", "marathi": "mr",
    "gujarati": "gu", "nepali": "ne", "sinhala": "si", "thai": "th",
    "vietnamese": "vi", "indonesian": "id", "malay": "ms", "tagalog": "tl",
    "filipino": "tl", "japanese": "ja", "korean": "ko", "chinese": "zh",
    "mandarin": "zh", "cantonese": "zh", "mongolian": "mn", "tibetan": "bo",
    "swahili": "sw", "yoruba": "yo", "zulu": "zu", "xhosa": "xh", "afrikaans": "af",
    "amharic": "am", "hausa": "ha", "igbo": "ig", "wolof": "wo", "latin": "la",
    "esperanto": "eo", "hawaiian": "haw", "maori": "mi",
}  # fmt: skip
# More often a kind of music than the tongue: "latin music", "irish songs".
_KINDS = frozenset({"latin", "hawaiian", "irish", "welsh"})


def language_code(name: str) -> str:
    """Return the code of a language by its English name, "" for what is none."""
    return "" if name in _KINDS else LANGUAGE_NAMES.get(name, "")
