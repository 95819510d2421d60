"""Words in templates and scripts that no translator would see, since nothing marks them.

A simple look: text between tags, the attributes that are read out, texts within template
tags, and in scripts whatever reads like a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parent.parent
# The admin is English, and so is the reference of the protocol, made from the code.
ENGLISH = (
    "templates/admin/",
    "templates/chat/protocol.html",
    "templates/chat/_shape.html",
)
NAMES = {"PersonalAIs", "Spotify", "ListenBrainz"}
READ_OUT = {"aria-label", "alt", "title", "placeholder", "content"}
NO_TEXT = {"code", "kbd", "script", "style"}
WORD = re.compile(r"[^\W\d_]{2,}")
# A capital letter within quotes, unless _( stands before them.
LITERAL = re.compile(r"""(?<!_\()(["'])([A-Z][^"']*)\1""")
SENTENCE = re.compile(r"""(["`])([A-Z“][^"`\n]* [^"`\n]*)\1""")
# What is said to the agent, and what only a console shows, are English.
MARKED = re.compile(r"(gettext\(|ngettext\([^;]*|say\(|Error\()\s*$")


class _Text(HTMLParser):
    """Collects what a page would show or read out."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What names its language is meant to stay in it.
        if tag in NO_TEXT or (tag != "html" and "lang" in dict(attrs)):
            self.inside.append(tag)
        self.found += [
            v or "" for name, v in attrs if name in READ_OUT and tag != "meta"
        ]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.append(data)


def is_wordless(tag: str) -> bool:
    """Say whether what a block tag holds is marked, or never shown as words."""
    name, *rest = tag.split()
    is_class = name == "block" and rest[0].endswith("_class")
    return name in ("comment", "blocktranslate") or is_class


def unmarked_in_template(source: str) -> list[str]:
    """Return the unmarked words of a template."""
    plain, found = [], []
    ends = ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ")[0]
        if ends:
            ends = "" if name == ends else ends
        elif token.token_type == TokenType.BLOCK and is_wordless(token.contents):
            ends = f"end{name}"
        elif token.token_type == TokenType.TEXT:
            plain.append(token.contents)
        elif token.token_type == TokenType.VAR or name in ("include", "with"):
            found += [words for _, words in LITERAL.findall(token.contents)]
    parser = _Text()
    parser.feed("".join(plain))
    found += [text.strip() for text in parser.found]
    return [text for text in found if set(WORD.findall(text)) - NAMES]


def unmarked_in_script(source: str) -> list[str]:
    """Return what reads like a sentence in a script and is not marked."""
    code = re.sub(r"^\s*(//|/?\*).*$", "", source, flags=re.M)
    return [
        match[2]
        for match in SENTENCE.finditer(code)
        if not MARKED.search(code[: match.start()])
    ]


def unmarked_words() -> Iterator[str]:
    """Yield each unmarked text with its file, a line each."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = str(path.relative_to(ROOT))
        if not name.startswith(ENGLISH):
            for text in unmarked_in_template(path.read_text()):
                yield f"{name}: “{text}” is not marked with translate"
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        name = str(path.relative_to(ROOT))
        if not name.startswith("static/js/admin/"):
            for text in unmarked_in_script(path.read_text()):
                yield f"{name}: “{text}” is not marked with gettext"
