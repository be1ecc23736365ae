"""The other programs of the benchmarks, from the one that does least to the one that does most: what each of them does,
how it is called, and its version."""

import pathlib
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".build" / "bench"
PROGRAM = str(ROOT / ".build" / "release" / "onevisit")
PYTHON = str(ROOT / ".tools" / "venv" / "bin" / "python")
FRICTIONLESS = str(ROOT / ".tools" / "venv" / "bin" / "frictionless")
SCHEMA = str(ROOT / "schemas" / "service-catalog.xsd")
SCRIPTS = ROOT / "Benchmarks" / "peers"
# An example of libcsv that is shipped as source: it counts the cells, with a call for each of them.
CSVINFO_SOURCE = pathlib.Path("/usr/share/doc/libcsv-dev/examples/csvinfo.c")
CSVINFO = str(WORK / "csvinfo")
# What has to be installed, by the name under which its version is recorded, and where it comes from.
PACKAGES = {
    "wc": "coreutils", "zsv": "github.com/liquidaty/zsv", "libcsv": "libcsv-dev", "pyarrow": "PyPI", "polars": "PyPI",
    "duckdb": "PyPI", "frictionless": "PyPI", "xmllint": "libxml2-utils", "expat": "expat", "xerces": "libxerces-c-samples",
}


@dataclass(frozen=True)
class Rung:
    """A program that reads the same data."""

    name: str
    package: str
    does: tuple
    """What it does, in Chinese and in English."""
    words: tuple
    """Its command; {} stands for the folder or the document."""
    most: dict = field(default_factory=dict)
    """The most rounds at a size; 0 where it does not run. The size of 0 is for all that are not named."""

    def rounds(self, matters, otherwise):
        return min(self.most.get(matters, self.most.get(0, otherwise)), otherwise)

    def command(self, path):
        return [word.replace("{}", path) for word in self.words]


TWO = 2_000_000
# A Python process takes a while: not so many rounds where it is small.
PYTHON_ROUNDS = {241: 5, 5_000: 5, TWO: 1}
TABLES = ("{}/matters.csv", "{}/items.csv")
FOLDER = [
    Rung("wc -l", "wc", ("数两张表的行", "counts the lines of both tables"), ("wc", "-l", *TABLES), {TWO: 1}),
    # zsv takes one file.
    Rung("zsv count", "zsv", ("把两张表分成单元格并数行，单核", "splits both tables into cells and counts the rows, on one core"),
         ("sh", "-c", 'zsv count "$0/matters.csv" && zsv count "$0/items.csv"', "{}"), {TWO: 1}),
    Rung("libcsv csvinfo", "libcsv", ("两张表逐格调用函数，单核", "calls a function for each cell of both tables, on one core"),
         (CSVINFO, *TABLES), {TWO: 0}),
    Rung("wc -m", "wc", ("数两张表的字符（UTF-8）", "counts the characters of both tables (UTF-8)"),
         ("env", "LC_ALL=C.UTF-8", "wc", "-m", *TABLES), {TWO: 0}),
    Rung("pyarrow.csv", "pyarrow", ("读取两张表各列，多核", "reads the columns of both tables, on all cores"),
         (PYTHON, str(SCRIPTS / "pyarrow_read.py"), "{}"), PYTHON_ROUNDS),
    Rung("polars", "polars", ("读取两张表各列，多核", "reads the columns of both tables, on all cores"),
         (PYTHON, str(SCRIPTS / "polars_read.py"), "{}"), PYTHON_ROUNDS),
    Rung("DuckDB", "duckdb", ("读取两张表，做五项检查，多核", "reads both tables and makes five checks, on all cores"),
         (PYTHON, str(SCRIPTS / "duckdb_checks.py"), "{}"), PYTHON_ROUNDS),
    Rung("frictionless", "frictionless", ("按 datapackage.json 查单元格、类型和键", "checks the cells, types and keys of datapackage.json"),
         (FRICTIONLESS, "validate", "{}/datapackage.json"), {0: 3, 1_000_000: 1, TWO: 0}),
]
XML = [
    Rung("xmllint --sax", "xmllint", ("libxml2 的 SAX，不作处理", "libxml2's SAX with empty handlers"),
         ("xmllint", "--sax", "--noout", "{}"), {TWO: 1}),
    # Without -r the file is mapped, which takes longer and counts as memory.
    Rung("expat", "expat", ("xmlwf -t -r，只查语法", "xmlwf -t -r: syntax alone"), ("xmlwf", "-t", "-r", "{}"), {TWO: 0}),
    Rung("xmllint --stream", "xmllint", ("libxml2 的流式读取，只查语法", "libxml2's streaming reader: syntax alone"),
         ("xmllint", "--stream", "--noout", "{}"), {TWO: 0}),
    Rung("xmllint --stream --schema", "xmllint", ("同上，并按 XSD 检查", "the same, and the XSD"),
         ("xmllint", "--stream", "--noout", "--schema", SCHEMA, "{}"), {TWO: 0}),
    Rung("Xerces", "xerces", ("SAX2Count -v=always：SAX 并按 XSD 检查", "SAX2Count -v=always: SAX and the XSD"),
         ("SAX2Count", "-v=always", "{hinted}"), {TWO: 0}),
]


