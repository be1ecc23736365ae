"""Checks the benchmarks' own tools, without running a benchmark. Prints what is wrong.

benchmarks.py charts PICTURE…   every text of the pictures lies inside them, and none upon another
benchmarks.py wrong             a matter is changed in every row, wherever a block of the file ends
benchmarks.py launcher          both launchers report how a program ended, and what it used
benchmarks.py kept              which figures of an earlier run are kept
benchmarks.py incomplete        pages of results in which anything may be missing
"""

import copy
import json
import pathlib
import random
import re
import shutil
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
sys.path.insert(0, str(ROOT / "Benchmarks"))
sys.dont_write_bytecode = True

import bench  # noqa: E402
import measure  # noqa: E402
import pages  # noqa: E402
import wrong  # noqa: E402

FIXTURE = ROOT / "Tests" / "ToolTests" / "Fixtures" / "benchmarks.json"
problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)


def box(element):
    """Where a text stands: left, top, right, bottom. Wide characters are as wide as the letters are high."""
    size = {"head": 15, "soft": 12, "goal": 12}.get(element.get("class"), 13)
    width = sum(size if unicodedata.east_asian_width(sign) in "WF" else size * 0.6 for sign in element.text)
    left, base = float(element.get("x")), float(element.get("y"))
    if element.get("text-anchor") == "end":
        left -= width
    return left, base - size * 0.8, left + width, base + size * 0.2


def charts(*files):
    for file in map(pathlib.Path, files):
        root = ElementTree.parse(file).getroot()
        _, _, width, height = map(float, root.get("viewBox").split())
        spaces = "{http://www.w3.org/2000/svg}"
        texts = [(element.text, box(element)) for element in root.iter(spaces + "text")]
        expect(len(texts) > 2, f"{file.name}: has {len(texts)} texts")
        for text, (left, top, right, bottom) in texts:
            expect(left >= 2 and right <= width - 2 and top >= 2 and bottom <= height - 2, f"{file.name}: “{text}” leaves the picture")
        for index, (text, one) in enumerate(texts):
            for other, two in texts[index + 1:]:
                apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
                expect(apart, f"{file.name}: “{text}” lies upon “{other}”")
        for mark in root.iter(spaces + "line"):
            at, top, bottom = (float(mark.get(name)) for name in ("x1", "y1", "y2"))
            for text, one in texts if mark.get("class") == "mark" else []:
                apart = not one[0] < at < one[2] or one[3] <= top or bottom <= one[1] + 1
                expect(apart, f"{file.name}: a goal is drawn upon “{text}”")
        for bar in root.iter(spaces + "rect"):
            end = float(bar.get("x")) + float(bar.get("width"))
            expect(0 < float(bar.get("width")) and end < width, f"{file.name}: a bar ends at {end}")


def check_wrong():
    generator = random.Random(1)
    rows = ["id,list,number,audience,name,lead\n"]
    matters = []
    for number in range(1, 60):
        name = generator.choice(["开店", '"开店,再开店"', "a" * generator.randrange(1, 40)])
        rows.append(f"2-{number:03},second,{number},individual,{name},市公安局\n")
        matters.append(f'<matter id="2-{number:03}" list="second" number="{number}" audience="individual">\n<name>x{number}</name>\n'
                       + "<item/>" * generator.randrange(4) + "</matter>\n")
    xml = '<?xml version="1.0"?>\n<serviceCatalog>\n<list matters="59"/>\n' + "".join(matters) + "</serviceCatalog>\n"
    with tempfile.TemporaryDirectory() as name:
        source, target = pathlib.Path(name) / "old", pathlib.Path(name) / "new"
        for form, content, start in ((1, "".join(rows), b"\n"), (2, xml, b"\n<matter ")):
            source.write_text(content, encoding="utf-8")
            for kind in wrong.KINDS:
                results = set()
                for size in [1, 7, 64, 100, 1000, 1 << 20, *(generator.randrange(1, 400) for _ in range(20))]:
                    wrong.BLOCK = size
                    count = wrong.rewrite(source, target, *wrong.KINDS[kind][form], start)
                    expect(count == 59, f"{kind}: {count} changed with blocks of {size}")
                    results.add(target.read_bytes())
                expect(len(results) == 1 and source.read_bytes() not in results, f"{kind}: {len(results)} results")
    report = {"summary": {"errors": 1, "warnings": 7, "notes": 1, "consequences": 5},
              "findings": [{"rule": "a", "consequences": 5}, {"rule": "b", "consequences": None}, {"rule": "c"}],
              "omitted": [{"rule": "b", "open": 6}]}
    expect(wrong.findings(report) == {"found": 14, "rule": "b"}, f"counted {wrong.findings(report)}")


