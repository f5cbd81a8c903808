"""Reading what a request brings: JSON, or a form with JSON and files in it."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.discord_server.errors import INVALID_FORM, INVALID_JSON, ApiError, JsonObject
from tests.fakes.discord_server.message import Upload


@dataclass(frozen=True, slots=True)
class Form:
    """A request's JSON and the files beside it."""

    data: JsonObject
    files: tuple[Upload, ...] = ()


async def read_form(request: web.Request) -> Form:
    """The body of a request about messages. Source: Reference, Uploading Files."""
    if not request.content_type.startswith("multipart/"):
        return Form(_mapping(await read_json(request)))
    data: Any = {}
    files = []
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise ApiError(INVALID_FORM)
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            data = _parsed(content)
        elif part.name and part.name.startswith("files["):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files.append(Upload(part.filename or "unknown", content, kind))
    return Form(_mapping(data), tuple(files))


async def read_json(request: web.Request) -> Any:  # noqa: ANN401  # bodies are mappings and lists
    """The JSON body of a request; an empty one is an empty mapping."""
    content = await request.read()
    return _parsed(content) if content else {}


async def read_mapping(request: web.Request) -> JsonObject:
    """The JSON body of a request that takes an object."""
    return _mapping(await read_json(request))


async def read_list(request: web.Request) -> list[JsonObject]:
    """The JSON body of a request that takes a list of objects."""
    data = await read_json(request)
    if not isinstance(data, list):
        raise ApiError(INVALID_FORM)
    return data


def _parsed(content: bytes) -> Any:  # noqa: ANN401  # the same
    try:
        return json.loads(content)
    except ValueError:
        raise ApiError(INVALID_JSON) from None


def _mapping(data: object) -> JsonObject:
    if not isinstance(data, dict):
        raise ApiError(INVALID_FORM)
    return data
