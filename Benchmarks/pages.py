"""Writes what was measured as two pages, in English and in Chinese, with their pictures."""

import json
import pathlib

import diff
import goals
import ladder
import wrong
from charts import Bar, Group, chart, described

MB = 1_000_000
# Milliseconds with a million matters: rules that take less are counted, not listed.
SHORT = 1


def write(results, folder):
    folder = pathlib.Path(folder)
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    for en, ending in ((1, ""), (0, ".zh-CN")):
        page = Page(results, en, ending)
        (folder / f"benchmarks{ending}.md").write_text(page.text(), encoding="utf-8")
        for name, picture in page.pictures.items():
            (folder / "pictures" / name).write_text(picture, encoding="utf-8")


def seconds(value):
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1000:.0f} ms" if value >= 0.0995 else f"{value * 1000:.1f} ms"


def size(value):
    return f"{value / MB:.0f} MB" if value >= 10 * MB else f"{value / MB:.1f} MB"


def mebibytes(value):
    return f"{value / (1 << 20):.3g} MiB" if value < 1000 << 20 else f"{value / (1 << 20):.0f} MiB"


def count(value):
    return f"{value:,}"


def factor(value):
    return f"{value:.3g}" if value < 10 else f"{value:.0f}"


def table(head, rows, texts=1):
    """A table in Markdown, or nothing without rows; the first columns to the left, numbers to the right."""
    if not rows:
        return []
    lines = ["| " + " | ".join(head) + " |", "|---" * texts + "|---:" * (len(head) - texts) + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows] + [""]


