"""What --help says of a command: words of the templates, looked up when they are asked for and never before."""

import argparse

from bot.commands.command import Face, Option, OptionKind
from bot.commands.registry import Registry
from bot.saying.templates import Templates
from bot.terminal.arguments import CORPUS_ACTIONS, OWN, PROGRAM, names

_INDENT = 14  # columns before what is said of an action of `corpus`
_OUTLINE = (
    "ask Where were the bodies found?",
    "chat",
    "summary --about investigations --length 3",
    "passage un-experts-mali-2025:3",
    "reports --reports ~/my-reports",
    "corpus check ~/my-reports",
    "corpus refresh",
    "run",
)


class Help:
    """What is said of the command ``name``; of all of them where it is empty."""

    def __init__(self, name: str, registry: Registry, templates: Templates) -> None:
        self._name, self._registry, self._templates = name, registry, templates

    @property
    def summary(self) -> str:
        """What the command is for."""
        if self._name in OWN:
            return self._templates(f"uses.{self._name}")
        return self._templates.command(self._name) if self._name else self._templates("manual.about")

    @property
    def epilog(self) -> str:
        """Examples, and what an exit code means."""
        return f"{self._examples()}\n{self._templates('manual.exit_codes')}\n"

    @property
    def headings(self) -> tuple[str, str, str]:
        """What stands over the usage, the arguments and the options."""
        told = self._templates
        return told("manual.usage"), told("manual.arguments"), told("manual.options")

    def action(self, action: str) -> str:
        """What an action of ``corpus`` does."""
        return self._templates(f"uses.corpus_{action}")

    def argument(self, argument: argparse.Action) -> str:
        """What an argument means."""
        if self._name and self._name not in OWN:
            command = self._registry[self._name]
            for option in command.options_on(Face.TERMINAL):
                if option.name == argument.dest:
                    return self._option(self._templates.option(command.name, option.name), option)
        key = "arguments.help" if argument.dest == "help" or argument.help is None else argument.help
        return self._templates(key, default=str(argument.default))

    def _option(self, text: str, option: Option) -> str:
        """What an option of the registry means, with its bounds where it is a number."""
        told = (text[:1].lower() + text[1:]).removesuffix(".")
        if option.kind is not OptionKind.NUMBER:
            return told
        bounds: dict[str, str | int] = {"told": told, "least": option.least, "most": option.most or 0}
        if option.default:
            return self._templates("arguments.bounds_default", **bounds, default=option.default)
        return self._templates("arguments.bounds", **bounds)

    def _examples(self) -> str:
        """What may be typed, under a heading."""
        head = self._templates("manual.examples")
        if self._name == "corpus":
            actions = (
                f"  {action:{_INDENT - 2}}{self.action(action)}\n"
                + "".join(f"{'':{_INDENT}}{PROGRAM} {example}\n" for example in examples)
                for action, examples in CORPUS_ACTIONS.items()
            )
            return f"{head}\n{''.join(actions)}"
        own = OWN.get(self._name)
        examples = own.examples if own else self._registry[self._name].examples if self._name else _OUTLINE
        before = "DISCORD_TOKEN=… " if self._name == "run" else ""
        parts = [head, *(f"  {before}{PROGRAM} {example}" for example in examples)]
        if self._name == "evaluate":
            parts += ["", self._templates("manual.questions")]
        if not self._name:
            parts += ["", self._templates("manual.more")]
        return "\n".join(parts) + "\n"


def summaries(registry: Registry, templates: Templates) -> dict[str, str]:
    """What each command is for, by its name."""
    return {name: Help(name, registry, templates).summary for name in names(registry)}
