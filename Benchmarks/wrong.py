"""Catalogs in which every matter is wrong, made of a catalog without findings, and how long their check takes."""

import collections
import json
import os
import pathlib
import re
import shutil

BLOCK = 1 << 26
# The cells of a row before the one that is changed; a name may be quoted.
ID = rb"^(\d+-\d+,[^,\n]*,"


def next_number(match):
    return match[1] + str(int(match[2]) + 1).encode()


# By what is wrong: in Chinese and in English, and how matters.csv and the XML are rewritten.
KINDS = {
    "audience": (
        ("服务对象不存在", "an unknown audience"),
        (ID + rb"[^,\n]*,[^,\n]+)", rb"\1s"),
        (rb'(<matter [^>]*?audience="[^"]*)', rb"\1s")),
    "number": (
        ("序号不是数", "a number that is none"),
        (ID + rb")", rb"\1x"),
        (rb'(<matter [^>]*?number=")', rb"\1x")),
    "name": (
        ("名称前有空格", "a space before the name"),
        (ID + rb'[^,\n]*,[^,\n]*,"?)', rb"\1 "),
        (rb"(<matter [^>]*>\s*<name>)", rb"\1 ")),
    "place": (
        ("序号与编号不符", "another number than the id"),
        (ID + rb")(\d+)", next_number),
        (rb'(<matter [^>]*?number=")(\d+)', next_number)),
}


def rewrite(source, target, pattern, replacement, start):
    """Copies a file with every match replaced, in blocks that end before `start`; the number of replacements."""
    expression = re.compile(pattern, re.M)
    count, rest = 0, b""
    with open(source, "rb") as old, open(target, "wb") as new:
        while True:
            block = old.read(BLOCK)
            text = rest + block
            cut = text.rfind(start) + 1 if block else len(text)
            rest = text[cut:]
            done, more = expression.subn(replacement, text[:cut])
            new.write(done)
            count += more
            if not block:
                return count


def fresh(target, source):
    return target.exists() and target.stat().st_mtime > source.stat().st_mtime


def folder(source, kind, matters):
    """A copy of a folder with that mistake in every matter; the other tables are links."""
    source = pathlib.Path(source)
    target = source.with_name(f"{source.name}-wrong-{kind}")
    table = target / "matters.csv"
    if not fresh(table, source / "matters.csv"):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, copy_function=os.link)
        table.unlink()
        check(rewrite(source / "matters.csv", table, *KINDS[kind][1], b"\n"), matters, table)
    return str(target)


def document(source, kind, matters):
    """A copy of a document with that mistake in every matter."""
    source = pathlib.Path(source)
    target = source.with_name(f"{source.stem}-wrong-{kind}.xml")
    if not fresh(target, source):
        check(rewrite(source, target, *KINDS[kind][2], b"\n<matter "), matters, target)
    return str(target)


def check(changed, matters, target):
    if changed != matters:
        target.unlink()
        raise ValueError(f"{target.name}: {changed} matters changed of {matters}")


def findings(report):
    """The number of findings in a JSON report of a check, and the rule that has most of them."""
    summary = report["summary"]
    rules = collections.Counter(finding["rule"] for finding in report["findings"])
    for finding in report["findings"]:
        rules[finding["rule"]] += finding.get("consequences") or 0
    for omitted in report["omitted"]:
        rules[omitted["rule"]] += omitted["open"]
    total = sum(summary[what] for what in ("errors", "warnings", "notes", "consequences"))
    return {"found": total, "rule": rules.most_common(1)[0][0] if rules else ""}


def measured(source, make, matters, validate, race, work):
    """The cost of the check of the catalog as it is (`clean`), and with every matter wrong in each way."""
    contestants, reports = {}, {}
    for kind in ("clean", *KINDS):
        path = source if kind == "clean" else make(source, kind, matters)
        reports[kind] = work / f"wrong-{kind}.json"
        contestants[kind] = (validate(path, "--format", "json"), {"stdout": str(reports[kind])})
    costs = race(contestants)
    for kind in costs:
        costs[kind] |= findings(json.loads(reports[kind].read_text(encoding="utf-8")))
    for report in reports.values():
        report.unlink(missing_ok=True)
    return costs
