// Building the page. Text is only ever set as text: nothing that came from a fax, a bank or a person is read as markup.
import { moment } from "./newyork.js";

const SVG = "http://www.w3.org/2000/svg";

// el("td.number", {title: "..."}, "text", child, ...): a tag with classes, attributes, listeners ("onclick") and children. A
// null, undefined or false child is left out; an attribute that is false, null or undefined is not set.
export function el(name, attributes, ...children) {
    return filled(document.createElement(name.split(".")[0]), name, attributes, children);
}

export function svg(name, attributes, ...children) {
    return filled(document.createElementNS(SVG, name.split(".")[0]), name, attributes, children);
}

function filled(element, name, attributes, children) {
    const classes = name.split(".").slice(1);
    if (classes.length) element.setAttribute("class", classes.join(" "));
    for (const [key, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) continue;
        if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
        else if (key === "value") element.value = value;
        else element.setAttribute(key, value === true ? "" : value);
    }
    add(element, children);
    return element;
}

function add(element, children) {
    for (const child of children.flat(Infinity)) {
        if (child === null || child === undefined || child === false || child === "") continue;
        element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
}

// In place of what was there. What had the focus has it again, where the new content has something of the same "data-focus".
export function fill(element, ...children) {
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
    element.replaceChildren();
    add(element, children);
    if (focused) element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
    return element;
}

// Sets text only where it differs, so that a screen reader is not told twice and the browser lays nothing out anew.
export function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

// A table with a caption and column heads: columns are {head, cell(row), number, narrow}.
export function table(caption, columns, { hiddenCaption = true } = {}) {
    const heads = columns.map((column) => el("th" + classesOf(column), { scope: "col" }, column.head));
    const body = el("tbody");
    const element = el(
        "table",
        null,
        el("caption" + (hiddenCaption ? ".hidden-text" : ""), null, caption),
        el("thead", null, el("tr", null, heads)),
        body,
    );
    return { element, body, columns };
}

function classesOf(column) {
    return (column.number ? ".number" : "") + (column.minor ? ".minor" : "") + (column.wide ? ".wide" : "");
}

// Brings the rows of a table to `items`, keeping what has not changed: a row is known by key(item), and built anew only when what
// it shows differs, so that focus and selection stay where they are. Never more than `kMostRows`.
export const MOST_ROWS = 200;

export function showRows(shown, items, key, empty) {
    const { body, columns } = shown;
    const known = new Map();
    for (const row of body.children) known.set(row.dataset.key, row);
    const wanted = [];
    for (const item of items.slice(0, MOST_ROWS)) {
        const id = String(key(item));
        let row = known.get(id);
        const picture = JSON.stringify(item);
        if (!row) row = el("tr", { "data-key": id });
        if (row.picture !== picture) refill(row, columns, item, picture);
        wanted.push(row);
    }
    if (!wanted.length) wanted.push(el("tr.empty", { "data-key": "" }, el("td", { colspan: columns.length }, empty)));
    place(body, wanted);
}

function refill(row, columns, item, picture) {
    const focused = row.contains(document.activeElement) ? (document.activeElement.dataset.focus ?? "") : null;
    fill(
        row,
        columns.map((column) =>
            el(
                (column.rowHead ? "th" : "td") + classesOf(column),
                { scope: column.rowHead ? "row" : null, "data-head": typeof column.head === "string" ? column.head : null },
                column.cell(item),
            ),
        ),
    );
    row.className = "";
    row.dataset.urgency = "none"; // until the next tick of the countdowns
    row.picture = picture;
    if (focused !== null) (focused ? row.querySelector(`[data-focus="${CSS.escape(focused)}"]`) : row.querySelector("a, button"))?.focus();
}

function place(body, wanted) {
    const keep = new Set(wanted);
    for (const row of [...body.children]) if (!keep.has(row)) row.remove();
    wanted.forEach((row, at) => {
        if (body.children[at] !== row) body.insertBefore(row, body.children[at] ?? null);
    });
}

// A line of a list of facts.
export function fact(name, ...value) {
    return [el("dt", null, name), el("dd", null, value)];
}

// A word of the desk's lists for a person: "guarantor_unknown" -> "guarantor unknown".
export function words(name) {
    return typeof name === "string" ? name.replaceAll("_", " ") : "";
}

// A sentence of the desk as people write: "2002-06-28 18:00:00" of a civil time, New York's time of an instant,
// "amount differs" of a word of its lists.
export function sentence(text) {
    return String(text ?? "")
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, moment)
        .replace(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/g, "$1 $2")
        .replaceAll("America/New_York", "New York")
        .replace(/\b[a-z]+(?:_[a-z]+)+\b/g, words);
}

// What to do next, without the commands that somebody at a terminal would type: here there are buttons. `otherwise` where nothing is left.
export function nextWords(text, otherwise = "see it, and decide") {
    const steps = sentence(text)
        .split(/[;,] /)
        .map((step) => step.replace(/:? *(?:then )?(?:by )?rightsdesk .*$/, "").trim())
        .filter((step) => step && !/^(?:or (?:notice|payment|certificates|desk|offering|allocation) |with --)/.test(step));
    return steps.join("; ") || otherwise;
}
