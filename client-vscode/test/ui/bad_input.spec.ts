/** What is missing, too old, mute, gone or not to be trusted: the editor stays usable and says what to do. */

import * as fs from "node:fs";
import * as path from "node:path";

import { expect, test } from "../harness/fixtures";
import { folderWithPython } from "../harness/python";
import { scratchFolder } from "../harness/run";
import type { Window } from "../harness/window";
import { exampleProject, project } from "../harness/workspace";

const OLD = 'printf "3.8.10\\n%s" "$0"';
const MUTE = 'case "$*" in *launch.py*) exec sleep 1000;; *) printf "3.12.1\\n%s" "$0";; esac';

test("without any Python there is one notice, with a button to the setting", async ({ startWindow }) => {
  const window = await startWindow({ path: [scratchFolder("empty")] });
  await openWorker(window);
  await expect(window.notices()).toHaveCount(1);
  await expect(window.notices()).toContainText("cannot start: no Python 3.10 or newer was found");
  await expect(window.statusItem()).toHaveAttribute("aria-label", /hatchet-ls is not running/);
  await expect(await window.status()).toContainText("no Python 3.10 or newer was found");
  await window.picture("no-python");
  await staysUsable(window);
  await window.notices().getByRole("button", { name: "Choose a Python" }).click();
  await expect(window.page.locator(".settings-editor .setting-item-label", { hasText: "Interpreter" })).toBeVisible();
  await window.picture("no-python-setting");
});

test("a Python that is too old is passed over, with one notice if there is no other", async ({ startWindow }) => {
  const folder = folderWithPython(OLD);
  const window = await startWindow({ path: [folder] });
  await openWorker(window);
  await expect(window.notices()).toHaveCount(1);
  await expect(window.statusItem()).toHaveAttribute("aria-label", /hatchet-ls is not running/);
  const reason = `${path.join(folder, "python3")} is Python 3.8.10; 3.10 or newer is needed`;
  await expect(await window.status()).toContainText(reason);
  await staysUsable(window);
});

test("a set interpreter that is too old is named in the status item, and another one serves", async ({
  startWindow,
}) => {
  const interpreter = path.join(folderWithPython(OLD), "python3");
  const window = await startWindow({ settings: { "hatchet.interpreter": interpreter } });
  await openWorker(window);
  await expect(window.squiggles("error")).toHaveCount(1);
  await expect(await window.status()).toContainText(`${interpreter} is Python 3.8.10; 3.10 or newer is needed`);
  await expect(window.notices()).toHaveCount(0);
});

test("a server that does not answer is named in the status item, and started again", async ({ startWindow }) => {
  test.slow(); // it is given half a minute
  const window = await startWindow({ path: [folderWithPython(MUTE), "/usr/bin", "/bin"] });
  await openWorker(window);
  await expect(window.statusItem()).toHaveAttribute("aria-label", /hatchet-ls/);
  await staysUsable(window);
  await expect(await window.status()).toContainText("did not answer within 30 seconds", { timeout: 60_000 });
  await expect(window.notices()).toHaveCount(0);
});

test("a folder that is removed while it is open takes nothing along", async ({ startWindow }) => {
  const window = await startWindow();
  const folder = await openWorker(window);
  await expect(window.squiggles("error")).toHaveCount(1);
  fs.rmSync(folder, { recursive: true });
  await expect(window.page.locator(".tab.active .strikethrough, .tab.active .deleted")).toBeVisible();
  await staysUsable(window);
  await window.line("worker.start_blocking()").click();
  await window.page.keyboard.press("End");
  await window.page.keyboard.type("; worker.start_soon()");
  await expect(window.line("worker.start_blocking(); worker.start_soon()")).toBeVisible();
  expect(window.editor.servers()).toHaveLength(1);
  await expect(window.notices()).toHaveCount(0);
});

test("nothing of a folder is run before it is trusted", async ({ startWindow }) => {
  const folder = project({
    "flow.py": "from hatchet_sdk import Hatchet\nHatchet().worker('w').start_blocking()\n",
    python3: '#!/bin/sh\ntouch "$0.was-run"\n',
    ".vscode/settings.json": JSON.stringify({ "hatchet.interpreter": "./python3" }),
  });
  const interpreter = path.join(folder, "python3");
  fs.chmodSync(interpreter, 0o755);
  const window = await startWindow({ trust: true, settings: { "security.workspace.trust.startupPrompt": "never" } });
  await window.open(folder, path.join(folder, "flow.py"));
  await expect(window.squiggles("error")).toHaveCount(1);
  expect(fs.existsSync(`${interpreter}.was-run`)).toBe(false);
  await window.picture("restricted-mode");

  await window.command("Workspaces: Manage Workspace Trust");
  await window.page.getByRole("button", { name: "Trust", exact: true }).click();
  await expect.poll(() => fs.existsSync(`${interpreter}.was-run`)).toBe(true);
});

async function openWorker(window: Window): Promise<string> {
  const folder = exampleProject();
  await window.open(folder, path.join(folder, "shop_with_mistakes", "worker.py"));
  return folder;
}

async function staysUsable(window: Window): Promise<void> {
  await window.goTo(1);
  await window.page.keyboard.type("# typed meanwhile");
  await expect(window.line("# typed meanwhile")).toBeVisible();
}
