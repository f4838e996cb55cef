// A fax as fax servers keep it, TIFF (class F), to pages of lines. It is read here, in the browser's sandbox, so that no program of the
// desk takes pictures apart that anybody could have sent. Pure; bounded.
import { faxLines } from "./fax_lines.js";

export const MOST_PAGES = 12;
const MOST_WIDTH = 5000;
const MOST_HEIGHT = 9000;
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 };

class Tiff {
    constructor(buffer) {
        this.view = new DataView(buffer);
        this.little = this.view.getUint16(0) === 0x4949;
        if (this.short(2) !== 42) throw new Error("no TIFF");
    }
    short(at) {
        return this.view.getUint16(at, this.little);
    }
    long(at) {
        return this.view.getUint32(at, this.little);
    }

    // The values of an entry of a directory, numbers; of fractions the quotient.
    values(entry) {
        const type = this.short(entry + 2);
        const count = Math.min(this.long(entry + 4), MOST_HEIGHT);
        const size = SIZES[type] ?? 1;
        const at = count * size <= 4 ? entry + 8 : this.long(entry + 8);
        return Array.from({ length: count }, (_, index) => this.value(type, at + index * size));
    }
    value(type, at) {
        if (type === 3) return this.short(at);
        if (type === 4) return this.long(at);
        return type === 5 ? this.long(at) / this.long(at + 4) : this.view.getUint8(at);
    }

    // [tags of a page, ...]
    directories() {
        const all = [];
        for (let at = this.long(4); at !== 0 && all.length < MOST_PAGES;) {
            const number = this.short(at);
            const tags = new Map();
            for (let entry = at + 2; entry < at + 2 + number * 12; entry += 12) tags.set(this.short(entry), this.values(entry));
            all.push(tags);
            at = this.long(at + 2 + number * 12);
        }
        return all;
    }
}

function linesOf(tiff, tags) {
    const one = (tag, otherwise) => tags.get(tag)?.[0] ?? otherwise;
    const [width, height, compression] = [one(256, 0), one(257, 0), one(259, 1)];
    if (!width || !height || width > MOST_WIDTH || height > MOST_HEIGHT) throw new Error("a page of no usable size");
    if (compression !== 3 && compression !== 4) throw new Error("no coding of faxes");
    const how = { group4: compression === 4, twoDimensions: (one(292, 0) & 1) === 1, lowFirst: one(266, 1) === 2 };
    const perStrip = one(278, height);
    const lines = [];
    (tags.get(273) ?? []).forEach((offset, at) => {
        const octets = new Uint8Array(tiff.view.buffer, offset, tags.get(279)[at]);
        lines.push(...faxLines(octets, width, Math.min(perStrip, height - lines.length), how));
    });
    // Dots of a fax are often higher than wide.
    const stretch = one(283, 0) > 0 && one(282, 0) > 0 ? one(282, 0) / one(283, 0) : 1;
    return { width, height, stretch: Math.min(Math.max(stretch, 0.25), 4), whiteIsZero: one(262, 0) === 0, lines };
}

// [{width, height, stretch, whiteIsZero, lines}, ...]; throws where it is no fax.
export function faxPages(buffer) {
    const tiff = new Tiff(buffer);
    return tiff.directories().map((tags) => linesOf(tiff, tags));
}

// Paints a page onto a canvas, turned clockwise by so many quarters: black on white, or the picture that it has already.
export function paint(page, canvas, quarters = 0) {
    const lies = quarters % 2 === 1;
    canvas.width = lies ? page.height : page.width;
    canvas.height = lies ? page.width : page.height;
    const context = canvas.getContext("2d");
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((quarters * Math.PI) / 2);
    context.translate(-page.width / 2, -page.height / 2);
    if (page.picture) return void context.drawImage(page.picture, 0, 0);
    context.fillStyle = page.whiteIsZero ? "#ffffff" : "#000000";
    context.fillRect(0, 0, page.width, page.height);
    context.fillStyle = page.whiteIsZero ? "#000000" : "#ffffff";
    page.lines.forEach((changes, y) => {
        for (let at = 0; at < changes.length; at += 2) context.fillRect(changes[at], y, (changes[at + 1] ?? page.width) - changes[at], 1);
    });
}
