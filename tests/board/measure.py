#!/usr/bin/python3
"""How soon the board shows what is so: in Debian's chromium, over a real suite and Redis, with few notices and with many.

    tools/bench board

Measured is what a person sees, by the page's own clock: a change of the page, and the frame after it. Who writes is rightsdesk-bench-board. Figures are
printed and go into a file; what is wrong (a page that never shows it, an alert that is missing) ends it with 1.
"""

import argparse
import json
import math
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from browser import Person
from many_boards import STREAMS_OF_ONE, Account, Boards, Meter
from last_day import OFFERING, PASSWORDS, Desk

HERE = pathlib.Path(__file__).parent
FEW = 23  # as many as the sample has
ALERTS_A_SECOND = 170
EVENTS_TO_A_COMMAND = 5
MANY = 100_000
ENOUGH = 2_000  # of many boards: what they cost hangs on the sections, and those are pages

# In the page, before its own scripts: when what was to be seen, and how long nothing could be done.
WATCH = r"""
(() => {
  const w = (window.watched = {funnel: [], alerts: [], extended: null, usable: null, blocked: [], stale: []});
  const at = () => performance.timeOrigin + performance.now();
  const after = (then) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => then(at()); c.port2.postMessage(0); });
  const number = (text) => Number((text ?? '').replace(/[^0-9]/g, ''));
  const told = (list, now) => { if (list.length && list.at(-1)[0] === now) return; const row = [now, at(), null]; list.push(row); after((t) => (row[2] = t)); };
  const look = () => {
    const received = document.querySelector('#funnel li .figure');
    if (received) told(w.funnel, number(received.textContent));
    const alerts = document.querySelector('#places [data-focus=alerts] .count');
    if (alerts) told(w.alerts, number(alerts.textContent));
    if (!w.extended && /Extended from/.test(document.getElementById('clock')?.textContent ?? '')) w.extended = at();
    const stale = document.getElementById('stale');
    if (stale) { const text = stale.hidden ? '' : stale.textContent; if (!w.stale.length || w.stale.at(-1)[1].replace(/[0-9,]+/g, '') !== text.replace(/[0-9,]+/g, '')) w.stale.push([at(), text]); }
    if (!w.usable && received && number(received.textContent) > 0 && document.querySelector('table.exceptions tbody tr a') && !w.asked) {
      // The list is there: does the keyboard answer?
      w.asked = true;
      w.listed = performance.now();
      document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}));
      if (document.activeElement?.closest('table.exceptions tbody tr')) after(() => (w.usable = performance.now()));
      else w.asked = false;
    }
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  new PerformanceObserver((list) => list.getEntries().forEach((e) => w.blocked.push([performance.timeOrigin + e.startTime, e.duration]))).observe({type: 'longtask', buffered: true});
  let last = performance.now();
  w.gap = 0;
  setInterval(() => { const now = performance.now(); w.gap = Math.max(w.gap, now - last - 10); last = now; }, 10);
})();
"""


def of(values):
    """Median, 95th of 100, worst: by nearest rank."""
    ordered = sorted(values)
    return {"count": len(ordered), "median": round(statistics.median(ordered), 1), "p95": round(ordered[math.ceil(0.95 * len(ordered)) - 1], 1), "worst": round(ordered[-1], 1)}


