"""What is asked of the figures, and whether they meet it."""

from dataclasses import dataclass

MB = 1_000_000
MIB = 1 << 20
# Milliseconds at a million matters: of a rule that takes less, the growth would be noise.
LONG = 10
ONE, TWO, SMALL, MIDDLE = "1000000", "2000000", "241", "100000"
SCHEMA_CHECK = "xmllint --stream --schema"


@dataclass
class Goal:
    what: tuple
    """In Chinese and in English."""
    sense: str
    limit: float | None
    stretch: float | None
    form: object
    """Writes a value."""
    value: float | None
    """None if it was not measured."""


def get(results, *path):
    value = results["tiers"]
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return value


def ratio(above, below, what="wall"):
    return above[what] / below[what] if above and below and below[what] else None


def times(value):
    return f"{value:.2f} ×"


def binary(value):
    return f"{value / MIB:.4g} MiB"


def rate(value):
    return f"{value:.0f} MB"


def count(value):
    return f"{value:,}"


def throughput(export, reading):
    """MB a second of CPU, the reading of the catalog taken off; None where too little is written to measure it."""
    user = export["user"] - reading
    return export["bytes"] / MB / user if user > 0.02 else None


def worst(results, form, matters=ONE):
    """The kind of mistake whose check takes longest, and how long beside the clean catalog."""
    costs = get(results, matters, "wrong", form) or {}
    found = {kind: ratio(cost, costs.get("clean")) for kind, cost in costs.items() if kind != "clean"}
    found = {kind: value for kind, value in found.items() if value}
    kind = max(found, key=found.get, default=None)
    return (kind, found[kind]) if kind else (None, None)


def growths(results):
    """How many times as long each rule takes with two million matters as with one."""
    before, after = get(results, ONE, "timings") or {}, get(results, TWO, "timings") or {}
    return {rule: after[rule] / before[rule] for rule in after if before.get(rule, 0) >= LONG}


