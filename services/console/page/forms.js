// A command's form: what it is, what it needs, what the desk said. It stays open until the desk has answered, so that nobody
// leaves in the belief that something was done.
import { el, fill, words } from "./elements.js";
import { COMMANDS } from "./access.js";

// The desk has it on record: a keyed notice may be found defective, and is keyed all the same.
const RECORDED = ["accepted", "duplicate", "defective"];

// ask(app, {command, title, intro: [nodes], fields: [{name, label, kind, value, required, hint, options, parse}], body(values), words, beside})
// `beside`: it leaves the page in view and in use, for what is typed from a picture. A field's kind is text, lines, date, civil (date and time in New York) or choice; `parse(text)` answers null for what cannot be used.
export function ask(app, form) {
    const opener = document.activeElement;
    const controls = form.fields.map(control);
    const problem = el("p.problem", { role: "alert" });
    const give = el("button.main", { type: "submit" }, form.give ?? COMMANDS[form.command]);
    const heading = el("h2", { id: "form-title" }, form.title);
    const dialog = el(
        "dialog" + (form.beside ? ".beside" : ""),
        { "aria-labelledby": "form-title" },
        heading,
        el(
            "form",
            { method: "dialog", novalidate: true, onsubmit: (event) => submitted(event) },
            form.intro,
            controls.map((c) => c.element),
            problem,
            el(
                "div.end",
                null,
                el("span.quiet", null, `as ${app.session.operator}`),
                el("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
                give,
            ),
        ),
    );
    const done = new Promise((resolve) => {
        dialog.addEventListener("close", () => {
            dialog.remove();
            (opener?.isConnected ? opener : document.getElementById("main")).focus();
            resolve(form.answer ?? null);
        });
    });

    async function submitted(event) {
        event.preventDefault();
        if (give.disabled) return;
        const values = collected(controls);
        if (!values) return;
        give.disabled = true;
        fill(problem, "Sent; waiting for the desk\u2026");
        const receipt = await app.give(form.command, form.body(values), form.words ?? form.title);
        give.disabled = false;
        if (RECORDED.includes(receipt.outcome)) {
            form.answer = receipt;
            dialog.close();
        } else {
            fill(problem, `${words(receipt.outcome)}: ${receipt.explanation || receipt.reasons.map(words).join(", ")}`);
        }
    }

    document.body.append(dialog);
    if (form.beside) {
        dialog.addEventListener("keydown", (event) => event.key === "Escape" && dialog.close());
        dialog.show();
    } else {
        dialog.showModal();
    }
    (controls.find((c) => !c.input.value)?.input ?? controls[0]?.input ?? give).focus();
    return done;
}

function control(field) {
    const id = `field-${field.name}`;
    const hint = field.hint ? el("span.hint", { id: id + "-hint" }, field.hint) : null;
    const error = el("span.error", { id: id + "-error" });
    const common = {
        id,
        name: field.name,
        required: field.required,
        "aria-describedby": `${id}-error${hint ? ` ${id}-hint` : ""}`,
        autocomplete: "off",
    };
    const input =
        field.kind === "choice"
            ? el(
                  "select",
                  common,
                  field.options.map(([value, label]) => el("option", { value, selected: value === field.value }, label)),
              )
            : field.kind === "lines"
              ? el("textarea", common)
              : el("input", {
                    ...common,
                    type: { date: "date", civil: "datetime-local" }[field.kind] ?? "text",
                    step: field.kind === "civil" ? 1 : null,
                });
    if (field.kind !== "choice") input.value = field.value ?? "";
    return { field, input, error, element: el("div.field", null, el("label", { for: id }, field.label), input, hint, error) };
}

// {name: value} of all fields, or null with the first that cannot be used named and focused.
function collected(controls) {
    const values = {};
    let first = null;
    for (const { field, input, error } of controls) {
        const text = input.value.trim();
        const parsed = text && field.parse ? field.parse(text) : text;
        const wrong = !text && field.required ? "This is needed." : parsed === null ? (field.wrong ?? "This cannot be used.") : "";
        fill(error, wrong);
        input.setAttribute("aria-invalid", wrong ? "true" : "false");
        if (wrong && !first) first = input;
        values[field.name] = parsed;
    }
    first?.focus();
    return first ? null : values;
}

// A dialog that only says something.
export function tell(title, ...inside) {
    const opener = document.activeElement;
    const close = el("button.main", { type: "button", onclick: () => dialog.close() }, "Close");
    const dialog = el(
        "dialog",
        { "aria-labelledby": "tell-title" },
        el("h2", { id: "tell-title" }, title),
        el("div.inside", null, inside, el("div.end", null, close)),
    );
    dialog.addEventListener("close", () => {
        dialog.remove();
        (opener?.isConnected ? opener : document.getElementById("main")).focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
}
