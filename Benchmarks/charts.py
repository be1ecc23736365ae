"""Bar charts as SVG: texts and colours of their own, readable on light and dark pages."""

from dataclasses import dataclass, field
from html import escape

WIDTH, LEFT, RIGHT, ROW, BAR = 760, 240, 150, 26, 16
LINE = 17
# Bars longer than so many times the longest one of ours are cut, so that ours can be compared.
LONGEST = 2.5

STYLE = """
svg { font: 13px system-ui, "Segoe UI", Roboto, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
.page { fill: #ffffff; stroke: #d1d9e0; }
text { fill: #1f2328; }
.head { font-size: 15px; font-weight: 600; }
.group { font-weight: 600; }
.soft { fill: #59636e; font-size: 12px; }
.goal { fill: #bc4c00; font-size: 12px; }
.ours { fill: #0969da; }
.other { fill: #a8b1bb; }
.mark { stroke: #bc4c00; stroke-width: 2; }
.cut { stroke: #ffffff; stroke-width: 3; }
.axis { stroke: #d1d9e0; }
@media (prefers-color-scheme: dark) {
  .page { fill: #0d1117; stroke: #3d444d; }
  text { fill: #f0f6fc; }
  .soft { fill: #9198a1; }
  .goal { fill: #f0883e; }
  .ours { fill: #4493f8; }
  .other { fill: #656c76; }
  .mark { stroke: #f0883e; }
  .cut { stroke: #0d1117; }
  .axis { stroke: #3d444d; }
}
"""


@dataclass
class Bar:
    label: str
    value: float | None
    """None where it was not measured: the row has no bar."""
    text: str
    """The value as written."""
    ours: bool = False
    marks: list = field(default_factory=list)
    """Goals for this bar: where, and what they are called."""


@dataclass
class Group:
    """A line of text between bars."""

    label: str


def scale(bars):
    """The value at the right end."""
    values = [bar.value for bar in bars if bar.value is not None]
    own = [bar.value for bar in bars if bar.ours and bar.value is not None]
    own += [place for bar in bars for place, _ in bar.marks]
    longest = max(values + own, default=1)
    return min(longest, LONGEST * max(own)) if own and max(own) > 0 else longest or 1


def text(x, y, content, kind="", anchor=""):
    kind = f' class="{kind}"' if kind else ""
    anchor = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:g}" y="{y:g}"{kind}{anchor}>{escape(content)}</text>'


def free(left, content, marks):
    """Where a text of that left end lies upon no mark: there, or to the right of the marks."""
    for at in sorted(marks):
        if left - 4 < at < left + 9 * len(content):
            left = at + 8
    return left


def chart(title, note, rows, separator="; "):
    """The picture; `rows` are bars and groups."""
    bars = [row for row in rows if isinstance(row, Bar)]
    top = scale(bars)
    room = WIDTH - LEFT - RIGHT
    out, y = [], 34
    out.append(text(16, y - 8, title, "head"))
    if note:
        y += LINE
        out.append(text(16, y - 8, note, "soft"))
    y += 4
    for row in rows:
        if isinstance(row, Group):
            y += ROW + 4
            out.append(text(16, y - 10, row.label, "group"))
            continue
        out.append(text(LEFT - 10, y + BAR - 3, row.label, "", "end"))
        end = y + ROW + (LINE * len(row.marks) + 4 if row.marks else 0)
        out.append(f'<line class="axis" x1="{LEFT - 0.5}" y1="{y - 4:g}" x2="{LEFT - 0.5}" y2="{end - 4:g}"/>')
        length = 0.0
        if row.value is not None:
            length = max(1.0, min(row.value / top, 1) * room)
            kind = "ours" if row.ours else "other"
            out.append(f'<rect class="{kind}" x="{LEFT}" y="{y:g}" width="{length:.1f}" height="{BAR}" rx="2"/>')
            if row.value > top * 1.0001:
                for at in (LEFT + length - 26, LEFT + length - 19):
                    out.append(f'<line class="cut" x1="{at:.1f}" y1="{y + BAR + 2:g}" x2="{at + 7:.1f}" y2="{y - 2:g}"/>')
        marks = [LEFT + min(place / top, 1) * room for place, _ in row.marks]
        out.append(text(free(LEFT + length + 8, row.text, marks), y + BAR - 3, row.text, "" if row.value is not None else "soft"))
        for at in marks:
            out.append(f'<line class="mark" x1="{at:.1f}" y1="{y - 4:g}" x2="{at:.1f}" y2="{y + BAR + 4:g}"/>')
        for _, name in row.marks:
            y += LINE
            out.append(text(LEFT, y + BAR, name, "goal"))
        y += ROW + (4 if row.marks else 0)
    height = y + 8
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>', f'<desc id="desc">{escape(described(rows, separator))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>', *out, "</svg>", ""])


def described(rows, separator="; "):
    """The figures as a text: for those who do not see the picture."""
    parts, group = [], ""
    for row in rows:
        if isinstance(row, Group):
            group = row.label + ", "
        else:
            goals = "".join(f" ({name})" for _, name in row.marks)
            parts.append(f"{group}{row.label}: {row.text}{goals}")
    return separator.join(parts)
