"""Load and faults: how onevisit behaves with truncated files, full disks, little memory and interruptions.

faults.py [NAME...]. Every trial must end with a correct result or a clear error; prints one line for each. Environment:
  FAULTS_MATTERS   size of the catalogs (default: 1000000)
  FAULTS_SECONDS   how long readers and writers run side by side (default: 60)
"""

import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".build" / "bench"
PROGRAM = str(ROOT / ".build" / "release" / "onevisit")
GENERATOR = str(ROOT / "Benchmarks" / "Generator" / ".build" / "release" / "catalog-generator")
MATTERS = int(os.environ.get("FAULTS_MATTERS", "1000000"))
SECONDS = float(os.environ.get("FAULTS_SECONDS", "60"))
GIGABYTE = 1 << 30


class Wrong(Exception):
    pass


class Skipped(Exception):
    pass


def expect(condition, text):
    if not condition:
        raise Wrong(text)


def catalog(form="folder", *options, matters=None):
    """A generated catalog, made if it is missing. No trial changes it."""
    matters = matters or MATTERS
    name = f"{form}-{matters}" + "".join(str(option).strip("-") for option in options)
    path = WORK / (name + (".xml" if form == "xml" else ".csv" if form == "csv" else ""))
    if not path.exists() or path.stat().st_mtime < os.stat(GENERATOR).st_mtime:
        WORK.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(path, ignore_errors=True)
        subprocess.run(
            [GENERATOR, "--matters", str(matters), "--format", form, "--out", str(path), "--source", str(ROOT / "catalog"),
             *map(str, options)], check=True, stderr=subprocess.DEVNULL)
    return path


def copied(folder, to, *changed):
    """A copy of a catalog folder, of hard links except for the files that will be changed."""
    to.mkdir()
    for file in folder.iterdir():
        if file.name in changed:
            shutil.copyfile(file, to / file.name)
        else:
            os.link(file, to / file.name)
    return to


def onevisit(*arguments, limit=None, file_limit=None, stdout=subprocess.PIPE, dies=False):
    """Runs the program. `limit`: bytes of address space. `file_limit`: bytes of a file that it writes. `dies`: the
    output may hold Swift's own report of the failed allocation before that of the program."""
    def prepare():
        if limit:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        if file_limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

    start = time.monotonic()
    done = subprocess.run(
        [PROGRAM, *map(str, arguments), "--language", "en"], stdout=stdout, stderr=subprocess.PIPE, preexec_fn=prepare,
        check=False)
    done.seconds = time.monotonic() - start
    done.said = done.stderr.decode(errors="replace").strip()
    expect(dies or done.returncode >= 0, f"died of signal {-done.returncode}: {done.said[-300:]}")
    expect(dies or "Fatal error" not in done.said, done.said[-300:])
    return done


def checked(path, *options, **keywords):
    done = onevisit("validate", path, "--as-of", "2023-01-15", "--format", "json", *options, **keywords)
    return done, json.loads(done.stdout) if done.stdout else None


def trial_cut_xml(folder):
    """XML cut short at 200 MB, in the middle of a character"""
    source = catalog("xml")
    cut = min(200_000_000, source.stat().st_size // 2)
    path = folder / "cut.xml"
    with open(source, "rb") as whole, open(path, "wb") as part:
        left = cut
        while left > 0:
            chunk = whole.read(min(left, 1 << 20))
            part.write(chunk)
            left -= len(chunk)
        lines = 0
    with open(path, "rb") as part:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: part.read(1 << 20), b""))
    done, report = checked(path)
    expect(done.returncode == 2, f"status {done.returncode}")
    finding = next((f for f in report["findings"] if f["rule"] == "xml-syntax"), None)
    expect(finding, "no xml-syntax")
    expect(abs(finding["line"] - lines) <= 2, f"line {finding['line']} of {lines}")
    return f"status 2, xml-syntax at line {finding['line']:,} of {lines + 1:,}, {done.seconds:.1f} s"


def trial_cut_table(folder):
    """items.csv cut short in the middle of a row"""
    source = catalog()
    copy = copied(source, folder / "cut", "items.csv")
    table = copy / "items.csv"
    size = min(200_000_000, table.stat().st_size * 2 // 3)
    os.truncate(table, size)
    with open(table, "rb") as file:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) + 1
    done, report = checked(copy)
    expect(done.returncode == 1, f"status {done.returncode}")
    rules = {f["rule"]: f["line"] for f in report["findings"] if f["line"] == lines}
    expect(rules, f"no finding in the last line, {lines}")
    return f"status 1, {', '.join(sorted(rules))} in line {lines:,}, {done.seconds:.1f} s"


