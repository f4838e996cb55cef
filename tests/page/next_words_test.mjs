// What is to be done next, as a person at the board reads it: a terminal's words are left out.
import assert from "node:assert/strict";
import test from "node:test";

import { nextWords } from "../../services/console/page/elements.js";

test("commands and their options are not for the board", () => {
    assert.equal(nextWords("call the guarantor: rightsdesk notice cure fax-1.8 --evidence ... --as YOU"), "call the guarantor");
    assert.equal(nextWords("rightsdesk notice show fax-1.18; then rightsdesk certificates settle fax-1.18 --delivery courier-32 --evidence ... --as YOU, with --rights N or --does-not-count"), "see it, and decide");
    assert.equal(nextWords("the rest buys or is returned; as the terms say"), "the rest buys or is returned; as the terms say");
});
