"""The checker's own books: what the gateways' journals say is true, held against what the records say was decided.

Time, notices, certificates, money and shares are worked out here a second time, from the facts in the journals and a calendar of
its own, and compared with the records in the order in which they were committed.
"""

import collections
import datetime

UTC = datetime.timezone.utc
NEW_YORK_SUMMER = datetime.timezone(datetime.timedelta(hours=-4))  # all of the plays' days
HOLIDAYS = {datetime.date(2002, 7, 4)}
SOURCES = ("fax-1", "mail-1", "bank-1")
COVER_DAYS = 3
OPEN_ALERTS = ("inQuestion", "defective", "late", "misdirected", "refused")


def nanoseconds(moment):
    return int(moment.timestamp()) * 1_000_000_000


def cover_deadline(dated):
    """17:00 in New York, three business days after the notice's date."""
    day, left = datetime.date.fromisoformat(dated), COVER_DAYS
    while left:
        day += datetime.timedelta(days=1)
        if day.weekday() < 5 and day not in HOLIDAYS:
            left -= 1
    return nanoseconds(datetime.datetime.combine(day, datetime.time(17), NEW_YORK_SUMMER))


class Notice:
    def __init__(self, identity, facts, record):
        self.identity, self.facts, self.record = identity, facts, record
        self.stamps = [facts["stamp"]]
        self.status, self.reasons = "", []
        self.clocks, self.completed, self.missed = 0, None, None
        self.funding = None


class Payment:
    def __init__(self, identity, amount, record):
        self.identity, self.amount, self.record = identity, amount, record
        self.received, self.bounced = None, False
        self.matches = collections.Counter()
        self.answered = False  # matched, or said why not
        self.applied = self.refundable = self.refunded = self.paid = 0


class Offering:
    def __init__(self, identity, facts, record):
        self.identity, self.facts, self.record = identity, facts, record
        self.hour, self.hours_acted_on = None, []
        self.notices, self.papers, self.payments, self.monies = {}, {}, {}, {}
        self.counted = self.tabulated = self.settled = None
        self.allotments, self.approved, self.proposals = collections.defaultdict(dict), None, {}


