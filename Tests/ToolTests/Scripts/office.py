"""Drives LibreOffice through its API (python3-uno, the system's Python): office.py edit WORKBOOK SHEET CELL TEXT NEW |
pdf WORKBOOK NEW SHEET."""
import os, subprocess, sys, tempfile, time
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def option(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connect(profile):
    """A LibreOffice of its own, listening on a pipe, and its desktop."""
    pipe = f"onevisit{os.getpid()}"
    program = subprocess.Popen(
        ["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return program, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.2)
    sys.exit("LibreOffice does not answer")


def edit(desktop, path, sheet, cell, text, target):
    """Opens a workbook, writes a text into a cell and saves it as another workbook."""
    book = desktop.loadComponentFromURL("file://" + path, "_blank", 0, (option("Hidden", True),))
    found = book.Sheets.getByName(sheet).getCellRangeByName(cell)
    print(found.String, found.Annotation.String, "%06X" % (found.CellBackColor & 0xFFFFFF), sep="|")
    found.String = text
    book.storeToURL("file://" + target, (option("FilterName", "Calc MS Excel 2007 XML"),))
    book.close(True)


def pdf(desktop, path, target, sheet):
    """Prints a sheet of a workbook."""
    book = desktop.loadComponentFromURL("file://" + path, "_blank", 0, (option("Hidden", True),))
    for name in book.Sheets.ElementNames:
        if name != sheet:
            book.Sheets.removeByName(name)
    book.storeToURL("file://" + target, (option("FilterName", "calc_pdf_Export"),))
    book.close(True)


with tempfile.TemporaryDirectory() as profile:
    program, desktop = connect(profile)
    try:
        globals()[sys.argv[1]](desktop, *sys.argv[2:])
    finally:
        try:
            desktop.terminate()
        except Exception:
            program.kill()
        program.wait()
