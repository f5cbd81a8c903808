"""The command line as real processes: outputs that are closed or know no Unicode, interrupts, crashes, full disks."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bot.terminal.processes import COMMAND, PATIENCE, ask, run


def test_the_bundled_report_answers_without_any_setting(home: Path, environ: dict[str, str]) -> None:
    del environ["RAPPORTEUR_REPORTS"]
    ran = run(home, environ, "ask", "--json", "Where were the bodies found?")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "discovered near Fatissouma village" in json.loads(ran.stdout)["excerpts"][0]["sentence"]


def test_outputs_that_were_closed_are_no_error(home: Path, environ: dict[str, str]) -> None:
    shell = ["sh", "-c", f'exec "{sys.executable}" -m bot reports >&- 2>&-']
    assert subprocess.run(shell, cwd=home, env=environ, timeout=PATIENCE, check=False).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_what_nobody_foresaw_gets_a_traceback_and_a_number(home: Path, environ: dict[str, str]) -> None:
    with Path(os.devnull).open("rb") as unwritable:
        ran = subprocess.run(
            [*COMMAND, "reports"],
            cwd=home,
            env=environ,
            stdout=unwritable,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    *traceback, sentence = ran.stderr.decode().splitlines()
    assert ran.returncode == 1
    assert traceback[0].startswith("Traceback")
    assert all(line.startswith("  ") for line in traceback[1:])
    assert re.fullmatch(
        r"Something went wrong that nobody foresaw\. Please report it where you got Rapporteur from, to its issue "
        r"tracker or its maintainers, with the traceback above, which helps to find the fault, and this number: "
        r"[0-9a-f]{8}\.",
        sentence,
    )


def test_an_output_that_knows_no_unicode(home: Path, environ: dict[str, str]) -> None:
    (home / "reports" / "mission.txt").write_text("Report\n\nIt was in Ségou.\n", encoding="utf-8")
    poor = environ | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = run(home, poor, "passage", "mission:1")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"> It was in S\\xe9gou.\n" in ran.stdout
    assert json.loads(run(home, poor, "passage", "mission:1", "--json").stdout)["text"] == "It was in Ségou."


def test_a_command_that_was_started_with_interrupts_ignored_goes_on_ignoring_them(
    home: Path, environ: dict[str, str]
) -> None:
    """What a script starts in its background: Ctrl-C is for whoever runs in the foreground."""
    shell = ["sh", "-c", f'trap "" INT; exec "{sys.executable}" -m bot ask --jsonl']
    with subprocess.Popen(
        shell, cwd=home, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        ask(process, b'{"question": "Where were the wells?"}')
        process.send_signal(signal.SIGINT)
        assert ask(process, b'{"id": 2, "question": "Where were the wells?"}')["id"] == 2
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stdout, stderr) == (0, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_one_sentence(home: Path, environ: Mapping[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "reports"],
            cwd=home,
            env=environ,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    assert ran.returncode == 1
    assert (
        ran.stderr.decode() == "There is no space left where the output goes. Make room, and run the command again.\n"
    )
