// What the board says of money, shares and time, without a browser: the page's pure modules, run by node --test.
import assert from "node:assert/strict";
import test from "node:test";

import { centsFrom, count, dollars, percent, ratioPercent, shortDollars, wholeFrom } from "../../services/console/page/exact.js";
import { civilField, clockTime, countdown, instantOfCivil, millis, moment } from "../../services/console/page/newyork.js";
import { urgency } from "../../services/console/page/urgency.js";
import { gridTop, hundredThousandths, stepPath } from "../../services/console/page/chart.js";

test("money is exact to the cent, however much it is", () => {
    assert.equal(dollars("15088976200"), "$150,889,762.00");
    assert.equal(dollars("900719925474099301"), "$9,007,199,254,740,993.01"); // beyond what a double holds
    assert.equal(dollars(-5), "\u2212$0.05");
    assert.equal(dollars(null), "\u2013");
    assert.equal(dollars(1.5), "\u2013"); // half a cent is no amount
    assert.equal(count(52615467), "52,615,467");
});

test("what is shortened is cut, so that it never promises more than there is", () => {
    assert.equal(shortDollars("5499999999"), "$54.9 M");
    assert.equal(shortDollars("99999999"), "$999,999");
    assert.equal(percent(99999, 100000), "99.9 %");
    assert.equal(percent(1, 100000), "< 0.1 %");
    assert.equal(percent(0, 0), "\u2013");
    assert.equal(ratioPercent(6961067, 45501400), "15.298 %"); // the sample's first round
});

test("typed amounts become whole cents, or nothing", () => {
    assert.equal(centsFrom("$1,234.5"), "123450");
    assert.equal(centsFrom("15"), "1500");
    for (const text of ["1.234", "12,34", "-1", "1e3", "fifteen", ""]) assert.equal(centsFrom(text), null, text);
    assert.equal(wholeFrom("18,400,000"), "18400000");
    assert.equal(wholeFrom("1.5"), null);
});

test("times are New York's, with the zone of that day", () => {
    assert.equal(moment("2002-06-28T21:00:00Z"), "Fri 2002-06-28 17:00:00 EDT");
    assert.equal(moment("2002-12-02T22:00:00Z"), "Mon 2002-12-02 17:00:00 EST");
    assert.equal(clockTime("2002-07-01T21:00:00.001Z"), "17:00:00.001 EDT"); // the millisecond that made it late
    assert.equal(clockTime("2002-07-01T21:00:00.000000001Z"), "17:00:00.000000001 EDT");
    assert.equal(instantOfCivil("2002-07-01T17:00"), "2002-07-01T21:00:00Z");
    assert.equal(instantOfCivil("2002-12-02T17:00:30"), "2002-12-02T22:00:30Z");
    assert.equal(instantOfCivil("2002-04-07T02:30"), null); // the hour that spring skips
    assert.equal(civilField(millis("2002-07-01T21:00:00Z")), "2002-07-01T17:00");
});

test("the last second counts until it is over", () => {
    assert.equal(countdown(1), "00:01");
    assert.equal(countdown(0), "00:00");
    assert.equal(countdown(20 * 60000), "20:00");
    assert.equal(countdown(2 * 86400000 + 3600000), "2 d 01:00:00");
    assert.equal(countdown(-61000), "01:01 ago");
    assert.equal(countdown(null), "\u2013");
});

test("a row is as urgent as the time that it has left", () => {
    const now = millis("2002-06-28T20:40:00Z");
    assert.equal(urgency("2002-06-28T20:50:00Z", now), "now");
    assert.equal(urgency("2002-06-28T21:00:00Z", now), "soon");
    assert.equal(urgency("2002-06-28T22:00:00Z", now), "later");
    assert.equal(urgency("2002-06-28T20:39:59Z", now), "past");
    assert.equal(urgency(null, now), "open");
});

test("the chart is drawn from exact shares", () => {
    assert.equal(hundredThousandths({ over_allotted: 6961067, over_claimed: 24618592 }), 28275);
    assert.equal(hundredThousandths({ over_allotted: 0, over_claimed: 0 }), null);
    assert.deepEqual([100000, 28275, 3].map(gridTop), [100000, 50000, 10]);
    assert.equal(
        stepPath([
            { x: 0, y: 9 },
            { x: 4, y: 2 },
        ]),
        "M0 9H4V2",
    );
});
