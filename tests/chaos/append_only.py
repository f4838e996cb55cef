"""The append-only file of Redis as it lay on the disk, and what the suite wrote into it.

Reads the RESP commands of the file's parts by itself and decodes the records with `capnp convert`, the reader of the Cap'n Proto
package: nothing here is the suite's. The test's Redis does not rewrite its file, so all of it is commands, in order.
"""

import json
import pathlib
import subprocess


class Damaged(Exception):
    """The bytes cannot be what was written."""


def parts_of(folder):
    """The file's parts in the manifest's order."""
    manifest = folder / "appendonly.aof.manifest"
    lines = [line.split() for line in manifest.read_text().splitlines() if line.strip()]
    entries = [dict(zip(line[0::2], line[1::2])) for line in lines]
    order = {"b": 0, "i": 1}
    live = [entry for entry in entries if entry["type"] in order]
    return [folder / entry["file"] for entry in sorted(live, key=lambda entry: (order[entry["type"]], int(entry["seq"])))]


def commands_of(octets, name):
    """Each command's arguments. What a crash tore off the very end is left out."""
    at = 0
    while at < len(octets):
        if octets[at:at + 5] == b"REDIS":
            raise Damaged(f"{name}: a snapshot in front: this Redis rewrote its file, and what came before cannot be checked")
        if octets[at:at + 1] != b"*":
            raise Damaged(f"{name}: no command at octet {at}")
        arguments, start = [], at
        try:
            end = octets.index(b"\r\n", at)
            count, at = int(octets[at + 1:end]), end + 2
            for _ in range(count):
                end = octets.index(b"\r\n", at)
                length, at = int(octets[at + 1:end]), end + 2
                if at + length + 2 > len(octets):
                    return
                arguments.append(octets[at:at + length])
                at += length + 2
        except ValueError:
            if octets.find(b"\r\n", start) == -1 or at >= len(octets):
                return
            raise Damaged(f"{name}: the command at octet {start} is not whole") from None
        yield arguments


def transactions_of(folder):
    """Lists of commands that took effect at once, in order."""
    gathered = None
    for part in parts_of(folder):
        for command in commands_of(part.read_bytes(), part.name):
            word = command[0].upper()
            if word == b"MULTI":
                gathered = []
            elif word == b"EXEC":
                yield gathered
                gathered = None
            elif word in (b"SELECT", b"FUNCTION"):
                continue
            elif gathered is None:
                yield [command]
            else:
                gathered.append(command)


def decoded(messages, schema, kind):
    """Cap'n Proto messages as dicts, in one go."""
    if not messages:
        return []
    done = subprocess.run(["capnp", "convert", "--short", "binary:json", str(schema), kind], input=b"".join(messages), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    lines = done.stdout.decode().splitlines()
    if done.returncode != 0 or len(lines) != len(messages):
        raise Damaged(f"message {len(lines) + 1} of {len(messages)} is no {kind}: {done.stderr.decode().strip()[:200]}")
    return [json.loads(line) for line in lines]


class Record:
    """One record of a log, as stored and as decoded."""

    def __init__(self, log, number, fields):
        self.log, self.number = log, number
        self.epoch, self.digest, self.link, self.octets = (fields.get(name, b"") for name in (b"e", b"d", b"l", b"b"))
        self.body = None

    def settle(self, body):
        self.body = body
        self.service, self.principal = body.get("service", ""), body.get("principal", "")
        self.at = int(body["at"])
        cause = body.get("cause", {})
        self.source, self.sequence = cause.get("source", ""), int(cause.get("sequence", 0))
        self.payload_hash = body.get("payloadHash", "")
        self.position, self.of = body["position"], body["of"]
        (self.kind, self.event), = body["event"].items()

    def __str__(self):
        return f"{self.log} {self.number} ({self.kind if self.body else '?'})"


# What is kept of a log for ever. Beside it lies what may come and go, as leases do.
KEPT = ("log", "head", "identities", "states", "index", "cursors")


class Transaction:
    """What one commit wrote: its records, and the fields of each hash, by log. Strange: writes that no commit makes."""

    def __init__(self, commands):
        self.records, self.fields, self.strange = [], {}, []
        for command in commands:
            word, key = command[0].upper(), command[1].decode()
            log, dot, name = key.partition("}:")
            log = log[1:]
            if word == b"XADD" and name == "log" and dot:
                self.records.append(Record(log, command[2].decode(), dict(zip(command[3::2], command[4::2]))))
            elif word == b"HSET" and dot and name in KEPT:
                self.fields.setdefault((log, name), []).extend(zip(command[2::2], command[3::2]))
            elif not dot or name in KEPT:
                self.strange.append(b" ".join(command[:2]).decode(errors="replace"))

    def of(self, log, name):
        return self.fields.get((log, name), [])


def read_store(folder, schemas):
    """Every transaction, its records decoded."""
    transactions = [Transaction(commands) for commands in transactions_of(pathlib.Path(folder))]
    records = [record for transaction in transactions for record in transaction.records]
    for record, body in zip(records, decoded([record.octets for record in records], pathlib.Path(schemas) / "events.capnp", "Record")):
        record.settle(body)
    return transactions
