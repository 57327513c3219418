/** Settings of the editor, of a project and of one of several folders. */

import * as path from "node:path";

import { expect, test } from "../harness/fixtures";
import { makeEnvironment } from "../harness/python";
import type { Window } from "../harness/window";
import { exampleProject, project } from "../harness/workspace";

test("a changed severity counts at once, without a restart", async ({ startWindow }) => {
  const window = await startWindow();
  const folder = exampleProject();
  const file = path.join(folder, "shop_with_mistakes", "worker.py");
  await window.open(folder, file);
  await expect(window.squiggles("error")).toHaveCount(1);
  const [server] = window.editor.servers();

  await changeSettings(window, '{"hatchet.rules": {"unknown-member": "warning"}}');
  await window.openFile(file);
  await expect(window.squiggles("warning")).toHaveCount(1);
  await window.picture("changed-severity");

  await changeSettings(window, '{"hatchet.rules": {"unknown-member": "off"}}');
  await window.openFile(file);
  await expect(window.squiggles("warning")).toHaveCount(0);
  await expect(window.squiggles("error")).toHaveCount(0);
  expect(window.editor.servers()).toEqual([server]);
});

test("each folder of a workspace has its own settings and its own environment", async ({ startWindow }) => {
  const flow = [
    "from hatchet_sdk import Context, EmptyModel, Hatchet",
    "hatchet = Hatchet()",
    "@hatchet.task(retries=-1)",
    "def call(input: EmptyModel, ctx: Context) -> None: ...",
    "",
  ].join("\n");
  const folder = project({
    "strict/strict.py": flow,
    "lenient/lenient.py": flow,
    "lenient/.vscode/settings.json": '{"hatchet.rules": {"negative-retries": "warning"}}',
    "both.code-workspace": '{"folders": [{"path": "strict"}, {"path": "lenient"}]}',
  });
  makeEnvironment(path.join(folder, "lenient", ".venv"), "1.40.0");
  const window = await startWindow();
  await window.open(path.join(folder, "both.code-workspace"), path.join(folder, "strict", "strict.py"));
  await expect(window.squiggles("error")).toHaveCount(1);
  await expect(await window.status()).toContainText("none is installed");

  await window.openFile(path.join(folder, "lenient", "lenient.py"));
  await expect(window.squiggles("warning")).toHaveCount(1);
  await expect(window.squiggles("error")).toHaveCount(0);
  await expect(await window.status()).toContainText("hatchet-sdk 1.40.0");
  await expect(await window.status()).toContainText("lenient/.venv");
  await window.picture("second-folder");
});

/** Write the settings of the workspace in the editor. */
async function changeSettings(window: Window, text: string): Promise<void> {
  await window.command("Preferences: Open Workspace Settings (JSON)");
  await window.page.locator(".tab.active", { hasText: "settings.json" }).waitFor();
  await window.line("{").click();
  await window.page.keyboard.press("Control+A");
  await window.page.keyboard.insertText(text);
  await expect(window.line(text)).toBeVisible();
  await window.save();
  await expect(window.page.locator(".tab.active.dirty")).toHaveCount(0);
}
