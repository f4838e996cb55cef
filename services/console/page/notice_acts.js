// What a person does to a notice: its forms.
import { el, words } from "./elements.js";
import { centsFrom, count, dollars, wholeFrom } from "./exact.js";
import { ask } from "./forms.js";
import { offered } from "./parts.js";
import { csvField, ownersFrom } from "./csv_lists.js";

const FINAL = ["rejected", "withdrawn", "linked"];
const METHODS = ["wire", "uncertified_check", "certified_check", "bank_draft", "money_order"].map((word) => [word, words(word)]);
const DELIVERIES = ["herewith", "separately"].map((word) => [word, word]);

// "120000" or "120000+3000" from what a person typed.
function sharesFrom(text) {
    const parts = text.split("+").map(wholeFrom);
    return parts.length <= 2 && !parts.includes(null) ? parts.join("+") : null;
}

// By what a reason's cure takes.
const cureValues = {
    date: { label: "The date that was missing", kind: "date" },
    rights: { label: "Rights", kind: "text", parse: wholeFrom, wrong: "A whole number." },
    shares: {
        label: "Shares, basic or basic+over",
        kind: "text",
        parse: sharesFrom,
        hint: "120,000 or 120,000+30,000",
        wrong: "Whole numbers, as 120,000+30,000.",
    },
    firm: { label: "The firm that guarantees", kind: "text" },
    payment_delivery: { label: "The payment comes", kind: "choice", options: DELIVERIES },
    payment_method: { label: "Method of payment", kind: "choice", options: METHODS },
    register_line: { label: "Line of the register", kind: "text", parse: wholeFrom, wrong: "A whole number." },
};

function cure(app, notice, reason) {
    const value = cureValues[reason.cure];
    return ask(app, {
        command: "cure-defect",
        title: `Cure ${words(reason.word)} of ${notice.notice}`,
        intro: el("p", null, reason.explanation),
        fields: [
            ...(value ? [{ name: "value", required: true, ...value }] : []),
            { name: "evidence", label: "Evidence", kind: "lines", required: true, hint: "Who said so, by which letter or call, when." },
        ],
        body: (values) => ({
            offering: app.offering,
            notice: notice.notice,
            reason: reason.word,
            value: values.value ?? "",
            evidence: values.evidence,
        }),
        words: `Cure of ${words(reason.word)}, ${notice.notice}`,
    });
}

function waive(app, notice, reason) {
    return ask(app, {
        command: "propose-waiver",
        title: `Propose to waive ${words(reason.word)} of ${notice.notice}`,
        intro: el("p", null, "A waiver is the issuer\u2019s, uniform, and needs another person\u2019s approval."),
        fields: [{ name: "why", label: "Why, and on whose word", kind: "lines", required: true }],
        body: (values) => ({ offering: app.offering, notice: notice.notice, reason: reason.word, why: values.why }),
        words: `Waiver of ${words(reason.word)}, ${notice.notice}`,
    });
}

export function reasonActs(app, notice, reason) {
    if (FINAL.includes(notice.status)) return [];
    const offers = [];
    if (reason.cure)
        offers.push({
            command: "cure-defect",
            label: "Cure",
            aria: `Cure ${words(reason.word)}`,
            main: reason.weight !== "flag",
            small: true,
            give: () => cure(app, notice, reason),
        });
    if (reason.waivable)
        offers.push({
            command: "propose-waiver",
            label: "Propose a waiver",
            aria: `Propose to waive ${words(reason.word)}`,
            small: true,
            give: () => waive(app, notice, reason),
        });
    if (reason.weight === "keying")
        offers.push({ command: "key-notice", label: "Key", main: true, small: true, give: () => keyingForm(app, notice) });
    return offered(app, offers);
}

export function noticeActs(app, notice) {
    if (FINAL.includes(notice.status)) return el("span.quiet", null, `It is ${words(notice.status)}: nothing changes it any more.`);
    const offers = [];
    if (notice.status === "awaiting_keying") offers.push({ command: "key-notice", label: "Key it", main: true, give: () => keyingForm(app, notice) });
    if (!notice.confirmed_by_telephone)
        offers.push({ command: "confirm-by-telephone", label: "Guarantor called", give: () => telephone(app, notice) });
    for (const delivery of notice.certificates.filter((one) => one.questions.length && !one.settled))
        offers.push({ command: "settle-certificates", label: `Settle ${delivery.delivery}`, give: () => settle(app, notice, delivery) });
    offers.push({ command: "amend-notice", label: "Amend", give: () => amend(app, notice) });
    offers.push({ command: "certify-owners", label: "Owners", aria: "Record the owners that the nominee certifies", give: () => owners(app, notice) });
    offers.push({ command: "withdraw-notice", label: "Withdraw", give: () => withdraw(app, notice) });
    offers.push({ command: "reject-notice", label: "Reject", give: () => reject(app, notice) });
    return offered(app, offers);
}

