"""A clerk's own workbook and what a check makes of it: checked.py make WORKBOOK NEW | kept BEFORE AFTER [FIXED …] |
parts BEFORE AFTER | same ONE OTHER | fix WORKBOOK ORIGINAL NEW | resaved BEFORE AFTER | threaded WORKBOOK NEW | odd WORKBOOK FOLDER
| utf16 WORKBOOK NEW | forget WORKBOOK NEW delete|rename | fills BEFORE AFTER | leads WORKBOOK RULE | corrected WORKBOOK TEXT | picture PAGE."""
import re, sys, zipfile
import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

FINDINGS = "检查结果"
FILLS = "_onevisit_fill_"
LINE = "──── OneVisit ────"


def make(path, target):
    """The exported workbook as somebody has made it their own, with three mistakes."""
    book = openpyxl.load_workbook(path)
    ws = book["事项"]
    thin = Side(style="thin", color="FF888888")
    for cell in ws[1]:
        cell.font = Font(name="黑体", size=12, bold=True, color="FF1F4E78")
        cell.border = Border(bottom=thin)
    for row in range(2, 60):
        ws.cell(row, 5).fill = PatternFill("solid", fgColor="FFE2EFDA")
        ws.cell(row, 6).fill = PatternFill("lightGrid", fgColor="FF3366FF", bgColor="FFFFFFCC")
        ws.cell(row, 6).font = Font(name="仿宋", italic=True, size=13)
        ws.cell(row, 7).alignment = Alignment(horizontal="right", wrap_text=True)
        ws.row_dimensions[row].height = 21 + row % 3
    ws.column_dimensions["E"].width = 41.5
    ws.column_dimensions["J"].hidden = True
    ws.freeze_panes = "F2"
    ws["E3"].comment = Comment("请核对名称", "王科长")
    ws["F8"].comment = Comment("原文如此：\n“市公安局”", "王科长")
    ws["F9"].comment = Comment("已电话核实 <&>", "李")
    ws.conditional_formatting.add("A2:A300", CellIsRule(operator="equal", formula=['"2-001"'], font=Font(bold=True)))
    validation = DataValidation(type="list", formula1='"甲,乙"', allow_blank=True)
    validation.add("N2:N50")
    ws.add_data_validation(validation)
    ws.print_title_rows = "1:1"
    ws.page_setup.orientation = "landscape"
    notes = book.create_sheet("备忘", 1)
    notes["A1"] = "本表只供科室内部使用"
    notes["A1"].hyperlink = "https://example.org/"
    notes.merge_cells("A1:C1")
    notes["B3"], notes["B4"], notes["B5"] = 3, 5, "=B3+B4"
    notes["D4"].comment = Comment("别的表上的批注", "王科长")
    chart = BarChart()
    chart.add_data(Reference(notes, min_col=2, min_row=3, max_row=4))
    notes.add_chart(chart, "E6")
    notes.sheet_properties.tabColor = "FF00B050"
    book.defined_names["科室名单"] = DefinedName("科室名单", attr_text="备忘!$A$1:$A$9")
    ws["F8"].value = "市公安所"
    ws["F9"].value = None
    ws["G10"].value = "2022年13月底"
    book["部门登记表"]["D3"].fill = PatternFill("solid", fgColor="FFFFFF00")
    book.save(target)


def links(book):
    """The cells that the list of findings leads to."""
    cells = {}
    for row in book[FINDINGS].iter_rows(min_row=3):
        if row[5].hyperlink:
            sheet, address = row[5].hyperlink.location.rsplit("!", 1)
            cells.setdefault((sheet.strip("'"), address), []).append(row)
    return cells


def looks(cell):
    styles = (cell.font, cell.border, cell.alignment, cell.protection)
    return (cell.value, cell.data_type, cell.number_format, *map(repr, styles))


