"""Benchmarks: generates catalogs, runs onevisit and other programs on them, writes docs/benchmarks.md and its Chinese twin
with their pictures.

Called by scripts/bench. Environment:
  BENCH_TIERS    sizes to run, in matters (default: 241 5000 100000 1000000 2000000)
  BENCH_ROUNDS   rounds at 100,000 matters and more (default: 5; with a million and more at most 3 of what takes seconds)
  BENCH_PEERS    other programs to run, by package, of those that are installed (default: all; none for none)
  BENCH_DOCS     folder for the pages (default: docs once all sizes were measured with all programs, else .build/bench)

The figures are kept in .build/bench/results.json, by size. Sizes that are not run now keep theirs, if they were measured with
the same program on the same machine: a run may be cut in parts. `bench.py RESULTS.json FOLDER` writes the pages alone.

Failures are listed on the pages and on standard error; only their own figures are missing. The status is then 1.
"""

import datetime
import hashlib
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import time

import goals
import ladder
import measure
import pages
import planted
import wrong
from ladder import FRICTIONLESS, PROGRAM, PYTHON, ROOT, WORK, output  # noqa: F401 (others take them from here)

GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")
RESULTS = WORK / "results.json"
ALL_TIERS = [241, 5_000, 100_000, 1_000_000, 2_000_000]
MILLION = 1_000_000
AS_OF = "2023-01-15"
# What could not be measured at this size, with the reason.
failures = []


def say(text):
    print(text, file=sys.stderr, flush=True)


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
    if len(name) > 100:
        name = name[:60] + hashlib.sha256(name.encode()).hexdigest()[:16]
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


def tier(matters, have, rounds, results, keep):
    """Measures everything at one size, and stores it in `results` at once; `keep` is called after each part."""
    say(f"== {matters} matters")
    label = f"{matters} matters"
    if matters == 241:
        folder, xml = str(ROOT / "catalog"), str(WORK / "catalog.xml")
        rounds, sizes = 41, {"matters": 241, "items": 410}
        if not can(PROGRAM, "export", "xml", "--catalog", folder, "-o", xml):
            raise measure.Failed("the catalog of this repository cannot be exported as XML")
    else:
        folder, plan = generate(matters, "folder")
        xml, _ = generate(matters, "xml")
        sizes = {key: plan[key] for key in ("matters", "items", "lists", "departments", "approvals")}
        if matters < 10_000:
            rounds = 21
    sizes["folderBytes"] = sum(file.stat().st_size for file in pathlib.Path(folder).glob("*.csv"))
    sizes["xmlBytes"] = os.path.getsize(xml)
    results["sizes"] = sizes
    # Seconds each.
    few = min(rounds, 3) if matters >= MILLION else rounds

    def part(name, body, *arguments):
        begin = time.monotonic()
        results[name] = attempt(f"{label}, {name}", body, *arguments) or {}
        say(f"{name}: {time.monotonic() - begin:.0f} s")
        keep()

    def beside(rungs, path, count, warm):
        peers = ladder.contestants(rungs, path, matters, count, have)
        return race(f"{label}, {pathlib.Path(path).name}", {"onevisit": (validate(path), {}), **peers}, count, warm)

    if matters == 241:
        part("start", start, folder, xml, have, rounds)
    part("folder", beside, ladder.FOLDER, folder, rounds if matters <= MILLION else few, 1)
    # No round to fill the cache, as the file was just written.
    part("xml", beside, ladder.XML, xml, few, 0 if matters >= MILLION else 1)
    (WORK / f"xml-{matters}.hinted.xml").unlink(missing_ok=True)
    if matters >= 100_000:
        part("timings", timings, folder)
    if matters in (100_000, MILLION):
        part("wrong", every_matter_wrong, folder, xml, matters, min(rounds, 3))
    if matters == MILLION:
        part("export", exports, folder, matters, few)
    if matters == 100_000:
        part("lists", lists, matters, rounds)
        part("found", found, have)


