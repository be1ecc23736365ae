"""One Chromium for all pages, driven by Selenium; no page reaches the network."""

import base64
import json
import os
import shutil

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

WIDTHS = (1440, 390)


class Browser:
    def __init__(self):
        options = Options()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(argument)
        options.binary_location = shutil.which("chromium")
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        environment = dict(os.environ, SE_OFFLINE="true", SE_AVOID_STATS="true")
        self.driver = webdriver.Chrome(
            options=options, service=Service(shutil.which("chromedriver"), env=environment))
        self.driver.execute_cdp_cmd("Network.enable", {})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, path, width=1440, scripts=True):
        """Opens a file; what was logged before is forgotten."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        self.resize(width)
        self.requests()
        self.driver.get("file://" + os.path.abspath(path))

    def resize(self, width):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def lay_out(self):
        """Lays out what is out of sight too, which the page does when it comes into sight."""
        self.js(
            "const style = document.createElement('style');"
            "style.textContent = '.entry { content-visibility: visible !important; }';"
            "document.head.append(style);")

    def requests(self):
        """The addresses that were asked for since the last call."""
        urls = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                urls.append(message["params"]["request"]["url"])
        return urls

    def picture(self, width, height=None):
        """The page as PNG, to a height; whole if none is given."""
        self.lay_out()
        whole = self.js("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height or whole, whole, 16000), "scale": 1}
        answer = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        return base64.b64decode(answer["data"])

    def pdf(self):
        """The page as it prints, on the paper that its style sheet names."""
        answer = self.driver.execute_cdp_cmd(
            "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        return base64.b64decode(answer["data"])
