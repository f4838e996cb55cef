// Money that waits in suspense, with the notices it may be for and why each fell short; and one payment.
import { el, fill, showRows, table, words } from "./elements.js";
import { centsFrom, count, dollars } from "./exact.js";
import { csvField, scheduleFrom } from "./csv_lists.js";
import { moment } from "./newyork.js";
import { address, offered, panel, shortWhen, tag, whenText } from "./parts.js";
import { ask } from "./forms.js";
import { addresses } from "./server.js";
import { rightsSales } from "./rights_sales.js";

const names = {
    imad: "IMAD",
    uetr: "UETR",
    servicer_reference: "servicer",
    end_to_end: "end to end",
    instrument_number: "number",
    notice_reference: "notice",
};

export function referenceWords(references) {
    return Object.entries(references ?? {})
        .filter(([, value]) => value && value !== "NOTPROVIDED")
        .map(([name, value]) => `${names[name] ?? words(name)} ${value}`)
        .join(", ");
}

// One press: all that the candidate is short of, or all that is there.
function matchAct(app, payment, candidate) {
    const amount = candidate.amount_cents || payment.unmatched_cents;
    return {
        command: "match-payment",
        label: `Match ${dollars(amount)}${candidate.short_cents ? "" : ", though it is short of nothing"}`,
        aria: `Match ${dollars(amount)} of ${payment.payment} to ${candidate.notice}`,
        small: true,
        main: candidate.short_cents > 0,
        give: () =>
            app.give(
                "match-payment",
                {
                    offering: app.offering,
                    payment: payment.payment,
                    notice: candidate.notice,
                    ...(candidate.amount_cents ? { amount_cents: candidate.amount_cents } : {}),
                    why: `chosen by a person among the candidates${candidate.fell_short.length ? `; fell short: ${candidate.fell_short.map(words).join(", ")}` : ""}`,
                },
                `Match of ${payment.payment} to ${candidate.notice}`,
            ),
    };
}

function candidateItem(app, payment, candidate) {
    return el(
        "li",
        { "data-candidate": candidate.notice },
        el("a", { href: address(app.offering, "notice", candidate.notice) }, candidate.notice),
        ` ${candidate.guarantor ?? ""}, short ${dollars(candidate.short_cents)} of ${dollars(candidate.due_cents)} `,
        tag(candidate.status),
        el(
            "small.quiet",
            null,
            el("br"),
            candidate.fell_short.length ? `fell short: ${candidate.fell_short.map(words).join(", ")}` : "the open amount is the same",
        ),
        el("div.acts", null, offered(app, [matchAct(app, payment, candidate)])),
    );
}

function matchByHand(app, payment) {
    return ask(app, {
        command: "match-payment",
        title: `Match ${payment.payment} by hand`,
        intro: el(
            "p",
            null,
            `${dollars(payment.unmatched_cents)} of ${dollars(payment.amount_cents)} from ${payment.institution || "an unknown sender"} are not matched.`,
        ),
        fields: [
            { name: "notice", label: "Notice", kind: "text", required: true },
            { name: "amount", label: "Amount (empty: all that is unmatched)", kind: "text", parse: centsFrom, wrong: "An amount, as 1,234.50." },
            { name: "why", label: "Why", kind: "text", required: true },
        ],
        body: (values) => ({
            offering: app.offering,
            payment: payment.payment,
            notice: values.notice,
            ...(values.amount ? { amount_cents: Number(values.amount) } : {}),
            why: values.why,
        }),
        words: `Match of ${payment.payment}`,
    });
}

function matchBySchedule(app, payment) {
    return ask(app, {
        command: "match-by-schedule",
        title: `Match ${payment.payment} by the nominee\u2019s schedule`,
        intro: el("p", null, `${dollars(payment.unmatched_cents)} are not matched. All of the schedule is matched, or nothing of it.`),
        fields: [
            csvField("parts", "The schedule, as CSV", "notice,amount: a header, then one notice a line, in dollars and cents", scheduleFrom),
            { name: "why", label: "Why", kind: "text", required: true, hint: "Whose schedule, and of when" },
        ],
        body: (values) => ({ offering: app.offering, payment: payment.payment, parts: values.parts, why: values.why }),
        words: `Schedule of ${payment.payment}`,
    });
}

