"""Benchmarks: generates catalogs, runs onevisit and its peers on them, writes docs/benchmarks.md and its Chinese twin.

Called by scripts/bench. Environment:
  BENCH_TIERS    sizes to run, in matters (default: 241 5000 100000 1000000 2000000)
  BENCH_ROUNDS   rounds of the large tiers (default: 5)
  BENCH_DOCS     folder for the pages (default: docs for all tiers, else .build/bench)
"""

import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys

import measure
import pages
import planted

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".build" / "bench"
PROGRAM = str(ROOT / ".build" / "release" / "onevisit")
GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")
PYTHON = str(ROOT / ".tools" / "venv" / "bin" / "python")
FRICTIONLESS = str(ROOT / ".tools" / "venv" / "bin" / "frictionless")
SCHEMA = str(ROOT / "schemas" / "service-catalog.xsd")
ALL_TIERS = [241, 5_000, 100_000, 1_000_000, 2_000_000]
AS_OF = "2023-01-15"


def say(text):
    print(text, file=sys.stderr, flush=True)


def output(*command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError:
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def versions():
    """What is there to run; a peer that is missing has no version."""
    found = {
        "onevisit": output(PROGRAM, "--version").strip(),
        "swift": (re.search(r"Swift version (\S+)", output("swift", "--version")) or ["", ""])[1],
        "xmllint": (re.search(r"libxml version (\d+)", output("xmllint", "--version")) or ["", ""])[1],
        "duckdb": output(PYTHON, "-c", "import duckdb; print(duckdb.__version__)").strip(),
        "frictionless": output(FRICTIONLESS, "--version").strip().split("\n")[-1],
        "python": platform.python_version(),
    }
    return found


def machine():
    model = ""
    memory = 0
    try:
        model = (re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text()) or ["", ""])[1]
        memory = int(re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) * 1024
    except (OSError, TypeError):
        pass
    release = output("sh", "-c", ". /etc/os-release && echo $PRETTY_NAME").strip()
    return {"cpu": model or platform.processor(), "cores": os.cpu_count(), "memory": memory,
            "system": f"{release}, Linux {platform.release().split('-')[0]}" if release else platform.platform()}


def generate(matters, form, *options):
    """The grown catalog of that size, made unless it is there from this generator; where it is and what is in it."""
    name = f"{form}-{matters}" + "".join(str(option).strip("-") for option in options)
    path = WORK / (name + {"folder": "", "csv": ".csv", "xml": ".xml"}[form])
    plan = WORK / (name + ".plan.json")
    if not plan.exists() or plan.stat().st_mtime < os.stat(GENERATOR).st_mtime:
        shutil.rmtree(path, ignore_errors=True)
        subprocess.run(
            [GENERATOR, "--matters", str(matters), "--format", form, "--out", str(path), "--plan", str(plan),
             "--source", str(ROOT / "catalog"), *map(str, options)], check=True, stderr=subprocess.DEVNULL)
    return str(path), json.loads(plan.read_text(encoding="utf-8"))


def validate(path, *options):
    return [PROGRAM, "validate", path, "--as-of", AS_OF, "--language", "en", *options]


