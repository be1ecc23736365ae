"""Compares instructions and allocations, counted by valgrind, and the memory of a small run with guard.json: they must not
exceed it by more than its tolerance, nor grow faster than the catalog does. No clock is involved.

guard.py [--update] [--bounds FILE]. Status 0 if they do not, 1 if they do, 77 without valgrind.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import measure as measuring

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = pathlib.Path(__file__).with_name("guard.json")
WORK = ROOT / ".build" / "bench"
PROGRAM = str(ROOT / ".build" / "release" / "onevisit")
GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")

# Another libxml2, C library or compiler changes counts by some per cent.
TOLERANCE = 0.3
# Four times the matters: linear work takes four times the instructions, n log n 4.7 times at these sizes.
GROWTH = 4.7
SMALL, LARGE = 5_000, 20_000


def strip():
    """Copies the program without its debug information, which some versions of valgrind cannot read. The instructions stay."""
    global PROGRAM  # pylint: disable=global-statement
    tool = shutil.which("strip") or shutil.which("llvm-strip")
    if not tool:
        return
    copy = WORK / "onevisit-stripped"
    subprocess.run([tool, "-o", str(copy), PROGRAM], check=True)
    PROGRAM = str(copy)


def counted(pattern, tool, command):
    """The number at the end of valgrind's report."""
    done = subprocess.run(
        ["valgrind", *tool, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        # Hash tables are laid out the same in every run.
        env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1", "LC_ALL": "C"})
    found = re.search(pattern, done.stderr.decode(errors="replace"))
    if done.returncode not in (0, 1) or not found:
        raise SystemExit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return int(found[1].replace(",", ""))


def instructions(command):
    return counted(
        r"I\s+refs:\s+([\d,]+)", ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"], command)


def allocations(command):
    return counted(r"total heap usage: ([\d,]+) allocs", ["--tool=memcheck", "--leak-check=no"], command)


def validate(path):
    return [PROGRAM, "validate", path, "--as-of", "2023-01-15", "--language", "en"]


def generated(matters, form):
    """A generated catalog with one list of all its matters, in the given form."""
    if form == "official":
        path = str(WORK / f"guard-{matters}.csv")
        subprocess.run(
            [PROGRAM, "export", "csv", "--layout", "official", "--list", "second", "--catalog", generated(matters, "folder"),
             "-o", path], check=True, stderr=subprocess.DEVNULL)
        return path
    path = WORK / (f"guard-{matters}" + ("" if form == "folder" else "." + form))
    shutil.rmtree(path, ignore_errors=True)
    subprocess.run(
        [GENERATOR, "--matters", str(matters), "--format", form, "--out", str(path), "--source", str(ROOT / "catalog"),
         "--list-size", str(matters)], check=True, stderr=subprocess.DEVNULL)
    return str(path)


def measured(command, allocates=True):
    counts = {"instructions": instructions(command)}
    if allocates:
        counts["allocations"] = allocations(command)
    return counts


def measure():
    """The current counts, and the growth of instructions from the small catalog to the large."""
    now = {"built-in": measured(validate(str(ROOT / "catalog")))}
    # Most of it is the program itself: it grows when functions are not placed as scripts/functions.order says any more.
    now["built-in"]["KiB resident"] = min(measuring.run(validate(str(ROOT / "catalog"))).peak for _ in range(5)) // 1024
    growth = {}
    for form, allocates in (("folder", True), ("xml", True), ("official", False)):
        counts = measured(validate(generated(SMALL, form)), allocates)
        now[f"{SMALL} matters, {form}"] = counts
        growth[form] = instructions(validate(generated(LARGE, form))) / counts["instructions"]
    folder = generated(SMALL, "folder")
    for form, arguments in (
            ("xml", ["xml"]), ("flat", ["csv"]), ("official", ["csv", "--layout", "official", "--list", "second"]),
            ("json", ["json"])):
        now[f"{SMALL} matters to {form}"] = measured(
            [PROGRAM, "export", *arguments, "--catalog", folder], allocates=False)
    return now, growth


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--bounds", type=pathlib.Path, default=FILE)
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("guard: skipped, valgrind is not installed (make tools)")
        return 77
    for program in (PROGRAM, GENERATOR):
        if not os.access(program, os.X_OK):
            print(f"guard: {program} is missing: scripts/guard builds it")
            return 1
    WORK.mkdir(parents=True, exist_ok=True)
    strip()
    now, growth = measure()
    if options.update:
        lines = [f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in now.items()]
        lines += [f'  "tolerance": {TOLERANCE}', f'  "growth": {GROWTH}']
        options.bounds.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        print(f"guard: wrote {options.bounds}")
    bounds = json.loads(options.bounds.read_text(encoding="utf-8"))
    failed = False
    for name, counts in now.items():
        for what, value in counts.items():
            before = bounds.get(name, {}).get(what)
            if before is None:
                print(f"guard: {name}: no bound for {what} in {options.bounds.name} - MISSING (scripts/guard --update)")
                failed = True
                continue
            grown = value / before - 1
            is_over = grown > bounds["tolerance"]
            print(f"guard: {name}: {value:,} {what}, {grown:+.0%} from {before:,}" + (" - TOO MANY" if is_over else ""))
            failed |= is_over
    for form, ratio in growth.items():
        is_over = ratio > bounds["growth"]
        print(f"guard: {form}, {SMALL:,} to {LARGE:,} matters: {ratio:.2f} times the instructions, at most {bounds['growth']}"
              + (" - NOT LINEAR" if is_over else ""))
        failed |= is_over
    if failed:
        print("guard: find the cause (valgrind --tool=callgrind; for memory, scripts/order-functions); if it is worth its "
              "cost: scripts/guard --update")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
