// One notice: the paper beside what was read from it, what is wrong and what a person may do about it, its money with the
// evidence, its cover, how its shares come about, and its history.
import { el, fill, nextWords, sentence, words } from "./elements.js";
import { count, dollars } from "./exact.js";
import { moment } from "./newyork.js";
import { address, due, panel, saidBy, tag, until, whenText } from "./parts.js";
import { addresses } from "./server.js";
import { fieldWords, keyingForm, noticeActs, reasonActs, returnActs } from "./notice_acts.js";
import { paper } from "./paper.js";
import { proposalActs } from "./screen_proposals.js";
import { referenceWords, unmatchAct } from "./screen_money.js";
import { derivationPanel } from "./derivation.js";

export function noticeScreen(app, { id, parameters }) {
    const head = el("section.panel", { "aria-label": "The notice" });
    const shownPaper = paper();
    const place = () => el("div.slot");
    // Each part: where it stands, what of the notice it shows, and how. It is drawn anew only when that has changed, so that nobody loses
    // the line that they were reading.
    const page = [place(), (notice) => notice.deliveries.map((delivery) => delivery.document), () => panel("The paper", shownPaper.element)];
    const proposals = [place(), (notice) => notice.proposals, (notice) => proposalsPanel(app, notice)];
    const fields = [place(), (notice) => [notice.fields, notice.reading], (notice) => fieldsPanel(app, notice, shownPaper)];
    const money = [place(), (notice) => [notice.money, notice.payments], (notice) => moneyPanel(app, notice)];
    const cover = [place(), (notice) => [notice.cover, notice.certificates, notice.status], (notice) => coverPanel(app, notice)];
    const owners = [place(), (notice) => notice.owners, ownersPanel];
    const shares = [place(), (notice) => [notice.projected, notice.allotments], (notice) => derivationPanel(app, notice)];
    const deliveries = [place(), (notice) => notice.deliveries, deliveriesPanel];
    const past = [place(), (notice) => [notice.history, notice.history_total], historyPanel];
    const top = [
        head,
        (notice) => [
            notice.status,
            notice.guarantor,
            notice.reasons,
            notice.cured,
            notice.waived,
            notice.exceptions,
            notice.alerts,
            notice.confirmed_by_telephone,
            notice.certificates,
            notice.fields,
        ],
        (notice) => [title(app, notice), wrongs(app, notice)],
    ];
    const parts = [top, page, proposals, fields, money, cover, owners, shares, deliveries, past];
    const stack = (...some) =>
        el(
            "div.stack",
            null,
            some.map(([where]) => where),
        );
    const element = el(
        "div.stack",
        null,
        head,
        el("div.even", null, stack(page), stack(proposals, fields)),
        el("div.even", null, stack(money, cover, owners, shares), stack(deliveries, past)),
    );
    let asked = parameters.get("key") === "1";
    fill(head, el("p.inside.quiet", null, "Asking the desk\u2026"));

    return {
        title: `Notice ${id}`,
        element,
        show() {},
        async refresh() {
            const notice = await app.look(addresses.notice(app.offering, id));
            shownPaper.show(notice.deliveries);
            for (const part of parts) {
                const [where, of, draw] = part;
                const picture = JSON.stringify(of(notice));
                if (where.picture === picture) continue;
                where.picture = picture;
                fill(where, draw(notice));
            }
            if (asked && notice.status === "awaiting_keying" && !app.whyNot("key-notice")) keyingForm(app, notice);
            asked = false;
        },
    };
}

function title(app, notice) {
    const exception = notice.exceptions[0];
    return [
        el(
            "div.title",
            { "data-urgency": "none" },
            el("h2", { class: "notice-id" }, `Notice ${notice.notice}`),
            tag(notice.status),
            notice.guarantor ?? "no guarantor",
            el("span.space"),
            exception?.too_late_at
                ? [
                      el("span.quiet", null, "too late in"),
                      el("span.due", null, until(exception.too_late_at)),
                      el("b.money", null, dollars(notice.money.due_cents)),
                  ]
                : null,
            el("div.acts.list", null, noticeActs(app, notice)),
        ),
    ];
}