const reject = (app, notice) =>
    ask(app, {
        command: "reject-notice",
        title: `Reject ${notice.notice}`,
        intro: el("p", null, `It asks for ${dollars(notice.money.due_cents)}. A rejection is final; its money becomes refundable.`),
        fields: [{ name: "why", label: "Why", kind: "lines", required: true }],
        body: (values) => ({ offering: app.offering, notice: notice.notice, why: values.why }),
        words: `Rejection of ${notice.notice}`,
    });

const withdraw = (app, notice) =>
    ask(app, {
        command: "withdraw-notice",
        title: `The holder withdraws ${notice.notice}`,
        fields: [{ name: "evidence", label: "Evidence", kind: "lines", required: true }],
        body: (values) => ({ offering: app.offering, notice: notice.notice, evidence: values.evidence }),
        words: `Withdrawal of ${notice.notice}`,
    });

// When what the holder sent was received: what is left empty came now.
const receivedAt = (app) => ({
    name: "at",
    label: "Received (New York; empty: now)",
    kind: "civil",
    parse: app.instant,
    wrong: "No such time in New York.",
});

const amend = (app, notice) => {
    const value = (name) => notice.fields.find((field) => field.field === name)?.value ?? 0;
    return ask(app, {
        command: "amend-notice",
        title: `The holder amends ${notice.notice}`,
        intro: el(
            "p",
            null,
            `It asks for ${count(value("basic_shares"))} basic and ${count(value("excess_shares"))} over-subscription shares. Fewer are taken only where a notice may be withdrawn.`,
        ),
        fields: [
            { name: "basic", label: "Basic shares, from now on", kind: "text", required: true, parse: wholeFrom, wrong: "A whole number." },
            { name: "excess", label: "Over-subscription shares, from now on", kind: "text", required: true, parse: wholeFrom, wrong: "A whole number." },
            { name: "evidence", label: "Evidence", kind: "lines", required: true, hint: "A letter, a fax, a call: from whom, when." },
            receivedAt(app),
        ],
        body: (values) => ({
            offering: app.offering,
            notice: notice.notice,
            basic_shares: Number(values.basic),
            excess_shares: Number(values.excess),
            evidence: values.evidence,
            ...(values.at ? { at: values.at } : {}),
        }),
        words: `Amendment of ${notice.notice}`,
    });
};

const owners = (app, notice) =>
    ask(app, {
        command: "certify-owners",
        title: `The owners of ${notice.notice}, as the nominee certifies them`,
        intro: el("p", null, "Its over-subscription is judged by each of them from then on. An earlier certification is replaced."),
        fields: [
            csvField(
                "owners",
                "Owners, as CSV",
                "owner,rights,basic,over: a header, then one owner a line, by the nominee\u2019s reference and never by name",
                ownersFrom,
            ),
            { name: "evidence", label: "Evidence", kind: "lines", required: true },
            receivedAt(app),
        ],
        body: (values) => ({
            offering: app.offering,
            notice: notice.notice,
            owners: values.owners,
            evidence: values.evidence,
            ...(values.at ? { at: values.at } : {}),
        }),
        words: `Owners of ${notice.notice}`,
    });

// Of a notice that no longer counts: the desk says where it is too early.
export function returnActs(app, notice, delivery) {
    if (delivery.returned || ["accepted", "in_question", "awaiting_keying"].includes(notice.status)) return null;
    const title = `The certificates of ${delivery.delivery} went back`;
    return offered(app, [
        {
            command: "return-certificates",
            label: "They went back",
            aria: title,
            small: true,
            give: () =>
                ask(app, {
                    command: "return-certificates",
                    title,
                    fields: [
                        {
                            name: "reference",
                            label: "What they went back with",
                            kind: "text",
                            required: true,
                            hint: "The courier\u2019s number, a letter\u2019s; no holder\u2019s name",
                        },
                    ],
                    body: (values) => ({ offering: app.offering, notice: notice.notice, delivery: delivery.delivery, reference: values.reference }),
                    words: title,
                }),
        },
    ]);
}