def trial_last_line(folder):
    """A defect in the last line of a million"""
    copy = copied(catalog(), folder / "last", "matters.csv")
    table = copy / "matters.csv"
    data = table.read_bytes()
    start = data.rindex(b"\n", 0, -1) + 1
    row = data[start:].decode().split(",")
    row[6] = "见附件说明"
    table.write_bytes(data[:start] + ",".join(row).encode())
    lines = data.count(b"\n")
    del data
    done, report = checked(copy)
    found = [f for f in report["findings"] if f["severity"] == "error"]
    expect(done.returncode == 1 and len(found) == 1, f"status {done.returncode}, {len(found)} errors")
    expect(found[0]["rule"] == "unreadable-deadline" and found[0]["line"] == lines, str(found[0])[:200])
    return f"unreadable-deadline in line {lines:,}, nothing else, {done.seconds:.1f} s"


def trial_million_findings(folder):
    """A million findings, all of them written, and capped"""
    matters = MATTERS * 13 // 10
    source = catalog("folder", "--defects", matters, "--kinds", "stray-space", matters=matters)
    report = folder / "report.json"
    capped = onevisit("validate", source, "--as-of", "2023-01-15")
    expect(capped.returncode == 0, f"status {capped.returncode}: {capped.said[-300:]}")
    expect(len(capped.stdout) < 1_000_000, f"the capped report has {len(capped.stdout)} bytes")
    with open(report, "wb") as file:
        done = onevisit("validate", source, "--as-of", "2023-01-15", "--format", "json", "--max-findings", "0", stdout=file)
    expect(done.returncode == 0, f"status {done.returncode}: {done.said[-300:]}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    with open(report, encoding="utf-8") as file:
        result = json.load(file)
    found = sum(1 for f in result["findings"] if f["rule"] == "stray-space")
    expect(found >= matters * 0.78, f"{found} of stray-space")
    expect(result["summary"]["warnings"] == found, str(result["summary"]))
    return (f"{found:,} findings in {os.path.getsize(report) / 1e6:.0f} MB of JSON in {done.seconds:.1f} s; "
            f"capped: {len(capped.stdout) / 1e3:.0f} kB in {capped.seconds:.1f} s; peak so far {peak / 1e6:.0f} MB")


def trial_disk_full(folder):
    """A disk that fills during export"""
    disk = folder / "disk"
    disk.mkdir()
    # Less than any of the exports takes.
    room = min(16 << 20, MATTERS * 50)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(disk)], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=False).returncode == 0
    try:
        old = disk / "old.xml"
        old.write_bytes(b"as it was")
        message = ""
        for form in (["xml"], ["csv"], ["json"]):
            # Without the right to mount a small disk, a limit on the file size has the same effect.
            done = onevisit("export", *form, "--catalog", catalog(), "-o", old, file_limit=None if mounted else room)
            expect(done.returncode == 2, f"{form}: status {done.returncode}: {done.said[-300:]}")
            expect(old.read_bytes() == b"as it was", f"{form}: the old file is not as it was")
            expect(os.listdir(disk) == ["old.xml"], f"{form}: left behind {os.listdir(disk)}")
            message = done.said.splitlines()[-1]
        how = "" if mounted else " (no right to mount a small disk: a limit on the size of files instead)"
        return f"status 2, the old file as it was: {message.replace(str(disk), '…')}{how}"
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=False)


def trial_little_memory(folder):
    """Address space limited to 1 GB"""
    results = []
    for path in (catalog(), catalog("xml")):
        done, report = checked(path, limit=GIGABYTE)
        if report:
            expect(done.returncode == 0 and report["summary"]["matters"] == MATTERS, f"{path}: {report['summary']}")
            results.append(f"{path.name}: correct result")
        else:
            expect(done.returncode == 2 and done.said, f"{path}: status {done.returncode} without a message")
            results.append(f"{path.name}: status 2, {done.said.splitlines()[-1]}")
    return "; ".join(results)


def trial_deadlines_memory(folder):
    """The deadline board in not much more memory than the list of matters"""
    def peak(*arguments):
        with open(os.devnull, "wb") as nowhere:
            program = subprocess.Popen([PROGRAM, *arguments, "--catalog", str(catalog())], stdout=nowhere, stderr=nowhere)
            _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        expect(program.returncode == 0, f"{arguments}: status {program.returncode}")
        return usage.ru_maxrss / 1024
    base = peak("list")
    day = ("deadlines", "--as-of", "2023-01-20")
    boards = {" ".join(options) or "by matter": peak(*day, *options) for options in ((), ("--by", "lead"), ("--by", "day"))}
    expect(max(boards.values()) < 1.5 * base, f"list {base:.0f} MB, deadlines {boards}")
    return f"list {base:.0f} MB; deadlines " + ", ".join(f"{name} {size:.0f} MB" for name, size in boards.items())


