#!/usr/bin/env python3
"""Judges what a seed's play left behind, and shares no code with the suite that it judges.

    checker.py FOLDER [--schemas DIR] [--json]

FOLDER is what rightsdesk-chaos left: the gateways' journals, Redis's append-only file and the alerts that were shown. Every
finding is a line `rule: what`. Exit codes: 0 nothing found, 1 something found, 2 it cannot be read. Example:

    tests/chaos/checker.py var/chaos/7
"""

import argparse
import collections
import hashlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import append_only  # noqa: E402
import books  # noqa: E402
import spool_gateway  # noqa: E402

FINAL = ("accepted", "defective", "duplicate", "refused", "quarantined")


class Findings:
    def __init__(self):
        self.list = []

    def add(self, rule, what):
        self.list.append((rule, what))

    def check(self, holds, rule, what):
        if not holds:
            self.add(rule, what)
        return holds


class Journals:
    """What the gateways wrote down: before they said it, and when they got an answer."""

    def __init__(self, folder, schemas, findings):
        self.said, self.contradicted, self.receipts = {}, {}, collections.defaultdict(list)
        self.unreadable = 0
        replies = []
        given, asked = collections.defaultdict(dict), collections.defaultdict(list)
        for path in sorted((folder / "journal").glob("*.jsonl")):
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                if "said" in entry:
                    self.said[(entry["source"], entry["said"])] = entry
                elif "contradicted" in entry:
                    self.contradicted[(entry["source"], entry["contradicted"])] = entry["sha256"]
                elif "receipt" in entry:
                    replies.append(((entry["source"], entry["receipt"]), bytes.fromhex(entry["reply"])))
                elif "given" in entry:
                    given[entry["source"]][entry["given"]] = entry
                elif "asked_through" in entry:
                    asked[entry["source"]].append(entry["asked_through"])
                else:
                    self.unreadable += 1
        gateways = [spool_gateway.Gateway(folder / "gateway", source, given[source], asked[source], findings.check) for source in sorted(set(given) | set(asked))]
        for gateway in gateways:
            self.said.update(gateway.said())
            replies += [((gateway.source, number), octets) for number, octets in gateway.journal.receipts.items()]
        bodies = append_only.decoded([octets for _, octets in replies], schemas / "receipts.capnp", "Reply")
        for (who, octets), body in zip(replies, bodies):
            self.receipts[who].append((octets, body))
        for gateway in gateways:
            gateway.check({number: body for (source, number), body in zip((who for who, _ in replies), bodies) if source == gateway.source})

    def facts(self, source, sequence):
        entry = self.said.get((source, sequence))
        return entry["facts"] if entry else None

    def facts_of(self, identity):
        """Of "fax-1.17"."""
        source, _, sequence = identity.rpartition(".")
        return self.facts(source, int(sequence)) if sequence.isdigit() else None


