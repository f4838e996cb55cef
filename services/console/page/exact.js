// Exact numbers as text. Money comes as whole cents and shares as whole shares, in strings or integers; nothing here is ever a
// floating-point number, because a board that is a cent off is not believed about the rest.

// A whole number from a string or a safe integer; null where it is none.
export function whole(value) {
    if (typeof value === "bigint") return value;
    if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : null;
    return typeof value === "string" && /^-?\d{1,40}$/.test(value) ? BigInt(value) : null;
}

function separated(digits) {
    return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

// "52,615,467"; a dash where there is no number.
export function count(value) {
    const number = whole(value);
    if (number === null) return "\u2013";
    return number < 0n ? "\u2212" + separated((-number).toString()) : separated(number.toString());
}

// "$54,800,000.00" of cents.
export function dollars(cents) {
    const number = whole(cents);
    if (number === null) return "\u2013";
    const size = (number < 0n ? -number : number).toString().padStart(3, "0");
    return (number < 0n ? "\u2212$" : "$") + separated(size.slice(0, -2)) + "." + size.slice(-2);
}

// Short, for what is read from two metres: "$54.8 M". Cut, never rounded up: it must not promise more than there is.
export function shortDollars(cents) {
    const number = whole(cents);
    if (number === null) return "\u2013";
    return (number < 0n ? "\u2212$" : "$") + shortened((number < 0n ? -number : number) / 100n);
}

export function shortCount(value) {
    const number = whole(value);
    if (number === null) return "\u2013";
    return (number < 0n ? "\u2212" : "") + shortened(number < 0n ? -number : number);
}

function shortened(size) {
    for (const [unit, word] of [
        [1000000000n, "B"],
        [1000000n, "M"],
    ]) {
        if (size < unit) continue;
        const tenths = (size * 10n) / unit;
        const text = separated((tenths / 10n).toString());
        return (tenths < 1000n ? text + "." + (tenths % 10n) : text) + " " + word;
    }
    return separated(size.toString());
}

// Thousandths of `part` in `all`, cut: 0n to 1000n; null where there is nothing to share.
export function perMille(part, all) {
    const over = whole(part);
    const under = whole(all);
    if (over === null || under === null || under <= 0n || over < 0n) return null;
    const share = (over * 1000n) / under;
    return share > 1000n ? 1000n : share;
}

// "86.7 %". Never "100.0 %" of what is not whole, never "0.0 %" of what is there.
export function percent(part, all) {
    const share = perMille(part, all);
    if (share === null) return "\u2013";
    if (share === 0n && whole(part) > 0n) return "< 0.1 %";
    return `${share / 10n}.${share % 10n} %`;
}

// "15.298 %" of a proration, from its exact fraction, cut after three digits.
export function ratioPercent(numerator, denominator) {
    const over = whole(numerator);
    const under = whole(denominator);
    if (over === null || under === null || under <= 0n) return "\u2013";
    const share = (over * 100000n) / under;
    return `${share / 1000n}.${(share % 1000n).toString().padStart(3, "0")} %`;
}

// Whole cents as a string from what a person typed, "1,234.50" or "$1234.5"; null where it is no amount.
export function centsFrom(text) {
    const match = /^\s*\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,2}))?\s*$/.exec(text);
    if (!match) return null;
    return (BigInt(match[1].replaceAll(",", "")) * 100n + BigInt((match[2] ?? "").padEnd(2, "0"))).toString();
}

// A whole number as a string from what a person typed, with or without separators; null where it is none.
export function wholeFrom(text) {
    const match = /^\s*(\d{1,3}(?:,\d{3})+|\d{1,18})\s*$/.exec(text);
    return match ? BigInt(match[1].replaceAll(",", "")).toString() : null;
}
