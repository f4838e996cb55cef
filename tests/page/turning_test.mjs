// A mark stays on its words however the page is turned.
import assert from "node:assert/strict";
import test from "node:test";
import { turnedPlace, turnedShape } from "../../services/console/page/turning.js";

const place = { page: 1, left: 100, top: 700, width: 90, height: 12 };

test("a quarter clockwise brings the left edge to the top", () => {
    assert.deepEqual(turnedPlace(place, 0), { left: 100, top: 700, width: 90, height: 12 });
    assert.deepEqual(turnedPlace(place, 1), { left: 288, top: 100, width: 12, height: 90 });
    assert.deepEqual(turnedPlace(place, 2), { left: 810, top: 288, width: 90, height: 12 });
    assert.deepEqual(turnedPlace(place, 3), { left: 700, top: 810, width: 12, height: 90 });
});

test("four quarters are none", () => {
    const once = turnedPlace(place, 1);
    assert.deepEqual(turnedPlace(turnedPlace({ ...place, ...once }, 1), 2), turnedPlace(place, 0));
    assert.deepEqual(turnedPlace(place, 4), turnedPlace(place, 0));
});

test("a page on its side is as wide as it was high, its flat dots counted", () => {
    assert.deepEqual(turnedShape({ width: 1728, height: 1078, stretch: 2 }, 2), [1728, 2156]);
    assert.deepEqual(turnedShape({ width: 1728, height: 1078, stretch: 2 }, 3), [2156, 1728]);
});