def kept(before, after, *fixed):
    """Everything is as it was but the cells that the list of findings names."""
    old, new = openpyxl.load_workbook(before), openpyxl.load_workbook(after)
    cells = links(new)
    assert cells and FINDINGS in new.sheetnames
    assert [name for name in new.sheetnames if name != FINDINGS] == [n for n in old.sheetnames if n != FINDINGS]
    for ws in old.worksheets:
        if ws.title == FINDINGS:
            continue
        other = new[ws.title]
        for row in ws.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                where = (ws.title, cell.coordinate)
                if f"{ws.title}!{cell.coordinate}" not in fixed:
                    assert looks(cell) == looks(twin), (where, looks(cell), looks(twin))
                    assert (cell.hyperlink and cell.hyperlink.target) == (twin.hyperlink and twin.hyperlink.target), where
                said = cell.comment.text.split(LINE)[0].rstrip("\n") if cell.comment else ""
                if where in cells:
                    assert twin.fill.fill_type == "solid" and repr(twin.fill) != repr(cell.fill) or where in links_of(old), where
                    assert twin.comment.text.startswith(said) and twin.comment.text.count(LINE) == 2, (where, twin.comment.text)
                    for finding in cells[where]:
                        assert finding[6].value in twin.comment.text, (where, twin.comment.text)
                else:
                    if where not in links_of(old):
                        assert repr(twin.fill) == repr(cell.fill), (where, cell.fill, twin.fill)
                    text = twin.comment.text if twin.comment else ""
                    assert text == said or f"{ws.title}!{cell.coordinate}" in fixed, (where, text, said)
        assert {k: (d.width, d.hidden) for k, d in ws.column_dimensions.items()} == {
            k: (d.width, d.hidden) for k, d in other.column_dimensions.items()}, ws.title
        assert {k: (d.height, d.hidden) for k, d in ws.row_dimensions.items() if d.height} == {
            k: (d.height, d.hidden) for k, d in other.row_dimensions.items() if d.height}, ws.title
        for name in ("freeze_panes", "sheet_state", "print_title_rows", "dimensions"):
            assert getattr(ws, name) == getattr(other, name), (ws.title, name)
        assert ws.auto_filter.ref == other.auto_filter.ref
        assert [str(r) for r in ws.merged_cells.ranges] == [str(r) for r in other.merged_cells.ranges]
        assert [(str(r.sqref), r.formula1) for r in ws.data_validations.dataValidation] == [
            (str(r.sqref), r.formula1) for r in other.data_validations.dataValidation]
        assert [str(r.sqref) for r in ws.conditional_formatting] == [str(r.sqref) for r in other.conditional_formatting]
        assert len(ws._charts) == len(other._charts), ws.title
        assert ws.page_setup.orientation == other.page_setup.orientation
        assert ws.sheet_properties.tabColor == other.sheet_properties.tabColor
    assert names(old) == names(new)
    assert all(v.hidden for k, v in new.defined_names.items() if k.startswith(FILLS))
    print(len(cells))


def names(book):
    """The defined names but those in which the fills of marked cells are kept."""
    return {k: v.attr_text for k, v in book.defined_names.items() if not k.startswith(FILLS)}


def forget(path, target, how):
    """The list of findings is gone, by hand."""
    book = openpyxl.load_workbook(path)
    if how == "delete":
        del book[FINDINGS]
    else:
        book[FINDINGS].title = "旧的结果"
    book.save(target)


def fills(before, after):
    """Every cell of the first workbook has its fill in the second one, but those that its list of findings names."""
    old, new = openpyxl.load_workbook(before), openpyxl.load_workbook(after)
    marked = links(new)
    wrong = [
        (ws.title, cell.coordinate) for ws in old.worksheets for row in ws.iter_rows() for cell in row
        if (ws.title, cell.coordinate) not in marked
        and repr(cell.fill) != repr(new[ws.title][cell.coordinate].fill)]
    assert not wrong, wrong


def leads(path, rule):
    """Id and lead department of the findings of a rule."""
    for row in openpyxl.load_workbook(path)[FINDINGS].iter_rows(min_row=3):
        if row[1].value == rule:
            print(row[5].value, row[3].value)


def links_of(book, known={}):
    if id(book) not in known:
        known[id(book)] = (book, links(book) if FINDINGS in book.sheetnames else {})
    return known[id(book)][1]


def parts(before, after):
    """Only the parts concerned differ, and of a sheet only the formats of cells and the drawing of its comments."""
    concerned = r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/styles\.xml|.*/comments?/?comment\d+\.xml|.*\.vml|.*\.rels"
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        assert new.testzip() is None
        names = [n for n in new.namelist() if n in old.namelist()]
        assert names[0] == old.namelist()[0] and set(old.namelist()) <= set(new.namelist())
        for name in old.namelist():
            one, other = old.read(name), new.read(name)
            if re.fullmatch(concerned, name) or one == other:
                continue
            assert name.startswith("xl/worksheets/sheet"), name
            clean = lambda text: re.sub(rb'<(\w+:)?legacyDrawing [^>]*>|(?<=") s="\d+"', b"", text)
            assert clean(one) == clean(other), name
        print(len([n for n in new.namelist() if n not in old.namelist()]))


def same(one, other):
    """Two packages with the same parts."""
    with zipfile.ZipFile(one) as a, zipfile.ZipFile(other) as b:
        assert a.namelist() == b.namelist(), set(a.namelist()) ^ set(b.namelist())
        for name in a.namelist():
            # The title of the list names the file that was checked.
            clean = lambda text: re.sub(rb"\S+\.xlsx", b"", text)
            assert clean(a.read(name)) == clean(b.read(name)), name


