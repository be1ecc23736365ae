"""Compares the findings of onevisit in a generated catalog with the defects that the generator has planted in it.

planted.py                              each kind of defect by itself, then all of them together
planted.py PROGRAM CATALOG PLAN.json    a catalog that was generated before
"""

import collections
import csv
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(ROOT / ".build" / "release" / "onevisit")
GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")
# Defects of a kind that is planted by itself.
EACH = 5
# The most findings that one defect may bring besides its own.
MOST_FURTHER = 3
# Kinds of which a thousand matters have room for few: they need a list of their own, or a second list of the same name,
# or are about a table as a whole.
FILES = {
    "merge-conflict", "other-encoding", "missing-header", "missing-column", "repeated-column", "unknown-column",
    "missing-table", "exchanged-table", "empty-table", "truncated-table",
}
RECORDS = {"recorded-out-of-order", "recorded-before-notice", "incomplete-deliverables", "overdue"}
RARE = FILES | {
    "wrong-count", "conflicting-deadlines", "unknown-setting", "shifted-rows", "unknown-notice", "missing-alternative",
    "lost-approval", "malformed-description", "notice-year", "report-terms-mismatch", "waiver-without-reason",
    "deadline-series", "waiver-count", "unknown-region", "region-cycle",
}
# With these a table cannot be read whole, and rules that need all of it do not run; or every other defect of the list
# is judged otherwise.
BROKEN = ",".join(["unclosed-quote", "extra-cell", "bad-byte", "unknown-list", "unknown-notice",
                   "notice-year", "shifted-rows", "lost-approval", "misspelt-kind", "similar-matter-name", "deadline-series",
                   "waiver-count", "unknown-region", "region-cycle", "region-level", "approval-mismatch",
                   *sorted(FILES | RECORDS)])
# Found in a generated catalog without any defect: it has no record of progress.
NATURAL = {"unrecorded-progress"}
# Rules that no generated folder can break: they are about documents in XML and Word and lists in CSV, or about the day alone.
ELSEWHERE = {
    "unreadable-catalog", "refused-doctype", "xml-syntax", "xml-schema", "contradictory-reference", "unclear-list",
    "unaccepted-changes", "short-notice", "report-overdue", "due-soon", "unrecorded-progress", "empty-targets",
}


