// What people see of an alert in any list, and what they do about it: take it in hand, one or many at once, hand it over, or keep its topic
// quiet for a while and say why.
import { el, nextWords, sentence, words } from "./elements.js";
import { count } from "./exact.js";
import { civilField } from "./newyork.js";
import { address, due, offered, shortWhen, tag } from "./parts.js";
import { ask } from "./forms.js";
import { addresses } from "./server.js";

const GROUP_PAGE = 200;
export const CLOCK_KINDS = ["clock_stepped", "clock_behind_log"];

// To choose one by.
export const severities = ["", "critical", "warning", "info"].map((word) => [word, word || "every severity"]);

export const alertKey = (row) => `${row.log} ${row.number} ${row.kind} ${row.subject}`;

export function subjectLink(app, row) {
    const [what, id] = row.subject.split("/");
    if (what === "notice") return el("a", { href: address(app.offering, "notice", id) }, id);
    if (what === "payment") return el("a", { href: address(app.offering, "payment", id) }, id);
    if (what === "proposal") return el("a", { href: address(app.offering, "proposals") }, id);
    return null;
}

// `brief`: for the side of the board.
export function alertColumns(app, { brief }) {
    const what = (row) =>
        el(
            "div.what",
            null,
            tag(row.severity),
            " ",
            row.number
                ? el("a", { href: address(app.offering, "alert", `${row.log}.${row.number}`), "data-focus": "alert" }, el("b", null, words(row.kind)))
                : el("b", null, words(row.kind)),
            " ",
            row.group_size > 1 ? el("span.tag", null, `${count(row.group_size)} alike`) : null,
            " ",
            brief ? el("span.two-lines", null, sentence(row.what)) : sentence(row.what),
            brief ? null : el("small", null, `Next: ${nextWords(row.next)}. For ${row.whom}.`),
            state(row),
        );
    const columns = [{ head: "Alert", wide: true, cell: what }];
    if (!brief) {
        columns.unshift({ head: "Too late in", cell: (row) => (row.too_late_at ? due(row.too_late_at) : "\u2013") });
        columns.push({ head: "About", cell: (row) => subjectLink(app, row) ?? row.subject });
        columns.push({ head: "Raised", minor: true, cell: (row) => shortWhen(row.raised_at) });
    }
    columns.push({ head: "Do", cell: (row) => el("div.acts", null, alertActs(app, row, brief)) });
    return columns;
}

function state(row) {
    const lines = [];
    if (row.acknowledged_by) lines.push(`In hand: ${row.owner || row.acknowledged_by}${row.comment ? `, \u201c${row.comment}\u201d` : ""}`);
    if (row.silenced) lines.push("Silenced");
    if (row.held_since) lines.push("Held while the offering is suspended");
    if (row.escalated_by) lines.push("Nobody took it in time: it was told again");
    return lines.length ? el("small", null, lines.join(". "), ".") : null;
}

// Where nobody takes it in hand: what is about the desk itself goes when it is over.
function healthActs(app, row) {
    if (CLOCK_KINDS.includes(row.kind)) return el("a", { href: address(app.offering, "desk") }, "accept the clock");
    return el("span.not-offered", null, "about the desk itself: told until it is over, and not to be silenced; see the runbook");
}

export function alertActs(app, row, brief) {
    if (!row.number) return brief ? null : healthActs(app, row);
    const offers = [];
    if (row.group_size > 1 && !brief)
        offers.push({
            command: "acknowledge-alert",
            label: `Take all ${count(row.group_size)}`,
            aria: `Take all ${row.group_size} alerts like ${row.number} in hand`,
            small: true,
            give: () => takeGroup(app, row),
        });
    if (!row.acknowledged_by && !row.resolved_at) {
        offers.push({
            command: "acknowledge-alert",
            label: "Take in hand",
            aria: `Take alert ${row.number} in hand`,
            small: true,
            give: () => app.give("acknowledge-alert", { offering: row.log, number: row.number }, `Alert ${row.number} taken in hand`),
        });
    } else if (!row.resolved_at && !brief) {
        offers.push({
            command: "acknowledge-alert",
            label: "Hand over",
            aria: `Hand over alert ${row.number}`,
            small: true,
            give: () => handOver(app, row),
        });
    }
    if (!brief && !row.silenced && !row.resolved_at)
        offers.push({ command: "silence-alerts", label: "Silence", aria: `Silence ${row.topic}`, small: true, give: () => silence(app, row) });
    return brief && offers.some((offer) => app.whyNot(offer.command)) ? null : offered(app, offers);
}

