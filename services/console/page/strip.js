// The clock to the hour and to what comes next, and the funnel: what stands above every list.
import { el, fill, words } from "./elements.js";
import { count, dollars, percent, shortCount, shortDollars } from "./exact.js";
import { briefMoment, clockTime, day, moment } from "./newyork.js";
import { address, bar, until } from "./parts.js";

const SHOWN_DEADLINES = 4;

export function drawClock(element, clock, now) {
    const open = clock.stage === "open";
    const hour = until(clock.expiration.instant);
    if (!open) hour.setAttribute("data-since", "");
    const next = clock.deadlines.filter((deadline) => deadline.kind !== "expiration").slice(0, SHOWN_DEADLINES);
    fill(
        element,
        el(
            "div.to-hour" + (open ? "" : ".over"),
            { "data-urgency": open ? "none" : null },
            el("span.label", null, open ? "To the hour" : "Since the hour"),
            el("span.big", null, hour),
            el("span.label", null, moment(clock.expiration.instant), clock.expiration_inclusive ? "" : ", not inclusive"),
        ),
        el(
            "div",
            null,
            el("p.now-line", { id: "now-line" }),
            el(
                "ol.deadlines",
                { "aria-label": "Next deadlines" },
                next.map(deadlineItem),
                next.length ? null : el("li.quiet", null, "No other deadline lies ahead."),
            ),
            notes(clock),
        ),
    );
    drawNow(now);
}

function deadlineItem(deadline) {
    const held = [
        deadline.notices !== null && deadline.kind === "cover" ? `${count(deadline.notices)} notices` : "",
        deadline.money_cents ? shortDollars(deadline.money_cents) : "",
    ]
        .filter(Boolean)
        .join(", ");
    return el(
        "li",
        { "data-urgency": "none" },
        el("span.left", null, until(deadline.instant)),
        el("span.what", { title: deadline.what }, deadline.what),
        el("span.when", null, briefMoment(deadline.instant), held ? ` \u00b7 ${held}` : ""),
    );
}

function notes(clock) {
    const lines = [];
    if (clock.suspended) lines.push(el("p", null, el("b", null, "Suspended"), ` since ${moment(clock.suspended.since)}: ${clock.suspended.why}`));
    const last = clock.extensions.at(-1);
    if (last) lines.push(el("p.quiet", null, `Extended from ${moment(last.before.instant)}, by ${last.approved_by.join(" and ")}.`));
    return lines;
}

// The line with the desk's own time; null before it is known.
export function drawNow(now, stepped) {
    const line = document.getElementById("now-line");
    if (!line) return;
    const instant = now === null ? null : new Date(Math.floor(now / 1000) * 1000).toISOString();
    fill(
        line,
        instant
            ? [
                  el("b", null, clockTime(instant)),
                  ` ${day(instant)}, New York`,
                  stepped ? el("span.tag", null, "stepped clock: it stands until it is moved") : null,
              ]
            : "the desk's time is not known yet",
    );
}

export function drawFunnel(element, funnel, offering) {
    const received = funnel.steps.find((step) => step.step === "received");
    fill(
        element,
        el(
            "ol.funnel",
            { "aria-label": "From received to covered" },
            funnel.steps.map((step) => {
                const bad = step.step === "defective" && step.notices > 0;
                return el(
                    "li" + (bad ? ".bad" : ""),
                    null,
                    el(
                        "a",
                        {
                            href: address(offering, "notices", null, { step: step.step }),
                            "data-focus": step.step,
                            title: `${count(step.basic_shares)} basic and ${count(step.over_shares)} over-subscription shares, ${dollars(step.money_cents)}`,
                        },
                        el("span.name", null, step.step === "defective" ? "to be saved" : words(step.step)),
                        el(
                            "span.numbers",
                            null,
                            el("span.figure", null, count(step.notices)),
                            " ",
                            el("span.part.figure", null, percent(step.notices, received?.notices)),
                        ),
                        bar(step.notices_ppm),
                        el(
                            "span.shares",
                            null,
                            el("span", null, `${shortCount(step.basic_shares)} + ${shortCount(step.over_shares)} shares`),
                            el("span", null, shortDollars(step.money_cents)),
                            el("span.quiet", null, `basic ${percent(step.basic_shares, funnel.offered)} of offer`),
                        ),
                    ),
                );
            }),
        ),
    );
}