class Page:
    """One page; `en` is 1 for English and 0 for Chinese."""

    def __init__(self, results, en, ending):
        self.results, self.en, self.ending = results, en, ending
        self.pictures = {}
        # A size that could not be generated has failures only.
        self.tiers = {key: tier for key, tier in results["tiers"].items() if "sizes" in tier}
        # The size that is shown at length.
        self.main = goals.ONE if goals.ONE in self.tiers else next(reversed(self.tiers), None)

    def say(self, zh, english):
        return english if self.en else zh

    def picture(self, name, title, note, rows):
        """A picture's link, with the figures as its text."""
        if not any(isinstance(row, Bar) and row.value is not None for row in rows):
            return []
        file = f"bench-{name}{self.ending}.svg"
        self.pictures[file] = chart(title, note, rows, self.say("；", "; "))
        alt = self.say(f"{title}。{described(rows, '；')}。", f"{title}. {described(rows)}.").replace("[", "(").replace("]", ")").replace("`", "")
        return [f"![{alt}](pictures/{file})", ""]

    def mark(self, base, limit, what):
        """The goal for a bar: `limit` times `base`."""
        word = self.say("目标", "goal")
        return (base * limit, f"{word} {limit:g} × {what} = {seconds(base * limit)}")

    def matters(self, number=None):
        number = int(self.main if number is None else number)
        return self.say(f"{count(number)} 件事", f"{count(number)} matters")

    def text(self):
        parts = [self.head(), self.goals(), self.failures()]
        if self.main:
            parts += [self.folder(), self.xml(), self.wrong(), self.lists(), self.start(), self.growth(), self.other_sizes(),
                      self.sizes(), self.found(), self.export(), self.rules()]
        parts.append(self.apart())
        return "\n".join(line for part in parts for line in part)

    def head(self):
        machine, versions = self.results["machine"], self.results["versions"]
        dates = sorted({tier["date"] for tier in self.results["tiers"].values()})
        date = " – ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else ""
        say = self.say
        named = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
        out = [
            say("# 性能测试", "# Benchmarks"), "",
            say("由 `make bench` 生成，勿手工修改。", "Made by `make bench`; not to be edited by hand.")
            + say(" [English](benchmarks.md)", " [中文](benchmarks.zh-CN.md)"), "",
            say(f"{date}，{machine['cpu']}，{machine['cores']} 核，内存 {machine['memory'] / 1e9:.0f} GB，{machine['system']}。",
                f"{date}, {machine['cpu']}, {machine['cores']} cores, {machine['memory'] / 1e9:.0f} GB of memory, "
                f"{machine['system']}."),
            say(f"版本：{named}。", f"Versions: {named}."), "",
            say("各数为整个进程、全部规则、文件已在缓存中的中位数；同一张表的程序在同一轮中交替运行。内存为常驻峰值（什么也不做的程序占 "
                f"{size(self.results['floor'])}）。1 MB 为一百万字节，1 MiB 为 1,048,576 字节。数据由 `Benchmarks/Generator` 从本目录扩展而成。",
                "Medians of whole processes with all rules on and files in the cache; programs in one table ran in turn in the "
                "same rounds. Memory is the resident peak (a program that does nothing has "
                f"{size(self.results['floor'])}). A MB is a million bytes, a MiB 1,048,576. The data is this catalog grown by "
                "`Benchmarks/Generator`."), "",
        ]
        if self.results["missing"]:
            missing = ", ".join(self.results["missing"])
            out += [say(f"未安装、因而没有比较的程序：{missing}。", f"Not installed, so not compared: {missing}."), ""]
        return out

    def goals(self):
        say = self.say
        head = [say("目标", "goal"), say("要求", "asked"), say("更高目标", "stretch"), say("测得", "measured"), ""]
        return [say("## 目标", "## Goals"), ""] + table(head, goals.rows(self.results, self.en))

    def failures(self):
        lines = [line for tier in self.results["tiers"].values() for line in tier.get("failures", [])]
        if not lines:
            return []
        return [self.say("未能测得：", "Could not be measured:"), ""] + [f"- {line}" for line in lines] + [""]

    # MARK: the ladder

    def ladder_table(self, rungs, costs):
        """Every program of the ladder; those that are missing say so."""
        say = self.say
        ours = costs.get("onevisit")
        rows = []
        for name, does, package in [(rung.name, rung.does[self.en], rung.package) for rung in rungs] + [
                ("**onevisit**", say("读取全部表，检查全部规则", "reads all tables, checks all rules"), None)]:
            cost = costs.get(name.strip("*"))
            if not cost:
                empty = say("未安装", "not installed") if package in self.results["missing"] else "–"
                rows.append([name, does, empty, "", "", "", "", ""])
                continue
            rows.append([name, does, seconds(cost["wall"]), f"{seconds(cost['low'])} – {seconds(cost['high'])}",
                         seconds(cost["user"]), mebibytes(cost["peak"]),
                         f"{factor(ours['wall'] / cost['wall'])}" if ours and package else "", str(cost["rounds"])])
        head = [say("程序", "program"), say("做什么", "what it does"), say("时间", "time"), say("最快 – 最慢", "fastest – slowest"),
                say("用户态 CPU", "user CPU"), say("内存", "memory"), say("onevisit ÷ 它", "onevisit ÷ it"), say("次数", "runs")]
        return table(head, rows, 2)

    def bars(self, rungs, costs, marks, what="wall", form=seconds):
        """A bar for each program, the one that takes least first; those that are missing last."""
        out = []
        for name in [rung.name for rung in rungs] + ["onevisit"]:
            if name in costs:
                ours = name == "onevisit"
                out.append(Bar(name, costs[name][what], form(costs[name][what]), ours, marks if ours else []))
        out.sort(key=lambda bar: bar.value)
        missing = self.results["missing"]
        return out + [Bar(rung.name, None, self.say("未安装", "not installed")) for rung in rungs if rung.package in missing]

    def section(self, form, rungs, title, marks, memory):
        say = self.say
        tier = self.tiers[self.main]
        costs = tier.get(form) or {}
        sizes = tier["sizes"]
        amount = size(sizes[form + "Bytes"])
        note = say(f"{amount}，{count(sizes['items'])} 个事项；时间，越短越好", f"{amount}, {count(sizes['items'])} items; time, less is better")
        out = [f"## {title}", ""]
        out += self.picture(form, title, note, self.bars(rungs, costs, marks))
        out += self.ladder_table(rungs, costs)
        note = say("常驻峰值，越少越好", "resident peak, less is better")
        heading = title + say("：内存", ": memory")
        return out + self.picture(form + "-memory", heading, note, self.bars(rungs, costs, memory, "peak", mebibytes))

    def folder(self):
        costs = self.tiers[self.main].get("folder") or {}
        marks = [self.mark(costs[name]["wall"], limit, name) for name, limit in (("DuckDB", 0.45), ("zsv count", 3)) if name in costs]
        limit = 400 << 20
        memory = [(limit, self.say("目标 ", "goal ") + mebibytes(limit))] if self.main == goals.ONE else []
        title = self.say("检查文件夹，", "Checking a folder of ") + self.matters()
        return self.section("folder", ladder.FOLDER, title, marks if self.main == goals.ONE else [], memory)

    def xml(self):
        costs = self.tiers[self.main].get("xml") or {}
        marks = [self.mark(costs[name]["wall"], limit, name)
                 for name, limit in ((goals.SCHEMA_CHECK, 0.4), ("xmllint --sax", 2)) if name in costs]
        title = self.say("检查 XML，", "Checking XML of ") + self.matters()
        return self.section("xml", ladder.XML, title, marks if self.main == goals.ONE else [], [])

    def wrong(self):
        say = self.say
        found = next(((key, tier["wrong"]) for key, tier in reversed(self.tiers.items()) if tier.get("wrong")), None)
        if not found:
            return []
        matters, forms = found
        title = say("件件有错，", "Every matter wrong, ") + self.matters(matters)
        bars, rows = [], []
        for form, label in (("folder", say("文件夹", "folder")), ("xml", "XML")):
            costs = forms.get(form) or {}
            clean = costs.get("clean")
            if not clean:
                continue
            bars.append(Group(label + say("，无错时 ", ", clean ") + seconds(clean["wall"])))
            slowest, _ = goals.worst(self.results, form, matters)
            for kind, cost in costs.items():
                name = say("无错", "clean") if kind == "clean" else wrong.KINDS[kind][0][self.en]
                value = cost["wall"] / clean["wall"]
                marks = [(1.5, say("目标 1.5 ×", "goal 1.5 ×"))] if kind == slowest else []
                if kind != "clean":
                    bars.append(Bar(name, value, f"{value:.2f} × ({seconds(cost['wall'])})", True, marks))
                rows.append([f"{label} · {name}", f"`{cost['rule']}`" if kind != "clean" else "", count(cost["found"]),
                             seconds(cost["wall"]), f"{seconds(cost['low'])} – {seconds(cost['high'])}", mebibytes(cost["peak"]),
                             f"{value:.2f}" if kind != "clean" else "", str(cost["rounds"])])
        text = say(
            "同一数据，每件事改错一处，每次一种错。`--format json`：每条规则保留 1,000 条问题，其余只计数。",
            "The same data with one mistake in every matter, one kind at a time. `--format json`: of each rule 1,000 findings are "
            "kept and the rest counted.")
        least = min(((cost["found"], cost["rule"]) for costs in forms.values() for kind, cost in costs.items() if kind != "clean"),
                    default=None)
        if least and least[0] < int(matters):
            text += say(f"`{least[1]}` 数到约 {count(least[0])} 条为止。", f" Those of `{least[1]}` are counted up to {count(least[0])}.")
        head = [say("形式 · 错在哪里", "form · what is wrong"), say("主要规则", "main rule"), say("问题", "findings"), say("时间", "time"),
                say("最快 – 最慢", "fastest – slowest"), say("内存", "memory"), say("÷ 无错", "÷ clean"), say("次数", "runs")]
        note = say("时间 ÷ 无错时的时间", "time ÷ that of the clean data")
        return [f"## {title}", "", text, "", *self.picture("wrong", title, note, bars), *table(head, rows, 2)]

    def lists(self):
        say = self.say
        matters, read = next(((key, tier["lists"]) for key, tier in self.tiers.items() if tier.get("lists")), (None, None))
        if not read:
            return []
        title = say("读取并检查 CSV 清单，", "Reading and checking a list in CSV, ") + self.matters(matters)
        labels = {"folder": say("文件夹", "folder"), "flat": say("平铺版式", "flat layout"), "official": say("通知所附版式", "official layout")}
        folder = read.get("folder")
        bars = []
        for name, cost in read.items():
            marks = [self.mark(folder["wall"], 4, labels["folder"])] if name == "official" and folder else []
            bars.append(Bar(labels[name], cost["wall"], seconds(cost["wall"]), True, marks))
        rows = [[labels[name], size(cost["bytes"]), seconds(cost["wall"]), seconds(cost["user"]), mebibytes(cost["peak"]),
                 f"{cost['wall'] / folder['wall']:.2f}" if folder and name != "folder" else ""] for name, cost in read.items()]
        text = say("一份清单，按两种版式导出后读取；与含登记表的文件夹比较。清单不含登记表，以内置的为准，故其中大多数名称尚无登记。",
                   "One list, read as exported in each layout, beside the folder with its registers. A list has no registers of "
                   "its own: the built-in ones are used, which lack most of its names.")
        head = [say("形式", "form"), say("大小", "size"), say("时间", "time"), say("用户态 CPU", "user CPU"), say("内存", "memory"),
                say("÷ 文件夹", "÷ folder")]
        return [f"## {title}", "", text, "", *self.picture("lists", title, say("时间", "time"), bars), *table(head, rows)]

    def start(self):
        say = self.say
        costs = self.tiers.get(goals.SMALL, {}).get("start")
        if not costs:
            return []
        title = say("启动与 241 件事", "Start, and 241 matters")
        labels = {"onevisit, CSV": say("onevisit，文件夹", "onevisit, folder"), "onevisit, XML": say("onevisit，XML", "onevisit, XML")}
        bars = []
        for name in ("xmllint --version", "onevisit --version", "xmllint --noout", "onevisit, CSV", "onevisit, XML"):
            if name in costs:
                other, limit = ("xmllint --version", 2) if "--version" in name else ("xmllint --noout", 1.3)
                ours = name.startswith("onevisit")
                marks = [self.mark(costs[other]["wall"], limit, other)] if ours and other in costs else []
                bars.append(Bar(labels.get(name, name), costs[name]["wall"], seconds(costs[name]["wall"]), ours, marks))
        rows = [[labels.get(name, name), seconds(cost["wall"]), f"{seconds(cost['low'])} – {seconds(cost['high'])}",
                 seconds(cost["user"]), mebibytes(cost["peak"]), str(cost["rounds"])] for name, cost in costs.items()]
        head = [say("命令", "command"), say("时间", "time"), say("最快 – 最慢", "fastest – slowest"), say("用户态 CPU", "user CPU"),
                say("内存", "memory"), say("次数", "runs")]
        note = say("整个进程的时间", "time of the whole process")
        return [f"## {title}", "", *self.picture("start", title, note, bars), *table(head, rows)]

    def growth(self):
        say = self.say
        one, two = self.tiers.get(goals.ONE), self.tiers.get(goals.TWO)
        if not one or not two:
            return []
        title = say("从一百万到二百万件事", "From one to two million matters")
        bars, rows = [], []
        for form, label in (("folder", say("文件夹", "folder")), ("xml", "XML")):
            before, after = (tier.get(form, {}).get("onevisit") for tier in (one, two))
            if before and after:
                value = after["wall"] / before["wall"]
                bars.append(Bar(label, value, f"{value:.2f} ×", True, [(2.1, say("目标 2.1 ×", "goal 2.1 ×"))]))
                rows.append([label, seconds(before["wall"]), seconds(after["wall"]), f"{value:.2f}", mebibytes(before["peak"]),
                             mebibytes(after["peak"]), f"{after['peak'] / before['peak']:.2f}"])
        growth = goals.growths(self.results)
        fastest = sorted(growth, key=growth.get, reverse=True)[:3]
        if fastest:
            bars.append(Group(say(f"增长最快的规则（用时 {goals.LONG} 毫秒以上的）", f"the rules that grow fastest (of those that take {goals.LONG} ms)")))
        for rule in fastest:
            marks = [(2.2, say("目标 2.2 ×", "goal 2.2 ×"))] if rule == fastest[0] else []
            bars.append(Bar(rule, growth[rule], f"{growth[rule]:.2f} ×", True, marks))
        head = [say("形式", "form"), say("一百万：时间", "a million: time"), say("二百万：时间", "two million: time"), say("增长", "growth"),
                say("一百万：内存", "a million: memory"), say("二百万：内存", "two million: memory"), say("增长", "growth")]
        note = say("时间 ÷ 一百万件事的时间", "time ÷ that of a million matters")
        return [f"## {title}", "", *self.picture("growth", title, note, bars), *table(head, rows)]

    def other_sizes(self):
        say = self.say
        out = []
        for form, title in (("folder", say("文件夹", "folder")), ("xml", "XML")):
            rows = []
            for matters, tier in self.tiers.items():
                costs = tier.get(form) or {}
                ours = costs.get("onevisit")
                for name, cost in costs.items():
                    if matters != self.main:
                        ratio = "" if name == "onevisit" or not ours else factor(ours["wall"] / cost["wall"])
                        rows.append([f"{count(int(matters))} · {name}", seconds(cost["wall"]),
                                     f"{seconds(cost['low'])} – {seconds(cost['high'])}", seconds(cost["user"]),
                                     mebibytes(cost["peak"]), ratio, str(cost["rounds"])])
            if rows:
                out += [say(f"## 其他规模，{title}", f"## Other sizes, {title}"), ""]
                out += table([say("一件事 · 程序", "matters · program"), say("时间", "time"), say("最快 – 最慢", "fastest – slowest"),
                              say("用户态 CPU", "user CPU"), say("内存", "memory"), say("onevisit ÷ 它", "onevisit ÷ it"),
                              say("次数", "runs")], rows)
        return out

    # MARK: the rest

    def sizes(self):
        say = self.say
        rows = []
        for tier in self.tiers.values():
            sizes = tier["sizes"]
            rows.append([count(sizes["matters"]), count(sizes["items"]), count(sizes.get("approvals", 239)),
                         size(sizes["folderBytes"]), size(sizes["xmlBytes"])])
        head = [say("一件事", "matters"), say("关联事项", "items"), say("单项事项", "approvals"), say("文件夹", "folder"), "XML"]
        return [say("## 规模", "## Sizes"), "", *table(head, rows)]

    def found(self):
        found = next((tier["found"] for tier in self.tiers.values() if tier.get("found")), None)
        if not found:
            return []
        text = self.say(
            f"在十万件事中埋入 {found['kinds']} 种共 {count(found['planted'])} 处缺陷（不含使表格无法完整读取的几种：有了它们 frictionless 就读不下去）。"
            f"onevisit 报告 {count(found['onevisit'])} 处，{found['onevisitKinds']} 种都报告了",
            f"Among 100,000 matters, {count(found['planted'])} defects of {found['kinds']} kinds were planted (none that keep a "
            f"table from being read whole: frictionless stops reading at them). onevisit reports {count(found['onevisit'])} and has "
            f"findings of {found['onevisitKinds']} of the kinds")
        if "frictionless" in found:
            text += self.say(f"；frictionless 报告 {count(found['frictionless'])} 处，{found['frictionlessTypes']} 类错误",
                             f"; frictionless reports {count(found['frictionless'])}, of {found['frictionlessTypes']} types of error")
        return [self.say("## 找到多少", "## How much is found"), "", text + self.say("。", "."), ""]

    def export(self):
        say = self.say
        exports = next((tier["export"] for tier in reversed(self.tiers.values()) if tier.get("export")), None)
        if not exports or len(exports) < 2 or "reading" not in exports:
            return []
        reading = exports["reading"]
        rows = []
        for name, cost in exports.items():
            if name != "reading":
                net = goals.throughput(cost, reading["user"])
                rows.append([name, size(cost["bytes"]), seconds(cost["wall"]), seconds(cost["user"]),
                             f"{cost['bytes'] / MB / cost['user']:.0f} MB/s" if cost["user"] else "–",
                             "–" if net is None else f"{net:.0f} MB/s", mebibytes(cost["peak"])])
        used = f"{seconds(reading['user'])}", mebibytes(reading["peak"])
        text = say(f"写到 /dev/null。“净”为扣除读取（{used[0]} CPU，{used[1]}）之后。",
                   f"To /dev/null. “Net” is with the reading ({used[0]} of CPU, {used[1]}) taken off.")
        head = [say("格式", "format"), say("写出", "written"), say("时间", "time"), say("用户态 CPU", "user CPU"),
                say("毛", "gross"), say("净", "net"), say("内存", "memory")]
        return [say("## 导出", "## Export"), "", text, "", *table(head, rows)]

    def rules(self):
        say = self.say
        timed = [(matters, tier["timings"]) for matters, tier in self.tiers.items() if tier.get("timings")]
        if not timed:
            return []
        judged = dict(timed).get(goals.ONE, timed[-1][1])
        names = sorted(judged, key=judged.get, reverse=True)
        shown = [rule for rule in names if judged[rule] >= SHORT]
        growth = len(timed) > 1
        rows = []
        for rule in shown:
            row = [f"`{rule}`"] + [f"{times.get(rule, 0):.1f}" for _, times in timed]
            if growth:
                before = timed[-2][1].get(rule, 0)
                row.append(f"{timed[-1][1].get(rule, 0) / before:.1f}" if before >= SHORT else "")
            rows.append(row)
        head = [say("规则", "rule")] + [count(int(matters)) for matters, _ in timed] + [say("增长", "growth")] * growth
        text = say("毫秒，`validate --timings` 七次中的最小值；两个线程同时运行规则，故其和大于所用时间。",
                   "Milliseconds, the least of seven runs of `validate --timings`; rules run on two threads, so that the sum is more "
                   "than the time that passes.")
        more = len(names) - len(shown)
        rest = say(f"另有 {more} 条规则各用不到 {SHORT} 毫秒。", f"{more} more rules take less than {SHORT} ms each.") if more else ""
        return [say("## 每条规则的时间", "## Time of each rule"), "", text, "", *table(head, rows), *([rest, ""] if rest else [])]

    def apart(self):
        """What is measured apart, by workbooks.py and diff.py, and so stays when the rest is measured anew; and the notes."""
        here = pathlib.Path(__file__)
        out = []
        for name in ("workbooks", "notes"):
            path = here.with_name(f"{name}{self.ending}.md")
            if name == "notes" and diff.FIGURES.exists():
                out.append(diff.section(json.loads(diff.FIGURES.read_text(encoding="utf-8")), self.en))
            if path.exists():
                out += [path.read_text(encoding="utf-8").rstrip(), ""]
        return out
