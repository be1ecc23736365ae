"""Draws the HTML pages of a folder with Chromium: PNG at two widths and A4 PDF beside each; and three pictures for README.

Usage: screenshots.py FOLDER PICTURES"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Tests/ToolTests/Scripts"))
from browser import WIDTHS, Browser  # noqa: E402

# The page, its width, how much of its height, and the name of the picture.
PICTURES = [
    ("findings.{}.html", 1000, 1100, "findings.{}.png"),
    ("leads.{}.html", 1240, 1500, "leads.{}.png"),
    ("matter.{}.html", 1000, 900, "matter.{}.png"),
]


def main():
    folder, pictures = map(pathlib.Path, sys.argv[1:3])
    with Browser() as browser:
        for page in sorted(folder.glob("*.html")):
            for width in WIDTHS:
                browser.open(page, width)
                page.with_suffix(f".{width}.png").write_bytes(browser.picture(width))
            page.with_suffix(".pdf").write_bytes(browser.pdf())
        for page, width, height, name in PICTURES:
            browser.open(folder / page.format("zh"), width)
            picture = pictures / name.format("zh")
            picture.write_bytes(browser.picture(width, height))
            print(picture, picture.stat().st_size)


main()
