// How a notice comes to its shares: what is projected while nothing is allotted, then each step with its numbers and the clause
// of the terms that makes it. The steps are asked for when somebody opens them.
import { el, fill, words } from "./elements.js";
import { count, dollars } from "./exact.js";
import { panel } from "./parts.js";
import { addresses } from "./server.js";

const KINDS = ["final", "preliminary"];

export function derivationPanel(app, notice) {
    const lines = [];
    const projected = notice.projected;
    if (projected?.left_out) lines.push(el("p", null, el("b", null, "Projected: "), `left out, ${words(projected.left_out)}`));
    else if (projected)
        lines.push(
            el(
                "p",
                null,
                el("b", null, "Projected: "),
                `${count(projected.basic)} basic and ${count(projected.over)} over-subscription shares for ${dollars(projected.applied_cents)}, ${dollars(projected.refunded_cents)} back`,
            ),
        );
    const kinds = KINDS.filter((kind) => notice.allotments[kind]);
    for (const kind of kinds) {
        const allotted = notice.allotments[kind];
        lines.push(
            el(
                "p",
                null,
                el("b", null, `${kind === "final" ? "Final" : "Preliminary"}: `),
                `${count(allotted.basic)} basic and ${count(allotted.over)} over-subscription shares, ${dollars(allotted.applied_cents)}`,
            ),
        );
    }
    return panel(
        "Its shares, and why",
        el(
            "div.inside.stack",
            null,
            lines.length ? lines : el("p.quiet", null, "Nothing is projected for it."),
            kinds.map((kind) => steps(app, notice.notice, kind)),
        ),
    );
}

function steps(app, notice, kind) {
    const body = el("div");
    const details = el("details", null, el("summary", null, `Derivation of the ${kind} allotment`), body);
    details.addEventListener("toggle", async () => {
        if (!details.open || body.childElementCount) return;
        fill(body, el("p.quiet", null, "Working it out\u2026"));
        try {
            show(body, await app.look(addresses.derivation(app.offering, notice, kind)));
        } catch (trouble) {
            fill(body, el("p.problem", null, trouble.message));
        }
    });
    return details;
}

function show(body, derivation) {
    fill(
        body,
        derivation.differs.length
            ? el("p.problem", null, `The log says otherwise: ${derivation.differs.join("; ")}`)
            : el("p", null, el("span.tag.good", null, "agrees with the log")),
        el(
            "ol.history",
            null,
            derivation.steps.map((step) =>
                el(
                    "li",
                    null,
                    el("b", null, words(step.step)),
                    `: ${step.words}`,
                    el(
                        "dl.facts",
                        null,
                        step.numbers.map((number) => [el("dt", null, words(number.name)), el("dd", null, number.text)]),
                    ),
                    step.clause ? el("small", null, `${step.clause} = ${step.value}: ${step.rule}`) : null,
                ),
            ),
        ),
    );
}