class Books:
    def __init__(self, journals, findings):
        self.journals, self.findings = journals, findings
        self.now, self.marks = 0, {}
        self.offerings, self.listed, self.attributed = {}, {}, {}
        self.alerts = collections.defaultdict(list)  # (log, subject) -> kinds

    def find(self, holds, rule, what):
        return self.findings.check(holds, rule, what)

    def take(self, record):
        self.find(record.at <= self.now or record.kind == "deskOpened", "early", f"{record}: decided at {record.at}, and the time stands at {self.now}")
        try:
            self.act_on(record)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            self.findings.add("senseless", f"{record}: {type(error).__name__} {error}")

    def act_on(self, record):
        offering = self.offerings.get(record.log)
        act = getattr(self, f"on_{record.kind}", None)
        if act is None:
            return
        if record.log == "desk" or record.kind in ("offeringOpened", "alertRaised"):
            act(record, record.event)
        elif self.find(offering is not None, "effect", f"{record}: the offering was never opened"):
            act(record, record.event, offering)

    # ---- the desk ----

    def on_timeStepped(self, record, event):
        to, facts = int(event["to"]), self.journals.facts(record.source, record.sequence)
        self.find(to >= self.now, "clock", f"{record}: the time went back from {self.now} to {to}")
        self.find(facts is not None and facts["kind"] == "step" and facts["to"] == to, "clock", f"{record}: nobody stepped the time to {to}")
        self.now = to

    def on_offeringListed(self, record, event):
        identity = event["offering"]["id"]
        self.find(identity not in self.listed, "twice", f"{record}: {identity} is listed again")
        self.listed[identity] = self.journals.facts(record.source, record.sequence)

    def on_watermarkAdvanced(self, record, event):
        mark = event["watermark"]
        facts = self.journals.facts(record.source, record.sequence)
        through = int(mark["through"])
        self.find(facts is not None and facts.get("through") == through and mark["source"] == record.source, "unsent", f"{record}: {mark} was not said so")
        self.find(through >= self.marks.get(mark["source"], 0), "clock", f"{record}: the watermark of {mark['source']} went back")
        self.marks[mark["source"]] = through

    def on_noticeAttributed(self, record, event):
        self.attributed[(event["offering"], event["item"])] = record

    # ---- the offering's life ----

    def on_offeringOpened(self, record, event):
        facts = self.listed.get(record.log)
        self.find(record.log not in self.offerings, "twice", f"{record}: opened again")
        if not self.find(facts is not None, "unsent", f"{record}: opened, and never listed"):
            return
        offering = self.offerings[record.log] = Offering(record.log, facts, record)
        offering.hour = int(event["terms"]["expiration"]["instant"])
        self.find(offering.hour == facts["hour"] and int(event["terms"]["sharesOffered"]) == facts["offered"], "unsent", f"{record}: other terms than were sent")

    def on_offeringExtended(self, record, event, offering):
        to = int(event["extension"]["after"]["instant"])
        people = event["extension"].get("approvedBy", [])
        self.find(len(set(people)) >= 2, "people", f"{record}: by {people}")
        self.find(any(entry["facts"] == {"kind": "extend", "offering": record.log, "to": to} for entry in self.journals.said.values()), "unsent", f"{record}: nobody asked for {to}")
        offering.hour = to

    def on_offeringExpired(self, record, event, offering):
        of = int(event["deadline"]["instant"])
        self.find(record.at >= of and self.now >= of, "early", f"{record}: acted at {record.at}, the hour is {of}")
        self.find(of == offering.hour, "hour", f"{record}: acted on {of}, and the hour stands at {offering.hour}")
        self.find(of not in offering.hours_acted_on, "hour", f"{record}: acted on the hour {of} again")
        self.find(offering.counted is None, "hour", f"{record}: it was counted before")
        offering.hours_acted_on.append(of)

    def on_offeringCounted(self, record, event, offering):
        for source in SOURCES:
            self.find(self.marks.get(source, 0) >= offering.hour, "early", f"{record}: counted, and {source} has said nothing past the hour")
        self.find(offering.hour in offering.hours_acted_on, "hour", f"{record}: counted before the hour was acted on")
        self.find(offering.counted is None, "twice", f"{record}: counted again")
        offering.counted = record

    def on_offeringTabulated(self, record, event, offering):
        self.find(offering.tabulated is None, "twice", f"{record}: tabulated again")
        self.find(offering.counted is not None, "hour", f"{record}: tabulated before it was counted")
        for notice in offering.notices.values():
            running = notice.clocks and notice.completed is None and notice.missed is None and notice.status == "accepted"
            self.find(not running, "early", f"{record}: the cover clock of {notice.identity} still runs")
        offering.tabulated = record

    def on_offeringSettled(self, record, event, offering):
        self.find(offering.settled is None, "twice", f"{record}: settled again")
        self.find(offering.approved is not None, "hour", f"{record}: settled before its allocation was approved")
        offering.settled = record

    # ---- notices ----

    def on_noticeDecided(self, record, event, offering):
        notice = event["notice"]
        identity = notice["id"]
        facts = self.journals.facts_of(identity)
        if not self.find(facts is not None and facts["kind"] == "notice", "unsent", f"{record}: nobody handed over {identity}"):
            return
        mine = f"{record.source}.{record.sequence}" == identity and facts["offering"] == record.log
        given = (record.log, identity) in self.attributed and facts["offering"] == "desk"
        self.find(mine or given, "unsent", f"{record}: {identity} was handed over for {facts['offering']}")
        self.find(identity not in offering.notices, "twice", f"{record}: {identity} is decided again")
        paper = facts["paper"]
        self.find(paper not in offering.papers, "doubled", f"{record}: {paper} is {offering.papers.get(paper)} already")
        content = notice["content"]
        asked = int(content.get("basicShares", {}).get("value", 0)), int(content.get("excessShares", {}).get("value", 0))
        self.find(asked == (facts["basic"], facts["over"]), "unsent", f"{record}: asks for {asked}, and was handed over with {facts['basic']} and {facts['over']}")
        one = offering.notices[identity] = Notice(identity, facts, record)
        offering.papers[paper] = identity
        one.status, one.reasons = notice["status"], notice.get("reasons", [])
        self.find(int(notice["deliveries"][0]["stamp"]) == facts["stamp"], "unsent", f"{record}: another stamp than the gateway's")
        self.judge_lateness(record, one, offering)

    def judge_lateness(self, record, notice, offering):
        late = min(notice.stamps) > offering.hour
        self.find(("late" in notice.reasons) == late, "late", f"{record}: {notice.identity} was stamped {min(notice.stamps) - offering.hour:+} ns from the hour and is "
                  f"{'late' if 'late' in notice.reasons else 'in time'}")

    def on_deliveryLinked(self, record, event, offering):
        notice, facts = offering.notices.get(event["notice"]), self.journals.facts(record.source, record.sequence)
        if self.find(notice is not None and facts is not None and facts.get("paper") == notice.facts["paper"], "doubled", f"{record}: linked to another paper"):
            notice.stamps.append(facts["stamp"])

    def on_noticeRedecided(self, record, event, offering):
        notice = offering.notices.get(event["notice"])
        if not self.find(notice is not None, "effect", f"{record}: of a notice that is not there"):
            return
        before = event.get("reasonsBefore", [])
        self.find(before == notice.reasons and event["before"] == notice.status, "effect", f"{record}: says {before} before, and it was {notice.reasons}")
        notice.status, notice.reasons = event["after"], event.get("reasonsAfter", [])
        if offering.counted is None:
            self.judge_lateness(record, notice, offering)

    # ---- certificates ----

    def on_coverClockStarted(self, record, event, offering):
        clock = event["clock"]
        notice = offering.notices.get(clock["notice"])
        if not self.find(notice is not None, "effect", f"{record}: of a notice that is not there"):
            return
        notice.clocks += 1
        self.find(notice.clocks == 1, "twice", f"{record}: the clock of {notice.identity} is started again")
        if notice.facts["dated"] is not None:
            due = cover_deadline(notice.facts["dated"])
            self.find(int(clock["deadline"]["instant"]) == due, "hour", f"{record}: {clock['deadline']['instant']} for a notice of {notice.facts['dated']}, due {due}")

    def on_coverCompleted(self, record, event, offering):
        notice = offering.notices[event["notice"]]
        at = int(event["at"])
        self.find(notice.completed is None and notice.missed is None, "twice", f"{record}: after {notice.completed or notice.missed}")
        self.find(at in self.certificates_for(notice), "unsent", f"{record}: nobody delivered certificates at {at}")
        notice.completed = at
        self.find(notice.facts["dated"] is None or at <= cover_deadline(notice.facts["dated"]), "late", f"{record}: after the deadline")

    def on_coverDeadlineMissed(self, record, event, offering):
        notice = offering.notices[event["notice"]]
        self.find(notice.completed is None and notice.missed is None, "twice", f"{record}: after {notice.completed or notice.missed}")
        notice.missed = record.at
        due = cover_deadline(notice.facts["dated"]) if notice.facts["dated"] else 0
        self.find(record.at >= due and self.now >= due, "early", f"{record}: missed at {record.at}, due {due}")
        self.find(not any(stamp <= due for stamp in self.certificates_for(notice)), "late", f"{record}: certificates came in time")

    def certificates_for(self, notice):
        """The stamps of what was said for it up to the present."""
        return [entry["facts"]["stamp"] for entry in self.journals.said.values()
                if entry["facts"]["kind"] == "certificates" and entry["facts"]["notice"] == notice.identity and entry["facts"].get("stamp", self.now + 1) <= self.now]

    # ---- money ----

    def on_paymentAdvised(self, record, event, offering):
        payment = event["payment"]
        facts = self.journals.facts_of(payment["id"])
        if not self.find(facts is not None and "money" in facts and facts["offering"] == record.log, "unsent", f"{record}: nobody told of {payment['id']}"):
            return
        money = facts["money"]
        self.find(money not in offering.monies, "doubled", f"{record}: {money} counts as {offering.monies.get(money)} already")
        self.find(int(payment["amount"]) == facts["cents"], "cents", f"{record}: {payment['amount']} cents, told as {facts['cents']}")
        offering.monies[money] = payment["id"]
        offering.payments[payment["id"]] = Payment(payment["id"], int(payment["amount"]), record)

    def on_paymentLinked(self, record, event, offering):
        facts = self.journals.facts(record.source, record.sequence)
        self.find(facts is not None and offering.monies.get(facts.get("money")) == event["payment"], "doubled", f"{record}: linked to other money")

    def payment_of(self, record, identity, offering):
        payment = offering.payments.get(identity)
        self.find(payment is not None, "cents", f"{record}: of money that nobody advised")
        return payment

    def on_paymentGood(self, record, event, offering):
        payment = self.payment_of(record, event["payment"], offering)
        if payment is None:
            return
        self.find(payment.received is None and not payment.bounced, "doubled", f"{record}: good again")
        payment.received = int(event["receivedAt"])
        facts = self.journals.facts_of(payment.identity)
        self.find(facts["kind"] != "wire" or payment.received == facts.get("credited"), "cents", f"{record}: received {payment.received}, credited {facts.get('credited')}")

    def on_paymentBounced(self, record, event, offering):
        payment = self.payment_of(record, event["payment"], offering)
        if payment is None:
            return
        facts = self.journals.facts(record.source, record.sequence)
        self.find(facts is not None and facts["kind"] == "bounce" and offering.monies.get(facts["money"]) == payment.identity, "unsent", f"{record}: the bank did not say so")
        self.find(not payment.bounced, "doubled", f"{record}: bounced again")
        payment.bounced = True

    def on_paymentMatched(self, record, event, offering):
        payment = self.payment_of(record, event["payment"], offering)
        if payment is None:
            return
        payment.answered = True
        payment.matches[event["match"]["notice"]] += int(event["match"]["amount"])
        self.find(sum(payment.matches.values()) <= payment.amount, "cents", f"{record}: more than there is is matched")
        self.find(event["match"]["notice"] in offering.notices, "effect", f"{record}: to a notice that is not there")

    def on_paymentMatchUndone(self, record, event, offering):
        payment = self.payment_of(record, event["payment"], offering)
        if payment is not None:
            payment.matches[event["notice"]] -= int(event["amount"])

    def on_paymentUnmatched(self, record, event, offering):
        payment = self.payment_of(record, event["payment"], offering)
        if payment is not None:
            payment.answered = True

    def on_paymentApplied(self, record, event, offering):
        """At the count: the money that is good in time, worked out from the wires, checks and matches."""
        funding = event["funding"]
        notice = offering.notices.get(funding["notice"])
        if not self.find(notice is not None, "effect", f"{record}: of a notice that is not there"):
            return
        good = sum(payment.matches[notice.identity] for payment in offering.payments.values()
                   if payment.received is not None and payment.received <= offering.hour and not payment.bounced)
        self.find(int(funding["goodInTime"]) == good, "cents", f"{record}: {notice.identity} has {good} cents in time, and it says {funding['goodInTime']}")
        worth = (int(funding["deemedBasic"]) + int(funding["deemedOver"])) * offering.facts["price"]
        self.find(worth <= good, "cents", f"{record}: shares for {worth} cents deemed bought with {good}")
        notice.funding = funding

    # ---- shares and refunds ----

    def on_allotmentsRecorded(self, record, event, offering):
        if event["kind"] != "final":
            return
        for line in event.get("allotments", []):
            lines = offering.allotments[event["revision"]]
            self.find(line["notice"] not in lines, "doubled", f"{record}: {line['notice']} is allotted twice")
            lines[line["notice"]] = line

    def on_allocationApproved(self, record, event, offering):
        self.find(offering.approved is None, "twice", f"{record}: approved again")
        self.two_people(record, "allocation", offering)
        self.find(offering.tabulated is not None, "hour", f"{record}: approved before it was tabulated")
        offering.approved = offering.allotments[event["revision"]]
        shares = 0
        for line in offering.approved.values():
            notice, basic, over = offering.notices.get(line["notice"]), int(line["basic"]), int(line["over"])
            shares += basic + over
            self.find(int(line["applied"]) == (basic + over) * offering.facts["price"], "cents", f"{record}: {line['notice']} gets {basic + over} shares for {line['applied']} cents")
            if not self.find(notice is not None, "unsent", f"{record}: {line['notice']} is allotted shares and is no notice"):
                continue
            self.find(basic <= notice.facts["basic"], "cents", f"{record}: {line['notice']} gets {basic} basic shares, and asked for {notice.facts['basic']}")
            may = notice.status == "accepted" and notice.completed is not None and min(notice.stamps) <= offering.hour
            self.find(may or basic + over == 0, "late", f"{record}: {line['notice']} gets shares and is {notice.status}, covered {notice.completed}")
        self.find(shares <= offering.facts["offered"], "cents", f"{record}: {shares} shares of {offering.facts['offered']}")
        wanted = sum(int(notice.funding["deemedBasic"]) + int(notice.funding["deemedOver"]) for notice in offering.notices.values()
                     if notice.funding and notice.status == "accepted" and notice.completed is not None)
        self.find(shares == min(wanted, offering.facts["offered"]), "cents", f"{record}: {shares} shares, where {wanted} are wanted of {offering.facts['offered']}")

    def on_proposalApproved(self, record, event, offering):
        by = offering.proposals.setdefault(event["proposal"], set())
        self.find(event["by"] not in by, "people", f"{record}: {event['by']} approved {event['proposal']} twice")
        facts = self.journals.facts(record.source, record.sequence)
        self.find(facts is not None and facts.get("proposal") == event["proposal"] and record.principal == event["by"], "unsent", f"{record}: {event['by']} did not say so")
        by.add(event["by"])

    def on_refundsApproved(self, record, event, offering):
        self.two_people(record, "refunds", offering)

    def two_people(self, record, kind, offering):
        people = {one for proposal, by in offering.proposals.items() if proposal.startswith(kind) for one in by}
        self.find(len(people) >= 2, "people", f"{record}: approved by {sorted(people)} alone")

    def on_moneyApplied(self, record, event, offering):
        for part in event.get("parts", []):
            payment = self.payment_of(record, part["payment"], offering)
            if payment is None:
                continue
            self.find(payment.applied == payment.refundable == 0, "doubled", f"{record}: {payment.identity} is applied again")
            payment.applied, payment.refundable = int(part["applied"]), int(part["refundable"])
            self.find(payment.applied + payment.refundable == payment.amount, "cents", f"{record}: {payment.identity} of {payment.amount} is applied as {part}")

    def on_refundsRecorded(self, record, event, offering):
        for refund in event.get("refunds", []):
            payment = self.payment_of(record, refund["payment"], offering)
            if payment is None:
                continue
            self.find(payment.refunded == 0, "doubled", f"{record}: {payment.identity} is refunded again")
            payment.refunded = int(refund["amount"])
            self.find(payment.refunded == payment.refundable, "cents", f"{record}: {payment.identity} gives back {payment.refunded} of {payment.refundable}")

    def on_refundsPaid(self, record, event, offering):
        for identity in event.get("payments", []):
            payment = self.payment_of(record, identity, offering)
            if payment is not None:
                payment.paid += 1
                self.find(payment.paid == 1 and payment.refunded > 0, "doubled", f"{record}: {identity} is paid back {payment.paid} times")

    # ---- alerts ----

    def on_alertRaised(self, record, event):
        self.alerts[(record.log, event["alert"]["subject"])].append(event["alert"]["kind"])

    # ---- the end ----

    def close(self):
        """What must have happened by the end of a play that came to its end."""
        for identity, facts in self.listed.items():
            offering = self.offerings.get(identity)
            if self.find(offering is not None, "effect", f"{identity} was listed and never opened"):
                self.close_offering(offering, facts)
        for (identity, item), record in self.attributed.items():
            self.find(identity in self.offerings and item in self.offerings[identity].notices, "effect", f"{record}: {item} never came to {identity}")

    def close_offering(self, offering, facts):
        name = offering.identity
        extended = [entry["facts"]["to"] for entry in self.journals.said.values() if entry["facts"]["kind"] == "extend" and entry["facts"]["offering"] == name]
        hour = extended[-1] if extended else facts["hour"]
        self.find(offering.hour == hour, "hour", f"{name}: the hour is {offering.hour} at the end, and was to be {hour}")
        self.find(offering.hours_acted_on.count(hour) == 1, "hour", f"{name}: the hour was acted on {offering.hours_acted_on.count(hour)} times")
        for step in ("counted", "tabulated", "settled"):
            self.find(getattr(offering, step) is not None, "effect", f"{name} was never {step}")
        self.find("offering_expired" in self.alerts[(name, "life")], "alert", f"{name}: nobody was told that the hour has come")
        for notice in offering.notices.values():
            self.close_notice(offering, notice)
        for entry in self.journals.said.values():
            self.close_said(offering, entry["facts"])
        for payment in offering.payments.values():
            self.close_payment(offering, payment)
        self.close_shares(offering)

    def close_notice(self, offering, notice):
        name = f"{offering.identity} {notice.identity}"
        told = [kind for kind in self.alerts[(offering.identity, f"notice/{notice.identity}")] if kind.startswith("notice_")]
        event = notice.record.event["notice"]
        self.find(event["status"] not in OPEN_ALERTS or told, "alert", f"{name} is {event['status']}, and nobody was told")
        if notice.status != "accepted":
            return
        self.find(notice.clocks == 1, "effect", f"{name}: {notice.clocks} cover clocks")
        due = cover_deadline(notice.facts["dated"]) if notice.facts["dated"] else None
        covered = due is not None and any(stamp <= due for stamp in self.certificates_for(notice))
        self.find((notice.completed is not None) == covered, "late", f"{name}: certificates {'came' if covered else 'did not come'} in time, and it is {'' if notice.completed else 'not '}covered")
        self.find(covered or notice.missed is not None, "effect", f"{name}: nobody acted on its cover deadline")
        if notice.missed:
            self.find("cover_missed" in self.alerts[(offering.identity, f"notice/{notice.identity}")], "alert", f"{name}: nobody was told that it is not covered")

    def close_said(self, offering, facts):
        """Every paper and every money that was handed over for it is in its books, once."""
        if facts.get("offering") != offering.identity:
            return
        if facts["kind"] == "notice":
            self.find(facts["paper"] in offering.papers, "lost", f"{offering.identity}: {facts['paper']} is in no record")
        elif facts["kind"] in ("wire", "instrument"):
            payment = offering.payments.get(offering.monies.get(facts["money"]))
            self.find(payment is not None, "lost", f"{offering.identity}: {facts['money']} is in no record")
        elif facts["kind"] in ("clearance", "bounce"):
            payment = offering.payments.get(offering.monies.get(facts["money"]))
            done = payment is not None and (payment.bounced if facts["kind"] == "bounce" else payment.received is not None)
            self.find(done, "lost", f"{offering.identity}: the {facts['kind']} of {facts['money']} is in no record")

    def close_payment(self, offering, payment):
        name = f"{offering.identity} {payment.identity}"
        self.find(payment.answered, "effect", f"{name}: neither matched nor said why not")
        good = payment.received is not None and not payment.bounced
        self.find(payment.applied + payment.refunded == (payment.amount if good else 0), "cents",
                  f"{name}: {payment.amount} cents, {'good' if good else 'not good'}, {payment.applied} applied, {payment.refunded} given back")
        self.find(payment.paid == (1 if payment.refunded else 0), "cents", f"{name}: {payment.refunded} cents were to be given back, and were {payment.paid} times")

    def close_shares(self, offering):
        applied = sum(payment.applied for payment in offering.payments.values())
        cost = sum(int(line["applied"]) for line in (offering.approved or {}).values())
        self.find(applied == cost, "cents", f"{offering.identity}: shares for {cost} cents, and {applied} applied")