def trial_too_little_memory(folder):
    """Address space limited to less than is needed"""
    copy = copied(catalog(), folder / "copy")
    before = {file.name: (file.stat().st_size, file.stat().st_ino) for file in copy.iterdir()}
    need = sum(size for size, _ in before.values())
    short, enough, crashed = 0, 0, 0
    for arguments, fine in (
            (["validate", copy, "--max-findings", "0", "-o", folder / "report"], (0, 1)),
            (["export", "json", "--catalog", copy, "-o", folder / "out.json"], (0,)),
            (["import", catalog("xml"), "--into", copy, "--dry-run"], (0,))):
        for share in (4, 3, 2, 1.5, 1, 0.5):
            done = onevisit(*arguments, limit=int(need * share) + (64 << 20), stdout=subprocess.DEVNULL, dies=True)
            if done.returncode in fine:
                enough += 1
                continue
            if done.returncode == 127 and "loading shared libraries" in done.said:
                # The limit is too low for the program itself.
                continue
            if done.returncode < 0:
                # Swift's runtime itself crashes where it needs memory for its own purposes: rare, and a crash looks like one.
                crashed += 1
                expect({file.name: (file.stat().st_size, file.stat().st_ino) for file in copy.iterdir()} == before,
                       "the catalog is not as it was")
                continue
            short += 1
            # With two threads out of memory, the report of one may follow Swift's own. A file that cannot be read for want of
            # memory is a finding, in the report that was asked for.
            report = folder / "report"
            said = done.said + (report.read_text(errors="replace") if report.exists() else "")
            expect(done.returncode == 2 and ("out of memory" in said or "not enough memory" in said),
                   f"{arguments[0]} with {share} times the size: status {done.returncode}: {said[-300:]}")
            left = sorted(os.listdir(folder))
            expect(set(left) <= {"copy", "report", "out.json"}, f"left behind {left}")
            expect({file.name: (file.stat().st_size, file.stat().st_ino) for file in copy.iterdir()} == before,
                   "the catalog is not as it was")
    expect(short > 0, "memory was always sufficient")
    expect(crashed <= 3, f"crashed {crashed} times")
    return f"{short} times status 2 and out of memory, {enough} times the correct result, {crashed} crashes of the runtime"


