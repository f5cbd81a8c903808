"""Lines that speak to whoever visits a page, or lead to another: "Sign up for our newsletter", "Read more:".

They stand as paragraphs among those of an article, under names that tell nothing, so that only their words tell them.
Each begins a paragraph; what it asks for has to be named too, since reports speak of readers and newsletters as well.
"""

import re
from collections.abc import Mapping, Sequence

from corpus.document import Role
from corpus.layout.paragraphs import Piece
from corpus.readers.words import BULLET

_LINKED = 0.8  # of the words of a line: more in links, and it is one
_PARTLY = 0.5
_LONGEST = 45  # words of a call; longer ones are prose
_SHORT = 12  # words of what only leads on

_CALLS = re.compile(
    r"(?:please )?(?:subscribe|sign up|register|log ?in|sign in)\b.{0,80}\b(?:newsletters?|e?-?editions?|subscri\w+"
    r"|inbox|updates?|access|full (?:story|article))\b"
    r"|to (?:view|read|continue reading) (?:the|this) (?:full |whole |rest of the )?(?:story|article)\b"
    r"|(?:already|not yet) a (?:subscriber|member)\b|first-time subscribers\b|if you.re already a subscriber\b"
    r"|if you.re seeing this message\b"
    r"|(?:follow|like|find|join|watch) us (?:on|at)\b|follow [^.]{1,40} on (?:twitter|x|facebook|instagram)\b"
    r"|(?:share|tweet|print|e-?mail) this (?:article|page|story|post|report)\b"
    r"|donate (?:now|today|here|to us)\b|(?:please )?support our (?:work|journalism)\b|make a donation\b"
    r"|(?:we|this (?:web)?site) uses? (?:\w+ )?cookies\b|(?:download|get) (?:the|our) [^.]{0,30}\bapps?\b"
    r"|for the latest (?:stories|news)\b.{0,80}\b(?:apps?|newsletter|follow us)\b"
    r"|(?:do|would) you (?:want|like) to (?:be informed|receive|stay informed|hear from us)\b"
    r"|leave a (?:reply|comment)\b|post a comment\b|your e-?mail address will not be published\b"
    r"|(?:publicit[éey]|advertisement|anzeige|publicidad)\Z"
    r"|(?:abonnez|inscrivez)-vous\b|suivez-nous\b|partage[zr] (?:cet article|sur)\b|laisser un commentaire\b"
    r"|(?:nous utilisons|ce site utilise) des cookies\b|faites un don\b|soutenez-nous\b|déjà abonnée?\b"
    r"|(?:jetzt )?abonnieren sie\b|folgen sie uns\b|suscríb[ae]se\b|suscríbete\b|s[ií]ga?nos en\b",
    re.IGNORECASE,
)
_LEADS = (
    r"(?:also )?read (?:more|also|next|on)(?: (?:on|about|from)\b.{0,40})?|also read|see also|explore further"
    r"|related (?:articles?|stories|links?|topics?|news|content|coverage|posts?|reading)"
    r"|more (?:on this(?: \w+)?|stories|news)|don.t miss"
    r"|(?:you|people) (?:may|might) also (?:like|be interested in|enjoy)|recommended(?: for you| reading)?"
    r"|most (?:read|popular|viewed)|(?:latest|top) (?:news|stories|articles)|trending(?: now)?"
    r"|(?:à )?lire (?:aussi|également|ensuite)|lire la suite|voir aussi|sur le même (?:sujet|thème)"
    r"|articles? (?:liés|similaires|associés|connexes|recommandés)|dans la même rubrique|les plus (?:lus|populaires)"
    r"|lesen sie (?:auch|mehr)|(?:mehr )?zum (?:thema|weiterlesen)|das könnte (?:sie|dich) auch interessieren"
    r"|weitere (?:beiträge|artikel)\b.{0,30}|lea también|te puede interesar|noticias relacionadas|veja também|leia mais"
)
# Who made a picture, on a line of its own.
_CREDIT = re.compile(
    r"\(?(?:(?:photo|image|picture|graphic)s? )?(?:credits?|crédits?)(?: photos?)?\s*:\s?\S.{0,100}|\(?©.{1,80}",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"(?:{_LEADS})\W*", re.IGNORECASE)
_LED = re.compile(rf"(?:{_LEADS})\s*[:—–|»>-]\s*\S", re.IGNORECASE)
_REPLIES = re.compile(
    r"leave a (?:reply|comment)|\d+ (?:comments?|responses?|replies)|\d+ commentaires?", re.IGNORECASE
)


def lead_away(pieces: Sequence[Piece], shares: Mapping[int, float]) -> None:
    """Give the role of links to what speaks to visitors, and to what leads to other pages.

    ``shares`` tell of each line, by its identity, how much of it is linked.
    """
    is_led_away = are_replies = False
    for piece in pieces:
        share = shares.get(id(piece.lines[0]), 0.0)
        text = piece.text.removeprefix(BULLET).strip()
        if piece.role not in (Role.TEXT, Role.HEADING, Role.ITEM):
            is_led_away = is_led_away and piece.role is Role.LINKS
            continue
        are_replies = are_replies or _begins_replies(text)
        if piece.role is Role.TEXT and _CREDIT.fullmatch(text):
            piece.role, piece.number = Role.CAPTION, ""
        is_led_away = _is_label(text) or (is_led_away and share >= _LINKED)
        is_one = is_led_away or are_replies or _is_call(text) or (_is_led(text) and share >= _PARTLY)
        if is_one and piece.role is not Role.CAPTION:
            piece.role, piece.number, piece.level, piece.heading = Role.LINKS, "", None, ""


def _is_call(text: str) -> bool:
    """Whether a paragraph asks something of whoever visits the page."""
    return _CALLS.match(text) is not None and len(text.split()) <= _LONGEST


def _is_label(text: str) -> bool:
    """Whether a line only says that links to other pages follow."""
    return len(text.split()) <= _SHORT and _LABEL.fullmatch(text) is not None


def _is_led(text: str) -> bool:
    """Whether a line begins with such words and goes on with what they lead to."""
    return _LED.match(text) is not None


def _begins_replies(text: str) -> bool:
    """Whether a heading stands over what visitors have written."""
    return _REPLIES.match(text) is not None