function wrongs(app, notice) {
    const lines = notice.reasons.map((reason) =>
        el(
            "div.acts.list",
            { "data-reason": reason.word },
            el("span", null, tag(reason.weight), " ", el("b", null, words(reason.word)), `: ${reason.explanation}`),
            reasonActs(app, notice, reason),
        ),
    );
    const settled = [
        notice.cured.length ? `Cured: ${notice.cured.map(words).join(", ")}.` : "",
        notice.waived.length ? `Waived: ${notice.waived.map(words).join(", ")}.` : "",
    ].filter(Boolean);
    const next = notice.exceptions.map((exception) => el("p", null, el("b", null, "Next: "), nextWords(exception.next)));
    const alerts = notice.alerts
        .filter((alert) => alert.number && !alert.resolved_at)
        .map((alert) =>
            el(
                "li",
                null,
                tag(alert.severity),
                " ",
                el("a", { href: address(app.offering, "alert", `${alert.log}.${alert.number}`) }, words(alert.kind)),
                ` ${alert.acknowledged_by ? `in hand: ${alert.owner || alert.acknowledged_by}` : "in nobody\u2019s hand"}`,
            ),
        );
    return el(
        "div.inside.stack.close",
        null,
        el("h3", null, "What is said against it"),
        lines.length ? lines : el("p", null, "Nothing."),
        settled.map((text) => el("p.quiet", null, text)),
        next,
        alerts.length ? el("ul", { "aria-label": "Open alerts of this notice" }, alerts) : null,
    );
}

const isBlank = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
const CHOICES = ["payment_delivery", "payment_method"];

function valueText(field) {
    const value = field.value;
    if (isBlank(value)) {
        const read = field.read ? `\u201c${field.read}\u201d ` : "";
        return [read, field.missing ? el("span.tag.warning", null, "to be keyed") : el("span.quiet", null, read ? "read, not taken yet" : "blank")];
    }
    if (Array.isArray(value)) return value.join("; ");
    if (CHOICES.includes(field.field)) return words(value);
    if (field.field.endsWith("_cents")) return dollars(value);
    return typeof value === "number" && field.field !== "guarantee_days" ? count(value) : String(value);
}

// Sure, fairly sure, not sure: the word beside the number, for nobody reads thousandths.
export function sureness(confidence) {
    if (confidence === null) return null;
    const [word, tone] = confidence >= 950 ? ["sure", "good"] : confidence >= 800 ? ["fairly sure", "warning"] : ["not sure", "bad"];
    return [el("span.tag." + tone, null, word), ` ${(confidence / 10).toFixed(1)} %`];
}

function pointer(field, shownPaper) {
    const name = `Show ${fieldWords(field.field)} on the page`;
    return el(
        "button.small",
        { type: "button", "aria-label": name, "data-focus": field.field, onclick: () => shownPaper.point(field.place) },
        "on the page",
    );
}

function fieldsPanel(app, notice, shownPaper) {
    // Of text there is nothing to be sure of.
    const sure = notice.fields.some((field) => field.keyed || field.confidence !== null);
    const rows = notice.fields.map((field) =>
        el(
            "tr",
            field.missing ? { class: "now" } : null,
            el("th", { scope: "row" }, fieldWords(field.field)),
            el(
                "td",
                null,
                valueText(field),
                field.read && !isBlank(field.value) && String(field.value) !== field.read
                    ? el("small.quiet", null, el("br"), `stood there: \u201c${field.read}\u201d`)
                    : null,
                field.candidates.length > 1 ? el("small.quiet", null, el("br"), `may be: ${field.candidates.join(" or ")}`) : null,
            ),
            sure ? el("td.confidence", null, field.keyed ? el("span.tag.info", null, "keyed") : sureness(field.confidence)) : null,
            sure ? el("td", null, field.place && shownPaper.hasPictures() ? pointer(field, shownPaper) : null) : null,
        ),
    );
    const reading = notice.reading?.reason
        ? el("p.inside.quiet", null, `The reader: ${notice.reading.reason}${notice.reading.keyed_by ? `. Keyed by ${notice.reading.keyed_by}` : ""}`)
        : null;
    return panel(
        "What it says",
        reading,
        el(
            "div.scroll",
            null,
            el(
                "table",
                null,
                el("caption.hidden-text", null, "Fields of the notice"),
                el(
                    "thead",
                    null,
                    el(
                        "tr",
                        null,
                        (sure ? ["Field", "Value", "How sure", "Where"] : ["Field", "Value"]).map((name) => el("th", { scope: "col" }, name)),
                    ),
                ),
                el("tbody", null, rows),
            ),
        ),
    );
}

