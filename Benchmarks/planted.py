"""Compares what onevisit finds in a grown catalog with what the generator has planted in it."""

import collections
import json
import subprocess

# What a grown catalog has without any defect: nothing is recorded of its lists.
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
    """Lines that say where found and planted differ; empty if they agree.

    `known`: the rules that the program has, to pass over planted defects that no rule is there for yet.
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
        # What is wrong with the writing of a table is told by place alone.
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


if __name__ == "__main__":
    import sys

    program, path, plan_file = sys.argv[1:4]
    with open(plan_file, encoding="utf-8") as file:
        plan = json.load(file)
    lines = compare(program, path, plan, rules(program))
    print("\n".join(lines) if lines else "found what was planted, and nothing else")
    sys.exit(1 if lines else 0)
