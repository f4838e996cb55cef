"""A person at the board: chromium, driven as a person would. Waiting is for what is to be seen, never for a time."""

import pathlib
import time

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PATIENCE_S = 30
AXE = pathlib.Path(__file__).parent / "node_modules/axe-core/axe.min.js"


class Unseen(AssertionError):
    """Something did not come to be seen."""


class Person:
    def __init__(self, url, pictures, downloads, scheme="light", size=(1920, 1080)):
        self.url, self.pictures, self.downloads = url, pathlib.Path(pictures), pathlib.Path(downloads)
        options = Options()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", f"--window-size={size[0]},{size[1]}"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"download.default_directory": str(self.downloads), "download.prompt_for_download": False})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(self.downloads)})
        self.prefers(scheme)

    def prefers(self, scheme):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def leaves(self):
        self.driver.quit()

    # ---- looking ----
    def until(self, what, seen):
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                found = seen()
                if found:
                    return found
            except (NoSuchElementException, StaleElementReferenceException):
                pass
            if time.monotonic() > end:
                self.photograph("unseen")
                raise Unseen(f"{what}: not seen at {self.driver.current_url}; the page says:\n{self.driver.find_element(By.TAG_NAME, 'body').text[:3000]}")
            time.sleep(0.05)

    def find(self, selector, text=""):
        """The first element of the selector that shows the text."""
        for element in self.driver.find_elements(By.CSS_SELECTOR, selector):
            if element.is_displayed() and text in element.text:
                return element
        return None

    def sees(self, text, where="body"):
        return self.until(f"'{text}' in {where}", lambda: self.find(where, text))

    def sees_no(self, text, where="body"):
        return self.until(f"no '{text}' in {where}", lambda: self.find(where, text) is None)

    def text(self, where):
        return self.sees("", where).text

    def photograph(self, name):
        self.driver.save_screenshot(str(self.pictures / f"{name}.png"))

    # ---- doing ----
    def focused(self, what, seen):
        """The keyboard has come to something: where the focus is, as `seen` wants it."""
        return self.until(what, lambda: seen(self.driver.switch_to.active_element) and self.driver.switch_to.active_element)

    def goes_along_until(self, key, text, most=60):
        """Line by line, as j and k go, until the focused one says the text."""
        for _ in range(most):
            self.types(key)
            line = self.driver.execute_script("return document.activeElement.closest('tr')?.textContent ?? ''")
            if text in line:
                return
        raise Unseen(f"no line with '{text}' within {most} presses of {key}")

    def tabs_to(self, text, most=40):
        """On, control by control, until one is called so."""
        for _ in range(most):
            element = self.driver.switch_to.active_element
            if text in (element.text, element.get_attribute("aria-label"), element.get_attribute("name")):
                return element
            self.types(Keys.TAB)
        raise Unseen(f"no control '{text}' within {most} presses of Tab")

    def types(self, *keys):
        """As a keyboard does: to whatever has the focus when the key comes."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def presses(self, label, where="main"):
        """A press on a button by what it is called, by its label or for a screen reader."""
        def press():
            for button in self.driver.find_elements(By.CSS_SELECTOR, f"{where} button"):
                if button.is_displayed() and button.is_enabled() and label in (button.text, button.get_attribute("aria-label")):
                    self.driver.execute_script("arguments[0].scrollIntoView({block: 'nearest'})", button)  # from under the foot, as the focus does
                    button.click()
                    return True
            return False
        self.until(f"a button '{label}' in {where}", press)

    def opens(self, text):
        """What unfolds, by its heading."""
        heading = self.sees(text, "main summary")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", heading)
        heading.click()

    def fills(self, **fields):
        for name, value in fields.items():
            field = self.until(f"a field '{name}'", lambda name=name: self.find(f"dialog [name={name}], main [name={name}]"))
            kind = field.get_attribute("type")
            if field.tag_name == "select":
                self.driver.execute_script("arguments[0].value = arguments[1]", field, value)
            elif kind in ("date", "datetime-local"):
                self.driver.execute_script("arguments[0].value = arguments[1]", field, value)
            else:
                field.clear()
                field.send_keys(value)

    def confirms(self):
        """Presses the form's own button, twice, as hasty people do; the form closes when the desk has accepted."""
        button = self.until("a form", lambda: self.find("dialog button.main"))
        button.click()
        try:
            button.click()
        except Exception:  # it is closed already, or is being answered
            pass
        self.until("the form's end", lambda: self.find("dialog[open]") is None)

    def goes(self, place, offering="rare-medium-2002"):
        self.driver.get(f"{self.url}/#/{offering}/{place}")

    def signs_in(self, name, password):
        self.driver.get(self.url + "/")
        self.fills(username=name, password=password)
        self.types(Keys.ENTER)
        self.sees(name, "#who")

    # ---- judging ----
    def complaints(self):
        """What the browser's console says of errors: of the page's, and of what the policy forbade."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE" and "status of 401" not in entry["message"]]

    def inaccessible(self):
        """What axe-core finds of WCAG A and AA that is serious or critical; None where it is not installed."""
        if not AXE.exists():
            return None
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text()})
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then((r) => done(r.violations), (e) => done([{id: String(e), impact: 'critical', nodes: []}]))")
        # What has scrolled half under the foot is brought out by the focus or a scroll: it is not small.
        serious = [(one, node) for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"] or [{}] if "partially obscured" not in node.get("failureSummary", "")]
        return [f"{one['id']} ({one['impact']}): {node.get('html', '')[:200]} {node.get('failureSummary', '')[:300]}" for one, node in serious]

    def nameless(self):
        """What can be checked without axe: what can be pressed or filled in and has no name, and tables without heads."""
        return self.driver.execute_script(
            "const bad = [];"
            "for (const e of document.querySelectorAll('button, a[href], input, select, textarea')) {"
            "  const name = e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length && e.labels[0].textContent.trim());"
            "  if (!name) bad.push(e.outerHTML.slice(0, 120)); }"
            "for (const t of document.querySelectorAll('table')) if (!t.caption || !t.querySelector('th[scope=col]')) bad.push('a table without caption or heads');"
            "for (const i of document.querySelectorAll('img:not([alt])')) bad.push(i.outerHTML.slice(0, 120));"
            "if (document.querySelectorAll('main').length !== 1) bad.push('not one main'); if (!document.documentElement.lang) bad.push('no language');"
            "return bad;")
