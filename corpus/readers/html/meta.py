"""What a page says of itself: meta tags (Open Graph, Dublin Core, citation), JSON-LD, its heading and its title."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from corpus.document import Facts
from corpus.layout.dates import date_in

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title", "title")
_PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
)
_DATES = (
    *(
        "article:published_time",
        "citation_publication_date",
        "citation_date",
        "dc.date",
        "dcterms.date",
        "dc.date.issued",
    ),
    *("dcterms.issued", "dcterms.created", "date", "pubdate", "publishdate", "publish-date", "og:published_time"),
    *("parsely-pub-date", "sailthru.date", "datepublished"),
)
_KINDS = frozenset(
    ["Article", "NewsArticle", "Report", "ReportageNewsArticle", "BlogPosting", "WebPage", "ScholarlyArticle"]
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_PARTS = re.compile(r"\s+[|–—·»-]\s+|\s+::\s+")
_MOST_JSON = 500_000
_FEWEST = 3  # words of a heading of a lower level that is the page's own


def facts_of(page: html.HtmlElement, heading: str) -> Facts:
    """What a page says of itself; ``heading`` is its own heading as it is shown."""
    told = _metas(page)
    data = next(iter(_articles(page)), {})
    publisher = _first(told, _PUBLISHERS) or _name(data.get("publisher"))
    return Facts(
        title=_title(page, heading, told, data=data, publisher=publisher),
        date=next(
            filter(
                None, map(_date, [*(told.get(name, "") for name in _DATES), _text(data, "datePublished"), _time(page)])
            ),
            None,
        ),
        publisher=publisher or None,
        language=_language(page, told),
        url=_url(page, told),
    )


def heading_of(page: html.HtmlElement) -> str:
    """The words of the page's own heading: the one that its title repeats, else its only one of the first level."""
    title = _title_of(page).casefold()
    highest = _headings(page, "h1")
    for found in (highest, [words for words in _headings(page, "h2", "h3") if len(words.split()) >= _FEWEST]):
        if repeated := [words for words in found if words.casefold() in title]:
            return max(repeated, key=len)
    return highest[0] if len(highest) == 1 else ""


def _headings(page: html.HtmlElement, *tags: str) -> list[str]:
    words = (" ".join(one.text_content().split()) for one in page.iter(*tags))
    return list(dict.fromkeys(filter(None, words)))


def _title_of(page: html.HtmlElement) -> str:
    return " ".join("".join(page.xpath("string(.//head/title)")).split())


def _title(page: html.HtmlElement, heading: str, told: dict[str, str], data: dict[str, Any], publisher: str) -> str:
    """The heading where the page's title speaks of it, else what it tells others that it is called."""
    titles = [_first(told, _TITLES), _text(data, "headline"), _title_of(page)]
    if heading and (not any(titles) or any(_is_alike(heading, title) for title in titles)):
        return heading
    return next((_without(title, publisher) for title in titles if title), heading)


def _is_alike(heading: str, title: str) -> bool:
    """Whether two names are of one thing: most words of the shorter are in the longer."""
    one, other = (set(re.findall(r"\w+", words.casefold())) for words in (heading, title))
    return bool(one and other) and len(one & other) >= 0.6 * min(len(one), len(other))


def _without(title: str, publisher: str) -> str:
    """A title without the name of the site after or before it."""
    parts = _PARTS.split(title)
    if len(parts) < 2:
        return title
    kept = [part for part in parts if not publisher or part.casefold() != publisher.casefold()]
    if len(kept) == len(parts):
        kept = [max(parts, key=len)] if len(parts[-1].split()) <= 4 else parts
    return kept[0] if len(kept) == 1 else title


def _metas(page: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _articles(page: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles that JSON-LD tells of."""
    for script in page.iter("script"):
        text = script.text or ""
        if script.get("type") != "application/ld+json" or len(text) > _MOST_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        todo = data if isinstance(data, list) else [data]
        for one in todo:
            if isinstance(one, dict):
                todo += graph if isinstance(graph := one.get("@graph"), list) else []
                kinds = one.get("@type")
                if _KINDS.intersection(kinds if isinstance(kinds, list) else [str(kinds)]):
                    yield one


def _first(told: dict[str, str], names: tuple[str, ...]) -> str:
    return next((told[name] for name in names if name in told), "")


def _text(data: dict[str, Any], name: str) -> str:
    found = data.get(name)
    return " ".join(found.split()) if isinstance(found, str) else ""


def _name(value: object) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    return _text(value, "name") if isinstance(value, dict) else ""


def _time(page: html.HtmlElement) -> str:
    """The first time that the page marks as one, before its text."""
    found = next(page.iter("time"), None)
    return "" if found is None else (found.get("datetime") or found.text_content())


def _date(told: str) -> dt.date | None:
    found = re.match(r"(\d{4})[-/](\d{2})[-/](\d{2})", told)
    if found is None:
        return date_in(re.sub(r"[ T,]+\d{1,2}:\d\d.*$", "", told))
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


def _language(page: html.HtmlElement, told: dict[str, str]) -> str | None:
    for tag in (page.get("lang"), told.get("og:locale"), told.get("dc.language"), told.get("content-language")):
        if tag and _LANGUAGE.fullmatch(tag):
            return tag.replace("_", "-")
    return None


def _url(page: html.HtmlElement, told: dict[str, str]) -> str | None:
    links = [link.get("href", "") for link in page.iter("link") if "canonical" in link.get("rel", "").lower().split()]
    return next((url for url in [*links, told.get("og:url", "")] if re.match(r"https?://[^\s<>\"]+$", url)), None)
