"""Measures `diff`, `validate --new-since` and `export --hashes` on two editions of which 1 % of the matters differ, beside csv-diff
and daff where they finish, and writes Benchmarks/diff.json, from which the pages in docs/ get their section.

Usage: diff.py [MATTERS …]   1000000 if left out. Environment:
  DIFF_ROUNDS   rounds (default: 3)
  DIFF_WHO      what is measured, separated by commas, such as "validate,diff,csv-diff" (default: everything)
  DIFF_LIMIT    seconds after which a peer is given up (default: 60)

`diff.py --pages` only writes the section anew.
"""

import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIGURES = pathlib.Path(__file__).with_name("diff.json")
PROGRAM = os.environ.get("ONEVISIT", str(ROOT / ".build" / "release" / "onevisit"))
GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")
VENV = ROOT / ".tools" / "venv" / "bin"
AS_OF = "2023-01-15"
# A diff of two editions may take so many times as long as the check of one.
GOAL = 2.2


def editions(matters, folder):
    """Two folders of that many matters; in the new one the deadline or the name of every hundredth differs."""
    old, new = folder / "old", folder / "new"
    subprocess.run([GENERATOR, "--matters", str(matters), "--out", str(old), "--source", str(ROOT / "catalog")],
                   check=True, stderr=subprocess.DEVNULL)
    shutil.copytree(old, new)
    changed = 0
    with open(old / "matters.csv", encoding="utf-8", newline="") as before, \
            open(new / "matters.csv", "w", encoding="utf-8", newline="") as after:
        for number, line in enumerate(before):
            if number and number % 100 == 0:
                other = re.sub(r"年\d+月底", "年7月底", line, count=1)
                if other == line:
                    other = line.replace(",我要", ",我想", 1)
                changed += other != line
                line = other
            after.write(line)
    return old, new, changed


