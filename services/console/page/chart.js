// The projected proration as it moves: two lines by hand. Where the points lie is exact to a thousandth of the picture; what they
// mean stands beside it as text and as a table, so that nobody needs the picture.
import { svg } from "./elements.js";
import { ratioPercent, whole } from "./exact.js";
import { briefMoment, millis } from "./newyork.js";

const WIDTH = 640;
const HEIGHT = 230;
const LEFT = 56;
const RIGHT = 84;
const TOP = 14;
const BOTTOM = 28;

// Hundred thousandths of the claimed over-subscription that would be allotted, cut; null where nothing is claimed.
export function hundredThousandths(side) {
    const over = whole(side?.over_allotted);
    const under = whole(side?.over_claimed);
    return over === null || under === null || under <= 0n ? null : Number((over * 100000n) / under);
}

// The highest line of the grid for values up to `top` hundred thousandths: 1, 2 or 5 times a power of ten.
export function gridTop(top) {
    for (let power = 10; ; power *= 10) {
        for (const step of [1, 2, 5]) if (step * power >= top) return step * power;
        if (power > 1e9) return top;
    }
}

// Steps, because a proration holds until something changes it: "M.. H.. V.." through [{x, y}].
export function stepPath(points) {
    return points.map((point, at) => (at === 0 ? `M${point.x} ${point.y}` : `H${point.x}V${point.y}`)).join("");
}

function placed(history, member, from, until, top) {
    const span = Math.max(until - from, 1);
    const points = [];
    for (const point of history) {
        const value = hundredThousandths(point[member]);
        if (value === null) continue;
        points.push({
            x: Math.round(LEFT + ((WIDTH - LEFT - RIGHT) * (millis(point.at) - from)) / span),
            y: Math.round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)),
            side: point[member],
        });
    }
    return points;
}

// `history`: [{at, sure: {over_allotted, over_claimed}, all: {...}}], oldest first. Null where there is nothing to draw.
export function prorationChart(history, description) {
    const times = history.map((point) => millis(point.at)).filter((at) => at !== null);
    if (!times.length) return null;
    const values = history.flatMap((point) => [hundredThousandths(point.sure), hundredThousandths(point.all)]).filter((value) => value !== null);
    if (!values.length) return null;
    const top = gridTop(Math.max(...values, 1));
    const from = times[0];
    const until = times[times.length - 1];
    const lines = ["all", "sure"].map((member) => placed(history, member, from, until, top));
    return svg(
        "svg",
        { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": description },
        grid(top),
        lines.map((points, at) => line(points, at === 0 ? "all" : "sure")),
        labels(lines),
        svg("text", { x: LEFT, y: HEIGHT - 8 }, briefMoment(history[0].at)),
        svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 8, "text-anchor": "end" }, briefMoment(history[history.length - 1].at)),
    );
}

function grid(top) {
    return [0, 0.5, 1].map((part) => {
        const y = Math.round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - part));
        const value = ratioPercent(String(Math.round(top * part)), "100000").replace(/\.?0+ %$/, " %");
        return [
            svg("line" + (part === 0 ? ".axis" : ".grid"), { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y }),
            svg("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, value),
        ];
    });
}

function line(points, name) {
    return points.length ? svg("path." + name, { d: stepPath(points) + `H${WIDTH - RIGHT}` }) : null;
}

// What each line has come to, beside its end; moved apart where they would lie over each other.
function labels(lines) {
    const ends = lines.filter((points) => points.length).map((points) => points[points.length - 1]);
    const ys = ends.map((end) => end.y + 4);
    if (ys.length === 2 && Math.abs(ys[0] - ys[1]) < 16) {
        const upper = ys[0] <= ys[1] ? 0 : 1;
        ys[1 - upper] = ys[upper] + 16;
    }
    return ends.map((end, at) => svg("text.end", { x: WIDTH - RIGHT + 6, y: ys[at] }, ratioPercent(end.side.over_allotted, end.side.over_claimed)));
}