function proposalsPanel(app, notice) {
    const open = notice.proposals.filter((proposal) => proposal.status === "open");
    return open.length
        ? panel(
              "Waiting for a second person",
              el(
                  "div.inside.stack",
                  null,
                  open.map((row) =>
                      el(
                          "div",
                          { "data-proposal": row.proposal },
                          el("p", null, el("b", null, row.proposal), `: ${sentence(row.words)}`),
                          el("p.quiet", null, `${saidBy(row)}. ${row.why}`),
                          proposalActs(app, row),
                      ),
                  ),
              ),
          )
        : null;
}

function moneyPanel(app, notice) {
    const money = notice.money;
    const facts = [
        ["Due", [el("b", null, dollars(money.due_cents)), money.due_by ? [" by ", whenText(money.due_by.instant)] : ""]],
        ["Good in time", dollars(money.good_in_time_cents)],
    ];
    if (money.good_late_cents) facts.push(["Good, but late", dollars(money.good_late_cents)]);
    if (money.uncollected_cents) facts.push(["Not collected yet", dollars(money.uncollected_cents)]);
    if (money.rule) facts.push(["Rule", words(money.rule)]);
    const rows = notice.payments.map((payment) =>
        el(
            "tr",
            null,
            el(
                "th",
                { scope: "row" },
                el("a", { href: address(app.offering, "payment", payment.payment) }, payment.payment),
                el("small.quiet", null, el("br"), words(payment.method)),
            ),
            el("td", null, tag(payment.status), el("small.quiet", null, el("br"), payment.received_at ? whenText(payment.received_at) : "")),
            el(
                "td.number",
                null,
                dollars(payment.matched_cents),
                payment.amount_cents !== payment.matched_cents ? el("small.quiet", null, el("br"), `of ${dollars(payment.amount_cents)}`) : null,
            ),
            el(
                "td",
                null,
                el("b", null, words(payment.evidence)),
                el("small", null, el("br"), payment.evidence_words, payment.by ? ` (${payment.by})` : ""),
                el("small.quiet", null, el("br"), referenceWords(payment.references)),
            ),
            el("td", null, unmatchAct(app, payment.payment, notice.notice)),
        ),
    );
    return panel(
        "Money",
        el(
            "dl.facts.inside",
            null,
            facts.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]),
        ),
        rows.length
            ? el(
                  "div.scroll",
                  null,
                  el(
                      "table",
                      null,
                      el("caption.hidden-text", null, "Payments of the notice"),
                      el(
                          "thead",
                          null,
                          el(
                              "tr",
                              null,
                              ["Payment", "Status", "Matched", "By what evidence", "Do"].map((name) => el("th", { scope: "col" }, name)),
                          ),
                      ),
                      el("tbody", null, rows),
                  ),
              )
            : el("p.inside.quiet", null, "No money is matched to it."),
    );
}

function ownersPanel(notice) {
    const owners = notice.owners;
    if (!owners) return null;
    const facts = [
        ["Certified", `${count(owners.owners.length)} ${owners.owners.length === 1 ? "owner" : "owners"}`],
        ["Basic in full", `${count(owners.in_full)} of them, who ask for ${count(owners.over_in_full)} beyond it`],
        ["Evidence", owners.evidence],
        ["Recorded by", owners.by],
    ];
    return panel(
        ["Owners", owners.void_because ? el("span.tag.bad", null, "does not hold") : null],
        el(
            "dl.facts.inside",
            null,
            facts.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]),
            owners.void_because ? [el("dt", null, "Why not"), el("dd", null, sentence(owners.void_because))] : null,
        ),
    );
}

