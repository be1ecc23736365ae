"""Checks the HTML pages in a folder as a reader meets them: parsed strictly, opened in Chromium at two widths with and without
scripts, filtered, folded, printed, and judged by axe. Prints what is wrong.

Usage: pages.py FOLDER"""

import pathlib
import re
import sys
import time

import axe_core_python
import html5lib
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from browser import WIDTHS, Browser

problems = []
AXE = (pathlib.Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SHOWN = "return [...document.querySelectorAll('.entry')].filter((e) => e.offsetParent !== null).length"


def expect(condition, page, text):
    if not condition:
        problems.append(f"{page.name}: {text}")


def check_markup(page, text):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree = parser.parse(text)
    except html5lib.html5parser.ParseError as error:
        expect(False, page, f"is not well-formed: {error} {parser.errors[:1]}")
        return
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    expect(len(ids) == len(set(ids)), page, "has an id twice")
    scripts = [element for element in tree.iter("script")]
    expect(len(scripts) == 1 and not scripts[0].attrib, page, f"has {len(scripts)} scripts")
    for element in tree.iter():
        if not isinstance(element.tag, str):
            expect(False, page, "has a comment")
            continue
        for name, value in element.attrib.items():
            name = str(name)
            expect(not name.startswith("on") and name not in ("style", "src", "srcdoc"), page, f"has {name}={value}")
            # XML names in SVG come with a namespace; none of them may link.
            if "href" in name:
                expect(value.startswith("#") or value == "data:,", page, f"links to {value}")
                expect(value in ("data:,",) or value[1:] in ids, page, f"links to {value}, which is not there")
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    expect(levels[:1] == [1] and levels.count(1) == 1, page, f"begins with headings {levels[:3]}")
    expect(all(b <= a + 1 for a, b in zip(levels, levels[1:])), page, f"skips a level of headings: {levels}")
    hidden = re.search("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]", text)
    expect(hidden is None, page, f"has the hidden character {hidden and ascii(hidden.group())}")


def check_widths(browser, page):
    for width in WIDTHS:
        browser.resize(width)
        overflow = browser.js("return document.documentElement.scrollWidth - window.innerWidth")
        expect(overflow <= 0, page, f"is {overflow} pixels too wide at {width}")


def check_axe(browser, page):
    # Each page is judged in Chinese at one width and in English at the other: the structure is the same.
    width = WIDTHS[".en." in page.name]
    browser.resize(width)
    result = browser.driver.execute_async_script(
        AXE + "; axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])")
    for violation in result["violations"]:
        nodes = [node["html"][:120] for node in violation["nodes"][:2]]
        expect(False, page, f"at {width}, axe: {violation['id']}: {violation['help']} {nodes}")


def check_filters(browser, page, scripts):
    browser.open(page, scripts=scripts)
    kind = "with scripts" if scripts else "without scripts"
    form = browser.driver.find_element(By.CSS_SELECTOR, ".filters")
    expect(form.is_displayed(), page, f"shows no filters {kind}")
    entries = browser.js("return document.querySelectorAll('.entry').length")
    status = form.find_element(By.CSS_SELECTOR, "[role=status]")
    for menu in form.find_elements(By.TAG_NAME, "select"):
        for option in menu.find_elements(By.TAG_NAME, "option")[1:4]:
            Select(menu).select_by_value(option.get_attribute("value"))
            count = int(re.search(r"(\d+)\D*$", option.get_attribute("textContent")).group(1))
            shown = browser.js(SHOWN)
            expect(shown == count < entries, page, f"{option.text}: {shown} entries are shown {kind}, of {entries}")
            if scripts:
                expect(str(count) in status.text, page, f"{option.text}: says “{status.text}”")
            expect(
                browser.driver.find_element(By.CSS_SELECTOR, ".only-filtered").is_displayed(), page,
                f"does not say that it is filtered {kind}")
        Select(menu).select_by_index(0)
    for chip in form.find_elements(By.CSS_SELECTOR, "[type=radio]")[1:]:
        browser.js("arguments[0].scrollIntoView({block: 'center'})", chip)
        chip.click()
        count = int(chip.find_element(By.XPATH, "..").text.split()[-1])
        expect(browser.js(SHOWN) == count, page, f"a severity of {count} shows {browser.js(SHOWN)} {kind}")
    # The native button clears what was chosen, with scripts or without.
    form.find_element(By.CSS_SELECTOR, "[type=reset]").click()
    time.sleep(0.05)
    expect(browser.js(SHOWN) == entries, page, f"is not whole after “show all” {kind}")
    search = form.find_element(By.CSS_SELECTOR, "[type=search]")
    expect(search.is_displayed() == scripts, page, f"shows the search or not, {kind}")
    if scripts:
        search.send_keys("2-037")
        shown = browser.js(SHOWN)
        expect(0 < shown < entries, page, f"a search shows {shown} of {entries}")
        search.send_keys(Keys.ENTER)
        expect(browser.js("return location.search") == "", page, "is sent by Enter")
        empty = browser.js(
            "return [...document.querySelectorAll('.group:not([hidden])')].filter((g) => !g.querySelector('.entry:not([hidden])')).length")
        expect(empty == 0, page, f"{empty} groups without an entry are shown after a search")


def check_folding(browser, page, scripts):
    browser.open(page, scripts=scripts)
    # The rest of the rules, and the reason of a rule.
    for part in (browser.driver.find_elements(By.TAG_NAME, "details")[i] for i in (0, -1)):
        text = part.find_element(By.XPATH, "./*[2]")
        browser.js("arguments[0].scrollIntoView({block: 'center'})", part)
        expect(not text.is_displayed(), page, "is unfolded from the start")
        part.find_element(By.TAG_NAME, "summary").click()
        expect(text.is_displayed(), page, f"does not unfold, scripts: {scripts}")


def check_phone(browser, page):
    """On a phone the findings are near the top, ids stay on one line, and the chain of a matter needs no scrolling."""
    browser.open(page, 390)
    broken = browser.js(
        "return [...document.querySelectorAll('.id, code.soft')].filter((e) => e.getClientRects().length > 1)"
        ".map((e) => e.textContent)")
    expect(not broken, page, f"breaks {broken[:3]}")
    rows = browser.js(
        "return [...document.querySelectorAll('section[aria-labelledby=rules] tbody tr')].filter((e) => e.checkVisibility())"
        ".map((e) => Number(e.querySelectorAll('td')[1].lastChild.textContent))")
    expect(len(rows) <= 6 and 0 not in rows[:1], page, f"has rules with {rows} findings before the first finding")
    if page.name.startswith("matter."):
        wide = browser.js(
            "return [...document.querySelectorAll('figure .scroll')].map((e) => [e.scrollWidth, e.clientWidth])")
        expect(wide and all(a <= b for a, b in wide), page, f"has pictures that scroll: {wide}")


def check_paper(browser, page):
    pdf = browser.pdf()
    expect(pdf.startswith(b"%PDF"), page, "does not print")
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf))
    sizes = {tuple(round(float(number)) for number in box.split()[2:]) for box in boxes}
    expect(sizes and all(abs(w - 595) <= 1 and abs(h - 842) <= 1 for w, h in sizes), page, f"prints on {sizes}")


def check(browser, page):
    text = page.read_bytes().decode("utf-8")
    check_markup(page, text)
    browser.open(page)
    browser.lay_out()
    check_axe(browser, page)
    check_widths(browser, page)
    expect(browser.js("return window.hacked === undefined"), page, "has run a text as a script")
    language = browser.js("return document.documentElement.lang")
    expect(language == ("zh-Hans" if ".zh." in page.name else "en"), page, f"is said to be in {language}")
    check_paper(browser, page)
    own = page.resolve().as_uri()
    others = [url for url in browser.requests() if url != own and not url.startswith("data:")]
    expect(not others, page, f"asks for {others[:3]}")
    log = [entry["message"] for entry in browser.driver.get_log("browser")]
    expect(not log, page, f"logs {log[:2]}")


def main():
    pages = sorted(pathlib.Path(sys.argv[1]).glob("*.html"))
    if not pages:
        sys.exit("no pages")
    with Browser() as browser:
        for page in pages:
            check(browser, page)
            check_phone(browser, page)
            if page.name.startswith("findings."):
                for scripts in (False, True):
                    check_filters(browser, page, scripts)
                    check_folding(browser, page, scripts)
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()
