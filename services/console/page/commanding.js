// Commands, each sent once. A press makes a command with an id of its own; the same press again, while that is on its way or has
// just been answered, is the same command and gets the same receipt. What finds no answer is sent again with the same id, which
// the desk recognises. Pure but for what it is given: it neither draws nor knows the network.

export const KEPT = 200; // receipts
const TRIES = 6;
const FIRST_WAIT_MS = 500;
const DOUBLE_PRESS_MS = 3000;
const AT_ONCE = 8; // of many that one press gives: a door has others to serve

// The desk has it on record: a keyed notice may be found defective, and is keyed all the same.
export const isRecorded = (outcome) => ["accepted", "duplicate", "defective"].includes(outcome);

// 32 hexadecimal digits.
export function newId(random = crypto) {
    return [...random.getRandomValues(new Uint8Array(16))].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Commanding {
    // `send(name, body)` answers {receipt, done} or throws {status, word, message, retryAfter}; `changed()` is told when the list is
    // other than it was; `clock()` are milliseconds; `kept` are receipts of before.
    constructor({ send, changed, clock, pause = wait, kept = [] }) {
        Object.assign(this, { sending: send, changed, clock, pause });
        this.list = kept.slice(0, KEPT);
        this.pressed = new Map(); // name and body -> the command
    }

    // The receipt of the command, newest first in `list`: {id, name, body, words, at, outcome, explanation, reasons, log, sequence,
    // tries}, where outcome is sending, accepted, ..., refused, failed (it cannot be sent as it is) or retry_later (no answer yet: `again`).
    async give(name, body, words) {
        const key = JSON.stringify([name, body]);
        const before = this.pressed.get(key);
        if (before && (before.command.outcome === "sending" || this.clock() - before.at < DOUBLE_PRESS_MS)) return before.answer;
        const command = {
            id: newId(),
            name,
            body,
            words,
            at: new Date().toISOString(),
            outcome: "sending",
            explanation: "",
            reasons: [],
            log: "",
            sequence: null,
            tries: 0,
        };
        this.list.unshift(command);
        this.list.length = Math.min(this.list.length, KEPT);
        const press = { command, at: this.clock(), answer: this.carry(command) };
        this.pressed.set(key, press);
        for (const [other, { command: done }] of this.pressed) {
            if (this.pressed.size <= KEPT) break;
            if (done.outcome !== "sending") this.pressed.delete(other);
        }
        const answer = await press.answer;
        press.at = this.clock();
        if (!isRecorded(answer.outcome)) this.pressed.delete(key);
        return answer;
    }

    // Many by one press: each is a command of its own, with its own id and receipt. `commands` are {body, words}; answers their receipts in
    // the same order. `told(done)` hears how many have one.
    async giveAll(name, commands, told = () => {}) {
        const receipts = new Array(commands.length);
        let next = 0;
        let done = 0;
        const one = async () => {
            while (next < commands.length) {
                const at = next++;
                receipts[at] = await this.give(name, commands[at].body, commands[at].words);
                told(++done);
            }
        };
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, commands.length) }, one));
        return receipts;
    }

    // Once more, by the same id.
    async again(command) {
        if (command.outcome !== "retry_later") return command;
        return this.carry(command);
    }

    async carry(command) {
        command.outcome = "sending";
        for (let turn = 0; turn < TRIES; ++turn) {
            command.tries += 1;
            this.changed();
            try {
                const { receipt, done } = await this.sending(command.name, { id: command.id, ...command.body });
                Object.assign(command, {
                    outcome: receipt.kind,
                    explanation: receipt.explanation,
                    reasons: receipt.reasons ?? [],
                    log: receipt.log,
                    sequence: receipt.sequence,
                    subject: receipt.subject,
                    done,
                });
                break;
            } catch (trouble) {
                command.explanation = trouble.message;
                if (![0, 429, 503].includes(trouble.status)) {
                    command.outcome = "failed";
                    break;
                }
                if (turn + 1 === TRIES) command.outcome = "retry_later";
                else await this.pause(trouble.retryAfter ? Math.min(trouble.retryAfter, 10) * 1000 : FIRST_WAIT_MS * 2 ** turn);
            }
        }
        this.changed();
        return command;
    }
}
