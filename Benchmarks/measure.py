"""Runs programs and measures wall time, user and system CPU, and peak resident memory."""

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field


LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launch.py")


class Failed(Exception):
    """A program ended with an unexpected status."""


@dataclass
class Run:
    status: int
    wall: float
    user: float
    system: float
    peak: int
    """Bytes; at least what this process holds when it forks, see `floor`."""


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


def run(command, stdout=None, stderr=None, env=None, cwd=None, allowed=(0, 1)):
    """Runs `command` once. Output goes to the files, or is discarded."""
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as report, \
            open(stdout or os.devnull, "wb") as out, open(stderr or os.devnull, "wb") as err:
        subprocess.run(
            [sys.executable, "-S", "-E", LAUNCHER, report.name, *command], stdout=out, stderr=err, cwd=cwd,
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
    """The peak of a program that does nothing: the measuring process counts until the program begins."""
    return run(["/bin/true"]).peak
