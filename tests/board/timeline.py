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

# What the forms for money and paper are pressed about: a check that comes back for want of money and clears at last, one wire that is for
# several notices, and certificates whose number another notice has brought already.
FOR_THE_FORMS = """[[step]]
at = "2002-06-27T16:00:00"
by = "mail-1"
do = "instrument"
method = "uncertified_check"
amount = "1200.00"
payee = "American Stock Transfer & Trust Company"
maker = "Odile Ferrand"
drawee = "First Queens Savings"
number = "7741"
instrument_date = "2002-06-26"
address = "59 Maiden Lane, New York, NY 10038"

[[step]]
at = "2002-06-28T10:30:00"
by = "bank-1"
do = "bounce"
account = "021000018/890-0032-147"
number = "7741"
drawee = "First Queens Savings"
amount = "1200.00"
reason = "not_sufficient_funds"
message = "RET-0628-1"

[[step]]
at = "2002-07-02T09:45:00"
by = "bank-1"
do = "clearance"
account = "021000018/890-0032-147"
number = "7741"
drawee = "First Queens Savings"
amount = "1200.00"
message = "CLR-0702-2"

[[step]]
at = "2002-06-28T10:46:00"
by = "bank-1"
do = "wire"
account = "021000018/890-0032-147"
amount = "40.00"
institution = "Nominee Clearing Trust"
value_date = "2002-06-28"
message = "MT910-0100"
imad = "20020628K1QNOM1R000001"
servicer_reference = "AST007100"

[[step]]
at = "2002-06-28T10:47:00"
by = "mail-1"
do = "certificates"
notice = "granite"
rights = 100
certificate_numbers = ["RM-20417"]
delivery = "courier-31"
signature_guarantee = true
channel = "courier"
address = "6201 15th Avenue, Brooklyn, NY 11219"

[[step]]
at = "2002-06-28T10:48:00"
by = "mail-1"
do = "certificates"
notice = "never-covered"
rights = 100
certificate_numbers = ["RM-20417"]
delivery = "courier-32"
signature_guarantee = true
channel = "courier"
address = "6201 15th Avenue, Brooklyn, NY 11219"
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
        kept += ["[[step]]\n" + step for step in FOR_THE_FORMS.split("[[step]]\n") if step]
        self.steps = sorted(kept, key=lambda step: value_of(step, "at"))

    def until(self, folder, instant):
        folder = pathlib.Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.sample, folder)
        (folder / "timeline.toml").write_text(self.head + "\n".join(step for step in self.steps if value_of(step, "at") <= instant))
        return folder
