"""Writes what was measured as two pages, in English and in Chinese."""

import pathlib

MB = 1_000_000


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
    """(what, goal, measured, met or None if it was not measured), each text in both languages."""
    tiers = results["tiers"]
    out = []

    def add(what, goal, value, met):
        out.append((what, goal, value, met))

    def get(*path):
        value = tiers
        for key in path:
            if not isinstance(value, dict) or key not in value:
                return None
            value = value[key]
        return value

    def both(a, b, fmt):
        return (fmt.format(a, b),) * 2

    one, two, small = "1000000", "2000000", "241"
    ours, theirs = get(one, "folder", "onevisit"), get(one, "folder", "duckdb")
    if ours and theirs:
        ratio = ours["wall"] / theirs["wall"]
        add(("文件夹,一百万件事:与 DuckDB 的五项检查相比", "folder of a million matters beside DuckDB's five checks"),
            ("≤ 1.00 倍", "≤ 1.00 ×"), both(ratio, 0, "{0:.2f} ×"), ratio <= 1)
    if ours:
        add(("同上,常驻内存", "the same, resident memory"), ("≤ 1 GB", "≤ 1 GB"), (size(ours["peak"]),) * 2,
            ours["peak"] <= 1 << 30)
    ours, theirs = get(one, "xml", "onevisit"), get(one, "xml", "xmllint")
    if ours and theirs:
        ratio = ours["wall"] / theirs["wall"]
        add(("XML,一百万件事:与 xmllint 仅按模式检查相比", "XML of a million matters beside xmllint's schema check alone"),
            ("≤ 1.20 倍", "≤ 1.20 ×"), both(ratio, 0, "{0:.2f} ×"), ratio <= 1.2)
    if ours:
        add(("同上,常驻内存", "the same, resident memory"), ("≤ 1 GB", "≤ 1 GB"), (size(ours["peak"]),) * 2,
            ours["peak"] <= 1 << 30)
    ours, theirs = get("100000", "folder", "onevisit"), get("100000", "folder", "frictionless")
    if ours and theirs:
        ratio = theirs["wall"] / ours["wall"]
        add(("十万件事:比 frictionless validate 快", "100,000 matters: faster than frictionless validate"),
            ("≥ 50 倍", "≥ 50 ×"), both(ratio, 0, "{0:.0f} ×"), ratio >= 50)
    exports = get(one, "export") or get("100000", "export") or {}
    reading = exports.get("reading", {}).get("user", 0)
    for name, title in (("xml", "XML"), ("flat", "CSV flat"), ("official", "CSV official"), ("json", "JSON")):
        if name in exports:
            rate = throughput(exports[name], reading)
            add((f"导出 {title},单核", f"export of {title}, on a core"), ("≥ 200 MB/s",) * 2,
                (rate_text(rate),) * 2, rate is None or rate >= 200)
    first, second = get(one, "folder", "onevisit"), get(two, "folder", "onevisit")
    if first and second:
        ratio = second["wall"] / first["wall"]
        add(("从一百万到二百万件事,时间增长", "time from one to two million matters"), ("≤ 2.20 倍", "≤ 2.20 ×"),
            both(ratio, 0, "{0:.2f} ×"), ratio <= 2.2)
    ours, theirs = get(small, "folder", "onevisit"), get(small, "folder", "xmllint")
    if ours:
        beside = f" (xmllint {theirs['wall'] * 1000:.1f} ms)" if theirs else ""
        add(("241 件事,整个进程", "241 matters, whole process"), ("< 15 ms",) * 2,
            (f"{ours['wall'] * 1000:.1f} ms{beside}",) * 2, ours["wall"] < 0.015)
        add(("同上,常驻内存", "the same, resident memory"), ("≤ 16 MB",) * 2, (size(ours["peak"]),) * 2,
            ours["peak"] <= 16 * (1 << 20))
    return out


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
        say("由 `make bench` 生成,勿手工修改。", "Made by `make bench`; not to be edited by hand.")
        + say(" [English](benchmarks.md)", " [中文](benchmarks.zh-CN.md)"), "",
        say(f"{results['date']},{machine['cpu']},{machine['cores']} 核,内存 {machine['memory'] / 1e9:.0f} GB,{machine['system']}。",
            f"{results['date']}, {machine['cpu']}, {machine['cores']} cores, {machine['memory'] / 1e9:.0f} GB of memory, {machine['system']}."),
        say("版本:", "Versions: ") + ", ".join(
            f"{name} {version}" for name, version in versions.items() if version) + say("。", "."), "",
        say("各数为整个进程、全部规则、文件已在缓存中的中位数;同一行的程序在同一轮中交替运行。内存为常驻峰值(测量进程自身占"
            f" {size(results['floor'])},比这更低的测不出)。1 MB 为一百万字节。数据由 `Benchmarks/Generator` 从本目录扩展而成。",
            "Medians of whole processes with all rules on and files in the cache; programs in one row ran in turn in the same rounds. "
            f"Memory is the resident peak (the measuring process holds {size(results['floor'])}: nothing below that shows). "
            "A MB is a million bytes. The data is this catalog grown by `Benchmarks/Generator`."), "",
    ]
    if results["missing"]:
        out += [say("未安装、因而没有比较的程序:", "Not installed, so not compared: ") + ", ".join(results["missing"]), ""]

    out += [say("## 目标", "## Goals"), ""]
    rows = []
    for what, goal, value, met in goals(results):
        rows.append([what[en], goal[en], value[en], say("达到", "met") if met else say("**未达到**", "**missed**")])
    out += table([say("目标", "goal"), say("要求", "asked"), say("测得", "measured"), ""], rows)

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
            for name, cost in tier.get(kind, {}).items():
                ours = tier[kind]["onevisit"]["wall"]
                ratio = "" if name == "onevisit" else f"{ours / cost['wall']:.3g}"
                rows.append([
                    f"{count(int(matters))} · {name}", seconds(cost["wall"]), f"{seconds(cost['low'])} – {seconds(cost['high'])}",
                    seconds(cost["user"]), size(cost["peak"]), ratio, str(cost["rounds"])])
        if rows:
            out += [title, ""]
            out += table([say("一件事 · 程序", "matters · program"), say("时间", "time"), say("最快 – 最慢", "fastest – slowest"),
                          say("用户态 CPU", "user CPU"), say("内存", "memory"), say("onevisit 与之比", "onevisit ÷ it"),
                          say("次数", "runs")], rows)

    found = next((tier["found"] for tier in tiers.values() if "found" in tier), None)
    if found:
        out += [say("## 找到多少", "## How much is found"), ""]
        text = say(
            f"在十万件事中埋入 {found['kinds']} 种共 {count(found['planted'])} 处缺陷(不含坏字节和未闭合的引号:有了它们 frictionless 就读不下去)。onevisit 报告 {count(found['onevisit'])} 处,"
            f"{found['onevisitKinds']} 种都有着落",
            f"Among 100,000 matters, {count(found['planted'])} defects of {found['kinds']} kinds were planted (no bad bytes and open quotes: frictionless reads no further at them). onevisit tells of "
            f"{count(found['onevisit'])} and knows {found['onevisitKinds']} of the kinds")
        if "frictionless" in found:
            text += say(f";frictionless 报告 {count(found['frictionless'])} 处,{found['frictionlessTypes']} 类错误",
                        f"; frictionless tells of {count(found['frictionless'])}, of {found['frictionlessTypes']} types of error")
        out += [text + say("。", "."), ""]

    exports = next((tier["export"] for tier in reversed(tiers.values()) if "export" in tier), None)
    if exports and len(exports) > 1:
        reading = exports["reading"]
        out += [say("## 导出", "## Export"), "",
                say(f"写到 /dev/null。“净”为扣除读取({seconds(reading['user'])} CPU,{size(reading['peak'])})之后。",
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
                say("毫秒,由 `validate --timings` 给出;两个线程同时运行规则,故其和大于所用时间。",
                    "Milliseconds, by `validate --timings`; rules run on two threads, so that the sum is more than the time that passes."), ""]
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

    notes = pathlib.Path(__file__).with_name("notes.zh-CN.md" if not en else "notes.md")
    if notes.exists():
        out += [notes.read_text(encoding="utf-8").rstrip(), ""]
    return "\n".join(out)
