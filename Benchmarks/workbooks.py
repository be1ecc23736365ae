"""Workbooks beside openpyxl and python-calamine: workbooks.py [MATTERS]. Writes Benchmarks/workbooks.md, its Chinese twin,
and the section of both in docs/benchmarks.md and docs/benchmarks.zh-CN.md. Takes less than three minutes on an idle
machine; needs `swift build -c release` here and in Benchmarks/Generator, and `make tools`."""

import datetime
import os
import pathlib
import re
import subprocess
import sys
import time

import bench
import measure

PEERS = str(bench.ROOT / "Benchmarks" / "peers" / "workbook_peers.py")
WORK = bench.WORK
DOCS = bench.ROOT / "docs"


def seconds(wall):
    return f"{wall:.2f} s"


def megabytes(count):
    return f"{count / 1e6:.0f} MB"


def section(title, head, rows, tail):
    lines = [f"## {title}", "", head[0], "", "| " + " | ".join(head[1]) + " |", "|---|" + "---:|" * (len(head[1]) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines + ["", tail, ""])


def place(page, text):
    """Puts the section into a page, before the notes."""
    title = text.split("\n", 1)[0]
    content = page.read_text(encoding="utf-8")
    content = re.sub(re.escape(title) + r"\n.*?(?=\n## )\n", "", content, flags=re.S)
    notes = [m.start() for m in re.finditer(r"^## ", content, flags=re.M)][-1]
    page.write_text(content[:notes] + text + "\n" + content[notes:], encoding="utf-8")


def main():
    matters = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    WORK.mkdir(parents=True, exist_ok=True)
    folder, _ = bench.generate(matters, "folder")
    ours, theirs = str(WORK / "ours.xlsx"), str(WORK / "theirs.xlsx")
    quiet = {"allowed": (0, 1)}
    start = time.monotonic()
    written = measure.interleaved({
        "ours": ([bench.PROGRAM, "export", "xlsx", "--catalog", folder, "-o", ours], quiet),
        "openpyxl": ([bench.PYTHON, PEERS, "write", folder, theirs], quiet | {"rounds": 1}),
    }, 3)
    read = measure.interleaved({
        "ours": ([bench.PROGRAM, "list", "--catalog", ours, "--name", "没有这个名称"], quiet),
        "openpyxl": ([bench.PYTHON, PEERS, "read", ours], quiet | {"rounds": 1}),
        "calamine": ([bench.PYTHON, PEERS, "calamine", ours], quiet),
    }, 3)
    checked = str(WORK / "checked.xlsx")
    small, empty = str(WORK / "small.xlsx"), str(WORK / "empty.xlsx")
    subprocess.run([bench.PROGRAM, "export", "xlsx", "--catalog", str(bench.ROOT / "catalog"), "-o", small], check=True,
                   stderr=subprocess.DEVNULL)
    subprocess.run([bench.PYTHON, PEERS, "empty", small, empty], check=True)
    alone = measure.interleaved({
        "check": ([bench.PROGRAM, "validate", ours, "--as-of", bench.AS_OF, "--format", "xlsx", "-o", checked], quiet),
        "empty": ([bench.PROGRAM, "validate", empty, "--as-of", bench.AS_OF], quiet),
    }, 3)
    print(f"{time.monotonic() - start:.0f} s in all", file=sys.stderr)
    size = os.stat(ours).st_size
    version = bench.output(bench.PYTHON, "-c", "import openpyxl, python_calamine as c; print(openpyxl.__version__)").strip()

    def row(name, own, peer, peer_name):
        return [name, seconds(own.wall), megabytes(own.peak), peer_name, seconds(peer.wall), megabytes(peer.peak),
                f"{own.wall / peer.wall:.2f}"]

    def lone(name, own):
        return [name, seconds(own.wall), megabytes(own.peak), "–", "–", "–", "–"]

    date = datetime.date.today().isoformat()
    for language in ("en", "zh"):
        en = language == "en"
        rows = [
            row("writing" if en else "写出", written["ours"], written["openpyxl"], "openpyxl write-only"),
            row("reading" if en else "读取", read["ours"], read["openpyxl"], "openpyxl read-only"),
            row("reading" if en else "读取", read["ours"], read["calamine"], "python-calamine"),
            lone("check, result as a workbook" if en else "检查并写出带批注的工作簿", alone["check"]),
            lone("check of a sheet with a million formatted empty rows" if en else "检查带一百万个空行（有格式）的工作表",
                 alone["empty"]),
        ]
        if en:
            text = section(
                "Workbooks",
                (f"{date}; {matters:,} matters, a workbook of {megabytes(size)}; openpyxl {version}. Whole processes: "
                 "medians of three runs, openpyxl one run. `Benchmarks/workbooks.py`.",
                 ["", "onevisit", "memory", "beside", "time", "memory", "onevisit ÷ it"]), rows,
                "onevisit also resolves every name and due date while it reads; the others only give the texts of the cells. The "
                "workbook with empty rows holds the 241 matters of the built-in catalog and a million rows of 14 formatted "
                f"cells, {megabytes(os.stat(empty).st_size)} compressed (goal: 5 s and 200 MB).")
        else:
            text = section(
                "工作簿",
                (f"{date}；{matters:,} 件事，工作簿 {megabytes(size)}；openpyxl {version}。各数为整个进程三次运行的中位数，openpyxl "
                 "运行一次。`Benchmarks/workbooks.py`。",
                 ["", "onevisit", "内存", "对照", "时间", "内存", "onevisit ÷ 对照"]), rows,
                "onevisit 读取时还解析每个名称和期限；对照程序只取单元格文字。带空行的工作簿含内置目录的 241 件事和一百万行、每行 14 个有格式的空单元格，"
                f"压缩后 {megabytes(os.stat(empty).st_size)}（目标：5 秒、200 MB）。")
        name = "workbooks.md" if en else "workbooks.zh-CN.md"
        pathlib.Path(__file__).with_name(name).write_text(text, encoding="utf-8")
        place(DOCS / ("benchmarks.md" if en else "benchmarks.zh-CN.md"), text)
        print(text)


if __name__ == "__main__":
    main()
