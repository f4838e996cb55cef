#!/usr/bin/env python3
"""What a board does, over HTTP, against a running suite with a console; started by processes_test.cpp.

    board_client.py PORT PASSWORD_OF_ALL PID_OF_NOTIFICATION COMMAND... -- NEXT_TIMELINE

COMMAND is `rightsdesk --config ...`; NEXT_TIMELINE a folder with a wire and a notice more than the one played. Every check says what a person
would miss; the first that fails ends it with 1.
"""
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time

OFFERING = "rare-medium-2002"
PATIENCE = 60  # seconds: only a failure takes so long


def check(true, what):
    if not true:
        print("FAILED: " + what, flush=True)
        sys.exit(1)


def eventually(look, what):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    check(False, what)


class Board:
    def __init__(self, port, name=None, password=None):
        self.port, self.name, self.cookie, self.csrf = port, name, None, None
        if name:
            status, body, headers = self.call("POST", "/api/session", {"name": name, "password": password})
            check(status == 200, f"{name} signs in: {status} {body}")
            cookie = headers["Set-Cookie"]
            check("HttpOnly" in cookie and "SameSite=Strict" in cookie, "the cookie is out of scripts' and other sites' reach: " + cookie)
            self.cookie, self.csrf = cookie.split(";")[0], body["csrf"]

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {"Content-Type": "application/json"} if body is not None else {}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if self.csrf and method != "GET":
            sent["X-CSRF-Token"] = self.csrf
        sent.update(headers or {})
        connection.request(method, path, None if body is None else json.dumps(body), {k: v for k, v in sent.items() if v is not None})
        response = connection.getresponse()
        raw = response.read()
        connection.close()
        as_json = response.headers.get("Content-Type", "").startswith("application/json")
        return response.status, json.loads(raw) if as_json else raw, response.headers

    def get(self, path):
        status, body, _ = self.call("GET", path)
        check(status == 200, f"GET {path}: {status} {body}")
        return body

    def of_offering(self, what):
        return self.get(f"/api/offerings/{OFFERING}/{what}")

    def command(self, name, **body):
        body.setdefault("id", secrets.token_urlsafe(16))
        for _ in range(20):
            status, answer, _ = self.call("POST", "/api/commands/" + name, body)
            if status != 503:
                return status, answer
        return status, answer


class Stream(threading.Thread):
    """The newest of each section, as a board keeps it."""

    def __init__(self, board):
        super().__init__(daemon=True)
        self.sections, self.names = {}, []
        self.connection = http.client.HTTPConnection("127.0.0.1", board.port, timeout=PATIENCE)
        self.connection.request("GET", f"/api/offerings/{OFFERING}/events", headers={"Cookie": board.cookie})
        self.response = self.connection.getresponse()
        check(self.response.status == 200, f"the stream opens: {self.response.status}")
        self.start()

    def run(self):
        name = ""
        try:
            for line in self.response:
                line = line.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    self.sections[name] = json.loads(line[6:])
                    self.names.append(name)
        except (OSError, http.client.HTTPException):
            pass
        self.names.append("(closed)")


def step(funnel, name):
    return next(one for one in funnel["steps"] if one["step"] == name)


def who_gets_in(port, password):
    stranger = Board(port)
    check(stranger.call("GET", "/api/offerings")[0] == 401, "nobody sees anything without signing in")
    check(stranger.call("GET", "/")[0] == 200, "but the page itself")
    check(stranger.call("POST", "/api/session", {"name": "alice", "password": "not it, not at all"})[0] == 401, "a wrong password does not get in")
    check(stranger.call("POST", "/api/session", {"name": "alice", "password": password}, {"Origin": "http://elsewhere.example"})[0] == 403, "nor another site's page")
    check(stranger.call("GET", "/", headers={"Host": "elsewhere.example"})[0] == 421, "nor under a name that is not the console's")
    check(stranger.call("POST", "/api/session", {"name": "x" * 300000, "password": "y"})[0] == 413, "what is too large is not read")
    tries = [stranger.call("POST", "/api/session", {"name": "mallory", "password": "guess number %d" % n})[0] for n in range(6)]
    check(tries[0] == 401 and tries[-1] == 429, f"who guesses waits: {tries}")


