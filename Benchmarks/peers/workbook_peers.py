"""Workbooks by other libraries: workbook_peers.py write FOLDER NEW | read WORKBOOK | calamine WORKBOOK | empty WORKBOOK NEW."""

import csv
import pathlib
import re
import sys
import zipfile


def write(folder, target):
    """The tables of a folder, a sheet each, in openpyxl's write-only mode."""
    import openpyxl
    book = openpyxl.Workbook(write_only=True)
    for table in sorted(pathlib.Path(folder).glob("*.csv")):
        sheet = book.create_sheet(table.stem)
        with open(table, encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
    book.save(target)


def read(path):
    """Every cell in openpyxl's read-only mode."""
    import openpyxl
    book = openpyxl.load_workbook(path, read_only=True)
    print(sum(1 for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row if cell))


def calamine(path):
    """Every cell with python-calamine."""
    import python_calamine
    book = python_calamine.CalamineWorkbook.from_path(path)
    print(sum(1 for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row if cell))


def empty(path, target):
    """A copy with a million formatted empty rows below the matters, as spreadsheet programs leave them behind."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                last = max(int(number) for number in re.findall(rb'<row r="(\d+)"', text))
                cells = "".join(f'<c r="{column}%d" s="1"/>' for column in "ABCDEFGHIJKLMN")
                rows = "".join(
                    f'<row r="{i}" spans="1:14" s="1" customFormat="1" ht="15">' + cells.replace("%d", str(i)) + "</row>"
                    for i in range(last + 1, 1_048_577))
                text = text.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            new.writestr(name, text)


globals()[sys.argv[1]](*sys.argv[2:])
