"""What the model may ask of each tool: the types are the schema, the docstrings the
descriptions.

Schemas come without references and unions, which not every local server understands.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

MAX_COUNT = 100

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Names = Annotated[list[Name], Field(max_length=20)]
Handle = Annotated[str, StringConstraints(max_length=12)]
Handles = Annotated[list[Handle], Field(max_length=200)]
Year = Annotated[int, Field(ge=1000, le=2100)]


class Arguments(BaseModel):
    """What all tools' arguments share. Fields that don't exist are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def take_null_as_absent(cls, value: object, info: Any) -> object:
        """Some models fill every field in, with null for what they don't mean."""
        if value is None and info.field_name is not None:
            return cls.model_fields[info.field_name].get_default(
                call_default_factory=True
            )
        return value


class Level(Arguments):
    """Where songs should lie, compared with this catalog."""

    attribute: Literal[
        "energy",
        "valence",
        "tempo_bpm",
        "danceability",
        "acousticness",
        "instrumentalness",
        "popularity",
    ]
    level: Literal["very low", "low", "middle", "high", "very high"]


class FindTracks(Arguments):
    """Search the catalog. Returns songs with ids (t1, t2, …) that other tools take.

    What the listener asked for as a condition, or refused, is added by itself and
    can't be dropped. Found songs are not in the playlist until edit_playlist puts
    them there.
    """

    words: str = Field(
        "",
        max_length=300,
        description="Sound, mood or theme in a few English words: slow rainy piano.",
    )
    genres: Names = Field([], description="Only songs of one of these genres.")
    without_genres: Names = Field([], description="No song of these genres.")
    artists: Names = Field([], description="Only songs by one of these artists.")
    without_artists: Names = Field([], description="No song by these artists.")
    like: Handles = Field([], description="Ids of songs that they should sound like.")
    year_from: Year | None = Field(None, description="First year of release.")
    year_to: Year | None = Field(None, description="Last year of release.")
    levels: list[Level] = Field(
        [],
        max_length=7,
        description="valence is how happy a song is. All from this catalog's view.",
    )
    count: int = Field(12, ge=1, le=MAX_COUNT, description="How many songs to return.")


class Op(Arguments):
    """One change."""

    op: Literal["set", "add", "remove", "move", "replace", "rename", "clear"] = Field(
        description="set: make the list these ids, in this order, each as often as it "
        "stands there; add: put ids in, at position or the end; remove: take ids out; "
        "move: put ids[0] at position; replace: put `by` in the place of ids[0]; rename: "
        "give it a title; clear: take all out."
    )
    ids: Handles = Field([], description="Ids of songs (t1, t2, …).")
    position: int | None = Field(None, ge=1, description="1 is the top of the list.")
    place: int | None = Field(
        None,
        ge=1,
        description="For remove, move, replace: where ids[0] stands, if it stands twice.",
    )
    again: bool = Field(
        False,
        description="For add: although it is there. Only if the listener asks for that.",
    )
    by: Handle = Field("", description="The new song's id, for replace.")
    title: Name = Field("", description="For rename.")

    @model_validator(mode="after")
    def need_what_it_uses(self) -> Self:
        """Say what an op lacks, in words that the model can act on."""
        if self.op in ("set", "add", "remove", "move", "replace") and not self.ids:
            raise ValueError(f"{self.op} needs ids")
        if self.op == "move" and self.position is None:
            raise ValueError("move needs a position")
        if self.op == "replace" and not self.by:
            raise ValueError("replace needs by")
        if self.op == "rename" and not self.title:
            raise ValueError("rename needs a title")
        return self


class EditPlaylist(Arguments):
    """Change the playlist: all changes or none. The listener can undo them."""

    edits: list[Op] = Field(min_length=1, max_length=20)


class Undo(Arguments):
    """Go back to the list before the last edit. Only when the listener asks for it."""


class SavePlaylist(Arguments):
    """Save the playlist at Spotify or ListenBrainz, as the listener's message asks."""


class React(Arguments):
    """Note that the listener likes or dislikes songs. Disliked ones leave the list."""

    ids: Handles = Field(min_length=1)
    value: Literal["like", "dislike"]


class Explain(Arguments):
    """Return the stored facts for which a song was chosen. Say no other reasons."""

    id: Handle


class MyTaste(Arguments):
    """Return what the listener has liked and disliked so far."""


TOOLS: dict[str, type[Arguments]] = {
    "find_tracks": FindTracks,
    "edit_playlist": EditPlaylist,
    "undo": Undo,
    "save_playlist": SavePlaylist,
    "react": React,
    "explain": Explain,
    "my_taste": MyTaste,
}


class BadArguments(Exception):
    """The model's arguments can't be used; the message tells it why."""


def read_arguments(name: str, text: str) -> Arguments:
    """Check a call's arguments. Raises BadArguments, also for a tool there isn't."""
    model = TOOLS.get(name)
    if model is None:
        raise BadArguments(f"there is no tool {name!r}; there are {', '.join(TOOLS)}")
    try:
        data = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise BadArguments("the arguments are not JSON") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = (
            f"{'.'.join(map(str, problem['loc'])) or name}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
        )
        raise BadArguments("; ".join(list(problems)[:5])) from error


def tool_schemas() -> list[dict[str, Any]]:
    """Return the tools as Chat Completions takes them."""
    return [
        {
            "type": "function",
            "function": {
                "name": name,
                "description": " ".join((model.__doc__ or "").split()),
                "parameters": _plain(model.model_json_schema()),
            },
        }
        for name, model in TOOLS.items()
    ]


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Put definitions where they are used, and drop what says nothing to a model."""
    definitions = schema.pop("$defs", {})

    def inline(node: Any) -> Any:
        if isinstance(node, list):
            return [inline(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return inline(definitions[node["$ref"].rsplit("/", 1)[-1]])
        kinds = [kind for kind in node.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1:
            rest = {key: value for key, value in node.items() if key != "anyOf"}
            return inline({**kinds[0], **rest})
        return {
            key: inline(value)
            for key, value in node.items()
            if not (key in ("title", "default") and not isinstance(value, dict))
        }

    plain: dict[str, Any] = inline(schema)
    plain.pop("description", None)
    return plain
