// Lists that come as CSV, as the command line takes them: the owners that a nominee certifies, and what one payment is for. Pure.
import { centsFrom } from "./exact.js";

const MOST_OWNERS = 1000;
const MOST_PARTS = 10000;

// Lines of fields; quotes as in RFC 4180 within a line. The number of the line is kept.
function linesOf(text) {
    return text
        .split(/\r?\n/)
        .map((line, at) => ({ number: at + 1, fields: fieldsOf(line) }))
        .filter(({ fields }) => fields.length > 1 || fields[0] !== "");
}

function fieldsOf(line) {
    const fields = [""];
    let quoted = false;
    for (let at = 0; at < line.length; ++at) {
        const letter = line[at];
        if (letter === '"' && quoted && line[at + 1] === '"') fields[fields.length - 1] += line[++at];
        else if (letter === '"') quoted = !quoted;
        else if (letter === "," && !quoted) fields.push("");
        else fields[fields.length - 1] += letter;
    }
    return fields.map((field) => field.trim());
}

const wholeOf = (least) => (text) => (/^\d{1,13}$/.test(text) && Number(text) >= least && Number(text) <= 1e12 ? Number(text) : null);

function listFrom(text, columns, most) {
    const [head, ...lines] = linesOf(text);
    const names = Object.keys(columns);
    const wanted = `line ${head?.number ?? 1}: must have the header ${names.join(",")}`;
    if (!head || head.fields.length !== names.length || names.some((name) => !head.fields.includes(name))) return { wrong: wanted };
    if (!lines.length) return { wrong: "there is nothing below the header" };
    if (lines.length > most) return { wrong: `${lines.length} lines; at most ${most}` };
    const first = new Map();
    const rows = [];
    for (const { number, fields } of lines) {
        if (fields.length !== names.length) return { wrong: `line ${number}: ${fields.length} fields; must be ${names.length}` };
        const row = {};
        for (const name of names) {
            const text_ = fields[head.fields.indexOf(name)];
            const [member, read, must] = columns[name];
            row[member] = read(text_);
            if (row[member] === null) return { wrong: `line ${number}: ${name}: was "${text_}"; ${must}` };
        }
        const key = row[columns[names[0]][0]];
        if (first.has(key)) return { wrong: `line ${number}: ${names[0]}: "${key}" stands on line ${first.get(key)} too` };
        first.set(key, number);
        rows.push(row);
    }
    return { rows };
}

const named = (text) => text || null;
const amountOf = (text) => {
    const cents = centsFrom(text);
    return cents === null || Number(cents) <= 0 ? null : Number(cents);
};

// {rows: [{reference, rights, basic, over}]}, or {wrong: the first line that cannot be used, and why}.
export const ownersFrom = (text) =>
    listFrom(
        text,
        {
            owner: ["reference", named, "must be the nominee\u2019s reference for the owner"],
            rights: ["rights", wholeOf(1), "must be a whole number above 0"],
            basic: ["basic", wholeOf(0), "must be a whole number"],
            over: ["over", wholeOf(0), "must be a whole number"],
        },
        MOST_OWNERS,
    );

// {rows: [{notice, amount_cents}]}, or {wrong}.
export const scheduleFrom = (text) =>
    listFrom(
        text,
        {
            notice: ["notice", named, "must be a notice\u2019s id"],
            amount: ["amount_cents", amountOf, "must be dollars and cents above 0"],
        },
        MOST_PARTS,
    );

// A form's field for such a list, by what reads it.
export const csvField = (name, label, hint, read) => ({
    name,
    label,
    kind: "csv",
    required: true,
    hint,
    parse: (text) => read(text).rows ?? null,
    wrong: (text) => read(text).wrong,
});
