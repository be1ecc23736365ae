"""A guard against growing slow that looks at no clock: instructions and allocations of `onevisit validate`, counted by
valgrind, must not be above those in guard.json by more than its tolerance.

guard.py [--update]. Status 0 if they are not, 1 if they are, 77 if there is nothing to count with.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = pathlib.Path(__file__).with_name("guard.json")
PROGRAM = str(ROOT / ".build" / "release" / "onevisit")
GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")


def counted(pattern, tool, command):
    """The number that valgrind tells at the end of its report."""
    done = subprocess.run(
        ["valgrind", *tool, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        # Hash tables are laid out the same in every run.
        env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1", "LC_ALL": "C"})
    found = re.search(pattern, done.stderr.decode(errors="replace"))
    if done.returncode not in (0, 1) or not found:
        raise SystemExit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return int(found[1].replace(",", ""))


def measure(path):
    command = [PROGRAM, "validate", path, "--as-of", "2023-01-15", "--language", "en"]
    return {
        "instructions": counted(
            r"I\s+refs:\s+([\d,]+)", ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"], command),
        "allocations": counted(r"total heap usage: ([\d,]+) allocs", ["--tool=memcheck", "--leak-check=no"], command),
    }


def main():
    if not shutil.which("valgrind"):
        print("guard: skipped, valgrind is not installed (make tools)")
        return 77
    for program in (PROGRAM, GENERATOR):
        if not os.access(program, os.X_OK):
            print(f"guard: {program} is missing: scripts/guard builds it")
            return 77
    folder = ROOT / ".build" / "bench" / "guard-5000"
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [GENERATOR, "--matters", "5000", "--out", str(folder), "--source", str(ROOT / "catalog")], check=True,
        stderr=subprocess.DEVNULL)
    now = {"built-in": measure(str(ROOT / "catalog")), "5000 matters": measure(str(folder))}
    if "--update" in sys.argv:
        FILE.write_text(json.dumps({**now, "tolerance": 0.3}, indent=2) + "\n", encoding="utf-8")
        print(f"guard: wrote {FILE}")
        return 0
    bounds = json.loads(FILE.read_text(encoding="utf-8"))
    status = 0
    for name, counts in now.items():
        for what, value in counts.items():
            before = bounds[name][what]
            grown = value / before - 1
            is_over = grown > bounds["tolerance"]
            print(f"guard: {name}: {value:,} {what}, {grown:+.0%} beside {before:,}" + (" - TOO MANY" if is_over else ""))
            status |= is_over
    if status:
        print("guard: find the cause (valgrind --tool=callgrind); if it is worth its cost: scripts/guard --update")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
