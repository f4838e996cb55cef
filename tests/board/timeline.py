"""The sample's month without what people do about it on the board, cut at an instant, as `rightsdesk sample play` takes it."""

import pathlib
import shutil

# What alice and bob do by the sample's timeline, and do on the board here instead.
BY_PEOPLE = ("reject", "extend", "propose_waiver", "approve", "cure", "attribute_notice", "settle")

# A holder sends the $15.00 that the bank's fee had taken from fax-1.15's wire, from another bank than the notice names, so that nothing
# but a person can say what it is for.
MISSING_MONEY = """[[step]]
at = "2002-06-28T10:45:00"
by = "bank-1"
do = "wire"
account = "021000018/890-0032-147"
amount = "15.00"
institution = "Catskill Trust"
value_date = "2002-06-28"
message = "MT910-0099"
imad = "20020628K1QCAT1R000001"
servicer_reference = "AST007099"
"""


def value_of(step, name):
    for line in step.splitlines():
        if line.startswith(name + " = "):
            return line.split(" = ", 1)[1].strip('"')
    return ""


class Sample:
    """Steps of the sample in order of time; what is written is every step up to an instant, so that each keeps its number."""

    def __init__(self, sample):
        self.sample = pathlib.Path(sample)
        head, *steps = (self.sample / "timeline.toml").read_text().split("[[step]]\n")
        self.head = head
        steps = ["[[step]]\n" + step for step in steps]
        kept = [step for step in steps if value_of(step, "do") not in BY_PEOPLE] + [MISSING_MONEY]
        self.steps = sorted(kept, key=lambda step: value_of(step, "at"))

    def until(self, folder, instant):
        folder = pathlib.Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.sample, folder)
        (folder / "timeline.toml").write_text(self.head + "\n".join(step for step in self.steps if value_of(step, "at") <= instant))
        return folder