def launcher():
    compiled = measure.launcher()
    for command in {tuple(compiled), (sys.executable, "-S", "-E", str(measure.HERE / "launch.py"))}:
        measure.launcher = lambda command=command: list(command)
        for words, status in ((["/bin/true"], 0), (["sh", "-c", "exit 3"], 3), (["sh", "-c", "kill -9 $$"], -9),
                              (["/no/such/program"], 127)):
            run = measure.run(words, allowed=(status,))
            expect(run.status == status and 0 < run.wall < 60 and 0 < run.peak < 1 << 30, f"{command[0]} {words}: {run}")
        try:
            measure.run(["sh", "-c", "exit 3"])
            expect(False, "a status that is not allowed does not fail")
        except measure.Failed as error:
            expect("status 3" in str(error), str(error))
        # 64 MiB, written to.
        run = measure.run([sys.executable, "-S", "-E", "-c", "b'x' * (64 << 20)"])
        expect(run.peak > 64 << 20, f"{command[0]}: a peak of {run.peak}")
    if shutil.which("cc"):
        expect(len(compiled) == 1, "launch.c was not compiled")


def kept():
    results = json.loads(FIXTURE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        bench.RESULTS = pathlib.Path(name) / "results.json"
        expect(bench.earlier(results["program"], results["machine"]) == {}, "without a file, figures are kept")
        bench.store(results)
        expect(bench.earlier(results["program"], results["machine"]) == results["tiers"], "the figures are not kept")
        expect(bench.earlier("other", results["machine"]) == {}, "figures of another program are kept")
        expect(bench.earlier(results["program"], results["machine"] | {"cores": 96}) == {}, "those of another machine are kept")
        for damaged in ("", "[]", "{}", "null", '{"program": 1', json.dumps(results)[:-9]):
            bench.RESULTS.write_text(damaged, encoding="utf-8")
            expect(bench.earlier(results["program"], results["machine"]) == {}, f"kept from {damaged[:20]}")


def incomplete():
    results = json.loads(FIXTURE.read_text(encoding="utf-8"))
    generator = random.Random(2)
    for _ in range(120):
        some = copy.deepcopy(results)
        for matters in list(some["tiers"]):
            tier = some["tiers"][matters]
            if generator.random() < 0.25:
                del some["tiers"][matters]
            elif generator.random() < 0.1:
                some["tiers"][matters] = {"date": "2026-11-30", "failures": [f"{matters} matters: nothing"]}
            else:
                for part in [key for key in tier if key not in ("sizes", "date", "failures")]:
                    if generator.random() < 0.3:
                        tier[part] = {} if generator.random() < 0.5 else tier[part]
                    for name in list(tier[part]):
                        if generator.random() < 0.15 and part != "found":
                            del tier[part][name]
        some["missing"] = generator.sample(list(bench.ladder.PACKAGES), generator.randrange(4))
        with tempfile.TemporaryDirectory() as name:
            pages.write(some, name)
            for page in pathlib.Path(name).glob("*.md"):
                for picture in re.findall(r"\]\((pictures/[^)]*)\)", page.read_text(encoding="utf-8")):
                    ElementTree.parse(pathlib.Path(name) / picture)
                lines = page.read_text(encoding="utf-8").split("\n")
                for above, line in zip(lines, lines[1:]):
                    if above.startswith("|") and line.startswith("|"):
                        expect(above.count("|") == line.count("|"), f"{page.name}: {above} and {line} differ in columns")


{"charts": charts, "wrong": check_wrong, "launcher": launcher, "kept": kept, "incomplete": incomplete}[sys.argv[1]](*sys.argv[2:])
print("\n".join(problems))
sys.exit(bool(problems))
