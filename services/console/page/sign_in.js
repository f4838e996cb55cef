// Who is there: a name and a password, sent once.
import { el, fill } from "./elements.js";
import { signIn } from "./server.js";

export function showSignIn(main, why, signedIn) {
    const name = el("input", { id: "name", name: "username", autocomplete: "username", required: true, autocapitalize: "none", spellcheck: "false" });
    const password = el("input", { id: "password", name: "password", type: "password", autocomplete: "current-password", required: true });
    const problem = el("p.problem", { role: "alert" }, why);
    const button = el("button.main", { type: "submit" }, "Sign in");

    async function submitted(event) {
        event.preventDefault();
        if (button.disabled) return;
        if (!name.value || !password.value) return void fill(problem, "Both a name and a password are needed.");
        button.disabled = true;
        fill(problem, "");
        try {
            const session = await signIn(name.value.trim(), password.value);
            password.value = "";
            signedIn(session);
        } catch (trouble) {
            fill(
                problem,
                trouble.word === "wrong_credentials" ? "Name or password is wrong." : trouble.message,
                trouble.retryAfter ? ` Try again in ${trouble.retryAfter} s.` : "",
            );
            button.disabled = false;
            password.select();
        }
    }
    document.title = "Sign in \u00b7 rightsdesk";
    fill(
        main,
        el(
            "section.panel.sign-in",
            { "aria-label": "Sign in" },
            el("div.title", null, el("h1", null, "rightsdesk")),
            el(
                "form.inside",
                { onsubmit: submitted, novalidate: true },
                el("div.field", null, el("label", { for: "name" }, "Name"), name),
                el("div.field", null, el("label", { for: "password" }, "Password"), password),
                problem,
                el("div.end", null, button),
            ),
        ),
    );
    name.focus();
}