// What a person answered to the questions about a delivery.
function settledText({ settled, rights }) {
    const counts = settled.counts ? `they count for ${count(settled.rights ?? rights)} rights` : "they do not count";
    return `Settled by ${settled.by} ${moment(settled.at)}: ${counts}. ${settled.evidence}`;
}

function coverPanel(app, notice) {
    const cover = notice.cover;
    if (!cover && !notice.certificates.length)
        return panel(
            "Cover",
            el(
                "p.inside.quiet",
                null,
                notice.form === "guaranteed_delivery"
                    ? "No clock runs: there is no date to count from, or it does not count."
                    : "A direct exercise: its certificates came with it.",
            ),
        );
    const certificates = notice.certificates.map((delivery) =>
        el(
            "li",
            null,
            el("time", { datetime: delivery.stamp }, moment(delivery.stamp)),
            `${count(delivery.rights)} rights by ${words(delivery.channel)}`,
            delivery.delivered_by ? ` from ${delivery.delivered_by}` : "",
            delivery.certificate_numbers.length ? `, ${delivery.certificate_numbers.join(", ")}` : "",
            delivery.signature_guarantee ? "" : ", no signature guarantee",
            delivery.returned ? `, returned ${moment(delivery.returned.at)} with ${delivery.returned.reference}` : "",
            delivery.questions.map((question) => el("small", null, el("br"), `${words(question.word)}: ${question.explanation}`)),
            delivery.settled ? el("small", null, el("br"), settledText(delivery)) : null,
            " ",
            returnActs(app, notice, delivery),
        ),
    );
    return panel(
        ["Cover", cover ? tag(cover.state) : el("span.quiet", null, "no clock runs")],
        el(
            "div.inside.stack",
            { "data-urgency": "none" },
            cover
                ? [
                      el("p", null, due(cover.deadline.instant)),
                      el("p.quiet", null, cover.clause),
                      cover.missing.length && cover.state !== "complete"
                          ? el("p", null, el("b", null, "Missing: "), cover.missing.map(words).join(", "))
                          : null,
                      cover.completed_at ? el("p", null, "Complete ", whenText(cover.completed_at)) : null,
                  ]
                : null,
            certificates.length
                ? el("ul.history", { "aria-label": "Certificates" }, certificates)
                : el("p.quiet", null, "No certificates have come."),
        ),
    );
}

function deliveriesPanel(notice) {
    return panel(
        "How it came",
        el(
            "ul.inside.history",
            null,
            notice.deliveries.map((delivery) =>
                el(
                    "li",
                    null,
                    el("time", { datetime: delivery.stamp }, moment(delivery.stamp)),
                    `${words(delivery.channel)} to ${delivery.address}`,
                    delivery.listed ? "" : " (not a listed one)",
                    el(
                        "small",
                        null,
                        el("br"),
                        `${delivery.id} by ${delivery.gateway}, ${delivery.pages} ${delivery.pages === 1 ? "page" : "pages"}${delivery.sender_station ? `, from ${delivery.sender_station}` : ""}`,
                    ),
                ),
            ),
        ),
    );
}

function historyPanel(notice) {
    const cut = notice.history_total > notice.history.length ? `the newest ${notice.history.length} of ${notice.history_total}` : null;
    return panel(
        ["History", cut ? el("span.quiet", null, cut) : null],
        el(
            "ol.inside.history",
            { "aria-label": "History, oldest first" },
            notice.history.map((row) =>
                el(
                    "li",
                    null,
                    el("time", { datetime: row.at }, moment(row.at), row.by ? ` \u00b7 ${row.by}` : ""),
                    el("b", null, row.event.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()),
                    row.text ? `: ${sentence(row.text)}` : "",
                    el("small", null, el("br"), `${words(row.service)}, record ${count(row.sequence)}, sent by ${row.principal || "the desk"}`),
                ),
            ),
        ),
    );
}