def output(*command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError:
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def found(pattern, text):
    match = re.search(pattern, text)
    return match[1] if match else ""


def package(name, program):
    """The version of a Debian package whose program does not name it; empty if the program is not there."""
    if not shutil.which(program):
        return ""
    version = output("dpkg-query", "-W", "-f", "${Version}", name).strip()
    return version.split("-")[0].split("+")[0] or "?"


def csvinfo():
    """The version of libcsv, with its example compiled."""
    if not pathlib.Path(CSVINFO).exists():
        compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
        if not compiler or not CSVINFO_SOURCE.exists():
            return ""
        WORK.mkdir(parents=True, exist_ok=True)
        output(compiler, "-O2", str(CSVINFO_SOURCE), "-o", CSVINFO, "-lcsv")
    return package("libcsv3", CSVINFO)


def versions():
    """The versions of the programs; empty for a peer that is missing."""

    def module(name):
        return output(PYTHON, "-c", f"import {name}; print({name}.__version__)").strip()

    # 20914 is 2.9.14.
    libxml = re.search(r"libxml version (\d)(\d\d)(\d\d)", output("xmllint", "--version"))
    return {
        "onevisit": output(PROGRAM, "--version").strip(),
        "swift": found(r"Swift version (\S+)", output("swift", "--version")),
        "wc": found(r"coreutils\) (\S+)", output("wc", "--version")),
        "zsv": found(r"version (\S+)", output("zsv", "version")),
        "libcsv": csvinfo(),
        "pyarrow": module("pyarrow"), "polars": module("polars"), "duckdb": module("duckdb"),
        "frictionless": output(FRICTIONLESS, "--version").strip().split("\n")[-1],
        "xmllint": ".".join(str(int(part)) for part in libxml.groups()) if libxml else "",
        "expat": found(r"expat_(\S+)", output("xmlwf", "-v")),
        "xerces": package("libxerces-c-samples", "SAX2Count"),
        "python": platform.python_version(),
    }


def hinted(path):
    """A copy of a document that names the schema, which Xerces finds in no other way."""
    copy = pathlib.Path(path).with_suffix(".hinted.xml")
    if copy.exists() and copy.stat().st_mtime >= pathlib.Path(path).stat().st_mtime:
        return str(copy)
    hint = (f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="urn:onevisit:service-catalog:1 {SCHEMA}" ').encode()
    with open(path, "rb") as old, open(copy, "wb") as new:
        head = old.read(4096)
        root = b"<serviceCatalog "
        at = head.index(root) + len(root)
        new.write(head[:at] + hint + head[at:])
        shutil.copyfileobj(old, new, 1 << 22)
    return str(copy)


def contestants(rungs, path, matters, rounds, have):
    """The commands of the programs that are installed, for `measure.interleaved`."""
    out = {}
    for rung in rungs:
        count = rung.rounds(matters, rounds)
        if count and have.get(rung.package):
            words = rung.command(path)
            if "{hinted}" in words:
                copy = hinted(path)
                words = [copy if word == "{hinted}" else word for word in words]
            out[rung.name] = (words, {"rounds": count})
    return out
