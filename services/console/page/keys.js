// Keys. One table says what each does and in which words the help shows it; nothing happens while somebody types in a field, or
// with Ctrl, Alt or Meta held. A sequence ("g e") waits a second and a half for its second key.

const PATIENCE_MS = 1500;

export class Keys {
    constructor() {
        this.bindings = [];
        this.first = "";
        this.firstAt = 0;
    }

    // bind("g e", "Go to the exceptions", "Go to", action)
    bind(keys, words, group, action) {
        this.bindings.push({ keys, words, group, action });
    }

    listen(target) {
        target.addEventListener("keydown", (event) => this.pressed(event));
    }

    pressed(event) {
        if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
        const field = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
        if (field) {
            if (event.key === "Escape" && !field.closest("dialog")) field.blur();
            return;
        }
        if (document.querySelector("dialog[open]")) return;
        const sequence = this.first && event.timeStamp - this.firstAt < PATIENCE_MS ? `${this.first} ${event.key}` : event.key;
        const found = this.bindings.find((binding) => binding.keys === sequence);
        this.first = "";
        if (found) {
            event.preventDefault();
            found.action();
        } else if (this.bindings.some((binding) => binding.keys.startsWith(event.key + " "))) {
            this.first = event.key;
            this.firstAt = event.timeStamp;
        }
    }

    // Groups of {keys, words}, in the order in which they were bound.
    groups() {
        const groups = new Map();
        for (const binding of this.bindings) {
            if (!groups.has(binding.group)) groups.set(binding.group, []);
            groups.get(binding.group).push(binding);
        }
        return groups;
    }
}

// Focus moves along the rows of the list that has it, or into the first list of the page: `by` is 1 or -1.
export function moveAlongRows(main, by) {
    const rows = [...main.querySelectorAll("tbody tr:not(.empty)")].filter((row) => row.querySelector("a, button") && row.offsetParent);
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + by, 0), rows.length - 1);
    const target = rows[next].querySelector("a, button");
    target.focus();
    target.scrollIntoView({ block: "nearest" });
}
