// The paper as it came: its text, or its pages as pictures on which a field's place can be shown.
import { el, fill } from "./elements.js";
import { faxPages, paint } from "./fax_picture.js";
import { addresses, documentOctets, documentText } from "./server.js";

const MOST_TEXT = 40000;
const PICTURES = ["image/png", "image/jpeg"];
const SVG = "http://www.w3.org/2000/svg";

export function paper() {
    const element = el("div");
    let shown = "";
    let hasPictures = false;
    let pages = new Map(); // number -> its frame

    function show(deliveries) {
        const delivery = deliveries.find((one) => one.document);
        const digest = delivery?.document ?? "";
        if (digest === shown && element.childElementCount) return;
        shown = digest;
        pages = new Map();
        hasPictures = delivery !== undefined && (delivery.media_type === "image/tiff" || PICTURES.includes(delivery.media_type));
        if (!delivery) fill(element, el("p.inside.quiet", null, "No document is on file."));
        else if (delivery.media_type.startsWith("text/")) showText(digest);
        else if (delivery.media_type === "image/tiff") showFax(digest);
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
        );
    }

    function canvasOf(page, words) {
        const canvas = el("canvas", { role: "img", "aria-label": words });
        paint(page, canvas);
        canvas.style.aspectRatio = `${page.width} / ${Math.round(page.height * page.stretch)}`;
        return canvas;
    }

    function showFrames(digest, pictures) {
        const frames = pictures.map((picture, at) => {
            const frame = el("div.page", null, picture);
            pages.set(at + 1, frame);
            return frame;
        });
        fill(element, el("div.picture", { tabindex: 0, role: "region", "aria-label": "Pages of the document" }, frames), download(digest));
    }

    // Marks a place, in thousandths of its page, and brings it into view.
    function point(place) {
        const frame = pages.get(place.page);
        if (!frame) return;
        for (const other of pages.values()) other.querySelector("svg")?.remove();
        const mark = document.createElementNS(SVG, "svg");
        mark.setAttribute("class", "mark");
        mark.setAttribute("viewBox", "0 0 1000 1000");
        mark.setAttribute("preserveAspectRatio", "none");
        mark.setAttribute("aria-hidden", "true");
        const box = document.createElementNS(SVG, "rect");
        for (const [name, value] of Object.entries({ x: place.left - 5, y: place.top - 5, width: place.width + 10, height: place.height + 10 }))
            box.setAttribute(name, value);
        mark.append(box);
        frame.append(mark);
        box.scrollIntoView({ block: "center" });
    }

    return { element, show, point, hasPictures: () => hasPictures };
}

function download(digest) {
    return el(
        "p.inside",
        null,
        el("a", { href: addresses.document(digest), download: digest.slice(0, 12) }, "The document as it came"),
        el("span.exact.quiet", null, ` SHA-256 ${digest.slice(0, 16)}\u2026`),
    );
}