def can(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def cost(runs):
    low, high = runs.spread
    return {"wall": runs.wall, "user": runs.user, "system": runs.median("system"), "peak": runs.peak, "low": low,
            "high": high, "rounds": len(runs.runs)}


def race(contestants, rounds, warm=1):
    return {name: cost(runs) for name, runs in measure.interleaved(contestants, rounds, warm).items() if runs.runs}


def timings(path):
    """Milliseconds of each rule, as `--timings` tells them."""
    done = subprocess.run(validate(path, "--timings"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    lines = [line.split("\t") for line in done.stderr.decode().splitlines() if line.count("\t") == 1]
    return {rule: float(time) for rule, time in lines}


def tier(matters, have, rounds):
    """Everything that is measured at one size."""
    say(f"== {matters} matters")
    results = {}
    small = matters < 10_000
    if matters == 241:
        folder, xml = str(ROOT / "catalog"), str(WORK / "catalog.xml")
        rounds, sizes = 41, {"matters": 241, "items": 410}
        if not can(PROGRAM, "export", "xml", "--catalog", folder, "-o", xml):
            xml, _ = generate(matters, "xml")
    else:
        folder, plan = generate(matters, "folder")
        xml, _ = generate(matters, "xml")
        sizes = {key: plan[key] for key in ("matters", "items", "lists", "departments", "approvals")}
        if small:
            rounds = 21
    sizes["folderBytes"] = sum(file.stat().st_size for file in pathlib.Path(folder).glob("*.csv"))
    sizes["xmlBytes"] = os.path.getsize(xml)
    results["sizes"] = sizes

    contestants = {"onevisit": (validate(folder), {})}
    if have["duckdb"] and not small:
        contestants["duckdb"] = ([PYTHON, str(ROOT / "Benchmarks" / "peers" / "duckdb_checks.py"), folder], {})
    if have["frictionless"] and matters <= 100_000:
        contestants["frictionless"] = (
            [FRICTIONLESS, "validate", folder + "/datapackage.json"], {"rounds": 3 if small else 1})
    if matters == 241 and have["xmllint"]:
        contestants["xmllint"] = (["xmllint", "--noout", xml], {})
    results["folder"] = race(contestants, rounds)

    if results_of_xml(xml):
        contestants = {"onevisit": (validate(xml), {})}
        if have["xmllint"]:
            contestants["xmllint"] = (["xmllint", "--stream", "--noout", "--schema", SCHEMA, xml], {})
        results["xml"] = race(contestants, rounds)
    if matters >= 100_000:
        results["timings"] = timings(folder)
    if matters == 1_000_000 or (matters == 100_000 and "1000000" not in os.environ.get("BENCH_TIERS", "1000000")):
        results["export"] = exports(folder, matters, rounds)
    if matters == 100_000:
        results["found"] = found(have)
    return results


def results_of_xml(xml):
    """Whether this onevisit reads XML at all."""
    done = subprocess.run(validate(xml), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return done.returncode in (0, 1)


def exports(folder, matters, rounds):
    """Bytes and CPU of each export. What reading alone costs is measured beside it: a check with one cheap rule."""
    # The official layout writes one list: here one that holds them all.
    one_list, _ = generate(matters, "folder", "--list-size", matters)
    forms = {
        "xml": ["export", "xml"],
        "flat": ["export", "csv"],
        "official": ["export", "csv", "--layout", "official", "--list", "second"],
        "json": ["export", "json"],
    }
    contestants = {"reading": (validate(folder, "--only", "csv-syntax"), {})}
    sizes = {}
    for name, arguments in forms.items():
        command = [PROGRAM, *arguments, "--catalog", one_list if name == "official" else folder]
        if not can(*command, "-o", str(WORK / "export.tmp")):
            continue
        sizes[name] = os.path.getsize(WORK / "export.tmp")
        contestants[name] = (command, {"stdout": os.devnull})
    (WORK / "export.tmp").unlink(missing_ok=True)
    results = race(contestants, rounds)
    for name, size in sizes.items():
        results[name]["bytes"] = size
    return results


def found(have):
    """How much of what is planted each finds: fifty defects of every kind among 100,000 matters."""
    # Without those two frictionless reads on; with them it tells of nothing else.
    folder, plan = generate(100_000, "folder", "--defects", 50, "--without", "bad-byte,unclosed-quote")
    report, _ = planted.findings(PROGRAM, folder, AS_OF)
    counts = {}
    for finding in report["findings"]:
        counts[finding["rule"]] = counts.get(finding["rule"], 0) + 1
    result = {
        "planted": sum(defect["count"] for defect in plan["defects"]), "kinds": len(plan["defects"]),
        "onevisit": sum(counts.get(rule, 0) for rule in plan["rules"]),
        "onevisitKinds": sum(1 for defect in plan["defects"] if counts.get(defect["rule"], 0) > 0),
    }
    if have["frictionless"]:
        done = subprocess.run(
            [FRICTIONLESS, "validate", "--json", "--limit-errors", "1000000", folder + "/datapackage.json"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        try:
            report = json.loads(done.stdout)
            errors = [error for task in report["tasks"] for error in task["errors"]]
            result["frictionless"] = len(errors)
            result["frictionlessTypes"] = len({error["type"] for error in errors})
        except (ValueError, KeyError):
            pass
    return result


def main():
    wanted = [int(word) for word in os.environ.get("BENCH_TIERS", "").split()] or ALL_TIERS
    rounds = int(os.environ.get("BENCH_ROUNDS", "5"))
    docs = pathlib.Path(os.environ.get("BENCH_DOCS") or (ROOT / "docs" if wanted == ALL_TIERS else WORK))
    WORK.mkdir(parents=True, exist_ok=True)
    have = versions()
    missing = [name for name in ("xmllint", "duckdb", "frictionless") if not have[name]]
    for name in missing:
        say(f"{name} is not installed: its column stays empty (make tools)")
    results = {
        "date": datetime.date.today().isoformat(), "machine": machine(), "versions": have, "missing": missing,
        "floor": measure.floor(), "tiers": {},
    }
    for matters in wanted:
        results["tiers"][str(matters)] = tier(matters, have, rounds)
    # The pages can be made of it anew: bench.py RESULTS.json FOLDER.
    (WORK / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    pages.write(results, docs)
    say(f"wrote {docs / 'benchmarks.md'} and {docs / 'benchmarks.zh-CN.md'}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        pages.write(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")), pathlib.Path(sys.argv[2]))
    else:
        main()
