// The keys of the board; the help is made of the same table.
import { el } from "./elements.js";
import { moveAlongRows } from "./keys.js";
import { address } from "./parts.js";
import { switchSize, switchTheme } from "./preferences.js";
import { tell } from "./forms.js";
import { PLACES } from "./places.js";

const main = () => document.getElementById("main");

export function bindKeys(app) {
    const { keys } = app;
    const here = (action) => () => app.session && app.offering && action();
    keys.bind(
        "j",
        "Next line",
        "Move",
        here(() => moveAlongRows(main(), 1)),
    );
    keys.bind(
        "k",
        "Line before",
        "Move",
        here(() => moveAlongRows(main(), -1)),
    );
    keys.bind(
        "u",
        "Back to where you were",
        "Move",
        here(() => history.back()),
    );
    keys.bind(
        "/",
        "Search notices",
        "Move",
        here(() => search(app)),
    );
    for (const one of PLACES)
        keys.bind(
            `g ${one.key}`,
            one.name,
            "Go to",
            here(() => app.go(address(app.offering, one.place))),
        );
    keys.bind(
        "x",
        "The first thing to do here: cure, match, approve\u2026",
        "Do",
        here(() => firstAct()),
    );
    keys.bind(
        "m",
        "Select the line, or no more",
        "Do",
        here(() => markRow()),
    );
    keys.bind("l", "Light or dark", "Look", switchTheme);
    keys.bind("+", "Usual or large", "Look", switchSize);
    keys.bind(
        "?",
        "This help",
        "Look",
        here(() => showHelp(app)),
    );
}

function search(app) {
    const field = document.getElementById("search");
    if (field) return field.focus();
    app.go(address(app.offering, "notices"));
    setTimeout(() => document.getElementById("search")?.focus(), 50);
}

// In the line that has the focus, otherwise on the page: what mends it before what else may be done. It is only focused, so that Enter,
// which gives the command or opens its form, is a press of its own.
function firstAct() {
    const row = document.activeElement?.closest?.("#main tr, #main [data-reason], #main [data-proposal]");
    const where = row ?? main();
    (where.querySelector("button.main") ?? where.querySelector(".acts button"))?.focus();
}

function markRow() {
    document.activeElement?.closest?.("#main tbody tr")?.querySelector("input[type=checkbox]")?.click();
}

export function showHelp(app) {
    const groups = [...app.keys.groups()].map(([group, bindings]) => [
        el("h3", null, group),
        el(
            "dl.keys",
            null,
            bindings.map((binding) =>
                el(
                    "div",
                    null,
                    el(
                        "dt",
                        null,
                        binding.keys.split(" ").map((key) => el("kbd", null, key)),
                    ),
                    el("dd", null, binding.words),
                ),
            ),
        ),
    ]);
    tell(
        "Keys",
        groups,
        el(
            "p.quiet",
            null,
            el("kbd", null, "Enter"),
            " opens the line or presses the button that has the focus; ",
            el("kbd", null, "Tab"),
            " goes on to the next; ",
            el("kbd", null, "Esc"),
            " closes a form.",
        ),
    );
}