def version(name):
    done = subprocess.run([str(VENV / "pip"), "show", name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    found = re.search(r"^Version: (.*)$", done.stdout.decode(), re.M)
    return found[1] if found else ""


def measured(matters, rounds, limit, keep):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        old, new, changed = editions(matters, folder)
        tables = [str(path / "matters.csv") for path in (old, new)]
        one = [PROGRAM, "validate", str(old), "--as-of", AS_OF]
        contestants = {
            "validate": (one, {}),
            "diff": ([PROGRAM, "diff", str(old), str(new)], {}),
            "diff json": ([PROGRAM, "diff", str(old), str(new), "--format", "json"], {}),
            "diff xml": ([PROGRAM, "diff", str(old), str(new), "--format", "xml"], {}),
            "new-since": ([PROGRAM, "validate", str(new), "--new-since", str(old), "--as-of", AS_OF], {}),
            "export": ([PROGRAM, "export", "xml", "--catalog", str(old)], {}),
            "export hashes": ([PROGRAM, "export", "xml", "--hashes", "--catalog", str(old)], {}),
        }
        peers = {
            # The tables of matters alone, by id.
            "csv-diff": [str(VENV / "csv-diff"), *tables, "--key=id", "--json"],
            "daff": [str(VENV / "daff.py"), "--id", "id", "--output", str(folder / "daff.csv"), *tables],
        }
        wanted = os.environ.get("DIFF_WHO", "").split(",") if os.environ.get("DIFF_WHO") else [*contestants, *peers]
        contestants = {who: contestants[who] for who in contestants if who in wanted}
        peers = {who: peers[who] for who in peers if who in wanted}
        found, failed = {}, {}
        runs = measure.interleaved(contestants, rounds, failed=lambda who, error: failed.update({who: str(error)}))
        for who, result in runs.items():
            if result.runs:
                found[who] = {"wall": result.wall, "user": result.user, "peak": result.peak, "spread": result.spread}
        # Kept before the peers, which may take long.
        keep({"changed": changed, "runs": found, "failed": failed})
        for who, command in peers.items():
            if not pathlib.Path(command[0]).exists():
                continue
            try:
                run = measure.run(["timeout", str(limit), *command])
                found[who] = {"wall": run.wall, "user": run.user, "peak": run.peak, "spread": (run.wall, run.wall)}
            except (measure.Failed, OSError) as error:
                failed[who] = f"> {limit} s" if "124" in str(error) else str(error)
            keep({"changed": changed, "runs": found, "failed": failed})


def section(figures, en):
    """The section of the pages."""
    def say(zh, english):
        return english if en else zh

    versions = ", ".join(f"{name} {figures['versions'][name]}" for name in ("csv-diff", "daff") if figures["versions"].get(name))
    rows = []
    for matters, tier in figures["tiers"].items():
        base = tier["runs"].get("validate", {}).get("wall")
        for who, run in tier["runs"].items():
            ratio = f"{run['wall'] / base:.2f}" if base and who != "validate" else ""
            rows.append(f"| {int(matters):,} · {label(who, en)} | {seconds(run['wall'])} | {seconds(run['spread'][0])} – "
                        f"{seconds(run['spread'][1])} | {seconds(run['user'])} | {run['peak'] / 1e6:,.0f} MB | {ratio} |")
        for who, reason in tier["failed"].items():
            rows.append(f"| {int(matters):,} · {label(who, en)} | {say('没有完成', 'did not finish')}: {reason} | | | | |")
    largest = figures["tiers"][max(figures["tiers"], key=int)]
    ratio = largest["runs"]["diff"]["wall"] / largest["runs"]["validate"]["wall"]
    met = say("达到", "met") if ratio <= GOAL else say("未达到", "not met")
    lines = [
        say("## 比较两个版本", "## Comparing two editions"), "",
        say(f"由 `Benchmarks/diff.py` 于 {figures['date']} 测得：两个版本，每一百件事改一件；各项轮流运行，取中位数；机器同时在做别的工作，只有比值可靠。{versions} 只比较事项表（按 id），运行一次；"
            f"onevisit 比较全部表。目标：`diff` 不超过 `validate` 一个版本的 {GOAL} 倍；测得 {ratio:.2f} 倍，{met}。",
            f"Measured by `Benchmarks/diff.py` on {figures['date']}: two editions, one matter in a hundred changed; the programs ran in "
            f"turn, medians, on a machine with other work, so that only the ratios count. {versions} compare the table of matters alone (by id) and ran once; onevisit compares all tables. "
            f"Goal: `diff` takes at most {GOAL} times as long as `validate` of one; measured {ratio:.2f}, {met}."), "",
        say("| 事项数 · 命令 | 时间 | 最快 – 最慢 | 用户 CPU | 内存 | ÷ validate |",
            "| matters · command | time | fastest – slowest | user CPU | memory | ÷ validate |"),
        "|---|---:|---:|---:|---:|---:|", *rows, ""]
    return "\n".join(lines)


def label(who, en):
    return {
        "validate": "`validate`", "diff": "`diff`", "diff json": "`diff --format json`", "diff xml": "`diff --format xml`",
        "new-since": "`validate --new-since`", "export": "`export xml`", "export hashes": "`export xml --hashes`",
    }.get(who, who)


def seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def write_pages():
    """Puts the section into the pages, before the notes on reading the figures."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    for name, en, heading, notes in (
            ("benchmarks.md", True, "## Comparing two editions", "## Reading the figures"),
            ("benchmarks.zh-CN.md", False, "## 比较两个版本", "## 怎样看这些数")):
        path = ROOT / "docs" / name
        text = path.read_text(encoding="utf-8")
        if heading in text:
            start = text.index(heading)
            following = re.search(r"^## ", text[start + 3:], re.M)
            text = text[:start] + (text[start + 3 + following.start():] if following else "")
        at = text.find(notes)
        at = len(text) if at < 0 else at
        path.write_text(text[:at] + section(figures, en) + "\n" + text[at:], encoding="utf-8")


def main():
    if sys.argv[1:] == ["--pages"]:
        return write_pages()
    tiers = [int(word) for word in sys.argv[1:]] or [1_000_000]
    rounds, limit = int(os.environ.get("DIFF_ROUNDS", "3")), int(os.environ.get("DIFF_LIMIT", "60"))
    figures = {"date": datetime.date.today().isoformat(), "versions": {name: version(name) for name in ("csv-diff", "daff")},
               "tiers": {}}

    def keep(matters, tier):
        figures["tiers"][str(matters)] = tier
        FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    for matters in tiers:
        measured(matters, rounds, limit, lambda tier, matters=matters: keep(matters, tier))
    write_pages()
    return 0


if __name__ == "__main__":
    sys.exit(main())
