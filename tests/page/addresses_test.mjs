// The page asks this gateway and nobody else, and for nothing that its contract does not name; nothing that comes is read as markup.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const folder = new URL("../../services/console/page/", import.meta.url);
const files = readdirSync(folder)
    .filter((name) => /\.(js|html|css|svg)$/.test(name))
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")]);
const text = (name) => files.find(([other]) => other === name)[1];

// As the gateway's README lists them; "*" is one segment.
const contract = [
    "/api/session",
    "/api/offerings",
    "/api/alert-kinds",
    "/api/offerings/*/events",
    "/api/offerings/*/notices",
    "/api/offerings/*/notices/*",
    "/api/offerings/*/notices/*/derivation",
    "/api/offerings/*/exceptions",
    "/api/offerings/*/rights-sales",
    "/api/offerings/*/sendings",
    "/api/offerings/*/keying",
    "/api/offerings/*/payments",
    "/api/offerings/*/payments/*",
    "/api/offerings/*/alerts",
    "/api/offerings/*/alerts/*/*",
    "/api/offerings/*/reports/*",
    "/api/documents/*",
    "/api/documents/*/pages",
    "/api/documents/*/pages/*",
    "/api/commands/*",
];

test("only addresses of the contract, and only in one file", () => {
    for (const [name, source] of files) {
        const named = [...source.matchAll(/["'`](\/api\/[^"'`]*)["'`]/g)].map((match) =>
            match[1].replace(/\$\{query[^]*$/, "").replace(/\$\{[^}]*\}/g, "*"),
        );
        if (name !== "server.js") assert.deepEqual(named, [], name);
        if (name === "server.js") assert.ok(named.length > 10, "the addresses are found");
        if (name === "server.js") for (const address of named) assert.ok(contract.includes(address), address);
    }
});

test("nothing from elsewhere", () => {
    for (const [name, source] of files) {
        const urls = [...source.matchAll(/\b(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}[^\s"']*/gi)]
            .map((match) => match[0])
            .filter((url) => !url.startsWith("http://www.w3.org/"));
        assert.deepEqual(urls, [], name);
        assert.doesNotMatch(source, /@import|@font-face/, name);
    }
});

test("no markup from data, no inline script or style", () => {
    for (const [name, source] of files.filter(([other]) => other.endsWith(".js")))
        assert.doesNotMatch(
            source,
            /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\("style"|style:/,
            name,
        );
    assert.doesNotMatch(text("index.html"), /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
});

test("every file that is asked for is there", () => {
    const names = new Set(files.map(([name]) => name));
    for (const [name, source] of files) {
        for (const match of source.matchAll(/from "\.\/([^"]+)"/g)) assert.ok(names.has(match[1]), `${name} imports ${match[1]}`);
        for (const match of source.matchAll(/(?:src|href)="\/page\/([^"]+)"/g)) assert.ok(names.has(match[1]), `${name} asks for ${match[1]}`);
    }
});
