"""A chapter of the day: the forms for money that came back or is for several, and for certificates. Each is filled in as a person does, and what
it did is looked for on the page and in its receipt."""

SCHEDULE = "notice,amount\nfax-1.14,25.00\nfax-1.18,15.00\n"


class MoneyAndPaper:
    """Beside `Day`, which has the two people and judges their pages."""

    def gave(self, name, record):
        """The newest receipt says that it was recorded, once; the page says of which record."""
        self.alice.sees("accepted", "#last-receipt")
        given = [one for one in self.receipts(name) if record in one["words"]]
        assert [one["outcome"] for one in given] == ["accepted"], given
        assert given[0]["sequence"] > 0, given

    def she_finds_the_payment(self, where, institution):
        alice = self.alice
        alice.goes("suspense")
        row = alice.sees(institution, "main tbody tr")
        return alice.until(f"the payment {where}", lambda: row.find_element("css selector", "th a").text)

    def she_records_that_a_check_was_deposited_again(self):
        """From the alert that tells of it: the check came back for want of money, and is not in suspense any more."""
        alice = self.alice
        alice.goes("alerts?kind=payment_bounced")
        row = alice.sees("payment bounced", "main tbody tr")
        payment = next(word.strip(":") for word in row.text.replace("/", " ").split() if word.startswith("mail-1."))
        alice.goes(f"payment/{payment}")
        alice.sees("bounced", "main .title")
        alice.sees("not sufficient funds", "main")
        alice.presses("Deposited again")
        alice.fills(at="2002-06-28T12:30")  # in an hour that has not come
        alice.presses("Record that it was deposited again", "dialog")
        alice.sees("cannot have been deposited at a time that has not come", "dialog")
        alice.fills(at="2002-06-28T10:40:00")
        self.judge(alice, "deposited-again")
        alice.confirms()
        alice.sees("uncollected", "main .title")
        alice.sees_no("Deposited again", "main button")
        alice.sees("PaymentRepresented", "main .history")
        given = self.receipts("represent-instrument")
        assert [one["outcome"] for one in given] == ["accepted", "refused"], given
        self.judge(alice, "payment-deposited-again")

    def she_matches_one_wire_to_several_notices(self):
        alice = self.alice
        payment = self.she_finds_the_payment("for several", "Nominee Clearing Trust")
        alice.presses(f"Match {payment} by a schedule")
        alice.fills(parts="notice,amount\nfax-1.14,twenty\n", why="the nominee's schedule of 28 June")
        alice.presses("Match by schedule", "dialog")
        alice.sees('line 2: amount: was "twenty"', "dialog")
        schedule = self.desk.folder / "schedule.csv"
        schedule.write_text(SCHEDULE)
        alice.find("dialog input[type=file]").send_keys(str(schedule))
        alice.until("the file's text in the form", lambda: alice.find("dialog [name=parts]").get_attribute("value") == SCHEDULE)
        self.judge(alice, "schedule")
        alice.confirms()
        self.gave("match-by-schedule", payment)
        alice.sees_no("Nominee Clearing Trust", "main table")
        alice.goes(f"payment/{payment}")
        for notice, amount in (("fax-1.14", "$25.00"), ("fax-1.18", "$15.00")):
            line = alice.sees(notice, "main li")
            assert amount in line.text and "schedule" in line.text and "alice" in line.text, line.text
        self.judge(alice, "payment-by-schedule")
        alice.goes("notice/fax-1.14")
        alice.sees("schedule", "main table")

    def she_settles_what_is_asked_about_certificates(self):
        alice = self.alice
        alice.goes("notice/fax-1.18")
        alice.sees("of another notice", "main .history")
        assert "--rights" not in alice.text("main .close"), alice.text("main .close")  # a terminal's words
        alice.presses("Settle courier-32")
        alice.fills(counts="yes", evidence="the mail room looked at both: the first delivery's number was misread")
        rights = alice.find("dialog [name=rights]")
        assert rights.get_attribute("value") == "100", rights.get_attribute("value")
        alice.fills(rights="60")
        self.judge(alice, "settling-certificates")
        alice.confirms()
        self.gave("settle-certificates", "courier-32")
        alice.sees("they count for 60 rights", "main .history")
        alice.sees("the first delivery's number was misread", "main .history")
        alice.sees_no("Settle courier-32", "main button")
        self.judge(alice, "certificates-settled")

    def she_sends_certificates_back(self):
        """Of a notice that she rejects; before, the desk says that it is too early, and the page does not offer it."""
        alice = self.alice
        alice.goes("notice/fax-1.2")
        alice.sees("60,000 rights by courier", "main .history")
        assert alice.find("main button", "They went back") is None, "offered while the notice counts"
        alice.presses("Reject")
        alice.fills(why="the guarantor took its guarantee back by its letter of 28 June")
        alice.confirms()
        self.gave("reject-notice", "fax-1.2")
        alice.sees("rejected", "main .title")
        alice.presses("They went back")
        alice.fills(reference="courier 7741 0093")
        self.judge(alice, "certificates-back")
        alice.confirms()
        self.gave("return-certificates", "certificates of")
        alice.sees("returned", "main .history")
        alice.sees("courier 7741 0093", "main .history")
        alice.sees_no("They went back", "main button")
        self.judge(alice, "certificates-returned")