class Stored:
    """The raw store: numbers dense, the chain whole, each item whole, versions and cursors step by step."""

    def __init__(self, findings):
        self.findings = findings
        self.numbers, self.links = collections.Counter(), collections.defaultdict(str)
        self.epochs = {}
        self.identities, self.versions, self.cursors, self.heads = {}, collections.Counter(), collections.Counter(), {}

    def take(self, transaction):
        find = self.findings
        for strange in transaction.strange:
            find.add("strange", f"a write that no commit makes: {strange}")
        logs = {record.log for record in transaction.records} | {log for log, _ in transaction.fields}
        find.check(len(logs) <= 1, "strange", f"one commit wrote to {sorted(logs)}")
        before = dict(self.cursors)
        for record in transaction.records:
            self.take_record(record)
        for log in logs:
            self.take_fields(log, transaction)
            self.items(log, [record for record in transaction.records if record.log == log], transaction)
        self.effects(transaction, before)

    def take_record(self, record):
        find, log = self.findings, record.log
        self.numbers[log] += 1
        number = self.numbers[log]
        find.check(record.number == f"{number}-0", "numbers", f"{log}: {record.number} where {number}-0 must follow")
        digest = hashlib.sha256(record.octets).hexdigest()
        find.check(record.digest.decode() == digest, "digest", f"{record}: its bytes do not have its digest")
        link = hashlib.sha1(f"{self.links[log]}:{number}:{digest}".encode()).hexdigest()
        find.check(record.link.decode() == link, "chain", f"{record}: its link does not follow")
        find.check(self.epochs.setdefault(log, record.epoch) == record.epoch, "chain", f"{record}: another epoch")
        self.links[log] = link
        record.number = number

    def take_fields(self, log, transaction):
        find = self.findings
        for name, value in transaction.of(log, "identities"):
            find.check((log, name) not in self.identities, "twice", f"{log}: the identity {name.decode()} is claimed again")
            self.identities[(log, name)] = value.decode()
        for name, value in transaction.of(log, "states"):
            version, digest, octets = value.split(b":", 2)
            self.versions[(log, name)] += 1
            find.check(int(version) == self.versions[(log, name)], "versions", f"{log} {name.decode()}: version {version.decode()} after {self.versions[(log, name)] - 1}")
            find.check(hashlib.sha256(octets).hexdigest() == digest.decode(), "digest", f"{log} {name.decode()}: a state without its digest")
        for name, value in transaction.of(log, "cursors"):
            place, _, check = value.partition(b":")
            find.check(check.decode() == hashlib.sha1(name + b":" + place).hexdigest(), "cursor", f"{log}: the cursor {name.decode()} at {place.decode()} does not have its check")
            find.check(int(place) >= self.cursors[(log, name.decode())], "cursor", f"{log}: the cursor {name.decode()} went back to {place.decode()}")
            self.cursors[(log, name.decode())] = int(place)
        for name, value in transaction.of(log, "head"):
            self.heads[(log, name)] = value.decode()
        if log in self.numbers:
            find.check(self.heads.get((log, b"seq")) == str(self.numbers[log]) and self.heads.get((log, b"link")) == self.links[log], "head",
                       f"{log}: the head is not the last record, {self.numbers[log]}")

    def items(self, log, records, transaction):
        """An item's records are together, 0 to of - 1; a claimed identity is that of its first record."""
        find, expected = self.findings, 0
        claims = {name: value.decode() for name, value in transaction.of(log, "identities")}
        for record in records:
            find.check(record.position == expected, "item", f"{record}: part {record.position} of {record.of} where {expected} must follow")
            if record.position == 0 and record.payload_hash:
                claim = claims.pop(f"{record.source}/{record.sequence}".encode(), None)
                find.check(claim == f"{record.number}:{record.payload_hash}", "identity", f"{record}: its identity {record.source}/{record.sequence} is claimed as {claim}")
            expected = record.position + 1 if record.position + 1 < record.of else 0
        find.check(expected == 0, "item", f"{log}: the item that ends at {self.numbers[log]} is not whole")
        for name in claims:
            find.add("identity", f"{log}: {name.decode()} is claimed without a record")

    def effects(self, transaction, before):
        """What a service does because of a record is in one commit with its cursor's step over that record, and happens once."""
        for record in transaction.records:
            if record.payload_hash or record.source not in self.numbers or record.position != 0:
                continue
            name = (record.log, f"{record.service}/{record.source}")
            self.findings.check(before.get(name, 0) < record.sequence, "effect", f"{record}: an effect of {record.source} {record.sequence}, which was done with before")
            self.findings.check(self.cursors[name] >= record.sequence, "cursor", f"{record}: an effect of {record.source} {record.sequence} without the cursor's step")
            self.findings.check(record.sequence <= self.numbers[record.source], "effect", f"{record}: an effect of a record that is not there")


def check_receipts(journals, firsts, findings):
    """Every receipt is committed once, as it says; everything committed was said; a repeat gets the first receipt's bytes."""
    for (source, sequence), entry in journals.said.items():
        name = f"{source}.{sequence} ({entry['facts']['kind']})"
        finals = [(octets, body) for octets, body in journals.receipts[(source, sequence)] if body["body"].get("receipt", {}).get("kind") != "conflict"]
        items = firsts.get((source, sequence), [])
        findings.check(len(items) <= 1, "twice", f"{name} is committed {len(items)} times: {', '.join(str(item) for item in items)}")
        if not findings.check(finals, "lost", f"{name} has no receipt"):
            continue
        findings.check(len({octets for octets, _ in finals}) == 1, "receipt", f"{name} has {len({octets for octets, _ in finals})} different receipts")
        for _, body in finals:
            receipt = body["body"].get("receipt", {})
            cited = receipt.get("log", ""), int(receipt.get("sequence", 0))
            identity = receipt.get("identity", {})
            if not findings.check(items and cited == (items[0].log, items[0].number), "lost", f"{name}: its receipt names {cited[0]} {cited[1]}, where it is not"):
                break
            findings.check((identity.get("source"), int(identity.get("sequence", 0))) == (source, sequence), "receipt", f"{name} was given the receipt of {identity}")
            findings.check(receipt["kind"] == kind_for(items[0]), "receipt", f"{name}: the receipt says {receipt['kind']}, the record {kind_for(items[0])}")
        if (source, sequence) in journals.contradicted:
            told = [body for _, body in journals.receipts[(source, sequence)] if body["body"].get("receipt", {}).get("kind") == "conflict"]
            findings.check(told, "conflict", f"{name}: the same number with another body was not told to be a conflict")
    findings.check(journals.unreadable == 0, "receipt", f"{journals.unreadable} answers could not be read")
    for who in journals.receipts:
        findings.check(who in journals.said, "unsent", f"a receipt for {who}, which nobody said")