function handOver(app, row) {
    return ask(app, {
        command: "acknowledge-alert",
        title: `Alert ${row.number}: who has it in hand`,
        intro: el("p", null, sentence(row.what)),
        give: "Record",
        fields: [
            { name: "owner", label: "Who has it in hand", kind: "text", value: app.session.operator, required: true },
            { name: "comment", label: "Comment", kind: "text" },
        ],
        body: (values) => ({ offering: row.log, number: row.number, owner: values.owner, comment: values.comment }),
        words: `Alert ${row.number} acknowledged`,
    });
}

// Many at once, each a command with its own receipt; what somebody has already stays theirs.
function takeInHand(app, title, rows) {
    const left = rows.filter((row) => !row.acknowledged_by);
    return ask(app, {
        command: "acknowledge-alert",
        title,
        intro: el(
            "p",
            null,
            `${count(left.length)} ${left.length === 1 ? "alert is" : "alerts are"} in nobody\u2019s hand`,
            left.length < rows.length ? `; ${count(rows.length - left.length)} that somebody has stay as they are.` : ".",
        ),
        give: "Take in hand",
        fields: [
            { name: "owner", label: "Who has them in hand", kind: "text", value: app.session.operator, required: true },
            { name: "comment", label: "Comment", kind: "text" },
        ],
        many: (values) =>
            left.map((row) => ({
                body: { offering: row.log, number: row.number, owner: values.owner, comment: values.comment },
                words: `Alert ${row.number} of ${row.log} taken in hand`,
            })),
        words: title,
    });
}

// The offer to take them; `what` they are called there.
export const takeMany = (app, rows, what, label = "Take in hand") =>
    offered(app, [
        {
            command: "acknowledge-alert",
            label,
            small: true,
            give: () => takeInHand(app, `Take ${count(rows.length)} ${what} in hand`, rows),
        },
    ]);

// The open alerts of a group, all of them.
export async function groupOf(app, log, group) {
    const rows = [];
    let before = null;
    do {
        const found = await app.look(addresses.alerts(app.offering, { log, group, open: 1, limit: GROUP_PAGE, before }));
        rows.push(...found.rows);
        before = found.next;
    } while (before);
    return rows;
}

async function takeGroup(app, row) {
    const rows = await groupOf(app, row.log, row.group);
    return takeInHand(app, `Take ${count(rows.length)} alerts of one kind in hand`, rows);
}

export function silence(app, row) {
    const prefixes = [
        [row.topic, `this kind: ${row.topic}`],
        [row.topic.split("/").slice(0, 3).join("/") + "/", "this severity of this log"],
        [row.topic.split("/").slice(0, 2).join("/") + "/", "everything of this log"],
    ];
    return ask(app, {
        command: "silence-alerts",
        title: "Keep a topic quiet",
        intro: el("p", null, "What is silenced is still recorded and listed; it is not sent."),
        fields: [
            { name: "prefix", label: "What", kind: "choice", options: prefixes, value: row.topic, required: true },
            {
                name: "until",
                label: "Until (New York)",
                kind: "civil",
                value: civilField((app.now() ?? Date.now()) + 3600000),
                required: true,
                parse: app.instant,
                wrong: "No such time in New York.",
            },
            { name: "why", label: "Why", kind: "text", required: true },
        ],
        body: (values) => ({ offering: row.log, prefix: values.prefix, until: values.until, why: values.why }),
        words: `Silence of ${row.topic}`,
    });
}
