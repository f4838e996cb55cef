#!/usr/bin/python3
"""A day on which much is wrong, on the real clock: what should go outside is refused, a message kills a service, and the host's clock jumps. alice sets each
right on the board. Started by board_test.cpp, which keeps the suite alive, and mends the service when it is asked to."""

import argparse
import datetime
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zoneinfo

from browser import AXE, Person
from last_day import OFFERING, PASSWORDS, Desk

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
STEP_S = 3600
PATIENCE_S = 60


def until(what, seen):
    end = time.monotonic() + PATIENCE_S
    while not (found := seen()):
        assert time.monotonic() < end, f"{what}: it did not come to it"
        time.sleep(0.05)
    return found


class Outside:
    """A receiver of webhooks, at first with another key than the desk's: it refuses what it gets, as no signature is right."""

    def __init__(self, arguments):
        self.port, self.folder, self.process = arguments.outside_port, pathlib.Path(arguments.outside), None
        self.taken = self.folder / "taken.jsonl"
        (self.folder / "another.key").write_text("n" * 40)

    def receives_by(self, key):
        self.ends()
        program = pathlib.Path(__file__).parents[1] / "support/outside/web_receiver.py"
        self.process = subprocess.Popen([program, str(self.port), self.taken, self.folder / key])
        until("a receiver that listens", self.listens)

    def listens(self):
        with socket.socket() as peer:
            return peer.connect_ex(("127.0.0.1", self.port)) == 0

    def ids(self):
        return [json.loads(line)["id"] for line in self.taken.read_text().splitlines()] if self.taken.exists() else []

    def ends(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class DayOfTroubles:
    def __init__(self, desk, outside, arguments, downloads):
        self.desk, self.outside, self.arguments = desk, outside, arguments
        self.alice = Person(desk.url, arguments.pictures, downloads, "light")
        self.judged = 0

    def judge(self, name):
        self.alice.photograph("troubles-" + name)
        found = self.alice.nameless() + (self.alice.inaccessible() or []) + self.alice.complaints()
        assert not found, f"{name}:\n" + "\n".join(found)
        self.judged += 1

    def receipts(self, name):
        return [one for one in json.loads(self.alice.driver.execute_script("return sessionStorage.getItem('receipts')")) if one["name"] == name]

    def gave(self, name, most=1):
        """What the newest receipts of this name say: recorded, in its log; and the page says so too."""
        given = self.receipts(name)[:most]
        assert [one["outcome"] for one in given] == ["accepted"] * most and all(one["sequence"] > 0 for one in given), given
        self.alice.sees("accepted", "#last-receipt")
        return given

    # ---- the day ----
    def she_signs_in(self):
        self.alice.signs_in("alice", PASSWORDS["alice"])
        self.alice.sees("live", "#connection")

    def marks(self, id_):
        """Selects a line of the sendings by its checkbox."""
        row = self.alice.sees(id_, "main tbody tr")
        box = row.find_element("css selector", "input[type=checkbox]")
        self.alice.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
        box.click()

    def she_tries_again_what_was_refused_and_lets_one_go(self):
        alice = self.alice
        alice.goes("desk")
        alice.sees("Nothing stands still")
        for why in ("before the day", "once more"):  # in the desk's log alone, while she looks
            self.desk.command("sendings", "test", "hook", "--why", why, "--as", "alice")
        alice.sees("refused", "main tbody tr")
        first, second = "desk/hook/1", "desk/hook/2"
        for sending in (first, second):
            alice.sees(sending, "main tbody tr")
        self.judge("sendings")
        self.marks(first)
        alice.sees("1 selected", "main .selection")
        alice.presses("Abandon", "main .selection")
        alice.presses("Abandon", "dialog")
        alice.sees("This is needed", "dialog")
        alice.fills(why="the receiver's people were called instead")
        self.judge("abandoning")
        alice.confirms()
        given = self.gave("settle-sending")
        assert given[0]["words"] == f"End of {first}" and given[0]["log"] == "desk", given
        alice.sees_no(first, "main tbody tr th")
        self.outside.receives_by("hook.key")
        self.marks(second)
        alice.presses("Try again", "main .selection")
        alice.fills(why="the receiver has the right key now")
        alice.confirms()
        self.gave("settle-sending")
        alice.until("it has come", lambda: second in self.outside.ids())
        alice.sees_no(second, "main tbody tr th")
        assert first not in self.outside.ids() and self.outside.ids().count(second) == 1, self.outside.ids()
        shown = self.desk.command("sendings", "show", "hook", "1", "--offering", "desk")
        assert "abandoned" in shown and "called instead" in shown, shown

    def a_message_kills_a_service(self):
        """Three times; then it is in quarantine, where the page shows it."""
        spool = self.desk.folder / "spool"
        (spool / "in").mkdir(parents=True)
        form = self.desk.sample.sample / "notices/overpaid.txt"
        (spool / "in/poison.txt").write_bytes(form.read_bytes())
        stamp = datetime.datetime.now(NEW_YORK).isoformat(timespec="seconds")
        (spool / "in/poison.txt.json").write_text(json.dumps({"kind": "notice", "address": "+17185550101", "stamp": stamp, "delivery": "poison"}))
        words = ["--config", self.desk.config, "gateway", "run", "--once", "--spool", spool, "--as", "fax-1"]
        gateway = subprocess.run([self.desk.binaries / "rightsdesk", *words], capture_output=True, text=True, timeout=300)
        receipt = json.loads((spool / "receipts/poison.txt.receipt.json").read_text())
        assert receipt["receipt"]["kind"] == "quarantined", f"{gateway.returncode} {gateway.stderr} {receipt}"
        self.notice = receipt["id"]

    def she_releases_it_after_the_fix(self):
        alice = self.alice
        alice.goes("desk")
        alice.sees("intake", "table tbody tr")
        item = alice.until("the item", lambda: next((one.get_attribute("aria-label") for one in alice.driver.find_elements("css selector", "main button") if one.text == "Release"), None))
        self.judge("quarantine")
        pathlib.Path(self.arguments.mended).touch()
        until("intake by its right build", lambda: not pathlib.Path(self.arguments.mended).exists())
        self.desk.command("status", "--wait", "60")
        alice.presses(item)
        alice.fills(why="intake is mended")
        self.judge("releasing")
        alice.confirms()
        given = self.gave("release-item")
        assert item.removeprefix("Release ") in given[0]["words"], given
        alice.sees("Every message and every record could be decided")
        alice.goes(f"notice/{self.notice}")
        alice.sees(f"Notice {self.notice}", "main .title")
        self.judge("released")

    def the_clock_jumps_and_she_vouches_for_it(self):
        alice = self.alice
        alice.goes("desk")
        alice.sees("How the desk is")
        assert alice.find("main button", "Accept the clock") is None, "the clock is right"
        with open(self.arguments.clock_step, "r+b") as file:
            file.write(struct.pack("=q", STEP_S))
        alice.sees("clock stepped", "main")
        self.judge("clock-stepped")
        alice.presses("Accept the clock")
        at = (datetime.datetime.now(NEW_YORK) + datetime.timedelta(seconds=STEP_S)).strftime("%Y-%m-%dT%H:%M:%S")
        alice.fills(time=at, why="the agent's clock in the hall shows the same")
        self.judge("accepting-the-clock")
        alice.confirms()
        self.gave("accept-clock")
        alice.until("the end of the doubt", lambda: alice.find("main button", "Accept the clock") is None)
        alice.sees_no("clock stepped", "main")
        said = self.desk.command("status", "--wait", "60")
        assert "clock" not in said, said
        self.judge("clock-accepted")


def terms_for_now(sample):
    """The sample's, with an hour that is days ahead, and a day on which its forms may be signed."""
    hour = datetime.datetime.now(NEW_YORK) + datetime.timedelta(days=3)
    while hour.weekday() > 4:
        hour += datetime.timedelta(days=1)
    text = (sample / "terms.toml").read_text()
    for ours, theirs in (("2002-06-28T17:00:00", f"{hour:%Y-%m-%d}T17:00:00"), ("2002-07-31", f"{hour + datetime.timedelta(days=30):%Y-%m-%d}")):
        assert ours in text, ours
        text = text.replace(ours, theirs)
    return text


def main():
    parser = argparse.ArgumentParser()
    for name in ("config", "folder", "binaries", "pictures", "outside", "clock-step", "preload", "mended"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--outside-port", type=int, required=True)
    arguments = parser.parse_args()
    if not AXE.exists():
        print("axe-core is not there (npm ci in tests/board): names, heads and landmarks are checked, contrast is not", flush=True)
    desk, outside = Desk(arguments), Outside(arguments)
    terms = desk.folder / "terms.toml"
    terms.write_text(terms_for_now(desk.sample.sample))
    desk.command("offering", "open", str(terms), "--as", "alice")
    assert OFFERING in desk.command("offering", "list")
    outside.receives_by("another.key")
    desk.starts_console({**os.environ, "LD_PRELOAD": arguments.preload})
    with tempfile.TemporaryDirectory() as downloads:
        day = DayOfTroubles(desk, outside, arguments, downloads)
        try:
            for step in (day.she_signs_in, day.she_tries_again_what_was_refused_and_lets_one_go, day.a_message_kills_a_service, day.she_releases_it_after_the_fix,
                         day.the_clock_jumps_and_she_vouches_for_it):
                print(step.__name__.replace("_", " "), flush=True)
                step()
        finally:
            day.alice.leaves()
            desk.ends_console()
            outside.ends()
    print(f"{day.judged} pages judged", flush=True)


if __name__ == "__main__":
    sys.exit(main())
