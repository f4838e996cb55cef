// How the page looks to this person, in this browser: light or dark as the system has it unless chosen, usual or large.

const root = document.documentElement;
const system = window.matchMedia("(prefers-color-scheme: dark)");

function kept(name) {
    try {
        return localStorage.getItem(name);
    } catch {
        return null; // a browser that keeps nothing: the choice holds until the page is left
    }
}

function keep(name, value) {
    try {
        localStorage.setItem(name, value);
    } catch {
        // as above
    }
}

export function applyPreferences() {
    root.dataset.theme = kept("theme") ?? (system.matches ? "dark" : "light");
    root.dataset.size = kept("size") ?? "usual";
    system.addEventListener("change", () => {
        if (!kept("theme")) root.dataset.theme = system.matches ? "dark" : "light";
    });
}

export function switchTheme() {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep("theme", root.dataset.theme);
}

export function switchSize() {
    root.dataset.size = root.dataset.size === "large" ? "usual" : "large";
    keep("size", root.dataset.size);
}
