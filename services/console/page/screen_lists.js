// Lists: all exceptions that the board holds, the notices page by page, those to be keyed, the guarantors.
import { el, fill, showRows, table, words } from "./elements.js";
import { count, dollars } from "./exact.js";
import { briefMoment } from "./newyork.js";
import { address, due, panel, shortWhen, tag } from "./parts.js";
import { addresses } from "./server.js";
import { exceptionTable, showExceptions } from "./screen_board.js";

const PAGE = 50;

export function exceptionsScreen(app) {
    const shown = exceptionTable(app, "Exceptions, soonest too late first, then most money");
    const total = el("span");
    const element = panel(
        ["Can still be saved", total, el("span.space"), el("a", { href: addresses.report(app.offering, "exceptions", "csv") }, "all, as CSV")],
        el("div.scroll", null, shown.element),
    );
    return {
        title: "Exceptions",
        element,
        funnel: true,
        show(changed) {
            const section = app.sections.exceptions;
            if (!changed.has("exceptions") || !section) return;
            showExceptions(shown, section);
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

const steps = [
    ["", "every step"],
    ["received", "received"],
    ["accepted", "accepted"],
    ["defective", "to be saved"],
    ["funded", "funded"],
    ["covered", "covered"],
];
const statuses = ["", "accepted", "in_question", "defective", "late", "misdirected", "refused", "rejected", "withdrawn", "awaiting_keying", "linked"];
const sorts = [
    ["too_late", "soonest too late"],
    ["received", "received"],
    ["money", "most money"],
    ["id", "id"],
];

function noticeColumns(app) {
    return [
        { head: "Notice", rowHead: true, cell: (row) => el("a.nowrap", { href: address(app.offering, "notice", row.notice) }, row.notice) },
        {
            head: "Status",
            cell: (row) => [tag(row.status), row.reasons.length ? el("small.quiet", null, " ", row.reasons.map(words).join(", ")) : null],
        },
        { head: "Too late in", cell: (row) => (row.too_late_at && row.exceptions ? due(row.too_late_at) : "\u2013") },
        { head: "Received", minor: true, cell: (row) => shortWhen(row.received) },
        { head: "Guarantor", cell: (row) => row.guarantor ?? "\u2013" },
        { head: "Basic", number: true, cell: (row) => count(row.basic_shares) },
        { head: "Over", number: true, cell: (row) => count(row.over_shares) },
        { head: "Due", number: true, cell: (row) => dollars(row.due_cents) },
        {
            head: "Good",
            number: true,
            cell: (row) => [
                dollars(row.good_cents),
                row.uncollected_cents ? el("small.quiet", null, el("br"), `${dollars(row.uncollected_cents)} uncollected`) : null,
            ],
        },
        {
            head: "Cover",
            cell: (row) =>
                row.cover
                    ? [
                          tag(row.cover),
                          row.cover === "running" && row.cover_due ? el("small.quiet.line.nowrap", null, briefMoment(row.cover_due)) : null,
                      ]
                    : "\u2013",
        },
    ];
}

export function noticesScreen(app, { parameters }) {
    const shown = table("Notices", noticeColumns(app));
    const asked = {
        search: parameters.get("search") ?? "",
        step: parameters.get("step") ?? "",
        status: parameters.get("status") ?? "",
        guarantor: parameters.get("guarantor") ?? "",
        sort: parameters.get("sort") ?? "too_late",
        after: parameters.get("after") ?? "",
    };
    const total = el("span.quiet");
    const next = el("button", { type: "button", hidden: true }, "Next page");
    const first = el("button", { type: "button", hidden: !asked.after, onclick: () => go({ after: "" }) }, "First page");
    const back = el("button", { type: "button", hidden: !asked.after, onclick: () => history.back() }, "Previous page");

    function go(changes) {
        const all = { ...asked, after: "", ...changes };
        app.go(address(app.offering, "notices", null, Object.fromEntries(Object.entries(all).filter(([, value]) => value))));
    }
    const choice = (name, label, options) =>
        el(
            "label",
            null,
            label,
            " ",
            el(
                "select",
                { onchange: (event) => go({ [name]: event.target.value }) },
                options.map(([value, text]) => el("option", { value, selected: asked[name] === value }, text)),
            ),
        );
    const search = el("input", {
        type: "search",
        id: "search",
        value: asked.search,
        placeholder: "id, guarantor, number",
        "aria-label": "Search notices",
    });
    const filters = el(
        "form.acts.list",
        {
            role: "search",
            onsubmit: (event) => {
                event.preventDefault();
                go({ search: search.value.trim() });
            },
        },
        search,
        el("button", { type: "submit" }, "Search"),
        choice("step", "Step", steps),
        choice(
            "status",
            "Status",
            statuses.map((status) => [status, words(status) || "every status"]),
        ),
        choice("sort", "By", sorts),
        asked.guarantor ? el("button", { type: "button", onclick: () => go({ guarantor: "" }) }, `\u00d7 ${asked.guarantor}`) : null,
    );
    const element = panel(
        ["Notices", total, el("span.space"), filters],
        el("div.scroll", null, shown.element),
        el("div.inside.acts.list", null, first, back, next),
    );
    let latest = null;
    next.addEventListener("click", () => latest?.next && go({ after: latest.next }));
    return {
        title: "Notices",
        element,
        show() {},
        funnel: true,
        async refresh() {
            latest = await app.look(addresses.notices(app.offering, { ...asked, limit: PAGE }));
            showRows(shown, latest.rows, (row) => row.notice, "No notice is like that.");
            fill(total, `${count(latest.total)} in all`);
            next.hidden = !latest.next;
        },
    };
}

export function keyingScreen(app) {
    const shown = table("Pages that a person must key, soonest too late first", [
        { head: "Too late in", cell: (row) => due(row.too_late_at) },
        {
            head: "Notice",
            rowHead: true,
            cell: (row) => el("a.nowrap", { href: address(app.offering, "notice", row.notice, { key: 1 }) }, row.notice),
        },
        { head: "Why", wide: true, cell: (row) => row.why },
        { head: "To be keyed", cell: (row) => row.missing.map(words).join(", ") },
        { head: "Layout", minor: true, cell: (row) => words(row.layout) || "not recognised" },
        { head: "Received", minor: true, cell: (row) => shortWhen(row.received) },
    ]);
    const total = el("span.quiet");
    return {
        title: "Keying",
        element: panel(["To be keyed", total], el("div.scroll", null, shown.element)),
        show() {},
        async refresh() {
            const found = await app.look(addresses.keying(app.offering));
            showRows(shown, found.rows, (row) => row.notice, "Every page was read with certainty, or is keyed.");
            fill(total, count(found.total));
        },
    };
}

export function guarantorsScreen(app) {
    const shown = table("Guarantors, most exposure first", [
        {
            head: "Guarantor",
            rowHead: true,
            wide: true,
            cell: (row) => el("a", { href: address(app.offering, "notices", null, { guarantor: row.guarantor }) }, row.guarantor),
        },
        {
            head: "Eligible",
            cell: (row) =>
                row.eligible === true
                    ? el("span.tag.good", null, "eligible")
                    : row.eligible === false
                      ? el("span.tag.bad", null, "ineligible")
                      : el("span.tag.warning", null, "on no list"),
        },
        { head: "Exposure", number: true, cell: (row) => el("span.money.figure", null, dollars(row.exposure_cents)) },
        { head: "Shares not covered", number: true, cell: (row) => count(row.uncovered_shares) },
        { head: "Notices", number: true, cell: (row) => count(row.notices) },
        { head: "Not covered", number: true, cell: (row) => count(row.uncovered) },
        {
            head: "Missed",
            number: true,
            cell: (row) => (row.missed ? [el("span.tag.bad", null, count(row.missed)), " ", dollars(row.missed_cents)] : "0"),
        },
        { head: "Next cover in", cell: (row) => (row.next_cover ? due(row.next_cover) : "\u2013") },
    ]);
    const total = el("span");
    return {
        title: "Guarantors",
        element: panel(
            [
                "Guarantors by exposure",
                total,
                el("span.space"),
                el("a", { href: addresses.report(app.offering, "guarantors", "csv") }, "all, as CSV"),
            ],
            el("div.scroll", null, shown.element),
        ),
        show(changed) {
            const section = app.sections.guarantors;
            if (!changed.has("guarantors") || !section) return;
            showRows(shown, section.rows, (row) => row.guarantor, "No guarantor has a notice here.");
            fill(total, el("b.figure", null, count(section.total)), ", ", el("b.figure", null, dollars(section.exposure_cents)), " exposed");
        },
    };
}
