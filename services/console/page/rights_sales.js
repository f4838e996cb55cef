// Rights that holders had the agent sell: what is on record, one more, and one that was a mistake.
import { el, fill, showRows, table } from "./elements.js";
import { centsFrom, count, dollars, wholeFrom } from "./exact.js";
import { offered, panel, whenText } from "./parts.js";
import { ask } from "./forms.js";
import { addresses } from "./server.js";

const PAGE = 200;

function record(app) {
    return ask(app, {
        command: "record-rights-sale",
        title: "Rights that a holder had the agent sell",
        intro: el("p", null, "A reference counts once, however often it is told."),
        fields: [
            { name: "reference", label: "Reference of the sale", kind: "text", required: true, hint: "The broker\u2019s confirmation; no holder\u2019s name" },
            { name: "rights", label: "Rights", kind: "text", required: true, parse: wholeFrom, wrong: "A whole number." },
            { name: "proceeds", label: "What they brought, in dollars (empty: not said)", kind: "text", parse: centsFrom, wrong: "An amount, as 1,440.00." },
            { name: "at", label: "Sold at (New York)", kind: "civil", required: true, parse: app.instant, wrong: "No such time in New York." },
            { name: "evidence", label: "Evidence", kind: "lines", required: true },
        ],
        body: (values) => ({
            offering: app.offering,
            reference: values.reference,
            rights: Number(values.rights),
            ...(values.proceeds ? { proceeds_cents: Number(values.proceeds) } : {}),
            sold_at: values.at,
            evidence: values.evidence,
        }),
        words: "Sale of rights",
    });
}

function reverse(app, sale) {
    return ask(app, {
        command: "reverse-rights-sale",
        title: `Reverse the sale ${sale.reference}`,
        intro: el("p", null, "It counts no more from today on, and both stay on record. The right one is recorded under another reference."),
        fields: [{ name: "why", label: "Why", kind: "text", required: true }],
        body: (values) => ({ offering: app.offering, reference: sale.reference, why: values.why }),
        words: `Reversal of ${sale.reference}`,
    });
}

// Kept short: the newest; the tally has the sums by day.
export function rightsSales(app) {
    const shown = table("Rights sold, newest first", [
        { head: "Reference", rowHead: true, cell: (row) => row.reference },
        { head: "Rights", number: true, cell: (row) => count(row.rights) },
        { head: "Proceeds", number: true, cell: (row) => dollars(row.proceeds_cents) },
        { head: "Sold", cell: (row) => whenText(row.sold_at) },
        { head: "Evidence", wide: true, cell: (row) => row.evidence },
        { head: "By", cell: (row) => row.by },
        {
            head: "Do",
            cell: (row) =>
                row.reversed_by
                    ? el("span.quiet", null, `reversed by ${row.reversed_by}: ${row.reversed_why}`)
                    : el(
                          "div.acts",
                          null,
                          offered(app, [
                              {
                                  command: "reverse-rights-sale",
                                  label: "Reverse",
                                  aria: `Reverse the sale ${row.reference}`,
                                  small: true,
                                  give: () => reverse(app, row),
                              },
                          ]),
                      ),
        },
    ]);
    const total = el("span.quiet");
    const acts = el("div.acts", null, offered(app, [{ command: "record-rights-sale", label: "Record a sale", small: true, give: () => record(app) }]));
    return {
        element: panel(["Rights sold", total, el("span.space"), acts], el("div.scroll", null, shown.element)),
        async refresh() {
            const found = await app.look(addresses.rightsSales(app.offering, { limit: PAGE }));
            showRows(shown, found.rows, (row) => row.reference, "No sale of rights is on record.");
            fill(total, `${count(found.rights)} rights for ${dollars(found.proceeds_cents)}`, found.next ? `; the newest ${PAGE} are here` : "");
        },
    };
}