// By hand to one notice, or by a schedule to many.
const matchOffers = (app, payment, small = false) => [
    { command: "match-payment", label: "Match by hand", aria: `Match ${payment.payment} by hand`, small, give: () => matchByHand(app, payment) },
    { command: "match-by-schedule", label: "By schedule", aria: `Match ${payment.payment} by a schedule`, small, give: () => matchBySchedule(app, payment) },
];

export function unmatchAct(app, payment, notice) {
    return offered(app, [
        {
            command: "unmatch-payment",
            label: "Take back",
            aria: `Take the match of ${payment} to ${notice} back`,
            small: true,
            give: () =>
                ask(app, {
                    command: "unmatch-payment",
                    title: `Take the match of ${payment} to ${notice} back`,
                    intro: el("p", null, "The money goes back into suspense, and what leaned on it is decided again."),
                    fields: [{ name: "why", label: "Why", kind: "text", required: true }],
                    body: (values) => ({ offering: app.offering, payment, notice, why: values.why }),
                    words: `Match of ${payment} to ${notice} taken back`,
                }),
        },
    ]);
}

export function suspenseScreen(app) {
    const shown = table("Money in suspense, most money first", [
        {
            head: "Amount",
            number: true,
            cell: (row) => [
                el("span.money.figure", null, dollars(row.unmatched_cents)),
                row.unmatched_cents !== row.amount_cents ? el("small.quiet", null, el("br"), `of ${dollars(row.amount_cents)}`) : null,
            ],
        },
        {
            head: "Payment",
            rowHead: true,
            cell: (row) => [
                el("a.nowrap", { href: address(app.offering, "payment", row.payment), "data-focus": "payment" }, row.payment),
                " ",
                tag(row.status),
                el("small.quiet", null, el("br"), words(row.method)),
            ],
        },
        { head: "From", cell: (row) => [row.institution || "unknown", el("small.quiet", null, el("br"), referenceWords(row.references))] },
        { head: "Received", minor: true, cell: (row) => shortWhen(row.received_at) },
        {
            head: "Candidates",
            wide: true,
            cell: (row) =>
                row.candidates.length
                    ? el(
                          "ul.stack",
                          null,
                          row.candidates.map((candidate) => candidateItem(app, row, candidate)),
                      )
                    : el("span.quiet", null, "no notice comes near it"),
        },
        {
            head: "Do",
            cell: (row) =>
                el("div.acts.list", null, offered(app, matchOffers(app, row, true))),
        },
    ]);
    const total = el("span");
    const sales = rightsSales(app);
    return {
        title: "Suspense",
        element: el("div.stack", null, panel(["Money in suspense", total], el("div.scroll", null, shown.element)), sales.element),
        refresh: () => sales.refresh(),
        show(changed) {
            const section = app.sections.suspense;
            if (!changed.has("suspense") || !section) return;
            showRows(shown, section.rows, (row) => row.payment, "No money waits.");
            fill(
                total,
                el("b.figure", null, count(section.total)),
                ", ",
                el("b.figure", null, dollars(section.money_cents)),
                section.total > section.rows.length ? `; the first ${section.rows.length} are here` : "",
            );
        },
    };
}