def trial_closed_pipe(folder):
    """A reader that leaves after the first line"""
    for arguments in (["export", "xml"], ["export", "csv"], ["export", "json"], ["list", "--format", "csv"]):
        program = subprocess.Popen(
            [PROGRAM, *arguments, "--catalog", str(catalog()), "--language", "en"], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        program.stdout.readline()
        program.stdout.close()
        said = program.stderr.read().decode(errors="replace")
        status = program.wait(60)
        expect(status == 0, f"{arguments}: status {status}: {said[-300:]}")
        expect("rror" not in said, f"{arguments}: {said[-300:]}")
    return "status 0, no message"


def trial_interrupted(folder):
    """Ctrl-C in the middle of writing"""
    target = folder / "out"
    target.mkdir()
    old = target / "catalog.xml"
    old.write_bytes(b"as it was")

    def written(program):
        """Bytes written so far; None when it has ended."""
        try:
            return int(pathlib.Path(f"/proc/{program.pid}/io").read_text().split("wchar:")[1].split()[0])
        except (OSError, IndexError):
            return None

    def interrupted(source, amount):
        """Seconds from the signal to the end; None if it was done before it could be interrupted."""
        program = subprocess.Popen(
            [PROGRAM, "export", "xml", "--catalog", str(source), "-o", str(old)], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A shell without a terminal starts background jobs with SIGINT ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        # Polled without a pause: a small catalog is written within milliseconds.
        done = written(program)
        while done is not None and done < amount and program.poll() is None:
            done = written(program)
        sent = time.monotonic()
        program.send_signal(signal.SIGINT)
        status = program.wait(10)
        seconds = time.monotonic() - sent
        # The guard process may need a moment to remove its files.
        for _ in range(1000):
            left = os.listdir(target)
            if left == ["catalog.xml"]:
                break
            time.sleep(0.02)
        expect(left == ["catalog.xml"], f"after {amount} bytes left behind {left}")
        if status == 0:
            old.write_bytes(b"as it was")
            return None
        expect(old.read_bytes() == b"as it was", f"after {amount} bytes the old file is not as it was")
        return seconds

    slowest = 0
    matters = max(MATTERS, 200_000)
    source = catalog(matters=matters)
    # The output of a million matters has 900 MB: from its first bytes to late in it.
    amounts = [share * matters for share in (1, 100, 300, 600)]
    for amount in amounts:
        seconds = next((s for s in (interrupted(source, amount) for _ in range(20)) if s is not None), None)
        expect(seconds is not None, f"it ended before it could be interrupted after {amount} bytes, in twenty attempts")
        slowest = max(slowest, seconds)
    return f"{len(amounts)} interruptions left nothing behind and the old file unchanged; it ended within {slowest * 1000:.0f} ms"


def trial_readers_and_writers(folder):
    """Exports and checks of a folder that imports replace at full speed"""
    target = folder / "catalog"
    onevisit("init", target)
    documents, wanted = [], set()
    for number, name in enumerate(["公民婚育", "公民结婚生育"]):
        table = target / "matters.csv"
        table.write_text(table.read_text(encoding="utf-8").replace("公民婚育", name), encoding="utf-8")
        items = target / "items.csv"
        items.write_text(items.read_text(encoding="utf-8").replace("人社部门", f"人社部门{'' if number == 0 else '、公安部门'}"),
                         encoding="utf-8")
        documents.append(folder / f"{number}.xml")
        expect(onevisit("export", "xml", "--catalog", target, "-o", documents[-1]).returncode == 0, "no export")
        # As an import writes it.
        expect(onevisit("import", documents[-1], "--into", target, "--replace").returncode == 0, "no import")
        wanted.add(onevisit("export", "xml", "--catalog", target).stdout)
    expect(len(wanted) == 2, "the two catalogs are the same")
    end = time.monotonic() + SECONDS
    counts = {"imports": 0, "exports": 0, "checks": 0}
    wrong = []

    def write():
        while time.monotonic() < end and not wrong:
            done = onevisit("import", documents[counts["imports"] % 2], "--into", target, "--replace")
            if done.returncode != 0:
                wrong.append(f"import: status {done.returncode}, {done.said[-200:]}")
            counts["imports"] += 1

    def export():
        while time.monotonic() < end and not wrong:
            done = onevisit("export", "xml", "--catalog", target)
            if done.returncode != 0 or done.stdout not in wanted:
                wrong.append(f"export {counts['exports']}: status {done.returncode}, {len(done.stdout)} bytes of neither catalog")
            counts["exports"] += 1

    def check():
        while time.monotonic() < end and not wrong:
            _, report = checked(target)
            found = [f["rule"] for f in report["findings"] if f["severity"] == "error"] if report else ["no report"]
            if found or report["summary"]["matters"] != 241:
                wrong.append(f"check {counts['checks']}: {found[:3]}")
            counts["checks"] += 1

    def watched(body):
        try:
            body()
        except (Wrong, json.JSONDecodeError) as error:
            wrong.append(str(error))

    threads = [threading.Thread(target=watched, args=(body,)) for body in (write, export, check)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(not wrong, "; ".join(wrong))
    expect(sorted(path.name for path in folder.iterdir()) == ["0.xml", "1.xml", "catalog"], "something is left behind")
    return f"{counts['imports']:,} imports, {counts['exports']:,} exports and {counts['checks']:,} checks in {SECONDS:.0f} s, all whole"


TRIALS = {name[6:]: function for name, function in globals().items() if name.startswith("trial_")}


def main():
    names = sys.argv[1:] or list(TRIALS)
    results = {}
    print(f"faults: catalogs of {MATTERS:,} matters; the trials are named for a million", flush=True)
    for name in names:
        with tempfile.TemporaryDirectory(dir=WORK) as folder:
            try:
                text = TRIALS[name](pathlib.Path(folder))
                verdict = "passed"
            except Skipped as reason:
                text, verdict = str(reason), "skipped"
            except (Wrong, json.JSONDecodeError, subprocess.TimeoutExpired) as wrong:
                text, verdict = str(wrong), "FAILED"
        results[name] = {"verdict": verdict, "text": text}
        print(f"{verdict:8}{(TRIALS[name].__doc__ or name).strip()}: {text}", flush=True)
    (WORK / "faults.json").write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    verdicts = {result["verdict"] for result in results.values()}
    return "FAILED" in verdicts or ("skipped" in verdicts and bool(os.environ.get("ONEVISIT_REQUIRE_TOOLS")))


if __name__ == "__main__":
    WORK.mkdir(parents=True, exist_ok=True)
    sys.exit(main())
