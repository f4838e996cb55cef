// Small pieces that several screens show alike.
import { el, sentence, svg, words } from "./elements.js";
import { count, dollars } from "./exact.js";
import { briefMoment, countdown, clockTime, day, millis, moment } from "./newyork.js";
import { urgency } from "./urgency.js";

// A link within the page. The offering is part of every address, so that a link can be sent to a colleague.
export function address(offering, screen, id, parameters) {
    const tail = parameters ? "?" + new URLSearchParams(parameters) : "";
    return (
        "#/" +
        [offering, screen, id]
            .filter((step) => step !== undefined && step !== null && step !== "")
            .map(encodeURIComponent)
            .join("/") +
        tail
    );
}

// What counts down: `tick` below keeps it, and the urgency of the row or item that it stands in.
export function until(instant) {
    return el("time", { datetime: instant ?? "", "data-until": instant ? String(millis(instant)) : null }, instant ? "" : "no end");
}

export function due(instant) {
    return el("span.due", null, until(instant), el("small", null, instant ? briefMoment(instant) : "as long as it is open"));
}

// Brings every countdown of the page to `now`. Bounded by what is on the page: lists are pages.
export function tick(root, now) {
    for (const time of root.querySelectorAll("time[data-until]")) {
        const left = now === null ? null : Number(time.dataset.until) - now;
        const text = countdown(time.hasAttribute("data-since") && left !== null ? Math.abs(left) : left);
        if (time.textContent !== text) time.textContent = text;
        const holder = time.closest("[data-urgency]");
        if (holder) {
            const state = urgency(time.getAttribute("datetime"), now);
            if (holder.dataset.urgency !== state) {
                holder.classList.remove(holder.dataset.urgency || "none");
                holder.dataset.urgency = state;
                holder.classList.add(state);
            }
        }
    }
}

export function whenText(instant) {
    return instant ? el("time.nowrap", { datetime: instant }, moment(instant)) : "\u2013";
}

export function shortWhen(instant) {
    return instant
        ? el("time.nowrap", { datetime: instant, title: moment(instant) }, clockTime(instant), el("small.quiet", null, " " + day(instant).slice(4)))
        : "\u2013";
}

const tones = {
    accepted: "good",
    covered: "good",
    complete: "good",
    good: "good",
    approved: "good",
    funded: "good",
    defective: "bad",
    rejected: "bad",
    refused: "bad",
    missed: "bad",
    returned: "bad",
    bounced: "bad",
    late: "bad",
    misdirected: "bad",
    failed: "bad",
    conflict: "bad",
    quarantined: "bad",
    critical: "critical",
    in_question: "warning",
    awaiting_keying: "warning",
    uncollected: "warning",
    running: "info",
    warning: "warning",
    open: "warning",
    defect: "bad",
    question: "warning",
    refusal: "bad",
    keying: "warning",
    info: "info",
    retry_later: "warning",
    sending: "info",
    duplicate: "info",
    preparing: "info",
};

// A word of the desk's, in its tone; shown as `text` where that says it shorter.
export function tag(word, text = word) {
    return el("span.tag" + (tones[word] ? "." + tones[word] : ""), null, words(text));
}

export function money(cents) {
    return el("span.figure", null, dollars(cents));
}

export function shares(number) {
    return el("span.figure", null, count(number));
}

// A bar of `ppm` millionths: it repeats what stands beside it as a number.
export function bar(ppm) {
    const part = Math.max(0, Math.min(1000, Math.round((ppm ?? 0) / 1000)));
    return svg(
        "svg.bar",
        { viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("rect.whole", { width: 1000, height: 10 }),
        svg("rect.part", { width: part, height: 10 }),
    );
}

export function panel(title, ...inside) {
    const heading = Array.isArray(title) ? title : [title];
    return el(
        "section.panel",
        { "aria-label": typeof heading[0] === "string" ? heading[0] : heading[0]?.textContent },
        el("div.title", null, el("h2", null, heading[0]), heading.slice(1)),
        inside,
    );
}

// The buttons of `offers`, [{command, label, give, focus}], or why they are not offered.
export function offered(app, offers) {
    const buttons = [];
    const lacking = new Map();
    for (const offer of offers) {
        const why = offer.whyNot ?? app.whyNot(offer.command);
        if (why) lacking.set(why, [...(lacking.get(why) ?? []), offer.label]);
        else
            buttons.push(
                el(
                    "button" + (offer.small ? ".small" : "") + (offer.main ? ".main" : ""),
                    {
                        type: "button",
                        "data-focus": offer.aria ?? offer.label,
                        "aria-label": offer.aria,
                        onclick: (event) => offer.give(event.currentTarget),
                    },
                    offer.label,
                ),
            );
    }
    const reasons = [...lacking].map(([why, labels]) => el("span.not-offered", null, `Not offered to you: ${labels.join(", ")} (${why}).`));
    return [buttons, reasons];
}

// Who has spoken for a proposal.
export function saidBy(row) {
    const proposed = `proposed by ${row.by_person ? row.proposed_by : "the desk"}`;
    return row.approved_by.length ? `${proposed}, approved by ${row.approved_by.join(" and ")}` : proposed;
}

// A record, its time as `when`, what it is about and what it says; `more` after it.
export function happenedItem(app, row, when, more = null) {
    const subject = row.notice
        ? el("a", { href: address(app.offering, "notice", row.notice) }, row.notice)
        : row.payment
          ? el("a", { href: address(app.offering, "payment", row.payment) }, row.payment)
          : row.subject;
    return el(
        "li",
        null,
        el("time", { datetime: row.at }, when, row.by ? ` \u00b7 ${row.by}` : ""),
        subject,
        subject ? " " : "",
        sentence(row.text || row.event),
        more,
    );
}
