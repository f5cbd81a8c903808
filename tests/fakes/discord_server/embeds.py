"""Discord's limits on embeds."""

from collections.abc import Iterator, Sequence

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.components import check_url
from tests.fakes.discord_server.errors import JsonObject, Problems


def check_embeds(embeds: Sequence[JsonObject], problems: Problems) -> None:
    """Note everything Discord would refuse in a message's embeds; lengths leave out white space around a text."""
    problems.count(embeds, limits.EMBEDS)
    total = sum(_check_embed(embed, problems.at(position)) for position, embed in enumerate(embeds))
    if total > limits.EMBEDS_TOTAL:
        problems.refuse("MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {limits.EMBEDS_TOTAL}")


def texts(embeds: Sequence[JsonObject]) -> Iterator[str]:
    """What embeds say, in reading order."""
    for embed in embeds:
        yield from filter(None, [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")])
        for field in embed.get("fields") or ():
            yield from (field["name"], field["value"])
        yield from filter(None, [(embed.get("footer") or {}).get("text")])


def _check_embed(embed: JsonObject, problems: Problems) -> int:
    """The number of characters that count for the total."""
    size = problems.length(embed, "title", limits.EMBED_TITLE)
    size += problems.length(embed, "description", limits.EMBED_DESCRIPTION)
    size += problems.at("footer").length(embed.get("footer") or {}, "text", limits.EMBED_FOOTER)
    size += problems.at("author").length(embed.get("author") or {}, "name", limits.EMBED_AUTHOR)
    fields = embed.get("fields") or []
    problems.at("fields").count(fields, limits.EMBED_FIELDS)
    for position, field in enumerate(fields):
        at = problems.at("fields", position)
        for key, most in (("name", limits.EMBED_FIELD_NAME), ("value", limits.EMBED_FIELD_VALUE)):
            if at.require(field, key):
                size += at.length(field, key, most, 1)
    if embed.get("url"):
        problems.length(embed, "url", limits.URL)
        check_url(embed["url"], problems.at("url"))
    if not size and not any(embed.get(key) for key in ("image", "thumbnail", "video")):
        problems.at("description").refuse("BASE_TYPE_REQUIRED", "This field is required")
    return size