def findings(program, path, as_of="2023-01-15"):
    """The JSON report of a check, every finding in it, and the exit status."""
    done = subprocess.run(
        [program, "validate", path, "--as-of", as_of, "--format", "json", "--max-findings", "0", "--language", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    # 2: nothing could be read as a catalog; there is a report all the same.
    if done.returncode not in (0, 1) and not done.stdout:
        raise SystemExit(f"{path}: status {done.returncode}: {done.stderr.decode()[:2000]}")
    report = json.loads(done.stdout)
    report["findings"] = [finding for finding in report["findings"] if not finding["waived"]]
    return report, done.returncode


def compare(program, path, plan, known=None, natural=NATURAL, further=None):
    """One line for each difference between found and planted; empty if they agree.

    `known`: the rules that the program has; planted defects of other rules are ignored.
    `further`: a list that gets how many findings there are besides those of the planted defects, for each defect.
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
    for defect in plan["defects"]:
        if known is None or defect["rule"] in known:
            lines += misplaced(defect, report["findings"], pathlib.Path(path))
    if further is not None:
        own = {defect["rule"] for defect in plan["defects"]} | set(natural)
        defects = sum(defect["count"] for defect in plan["defects"])
        rest = sum(count for rule, count in found.items() if rule not in own)
        rest += sum(max(0, found[d["rule"]] - d["count"]) for d in plan["defects"])
        further.append(rest / max(1, defects))
    return lines


def misplaced(defect, all_findings, folder):
    """Planted defects that no finding of their rule names, or none at their cell."""
    rule, field = defect["rule"], defect.get("field")
    named = collections.defaultdict(list)
    for finding in all_findings:
        if finding["rule"] != rule:
            continue
        names = {finding["matter"], finding["item"], finding.get("subject")}
        for related in finding["related"]:
            names |= {related.get("matter"), related.get("item")}
        for name in names - {None}:
            named[name].append(finding)
    # Findings about the syntax of a table have a position only.
    subjects = [s for s in defect["subjects"] if s[0].isdigit()] if rule not in ("csv-syntax", "text-encoding") else []
    lines = []
    missed = [s for s in subjects if not named[s] and not named[s.split(".")[0]]]
    if missed:
        lines.append(f"{rule} ({defect['kind']}): {len(missed)} of {defect['count']} not named, such as {missed[0]}")
    if field is None or not folder.is_dir():
        return lines
    cells = addresses(folder, defect["table"], field)
    file = defect["table"] + ".csv"
    strayed = []
    for subject in defect["subjects"]:
        places = {(pathlib.Path(f["file"] or "").name, f["cell"], f["field"]) for f in named.get(subject, [])}
        if subject in cells and places and not any((file, cell, field) in places for cell in cells[subject]):
            # A finding that several defects share is at the first of them.
            if not any(subject in str(f["related"]) for f in named[subject]):
                strayed.append(f"{subject} at {sorted(map(str, places))} for {cells[subject]}")
    if strayed:
        lines.append(
            f"{rule} ({defect['kind']}): {len(strayed)} of {defect['count']} in another cell, such as {strayed[0]}")
    return lines


def addresses(folder, table, field):
    """The spreadsheet addresses of a column's cells, by the id of the row."""
    with open(folder / (table + ".csv"), encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.reader(file))
    header = rows[0]
    if field not in header:
        return {}
    letter = chr(ord("A") + header.index(field))
    out = collections.defaultdict(list)
    for number, row in enumerate(rows[1:], start=2):
        if row:
            key = f"{row[0]}.{row[1]}" if table == "items" else f"{row[0]} {row[1]}" if table == "waivers" else row[0]
            out[key].append(f"{letter}{number}")
    return out


def rules(program):
    done = subprocess.run([program, "rules", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode == 0:
        try:
            return {rule["rule"] for rule in json.loads(done.stdout)}
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
    lines, brought, rules_planted = [], {}, set()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path, plan = grown(folder, 1000)
        lines += [f"nothing planted: {line}" for line in compare(PROGRAM, path, plan)]
        for kind in kinds():
            path, plan = grown(folder, 1000, "--defects", EACH, "--kinds", kind)
            planted = sum(defect["count"] for defect in plan["defects"])
            if planted < (1 if kind in RARE else EACH):
                lines.append(f"{kind}: {planted} planted, {EACH} asked for")
            rules_planted |= set(plan["rules"])
            # With everything recorded, the lists have their progress.
            natural = set() if kind in RECORDS else NATURAL
            further = []
            lines += [f"{kind}: {line}" for line in compare(PROGRAM, path, plan, natural=natural, further=further)]
            brought[kind] = further[0]
        path, plan = grown(folder, 5000, "--defects", 20, "--without", BROKEN)
        lines += [f"all kinds: {line}" for line in compare(PROGRAM, path, plan)]
    for kind, count in brought.items():
        if count > MOST_FURTHER:
            lines.append(f"{kind}: {count:g} further findings for each defect, {MOST_FURTHER} at most")
    median = statistics.median(brought.values())
    if median > 0:
        lines.append(f"{median:g} further findings is the median, which should be 0")
    lines += [f"{rule}: no kind of defect" for rule in sorted((rules(PROGRAM) or set()) - rules_planted - ELSEWHERE)]
    worst = sorted(((count, kind) for kind, count in brought.items() if count > 0), reverse=True)
    print("planted: further findings for each defect: " + ("; ".join(f"{kind} {count:g}" for count, kind in worst) or "none"))
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
