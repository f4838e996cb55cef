// A command's form: what it is, what it needs, what the desk said. It stays open until the desk has answered, so that nobody
// leaves in the belief that something was done.
import { el, fill, words } from "./elements.js";
import { COMMANDS } from "./access.js";
import { isRecorded } from "./commanding.js";
import { count } from "./exact.js";

const SAID_OF_MANY = 5; // refusals that are said one by one

// ask(app, {command, title, intro: [nodes], fields: [{name, label, kind, value, required, hint, options, parse}], body(values), words, beside})
// `beside`: it leaves the page in view and in use, for what is typed from a picture. A field's kind is text, lines, csv (lines that may come from a file),
// date, civil (date and time in New York) or choice; `parse(text)` answers null for what cannot be used, and `wrong`, a text or a function of the text, says why.
// Instead of `body` a form may have `many(values)`: [{body, words}], a command each; those that the desk has recorded are not sent again.
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
        const refused = form.many ? await giveMany(form.many(values)) : await giveOne(values);
        give.disabled = false;
        if (refused.length) fill(problem, refused.slice(0, SAID_OF_MANY).map(said), moreOf(refused.length - SAID_OF_MANY));
        else dialog.close();
    }

    // What the desk did not record.
    async function giveOne(values) {
        const receipt = await app.give(form.command, form.body(values), form.words ?? form.title);
        form.answer = receipt;
        return isRecorded(receipt.outcome) ? [] : [receipt];
    }

    const recorded = new Set();
    async function giveMany(all) {
        const left = all.filter((one) => !recorded.has(one.words));
        const receipts = await app.giveAll(form.command, left, form.words ?? form.title, (done) =>
            fill(problem, `${count(done)} of ${count(left.length)} answered\u2026`),
        );
        receipts.forEach((receipt) => isRecorded(receipt.outcome) && recorded.add(receipt.words));
        return receipts.filter((receipt) => !isRecorded(receipt.outcome)).map((receipt) => ({ ...receipt, of: receipt.words }));
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

const said = (receipt) =>
    el(
        "span.line",
        null,
        `${receipt.of ? `${receipt.of}: ` : ""}${words(receipt.outcome)}: ${receipt.explanation || receipt.reasons.map(words).join(", ")}`,
    );
const moreOf = (left) => (left > 0 ? el("span.line", null, `and ${count(left)} more`) : null);

// A file's text into the field, where it is seen before it is sent.
function fileInto(input, label) {
    const choose = el("input", { type: "file", accept: ".csv,text/csv,text/plain", "aria-label": `${label}: from a file` });
    choose.addEventListener("change", async () => {
        const file = choose.files[0];
        if (file) input.value = await file.text();
        input.focus();
    });
    return choose;
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
            : field.kind === "lines" || field.kind === "csv"
              ? el("textarea", common)
              : el("input", {
                    ...common,
                    type: { date: "date", civil: "datetime-local" }[field.kind] ?? "text",
                    step: field.kind === "civil" ? 1 : null,
                });
    if (field.kind !== "choice") input.value = field.value ?? "";
    const file = field.kind === "csv" ? fileInto(input, field.label) : null;
    return { field, input, error, element: el("div.field", null, el("label", { for: id }, field.label), file, input, hint, error) };
}

const wrongOf = (field, text) => (typeof field.wrong === "function" ? field.wrong(text) : (field.wrong ?? "This cannot be used."));

// {name: value} of all fields, or null with the first that cannot be used named and focused.
function collected(controls) {
    const values = {};
    let first = null;
    for (const { field, input, error } of controls) {
        const text = input.value.trim();
        const parsed = text && field.parse ? field.parse(text) : text;
        const wrong = !text && field.required ? "This is needed." : parsed === null ? wrongOf(field, text) : "";
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
