// Lists as the command line takes them, from a field of a form: exact, or the first line that cannot be used.
import assert from "node:assert/strict";
import test from "node:test";

import { ownersFrom, scheduleFrom } from "../../services/console/page/csv_lists.js";

test("owners are read in any order of columns", () => {
    const read = ownersFrom('rights,owner,over,basic\r\n500,"A-1",20,100\r\n\r\n7,B-2,0,7\n');
    assert.deepEqual(read.rows, [
        { reference: "A-1", rights: 500, basic: 100, over: 20 },
        { reference: "B-2", rights: 7, basic: 7, over: 0 },
    ]);
});

test("a schedule's amounts are exact cents", () => {
    assert.deepEqual(scheduleFrom('notice,amount\nfax-1.5,"1,234.50"\nfax-1.6,15').rows, [
        { notice: "fax-1.5", amount_cents: 123450 },
        { notice: "fax-1.6", amount_cents: 1500 },
    ]);
});

test("the first mistake is named with its line and column", () => {
    const wrong = (text) => ownersFrom(text).wrong;
    assert.match(wrong(""), /must have the header owner,rights,basic,over/);
    assert.match(wrong("owner,rights,basic\nA,1,1"), /line 1: must have the header/);
    assert.match(wrong("owner,rights,basic,over"), /nothing below the header/);
    assert.match(wrong("owner,rights,basic,over\nA,0,1,1"), /line 2: rights: was "0"; must be a whole number above 0/);
    assert.match(wrong("owner,rights,basic,over\nA,5,1.5,1"), /line 2: basic: was "1.5"/);
    assert.match(wrong("owner,rights,basic,over\n,5,1,1"), /line 2: owner: was ""/);
    assert.match(wrong("owner,rights,basic,over\nA,5,1,1\nA,5,1,1"), /line 3: owner: "A" stands on line 2 too/);
    assert.match(wrong("owner,rights,basic,over\nA,5,1"), /line 2: 3 fields; must be 4/);
    assert.match(scheduleFrom("notice,amount\nfax-1.5,0.00").wrong, /line 2: amount: was "0.00"; must be dollars and cents above 0/);
    assert.match(scheduleFrom("notice,amount\nfax-1.5,1.005").wrong, /line 2: amount/);
});
