// Lines that a person has selected, to do one thing to all of them. Kept by their keys while the list changes under them.
import { el, fill } from "./elements.js";
import { count } from "./exact.js";

export class Selection {
    // `acts(rows)` answers the buttons for what is selected, drawn into `bar`.
    constructor(key, name, acts) {
        Object.assign(this, { key, name, acts });
        this.rows = new Map();
        this.bar = el("div.inside.acts.list.selection", { hidden: true, role: "group", "aria-label": "What is selected" });
    }

    // The column with the boxes; `may(row)` says which lines have one.
    column(may = () => true) {
        return {
            head: el("input", { type: "checkbox", "aria-label": "Select all that are shown", onchange: (event) => this.all(event.target) }),
            cell: (row) =>
                may(row)
                    ? el("input", {
                          type: "checkbox",
                          "aria-label": `Select ${this.name(row)}`,
                          "data-focus": "select",
                          checked: this.rows.has(this.key(row)),
                          onchange: (event) => this.set(row, event.target.checked),
                      })
                    : null,
        };
    }

    set(row, chosen) {
        if (chosen) this.rows.set(this.key(row), row);
        else this.rows.delete(this.key(row));
        this.draw();
    }

    all(box) {
        for (const other of box.closest("table").querySelectorAll("tbody input[type=checkbox]")) if (other.checked !== box.checked) other.click();
    }

    // Of the list as it is now: what is gone from it is selected no more.
    keep(rows) {
        const there = new Map(rows.map((row) => [this.key(row), row]));
        for (const key of [...this.rows.keys()]) {
            if (there.has(key)) this.rows.set(key, there.get(key));
            else this.rows.delete(key);
        }
        this.draw();
    }

    clear() {
        for (const box of this.bar.parentElement?.querySelectorAll("tbody input[type=checkbox]:checked") ?? []) box.checked = false;
        this.rows.clear();
        this.draw();
    }

    draw() {
        const picture = JSON.stringify([...this.rows.values()]);
        if (this.picture === picture) return;
        this.picture = picture;
        this.bar.hidden = !this.rows.size;
        fill(
            this.bar,
            this.rows.size ? [el("b", null, `${count(this.rows.size)} selected`), this.acts([...this.rows.values()])] : null,
            this.rows.size ? el("button.small", { type: "button", "data-focus": "clear", onclick: () => this.clear() }, "None") : null,
        );
    }
}
