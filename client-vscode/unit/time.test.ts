import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { Backoff, within } from "../src/time";

suite("starting again", () => {
  test("waits longer each time, then gives up", () => {
    const backoff = new Backoff([1, 2, 4]);
    assert.deepEqual([backoff.next(0), backoff.next(3), backoff.next(0), backoff.next(0)], [1, 2, 4, undefined]);
  });

  test("begins anew after it has run well for a while, or when the user asks", () => {
    const backoff = new Backoff([1, 2], 60);
    assert.deepEqual([backoff.next(0), backoff.next(61), backoff.next(59), backoff.next(1)], [1, 1, 2, undefined]);
    backoff.reset();
    assert.equal(backoff.next(0), 1);
  });
});

suite("waiting", () => {
  test("gives what comes in time", async () => {
    assert.equal(await within(60, Promise.resolve("answer")), "answer");
  });

  test("ends when nothing comes", async () => {
    await assert.rejects(within(0, new Promise(() => undefined), "nobody"), /nobody did not answer within 0 seconds/);
  });
});