def start(folder, xml, have, rounds):
    """Whole processes that do little: the start of the program, and the catalog of this repository."""
    contestants = {"onevisit --version": ([PROGRAM, "--version"], {}), "onevisit, CSV": (validate(folder), {}),
                   "onevisit, XML": (validate(xml), {})}
    if have["xmllint"]:
        contestants["xmllint --version"] = (["xmllint", "--version"], {})
        contestants["xmllint --noout"] = (["xmllint", "--noout", xml], {})
    return race("241 matters, start", contestants, rounds)


def every_matter_wrong(folder, xml, matters, rounds):
    out = {}
    for form, source, make in (("folder", folder, wrong.folder), ("xml", xml, wrong.document)):
        out[form] = wrong.measured(
            source, make, matters, validate, lambda contestants: race(f"{matters} wrong", contestants, rounds, 0), WORK)
    # Gigabytes.
    for path in WORK.glob(f"*-{matters}-wrong-*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return out


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
    # With a table that cannot be read whole, frictionless reports nothing else; a damaged datapackage.json ends it.
    folder, plan = generate(100_000, "folder", "--defects", 50, "--without", planted.BROKEN + ",malformed-description")
    report, _ = planted.findings(PROGRAM, folder, AS_OF)
    counts = {}
    for finding in report["findings"]:
        counts[finding["rule"]] = counts.get(finding["rule"], 0) + 1
    result = {
        "planted": sum(defect["count"] for defect in plan["defects"]), "kinds": sum(1 for defect in plan["defects"] if defect["count"]),
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


def digest(path):
    try:
        return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


def earlier(program, computer):
    """The sizes measured before with the same program on the same machine."""
    try:
        old = json.loads(RESULTS.read_text(encoding="utf-8"))
        if old["program"] == program and old["machine"] == computer:
            return old["tiers"]
        say(f"{RESULTS.name}: of another program or machine, so not kept")
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError) as error:
        say(f"{RESULTS.name}: not usable ({error})")
    return {}


def store(results):
    """Writes the results at once or not at all."""
    new = RESULTS.with_suffix(".new")
    new.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    new.replace(RESULTS)


def main():
    wanted = [int(word) for word in os.environ.get("BENCH_TIERS", "").split()] or ALL_TIERS
    rounds = int(os.environ.get("BENCH_ROUNDS", "5"))
    peers = os.environ.get("BENCH_PEERS", "").split() or list(ladder.PACKAGES)
    WORK.mkdir(parents=True, exist_ok=True)
    have = ladder.versions()
    missing = []
    for name, source in ladder.PACKAGES.items():
        if not have[name]:
            say(f"{name} is not installed ({source}): its figures are missing")
        elif name not in peers:
            say(f"{name} is left out (BENCH_PEERS)")
            have[name] = ""
        if not have[name]:
            missing.append(name)
    results = {"machine": machine(), "program": digest(PROGRAM), "versions": have, "missing": missing, "floor": measure.floor()}
    results["tiers"] = earlier(results["program"], results["machine"])
    for matters in sorted(wanted):
        begin = time.monotonic()
        failures.clear()
        measured = {"date": datetime.date.today().isoformat()}

        def keep(matters=matters, measured=measured):
            measured["failures"] = list(failures)
            tiers = results["tiers"] | {str(matters): measured}
            results["tiers"] = {key: tiers[key] for key in sorted(tiers, key=int)}
            store(results)

        attempt(f"{matters} matters", tier, matters, have, rounds, measured, keep)
        keep()
        say(f"{matters} matters: {time.monotonic() - begin:.0f} s")
    is_whole = set(map(str, ALL_TIERS)) <= set(results["tiers"]) and set(peers) >= set(ladder.PACKAGES)
    docs = pathlib.Path(os.environ.get("BENCH_DOCS") or (ROOT / "docs" if is_whole else WORK))
    pages.write(results, docs)
    print(goals.lines(results))
    say(f"wrote {docs / 'benchmarks.md'} and {docs / 'benchmarks.zh-CN.md'}")
    return any(tier["failures"] for tier in results["tiers"].values())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        pages.write(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")), pathlib.Path(sys.argv[2]))
    else:
        sys.exit(main())
