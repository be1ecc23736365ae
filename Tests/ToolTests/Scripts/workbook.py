"""Workbooks for the tests: workbook.py agree WORKBOOK FOLDER | odd WORKBOOK FOLDER | edit WORKBOOK NEW | morning WORKBOOK NEW
| checked WORKBOOK | hostile WORKBOOK FOLDER | mistake KIND WORKBOOK NEW."""
import csv, datetime, os, re, sys, zipfile
import openpyxl

SHEETS = {
    "事项": "matters", "关联事项": "items", "部门登记表": "departments", "事项登记表": "approvals", "清单": "lists",
    "文件": "notices", "地区": "regions", "服务对象": "audiences", "目标": "targets", "进展": "progress", "豁免": "waivers",
}


def patch(source, target, part, change):
    """A copy of a workbook with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if re.fullmatch(part, name) else text)


def agree(path, folder):
    """openpyxl and calamine read every cell as the tables have it; every cell is text."""
    import python_calamine
    book = openpyxl.load_workbook(path)
    other = python_calamine.CalamineWorkbook.from_path(path)
    for sheet, table in SHEETS.items():
        with open(os.path.join(folder, table + ".csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        width = max(map(len, rows), default=0)
        ours = [row + [""] * (width - len(row)) for row in rows]
        ws = book[sheet]
        theirs = [[cell.value or "" for cell in row[:width]] for row in ws.iter_rows(min_row=2)] if rows else []
        assert ours == theirs, (sheet, next((a, b) for a, b in zip(ours, theirs) if a != b))
        third = [[str(cell) for cell in row[:width]] for row in other.get_sheet_by_name(sheet).to_python()[1:]] if rows else []
        assert ours == third, (sheet, next((a, b) for a, b in zip(ours, third) if a != b))
        assert ws.freeze_panes == "A2" and ws.auto_filter.ref.startswith("A1:"), sheet
        assert all(cell.data_type == "s" or cell.value is None for row in ws.iter_rows() for cell in row)
    choices = {str(rule.sqref): rule for rule in book["事项"].data_validations.dataValidation}
    assert "部门登记表" in choices["F2:F1048576"].formula1 and not choices["F2:F1048576"].showErrorMessage
    assert "清单" in choices["B2:B1048576"].formula1
    assert book.defined_names["matters_name"].attr_text.replace("'", "").startswith("事项!$E$2")
    assert book.worksheets[0].title == "说明"


def odd(path, folder):
    """The same catalog as other programs might write it."""
    book = openpyxl.load_workbook(path)
    copy = openpyxl.Workbook()
    copy.remove(copy.active)
    for ws in book.worksheets:
        new = copy.create_sheet(ws.title)
        for row in ws.iter_rows(values_only=True):
            new.append(row)
    # Numbers, days and months as a spreadsheet program makes of them; hidden rows.
    matters = copy["事项"]
    for row in matters.iter_rows(min_row=2):
        row[2].value = float(row[2].value)
        if row[6].value == "2022年12月":
            row[6].value, row[6].number_format = datetime.date(2022, 12, 1), 'yyyy"年"m"月"'
    notice = next(row for row in copy["文件"].iter_rows(min_row=2))
    notice[4].value, notice[4].number_format = datetime.datetime.fromisoformat(notice[4].value), "[$-804]yyyy/m/d"
    matters.row_dimensions[7].hidden = True
    matters.sheet_state = "hidden"
    copy.save(os.path.join(folder, "typed.xlsx"))
    copy.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    copy.save(os.path.join(folder, "1904.xlsx"))
    base = os.path.join(folder, "typed.xlsx")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    one = r"xl/worksheets/sheet2\.xml"
    every = r"xl/worksheets/.*\.xml"

    def fill(text):
        """Without addresses every cell has to be there, which is how programs that leave them out write."""
        def cells(row):
            found = {match[1]: match[0] for match in re.finditer(r'<c r="([A-Z]+)\d+".*?(?:/>|</c>)', row[0])}
            letters = [openpyxl.utils.get_column_letter(i) for i in range(1, 15)]
            hidden = ' hidden="1"' if 'hidden="1"' in row[0].split(">")[0] else ""
            return f"<row{hidden}>" + "".join(re.sub(r' r="\w+"', "", found.get(l, "<c/>"), count=1) for l in letters) + "</row>"
        return re.sub(r"<row .*?</row>", cells, text)

    patch(base, os.path.join(folder, "addresses.xlsx"), one, fill)
    patch(base, os.path.join(folder, "prefix.xlsx"), every,
          lambda t: re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", t).replace("xmlns=", "xmlns:x="))
    patch(base, os.path.join(folder, "strict.xlsx"), r"xl/.*\.xml",
          lambda t: t.replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main"))
    patch(base, os.path.join(folder, "dimension.xlsx"), every, lambda t: re.sub(r'ref="A1:\w+"', 'ref="A1:A1"', t))
    patch(base, os.path.join(folder, "rich.xlsx"), r"xl/sharedStrings\.xml",
          lambda t: t.replace("<t>灵活就业</t>", '<r><t>灵活</t></r><r><rPr/><t>就业</t></r><rPh sb="0" eb="2"><t>リン</t></rPh>'))
    empty = "".join(f'<row r="{i}" s="1" customFormat="1"><c r="A{i}" s="1"/></row>' for i in range(500, 1048577))
    patch(base, os.path.join(folder, "million.xlsx"), one, lambda t: t.replace("</sheetData>", empty + "</sheetData>"))


def hostile(path, folder):
    """What must be refused."""
    def save(name, text):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text)

    def archive(name, parts):
        with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as new:
            for part, text in parts.items():
                new.writestr(part, text)

    whole = open(path, "rb").read()
    for share in (3, 10, 50, 90, 99):
        save(f"cut-{share}.xlsx", whole[: len(whole) * share // 100])
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0xFF
    save("flipped.xlsx", bytes(flipped))
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    save("old.xls", compound + "Workbook".encode("utf-16le"))
    save("old.doc", compound + "WordDocument".encode("utf-16le"))
    save("secret.xlsx", compound + "EncryptedPackage".encode("utf-16le"))
    archive("sheet.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})
    archive("text.docx", {"word/document.xml": "<a/>"})
    archive("binary.xlsb", {"xl/workbook.bin": "x"})
    archive("other.zip", {"a.txt": "x"})
    archive("path.xlsx", {"../../tmp/x": "x"})
    save("empty.zip", b"PK\5\6" + bytes(18))
    one = r"xl/worksheets/sheet2\.xml"
    patch(path, os.path.join(folder, "doctype.xlsx"), one,
          lambda t: t.replace("?>", '?><!DOCTYPE worksheet [<!ENTITY a "b">]>', 1))
    patch(path, os.path.join(folder, "row.xlsx"), one, lambda t: t.replace('<row r="3"', '<row r="9999999"'))
    patch(path, os.path.join(folder, "broken.xlsx"), one, lambda t: t[: len(t) // 2])
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(os.path.join(folder, "bomb.xlsx"), "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if not re.fullmatch(one, name):
                new.writestr(name, text)
                continue
            head, tail = text.split(b"</sheetData>")
            with new.open(name, "w") as part:
                part.write(head)
                cell = b'<row><c t="inlineStr"><is><t>' + b"A" * 900000 + b"</t></is></c></row>"
                for _ in range(800):
                    part.write(cell)
                part.write(b"</sheetData>" + tail)


def strings(path, target):
    """A million shared texts, few of which are used."""
    book = openpyxl.load_workbook(path)
    copy = openpyxl.Workbook()
    copy.remove(copy.active)
    for ws in book.worksheets:
        new = copy.create_sheet(ws.title)
        for row in ws.iter_rows(values_only=True):
            new.append(row)
    copy.save(target + ".tmp")
    more = "".join(f"<si><t>text {i}</t></si>" for i in range(1000000))
    patch(target + ".tmp", target, r"xl/sharedStrings\.xml", lambda t: t.replace("</sst>", more + "</sst>"))


def morning(path, target):
    """Three matters are added, a lead is changed, one matter is withdrawn."""
    book = openpyxl.load_workbook(path)
    matters, items = book["事项"], book["关联事项"]
    column = {cell.value: cell.column for cell in matters[1]}
    last = matters.max_row
    for i in range(3):
        source = [cell.value for cell in matters[last]]
        source[0], source[2] = f"2-{231 + i}", str(231 + i)
        source[column["“一件事一次办”名称"] - 1] = "我要开" + ["糖水铺", "茶艺馆", "陶艺坊"][i]
        matters.append(source)
        items.append([source[0], "1", "营业执照", "市场监管部门"])
    lists = book["清单"]
    lists["F3"].value = "233"
    row = next(r for r in matters.iter_rows(min_row=2) if r[0].value == "2-100")
    row[column["牵头部门"] - 1].value = "市场监管部门"
    row = next(r for r in matters.iter_rows(min_row=2) if r[0].value == "2-101")
    row[column["撤回日期"] - 1].value = datetime.date(2023, 1, 10)
    row[column["撤回日期"] - 1].number_format = "yyyy-mm-dd"
    row[column["撤回依据"] - 1].value = "九府办字〔2023〕1号"
    book.save(target)


def checked(path):
    """The list of findings links to cells that are filled and commented."""
    book = openpyxl.load_workbook(path)
    ws = book["检查结果"]
    assert ws.auto_filter.ref.startswith("A2:H"), ws.auto_filter.ref
    linked = 0
    for row in ws.iter_rows(min_row=3):
        link = row[5].hyperlink
        if not link:
            continue
        sheet, address = link.location.split("!")
        cell = book[sheet.strip("'")][address]
        assert row[6].value in cell.comment.text, (link.location, row[6].value)
        assert cell.fill.fill_type == "solid"
        linked += 1
    print(linked)


def mistake(kind, path, target):
    """What people do to a workbook."""
    book = openpyxl.load_workbook(path)
    matters = book["事项"] if "事项" in book.sheetnames else None
    if kind == "renamed":
        matters.title = "事项（2023）"
    elif kind == "both":
        matters.title, book["关联事项"].title = "一", "二"
    elif kind == "deleted":
        del book["关联事项"]
    elif kind == "register":
        del book["部门登记表"]
        matters["F13"].value = "市胡写局"
    elif kind == "merged":
        matters.merge_cells("F53:F55")
    elif kind == "merged list":
        ws = book.active
        for area in [str(area) for area in ws.merged_cells.ranges]:
            if area.startswith("G"):
                ws.unmerge_cells(area)
        ws["G2"].value = "完成期限"
        ws.merge_cells("G3:G12")
    elif kind == "heading":
        ws = book.active
        ws["C2"].value = "名称（全称）"
    elif kind == "titled":
        matters.insert_rows(1)
        matters["A1"] = "九江市“一件事一次办”事项清单"
    elif kind == "column":
        matters["F1"].value = "牵头单位"
    elif kind == "cells":
        matters["F8"].value = "=F7"
        matters["F9"].value = "#N/A"
        matters["E10"].value = '=_xlfn.DISPIMG("ID_0123",1)'
        matters["H11"].value = "=1+1"
        matters["C12"].value = "=C11+1"
    elif kind == "registers":
        for name, text in (("部门登记表", "civil-affairs"), ("目标", None), ("豁免", None)):
            ws = book[name]
            row = next(i for i in range(2, ws.max_row + 1) if text is None or ws.cell(i, 1).value == text)
            print(ws.cell(row, 1).value)
            ws.delete_rows(row)
    elif kind == "unknown":
        matters["F8"].value = "市不存在局"
    elif kind in ("orphan", "misnumbered", "repeated"):
        ws, text = (book["关联事项"], "1-003") if kind == "orphan" else (matters, "2-008")
        row = next(i for i in range(2, ws.max_row + 1) if ws.cell(i, 1).value == text)
        ws.cell(row, 1).value = {"orphan": "1－003", "misnumbered": "2-08", "repeated": "2-009"}[kind]
        print(f"A{row}")
    book.save(target)


globals()[sys.argv[1]](*sys.argv[2:])
