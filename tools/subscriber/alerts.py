#!/usr/bin/python3
"""The desk's alerts, heard in another language than the suite's own, and what was missed asked for.

Prints every alert as a line of JSON, {"log", "topic", "alert"}: in order of number within its log, none left out, and
again when it changes (acknowledged, resolved). What is printed twice has the same log and number. With --state FILE it
goes on, when it is started again, behind what it had printed, with what changed meanwhile.

Needs Python 3.11, python3-zmq, and Cap'n Proto's program `capnp` beside the schemas of this release. The contract that it
rests on, for whoever writes another: README.md in this folder.

Exit codes: 0 ended by SIGINT or SIGTERM, 1 the suite does not answer or does not let it in, 2 wrong arguments.
"""
import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import tomllib

import zmq

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "schemas"
PATIENCE = 10.0          # seconds for an answer, and for the first word of the feed
LONGEST = 4 << 20        # octets of a message: the suite's own bound
HEALTH_ABSENCE = 5.0     # seconds: the desk's own problems (number 0) are told four times a second while they last
REVIEW = 30.0            # seconds after which what is open is asked for again


class Trouble(Exception):
    """Ends it with exit code 1."""


def convert(direction, octets, file, struct):
    command = ["capnp", "convert", direction, str(SCHEMAS / file), struct]
    converted = subprocess.run(command, input=octets, capture_output=True)
    if converted.returncode != 0:
        raise Trouble(f"capnp cannot convert a {struct}: {converted.stderr.decode(errors='replace').strip()}")
    return converted.stdout


def decode(octets, struct):
    return json.loads(convert("binary:json", octets, "receipts.capnp", struct))


def topic_of(log, alert):
    return f"alert/{log}/{alert['severity']}/{alert['kind']}/"


class Notification:
    """Its feed and its doors, by suite.toml and the keys that it names."""

    def __init__(self, config, principal, prefix):
        config = pathlib.Path(config).resolve()
        settings = tomllib.loads(config.read_text())
        keys = config.parent / settings["paths"]["keys"]
        pair = dict(line.split(" = ") for line in (keys / f"{principal}.key").read_text().splitlines())
        self.own = pair["public"].encode(), pair["secret"].encode()
        principals = tomllib.loads((keys / "principals.toml").read_text())["principal"]
        self.server = next(one["public_key"].encode() for one in principals if one["name"] == "notification")
        self.principal, self.prefix, self.asked = principal, prefix, 0
        service = settings["service"]["notification"]
        instances = [service, *service.get("instance", [])]
        self.doors = [self.socket(zmq.DEALER, [one["door"]]) for one in instances]
        self.feed = self.socket(zmq.SUB, [one["feed"] for one in instances])
        for topic in (prefix, "alerthead/"):
            self.feed.subscribe(topic.encode())

    def socket(self, kind, endpoints):
        socket = zmq.Context.instance().socket(kind)
        socket.curve_publickey, socket.curve_secretkey = self.own
        socket.curve_serverkey = self.server
        socket.maxmsgsize, socket.linger = LONGEST, 0
        for endpoint in endpoints:
            socket.connect(endpoint)
        return socket

    def hear(self, wait):
        """(topic, octets) of the next message; None when `wait` seconds passed without."""
        if not self.feed.poll(int(wait * 1000)):
            return None
        topic, octets = self.feed.recv_multipart()
        return topic.decode(), octets

    def replay(self, log, first):
        """The alerts of a log from number `first` on that begin with the prefix. Asks again until it has them."""
        while True:
            page = self.ask({"replayAlerts": {"offering": log, "prefix": self.prefix, "from": str(first)}})["alertPage"]
            for alert in page.get("alerts", []):
                yield alert
                first = int(alert["number"]) + 1
            if not page["more"]:
                return

    def ask(self, question):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for door in self.doors:
                self.asked += 1
                envelope = {"identity": {"source": self.principal, "sequence": str(self.asked)}, "body": {"question": question}}
                door.send(convert("json:binary", json.dumps(envelope).encode(), "commands.capnp", "Envelope"))
                body = self.answer(door)
                if body is not None and "receipt" not in body:
                    return body
                if body is not None and body["receipt"]["kind"] != "retryLater":
                    raise Trouble(f"notification does not answer '{self.principal}': {body['receipt'].get('explanation', '')}")
        raise Trouble(f"notification has not answered for {PATIENCE:.0f} s")

    def answer(self, door):
        while door.poll(1000):
            reply = decode(door.recv(), "Reply")
            if int(reply["identity"]["sequence"]) == self.asked:
                return reply["body"]
        return None


