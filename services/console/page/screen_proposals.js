// What needs two people: what is proposed, by whom, what it would do, and who still has to say yes.
import { el, fill, showRows, table, sentence, words } from "./elements.js";
import { count, dollars, centsFrom } from "./exact.js";
import { civilField, millis } from "./newyork.js";
import { offered, panel, saidBy, tag } from "./parts.js";
import { whyNotApprove } from "./access.js";
import { ask } from "./forms.js";
import { approval, withdrawal } from "./watermarks.js";

export function proposalActs(app, row) {
    if (row.status !== "open") return el("span.quiet", null, words(row.status));
    // It is approved where it was proposed: on the command line, by whoever stands before the machines.
    if (row.kind === "without_replica") return el("span.not-offered", null, "rightsdesk replica approve");
    if (row.kind === "watermark") return el("div.acts.list", null, offered(app, [approval(app, row), withdrawal(app, row)]));
    return el(
        "div.acts.list",
        null,
        offered(app, [
            {
                command: "approve",
                label: "Approve",
                aria: `Approve ${row.proposal}`,
                main: true,
                whyNot: whyNotApprove(app.session, row),
                give: () => approve(app, row),
            },
        ]),
    );
}

function approve(app, row) {
    return ask(app, {
        command: "approve",
        title: `Approve ${row.proposal}`,
        intro: el(
            "div.stack",
            null,
            el("p", null, el("b", null, sentence(row.words))),
            el("p", null, `${saidBy(row)}.`, row.why ? ` Why: ${row.why}` : ""),
            effects(row),
        ),
        fields: row.instruction_needed
            ? [
                  {
                      name: "instruction",
                      label: "The issuer\u2019s signed instruction",
                      kind: "text",
                      required: true,
                      hint: "Its reference: without it no shares and no money go out.",
                  },
              ]
            : [],
        body: (values) => ({ offering: row.log, proposal: row.proposal, ...(values.instruction ? { instruction: values.instruction } : {}) }),
        words: `Approval of ${row.proposal}`,
    });
}

function effects(row) {
    if (row.effects_left_out && ["extension", "closing"].includes(row.kind))
        return el("p", null, "With so many notices the board does not work out what it would do to each: rightsdesk offering show does.");
    if (!row.effects.length) return row.total_cents ? el("p", null, `In all ${dollars(row.total_cents)}.`) : null;
    const more = row.effects_total - row.effects.length;
    return el(
        "details",
        { open: row.effects.length <= 6 },
        el("summary", null, `What it would do (${count(row.effects_total)})`),
        el(
            "ul",
            null,
            row.effects.map((text) => el("li", null, text)),
            more > 0 ? el("li.quiet", null, `and ${count(more)} more`) : null,
        ),
    );
}

export function proposalsScreen(app) {
    const shown = table("Proposals, open ones first", [
        { head: "Proposal", rowHead: true, cell: (row) => [el("span.nowrap", null, row.proposal), " ", tag(row.status)] },
        {
            head: "What it would do",
            wide: true,
            cell: (row) => [sentence(row.words), row.why ? el("small.quiet", null, el("br"), `Why: ${row.why}`) : null, effects(row)],
        },
        { head: "By whom", cell: (row) => saidBy(row) },
        { head: "Still needed", cell: (row) => (row.status === "open" ? `${row.missing} more of ${row.needed}` : "\u2013") },
        { head: "Do", cell: (row) => proposalActs(app, row) },
    ]);
    const total = el("span.quiet");
    const acts = el("div.acts.list");
    let stage = "";
    return {
        title: "Two people",
        element: el(
            "div.stack",
            null,
            panel(["Waiting for a second person", total], el("div.scroll", null, shown.element)),
            panel("Propose", el("div.inside", null, acts)),
        ),
        show(changed) {
            const { proposals, clock } = app.sections;
            if (changed.has("proposals") && proposals) {
                showRows(shown, proposals.rows, (row) => `${row.log} ${row.proposal}`, "Nothing was ever proposed.");
                fill(total, `${count(proposals.open)} open`);
            }
            const now = clock ? clock.stage + Boolean(clock.suspended) + clock.expiration.instant : "";
            if (clock && now !== stage) {
                stage = now;
                fill(acts, offered(app, offersAt(app, clock)));
            }
        },
    };
}

