"""Makes the pictures of the documents anew where the replies have changed, and draws any other reply.

Chromium is looked for on the path; with --html and --check it is not needed.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.architecture.sources import CHECKOUT
from tests.tools.pictures.chromium import NoChromiumError, find, picture, shows
from tests.tools.pictures.components import UndrawableError
from tests.tools.pictures.document import EVERY_LOOK, Look, Shown, document
from tests.tools.pictures.scenes import SCENES, Scene, shown

PICTURES = CHECKOUT / "docs/pictures"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is wanted into a folder; the exit code."""
    wanted = _grammar().parse_args(arguments)
    try:
        drawn = [(name, document(message, look), look) for name, message, look in _messages(wanted)]
        if wanted.html:
            return _write_html(wanted.out, drawn)
        stale = [
            (file, html, look) for name, html, look in drawn if not shows(file := wanted.out / f"{name}.png", html)
        ]
        if wanted.check:
            print(*(f"{file} is not of today's reply" for file, _, _ in stale), sep="\n", end="\n" if stale else "")
            return 1 if stale else 0
        browser = find()
        wanted.out.mkdir(parents=True, exist_ok=True)
        for file, html, look in stale:
            size = file.write_bytes(picture(browser, html, look.device.width))
            print(f"{file}  {size:,} bytes")
    except (NoChromiumError, UndrawableError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _grammar() -> argparse.ArgumentParser:
    grammar = argparse.ArgumentParser(prog="python -m tests.tools.pictures", description=__doc__)
    grammar.add_argument("out", nargs="?", type=Path, default=PICTURES, help="the folder (default: docs/pictures)")
    grammar.add_argument("--every", action="store_true", help="light and dark, each as wide as a desktop and a phone")
    how = grammar.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="write the HTML that Chromium would draw")
    how.add_argument("--check", action="store_true", help="name the pictures that are not of today's replies")
    what = grammar.add_mutually_exclusive_group()
    what.add_argument("--only", choices=[scene.name for scene in SCENES], help="one of the pictures of the documents")
    what.add_argument("--ask", metavar="QUESTION", help="the reply to this question")
    what.add_argument("--quote", metavar="TEXT", help="the reply to this quotation")
    what.add_argument("--payload", type=Path, metavar="FILE", help="a message as JSON, or its list of components")
    return grammar


def _messages(wanted: argparse.Namespace) -> Iterator[tuple[str, Shown, Look]]:
    """What is to be drawn: the name of the file, the message and its look."""
    if wanted.payload:
        payload = json.loads(wanted.payload.read_text("utf-8"))
        message = Shown(payload if isinstance(payload, dict) else {"components": payload})
        messages = [(wanted.payload.stem, message, SCENES[0].look)]
    else:
        messages = [(scene.name, shown(scene), scene.look) for scene in _scenes(wanted)]
    for name, message, look in messages:
        yield from ((f"{name}-{one}", message, one) for one in EVERY_LOOK) if wanted.every else [(name, message, look)]


def _scenes(wanted: argparse.Namespace) -> Sequence[Scene]:
    if wanted.ask:
        return [Scene("ask", "ask", {"question": wanted.ask})]
    if wanted.quote:
        return [Scene("quote", "quote", {"text": wanted.quote})]
    return [scene for scene in SCENES if wanted.only in (None, scene.name)]


def _write_html(out: Path, drawn: Sequence[tuple[str, str, Look]]) -> int:
    out.mkdir(parents=True, exist_ok=True)
    for name, html, _ in drawn:
        (out / f"{name}.html").write_text(html, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
