// The sources that the count waits for: how far each says that it holds receipts, and what is declared in the stead of a dead one.
import { el, showRows, table } from "./elements.js";
import { moment } from "./newyork.js";
import { offered, whenText } from "./parts.js";
import { whyNotApprove } from "./access.js";
import { ask } from "./forms.js";

export function sources(app) {
    const marks = table("Watermarks of the sources", [
        { head: "Source", rowHead: true, cell: (row) => row.source },
        { head: "Holds receipts for all up to", cell: (row) => [whenText(row.through), declared(row)] },
        { head: "Do", cell: (row) => el("div.acts", null, offered(app, row.proposed ? [approval(app, asProposal(row)), withdrawal(app, row)] : [proposal(app, row)])) },
    ]);
    return { element: marks.element, show: (rows) => showRows(marks, rows, (row) => row.source, "This offering's terms name no source.") };
}

const people = (names) => names.join(" and ");

function declared(row) {
    if (row.proposed) return el("small.quiet.line", null, `${row.proposed.by} proposes ${moment(row.proposed.through)}: ${row.proposed.why}`);
    return row.declared_by.length ? el("small.quiet.line", null, `declared by ${people(row.declared_by)}: ${row.why}`) : null;
}

// The same as a row of the proposals.
const asProposal = (row) => ({
    source: row.source,
    service: row.service,
    through: row.proposed.through,
    why: row.proposed.why,
    proposed_by: row.proposed.by,
    by_person: true,
    approved_by: [],
    status: "open",
});

const proposal = (app, row) => ({
    command: "propose-watermark",
    label: "Declare it dead",
    small: true,
    aria: `Propose to declare the watermark of ${row.source}`,
    give: () =>
        ask(app, {
            command: "propose-watermark",
            title: `Declare the watermark of ${row.source}`,
            intro: el(
                "p",
                null,
                `For a source that is dead. The count goes on as if ${row.source} had said that it holds receipts for everything it stamped up to then. Another person approves it.`,
            ),
            fields: [
                { name: "through", label: "Up to (New York)", kind: "civil", required: true, parse: app.instant, wrong: "No such time in New York." },
                { name: "why", label: "Why, and how you know that nothing is left there", kind: "text", required: true },
            ],
            body: (values) => ({ source: row.source, service: row.service, through: values.through, why: values.why }),
            words: `Watermark of ${row.source}`,
        }),
});

export const approval = (app, row) => ({
    command: "approve-watermark",
    label: "Approve",
    small: true,
    aria: `Approve the watermark of ${row.source}`,
    main: true,
    whyNot: whyNotApprove(app.session, row),
    give: () =>
        ask(app, {
            command: "approve-watermark",
            title: `Approve the watermark of ${row.source}`,
            intro: el(
                "p",
                null,
                `${row.proposed_by} declares that nothing ${row.source} stamped up to ${moment(row.through)} is still to be handed over. Why: ${row.why}`,
            ),
            fields: [],
            body: () => ({ source: row.source, service: row.service, through: row.through, proposed_by: row.proposed_by }),
            words: `Approval of the watermark of ${row.source}`,
        }),
});

export const withdrawal = (app, row) => ({
    command: "withdraw-watermark",
    label: "Withdraw",
    small: true,
    aria: `Withdraw the watermark proposed of ${row.source}`,
    give: () =>
        ask(app, {
            command: "withdraw-watermark",
            title: `Withdraw the watermark proposed of ${row.source}`,
            fields: [{ name: "why", label: "Why", kind: "text", required: true }],
            body: (values) => ({ source: row.source, service: row.service, why: values.why }),
            words: `Withdrawal of the watermark of ${row.source}`,
        }),
});
