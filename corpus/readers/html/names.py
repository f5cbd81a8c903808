"""What an element of a page says that it is, by its tag, its role or its name: a share bar, a comment, an author's box.

Names are those that the programs which make pages give to such parts; each is a whole word of a class or an id, as in
"social-share" or "relatedArticles". A word behind "no", "is", "has" or "with" tells of what holds it, not what it is,
and one behind "tag" or "category" what an article is about.
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
    r"related|relatedposts|yarpp|recirc|recommended|recommendations?|trending|popular|outbrain|taboola|view-?more",
    r"read-?(?:more|next|also)|also-?(?:read|like)|see-?also|lire-?aussi|more-?(?:on|stories|news)|interesting-?articles",
    r"(?:recent|latest)-?(?:posts?|news|articles|stories|comments)|most-?(?:read|viewed|popular)|explore|pagination|pager",
    # what is asked of whoever reads
    r"newsletter|subscribe|subscription|signup|sign-?up|opt-?in|mc4wp|mailchimp|mailing-?list|donate|donation|paywall",
    r"call-?to-?action|cta|promo|advert(?:isement|orial)?|ads?|app-?stores?|app-?(?:promo|banner|download)|disclaimer",
    r"cookies?|cookie-?(?:consent|notice|banner|bar|law)|consent|gdpr|onetrust|privacy-?embed|third-?party-?services",
    # who wrote it, and what others say of it
    r"about-?(?:the-?)?authors?|(?:post|entry|article)-?author|saboxplugin",
    r"author-?(?:bio(?:graphy)?|info|box|card|profile|description|details|position|tabs)",
    r"comments?|comment-?(?:list|form|respond|area)|respond|disqus|kommentare?|commentaires?",
    # the site around it
    r"breadcrumbs?|sidebar|widget-?area|navbar|nav|navigation|navbox|menu|footer|skip|toolbar|tags?|taglist",
    r"popup|modal|screen-?reader-?text|visually-?hidden|sr-only|video|player|vjs-\w+|vjs|gallery-?nav|editsection",
    r"headerlink|noprint|catlinks|jump-?to|site-?header|masthead",
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?<!\bno[_-])(?<!\bis[_-])(?<!\bhas[_-])(?<!\bwith[_-])"
    rf"(?:{'|'.join(_WORDS).replace('-?', '[_-]?')})(?:$|[\s_-])",
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
