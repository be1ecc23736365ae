"""Compares the findings of onevisit in a generated catalog with the defects that the generator has planted in it.

planted.py                              each kind of defect by itself, then all of them together
planted.py PROGRAM CATALOG PLAN.json    a catalog that was generated before
"""

import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(ROOT / ".build" / "release" / "onevisit")
GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")
# Defects of a kind that is planted by itself.
EACH = 5
# Kinds of which a thousand matters have room for few: they need a list of their own, or a second list of the same name.
RARE = {"wrong-count", "conflicting-deadlines"}
# With these a table cannot be read whole, and rules that need all of it do not run.
BROKEN = "unclosed-quote,extra-cell,bad-byte"
# Found in a generated catalog without any defect: it has no record of progress.
NATURAL = {"unrecorded-progress"}


def findings(program, path, as_of="2023-01-15"):
    """The JSON report of a check, every finding in it, and the exit status."""
    done = subprocess.run(
        [program, "validate", path, "--as-of", as_of, "--format", "json", "--max-findings", "0", "--language", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{path}: status {done.returncode}: {done.stderr.decode()[:2000]}")
    return json.loads(done.stdout), done.returncode


def compare(program, path, plan, known=None, natural=NATURAL):
    """One line for each difference between found and planted; empty if they agree.

    `known`: the rules that the program has; planted defects of other rules are ignored.
    """
    report, _ = findings(program, path)
    found = collections.Counter(finding["rule"] for finding in report["findings"])
    lines = []
    for rule, bounds in plan["rules"].items():
        if known is not None and rule not in known:
            continue
        if not bounds["least"] <= found[rule] <= bounds["most"]:
            lines.append(f"{rule}: found {found[rule]}, planted {bounds['least']} to {bounds['most']}")
    for rule in sorted(set(found) - set(plan["rules"]) - set(natural)):
        example = next(f for f in report["findings"] if f["rule"] == rule)
        lines.append(f"{rule}: found {found[rule]}, none planted: {example['matter']} {example['message']}")
    # Every planted subject is named by its rule.
    named = collections.defaultdict(set)
    for finding in report["findings"]:
        for word in (finding["matter"], finding["item"], finding.get("subject")):
            if word:
                named[finding["rule"]].add(word)
        for related in finding["related"]:
            named[finding["rule"]].update(word for word in (related.get("matter"), related.get("item")) if word)
    for defect in plan["defects"]:
        rule = defect["rule"]
        if known is not None and rule not in known:
            continue
        # Findings about the syntax of a table have a position only.
        if rule in ("csv-syntax", "text-encoding"):
            continue
        missed = [
            subject for subject in defect["subjects"]
            if subject[0].isdigit() and not {subject, subject.split(".")[0]} & named[rule]
        ]
        if missed:
            lines.append(f"{rule} ({defect['kind']}): {len(missed)} of {defect['count']} not named, such as {missed[0]}")
    return lines


def rules(program):
    done = subprocess.run([program, "rules", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode == 0:
        try:
            return {rule["id"] for rule in json.loads(done.stdout)}
        except (ValueError, KeyError, TypeError):
            return None
    return None


def grown(folder, matters, *options):
    """A generated catalog in that folder, and its plan."""
    path, plan = folder / "catalog", folder / "plan.json"
    shutil.rmtree(path, ignore_errors=True)
    subprocess.run(
        [GENERATOR, "--matters", str(matters), "--out", str(path), "--plan", str(plan), "--source", str(ROOT / "catalog"),
         *map(str, options)], check=True, stderr=subprocess.DEVNULL)
    return str(path), json.loads(plan.read_text(encoding="utf-8"))


def kinds():
    """Every kind that the generator can plant, from its usage."""
    done = subprocess.run([GENERATOR, "--help"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True)
    return done.stdout.decode().split("The kinds:")[1].split()


def sweep():
    """Plants each kind alone, then all together; one line for each rule whose count differs from the plan."""
    lines = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path, plan = grown(folder, 1000)
        lines += [f"nothing planted: {line}" for line in compare(PROGRAM, path, plan)]
        for kind in kinds():
            path, plan = grown(folder, 1000, "--defects", EACH, "--kinds", kind)
            planted = sum(defect["count"] for defect in plan["defects"])
            if planted < (1 if kind in RARE else EACH):
                lines.append(f"{kind}: {planted} planted, {EACH} asked for")
            lines += [f"{kind}: {line}" for line in compare(PROGRAM, path, plan)]
        path, plan = grown(folder, 5000, "--defects", 20, "--without", BROKEN)
        lines += [f"all kinds: {line}" for line in compare(PROGRAM, path, plan)]
    return lines


def main():
    if len(sys.argv) > 1:
        program, path, plan_file = sys.argv[1:4]
        lines = compare(program, path, json.loads(pathlib.Path(plan_file).read_text(encoding="utf-8")), rules(program))
    else:
        lines = sweep()
    print("\n".join("planted: " + line for line in lines) or "planted: all planted defects were found, and nothing else")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