def what_may_be_done(alice, viewer):
    match = {"id": secrets.token_urlsafe(16), "offering": OFFERING, "payment": "x", "notice": "y", "why": "z"}
    status, answer, _ = alice.call("POST", "/api/commands/match-payment", match, {"X-CSRF-Token": None})
    check((status, answer["error"]) == (403, "no_csrf"), "a command without its token is another site's")
    status, answer = viewer.command("match-payment", **{k: v for k, v in match.items() if k != "id"})
    check((status, answer["error"]) == (403, "role"), "a viewer commands nothing")
    status, answer = alice.command("match-payment", offering=OFFERING)
    check(status == 400 and "payment is missing" in answer["message"], "mistakes are named")
    status, answer = alice.command("propose-closing", offering=OFFERING, day="2002-07-05", why="")
    check(status == 200 and answer["receipt"]["kind"] in ("accepted", "refused"), f"and the door's word comes back: {answer}")


def money_finds_its_notice(alice, stream):
    payment = eventually(lambda: next((row for row in stream.sections["suspense"]["rows"] if row["institution"] == "Wrong Bank"), None), "the wire waits in suspense")
    candidate = next(one for one in payment["candidates"] if one["short_cents"] == payment["unmatched_cents"])
    before = step(stream.sections["funnel"], "funded")["notices"]
    click = {"id": secrets.token_urlsafe(16), "offering": OFFERING, "payment": payment["payment"], "notice": candidate["notice"], "why": "the holder's letter"}
    answers = []
    twice = [threading.Thread(target=lambda: answers.append(alice.command("match-payment", **click))) for _ in range(2)]
    for one in twice:
        one.start()
    for one in twice:
        one.join()
    check(all(status == 200 and answer["done"] for status, answer in answers), f"the match is made: {answers}")
    check(answers[0][1]["receipt"]["sequence"] == answers[1][1]["receipt"]["sequence"], "and a double click is one")
    eventually(lambda: step(stream.sections["funnel"], "funded")["notices"] == before + 1, "the funnel moves")
    eventually(lambda: all(row["payment"] != payment["payment"] for row in stream.sections["suspense"]["rows"]), "it leaves suspense")
    status, answer = alice.command("match-payment", **dict(click, why="another"))
    check((status, answer["error"]) == (409, "id_reused"), "the same id with something else is a mistake")
    page = alice.of_offering("notices/" + candidate["notice"])
    paid = next(one for one in page["payments"] if one["payment"] == payment["payment"])
    check(paid["evidence"] == "person" and paid["by"] == "alice", f"the notice's page says whose match it is: {paid}")
    check(any(one["by"] == "alice" and one["principal"] == "console" for one in alice.of_offering("payments/" + payment["payment"])["history"]), "and the record says who, and through what")


def a_page_of_a_notice(alice):
    rows = alice.of_offering("notices?status=defective")["rows"]
    check(rows, "the sample has a defective notice")
    page = alice.of_offering("notices/" + rows[0]["notice"])
    check(page["reasons"] and page["reasons"][0]["explanation"], "it says why, and what mends it")
    check(page["history"] and page["history"][0]["event"] == "NoticeDecided", "its history begins with the decision")
    fields = {one["field"]: one for one in page["fields"]}
    check(fields["names"]["personal"] and page["opened"], "fields are there, personal ones opened and said to be so")
    sealed = alice.of_offering("notices/" + rows[0]["notice"] + "?names=0")
    check({one["field"]: one for one in sealed["fields"]}["names"]["value"] is None, "or left out")
    status, text, headers = alice.call("GET", "/api/documents/" + page["deliveries"][0]["document"])
    check(status == 200 and b"NOTICE" in text.upper(), "the paper itself is there")
    check(headers["Content-Security-Policy"].startswith("sandbox") and headers["X-Content-Type-Options"] == "nosniff", "and can do nothing")
    return rows[0]


def two_people(alice, bob, stream):
    status, answer = alice.command("propose-extension", offering=OFFERING, to="2002-07-01T17:00:00", why="fax carrier outage")
    check(status == 200 and answer["done"], f"alice proposes another hour: {answer}")
    proposal = eventually(lambda: next((row for row in stream.sections["proposals"]["rows"] if row["kind"] == "extension" and row["status"] == "open"), None), "all see what is proposed")
    check(proposal["proposed_by"] == "alice" and proposal["missing"] == 1, f"by whom, and that another is needed: {proposal}")
    status, answer = alice.command("approve", offering=OFFERING, proposal=proposal["proposal"])
    check(status == 200 and answer["receipt"]["reasons"] == ["same_person"], f"alice alone is not two: {answer}")
    status, answer = bob.command("approve", offering=OFFERING, proposal=proposal["proposal"])
    check(status == 200 and answer["done"], f"bob approves: {answer}")
    eventually(lambda: stream.sections["clock"]["expiration"]["civil"] == "2002-07-01T17:00:00", "the hour has moved for all who look")