const telephone = (app, notice) =>
    ask(app, {
        command: "confirm-by-telephone",
        title: `The guarantor of ${notice.notice} called`,
        intro: el("p", null, notice.guarantor ?? ""),
        give: "Record",
        fields: [{ name: "caller", label: "Who called", kind: "text", required: true }],
        body: (values) => ({ offering: app.offering, notice: notice.notice, caller: values.caller }),
        words: `Telephone confirmation of ${notice.notice}`,
    });

const settle = (app, notice, delivery) =>
    ask(app, {
        command: "settle-certificates",
        title: `Settle the certificates of ${delivery.delivery}`,
        intro: el(
            "div",
            null,
            delivery.questions.map((question) => el("p", null, question.explanation)),
        ),
        fields: [
            {
                name: "counts",
                label: "Do they count",
                kind: "choice",
                options: [
                    ["yes", "they count"],
                    ["no", "they do not"],
                ],
                required: true,
            },
            { name: "rights", label: "For how many rights", kind: "text", value: count(delivery.rights), parse: wholeFrom, wrong: "A whole number." },
            { name: "evidence", label: "Evidence", kind: "lines", required: true },
        ],
        body: (values) => ({
            offering: app.offering,
            notice: notice.notice,
            delivery: delivery.delivery,
            counts: values.counts === "yes",
            ...(values.counts === "yes" && values.rights ? { rights: Number(values.rights) } : {}),
            evidence: values.evidence,
        }),
        words: `Certificates of ${delivery.delivery}`,
    });

// ---- keying ----

const wholes = ["rights_held", "basic_shares", "excess_shares", "guarantee_days"];
const dates = ["prospectus_date", "expiration_date", "transfer_date", "instrument_date", "dated"];
const lists = ["signatures", "names", "certificate_numbers"];

// A field's name for a person: cents are shown as dollars.
export const fieldWords = (name) => words(name.replace(/_cents$/, ""));

function keyField(field) {
    const name = field.field;
    const hint = [field.read ? `read: \u201c${field.read}\u201d` : "", field.candidates.length ? `may be: ${field.candidates.join(" or ")}` : ""]
        .filter(Boolean)
        .join("; ");
    const common = { name, label: fieldWords(name) + (field.missing ? ", to be keyed" : ""), hint: hint || undefined };
    if (wholes.includes(name)) return { ...common, kind: "text", parse: wholeFrom, wrong: "A whole number." };
    if (dates.includes(name)) return { ...common, kind: "date" };
    if (name === "aggregate_cents")
        return { ...common, label: "aggregate, in dollars", kind: "text", parse: centsFrom, wrong: "An amount, as 1,234.50." };
    if (lists.includes(name)) return { ...common, kind: "lines", hint: [common.hint, "one a line"].filter(Boolean).join("; ") };
    if (name === "payment_delivery") return { ...common, kind: "choice", options: [["", "not keyed"], ...DELIVERIES] };
    if (name === "payment_method") return { ...common, kind: "choice", options: [["", "not keyed"], ...METHODS] };
    return { ...common, kind: "text" };
}

// What the command takes of what was typed.
function keyedValue(name, text) {
    if (wholes.includes(name) || name === "aggregate_cents") return Number(text);
    return lists.includes(name)
        ? text
              .split("\n")
              .map((line) => line.trim())
              .filter(Boolean)
        : text;
}

// Fields that must be keyed come first; of the others only what is typed is sent. "-" says that the page has nothing there.
export function keyingForm(app, notice) {
    const wanted = notice.fields.filter((field) => field.missing);
    const shown = [...wanted, ...notice.fields.filter((field) => !field.missing && !field.keyed)];
    const fields = shown.map(keyField).map((field) => ({ ...field, parse: (text) => (text === "-" || !field.parse ? text : field.parse(text)) }));
    return ask(app, {
        command: "key-notice",
        title: `Key ${notice.notice}`,
        fields,
        beside: true,
        intro: el(
            "p",
            null,
            `Keyed fields hold over what was read; leave alone what was read well. \u201c-\u201d says that the page has nothing there${dates.some((name) => wanted.some((field) => field.field === name)) ? "; a date that is blank is left empty" : ""}.`,
        ),
        body(values) {
            const keyed = {};
            const blank = [];
            for (const field of shown) {
                const text = values[field.field];
                if (text === "-" || (!text && field.missing)) blank.push(field.field);
                else if (text) keyed[field.field] = keyedValue(field.field, text);
            }
            return { offering: app.offering, notice: notice.notice, fields: keyed, blank };
        },
        words: `Keying of ${notice.notice}`,
    });
}
