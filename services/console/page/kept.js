// The receipts of this browser's tab, kept over a reload. What was on its way then has no known end: it can be sent again, by its
// own id, and gets the receipt that it got or would have got.
import { KEPT } from "./commanding.js";

const NAME = "receipts";

export function keptReceipts() {
    try {
        const list = JSON.parse(sessionStorage.getItem(NAME) ?? "[]");
        return list
            .slice(0, KEPT)
            .map((command) =>
                command.outcome === "sending"
                    ? { ...command, outcome: "retry_later", explanation: "the page was left before an answer came" }
                    : command,
            );
    } catch {
        return [];
    }
}

export function keepReceipts(list) {
    try {
        sessionStorage.setItem(NAME, JSON.stringify(list.slice(0, KEPT)));
    } catch {
        // a browser that keeps nothing: the list holds until the page is left
    }
}
