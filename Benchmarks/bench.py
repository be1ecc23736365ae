"""Benchmarks: generates catalogs, runs onevisit and its peers on them, writes docs/benchmarks.md and its Chinese twin.

Called by scripts/bench. Environment:
  BENCH_TIERS    sizes to run, in matters (default: 241 5000 100000 1000000 2000000)
  BENCH_ROUNDS   rounds of the large tiers (default: 5; XML of a million matters and more: 3)
  BENCH_PEERS    peers to run of those that are installed (default: xmllint duckdb frictionless; none for none)
  BENCH_DOCS     folder for the pages (default: docs for all tiers and peers, else .build/bench)

Failures are listed on the pages and on standard error; only their own figures are missing. The status is then 1.
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
ALL_PEERS = ["xmllint", "duckdb", "frictionless"]
AS_OF = "2023-01-15"
# What could not be measured, with the reason.
failures = []


def say(text):
    print(text, file=sys.stderr, flush=True)


def output(*command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError:
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def versions():
    """The versions of the programs; empty for a peer that is missing."""
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
    """The path of the generated catalog of that size, made if missing or older than the generator, and its plan."""
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


def attempt(what, body, *arguments):
    """The result of `body`; None if it fails, which is recorded."""
    try:
        return body(*arguments)
    except (measure.Failed, SystemExit, OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        failures.append(f"{what}: {error}".replace(str(ROOT) + "/", ""))
        say(failures[-1])
        return None


def race(what, contestants, rounds, warm=1):
    def failed(name, error):
        failures.append(f"{what}, {name}: {error}".replace(str(ROOT) + "/", ""))
        say(failures[-1])

    runs = measure.interleaved(contestants, rounds, warm, failed)
    return {name: cost(run) for name, run in runs.items() if run.runs}


def timings(path):
    """Milliseconds of each rule by `--timings`: the least of seven runs, as other load only adds to so short a time."""
    found = {}
    for _ in range(7):
        done = subprocess.run(validate(path, "--timings"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        for line in done.stderr.decode().splitlines():
            if line.count("\t") == 1:
                rule, time = line.split("\t")
                found.setdefault(rule, []).append(float(time))
    return {rule: min(times) for rule, times in found.items()}


def tier(matters, have, rounds, results):
    """Measures everything at one size, and stores it in `results` at once."""
    say(f"== {matters} matters")
    small = matters < 10_000
    if matters == 241:
        folder, xml = str(ROOT / "catalog"), str(WORK / "catalog.xml")
        rounds, sizes = 41, {"matters": 241, "items": 410}
        if not can(PROGRAM, "export", "xml", "--catalog", folder, "-o", xml):
            raise measure.Failed("the catalog of this repository cannot be exported as XML")
    else:
        folder, plan = generate(matters, "folder")
        xml, _ = generate(matters, "xml")
        sizes = {key: plan[key] for key in ("matters", "items", "lists", "departments", "approvals")}
        if small:
            rounds = 21
    sizes["folderBytes"] = sum(file.stat().st_size for file in pathlib.Path(folder).glob("*.csv"))
    sizes["xmlBytes"] = os.path.getsize(xml)
    results["sizes"] = sizes
    label = f"{matters} matters"

    contestants = {"onevisit": (validate(folder), {})}
    if have["duckdb"] and not small:
        contestants["duckdb"] = ([PYTHON, str(ROOT / "Benchmarks" / "peers" / "duckdb_checks.py"), folder], {})
    if have["frictionless"] and matters <= 100_000:
        contestants["frictionless"] = ([FRICTIONLESS, "validate", folder + "/datapackage.json"], {"rounds": 3})
    if matters == 241 and have["xmllint"]:
        contestants["xmllint"] = (["xmllint", "--noout", xml], {})
    results["folder"] = race(f"{label}, folder", contestants, rounds)

    contestants = {"onevisit": (validate(xml), {})}
    if have["xmllint"]:
        contestants["xmllint"] = (["xmllint", "--stream", "--noout", "--schema", SCHEMA, xml], {})
        # Without handlers: what libxml2 takes to read the document and do nothing with it.
        contestants["xmllint --sax"] = (["xmllint", "--sax", "--noout", xml], {})
    # 15 seconds each: no round to fill the cache, as the file was just written.
    results["xml"] = race(f"{label}, XML", contestants, min(rounds, 3) if matters >= 1_000_000 else rounds,
                          warm=0 if matters >= 1_000_000 else 1)
    if matters >= 100_000:
        results["timings"] = attempt(f"{label}, timings", timings, folder) or {}
    if matters == 1_000_000 or (matters == 100_000 and "1000000" not in os.environ.get("BENCH_TIERS", "1000000").split()):
        results["export"] = attempt(f"{label}, export", exports, folder, matters, rounds) or {}
    if matters == 100_000:
        results["lists"] = attempt(f"{label}, lists in CSV", lists, matters, rounds) or {}
        results["found"] = attempt(f"{label}, planted", found, have)


def lists(matters, rounds):
    """Reading and checking a list in CSV, in each of the two layouts."""
    folder, _ = generate(matters, "folder", "--list-size", matters)
    contestants = {"folder": (validate(folder), {})}
    sizes = {}
    for layout in ("flat", "official"):
        path = WORK / f"list-{matters}-{layout}.csv"
        subprocess.run(
            [PROGRAM, "export", "csv", "--layout", layout, "--list", "second", "--catalog", folder, "-o", str(path)],
            check=True, stderr=subprocess.DEVNULL)
        sizes[layout] = path.stat().st_size
        contestants[layout] = (validate(str(path)), {})
    sizes["folder"] = sum(file.stat().st_size for file in pathlib.Path(folder).glob("*.csv"))
    results = race(f"{matters} matters, lists in CSV", contestants, rounds)
    for name in results:
        results[name]["bytes"] = sizes[name]
    return results


def exports(folder, matters, rounds):
    """Bytes and CPU of each export, and of reading alone: a check with one cheap rule."""
    # The official layout writes one list: here one that holds all matters.
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
            failures.append(f"{matters} matters, export {name}: failed")
            continue
        sizes[name] = os.path.getsize(WORK / "export.tmp")
        contestants[name] = (command, {"stdout": os.devnull})
    (WORK / "export.tmp").unlink(missing_ok=True)
    results = race(f"{matters} matters, export", contestants, rounds)
    for name, size in sizes.items():
        if name in results:
            results[name]["bytes"] = size
    return results


def found(have):
    """How many planted defects each program finds: fifty of every kind among 100,000 matters."""
    # With a table that cannot be read whole, frictionless reports nothing else.
    folder, plan = generate(100_000, "folder", "--defects", 50, "--without", planted.BROKEN)
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
    peers = os.environ.get("BENCH_PEERS", "").split() or ALL_PEERS
    is_whole = wanted == ALL_TIERS and peers == ALL_PEERS
    docs = pathlib.Path(os.environ.get("BENCH_DOCS") or (ROOT / "docs" if is_whole else WORK))
    WORK.mkdir(parents=True, exist_ok=True)
    have = versions()
    missing = []
    for name in ALL_PEERS:
        if not have[name]:
            say(f"{name} is not installed: its column stays empty (make tools)")
        elif name not in peers:
            say(f"{name} is left out (BENCH_PEERS)")
            have[name] = ""
        if not have[name]:
            missing.append(name)
    results = {
        "date": datetime.date.today().isoformat(), "machine": machine(), "versions": have, "missing": missing,
        "floor": measure.floor(), "tiers": {}, "failures": failures,
    }
    for matters in wanted:
        measured = {}
        attempt(f"{matters} matters", tier, matters, have, rounds, measured)
        if "sizes" in measured:
            results["tiers"][str(matters)] = measured
        # Written after every tier, so that an interruption loses nothing. bench.py RESULTS.json FOLDER makes the pages
        # from it.
        (WORK / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    pages.write(results, docs)
    print(pages.verdicts(results))
    say(f"wrote {docs / 'benchmarks.md'} and {docs / 'benchmarks.zh-CN.md'}")
    return bool(failures)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        pages.write(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")), pathlib.Path(sys.argv[2]))
    else:
        sys.exit(main())
