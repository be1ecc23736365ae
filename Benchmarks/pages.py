"""Writes what was measured as two pages, in English and in Chinese."""

import json
import pathlib

import diff

MB = 1_000_000
# Milliseconds: of what takes less, the growth would be noise.
LONG = 20


def write(results, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmarks.md").write_text(page(results, 1), encoding="utf-8")
    (folder / "benchmarks.zh-CN.md").write_text(page(results, 0), encoding="utf-8")


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def size(value):
    return f"{value / MB:.0f} MB" if value >= 10 * MB else f"{value / MB:.1f} MB"


def count(value):
    return f"{value:,}"


def table(head, rows):
    """A table in Markdown; numbers to the right, the first column to the left."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows] + [""]


def goals(results):
    """(what in Chinese and English, sense, limit, format of a value, value or None if it was not measured)."""
    tiers = results["tiers"]
    out = []

    def get(*path):
        value = tiers
        for key in path:
            if not isinstance(value, dict) or key not in value:
                return None
            value = value[key]
        return value

    def add(zh, en, sense, limit, form, value):
        out.append(((zh, en), sense, limit, form, value))

    def ratio(above, below, what="wall"):
        return above[what] / below[what] if above and below and below[what] else None

    def times(value):
        return f"{value:.2f} ×"

    def binary(value):
        return f"{value / (1 << 20):.4g} MiB"

    def peak(cost):
        return cost["peak"] if cost else None

    one, two, small = "1000000", "2000000", "241"
    gigabyte = 1 << 30
    ours = get(one, "folder", "onevisit")
    add("文件夹，一百万件事：时间与 DuckDB 的五项检查之比", "folder of a million matters: time beside DuckDB's five checks",
        "≤", 1, times, ratio(ours, get(one, "folder", "duckdb")))
    add("同上，常驻内存", "the same, resident memory", "≤", gigabyte, binary, peak(ours))
    ours = get(one, "xml", "onevisit")
    add("XML，一百万件事：时间与 xmllint 仅按模式检查之比",
        "XML of a million matters: time beside xmllint's schema check alone",
        "≤", 0.4, times, ratio(ours, get(one, "xml", "xmllint")))
    add("同上，与 xmllint --sax（只读不查）之比", "the same, beside xmllint --sax, which only reads",
        "≤", 2.0, times, ratio(ours, get(one, "xml", "xmllint --sax")))
    add("同上，常驻内存", "the same, resident memory", "≤", gigabyte, binary, peak(ours))
    add("十万件事：frictionless validate 的时间与之比", "100,000 matters: time of frictionless validate beside it",
        "≥", 50, times, ratio(get("100000", "folder", "frictionless"), get("100000", "folder", "onevisit")))
    found = get("100000", "found") or {}
    add("同上，找到的缺陷多于 frictionless", "the same, more defects found than by frictionless",
        ">", found.get("frictionless"), count, found.get("onevisit") if "frictionless" in found else None)
    exports = get(one, "export") or get("100000", "export") or {}
    reading = exports.get("reading")
    for name, title in (("xml", "XML"), ("flat", "CSV flat"), ("official", "CSV official"), ("json", "JSON")):
        rate = throughput(exports[name], reading["user"]) if name in exports and reading else None
        add(f"导出 {title}，单核每秒", f"export of {title}, a second of a core", "≥", 200, lambda value: f"{value:.0f} MB", rate)
    peaks = [cost["peak"] for name, cost in exports.items() if name != "reading"]
    add("导出时的内存与仅读取之比", "memory of an export beside that of reading alone",
        "≤", 1.1, times, max(peaks) / reading["peak"] if peaks and reading else None)
    add("从一百万到二百万件事，时间增长", "time from one to two million matters",
        "≤", 2.2, times, ratio(get(two, "folder", "onevisit"), get(one, "folder", "onevisit")))
    before, after = get(one, "timings") or {}, get(two, "timings") or {}
    growth = [after[rule] / before[rule] for rule in after if before.get(rule, 0) >= LONG]
    add(f"同上，增长最快的规则（用时 {LONG} 毫秒以上的）", f"the same, the rule that grows fastest (of those that take {LONG} ms)",
        "≤", 2.2, times, max(growth) if growth else None)
    ours, theirs = get(small, "folder", "onevisit"), get(small, "folder", "xmllint")

    # Under 15 ms where xmllint takes 5: the machine's own speed is taken out by the ratio.
    walls = f" ({ours['wall'] * 1000:.1f} / {theirs['wall'] * 1000:.1f} ms)" if ours and theirs else ""
    add(f"241 件事，整个进程：时间与 xmllint --noout 之比{walls}",
        f"241 matters, whole process: time beside xmllint --noout{walls}",
        "≤", 3.0, times, ratio(ours, theirs))
    add("同上，常驻内存", "the same, resident memory", "≤", 16 << 20, binary, peak(ours))
    return out


def goal_rows(results, en):
    """The rows of the table of goals: what, asked, measured, and whether it is met or by how much it is missed."""
    rows = []
    for what, sense, limit, form, value in goals(results):
        asked = "–" if limit is None else f"{sense} {form(limit)}"
        if value is None or limit is None:
            rows.append([what[en], asked, "–", ("未测", "not measured")[en]])
            continue
        is_met = {"≤": value <= limit, "<": value < limit, "≥": value >= limit, ">": value > limit}[sense]
        off = abs(value - limit) / limit
        rows.append([what[en], asked, form(value),
                     ("达到", "met")[en] if is_met else (f"**差 {off:.0%}**", f"**missed by {off:.0%}**")[en]])
    return rows


def verdicts(results):
    """The goals as lines for a terminal."""
    return "\n".join(f"{verdict.strip('*'):18}{what}: {value} (asked {asked})" for what, asked, value, verdict in goal_rows(results, 1))


def throughput(export, reading):
    """MB a second of CPU, the reading of the catalog taken off; None where too little is written to tell."""
    user = export["user"] - reading
    return export["bytes"] / MB / user if user > 0.02 else None


def rate_text(rate):
    return "–" if rate is None else f"{rate:.0f} MB/s"


def page(results, en):
    """The page in Chinese (`en` 0) or English (`en` 1)."""

    def say(zh, english):
        return english if en else zh

    machine, versions, tiers = results["machine"], results["versions"], results["tiers"]
    out = [
        say("# 性能测试", "# Benchmarks"), "",
        say("由 `make bench` 生成，勿手工修改。", "Made by `make bench`; not to be edited by hand.")
        + say(" [English](benchmarks.md)", " [中文](benchmarks.zh-CN.md)"), "",
        say(f"{results['date']}，{machine['cpu']}，{machine['cores']} 核，内存 {machine['memory'] / 1e9:.0f} GB，{machine['system']}。",
            f"{results['date']}, {machine['cpu']}, {machine['cores']} cores, {machine['memory'] / 1e9:.0f} GB of memory, {machine['system']}."),
        say("版本：", "Versions: ") + ", ".join(
            f"{name} {version}" for name, version in versions.items() if version) + say("。", "."), "",
        say("各数为整个进程、全部规则、文件已在缓存中的中位数；同一行的程序在同一轮中交替运行。内存为常驻峰值（测量进程自身占"
            f" {size(results['floor'])}，比这更低的测不出）。1 MB 为一百万字节。数据由 `Benchmarks/Generator` 从本目录扩展而成。",
            "Medians of whole processes with all rules on and files in the cache; programs in one row ran in turn in the same rounds. "
            f"Memory is the resident peak (the measuring process holds {size(results['floor'])}: lower values cannot be measured). "
            "A MB is a million bytes. The data is this catalog grown by `Benchmarks/Generator`."), "",
    ]
    if results["missing"]:
        out += [say("未安装、因而没有比较的程序：", "Not installed, so not compared: ") + ", ".join(results["missing"]), ""]

    out += [say("## 目标", "## Goals"), ""]
    out += table([say("目标", "goal"), say("要求", "asked"), say("测得", "measured"), ""], goal_rows(results, en))
    if results.get("failures"):
        out += [say("未能测得：", "Could not be measured:"), ""] + [f"- {line}" for line in results["failures"]] + [""]

    out += [say("## 规模", "## Sizes"), ""]
    rows = []
    for matters, tier in tiers.items():
        sizes = tier["sizes"]
        rows.append([count(sizes["matters"]), count(sizes["items"]), count(sizes.get("approvals", 239)),
                     size(sizes["folderBytes"]), size(sizes["xmlBytes"])])
    out += table([say("一件事", "matters"), say("关联事项", "items"), say("单项事项", "approvals"), say("文件夹", "folder"), "XML"], rows)

    for kind, title in (("folder", say("## 检查文件夹", "## Checking a folder")), ("xml", say("## 检查 XML", "## Checking XML"))):
        rows = []
        for matters, tier in tiers.items():
            ours = tier.get(kind, {}).get("onevisit")
            for name, cost in tier.get(kind, {}).items():
                ratio = "" if name == "onevisit" or not ours else f"{ours['wall'] / cost['wall']:.3g}"
                rows.append([
                    f"{count(int(matters))} · {name}", seconds(cost["wall"]), f"{seconds(cost['low'])} – {seconds(cost['high'])}",
                    seconds(cost["user"]), size(cost["peak"]), ratio, str(cost["rounds"])])
        if rows:
            out += [title, ""]
            out += table([say("一件事 · 程序", "matters · program"), say("时间", "time"), say("最快 – 最慢", "fastest – slowest"),
                          say("用户态 CPU", "user CPU"), say("内存", "memory"), say("onevisit 与之比", "onevisit ÷ it"),
                          say("次数", "runs")], rows)

    read = next((tier["lists"] for tier in tiers.values() if tier.get("lists")), None)
    if read:
        out += [say("## 读取并检查 CSV 清单", "## Reading and checking a list in CSV"), "",
                say("十万件事的一份清单，按两种版式导出后读取；与含登记表的文件夹比较。清单不含登记表，以内置的为准，故其中大多数名称尚无登记。",
                    "One list of 100,000 matters, read as exported in each layout, beside the folder with its registers. A list "
                    "has no registers of its own: the built-in ones are used, which lack most of its names."), ""]
        out += table(
            [say("形式", "form"), say("大小", "size"), say("时间", "time"), say("用户态 CPU", "user CPU"), say("内存", "memory")],
            [[name, size(cost["bytes"]), seconds(cost["wall"]), seconds(cost["user"]), size(cost["peak"])]
             for name, cost in read.items()])

    found = next((tier["found"] for tier in tiers.values() if tier.get("found")), None)
    if found:
        out += [say("## 找到多少", "## How much is found"), ""]
        text = say(
            f"在十万件事中埋入 {found['kinds']} 种共 {count(found['planted'])} 处缺陷（不含使表格无法完整读取的几种：有了它们 frictionless 就读不下去）。onevisit 报告 {count(found['onevisit'])} 处，"
            f"{found['onevisitKinds']} 种都报告了",
            f"Among 100,000 matters, {count(found['planted'])} defects of {found['kinds']} kinds were planted (none that keep a table from being read whole: frictionless stops reading at them). onevisit reports "
            f"{count(found['onevisit'])} and has findings of {found['onevisitKinds']} of the kinds")
        if "frictionless" in found:
            text += say(f"；frictionless 报告 {count(found['frictionless'])} 处，{found['frictionlessTypes']} 类错误",
                        f"; frictionless reports {count(found['frictionless'])}, of {found['frictionlessTypes']} types of error")
        out += [text + say("。", "."), ""]

    exports = next((tier["export"] for tier in reversed(tiers.values()) if tier.get("export")), None)
    if exports and len(exports) > 1 and "reading" in exports:
        reading = exports["reading"]
        out += [say("## 导出", "## Export"), "",
                say(f"写到 /dev/null。“净”为扣除读取（{seconds(reading['user'])} CPU，{size(reading['peak'])}）之后。",
                    f"To /dev/null. “Net” is with the reading ({seconds(reading['user'])} of CPU, {size(reading['peak'])}) taken off."), ""]
        rows = []
        for name, cost in exports.items():
            if name != "reading":
                rows.append([name, size(cost["bytes"]), seconds(cost["wall"]), seconds(cost["user"]),
                             f"{cost['bytes'] / MB / cost['user']:.0f} MB/s" if cost["user"] else "–",
                             rate_text(throughput(cost, reading["user"])), size(cost["peak"])])
        out += table([say("格式", "format"), say("写出", "written"), say("时间", "time"), say("用户态 CPU", "user CPU"),
                      say("毛", "gross"), say("净", "net"), say("内存", "memory")], rows)

    timed = [(matters, tier["timings"]) for matters, tier in tiers.items() if tier.get("timings")]
    if timed:
        out += [say("## 每条规则的时间", "## Time of each rule"), "",
                say("毫秒，`validate --timings` 七次中的最小值；两个线程同时运行规则，故其和大于所用时间。",
                    "Milliseconds, the least of seven runs of `validate --timings`; rules run on two threads, so that the sum is more than the time that passes."), ""]
        largest = timed[-1][1]
        growth = len(timed) > 1
        rows = []
        for rule in sorted(largest, key=lambda rule: -largest[rule]):
            row = [f"`{rule}`"] + [f"{times.get(rule, 0):.1f}" for _, times in timed]
            if growth:
                before = timed[-2][1].get(rule, 0)
                row.append(f"{largest[rule] / before:.1f}" if before >= 1 else "")
            rows.append(row)
        head = [say("规则", "rule")] + [count(int(matters)) for matters, _ in timed]
        if growth:
            head.append(say("增长", "growth"))
        out += table(head, rows)

    # Measured apart, by workbooks.py.
    workbooks = pathlib.Path(__file__).with_name("workbooks.zh-CN.md" if not en else "workbooks.md")
    if workbooks.exists():
        out += [workbooks.read_text(encoding="utf-8").rstrip(), ""]
    # Measured apart (diff.py), so that it stays when the rest is measured anew.
    if diff.FIGURES.exists():
        out += [diff.section(json.loads(diff.FIGURES.read_text(encoding="utf-8")), en)]
    notes = pathlib.Path(__file__).with_name("notes.zh-CN.md" if not en else "notes.md")
    if notes.exists():
        out += [notes.read_text(encoding="utf-8").rstrip(), ""]
    return "\n".join(out)
