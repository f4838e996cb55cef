"""What the product's own gateway left: the journal from which it sends, and its spool.

The journal's files are read here by what services/lib/client/README.md says of them, and by nothing else.
"""

import hashlib
import json
import re
import struct
import zlib

HEAD = struct.Struct("<IIQ")  # crc, length, synced
OPENING, MESSAGE, RECEIPT, MARK = 1, 2, 3, 4
HAS_THROUGH = 2


class Unreadable(Exception):
    """A frame that is not as the description has it."""


class Fields:
    """Takes fields off the front of a frame's body."""

    def __init__(self, octets):
        self.rest = octets

    def take(self, layout):
        size = struct.calcsize("<" + layout)
        if len(self.rest) < size:
            raise Unreadable("a field is missing")
        (value,) = struct.unpack("<" + layout, self.rest[:size])
        self.rest = self.rest[size:]
        return value

    def text(self):
        size = self.take("H")
        if len(self.rest) < size:
            raise Unreadable("a text is cut off")
        text, self.rest = self.rest[:size].decode(), self.rest[size:]
        return text


def frame_at(octets, at):
    """(synced, body, behind it), or None where no frame is."""
    if len(octets) - at < HEAD.size:
        return None
    crc, length, synced = HEAD.unpack_from(octets, at)
    end = at + HEAD.size + length
    if length == 0 or end > len(octets) or synced > at or zlib.crc32(octets[at + 4:end]) != crc:
        return None
    return synced, octets[at + HEAD.size:end], end


class Journal:
    """Every entry of a journal's segments: messages by number, receipts by number, and what is wrong with them."""

    def __init__(self, folder, source, find):
        self.source, self.find = source, find
        self.messages, self.receipts = {}, {}
        self.next = 1
        segments = sorted(path for path in folder.iterdir() if re.fullmatch(r"\d{8,}\.journal", path.name))
        find(segments, "journal", f"{source}: no segment is there")
        for position, path in enumerate(segments):
            find(int(path.stem) == position + 1, "journal", f"{path.name}: segment {position + 1} is missing")
            self.read(path, last=path == segments[-1])

    def read(self, path, last):
        octets, at, first = path.read_bytes(), 0, True
        while at < len(octets):
            frame = frame_at(octets, at)
            if frame is None:
                known = any(later and later[0] > at for later in (frame_at(octets, behind) for behind in range(at + 1, len(octets))))
                self.find(last and not known, "journal", f"{path.name}: damaged at octet {at}")
                return
            try:
                self.take(path, Fields(frame[1]), first)
            except (Unreadable, UnicodeDecodeError) as error:
                self.find(False, "journal", f"{path.name}: the frame at octet {at}: {error}")
            at, first = frame[2], False

    def take(self, path, fields, first):
        kind = fields.take("B")
        self.find((kind == OPENING) == first, "journal", f"{path.name}: an opening stands first in a segment, and only there")
        if kind == OPENING:
            self.open(path, fields)
        elif kind == MESSAGE:
            number = fields.take("Q")
            flags, _, through = fields.take("B"), fields.take("q"), fields.take("q")
            door, label = fields.text(), fields.text()
            self.find(number >= self.next, "journal", f"{self.source}.{number} ({label}): a number that was used before, or left behind")
            self.next = max(self.next, number + 1)
            self.messages.setdefault(number, []).append({"door": door, "label": label, "through": through if flags & HAS_THROUGH else None, "octets": fields.rest})
        elif kind == RECEIPT:
            number = fields.take("Q")
            self.find(number in self.messages, "journal", f"{self.source}.{number}: a receipt for what was never sent")
            self.find(number not in self.receipts, "journal", f"{self.source}.{number}: two receipts")
            self.receipts[number] = fields.rest
        elif kind != MARK:
            raise Unreadable(f"its kind is {kind}")

    def open(self, path, fields):
        form, segment, following = fields.take("B"), fields.take("Q"), fields.take("Q")
        fields.take("Q"), fields.take("B"), fields.take("q")
        self.find(form == 1 and segment == int(path.stem) and fields.text() == self.source, "journal", f"{path.name}: opened as another's, or as another segment")
        self.find(following == self.next, "journal", f"{path.name}: opened with {following} as the next number, where {self.next} follows")


class Gateway:
    """A gateway's journal and spool against what was given to it. `given`: by document, as the play wrote it down before it put it there."""

    def __init__(self, folder, source, given, asked, find):
        self.folder, self.source, self.given, self.asked, self.find = folder, source, given, asked, find
        self.journal = Journal(folder / "journal", source, find)

    def said(self):
        """What it sent, as if it had said so itself before: ((source, number), entry)."""
        for number, messages in self.journal.messages.items():
            for message in messages:
                given = self.given.get(message["label"])
                if message["through"] is not None:
                    facts = {"kind": "watermark", "through": message["through"]}
                else:
                    self.find(given is not None, "unsent", f"{self.source}.{number} is of {message['label']!r}, which nobody gave it")
                    facts = given["facts"] if given else {"kind": "nothing"}
                entry = {"source": self.source, "said": number, "door": message["door"], "sha256": hashlib.sha256(message["octets"]).hexdigest(), "facts": facts}
                yield (self.source, number), entry

    def check(self, bodies):
        """Everything it was given has one number and one receipt, in the journal and in the spool. `bodies`: decoded receipts, by number."""
        numbers = {}
        for number, messages in self.journal.messages.items():
            for message in messages:
                if message["label"]:
                    numbers.setdefault(message["label"], []).append(number)
        for name, entry in self.given.items():
            mine = numbers.get(name, [])
            self.find(mine, "lost", f"{self.source}: {name} is not in the journal")
            self.find(len(mine) <= 1, "doubled", f"{self.source}: {name} was sent as {mine}")
            if len(mine) == 1:
                self.check_document(name, mine[0], entry, bodies.get(mine[0]))
        told = [message["through"] for messages in self.journal.messages.values() for message in messages if message["through"] is not None]
        for through in self.asked:
            self.find(any(one >= through for one in told), "lost", f"{self.source}: the watermark {through} was not told")
        self.find(told == sorted(set(told)), "clock", f"{self.source}: its watermarks go back or are told twice: {told}")
        for place in ("in", "refused"):
            left = sorted(path.name for path in (self.folder / "spool" / place).iterdir())
            self.find(not left, "lost", f"{self.source}: {left} lie in {place}/")

    def check_document(self, name, number, entry, body):
        spool, identity = self.folder / "spool", f"{self.source}.{number}"
        if entry["sha256"]:
            kept = spool / "sent" / f"{identity}-{name}"
            whole = kept.exists() and hashlib.sha256(kept.read_bytes()).hexdigest() == entry["sha256"]
            self.find(whole, "lost", f"{self.source}: {name} is not in sent/ as it was given")
        files = sorted(path.name for path in (spool / "receipts").glob(f"{name}.*"))
        if not self.find(files == [f"{name}.receipt.json"], "lost" if not files else "doubled", f"{self.source}: the receipts of {name} are {files}"):
            return
        told = json.loads((spool / "receipts" / files[0]).read_text())
        receipt = (body or {}).get("body", {}).get("receipt", {})
        same = (told["id"], told["receipt"]["kind"], told["receipt"]["log"], told["receipt"]["sequence"]) == (
            identity, receipt.get("kind"), receipt.get("log", ""), int(receipt.get("sequence", 0)))
        self.find(same, "receipt", f"{self.source}: the receipt of {name} says {told}, and the journal {receipt} of {identity}")
