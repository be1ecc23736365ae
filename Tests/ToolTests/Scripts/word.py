"""Word documents for the tests: word.py notices LIST.csv FOLDER | hostile LIST.csv FOLDER | tables LIST.csv TARGET.

notices writes the list of the notice as many documents with the same content, each with something that Word, WPS or people
do to a table."""
import copy, csv, io, os, random, re, sys, zipfile
import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBER, KIND, NAME, ITEM, LEAD, OWNER, DEADLINE, REMARK = range(8)
TITLES = [
    "九江市人民政府办公室", "关于印发九江市深入推进第二批", "“一件事一次办”改革工作方案的通知", "九府办字〔2022〕128号 2022年12月30日",
    "各县(市、区)人民政府,市政府各部门:", "附件2", "九江市第二批“一件事一次办”", "事项清单(230项)",
]


def element(tag_name, **attributes):
    new = OxmlElement(tag_name)
    for key, value in attributes.items():
        new.set(qn("w:" + key), str(value))
    return new


def text_run(text, tag="w:t"):
    run = element("w:r")
    node = element(tag)
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(node)
    return run


def paragraph(*runs):
    new = element("w:p")
    new.extend(runs)
    return new


def cell(text, merge=None, span=1):
    new = element("w:tc")
    properties = element("w:tcPr")
    if span > 1:
        properties.append(element("w:gridSpan", val=span))
    if merge:
        properties.append(element("w:vMerge", val=merge) if merge == "restart" else element("w:vMerge"))
    new.append(properties)
    new.append(paragraph(*([text_run(text)] if text else [])))
    return new


def row(cells):
    new = element("w:tr")
    new.extend(cells)
    return new


class Notice:
    """The list as matters of rows, and a document with its table."""

    def __init__(self, path):
        with open(path, encoding="utf-8-sig", newline="") as file:
            self.header, *rows = csv.reader(file)
        self.matters = []
        for cells in rows:
            if cells[NUMBER]:
                self.matters.append([])
            self.matters[-1].append(cells)

    def cells(self, merge=None, own=(NUMBER, KIND, NAME, LEAD, DEADLINE, REMARK)):
        """The rows as XML; merge is what a matter's own cells are below its first row: vMerge, repeat or nothing."""
        for matter in self.matters:
            for index, texts in enumerate(matter):
                new = []
                for column, text in enumerate(texts):
                    first = matter[0][column]
                    if column not in own or len(matter) == 1 or merge is None:
                        new.append(cell(text))
                    elif merge == "repeat":
                        new.append(cell(first))
                    else:
                        new.append(cell(first if index == 0 else "", "restart" if index == 0 else "continue"))
                yield row(new)

    def document(self, rows, header=True, before=None, widths=(500, 700, 2600, 3400, 1600, 1800, 1200, 2000)):
        document = docx.Document()
        for title in TITLES:
            document.add_paragraph(title)
        if before:
            before(document)
        table = document.add_table(0, 0)
        body = table._tbl
        for width in widths:
            body.tblGrid.append(element("w:gridCol", w=width))
        if header:
            first = row([cell(title) for title in self.header])
            properties = element("w:trPr")
            properties.append(element("w:tblHeader"))
            first.insert(0, properties)
            body.append(first)
        body.extend(rows)
        return document, body


def save(document, folder, name):
    document.save(os.path.join(folder, name))


def patched(document, folder, name, change):
    """A copy with the text of document.xml changed."""
    memory = io.BytesIO()
    document.save(memory)
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text.decode()).encode() if part == "word/document.xml" else text)


def break_lines(node, rng):
    """Breaks a text of a cell by a line break, a carriage return or a new paragraph."""
    text = node.text
    if len(text) < 6 or re.search(r"[A-Za-z ]", text):
        return
    at = rng.randrange(2, len(text) - 2)
    run, kind = node.getparent(), rng.randrange(3)
    node.text = text[:at]
    if kind < 2:
        run.append(element(("w:br", "w:cr")[kind]))
        run.append(text_run(text[at:])[0])
    else:
        run.getparent().addnext(paragraph(text_run(text[at:])))


def wrap(node, tag_name, **attributes):
    new = element(tag_name, **attributes)
    node.addprevious(new)
    new.append(node)
    return new


