"""Draws the HTML pages of a folder with Chromium: PNG at two widths and A4 PDF beside each; and three pictures for README.

Usage: screenshots.py FOLDER PICTURES"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Tests/ToolTests/Scripts"))
from browser import WIDTHS, Browser  # noqa: E402

# The page, what is left out of it, its width, and how much of its height.
PICTURES = [
    ("findings", "section[aria-labelledby=rules]", 900, 960),
    ("leads", "section[aria-labelledby=departments]", 1200, 1060),
    ("matter", "", 900, 860),
]


def main():
    folder, pictures = map(pathlib.Path, sys.argv[1:3])
    with Browser() as browser:
        for page in sorted(folder.glob("*.html")):
            for width in WIDTHS:
                browser.open(page, width)
                page.with_suffix(f".{width}.png").write_bytes(browser.picture(width))
            page.with_suffix(".pdf").write_bytes(browser.pdf())
        for name, hidden, width, height in PICTURES:
            browser.open(folder / f"{name}.zh.html", width)
            if hidden:
                browser.js("document.querySelector(arguments[0]).remove()", hidden)
            picture = pictures / f"{name}.png"
            picture.write_bytes(browser.picture(width, height))
            print(picture, picture.stat().st_size)


main()
