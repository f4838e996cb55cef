// The paper as it came: its text, or its pages as pictures on which a field's place can be shown.
import { el, fill } from "./elements.js";
import { faxPages, paint } from "./fax_picture.js";
import { addresses, documentOctets, documentPage, documentPages, documentText } from "./server.js";
import { turnedPlace, turnedShape } from "./turning.js";

const MOST_TEXT = 40000;
const FAX = "image/tiff";
const PDF = "application/pdf";
const PICTURES = ["image/png", "image/jpeg"];
const SVG = "http://www.w3.org/2000/svg";

export function paper() {
    const element = el("div");
    let shown = "";
    let hasPictures = false;
    let pages = new Map(); // number -> its frame
    let marked = null; // the place that is marked
    const turns = new Map(); // number -> quarters that it was turned by, by hand

    function show(deliveries) {
        const delivery = deliveries.find((one) => one.document);
        const digest = delivery?.document ?? "";
        if (digest === shown && element.childElementCount) return;
        shown = digest;
        pages = new Map();
        marked = null;
        turns.clear();
        hasPictures = delivery !== undefined && [FAX, PDF, ...PICTURES].includes(delivery.media_type);
        if (!delivery) fill(element, el("p.inside.quiet", null, "No document is on file."));
        else if (delivery.media_type.startsWith("text/")) showText(digest);
        else if (delivery.media_type === FAX) showFax(digest);
        else if (delivery.media_type === PDF) showDrawn(digest);
        else if (PICTURES.includes(delivery.media_type))
            showFrames(digest, [el("img", { src: addresses.document(digest), alt: "The document as it came" })]);
        else
            fill(
                element,
                el("p.inside.quiet", null, `A document of this kind (${delivery.media_type}) is looked at outside the board.`),
                download(digest),
            );
    }

    async function showText(digest) {
        fill(element, el("p.inside.quiet", null, "Fetching the text\u2026"));
        const found = await documentText(digest, MOST_TEXT).catch(() => null);
        if (digest !== shown) return;
        fill(
            element,
            found === null
                ? el("p.inside.problem", null, "The document cannot be shown now.")
                : el("pre.paper", { tabindex: 0, role: "region", "aria-label": "Text of the document" }, found),
            download(digest),
        );
    }

    async function showFax(digest) {
        fill(element, el("p.inside.quiet", null, "Fetching the fax\u2026"));
        const found = await documentOctets(digest)
            .then(faxPages)
            .catch(() => null);
        if (digest !== shown) return;
        if (!found?.length) return void fill(element, el("p.inside.problem", null, "The fax cannot be shown here."), download(digest));
        showFrames(
            digest,
            found.map((page, at) => canvasOf(page, `Page ${at + 1} of ${found.length} of the fax as it came`)),
            (number) => turn(found[number - 1], number),
        );
    }

    // A PDF, which the gateway has drawn: page by page, so that the first is there while the others are being drawn.
    async function showDrawn(digest) {
        fill(element, el("p.inside.quiet", null, "Asking for the pages\u2026"));
        const told = await documentPages(digest).catch((trouble) => ({ trouble }));
        if (digest !== shown) return;
        if (told.trouble) return void fill(element, el("p.inside.problem", null, `It cannot be shown here: ${told.trouble.message}`), download(digest));
        const numbers = Array.from({ length: told.shown }, (_, at) => at + 1);
        const drawn = [];
        showFrames(
            digest,
            numbers.map((number) => el("p.inside.quiet", null, `Page ${number} of ${told.pages} is being drawn\u2026`)),
            (number) => drawn[number] && turn(drawn[number], number),
        );
        if (told.pages > told.shown) element.append(el("p.inside", null, `The first ${told.shown} of ${told.pages} pages are shown; all of them are in the document.`));
        for (const number of numbers) {
            const picture = await documentPage(digest, number).catch((trouble) => ({ trouble }));
            if (digest !== shown) return;
            const waiting = pages.get(number).firstElementChild;
            if (picture.trouble) {
                waiting.replaceWith(el("p.inside.problem", null, `Page ${number} of ${told.pages} cannot be shown here: ${picture.trouble.message}`));
                pages.get(number).querySelector(".turn")?.remove();
                continue;
            }
            drawn[number] = { width: picture.width, height: picture.height, stretch: 1, picture };
            waiting.replaceWith(canvasOf(drawn[number], `Page ${number} of ${told.pages} of the document as it came`));
            if (marked?.page === number) point(marked);
        }
    }

    function canvasOf(page, words) {
        const canvas = el("canvas", { role: "img", "aria-label": words });
        paintTurned(page, canvas, 0);
        return canvas;
    }

    function paintTurned(page, canvas, quarters) {
        paint(page, canvas, quarters);
        canvas.style.aspectRatio = turnedShape(page, quarters).join(" / ");
    }

    function turn(page, number) {
        turns.set(number, ((turns.get(number) ?? 0) + 1) % 4);
        paintTurned(page, pages.get(number).querySelector("canvas"), turns.get(number));
        if (marked?.page === number) point(marked);
    }

    function showFrames(digest, pictures, turning) {
        const frames = pictures.map((picture, at) => {
            const frame = el("div.page", null, picture, turning ? turnButton(at + 1, pictures.length, turning) : null);
            pages.set(at + 1, frame);
            return frame;
        });
        fill(element, el("div.picture", { tabindex: 0, role: "region", "aria-label": "Pages of the document" }, frames), download(digest));
    }

    // Marks a place, in thousandths of its page, and brings it into view.
    function point(place) {
        const frame = pages.get(place.page);
        if (!frame) return;
        marked = place;
        const lies = turnedPlace(place, turns.get(place.page) ?? 0);
        for (const other of pages.values()) other.querySelector("svg")?.remove();
        const mark = document.createElementNS(SVG, "svg");
        mark.setAttribute("class", "mark");
        mark.setAttribute("viewBox", "0 0 1000 1000");
        mark.setAttribute("preserveAspectRatio", "none");
        mark.setAttribute("aria-hidden", "true");
        const box = document.createElementNS(SVG, "rect");
        for (const [name, value] of Object.entries({ x: lies.left - 5, y: lies.top - 5, width: lies.width + 10, height: lies.height + 10 }))
            box.setAttribute(name, value);
        mark.append(box);
        frame.append(mark);
        box.scrollIntoView({ block: "center" });
    }

    return { element, show, point, hasPictures: () => hasPictures };
}

// Pages come as they were put into the machine: on their head, or sideways.
function turnButton(number, of, turning) {
    const words = of === 1 ? "Turn the page" : `Turn page ${number}`;
    return el("button.turn", { type: "button", onclick: () => turning(number) }, words);
}

function download(digest) {
    return el(
        "p.inside",
        null,
        el("a", { href: addresses.document(digest), download: digest.slice(0, 12) }, "The document as it came"),
        el("span.exact.quiet", null, ` SHA-256 ${digest.slice(0, 16)}\u2026`),
    );
}