class Alerts:
    """What was printed, by log: up to which number, without a gap, and which of these were open and how they stood."""

    def __init__(self, notification, first, state):
        self.notification, self.first, self.state = notification, first, state
        self.logs = json.loads(state.read_text()) if state and state.exists() else {}
        self.health, self.heads, self.reviewed, self.noted = {}, {}, {}, None

    def hear(self, topic, octets):
        if topic.startswith("alerthead/"):
            return self.hear_head(topic, octets)
        heard = decode(octets, "PublishedAlert")
        log, alert = heard["log"], heard["alert"]
        number = int(alert["number"])
        if number == 0:
            return self.hear_health(log, alert)
        self.reach(log, number - 1)
        self.show(log, alert)
        self.note(log, number)

    def hear_head(self, topic, octets):
        """Four times a second, and mostly the same as before."""
        log, prefix = topic.split("/")[1], self.notification.prefix
        own = f"alert/{log}/"
        if not own.startswith(prefix) and not prefix.startswith(own):
            return
        if self.heads.get(topic) != octets:
            self.heads[topic] = octets
            self.reach(log, int(decode(octets, "AlertHead")["last"]))
        if time.monotonic() - self.reviewed.get(log, -REVIEW) >= REVIEW:
            self.review(log)

    def reach(self, log, last):
        """Those up to `last` that were not heard are asked for; some of these may be on other topics."""
        known = self.logs[log]["printed"] if log in self.logs else last if self.first is None else self.first - 1
        if known < last:
            for alert in self.notification.replay(log, known + 1):
                self.show(log, alert)
                last = max(last, int(alert["number"]))
        self.note(log, last)

    def review(self, log):
        """A change has no number of its own: one that was not heard shows when those that were open are asked for again."""
        self.reviewed[log] = time.monotonic()
        open_ones = self.logs[log]["open"]
        if open_ones:
            for alert in self.notification.replay(log, min(map(int, open_ones))):
                self.show(log, alert)
        self.note(log, 0)

    def hear_health(self, log, alert):
        name, now = (alert["subject"], alert["kind"]), time.monotonic()
        if now - self.health.get(name, -HEALTH_ABSENCE) >= HEALTH_ABSENCE:
            print_line(log, alert)
        self.health[name] = now

    def show(self, log, alert):
        """Prints it, unless it was printed as it stands."""
        known = self.logs.setdefault(log, {"printed": int(alert["number"]) - 1, "open": {}})
        is_new = int(alert["number"]) > known["printed"]
        before = known["open"].get(alert["number"])
        if not is_new and (before is None or before == alert):
            return
        print_line(log, alert)
        if "resolvedAt" in alert:
            known["open"].pop(alert["number"], None)
        else:
            known["open"][alert["number"]] = alert

    def note(self, log, last):
        """Printed first, noted then: after a death in between it is printed once more."""
        known = self.logs.setdefault(log, {"printed": last, "open": {}})
        known["printed"] = max(known["printed"], last)
        text = json.dumps(self.logs)
        if self.state and text != self.noted:
            self.noted = text
            written = self.state.with_name(self.state.name + ".new")
            written.write_text(text)
            os.replace(written, self.state)


def print_line(log, alert):
    print(json.dumps({"log": log, "topic": topic_of(log, alert), "alert": alert}), flush=True)


def listen(alerts, notification):
    heard_once, since = False, time.monotonic()
    while True:
        message = notification.hear(1.0)
        if message:
            heard_once = True
            alerts.hear(*message)
        elif not heard_once and time.monotonic() - since > PATIENCE:
            raise Trouble("nothing is heard from notification: does it run, and does principals.toml of the running suite list this key?")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     epilog="example: alerts.py --config var/etc/suite.toml alert/rare-medium-2002/critical/ --from 1")
    parser.add_argument("prefix", nargs="?", default="alert/", help="of alert/<log>/<severity>/<kind>/; else all")
    parser.add_argument("--config", required=True, help="suite.toml of the suite")
    parser.add_argument("--as", dest="principal", default="reader", help="whose key (role reader); else 'reader'")
    parser.add_argument("--from", dest="first", type=int, help="first those of each log from this number on; else from now on")
    parser.add_argument("--state", type=pathlib.Path, help="where to note how far it came, and to go on from")
    given = parser.parse_args()
    if not given.prefix.startswith("alert/"):
        parser.error(f"a topic begins with alert/, which '{given.prefix}' does not")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        notification = Notification(given.config, given.principal, given.prefix)
        listen(Alerts(notification, given.first, given.state), notification)
    except (OSError, KeyError, StopIteration, tomllib.TOMLDecodeError) as mistake:
        print(f"alerts.py: {given.config} or the keys that it names: {type(mistake).__name__}: {mistake}", file=sys.stderr)
        return 2
    except Trouble as trouble:
        print(f"alerts.py: {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