def kind_for(record):
    """The kind of receipt that an item's first record stands for."""
    if record.kind == "commandRefused":
        return "refused"
    if record.kind == "noticeDecided":
        status = record.event["notice"]["status"]
        return {"accepted": "accepted", "inQuestion": "accepted", "defective": "defective", "late": "defective", "misdirected": "defective"}.get(status, "refused")
    if record.kind == "certificatesDelivered" and not record.event["received"].get("listed", False):
        return "defective"
    return {"identityConflicted": "conflict", "itemQuarantined": "quarantined"}.get(record.kind, "accepted")


def check_sent(records, journals, findings):
    """Nothing is committed that was not sent, byte for byte."""
    firsts = collections.defaultdict(list)
    for record in records:
        if not record.payload_hash or record.position != 0:
            continue
        if record.kind == "identityConflicted":
            who = record.event["identity"]["source"], int(record.event["identity"]["sequence"])
            findings.check(journals.contradicted.get(who) == record.payload_hash, "unsent", f"{record}: nobody contradicted {who}")
            continue
        who = record.source, record.sequence
        firsts[who].append(record)
        entry = journals.said.get(who)
        findings.check(entry is not None and entry["sha256"] == record.payload_hash, "unsent", f"{record}: {who} was never said in these bytes")
    return firsts


def check_alerts(records, folder, findings):
    """Numbers dense, each naming the one before on its topic; each was shown, while it went on and afterwards."""
    raised, topics = collections.defaultdict(dict), {}
    for record in records:
        if record.kind != "alertRaised":
            continue
        alert = record.event["alert"]
        number, topic = int(alert["number"]), (record.log, alert["severity"], alert["kind"])
        findings.check(number == len(raised[record.log]) + 1, "alert", f"{record}: number {number} after {len(raised[record.log])}")
        findings.check(int(alert["previousOnTopic"]) == topics.get(topic, 0), "alert", f"{record}: names {alert['previousOnTopic']} before it on its topic, not {topics.get(topic, 0)}")
        topics[topic] = number
        raised[record.log][number] = alert
    for name in ("live", "replayed"):
        shown = collections.defaultdict(list)
        path = folder / "alerts" / f"{name}.jsonl"
        for line in path.read_text().splitlines() if path.exists() else []:
            alert = json.loads(line)
            if alert["number"] == 0:
                continue  # the desk itself, from memory
            shown[(alert["log"], alert["number"])].append(alert)
            known = raised[alert["log"]].get(alert["number"])
            findings.check(known is not None and known["subject"] == alert["subject"] and known["kind"] == alert["kind"], "alert",
                           f"{name}: {alert['log']} {alert['number']} was shown and never recorded so")
        for log, alerts in raised.items():
            for number in alerts:
                findings.check(shown[(log, number)], "alert", f"{name}: {log} {number} was not shown")
                findings.check(name == "live" or len(shown[(log, number)]) <= 1, "alert", f"{name}: {log} {number} was shown twice")


def judge(folder, schemas):
    findings = Findings()
    end = json.loads((folder / "end.json").read_text())
    findings.check(end["finished"], "end", f"the play did not come to its end: {end['why']}")
    findings.check(not end["differs"], "verify", f"the suite's own verification: {end['differs'].splitlines()[0] if end['differs'] else ''}")
    journals = Journals(folder, schemas, findings)
    transactions = append_only.read_store(folder / "appendonlydir", schemas)
    stored, accounts = Stored(findings), books.Books(journals, findings)
    records = []
    for transaction in transactions:
        stored.take(transaction)
        for record in transaction.records:
            accounts.take(record)
            records.append(record)
    check_receipts(journals, check_sent(records, journals, findings), findings)
    check_alerts(records, folder, findings)
    if end["finished"]:
        accounts.close()
    counts = {"seed": end["seed"], "kills": end["kills"], "said": len(journals.said), "receipts": sum(len(receipts) for receipts in journals.receipts.values()),
              "records": len(records), "commits": len(transactions), "offerings": len(accounts.offerings)}
    return findings.list, counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--schemas", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "schemas")
    parser.add_argument("--json", action="store_true", help="findings and counts as JSON")
    given = parser.parse_args()
    try:
        found, counts = judge(given.folder, given.schemas)
    except append_only.Damaged as damaged:
        found, counts = [("damaged", str(damaged))], {}
    except (OSError, json.JSONDecodeError) as error:
        print(f"{given.folder} cannot be read: {error}", file=sys.stderr)
        return 2
    if given.json:
        print(json.dumps({"findings": [{"rule": rule, "what": what} for rule, what in found], "counts": counts}))
    else:
        for rule, what in found:
            print(f"{rule}: {what}")
        print(f"{len(found)} findings; " + ", ".join(f"{value} {name}" for name, value in counts.items()))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
