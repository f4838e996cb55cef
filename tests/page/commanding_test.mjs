// One press is one command, whatever the network does; and stale is said in time.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import test from "node:test";

import { whyNot, whyNotApprove } from "../../services/console/page/access.js";
import { Commanding, isRecorded } from "../../services/console/page/commanding.js";
import { freshness } from "../../services/console/page/freshness.js";

// A browser has it; Debian's node 18 keeps it in a module.
globalThis.crypto ??= webcrypto;

const accepted = (log = "rare-medium-2002") => ({
    receipt: { kind: "accepted", log, sequence: 7, subject: "notice/fax-1.8", status: "accepted", reasons: [], explanation: "" },
    done: true,
});

function desk(answers) {
    const sent = [];
    const state = { now: 0 };
    const commanding = new Commanding({
        send: async (name, body) => {
            sent.push(body.id);
            const answer = answers[Math.min(sent.length, answers.length) - 1];
            if (answer.status !== undefined) throw answer;
            return answer;
        },
        changed: () => {},
        clock: () => state.now,
        pause: async () => {},
    });
    return { commanding, sent, state };
}

const busy = { status: 503, message: "the door does not answer in time", retryAfter: 1 };

test("a double press sends one command, and both get its receipt", async () => {
    const { commanding, sent, state } = desk([accepted()]);
    const [one, other] = await Promise.all([
        commanding.give("approve", { proposal: "extension-1" }, "Approval"),
        commanding.give("approve", { proposal: "extension-1" }, "Approval"),
    ]);
    assert.equal(one, other);
    await commanding.give("approve", { proposal: "extension-1" }, "Approval"); // a moment later
    assert.equal(sent.length, 1);
    state.now = 60000;
    await commanding.give("approve", { proposal: "extension-1" }, "Approval"); // meant
    assert.equal(sent.length, 2);
    assert.notEqual(sent[0], sent[1]);
});

test("what finds no answer is sent again as the same command", async () => {
    const { commanding, sent } = desk([busy, { status: 0, message: "no answer" }, accepted()]);
    const receipt = await commanding.give("cure-defect", { notice: "fax-1.13" }, "Cure");
    assert.equal(receipt.outcome, "accepted");
    assert.equal(new Set(sent).size, 1);
    assert.equal(receipt.tries, 3);
});

test("it gives up visibly, and the same command can be sent again", async () => {
    const { commanding, sent } = desk([busy, busy, busy, busy, busy, busy, accepted()]);
    const receipt = await commanding.give("cure-defect", { notice: "fax-1.13" }, "Cure");
    assert.equal(receipt.outcome, "retry_later");
    await commanding.again(receipt);
    assert.equal(receipt.outcome, "accepted");
    assert.equal(new Set(sent).size, 1);
});

test("what is refused is not sent again, and is kept with its reason", async () => {
    const refused = {
        receipt: { ...accepted().receipt, kind: "refused", reasons: ["same_person"], explanation: "two different people are needed" },
        done: false,
    };
    const { commanding, sent } = desk([refused]);
    await commanding.give("approve", { proposal: "extension-1" }, "Approval");
    assert.deepEqual([sent.length, commanding.list[0].outcome, commanding.list[0].explanation], [1, "refused", "two different people are needed"]);
    const unusable = desk([{ status: 400, message: "evidence is empty" }]);
    assert.equal((await unusable.commanding.give("cure-defect", {}, "Cure")).outcome, "failed");
});

test("many by one press are a command each, a few at a time, and what is refused is known", async () => {
    const refused = { receipt: { ...accepted().receipt, kind: "refused", explanation: "somebody has it" }, done: false };
    let under = 0;
    let most = 0;
    const ids = new Set();
    const commanding = new Commanding({
        send: async (name, body) => {
            most = Math.max(most, ++under);
            ids.add(body.id);
            await new Promise((resolve) => setImmediate(resolve));
            under -= 1;
            return body.number === 7 ? refused : accepted();
        },
        changed: () => {},
        clock: () => 0,
        pause: async () => {},
    });
    const told = [];
    const commands = Array.from({ length: 300 }, (_, number) => ({ body: { number }, words: `Alert ${number}` }));
    const receipts = await commanding.giveAll("acknowledge-alert", commands, (done) => told.push(done));
    assert.equal(ids.size, 300);
    assert.deepEqual(
        receipts.map((receipt) => receipt.words),
        commands.map((command) => command.words),
    );
    assert.deepEqual(
        receipts.filter((receipt) => !isRecorded(receipt.outcome)).map((receipt) => receipt.words),
        ["Alert 7"],
    );
    assert.ok(most > 1 && most <= 8, `${most} at once`);
    assert.equal(told.at(-1), 300);
    assert.equal(commanding.list.length, 200);
});

test("the list of receipts is bounded", async () => {
    const { commanding } = desk([accepted()]);
    for (let number = 0; number < 250; ++number) await commanding.give("acknowledge-alert", { number }, `Alert ${number}`);
    assert.equal(commanding.list.length, 200);
    assert.ok(commanding.pressed.size <= 200);
});

test("two people are two people", () => {
    const alice = { operator: "alice", roles: ["operator", "approver"] };
    const proposal = { status: "open", by_person: true, proposed_by: "alice", approved_by: [] };
    assert.match(whyNotApprove(alice, proposal), /you proposed it/);
    assert.equal(whyNotApprove({ operator: "bob", roles: ["approver"] }, proposal), "");
    assert.match(whyNotApprove({ operator: "bob", roles: ["approver"] }, { ...proposal, approved_by: ["bob"] }), /another person/);
    assert.match(whyNotApprove({ operator: "eve", roles: ["operator"] }, proposal), /needs the role approver/);
    assert.match(whyNot({ operator: "eve", roles: ["viewer"] }, "cure-defect"), /needs the role operator; you are viewer/);
});

test("silence, a closed stream and a desk that is behind are stale", () => {
    const well = { now: 10000, started: 0, heard: 9000, head: { stale: false, why: [], behind: 0 }, closed: false };
    assert.equal(freshness(well).stale, false);
    assert.equal(freshness({ ...well, now: 12001 }).stale, true);
    assert.equal(freshness({ ...well, closed: true }).stale, true);
    assert.equal(freshness({ ...well, broken: "a mistake" }).stale, true);
    assert.equal(freshness({ ...well, heard: null, started: 9500 }).stale, false); // it has only just begun
    assert.equal(freshness({ ...well, heard: null }).stale, true);
    assert.equal(freshness({ ...well, head: { ...well.head, catching_up: true } }).stale, true);
    assert.equal(
        freshness({ ...well, head: { stale: true, why: ["notification has not been heard for 6 s"], behind: 3 } }).why,
        "Notification has not been heard for 6 s. 3 records of its log are not in these figures.",
    );
});