def control(node, placeholder=False):
    outer = element("w:sdt")
    properties = element("w:sdtPr")
    if placeholder:
        properties.append(element("w:showingPlcHdr"))
    outer.append(properties)
    content = element("w:sdtContent")
    outer.append(content)
    node.addprevious(outer)
    content.append(node)
    return outer


def notices(path, folder):
    notice = Notice(path)
    rng = random.Random(128)
    merged = lambda: list(notice.cells("vMerge"))

    save(notice.document(merged())[0], folder, "merged.docx")
    save(notice.document(notice.cells())[0], folder, "blank.docx")
    save(notice.document(notice.cells("repeat"))[0], folder, "repeated.docx")

    # Merged by python-docx itself.
    document, body = notice.document([row([cell(text) for text in texts]) for matter in notice.matters for texts in matter])
    table = document.tables[0]
    cells, at = table._cells, 1
    for matter in notice.matters:
        for column in (NUMBER, KIND, NAME, LEAD, DEADLINE, REMARK):
            if len(matter) > 1:
                joined = cells[at * 8 + column].merge(cells[(at + len(matter) - 1) * 8 + column])
                joined.text = matter[0][column]
        at += len(matter)
    save(document, folder, "python-docx.docx")

    # The header and the title again on each page, in the middle of matters; a page number.
    rows = merged()
    paged = []
    for index, one in enumerate(rows):
        if index and index % 17 == 0:
            paged.append(row([cell("九江市第二批“一件事一次办”事项清单(230项)", span=8)]))
            paged.append(row([cell(title) for title in notice.header]))
            for own in one.findall(qn("w:tc")):
                merge = own.tcPr.find(qn("w:vMerge"))
                if merge is not None:
                    # What goes on after the header cannot be merged with what is above it.
                    merge.set(qn("w:val"), "restart")
        if index % 17 == 16:
            paged.append(one)
            paged.append(row([cell(f"— {index // 17 + 1} —", span=8)]))
        else:
            paged.append(one)
    save(notice.document(paged)[0], folder, "pages.docx")

    # The type merged over all matters of a kind, lead and deadline over neighbours.
    rows, above = [], {}
    for matter in notice.matters:
        for index, texts in enumerate(matter):
            new = []
            for column, text in enumerate(texts):
                whole = matter[0][column]
                if column in (KIND, LEAD, DEADLINE):
                    same = above.get(column) == whole
                    above[column] = whole
                    new.append(cell("" if same else whole, "continue" if same else "restart"))
                elif column in (NUMBER, NAME, REMARK) and len(matter) > 1:
                    new.append(cell(text if index == 0 else "", "restart" if index == 0 else "continue"))
                else:
                    new.append(cell(text))
            rows.append(row(new))
    save(notice.document(rows)[0], folder, "types.docx")

    # A title and a header of two rows in the table, a note below it.
    top = [
        row([cell("九江市第二批“一件事一次办”事项清单(230项)", span=8)]),
        row([cell(t, "restart") for t in notice.header[:4]] + [cell("部门", span=2)]
            + [cell(t, "restart") for t in notice.header[6:]]),
        row([cell("", "continue") for _ in range(4)] + [cell(t) for t in notice.header[4:6]]
            + [cell("", "continue") for _ in range(2)]),
    ]
    save(notice.document(top + merged(), header=False)[0], folder, "two-rows.docx")

    # Cells that are not there at the side, and edges that nobody sees are different.
    widths = []
    for width in (500, 700, 2600, 3400, 1600, 1800, 1200, 2000):
        widths += [width - 60, 60]
    rows = []
    for matter in notice.matters:
        for index, texts in enumerate(matter):
            if index == 0:
                new = [cell(text, span=2) for text in texts]
                if rng.random() < 0.5:
                    # The edge between two cells is a grid column further left.
                    at = rng.randrange(7)
                    new[at].tcPr.find(qn("w:gridSpan")).set(qn("w:val"), "1")
                    new[at + 1].tcPr.find(qn("w:gridSpan")).set(qn("w:val"), "3")
                rows.append(row(new))
            else:
                new = row([cell(texts[ITEM], span=2), cell("", span=2), cell(texts[OWNER], span=2)])
                properties = element("w:trPr")
                properties.append(element("w:gridBefore", val=6))
                properties.append(element("w:gridAfter", val=4))
                new.insert(0, properties)
                rows.append(new)
    document, body = notice.document(rows, header=False, widths=widths)
    body.insert(2, row([cell(title, span=2) for title in notice.header]))
    save(document, folder, "grid.docx")

    # Content controls around rows, cells, paragraphs and runs.
    document, body = notice.document(merged())
    for one in body.findall(qn("w:tr")):
        for node in [one] + list(one.iter(qn("w:tc"), qn("w:p"), qn("w:r"))):
            if rng.random() < 0.1:
                control(node)
        if rng.random() < 0.1:
            for empty in one.iter(qn("w:p")):
                if empty.find(qn("w:r")) is None:
                    empty.append(text_run("单击此处输入文字"))
                    control(empty[-1], placeholder=True)
                    break
    save(document, folder, "controls.docx")

    # Tracked changes.
    document, body = notice.document(merged())
    marks = dict(id=1, author="x", date="2022-12-30T00:00:00Z")
    for one in list(body.iter(qn("w:r"))):
        kind = rng.randrange(12)
        if kind == 0:
            wrap(one, "w:ins", **marks)
        elif kind == 1:
            wrap(one, "w:moveTo", **marks)
        elif kind == 2:
            gone = element("w:del", **marks)
            gone.append(text_run("原有的文字", "w:delText"))
            one.addnext(gone)
        elif kind == 3:
            gone = element("w:moveFrom", **marks)
            gone.append(text_run("移走的文字"))
            one.addprevious(gone)
        elif kind == 4 and len(one[0].text) > 4:
            # A paragraph mark that is deleted.
            text, inner = one[0].text, one.getparent()
            one[0].text = text[:2]
            properties, mark = element("w:pPr"), element("w:rPr")
            mark.append(element("w:del", **marks))
            properties.append(mark)
            inner.insert(0, properties)
            inner.addnext(paragraph(text_run(text[2:])))
    for index, one in enumerate(body.findall(qn("w:tr"))[1::9]):
        gone = row([cell("999"), cell("个人"), cell("删去的一件事"), cell("删去的事项"), cell("市公安局")])
        properties = element("w:trPr")
        properties.append(element("w:del", **marks))
        gone.insert(0, properties)
        one.addnext(gone)
        extra = cell("删去的格")
        extra.tcPr.append(element("w:cellDel", **marks))
        one.find(qn("w:tc")).addprevious(extra)
        change = element("w:tcPrChange", **marks)
        old = element("w:tcPr")
        old.append(element("w:gridSpan", val=3))
        change.append(old)
        one.findall(qn("w:tc"))[-1].tcPr.append(change)
    save(document, folder, "tracked.docx")

    # Lines that end within a text.
    document, body = notice.document(merged())
    for one in list(body.iter(qn("w:t"))):
        if rng.random() < 0.5:
            break_lines(one, rng)
    save(document, folder, "lines.docx")

    # What is in runs besides text.
    document, body = notice.document(merged())
    for one in list(body.iter(qn("w:r"))):
        kind = rng.randrange(10)
        if kind == 0:
            hidden = text_run("隐藏")
            properties = element("w:rPr")
            properties.append(element("w:vanish"))
            hidden.insert(0, properties)
            one.addnext(hidden)
        elif kind == 1:
            begin, code, separate, end = (element("w:r") for _ in range(4))
            begin.append(element("w:fldChar", fldCharType="begin"))
            code.append(text_run(" REF x ", "w:instrText")[0])
            separate.append(element("w:fldChar", fldCharType="separate"))
            end.append(element("w:fldChar", fldCharType="end"))
            for new in (begin, code, separate):
                one.addprevious(new)
            one.addnext(end)
        elif kind == 2:
            ruby = element("w:ruby")
            top, base = element("w:rt"), element("w:rubyBase")
            top.append(text_run("zhu yin"))
            outer = element("w:r")
            one.addprevious(outer)
            base.append(one)
            ruby.extend([top, base])
            outer.append(ruby)
        elif kind == 3:
            note = element("w:r")
            note.append(element("w:footnoteReference", id=2))
            one.addnext(note)
        elif kind == 4 and len(one[0].text) > 3:
            text = one[0].text
            one[0].text = text[:1]
            for letter in reversed(text[1:]):
                one.addnext(text_run(letter))
            one.addnext(element("w:proofErr", type="spellStart"))
        elif kind == 5:
            one.addnext(element("w:bookmarkStart", id=1, name="x"))
        elif kind == 6:
            empty = element("w:r")
            empty.extend([element("w:softHyphen"), element("w:lastRenderedPageBreak"), element("w:annotationRef")])
            one.addnext(empty)
        elif kind == 7:
            wrap(one, "w:hyperlink", anchor="x")
        elif kind == 8:
            wrap(wrap(one, "w:smartTag", element="x"), "w:bdo", val="ltr")
    box = ('<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
           '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></w:drawing>'
           '<w:t>%s</w:t></mc:Choice><mc:Fallback><w:t>又一次</w:t></mc:Fallback></mc:AlternateContent></w:r>')
    patched(document, folder, "runs.docx",
            lambda text: re.sub(r"<w:r><w:t xml:space=\"preserve\">(企业)</w:t></w:r>", lambda m: box % m[1], text, count=40))

    # Tables within cells.
    document, body = notice.document(merged())
    for one in body.findall(qn("w:tr"))[5:60:7]:
        inner = copy.deepcopy(notice.document([])[1])
        inner.append(row([cell("1"), cell("个人"), cell("里面的一件事"), cell("里面的事项")]))
        target = one.findall(qn("w:tc"))[REMARK]
        target.append(inner)
        target.append(paragraph())
    save(document, folder, "nested.docx")

    # Other programs' names for the same.
    document, body = notice.document(merged())
    patched(document, folder, "strict.docx", lambda t: t.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main"))
    patched(document, folder, "prefix.docx", lambda t: re.sub(r"(</?|[ ])w:", r"\1ns0:", t).replace("xmlns:w=", "xmlns:ns0="))

    # Numbers that Word counts by itself.
    document, body = notice.document(merged())
    for one in body.findall(qn("w:tr"))[1:]:
        first = one.find(qn("w:tc"))
        if first.findtext(".//" + qn("w:t")):
            first.remove(first.find(qn("w:p")))
            new = paragraph()
            properties, numbers = element("w:pPr"), element("w:numPr")
            numbers.extend([element("w:ilvl", val=0), element("w:numId", val=77)])
            properties.append(numbers)
            new.append(properties)
            first.append(new)
    part = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId=77)
    level = element("w:lvl", ilvl=0)
    level.extend([element("w:start", val=1), element("w:numFmt", val="decimal"), element("w:lvlText", val="%1.")])
    abstract.append(level)
    part.insert(0, abstract)
    number = element("w:num", numId=77)
    number.append(element("w:abstractNumId", val=77))
    part.append(number)
    save(document, folder, "numbered.docx")

    # Full-width digits and blanks, other tables before and after.
    def before(document):
        other = document.add_table(2, 3)
        for index, text in enumerate(["姓名", "单位", "电话"]):
            other.rows[0].cells[index].text = text
        document.add_paragraph("附件2")
        document.add_paragraph("九江市第二批“一件事一次办”事项清单(230项)")

    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    rows = merged()
    for one in rows:
        node = one.find(qn("w:tc")).find(".//" + qn("w:t"))
        if node is not None:
            node.text = "\u3000" + node.text.translate(wide) + "．"
    document, body = notice.document(rows, before=before)
    for node, title in zip(body.find(qn("w:tr")).iter(qn("w:t")), ["序\u3000号", "类  型"]):
        node.text = title
    document.add_table(1, 2).rows[0].cells[0].text = "联系方式"
    save(document, folder, "wide.docx")

    # Rows that a page has cut in two.
    rows, count = [], 0
    for matter, one in [(matter, index) for matter in notice.matters for index in range(len(matter))]:
        texts = list(matter[one])
        item, owner = texts[ITEM], texts[OWNER]
        if len(item) > 8 and not re.search(r"[/、,， ()（）]", item) and count < 30 and rng.random() < 0.3:
            count += 1
            at = len(item) // 2 + 1
            rows.append(row([cell(t) for t in texts[:ITEM] + [item[:at]] + texts[ITEM + 1:]]))
            rows.append(row([cell(item[at:]) if column == ITEM else cell("") for column in range(8)]))
        else:
            rows.append(row([cell(text) for text in texts]))
    save(notice.document(rows)[0], folder, "split.docx")