def fix(path, original, target):
    """Two of the three mistakes are corrected, and an answer is written below a comment; openpyxl saves all parts anew."""
    book = openpyxl.load_workbook(path)
    ws, right = book["事项"], openpyxl.load_workbook(original)["事项"]
    ws["F8"].value, ws["F9"].value = right["F8"].value, right["F9"].value
    ws["F9"].comment = Comment(ws["F9"].comment.text + "\n已改正", ws["F9"].comment.author)
    book.save(target)


def resaved(before, path):
    """A program has saved the workbook anew; what a check had added is gone, and the rest as it was."""
    old, book = openpyxl.load_workbook(before), openpyxl.load_workbook(path)
    ws, was = book["事项"], old["事项"]
    for address in ("F8", "F9"):
        assert ws[address].fill.fill_type == was[address].fill.fill_type == "lightGrid", ws[address].fill
        assert ws[address].fill.fgColor.rgb[-6:] == was[address].fill.fgColor.rgb[-6:]
    assert ws["F8"].comment.text == "原文如此：\n“市公安局”", ws["F8"].comment.text
    assert ws["F9"].comment.text.replace("\n", "") == "已电话核实 <&>已改正", ws["F9"].comment.text
    assert ws["E3"].comment.text == "请核对名称"
    assert ws["G10"].comment.text.count(LINE) == 2


def threaded(path, target):
    """The comment on F8 is a thread, as Excel 2019 writes it."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/comments/") and "原文如此".encode() in text:
                number = re.search(rb'ref="F8" authorId="(\d+)"', text)
                authors = text.count(b"<author>")
                text = text.replace(b"</authors>", b"<author>tc={9F6D2B1A-0000-4000-8000-000000000001}</author></authors>")
                text = text.replace(number.group(0), b'ref="F8" authorId="%d"' % authors)
            new.writestr(name, text)


def patch(source, target, part, change):
    """A copy of a workbook with some parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if re.fullmatch(part, name) else text)


def odd(path, folder):
    """The same workbook as other programs might write it."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    every = r"xl/worksheets/sheet\d+\.xml|xl/styles\.xml|xl/workbook\.xml|xl/comments/.*\.xml"
    patch(path, folder + "/prefix.xlsx", every,
          lambda t: re.sub(r"<(/?)(?=[a-zA-Z])(?!mc:|x14)", r"<\1x:", t).replace("xmlns=", "xmlns:x="))
    patch(path, folder + "/strict.xlsx", r"xl/.*\.xml",
          lambda t: t.replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main"))

    def without(text):
        # Cells that stand one after the other need no address.
        def row(found):
            cells = re.findall(r'<c r="([A-Z]+)\d+"', found.group(0))
            letters = [openpyxl.utils.get_column_letter(i + 1) for i in range(len(cells))]
            return re.sub(r'(<c) r="\w+"', r"\1", found.group(0)) if cells == letters else found.group(0)
        return re.sub(r"<row .*?</row>", row, text)

    patch(path, folder + "/addresses.xlsx", r"xl/worksheets/sheet\d+\.xml", without)
    # The empty cell with a mistake is not there at all, and its row has a format.
    patch(path, folder + "/missing.xlsx", r"xl/worksheets/sheet\d+\.xml",
          lambda t: re.sub(r'<c r="F9" s="(\d+)"\s*/>', "", t))


def utf16(path, target):
    """The sheets are written in UTF-16."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                text = text.decode().replace('encoding="UTF-8"', "").encode("utf-16")
            new.writestr(name, text)


def corrected(path, text):
    """F8 has the text, its own fill and its own comment."""
    ws = openpyxl.load_workbook(path)["事项"]
    cell = ws["F8"]
    assert cell.value == text, cell.value
    assert cell.fill.fgColor.rgb[2:] not in ("FDBBC7", "FDBBC6"), cell.fill.fgColor.rgb
    assert cell.comment.text.startswith("原文如此") and LINE not in cell.comment.text, cell.comment.text
    assert LINE in ws["F9"].comment.text and ws["G10"].comment.text.count(LINE) == 2


def picture(path):
    """A printed page (PPM) is not blank: it has the text's black, the red of errors and the blue of headings."""
    with open(path, "rb") as file:
        text = file.read()
    head = re.match(rb"P6\s+\d+\s+\d+\s+255\s", text)
    pixels = text[head.end():]
    counts = {}
    for i in range(0, len(pixels) - 2, 3):
        colour = pixels[i:i + 3].hex().upper()
        counts[colour] = counts.get(colour, 0) + 1
    for colour in ("FFC7CE", "DDEBF7", "D9E1F2"):
        assert counts.get(colour, 0) > 50, (colour, len(counts))
    assert sum(n for colour, n in counts.items() if max(bytes.fromhex(colour)) < 80) > 500


globals()[sys.argv[1]](*sys.argv[2:])