def goals(results):
    """All goals: first those of the ladder, then those for the rest."""
    out = []

    def one(*path):
        return get(results, *path)

    def add(zh, en, sense, limit, value, form=times, stretch=None):
        out.append(Goal((zh, en), sense, limit, stretch, form, value))

    ours = one(ONE, "xml", "onevisit")
    add("XML，一百万件事：时间 ÷ xmllint --stream --schema", "XML of a million matters: time ÷ xmllint --stream --schema",
        "≤", 0.40, ratio(ours, one(ONE, "xml", SCHEMA_CHECK)), stretch=0.28)
    add("同上 ÷ 不作处理的 libxml2 SAX", "the same ÷ libxml2's SAX with empty handlers",
        "≤", 2.0, ratio(ours, one(ONE, "xml", "xmllint --sax")), stretch=1.4)
    ours = one(ONE, "folder", "onevisit")
    add("文件夹，一百万件事：时间 ÷ DuckDB 的五项检查", "folder of a million matters: time ÷ DuckDB's five checks",
        "≤", 0.45, ratio(ours, one(ONE, "folder", "DuckDB")), stretch=0.33)
    add("同上 ÷ zsv", "the same ÷ zsv", "≤", 3, ratio(ours, one(ONE, "folder", "zsv count")))
    add("同上，常驻内存", "the same, resident memory", "≤", 400 * MIB, ours["peak"] if ours else None, binary)
    for form, zh, en in (("folder", "文件夹", "folder"), ("xml", "XML", "XML")):
        kind, value = worst(results, form)
        rule = f"（{one(ONE, 'wrong', form, kind, 'rule')}）" if kind else ""
        add(f"件件有错，一百万件事，{zh}：最慢的一种{rule} ÷ 无错的",
            f"every matter wrong, a million, {en}: the slowest kind{rule.replace('（', ' (').replace('）', ')')} ÷ the clean run",
            "≤", 1.5, value)
    lists = one(MIDDLE, "lists") or {}
    add("通知所附版式的清单，十万件事 ÷ 同样各事的文件夹", "the official layout, 100,000 matters ÷ the folder of the same matters",
        "≤", 4, ratio(lists.get("official"), lists.get("folder")))
    start = one(SMALL, "start") or {}
    for name, zh, en in (("onevisit, CSV", "文件夹", "folder"), ("onevisit, XML", "XML", "XML")):
        add(f"241 件事，整个进程，{zh} ÷ xmllint --noout", f"241 matters, whole process, {en} ÷ xmllint --noout",
            "≤", 1.3, ratio(start.get(name), start.get("xmllint --noout")))
    add("--version ÷ xmllint --version", "--version ÷ xmllint --version",
        "≤", 2, ratio(start.get("onevisit --version"), start.get("xmllint --version")))
    peaks = [start[name]["peak"] for name in ("onevisit, CSV", "onevisit, XML") if name in start]
    add("241 件事，常驻内存（文件夹与 XML 中较多者）", "241 matters, resident memory (the larger of folder and XML)",
        "≤", 14 * MIB, max(peaks) if peaks else None, binary)
    for form, zh, en in (("folder", "文件夹", "folder"), ("xml", "XML", "XML")):
        add(f"从一百万到二百万件事，时间增长，{zh}", f"growth of the time from one to two million matters, {en}",
            "≤", 2.1, ratio(one(TWO, form, "onevisit"), one(ONE, form, "onevisit")))
    growth = growths(results)
    rule = max(growth, key=growth.get, default=None)
    named = f" (`{rule}`)" if rule else ""
    add(f"同上，增长最快的规则{named}", f"the same, the rule that grows fastest{named}",
        "≤", 2.2, growth[rule] if rule else None)

    frictionless = one(MIDDLE, "folder", "frictionless")
    add("十万件事：frictionless validate 的时间 ÷ onevisit", "100,000 matters: time of frictionless validate ÷ onevisit",
        "≥", 50, ratio(frictionless, one(MIDDLE, "folder", "onevisit")))
    found = one(MIDDLE, "found") or {}
    add("同上，找到的缺陷多于 frictionless", "the same, more defects found than by frictionless",
        ">", found.get("frictionless"), found.get("onevisit") if "frictionless" in found else None, count)
    exports = one(ONE, "export") or {}
    reading = exports.get("reading")
    for name, title in (("xml", "XML"), ("flat", "CSV flat"), ("official", "CSV official"), ("json", "JSON")):
        value = throughput(exports[name], reading["user"]) if name in exports and reading else None
        add(f"导出 {title}，单核每秒", f"export of {title}, a second of a core", "≥", 200, value, rate)
    peaks = [cost["peak"] for name, cost in exports.items() if name != "reading"]
    add("导出时的内存 ÷ 仅读取", "memory of an export ÷ that of reading alone",
        "≤", 1.1, max(peaks) / reading["peak"] if peaks and reading else None)
    return out


def is_met(sense, value, limit):
    return {"≤": value <= limit, "≥": value >= limit, ">": value > limit}[sense]


def verdict(goal, en):
    """Whether a goal is met, and by how much it is met or missed."""
    if goal.value is None or goal.limit is None:
        return ("未测", "not measured")[en]

    def judged(limit, met, missed):
        off = f"{abs(goal.value - limit) / limit:.0%}" if limit else "–"
        return (met if is_met(goal.sense, goal.value, limit) else missed)[en].format(off)

    text = judged(goal.limit, ("达到，余 {}", "met by {}"), ("**未达到，差 {}**", "**missed by {}**"))
    if goal.stretch is not None and is_met(goal.sense, goal.value, goal.limit):
        text += judged(goal.stretch, ("；更高目标达到，余 {}", "; stretch met by {}"), ("；更高目标差 {}", "; stretch missed by {}"))
    return text


def rows(results, en):
    """The rows of the table of goals: what, asked, stretch, measured, and the verdict."""
    out = []
    for goal in goals(results):
        limits = ["–" if limit is None else f"{goal.sense} {goal.form(limit)}" for limit in (goal.limit, goal.stretch)]
        limits[1] = "" if goal.stretch is None else limits[1]
        value = "–" if goal.value is None else goal.form(goal.value)
        out.append([goal.what[en], *limits, value, verdict(goal, en)])
    return out


def lines(results):
    """The goals as lines for a terminal."""
    return "\n".join(
        f"{verdict.replace('*', ''):40}{what}: {value} (asked {asked})" for what, asked, _, value, verdict in rows(results, 1))
