"""Who may import whom: the contracts of pyproject.toml, and what a plain question must not load."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

from tests.architecture.sources import CHECKOUT

# What costs more to import than a question costs to answer, and what a question has no use for.
COSTLY = {
    "aiohttp",
    "asyncio",
    "babel",
    "cachetools",
    "discord",
    "dotenv",
    "markdown_it",
    "platformdirs",
    "prometheus_client",
    "rapidfuzz",
    "rich",
    "sqlalchemy",
}


def run(*command: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command on the checkout's packages, with none of the developer's own settings."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_every_import_contract_is_kept() -> None:
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    done = run(f"{sysconfig.get_path('scripts')}/lint-imports", "--no-cache", "--no-logo", cwd=CHECKOUT)
    assert f"Contracts: {len(contracts)} kept, 0 broken." in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_a_question_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    done = run(sys.executable, "-X", "importtime", "-m", "bot", "ask", "Where were the bodies found?", cwd=tmp_path)
    imports = re.compile(r"^import time:.*\| +(\S+)\n", re.MULTILINE)
    assert (done.returncode, imports.sub("", done.stderr)) == (
        0,
        "import time: self [us] | cumulative | imported package\n",
    )
    loaded = {name.split(".")[0] for name in imports.findall(done.stderr)}
    assert {"bot", "corpus", "retrieval", "rank_bm25"} <= loaded, "this test can see what is imported"
    assert sorted(COSTLY & loaded) == []
