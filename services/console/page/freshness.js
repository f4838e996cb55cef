// Whether what is shown may be believed. Pure: times are milliseconds of a clock that only goes forward (performance.now()).

// The gateway says how it stands at least once a second; this long without a word, and the board calls itself stale.
export const SILENCE_MS = 3000;

// {stale, why}: `heard` is when a head last came (null: never), `head` what it said, `started` since when there is somebody to hear,
// `broken` what the page failed at (empty: at nothing).
export function freshness({ now, started, heard, head, closed, broken = "" }) {
    if (broken) return { stale: true, why: `The page itself has failed: ${broken}. Load it again.` };
    if (heard === null) return now - started > SILENCE_MS ? { stale: true, why: "Nothing has come from the desk yet." } : { stale: false, why: "" };
    const silence = now - heard;
    if (closed || silence > SILENCE_MS)
        return { stale: true, why: `The desk has been silent for ${Math.floor(silence / 1000)} s. What you see is older than that.` };
    if (head.catching_up) return { stale: true, why: "The board is still reading the offering\u2019s log; the figures are not all there." };
    if (head.stale) return { stale: true, why: sentence(head) };
    return { stale: false, why: "" };
}

function sentence(head) {
    const why = head.why?.length ? head.why.join("; ") + "." : "The desk says that it is behind.";
    const behind = head.behind > 0 ? ` ${head.behind} records of its log are not in these figures.` : "";
    return why[0].toUpperCase() + why.slice(1) + behind;
}
