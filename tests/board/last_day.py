#!/usr/bin/python3
"""A last day on the board: alice and bob, each at a browser of their own, over the whole suite on the stepped clock.

They find the defective notice and cure it, key a fax from its picture, match the wire, silence what they know of, extend by two people, approve the allocation, and
download the tally; each page is looked at for accessibility, and photographed in light and dark. Started by board_test.cpp.
"""

import argparse
import csv
import io
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from browser import AXE, Keys, Person
from money_and_paper import MoneyAndPaper
from timeline import Sample

OFFERING = "rare-medium-2002"
PASSWORDS = {"alice": "the issuer's letter of 28 June", "bob": "a second signature, please", "eve": "only looking, thank you"}
ROLES = {"alice": ["operator", "approver"], "bob": ["operator", "approver"], "eve": ["viewer"]}


class Desk:
    """The suite's command line, the sample's month, and the console as a process."""

    def __init__(self, arguments):
        self.config, self.folder = arguments.config, pathlib.Path(arguments.folder)
        self.binaries = pathlib.Path(arguments.binaries)
        self.sample = Sample(pathlib.Path(__file__).parents[2] / "tools/sample")

    def command(self, *words, given=None):
        done = subprocess.run([self.binaries / "rightsdesk", "--config", self.config, *words], input=given, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"rightsdesk {' '.join(words)}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def plays_until(self, instant):
        self.command("sample", "play", str(self.sample.until(self.folder / "month", instant)))

    def receives_a_fax(self):
        """A worn page, of which not everything can be read with certainty, by the fax gateway; its numbers are beyond the sample's."""
        subprocess.run([self.binaries / "rightsdesk-fax-pages", "--seeds", "7", "--quality", "worn_fine", "--into", self.folder / "faxes"], check=True)
        self.is_handed("worn.tif", next((self.folder / "faxes").glob("*.tif")).read_bytes(), "2002-06-28T10:44:00-04:00")

    def receives_scans(self):
        """A form as a PDF of pictures, as scanners make them, and one that broke off on its way."""
        subprocess.run([self.binaries / "rightsdesk-fax-pages", "--seeds", "11", "--pdf", "--into", self.folder / "scans"], check=True)
        scan = next((self.folder / "scans").glob("*.pictures.pdf")).read_bytes()
        self.is_handed("scan.pdf", scan, "2002-06-28T10:45:00-04:00")
        self.is_handed("broken.pdf", scan[:200], "2002-06-28T10:46:00-04:00")

    def is_handed(self, name, octets, stamp):
        spool = self.folder / "spool"
        (spool / "arrived").mkdir(parents=True, exist_ok=True)
        (spool / "arrived" / name).write_bytes(octets)
        (spool / "arrived" / f"{name}.json").write_text(json.dumps({"kind": "notice", "channel": "fax", "address": "+17185550101", "stamp": stamp}))
        words = ["--config", self.config, "--spool", spool, "--as", "fax-1", "--once", "--first-number", "1000"]
        subprocess.run([self.binaries / "rightsdesk-fax-gateway", *words], check=True, timeout=300)

    def starts_console(self, environment=None):
        for name, password in PASSWORDS.items():
            roles = [word for role in ROLES[name] for word in ("--role", role)]
            self.command("operators", "add", name, *roles, given=password + "\n")
        log = self.folder / "log/console"
        page = pathlib.Path(__file__).parents[2] / "services/console/page"
        self.console = subprocess.Popen([self.binaries / "rightsdesk-console", "--config", self.config, "--port", "0", "--page", page, "--log", log], env=environment)
        self.url = f"http://127.0.0.1:{self.port_told(log)}"

    def port_told(self, log):
        """The console takes a free port, and says which when it serves."""
        end = time.monotonic() + 60
        while True:
            said = log.read_text() if log.exists() else ""
            for line in said.splitlines():
                if "#STARTED" in line:
                    return json.loads(line)["port"]
            assert self.console.poll() is None and time.monotonic() < end, f"the console does not serve: {said[-3000:]}"
            time.sleep(0.05)

    def ends_console(self):
        self.console.send_signal(signal.SIGTERM)
        self.console.wait(30)


class Day(MoneyAndPaper):
    def __init__(self, desk, pictures, downloads):
        self.desk, self.downloads = desk, pathlib.Path(downloads)
        self.alice = Person(desk.url, pictures, downloads, "light")
        self.bob = Person(desk.url, pictures, downloads, "dark")
        self.judged = 0

    def judge(self, person, name):
        """Photographs the page as it stands, and looks for what somebody could not use."""
        person.photograph(name)
        found = person.nameless() + (person.inaccessible() or []) + person.complaints()
        assert not found, f"{name}:\n" + "\n".join(found)
        self.judged += 1

    def in_both_lights(self, person, name):
        for scheme in ("light", "dark"):
            person.prefers(scheme)
            self.judge(person, f"{name}-{scheme}")

    # ---- the day ----
    def they_sign_in(self):
        self.alice.driver.get(self.desk.url + "/")
        self.judge(self.alice, "sign-in")
        self.alice.fills(username="alice", password="not this one")
        self.alice.types(Keys.ENTER)
        self.alice.sees("Name or password is wrong")
        self.alice.complaints()  # the refusal just asked for
        self.alice.signs_in("alice", PASSWORDS["alice"])
        self.bob.signs_in("bob", PASSWORDS["bob"])
        self.alice.sees("operator, approver", "#who")
        self.alice.sees("live", "#connection")
        self.alice.sees("Can still be saved")
        self.alice.sees("EDT", "#clock")

    def she_comes_and_goes(self):
        """A browser keeps pages that were left; what they hold must not keep her from the board: connections, of which it has six to a host."""
        self.alice.driver.set_page_load_timeout(20)
        for _ in range(8):
            self.alice.driver.get("about:blank")
            self.alice.goes("board")
            self.alice.sees("Can still be saved")

    def she_finds_the_defective_notice_and_cures_it(self):
        """By the keyboard alone, from the board to the cured notice and back."""
        alice = self.alice
        alice.sees("fax-1.13", "table.exceptions")
        self.in_both_lights(alice, "board")
        alice.types("/")
        alice.focused("the search", lambda element: element.get_attribute("id") == "search")
        alice.types("fax-1.13", Keys.ENTER)
        alice.until("the one notice", lambda: len(alice.driver.find_elements("css selector", "main tbody tr")) == 1 and alice.find("main tbody tr", "fax-1.13"))
        self.judge(alice, "notices")
        alice.types(Keys.ESCAPE, "g", "e")
        alice.sees("fax-1.13", "table.exceptions")
        alice.goes_along_until("j", "fax-1.13")
        alice.types(Keys.ENTER)
        alice.sees("Notice fax-1.13")
        alice.sees("undated", "[data-reason]")
        alice.sees("NOTICE OF GUARANTEED DELIVERY", "pre.paper")
        alice.sees("Dunmore Brokerage")
        self.in_both_lights(alice, "notice")
        alice.types("x")
        alice.focused("the cure's button", lambda element: element.get_attribute("aria-label") == "Cure undated")
        alice.types(Keys.ENTER)
        alice.focused("the date", lambda element: element.get_attribute("name") == "value")
        alice.types("06272002")
        alice.tabs_to("evidence")
        alice.types("the guarantor's fax of 28 June, with the date that was left out")
        alice.tabs_to("Cure")
        alice.types(Keys.ENTER)
        alice.until("the form's end", lambda: alice.find("dialog[open]") is None)
        alice.sees("accepted", "#last-receipt")
        alice.sees("accepted", "main .title")
        alice.sees("Cured: undated")
        self.sent_once("cure-defect")
        alice.types("g", "b")
        alice.sees("Just happened")
        alice.sees_no("fax-1.13", "table.exceptions")

    def receipts(self, name):
        return [receipt for receipt in json.loads(self.alice.driver.execute_script("return sessionStorage.getItem('receipts')")) if receipt["name"] == name]

    def sent_once(self, name):
        """The receipts of the page, and the log: a press that was doubled is one command."""
        assert [receipt["outcome"] for receipt in self.receipts(name)] == ["accepted"], self.receipts(name)

    def she_keys_the_fax(self):
        alice = self.alice
        alice.types("g", "k")
        alice.sees("fax-1.1000", "main table")
        self.judge(alice, "keying")
        alice.types("j", Keys.ENTER)
        alice.sees("Key fax-1.1000", "dialog")
        alice.until("the picture of the fax", lambda: alice.find("canvas"))
        dark = "const c = document.querySelector('canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4) n += d[i] === 0; return n / (c.width * c.height);"
        assert 0.01 < alice.driver.execute_script(dark) < 0.5, "the page is blank"
        alice.fills(basic_shares="59,600", confirmation_number="-", certificate_numbers="-")
        self.judge(alice, "keying-form")
        alice.presses("Key", "dialog")
        alice.sees("refused", "dialog")  # keyed, it turns out to be another offering's form, and the receipt says so
        alice.presses("Cancel", "dialog")
        alice.sees_no("awaiting keying", "main .title")
        alice.sees("59,600", "main")
        self.judge(alice, "keyed")

    # Of every field whose place is told: how much of that place is dark, and how much of the page.
    INK = """
        const found = {};
        for (const button of document.querySelectorAll('button[aria-label$="on the page"]')) {
            button.click();
            const frame = document.querySelector('.mark').closest('.page');
            const canvas = frame.querySelector('canvas');
            const box = frame.querySelector('.mark rect');
            const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name, at) => Math.max(1, Math.round(Number(box.getAttribute(name)) / 1000 * (at % 2 ? canvas.height : canvas.width))));
            const data = canvas.getContext('2d').getImageData(x, y, w, h).data;
            let dark = 0;
            for (let at = 0; at < data.length; at += 4) dark += data[at] < 128;
            found[button.dataset.focus] = dark / (w * h);
        }
        return found;"""

    def she_looks_at_scans(self):
        """PDFs: pages as pictures, with the marks on them; one that cannot be drawn says why, and can still be had."""
        alice = self.alice
        alice.goes("notice/fax-1.1001")
        alice.until("its second page", lambda: alice.find("canvas[aria-label='Page 2 of 2 of the document as it came']"))
        ink = alice.until("fields with places", lambda: alice.driver.execute_script(self.INK))
        assert len(ink) > 10 and all(share > 0.01 for share in ink.values()), ink
        self.judge(alice, "scan")
        alice.presses("Turn page 1")
        self.judge(alice, "scan-turned")
        alice.goes("notice/fax-1.1002")
        alice.sees("It cannot be shown here: the PDF is damaged", "main")
        alice.sees("The document as it came", "main a[download]")
        assert any("422" in complaint for complaint in alice.complaints()), "the refusal just asked for"
        self.judge(alice, "scan-broken")
        # Neither is the day's: the count would wait for their keying.
        for notice, why in (("fax-1.1001", "a form to try the scanner with"), ("fax-1.1002", "its sender sends it again")):
            alice.goes(f"notice/{notice}")
            alice.sees(f"Notice {notice}", "main .title")
            alice.presses("Reject")
            alice.fills(why=why)
            alice.confirms()
            alice.sees("rejected", "main .title")
        alice.sees("It cannot be shown here: the PDF is damaged", "main")
        alice.complaints()  # the same refusal, asked for again

    def she_matches_the_wire(self):
        alice = self.alice
        alice.types("g", "s")
        alice.sees("Catskill Trust")
        candidate = alice.sees("fax-1.15", "[data-candidate]").text
        assert "$15.00" in candidate, candidate
        self.judge(alice, "suspense")
        payment = alice.sees("Catskill Trust", "main tbody tr").find_element("css selector", "th a").text
        # By the keyboard alone: the line, what may be done there, and Enter twice.
        alice.goes_along_until("j", "Catskill Trust")
        alice.types("x")
        alice.focused("the match's button", lambda element: (element.get_attribute("aria-label") or "").startswith("Match $15.00 of"))
        alice.types(Keys.ENTER, Keys.ENTER)
        alice.sees("accepted", "#last-receipt")
        alice.sees_no("Catskill Trust", "main table")
        self.sent_once("match-payment")
        self.judge(alice, "rights-sold")
        alice.goes(f"payment/{payment}")
        alice.sees("person", "main")
        alice.sees("fax-1.15", "main")
        self.judge(alice, "payment")

    def she_silences_what_she_knows_of(self):
        alice = self.alice
        alice.types("g", "a")
        alice.sees("Open alerts")
        self.in_both_lights(alice, "alerts")
        buttons = [one for one in alice.driver.find_elements("css selector", "main button") if (one.get_attribute("aria-label") or "").startswith("Silence alert/")]
        assert buttons, alice.text("main")
        topic = buttons[0].get_attribute("aria-label").removeprefix("Silence ")
        alice.presses(f"Silence {topic}")
        alice.fills(why="all of these were called this morning")
        self.judge(alice, "silence")
        alice.confirms()
        alice.sees(topic, "main")
        alice.sees("all of these were called this morning")
        acknowledged = next(one for one in alice.driver.find_elements("css selector", "main button") if one.text == "Take in hand")
        acknowledged.click()
        alice.sees("In hand: alice", "main table")

    def she_takes_several_in_hand_at_once(self):
        """Three exceptions, marked by the keyboard; each is a command with its receipt."""
        alice = self.alice
        alice.types("g", "e")
        alice.sees("nobody", "main select")
        before = len(self.receipts("acknowledge-alert"))
        for _ in range(3):
            alice.types("j", "m")
        alice.sees("3 selected", "main .selection")
        self.judge(alice, "selected")
        alice.presses("Take in hand", "main .selection")
        alice.fills(comment="called this morning")
        self.judge(alice, "taking-in-hand")
        alice.confirms()
        alice.until("three receipts", lambda: len(self.receipts("acknowledge-alert")) > before)
        assert {one["outcome"] for one in self.receipts("acknowledge-alert")} == {"accepted"}, self.receipts("acknowledge-alert")
        alice.until("their owner", lambda: sum("in hand: alice" in line.text for line in alice.driver.find_elements("css selector", "table.exceptions tbody tr")) >= 3)

    def she_looks_up_what_is_over_and_what_a_kind_means(self):
        alice = self.alice
        alice.goes("alerts?state=resolved")
        row = alice.sees("fax-1.13", "main tbody tr")
        assert "notice defective" in row.text and "Take in hand" not in row.text, row.text
        self.judge(alice, "alerts-resolved")
        row.find_element("css selector", "a").click()
        alice.sees("What was told and done")
        alice.sees("What notice defective means")
        self.judge(alice, "alert")
        alice.goes("kinds")
        alice.sees("What resolves it", "main th")
        alice.sees("clock stepped", "main tbody th")
        self.judge(alice, "kinds")
        alice.goes("desk")
        alice.sees("What should go outside and stands still")
        alice.sees("In quarantine")
        self.judge(alice, "desk")

    def another_offering_is_opened(self):
        """While they look: it can be chosen without a reload."""
        alice = self.alice
        alice.goes("board")
        assert alice.find("header select") is None, "there is one offering, and nothing to choose"
        terms = self.desk.sample.sample / "terms.toml"
        another = self.desk.folder / "another.toml"
        text = terms.read_text()
        for ours, theirs in (("rare-medium-2002", "another-2002"), ("890-0032-147", "890-0032-148"), ("+17185550101", "+17185550102"), ("59 Maiden Lane", "60 Maiden Lane"), ("6201 15th", "6202 15th")):
            assert ours in text, ours
            text = text.replace(ours, theirs)
        another.write_text(text)
        self.desk.command("offering", "open", str(another), "--as", "alice")
        choice = alice.sees("another-2002", "header select")
        alice.driver.execute_script("arguments[0].value = 'another-2002'; arguments[0].dispatchEvent(new Event('change'))", choice)
        alice.until("its board", lambda: "another-2002" in alice.driver.current_url and alice.find("#clock", "EDT"))
        alice.goes("board")
        alice.sees("Can still be saved")

    def two_people_extend(self):
        alice, bob = self.alice, self.bob
        alice.types("g", "p")
        alice.presses("Extend")
        alice.fills(to="2002-07-01T17:00", why="fax carrier outage in the northeast; issuer letter of June 28")
        alice.confirms()
        alice.sees("extension-1", "main table")
        alice.sees("you proposed it: another person approves")
        self.judge(alice, "proposed")
        bob.goes("board")
        bob.sees("extension-1", "[data-proposal]")
        self.judge(bob, "waiting-for-the-second")
        bob.presses("Approve extension-1")
        bob.sees("alice", "dialog")
        self.judge(bob, "approving")
        bob.confirms()
        for person in (alice, bob):
            person.sees("Mon 2002-07-01 17:00:00 EDT", "#clock")
        bob.sees("Extended from", "#clock")

    def two_people_speak_for_a_gateway(self):
        """As of a dead one: she declares it on the desk's screen, he approves what she declared on the proposals'."""
        alice, bob = self.alice, self.bob
        alice.goes("desk")
        alice.presses("Propose to declare the watermark of mail-1")
        alice.fills(through="2002-06-28T10:00", why="its host burnt; the spool on the second disk is empty")
        self.judge(alice, "declaring-a-watermark")
        alice.confirms()
        alice.sees("alice proposes Fri 2002-06-28 10:00:00 EDT", "main table")
        bob.goes("proposals")
        bob.sees("mail-1", "main table")
        bob.presses("Approve the watermark of mail-1")
        bob.sees("nothing mail-1 stamped up to Fri 2002-06-28 10:00:00 EDT is still to be handed over", "dialog")
        self.judge(bob, "approving-a-watermark")
        bob.confirms()
        alice.sees("declared by alice and bob: its host burnt", "main table")
        self.judge(alice, "watermark-declared")

    def the_days_go_by(self):
        self.desk.plays_until("2002-07-01T16:40:00")
        self.alice.goes("board")
        self.alice.sees("Mon 2002-07-01", "#now-line")
        self.in_both_lights(self.alice, "last-day")
        self.desk.plays_until("2002-07-03T17:30:00")
        self.alice.sees("PROPOSED", ".stage")

    def two_people_approve_the_allocation(self):
        alice, bob = self.alice, self.bob
        alice.goes("proration")
        alice.sees("If it were allotted now")
        alice.until("the chart", lambda: alice.find("figure.chart svg"))
        self.in_both_lights(alice, "proration")
        for proposal in ("allocation-1", "refunds-1"):
            for person in (alice, bob):
                person.goes("proposals")
                person.sees(proposal, "main table")
                person.presses(f"Approve {proposal}")
                if person.find("dialog [name=instruction]"):
                    person.fills(instruction="issuer's letter of 5 July 2002")
                person.confirms()
                if person is alice:
                    person.sees("you have approved it: another person must, too")
            bob.sees("approved", "main table")
        alice.goes("notice/fax-1.5")
        alice.sees("Final:")
        alice.opens("Derivation of the final allotment")
        alice.sees("agrees with the log")
        self.judge(alice, "derivation")

    def she_downloads_the_tally(self):
        alice = self.alice
        alice.types("g", "t")
        alice.sees("ties", "main")
        self.in_both_lights(alice, "tally")
        for form in ("csv", "json"):
            alice.sees("", f"#download-{form}").click()
            file = alice.until(f"the {form} file", lambda form=form: next((one for one in self.downloads.glob(f"*.{form}")), None))
            text = alice.until(f"all of the {form} file", lambda file=file: file.read_text())
            if form == "csv":
                assert text == self.desk.command("report", OFFERING, "--kind", "tally", "--format", "csv"), "the tally is not the issuer's"
                assert list(csv.reader(io.StringIO(text)))[0][0] == "business_date", text[:200]
            else:
                assert json.loads(text)["rows"], text[:200]

    def who_only_looks_is_offered_nothing(self):
        bob = self.bob
        bob.presses("Sign out", "header")
        bob.signs_in("eve", PASSWORDS["eve"])
        bob.sees("viewer", "#who")
        bob.goes("notice/fax-1.7")
        bob.sees("needs the role operator; you are viewer", "main")
        assert not [one.text for one in bob.driver.find_elements("css selector", "main button") if one.text in ("Reject", "Withdraw", "Cure")]
        self.judge(bob, "viewer")

    def silence_is_said_loudly(self):
        self.desk.console.send_signal(signal.SIGSTOP)
        try:
            self.alice.sees("STALE", "#stale")
            self.judge(self.alice, "stale")
        finally:
            self.desk.console.send_signal(signal.SIGCONT)
        self.alice.until("the banner's end", lambda: self.alice.find("#stale") is None)


def main():
    parser = argparse.ArgumentParser()
    for name in ("config", "folder", "binaries", "pictures"):
        parser.add_argument("--" + name, required=True)
    arguments = parser.parse_args()
    if not AXE.exists():
        print("axe-core is not there (npm ci in tests/board): names, heads and landmarks are checked, contrast is not", flush=True)
    desk = Desk(arguments)
    desk.plays_until("2002-06-28T10:50:00")
    desk.receives_a_fax()
    desk.receives_scans()
    desk.starts_console()
    with tempfile.TemporaryDirectory() as downloads:
        day = Day(desk, arguments.pictures, downloads)
        try:
            for step in (day.they_sign_in, day.she_comes_and_goes, day.she_finds_the_defective_notice_and_cures_it, day.she_keys_the_fax, day.she_looks_at_scans, day.she_matches_the_wire, day.she_silences_what_she_knows_of,
                         day.she_takes_several_in_hand_at_once, day.she_looks_up_what_is_over_and_what_a_kind_means, day.she_records_that_a_check_was_deposited_again, day.she_matches_one_wire_to_several_notices,
                         day.she_settles_what_is_asked_about_certificates, day.she_sends_certificates_back, day.another_offering_is_opened, day.two_people_extend, day.two_people_speak_for_a_gateway, day.the_days_go_by,
                         day.two_people_approve_the_allocation, day.she_downloads_the_tally, day.who_only_looks_is_offered_nothing, day.silence_is_said_loudly):
                print(step.__name__.replace("_", " "), flush=True)
                step()
        finally:
            day.alice.leaves()
            day.bob.leaves()
            desk.ends_console()
    print(f"{day.judged} pages judged", flush=True)


if __name__ == "__main__":
    sys.exit(main())
