"""A document as it would be if all that the program makes of it were made today."""

import json
import re
from collections.abc import Mapping

from tests.architecture.markdown import Markdown
from tests.tools.docs.makers import MAKERS
from tests.tools.docs.playground import Playground
from tests.tools.docs.typed import can_run

_MADE = re.compile(
    r"(?P<head>^<!-- made: (?P<name>[\w-]+) -->\n)(?P<shown>.*?)(?P<tail>^<!-- end -->$)", re.MULTILINE | re.DOTALL
)
_BLOCK = re.compile(r"^```sh\n(?P<typed>.*?)^```$", re.MULTILINE | re.DOTALL)
_PRINTED = re.compile(
    r"(?P<head>\n(?:(?!```)[^\n]*\n)*?<!-- printed(?P<cut>, lists cut)? -->\n```\w+\n)(?P<shown>.*?)(?P<tail>^```$)",
    re.MULTILINE | re.DOTALL,
)
# What differs from run to run, or by the machine: moments, milliseconds.
_PASSING = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+(?:\+00:00)?|\d{1,2} \w+ \d{4}, \d\d:\d\d UTC"
    r"|(?<=\"ms\": )[\d.]+|(?<=ms=)\d+|(?<=took )\d+(?= ms)"
)


def renewed(page: Markdown) -> str:
    """The text of a page with its made and printed parts as they would be today.

    Runs every block of commands that can be run, in the page's order and in one folder. Moments and milliseconds stay
    as they are. Raises ``AssertionError`` where a command fails, ``KeyError`` for a part that nobody makes.
    """
    text = _MADE.sub(lambda found: _with(found, f"{MAKERS[found['name']]()}\n"), page.text)
    parts: list[str] = []
    at = 0
    with Playground() as playground:
        for block in _BLOCK.finditer(text):
            if not can_run(block["typed"]):
                continue
            output = playground.run(block["typed"])
            if (printed := _PRINTED.match(text, block.end())) is not None:
                parts += [
                    text[at : printed.start()],
                    _with(printed, _cut(output) if printed["cut"] else _lines(output)),
                ]
                at = printed.end()
    return "".join((*parts, text[at:]))


def _with(found: "re.Match[str]", new: str) -> str:
    """What was found with a new middle; the old one where they differ in moments and milliseconds alone."""
    same = _PASSING.sub("…", new) == _PASSING.sub("…", found["shown"])
    return f"{found['head']}{found['shown'] if same else new}{found['tail']}"


def _lines(output: str) -> str:
    return output.rstrip("\n") + "\n"


def _cut(output: str) -> str:
    """JSON with of each list of objects only the first, lists of anything else on one line."""
    return _shown(json.loads(output), "") + "\n"


def _shown(value: object, margin: str) -> str:
    within = f"{margin}  "
    if isinstance(value, Mapping) and value:
        entries = (f"{within}{json.dumps(key)}: {_shown(found, within)}" for key, found in value.items())
        return "{\n" + ",\n".join(entries) + f"\n{margin}}}"
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return f"[\n{within}{_shown(value[0], within)}\n{margin}]"
    return json.dumps(value, ensure_ascii=False)