class Hands:
    """Who writes to the desk."""

    def __init__(self, binaries):
        self.child = subprocess.Popen([binaries / "rightsdesk-bench-board"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.where = self.said()

    def said(self):
        line = self.child.stdout.readline()
        assert line, "rightsdesk-bench-board has ended"
        return json.loads(line)

    def do(self, order):
        self.child.stdin.write(order + "\n")
        self.child.stdin.flush()
        return self.said()

    def end(self):
        self.child.stdin.close()
        self.child.wait(60)


class Measurement:
    def __init__(self, arguments, hands):
        self.arguments, self.hands = arguments, hands
        self.desk = Desk(argparse.Namespace(config=hands.where["config"], folder=hands.where["folder"], binaries=arguments.binaries))
        self.figures = {"notices": arguments.notices}
        self.alice = None

    def note(self, name, value):
        self.figures[name] = value
        print(f"{name}: {json.dumps(value)}", flush=True)

    # ---- a person at the board ----
    def starts_console(self):
        # The port is told in its log, and the last one's is not this one's.
        (self.desk.folder / "log/console").unlink(missing_ok=True)
        self.desk.starts_console()

    def opens_browser(self):
        self.starts_console()
        self.alice = Person(self.desk.url, self.arguments.into, self.arguments.into)
        self.alice.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        self.alice.signs_in("alice", PASSWORDS["alice"])

    def closes_browser(self):
        if self.alice:
            self.alice.leaves()
            self.alice = None
            self.desk.ends_console()

    def watched(self):
        return self.alice.driver.execute_script("return window.watched")

    def forget(self):
        self.alice.driver.execute_script("Object.assign(window.watched, {blocked: [], gap: 0, stale: [], extended: null})")

    def live(self):
        self.alice.until("live figures", lambda: self.alice.find("#connection", "live"))

    def shows(self, made):
        self.alice.until(f"{made} received", lambda: any(row[0] >= made for row in self.watched()["funnel"]))

    # ---- what is measured ----
    def opening(self, name):
        """From going to the page to its list with a line that the keyboard has reached; the browser keeps nothing."""
        took = []
        self.alice.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
        for _ in range(self.arguments.openings):
            self.alice.driver.get("about:blank")
            self.alice.goes("board")
            took.append(self.alice.until("a usable board", lambda: self.watched()["usable"]))
        self.note(name, {"ms": of(took)})

    def events(self, name, count):
        """A notice at a time, at odd moments; until the page shows it."""
        self.forget()
        since_sent, since_receipt, painted = [], [], []
        gave = []
        for _ in range(count):
            gave.append(self.hands.do("one"))
            time.sleep(random.uniform(0.12, 0.5))
        self.shows(gave[-1]["made"])
        time.sleep(0.2)
        watched = self.watched()
        first = {}
        for told in gave:
            # Where several are shown at once, the first change that shows as many.
            row = next(one for one in watched["funnel"] if one[0] >= told["made"] and one[1] >= told["sent_us"] / 1e3)
            since_sent.append(row[1] - told["sent_us"] / 1e3)
            since_receipt.append(row[1] - told["receipt_us"] / 1e3)
            painted.append((row[2] or row[1]) - told["receipt_us"] / 1e3)
        self.note(name, {"sent_to_page_ms": of(since_sent), "receipt_to_page_ms": of(since_receipt), "receipt_to_frame_ms": of(painted), "longest_blocked_ms": round(watched["gap"], 1)})

    def first_fold(self, made):
        """A console that has just started: is there a page, and what does it say until it has read all?"""
        self.starts_console()
        began = time.monotonic()
        self.alice = Person(self.desk.url, self.arguments.into, self.arguments.into)
        self.alice.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        self.alice.signs_in("alice", PASSWORDS["alice"])
        signed_in = time.monotonic() - began
        asked, ended = [], False
        while not ended:
            asked.append(self.alice.driver.execute_async_script("const done = arguments[0], at = performance.now(); fetch('/api/offerings').then((r) => r.json()).then(() => done(performance.now() - at))"))
            watched = self.watched()
            ended = any(row[0] >= made for row in watched["funnel"]) and watched["stale"][-1][1] == ""
            assert time.monotonic() - began < 180, "it is not read in three minutes"
            time.sleep(0.05)
        self.note("first_fold", {"seconds": round(time.monotonic() - began, 1), "signed_in_after_s": round(signed_in, 1), "answers_ms": of(asked), "said": [text for _, text in watched["stale"]][:6]})

    def extension(self):
        """What a life that changes holds up: events right after it."""
        self.forget()
        self.desk.command("offering", "extend", OFFERING, "--to", "2002-07-01T17:00:00", "--why", "fax carrier outage", "--as", "alice")
        self.desk.command("offering", "approve", OFFERING, "extension-1", "--as", "bob")
        approved = time.time() * 1e3
        self.events("events_after_extension", self.arguments.events // 2)
        watched = self.watched()
        self.alice.until("the new hour", lambda: self.watched()["extended"])
        self.note("extension", {"approved_to_page_ms": round(watched["extended"] - approved, 1), "said": [[round(at - approved), text] for at, text in watched["stale"]]})

    def opening_after_extension(self):
        self.desk.command("offering", "extend", OFFERING, "--to", "2002-07-02T17:00:00", "--why", "once more", "--as", "alice")
        self.desk.command("offering", "approve", OFFERING, "extension-2", "--as", "bob")
        self.opening("opening_after_extension")

    def alerts(self):
        """Many in a minute: all are there, and the page answers."""
        count = self.arguments.alerts
        before = self.open_alerts()
        self.forget()
        keys, done = [], []
        writer = threading.Thread(target=lambda: done.append(self.hands.do(f"undated {count} {ALERTS_A_SECOND}")))
        began = time.monotonic()
        writer.start()
        while writer.is_alive():
            # A key, to the focus that has moved.
            keys.append(self.alice.driver.execute_async_script(
                "const done = arguments[0]; const at = performance.now(); const key = document.activeElement?.closest('tbody tr')?.previousElementSibling ? 'k' : 'j'; setTimeout(() => {"
                "document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})); requestAnimationFrame(() => done(performance.now() - at)); }, 0)"))
            time.sleep(0.25)
        writer.join()
        seconds = time.monotonic() - began
        self.hands.do("idle")
        there = self.open_alerts()
        shown = self.alice.until("all alerts", lambda: self.watched()["alerts"] and self.watched()["alerts"][-1][0] == there and there)
        assert there - before >= count, f"{count} notices were defective, and {there - before} alerts came of them"
        watched = self.watched()
        self.note("alerts", {"given": count, "seconds": round(seconds, 1), "a_minute": round(count * 60 / seconds), "open_before": before, "listed": there, "shown": shown,
                             "key_to_frame_ms": of(keys), "longest_blocked_ms": round(watched["gap"], 1), "long_tasks_ms": of([d for _, d in watched["blocked"]] or [0])})

    def many_boards(self):
        """So many boards at once: what the console uses at rest, and while a few things a second happen, and when the last board has heard."""
        count, seconds = self.arguments.boards, self.arguments.seconds
        self.hands.do(f"undated {seconds} {ALERTS_A_SECOND}")
        self.hands.do("idle")
        self.starts_console()
        port = int(self.desk.url.rsplit(":", 1)[1])
        accounts = [Account(port, "alice", PASSWORDS["alice"]) for _ in range(math.ceil(count / STREAMS_OF_ONE))]
        made = self.hands.do("one")["made"]
        first = Boards(port, OFFERING, accounts, 1)  # the log is folded, and its one board is kept up
        first.all_have(made)
        meter = Meter(self.desk.console.pid)
        time.sleep(seconds)
        self.note("one_board_at_rest", meter.read())
        boards = Boards(port, OFFERING, accounts, count - 1)
        boards.all_have(made)
        octets, events = boards.octets, boards.events
        meter = Meter(self.desk.console.pid)
        time.sleep(seconds)
        used = meter.read()
        self.note("boards_at_rest", used | {"boards": count, "events_a_second": round((boards.events - events) / used["seconds"]), "octets_a_second": round((boards.octets - octets) / used["seconds"])})
        alerts = accounts[0].call("GET", f"/api/offerings/{OFFERING}/alerts?open=1&limit=200")[1]["rows"]
        octets, events, heard, given = boards.octets, boards.events, [], 0
        meter = Meter(self.desk.console.pid)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told = self.hands.do("one")
            heard.append((told["made"], told["receipt_us"] / 1e3))
            if len(heard) % EVENTS_TO_A_COMMAND == 0 and given < len(alerts):
                status, answer = accounts[0].command("acknowledge-alert", offering=OFFERING, number=alerts[given]["number"], comment="called")
                assert status == 200 and answer["done"], answer
                given += 1
            time.sleep(random.uniform(0.12, 0.28))
        used = meter.read()
        late = [boards.all_have(made) - receipt for made, receipt in heard]
        self.note("boards_at_work", used | {"boards": count, "notices_a_second": round(len(heard) / used["seconds"], 1), "commands_a_second": round(given / used["seconds"], 1),
                                            "events_a_second": round((boards.events - events) / used["seconds"]), "octets_a_second": round((boards.octets - octets) / used["seconds"]),
                                            "receipt_to_last_board_ms": of(late)})
        assert not boards.ended and not first.ended, "boards were dropped"
        boards.leave()
        first.leave()
        self.desk.ends_console()

    def open_alerts(self):
        return len(json.loads(self.desk.command("--json", "alerts", "list"))["alerts"])

    def all(self):
        if self.arguments.boards:
            self.hands.do(f"fill {self.arguments.notices}")
            return self.many_boards()
        self.hands.do(f"fill {FEW}")
        self.opens_browser()
        self.live()
        self.opening("opening_few")
        self.live()
        self.events("events_few", self.arguments.events)
        self.closes_browser()
        began = time.monotonic()
        made = self.hands.do(f"fill {self.arguments.notices}")["made"]
        self.note("filled_s", round(time.monotonic() - began, 1))
        self.first_fold(made)
        self.opening("opening")
        self.live()
        self.events("events", self.arguments.events)
        self.extension()
        self.opening_after_extension()
        self.live()
        self.alerts()
        self.closes_browser()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binaries", type=pathlib.Path, required=True)
    parser.add_argument("--into", type=pathlib.Path, required=True, help="where pictures and figures go")
    parser.add_argument("--notices", type=int)
    parser.add_argument("--boards", type=int, default=0, help="so many at once, and nothing else")
    parser.add_argument("--seconds", type=int, default=60, help="of each part with so many boards")
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--openings", type=int, default=9)
    parser.add_argument("--alerts", type=int, default=10_000)
    arguments = parser.parse_args()
    arguments.notices = arguments.notices or (ENOUGH if arguments.boards else MANY)
    hands = Hands(arguments.binaries)
    measurement = Measurement(arguments, hands)
    try:
        measurement.all()
    finally:
        (arguments.into / "board.json").write_text(json.dumps(measurement.figures, indent=1) + "\n")
        measurement.closes_browser()
        hands.end()


if __name__ == "__main__":
    sys.exit(main())
