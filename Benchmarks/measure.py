"""Runs programs and measures wall time, user and system CPU, and peak resident memory."""

import functools
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field


HERE = pathlib.Path(__file__).resolve().parent
BUILT = HERE.parent / ".build" / "bench" / "launch"


class Failed(Exception):
    """A program ended with an unexpected status."""


@dataclass
class Run:
    status: int
    wall: float
    user: float
    system: float
    peak: int
    """Bytes; at least what the launcher holds when it forks, see `floor`."""


@dataclass
class Runs:
    runs: list = field(default_factory=list)

    def median(self, what):
        return statistics.median(getattr(run, what) for run in self.runs)

    @property
    def wall(self):
        return self.median("wall")

    @property
    def user(self):
        return self.median("user")

    @property
    def peak(self):
        return max(run.peak for run in self.runs)

    @property
    def spread(self):
        walls = sorted(run.wall for run in self.runs)
        return walls[0], walls[-1]


@functools.cache
def launcher():
    """The command of the launcher: launch.c, compiled when it is newer than what was compiled; launch.py without a compiler."""
    source = HERE / "launch.c"
    if BUILT.exists() and BUILT.stat().st_mtime >= source.stat().st_mtime:
        return [str(BUILT)]
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    compilers = [name for name in ("cc", "gcc", "clang") if shutil.which(name)]
    for compiler, options in ((name, options) for options in (["-static"], []) for name in compilers):
        made = BUILT.with_name(f"launch.{os.getpid()}")
        command = [compiler, "-O2", *options, "-o", str(made), str(source)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if done.returncode == 0:
            made.replace(BUILT)
            return [str(BUILT)]
    return [sys.executable, "-S", "-E", str(HERE / "launch.py")]


def run(command, stdout=None, stderr=None, env=None, cwd=None, allowed=(0, 1)):
    """Runs `command` once. Output goes to the files, or is discarded."""
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as report, \
            open(stdout or os.devnull, "wb") as out, open(stderr or os.devnull, "wb") as err:
        subprocess.run(
            [*launcher(), report.name, *command], stdout=out, stderr=err, cwd=cwd,
            env={**os.environ, **(env or {})}, check=True)
        status, wall, user, system, peak = report.read().split()
    if int(status) not in allowed:
        raise Failed(f"{' '.join(command)}: status {status}")
    return Run(int(status), float(wall), float(user), float(system), int(peak))


def interleaved(contestants, rounds, warm=1, failed=None):
    """Runs each contestant `rounds` times, one after the other in every round, after `warm` rounds that do not count.

    `contestants`: name -> (command, keywords of `run`). A contestant may have fewer rounds: key `rounds`. One that fails
    is left out of the following rounds and has no result; `failed` is called with its name and the error.
    """
    results = {name: Runs() for name in contestants}
    out = set()
    for number in range(-warm, rounds):
        for name, (command, options) in contestants.items():
            options = dict(options)
            limit = options.pop("rounds", rounds)
            if name in out or number >= limit or (number < 0 and limit < rounds):
                continue
            try:
                result = run(command, **options)
            except (Failed, OSError) as error:
                out.add(name)
                results[name].runs.clear()
                if failed:
                    failed(name, error)
                continue
            if number >= 0:
                results[name].runs.append(result)
    return results


def floor():
    """The peak of a program that does nothing: what the launcher and the loader hold counts for every program."""
    return run(["/bin/true"]).peak