export function paymentScreen(app, { id }) {
    const element = el("div.stack", null, el("p.quiet", null, "Asking the desk\u2026"));
    return {
        title: `Payment ${id}`,
        element,
        show() {},
        async refresh() {
            const { payment, history, candidates } = await app.look(addresses.payment(app.offering, id));
            const facts = [
                ["Amount", el("b", null, dollars(payment.amount_cents))],
                ["In suspense", dollars(payment.unmatched_cents)],
                ["By", words(payment.method)],
                ["From", payment.institution || "unknown"],
                ["Value date", payment.value_date ?? "\u2013"],
                ["Credited", whenText(payment.credited_at)],
                ["Received", payment.received_at ? whenText(payment.received_at) : "not yet"],
                ["References", referenceWords(payment.references) || "none"],
                ["Messages", payment.messages.join(", ")],
            ];
            if (payment.returned) facts.push(["Returned", words(payment.returned)]);
            if (payment.refund)
                facts.push([
                    "Refund",
                    `${words(payment.refund.status)} ${dollars(payment.refund.amount_cents)} ${payment.refund.cause ?? ""} ${payment.refund.reference ?? ""}`,
                ]);
            const offers = [];
            if (payment.unmatched_cents) offers.push(...matchOffers(app, payment));
            if (PRESENTED_AGAIN.includes(payment.returned) && payment.status === "bounced" && payment.method !== "wire")
                offers.push({ command: "represent-instrument", label: "Deposited again", give: () => represent(app, payment) });
            if (!payment.received_at) offers.push({ command: "settle-receipt", label: "Say when it came", give: () => receivedAt(app, payment) });
            if (payment.refund?.status === "approved")
                offers.push({ command: "report-refund", label: "Bank\u2019s word on the refund", give: () => refund(app, payment) });
            fill(
                element,
                panel(
                    [`Payment ${payment.payment}`, tag(payment.status), el("span.space"), el("div.acts.list", null, offered(app, offers))],
                    el(
                        "dl.facts.inside",
                        null,
                        facts.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]),
                    ),
                ),
                panel(
                    "Matched to",
                    el(
                        "ul.inside.stack",
                        null,
                        payment.matches.length
                            ? payment.matches.map((match) =>
                                  el(
                                      "li",
                                      null,
                                      el("a", { href: address(app.offering, "notice", match.notice) }, match.notice),
                                      ` ${dollars(match.amount_cents)} by `,
                                      el("b", null, words(match.evidence)),
                                      match.by ? ` (${match.by}) ` : " ",
                                      unmatchAct(app, payment.payment, match.notice),
                                  ),
                              )
                            : el("li.quiet", null, "Nothing."),
                    ),
                ),
                payment.unmatched_cents
                    ? panel(
                          "Candidates",
                          el(
                              "ul.inside.stack",
                              null,
                              candidates.length
                                  ? candidates.map((candidate) => candidateItem(app, payment, candidate))
                                  : el("li.quiet", null, "No notice comes near it."),
                          ),
                      )
                    : null,
                panel(
                    "History",
                    el(
                        "ol.inside.history",
                        null,
                        history.map((row) =>
                            el(
                                "li",
                                null,
                                el("time", { datetime: row.at }, moment(row.at), row.by ? ` \u00b7 ${row.by}` : ""),
                                `${row.event}: ${row.text}`,
                            ),
                        ),
                    ),
                ),
            );
        },
    };
}

const PRESENTED_AGAIN = ["not_sufficient_funds", "uncollected_funds"];

const represent = (app, payment) =>
    ask(app, {
        command: "represent-instrument",
        title: `${payment.payment} was deposited again`,
        intro: el("p", null, "It came back and clears anew: its money counts from the later clearing."),
        fields: [{ name: "at", label: "Deposited (New York; empty: now)", kind: "civil", parse: app.instant, wrong: "No such time in New York." }],
        body: (values) => ({ offering: app.offering, payment: payment.payment, ...(values.at ? { at: values.at } : {}) }),
        words: `Second deposit of ${payment.payment}`,
    });

const receivedAt = (app, payment) =>
    ask(app, {
        command: "settle-receipt",
        title: `When ${payment.payment} came`,
        fields: [
            { name: "at", label: "Credited at (New York)", kind: "civil", required: true, parse: app.instant, wrong: "No such time in New York." },
            { name: "evidence", label: "Evidence", kind: "lines", required: true },
        ],
        body: (values) => ({ offering: app.offering, payment: payment.payment, received_at: values.at, evidence: values.evidence }),
        words: `Receipt time of ${payment.payment}`,
    });

const refund = (app, payment) =>
    ask(app, {
        command: "report-refund",
        title: `The bank's word on the refund of ${payment.payment}`,
        give: "Record",
        fields: [
            {
                name: "paid",
                label: "The bank says",
                kind: "choice",
                options: [
                    ["yes", "paid"],
                    ["no", "failed"],
                ],
                required: true,
            },
            { name: "reference", label: "Reference, or why it failed", kind: "text", required: true },
        ],
        body: (values) => ({ offering: app.offering, payment: payment.payment, paid: values.paid === "yes", reference: values.reference }),
        words: `Refund of ${payment.payment}`,
    });
