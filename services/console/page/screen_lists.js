// Lists: all exceptions and notices, page by page, those to be keyed, the guarantors.
import { el, fill, showRows, table, words } from "./elements.js";
import { count, dollars } from "./exact.js";
import { briefMoment } from "./newyork.js";
import { address, due, panel, shortWhen, tag } from "./parts.js";
import { addresses } from "./server.js";
import { severities, takeMany } from "./alert_acts.js";
import { askedFor, paging } from "./paging.js";
import { Selection } from "./selection.js";
import { exceptionTable, showExceptions } from "./screen_board.js";

const PAGE = 50;
const EXCEPTIONS_PAGE = 100; // as many as the section has

const kindWords = (kind) => words(kind.replace(/^notice_/, ""));
const hands = [
    ["", "in any hand"],
    ["nobody", "in nobody\u2019s hand"],
    ["somebody", "in somebody\u2019s hand"],
];

function takeSelected(app, rows) {
    const alerts = rows.map((row) => ({ log: app.offering, number: row.alert, acknowledged_by: row.in_hand }));
    return takeMany(app, alerts, "exceptions");
}

// Without a question the first hundred, kept up as they come; all others are asked for, page by page.
export function exceptionsScreen(app, { parameters }) {
    const asked = askedFor(parameters, "search", "kind", "severity", "hand", "after");
    const live = !Object.values(asked).some(Boolean);
    const selection = new Selection(
        (row) => row.key,
        (row) => row.notice ?? row.payment ?? row.subject,
        (rows) => takeSelected(app, rows),
    );
    const mayTake = (row) => row.alert > 0 && !app.whyNot("acknowledge-alert");
    const shown = exceptionTable(app, "Exceptions, soonest too late first, then most money", [selection.column(mayTake)]);
    const total = el("span");
    const pages = paging(app, "exceptions", asked);
    const kinds = el("select", { onchange: (event) => pages.go({ kind: event.target.value }) });
    const element = panel(
        [
            "Can still be saved",
            total,
            el("span.space"),
            pages.search(
                "id or guarantor",
                "Search exceptions",
                "search",
            )(el("label", null, "Kind ", kinds), pages.choice("severity", "Severity", severities), pages.choice("hand", "In hand", hands)),
            el("a", { href: addresses.report(app.offering, "exceptions", "csv") }, "all, as CSV"),
        ],
        selection.bar,
        el("div.scroll", null, shown.element),
        pages.buttons,
    );

    function fillKinds(there) {
        const picture = JSON.stringify(there);
        if (kinds.picture === picture || document.activeElement === kinds) return;
        kinds.picture = picture;
        const all = Object.entries(asked.kind && !there[asked.kind] ? { ...there, [asked.kind]: 0 } : there);
        fill(
            kinds,
            el("option", { value: "" }, "every kind"),
            all.map(([kind, number]) => el("option", { value: kind, selected: kind === asked.kind }, `${kindWords(kind)} (${count(number)})`)),
        );
    }

    function showAll(found, from) {
        selection.keep(found.rows);
        showExceptions(shown, found, live ? undefined : "Nothing that can be saved is like that.");
        fill(
            total,
            el("b.figure", null, count(found.total)),
            ", ",
            el("b.figure", null, dollars(found.money_cents)),
            found.total > found.rows.length && found.rows.length ? `; ${count(from + 1)} to ${count(from + found.rows.length)} are here` : "",
        );
    }

    return {
        title: "Exceptions",
        element,
        funnel: true,
        show(changed) {
            const section = app.sections.exceptions;
            if (!live || !changed.has("exceptions") || !section) return;
            showAll(section, 0);
            pages.follows(section.total > section.rows.length ? section.rows.length : null);
        },
        async refresh() {
            const found = await app.look(addresses.exceptions(app.offering, { ...asked, limit: live ? 1 : EXCEPTIONS_PAGE }));
            fillKinds(found.kinds);
            if (live) return;
            showAll(found, Number(asked.after || 0));
            pages.follows(found.next);
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
    const asked = askedFor(parameters, "search", "step", "status", "guarantor", "sort", "after");
    asked.sort ||= "too_late";
    const total = el("span.quiet");
    const pages = paging(app, "notices", asked);
    const filters = pages.search(
        "id, guarantor, number",
        "Search notices",
        "search",
    )(
        pages.choice("step", "Step", steps),
        pages.choice(
            "status",
            "Status",
            statuses.map((status) => [status, words(status) || "every status"]),
        ),
        pages.choice("sort", "By", sorts),
        asked.guarantor ? el("button", { type: "button", onclick: () => pages.go({ guarantor: "" }) }, `\u00d7 ${asked.guarantor}`) : null,
    );
    const element = panel(["Notices", total, el("span.space"), filters], el("div.scroll", null, shown.element), pages.buttons);
    return {
        title: "Notices",
        element,
        show() {},
        funnel: true,
        async refresh() {
            const found = await app.look(addresses.notices(app.offering, { ...asked, limit: PAGE }));
            showRows(shown, found.rows, (row) => row.notice, "No notice is like that.");
            fill(total, `${count(found.total)} in all`);
            pages.follows(found.next);
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
