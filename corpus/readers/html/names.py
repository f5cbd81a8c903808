"""What an element of a page says that it is, by its tag, its role or its name: a share bar, a comment, an author's box.

Names are those that the programs which make pages give to such parts; each is a whole word of a class or an id, as in
"social-share" or "relatedArticles". A word after "no", "is", "has" or "with" tells of what holds it, not what it is,
and one after "tag" or "category" what an article is about.
"""

import re

from lxml import html

from corpus.readers.tags import WORDLESS

LEFT_OUT_TAGS = WORDLESS | frozenset(
    ["head", "object", "embed", "video", "audio", "canvas", "dialog", "input", "textarea", "map", "menu"]
)
_UNSEEN_TAGS = LEFT_OUT_TAGS - {"nav", "footer", "aside", "form", "dialog", "menu"}
_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu", "alert", "toolbar", "form"]
)
_WORDS = (
    # what is passed on, and to whom
    r"share|sharing|sharebar|social|socialmedia|sharedaddy|addtoany|addthis|shariff|follow(?:-us|-me)?|printfriendly",
    # other pages
    r"related|relatedposts|yarpp|recirc|recommended|recommendations?|trending|popular|outbrain|taboola|view[_-]?more",
    r"read[_-]?(?:more|next|also)|also[_-]?(?:read|like)|see[_-]?also|lire[_-]?aussi|more[_-]?(?:on|stories|news)|interesting[_-]?articles",
    r"(?:recent|latest)[_-]?(?:posts?|news|articles|stories|comments)|most[_-]?(?:read|viewed|popular)|explore|pagination|pager",
    # what is asked of whoever reads
    r"newsletter|subscribe|subscription|signup|sign[_-]?up|opt[_-]?in|mc4wp|mailchimp|mailing[_-]?list|donate|donation|paywall",
    r"call[_-]?to[_-]?action|cta|promo|advert(?:isement|orial)?|ads?|app[_-]?stores?|app[_-]?(?:promo|banner|download)|disclaimer",
    r"cookies?|cookie[_-]?(?:consent|notice|banner|bar|law)|consent|gdpr|onetrust|privacy[_-]?embed|third[_-]?party[_-]?services",
    # who wrote it, and what others say of it
    r"about[_-]?(?:the[_-]?)?authors?|(?:post|entry|article)[_-]?author|saboxplugin",
    r"author[_-]?(?:bio(?:graphy)?|info|box|card|profile|description|details|position|tabs)",
    r"comments?|comment[_-]?(?:list|form|respond|area)|respond|disqus|kommentare?|commentaires?",
    # the site around it
    r"breadcrumbs?|sidebar|widget[_-]?area|navbar|nav|navigation|navbox|menu|footer|skip|toolbar|tags?|taglist",
    r"popup|modal|screen[_-]?reader[_-]?text|visually[_-]?hidden|sr-only|video|player|vjs-\w+|vjs|gallery[_-]?nav|editsection",
    r"headerlink|noprint|catlinks|jump[_-]?to|site[_-]?header|masthead",
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?<!\bno[_-])(?<!\bis[_-])(?<!\bhas[_-])(?<!\bwith[_-])"
    rf"(?:{'|'.join(_WORDS)})(?:$|[\s_-])",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:^|(?<=\s))(?:tag|category)-\S+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_none(element: html.HtmlElement) -> bool:
    """Whether an element says by its tag, its role or its name that it is no text."""
    return element.tag in LEFT_OUT_TAGS or is_named(element)


def is_named(element: html.HtmlElement) -> bool:
    """Whether an element says by its role or its name that it is no text."""
    if element.tag in ("form", "aside") or element.get("role", "").lower() in _ROLES:
        return True
    return _is_hidden(element) or any(_NAMES.search(_parted(element.get(name, ""))) for name in ("class", "id"))


def is_unseen(element: html.HtmlElement) -> bool:
    """Whether nothing of an element is shown as words."""
    return not isinstance(element.tag, str) or element.tag in _UNSEEN_TAGS or _is_hidden(element)


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or element.get("aria-modal"):
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _parted(name: str) -> str:
    return _CAMEL.sub("-", _SUBJECT.sub("", name))
