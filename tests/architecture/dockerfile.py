"""A Dockerfile read into its stages, and its COPY and RUN lines carried out in a folder. Needs no container engine.

Absolute paths of the image are moved below the folder; everything else is run as it stands. What this cannot prove is
the base image itself.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, its continued lines joined, such as ``COPY`` with ``bot/ bot/``."""

    name: str
    value: str

    def words(self) -> list[str]:
        """The value's words without flags; of the JSON form its strings."""
        if self.value.startswith("["):
            words: list[str] = json.loads(self.value)
            return words
        return [word for word in shlex.split(self.value) if not word.startswith("--")]

    def flag(self, name: str) -> str | None:
        """The value of a flag such as ``--from=build``."""
        found = re.search(rf"(?:^|\s)--{name}=(\S+)", self.value)
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands between one ``FROM`` and the next; ``name`` is empty where it has none."""

    image: str
    name: str
    instructions: tuple[Instruction, ...]

    def last(self, name: str) -> Instruction:
        """The instruction of a kind that counts, for a later one replaces an earlier one. Raises ``LookupError``."""
        return [instruction for instruction in self.instructions if instruction.name == name][-1]

    def environment(self) -> dict[str, str]:
        """The variables that the stage sets."""
        pairs = [word for found in self.instructions if found.name == "ENV" for word in found.words()]
        return dict(pair.split("=", 1) for pair in pairs)


def stages(text: str) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    found: list[tuple[str, list[Instruction]]] = []
    for instruction in _instructions(text):
        if instruction.name == "FROM":
            found.append((instruction.value, []))
        else:
            found[-1][1].append(instruction)
    return [
        Stage(head.split()[0], head.partition(" AS ")[2].strip(), tuple(instructions)) for head, instructions in found
    ]


def _instructions(text: str) -> Iterator[Instruction]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if line.strip():
            name, _, value = line.strip().partition(" ")
            yield Instruction(name.upper(), value.strip())


def ignored(name: str, patterns: Sequence[str]) -> bool:
    """Whether ``.dockerignore`` keeps a path of the checkout out of the build; the last pattern that fits decides.

    Knows what the project's file uses: ``*``, ``!name`` for a name at the top with all below it, and ``**/name``.
    """
    keeps_out = False
    for pattern in patterns:
        wanted = pattern.removeprefix("!")
        anywhere = wanted.startswith("**/")
        parts = name.split("/") if anywhere else name.split("/")[:1]
        if any(fnmatch(part, wanted.removeprefix("**/")) for part in parts):
            keeps_out = not pattern.startswith("!")
    return keeps_out


@dataclass
class Builder:
    """Carries out the stages one after the other in ``root``, as a build would in the file system of each.

    A finished stage is moved aside, so that the next one sees only what it copies. ``python`` is the interpreter that
    stands for the base image's, with pip; ``context`` the checkout.
    """

    root: Path
    context: Path
    python: Path
    patterns: Sequence[str]
    environ: Mapping[str, str]
    finished: dict[str, Path] = field(default_factory=dict)

    def build(self, stage: Stage) -> None:
        """Carry out one stage. Raises ``AssertionError`` with the output of the line that failed."""
        self.root.mkdir()
        environ = dict(self.environ) | {"PATH": f"{self.python.parent}:{self.environ['PATH']}"}
        directory = self.root
        for step in stage.instructions:
            if step.name == "ENV":
                pairs = dict(word.split("=", 1) for word in step.words())
                environ |= {name: self.moved(value.replace("$PATH", environ["PATH"])) for name, value in pairs.items()}
            elif step.name == "WORKDIR":
                directory = Path(self.moved(step.value))
                directory.mkdir(parents=True, exist_ok=True)
            elif step.name == "COPY":
                self._copy(step, directory)
            elif step.name == "RUN":
                self._run(step, directory, environ)

    def finish(self, name: str) -> None:
        """Move a stage aside under its name."""
        aside = self.root.with_name(f"{self.root.name}-{name}")
        self.root.rename(aside)
        self.finished[name] = aside

    def moved(self, text: str) -> str:
        """A text with the absolute paths of the image below ``root``."""
        return re.sub(r"(?<![\w.\-*/)])/(?=(?:opt|src|data|tmp)\b)", f"{self.root}/", text)

    def _copy(self, step: Instruction, directory: Path) -> None:
        *names, target = step.words()
        source = self.finished[step.flag("from") or ""] if step.flag("from") else self.context
        for name in names:
            found = source / name.strip("/")
            assert found.exists(), f"COPY names {name}, which is not there"
            into = directory / self.moved(target)
            if found.is_dir():
                shutil.copytree(found, into, symlinks=True, ignore=self._left_out(source))
            else:
                shutil.copy(found, into / found.name if target.endswith("/") else into)
            if (owner := step.flag("chown")) and os.geteuid() == 0:
                shutil.chown(into, *map(int, owner.split(":")))

    def _left_out(self, source: Path) -> "_Ignore | None":
        return _Ignore(source, self.patterns) if source == self.context else None

    def _run(self, step: Instruction, directory: Path, environ: Mapping[str, str]) -> None:
        done = subprocess.run(
            ["/bin/sh", "-c", self.moved(step.value)],
            cwd=directory,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"RUN {step.value}\n{done.stdout}"


@dataclass(frozen=True, slots=True)
class _Ignore:
    """What ``shutil.copytree`` leaves out of the context."""

    context: Path
    patterns: Sequence[str]

    def __call__(self, folder: str, names: list[str]) -> set[str]:
        at = Path(folder).relative_to(self.context)
        return {name for name in names if ignored((at / name).as_posix(), self.patterns)}