const why = { name: "why", label: "Why, and on whose word", kind: "lines", required: true };

function plain(app, command, title, hint) {
    return {
        command,
        label: title,
        give: () =>
            ask(app, {
                command,
                title,
                intro: el("p", null, hint),
                fields: [why],
                body: (values) => ({ offering: app.offering, why: values.why }),
                words: title,
            }),
    };
}

function offersAt(app, clock) {
    const offers = [];
    const over = ["settled", "terminated"].includes(clock.stage);
    if (["open", "expired"].includes(clock.stage)) offers.push({ command: "propose-extension", label: "Extend", give: () => extend(app, clock) });
    if (clock.stage === "open" && !clock.suspended) offers.push({ command: "propose-suspension", label: "Suspend", give: () => suspend(app) });
    if (clock.suspended) offers.push(plain(app, "propose-resumption", "Resume", "Once another person approves, what was suspended goes on."));
    if (clock.price_is_estimate && !over) offers.push({ command: "propose-final-price", label: "Set the final price", give: () => price(app) });
    if (!over) offers.push({ command: "propose-closing", label: "Add a closing", give: () => closing(app) });
    if (["tabulated", "proposed"].includes(clock.stage))
        offers.push(plain(app, "propose-allocation", "Propose the allocation", "It is worked out anew, and needs its approvals."));
    if (!over) offers.push(plain(app, "propose-termination", "Terminate", "All money goes back once another person approves."));
    if (clock.stage === "approved") offers.push({ command: "settle-offering", label: "Settle the offering", main: true, give: () => settle(app) });
    return offers;
}

// A day later than the hour, as most extensions are.
const extend = (app, clock) =>
    ask(app, {
        command: "propose-extension",
        title: "Propose a later hour",
        intro: el("p", null, "Everything on file is judged by the new hour once another person approves."),
        fields: [
            {
                name: "to",
                label: "The new hour (New York)",
                kind: "civil",
                value: civilField(millis(clock.expiration.instant) + 86400000),
                required: true,
            },
            why,
        ],
        body: (values) => ({ offering: app.offering, to: values.to.length === 16 ? values.to + ":00" : values.to, why: values.why }),
        words: "Extension",
    });

const suspend = (app) =>
    ask(app, {
        command: "propose-suspension",
        title: "Propose a suspension",
        fields: [{ name: "through", label: "Holders may withdraw through (New York; empty: not)", kind: "civil" }, why],
        body: (values) => ({
            offering: app.offering,
            cancel_through: values.through && values.through.length === 16 ? values.through + ":00" : values.through,
            why: values.why,
        }),
        words: "Suspension",
    });

const closing = (app) =>
    ask(app, {
        command: "propose-closing",
        title: "Propose a closing",
        intro: el("p", null, "A day that is no business day after all: covers are due later."),
        fields: [{ name: "day", label: "Day", kind: "date", required: true }, why],
        body: (values) => ({ offering: app.offering, day: values.day, why: values.why }),
        words: "Closing",
    });

const price = (app) =>
    ask(app, {
        command: "propose-final-price",
        title: "Propose the final price",
        fields: [{ name: "price", label: "Dollars a share", kind: "text", required: true, parse: centsFrom, wrong: "An amount, as 2.00." }, why],
        body: (values) => ({ offering: app.offering, price_cents: Number(values.price), why: values.why }),
        words: "Final price",
    });

const settle = (app) =>
    ask(app, {
        command: "settle-offering",
        title: "Settle the offering",
        fields: [{ name: "reference", label: "Reference of the transfer agent\u2019s journal", kind: "text", required: true }],
        body: (values) => ({ offering: app.offering, reference: values.reference }),
        words: "Settlement",
    });