def alerts_in_hand(alice, stream):
    row = next(one for one in stream.sections["alerts"]["rows"] if one["number"] and one["log"] == OFFERING)
    status, answer = alice.command("acknowledge-alert", offering=OFFERING, number=row["number"], comment="the guarantor sends it again")
    check(status == 200 and answer["done"], f"alice has it in hand: {answer}")
    eventually(lambda: alice.of_offering(f"alerts/{OFFERING}/{row['number']}")["alert"]["owner"] == "alice", "and everybody sees that")
    check(alice.of_offering(f"alerts/{OFFERING}/{row['number']}")["history"], "with its history")


def reports_are_the_commands(alice, command):
    status, board, headers = alice.call("GET", f"/api/offerings/{OFFERING}/reports/tally?format=csv")
    check(status == 200 and "attachment" in headers["Content-Disposition"], "the tally can be downloaded")
    told = subprocess.run(command + ["report", OFFERING, "--kind", "tally", "--format", "csv"], capture_output=True, check=True).stdout
    check(board == told, "to the byte what the issuer gets")


def what_is_stale_says_so(stream, notification):
    eventually(lambda: not stream.sections["head"]["stale"], f"all is fresh: {stream.sections['head']}")
    os.kill(notification, signal.SIGSTOP)
    try:
        head = eventually(lambda: stream.sections["head"] if stream.sections["head"]["stale"] else None, "a board says that notification stands still")
        check(any("notification" in why for why in head["why"]), f"and names it: {head['why']}")
    finally:
        os.kill(notification, signal.SIGCONT)
    eventually(lambda: not stream.sections["head"]["stale"], "and that it goes on")


def the_engineer_sees(command):
    """What the console tells on its admin port, by `rightsdesk metrics`."""
    def figures():
        told = json.loads(subprocess.run(command + ["metrics", "--service", "console", "--json"], capture_output=True, check=True).stdout)[0]
        return {(one["name"], one["labels"].get("outcome") or one["labels"].get("result") or one["labels"].get("log") or ""): one["value"] for one in told["samples"]}
    # Handed over once a second.
    seen = eventually(lambda: next((now for now in [figures()] if now.get(("rightsdesk_board_commands_total", "id_reused"))), None), "what boards did is told to engineers")
    check(seen["rightsdesk_ready", ""] == 1, "the console is ready")
    check(seen["rightsdesk_boards_open", ""] == 1, "a board is open")
    check(seen["rightsdesk_sign_ins_total", "failed"] >= 1 and seen["rightsdesk_sign_ins_total", "delayed"] >= 1, "who could not sign in is counted")
    for outcome in ("accepted", "refused", "unusable", "not_permitted"):
        check(seen["rightsdesk_board_commands_total", outcome] >= 1, f"and commands that were {outcome}")
    check(seen["rightsdesk_board_bytes_total", ""] > 1000 and seen["rightsdesk_board_events_total", ""] > 11, "and what went to the board")
    check(seen["rightsdesk_log_records", OFFERING] > 100, "and how far each log is followed")


def main():
    port, password, notification = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    command, timeline = sys.argv[4:sys.argv.index("--")], sys.argv[-1]
    who_gets_in(port, password)
    alice, bob, viewer = (Board(port, name, password) for name in ("alice", "bob", "vera"))
    eventually(lambda: [one for one in alice.get("/api/offerings")["offerings"] if one["offering"] == OFFERING and one["folded"]], "the offering is there")
    stream = Stream(viewer)
    eventually(lambda: len(stream.sections) == 11, "every section comes once")
    what_may_be_done(alice, viewer)
    a_page_of_a_notice(alice)
    received = step(stream.sections["funnel"], "received")["notices"]
    player = subprocess.Popen(command + ["sample", "play", timeline], stdout=subprocess.DEVNULL)
    eventually(lambda: step(stream.sections["funnel"], "received")["notices"] == received + 1, "a notice that comes is seen to come")
    check(player.wait() == 0, "the timeline is played")
    money_finds_its_notice(alice, stream)
    alerts_in_hand(alice, stream)
    two_people(alice, bob, stream)
    reports_are_the_commands(alice, command)
    what_is_stale_says_so(stream, notification)
    the_engineer_sees(command)
    board = alice.of_offering("board")
    check(set(board) == set(stream.sections), "the board as one document has the same sections")
    check(viewer.call("DELETE", "/api/session")[0] == 204, "vera signs out")
    eventually(lambda: "signed_out" in stream.names and stream.names[-1] == "(closed)", "and her board is told, and hears no more")
    print("all is well", flush=True)


if __name__ == "__main__":
    main()
