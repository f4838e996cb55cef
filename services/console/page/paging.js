// A list that is asked for page by page. What is asked stands in the address, so that it can be sent to a colleague, and "back" goes back.
import { el } from "./elements.js";
import { address } from "./parts.js";

// `asked`: {name: value} of the address, with `cursor` among them. Answers what a screen is built of.
export function paging(app, place, asked, cursor = "after") {
    let following = "";
    const go = (changes) => {
        const all = { ...asked, [cursor]: "", ...changes };
        app.go(address(app.offering, place, null, Object.fromEntries(Object.entries(all).filter(([, value]) => value))));
    };
    const next = el("button", { type: "button", hidden: true, onclick: () => following && go({ [cursor]: following }) }, "Next page");
    const first = el("button", { type: "button", hidden: !asked[cursor], onclick: () => go({}) }, "First page");
    const back = el("button", { type: "button", hidden: !asked[cursor], onclick: () => history.back() }, "Previous page");
    return {
        go,
        buttons: el("div.inside.acts.list", null, first, back, next),
        // One of `options`, [value, text].
        choice: (name, label, options) =>
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
            ),
        // What is looked for, and its button; `id` where the key "/" finds it.
        search: (placeholder, label, id) => {
            const field = el("input", { type: "search", id, value: asked.search, placeholder, "aria-label": label });
            const searched = (event) => {
                event.preventDefault();
                go({ search: field.value.trim() });
            };
            return (...choices) => el("form.acts.list", { role: "search", onsubmit: searched }, field, el("button", { type: "submit" }, "Search"), choices);
        },
        // The next page's cursor, or null.
        follows: (found) => {
            following = found === null || found === undefined ? "" : String(found);
            next.hidden = !following;
        },
    };
}

// What the address asks for of `names`; "" where it does not.
export const askedFor = (parameters, ...names) => Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ""]));