def hostile(path, folder):
    """What must be refused."""
    def write(name, data):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)

    def archive(name, parts):
        with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as new:
            for part, text in parts.items():
                new.writestr(part, text)

    notice = Notice(path)
    document, body = notice.document(list(notice.cells("vMerge")))
    memory = io.BytesIO()
    document.save(memory)
    whole = memory.getvalue()
    for share in (3, 10, 50, 90, 99):
        write(f"cut-{share}.docx", whole[: len(whole) * share // 100])
    flipped = bytearray(whole)
    with zipfile.ZipFile(memory) as old:
        flipped[old.getinfo("word/document.xml").header_offset + 600] ^= 0xFF
    write("flipped.docx", bytes(flipped))
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    write("old.doc", compound + "WordDocument".encode("utf-16le"))
    write("old.wps", compound + "WordDocument".encode("utf-16le"))
    write("secret.docx", compound + "EncryptedPackage".encode("utf-16le"))
    write("rich.doc", rb"{\rtf1\ansi{\fonttbl}\trowd\cell\row}")
    archive("text.odt", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    archive("path.docx", {"../../tmp/x": "x", "word/document.xml": "<a/>"})
    archive("other.docx", {"word/document.xml": "<a/>"})
    patched(document, folder, "doctype.docx",
            lambda t: t.replace("?>", '?><!DOCTYPE document [<!ENTITY a "b">]>', 1))
    patched(document, folder, "broken.docx", lambda t: t[: len(t) // 2])
    patched(document, folder, "wide.docx", lambda t: t.replace("<w:tcPr/>", '<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'))
    save(docx.Document(), folder, "no-table.docx")
    document.tables[0].rows[0].cells[NAME].text = "甲"
    document.tables[0].rows[0].cells[ITEM].text = "乙"
    save(document, folder, "no-headings.docx")
    for name, unit in {
        "bomb.docx": b"<w:p><w:r><w:t>" + b"A" * 900000 + b"</w:t></w:r></w:p>",
        "cells.docx": b"<w:tc/>" * 400 + b"</w:tr><w:tr>",
        "merges.docx": b"<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>" * 40 + b"</w:tr><w:tr>",
        "texts.docx": b"<w:tc><w:p><w:r><w:t>" + b"A" * 200000 + b"</w:t></w:r></w:p></w:tc></w:tr><w:tr>",
    }.items():
        size = {"bomb.docx": 800, "cells.docx": 200000, "merges.docx": 200000, "texts.docx": 2000}[name]
        head = f'<w:document xmlns:w="{W}"><w:body>'.encode()
        tail = b"</w:body></w:document>"
        if name != "bomb.docx":
            head += b"<w:tbl><w:tr>"
            if name == "merges.docx":
                head += (b'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>' + b"A" * 100000
                         + b"</w:t></w:r></w:p></w:tc></w:tr><w:tr>")
                unit = unit.replace(b"</w:tr>", b"<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>")
            tail = b"</w:tr></w:tbl>" + tail
        with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as new:
            with new.open("word/document.xml", "w", force_zip64=True) as part:
                part.write(head)
                block = unit * max(1, 200000 // len(unit))
                for _ in range(size * len(unit) // len(block)):
                    part.write(block)
                part.write(tail)


def tables(path, target):
    """Two lists in one document, and a table that is none."""
    notice = Notice(path)
    document, body = notice.document(list(notice.cells("vMerge")))
    document.add_paragraph("附件3")
    other = document.add_table(2, 3)
    for index, text in enumerate(["姓名", "单位", "电话"]):
        other.rows[0].cells[index].text = text
    document.add_paragraph("附件4")
    second = copy.deepcopy(body)
    document.element.body.insert(-1, second)
    document.save(target)


if __name__ == "__main__":
    {"notices": notices, "hostile": hostile, "tables": tables}[sys.argv[1]](*sys.argv[2:])
