// Lines of a fax, coded by T.4 (Group 3, one or two dimensions) or T.6 (Group 4), as the places where white and black change. Pure;
// every loop is bounded by the octets given and the size asked for, whatever they hold.
import { BLACK, HORIZONTAL, LONGEST, MODES, PASS, WHITE } from "./fax_codes.js";

class Bits {
    constructor(octets, lowFirst) {
        Object.assign(this, { octets, lowFirst, at: 0, all: octets.length * 8 });
    }

    // 0 or 1; beyond the end 0.
    next() {
        if (this.at >= this.all) return ((this.at += 1), 0);
        const octet = this.octets[this.at >> 3];
        const shift = this.lowFirst ? this.at & 7 : 7 - (this.at & 7);
        this.at += 1;
        return (octet >> shift) & 1;
    }

    over() {
        return this.at > this.all + LONGEST;
    }

    // What the next code of the table stands for; null where none is there, and nothing is taken.
    take(table) {
        const from = this.at;
        let code = 1;
        for (let length = 1; length <= LONGEST; ++length) {
            code = code * 2 + this.next();
            const value = table.get(code);
            if (value !== undefined) return value;
        }
        this.at = from;
        return null;
    }

    // One run of white or black, with all its parts; null at what is none.
    run(isBlack) {
        let sum = 0;
        for (;;) {
            const part = this.take(isBlack ? BLACK : WHITE);
            if (part === null) return null;
            sum += part;
            if (part < 64 || sum > 1e6) return sum;
        }
    }

    // Past an end of line, eleven zeroes and a one with any fill before; false, and nothing taken, where none is.
    endOfLine() {
        const from = this.at;
        let zeroes = 0;
        while (this.at < this.all) {
            if (this.next() === 0) zeroes += 1;
            else if (zeroes >= 11) return true;
            else break;
        }
        this.at = from;
        return false;
    }
}

// A line of runs; null where the code is broken.
function oneDimension(bits, width) {
    const changes = [];
    let place = 0;
    for (let isBlack = false; place < width; isBlack = !isBlack) {
        const run = bits.run(isBlack);
        if (run === null) return null;
        place += run;
        changes.push(Math.min(place, width));
    }
    return changes;
}

// b1: the first change above, right of a0 and to the other colour; its index.
function changeAbove(above, a0, isBlack, from) {
    let at = Math.max(from - 2, 0);
    while (at < above.length && (above[at] <= a0 || (at & 1) !== (isBlack ? 1 : 0))) at += 1;
    return at;
}

// A line against the one above; null where the code is broken.
function twoDimensions(bits, width, above) {
    const changes = [];
    let [a0, isBlack, near] = [-1, false, 0];
    while (a0 < width) {
        near = changeAbove(above, a0, isBlack, near);
        const b1 = above[near] ?? width;
        const mode = bits.take(MODES);
        if (mode === null || bits.over()) return null;
        if (mode === PASS) {
            a0 = above[near + 1] ?? width;
        } else if (mode === HORIZONTAL) {
            const first = bits.run(isBlack);
            const second = first === null ? null : bits.run(!isBlack);
            if (second === null) return null;
            const start = Math.max(a0, 0);
            changes.push(Math.min(start + first, width), Math.min(start + first + second, width));
            a0 = start + first + second;
        } else {
            a0 = b1 + mode;
            if (a0 < 0) return null;
            changes.push(Math.min(a0, width));
            isBlack = !isBlack;
        }
    }
    return changes;
}

// At most `height` lines, each a list of changes, the first from white to black. `how`: {group4, twoDimensions, lowFirst}. What
// comes after a broken code of Group 4 is left out; Group 3 goes on at the next end of line with the line above.
export function faxLines(octets, width, height, how) {
    const bits = new Bits(octets, how.lowFirst);
    const lines = [];
    let above = [];
    while (lines.length < height && bits.at < bits.all) {
        if (!how.group4) while (bits.at < bits.all && bits.endOfLine() && !how.twoDimensions);
        const flat = !how.group4 && (!how.twoDimensions || bits.next() === 1);
        const line = flat ? oneDimension(bits, width) : twoDimensions(bits, width, above);
        if (line === null) {
            if (how.group4) break;
            while (bits.at < bits.all && !bits.endOfLine()) bits.at += 1;
            bits.at -= 12;
            if (bits.at + 12 >= bits.all) break;
        }
        above = line ?? above;
        lines.push(above);
    }
    return lines;
}
