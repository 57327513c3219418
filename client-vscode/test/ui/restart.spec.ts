/** What becomes of a server that ends. */

import * as path from "node:path";

import { expect, test } from "../harness/fixtures";
import type { Window } from "../harness/window";
import { exampleProject } from "../harness/workspace";

const ROUNDS = 6; // it is started again five times

test("a killed server is started again, and findings follow the text as before", async ({ startWindow }) => {
  const window = await startWindow();
  await openExample(window);
  const first = await kill(window);
  await expect.poll(() => window.editor.servers().map(({ pid }) => pid)).not.toContain(first);
  await expect.poll(() => window.editor.servers()).toHaveLength(1);
  await window.line("worker.start_blocking()").click();
  await window.page.keyboard.press("End");
  await window.page.keyboard.type("; worker.start_blocking()");
  await expect(window.squiggles("error")).toHaveCount(2);
  await expect(window.notices()).toHaveCount(0);
});

test("a server that is killed again and again is given up with one notice, and no text is lost", async ({
  startWindow,
}) => {
  test.slow(); // it waits longer each time: 31 seconds in all
  const window = await startWindow();
  await openExample(window);
  await window.goTo(1);
  await window.page.keyboard.type("# unsaved\n");
  for (let round = 0; round < ROUNDS; round++) {
    await expect(window.notices()).toHaveCount(0);
    await expect.poll(() => window.editor.servers()).toHaveLength(1);
    await kill(window);
    await expect.poll(() => window.editor.servers(), { timeout: 25_000 }).toHaveLength(round < ROUNDS - 1 ? 1 : 0);
  }
  await expect(window.notices()).toHaveCount(1);
  await expect(window.notices()).toContainText("Restart");
  await expect(window.statusItem()).toHaveAttribute("aria-label", /hatchet-ls is not running/);
  await expect(window.line("# unsaved")).toBeVisible();
  await window.picture("given-up");

  await window.notices().getByRole("button", { name: "Restart" }).click();
  await expect.poll(() => window.editor.servers()).toHaveLength(1);
  await expect(window.squiggles("error")).toHaveCount(1);
});

test("nothing of the server is left when its window is closed", async ({ startWindow }) => {
  const window = await startWindow();
  await openExample(window);
  expect(window.editor.servers()).toHaveLength(1);
  await window.page.close();
  if (window.editor.version === "older") window.editor.stop(); // that one waits hours for its window to come back
  await expect.poll(() => window.editor.servers()).toHaveLength(0);
});

async function openExample(window: Window): Promise<void> {
  const folder = exampleProject();
  await window.open(folder, path.join(folder, "shop_with_mistakes", "worker.py"));
  await expect(window.squiggles("error")).toHaveCount(1);
}

/** Kill the one server, as the system does when memory runs out; its process id. */
async function kill(window: Window): Promise<number> {
  const [server] = window.editor.servers();
  if (server === undefined) throw new Error("no server is running");
  process.kill(server.pid, "SIGKILL");
  await expect.poll(() => window.editor.servers().map(({ pid }) => pid)).not.toContain(server.pid);
  return server.pid;
}
