/** The pictures of the README and of the walkthrough, of what today's server says about the small shop beside this. */

import * as fs from "node:fs";
import * as path from "node:path";

import { type Page, expect, test } from "@playwright/test";

import { Editor } from "../harness/editor";
import { TEST_FOLDER, scratchFolder } from "../harness/run";
import { Window } from "../harness/window";
import { makeEnvironment } from "./environment";
import { type Frame, keepAnimation, keepPicture } from "./images";

const WIDTH = 760;

/** Nothing but the code, and nothing that moves. */
const SETTINGS = {
  "files.autoSave": "afterDelay",
  "files.autoSaveDelay": 1,
  "breadcrumbs.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.hover.above": false,
  "editor.hover.delay": 100,
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.occurrencesHighlight": "off",
  "editor.renderLineHighlight": "none",
  "files.exclude": { "**/.venv": true },
  "window.commandCenter": false,
  "window.title": "${rootName}",
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.editor.editorActionsLocation": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.reduceMotion": "on",
};

let window: Window;
let page: Page;

/** One window for all pictures, in which the server runs already. */
test.beforeAll(async ({ browser }) => {
  const shop = path.join(scratchFolder("workspace"), "shop");
  fs.cpSync(path.join(TEST_FOLDER, "pictures", "shop"), shop, { recursive: true });
  makeEnvironment(path.join(shop, ".venv"));
  page = await browser.newPage({ deviceScaleFactor: 2 });
  window = new Window(page, await Editor.start({ version: "newest", settings: SETTINGS }));
  await window.open(shop, path.join(shop, "client.py"));
  await expect(window.statusItem()).toHaveAttribute("aria-label", /hatchet-sdk/, { timeout: 90_000 });
  await page.addStyleTag({ content: "* { animation: none !important; transition: none !important; }" });
  await window.command("View: Close Primary Side Bar");
});

test.afterAll(async () => {
  await page.close();
  window.editor.stop();
});

/** Show one file alone. */
async function open(file: string, height: number, width = WIDTH): Promise<void> {
  await page.setViewportSize({ width, height });
  await window.command("View: Close All Editors");
  await page.keyboard.press("Control+P");
  await page.keyboard.type(file);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: file }).first().click();
  await page.locator(".tab.active", { hasText: file }).waitFor();
  await page.mouse.move(width / 2, 15);
}

/** The editor with its tab, and what has popped up over it. */
async function keepEditor(name: string): Promise<void> {
  await keepPicture(name, await screenshot());
}

/** All but the status bar. */
async function screenshot(): Promise<Buffer> {
  const { y } = (await page.locator(".part.statusbar").boundingBox())!;
  return page.screenshot({ clip: { x: 0, y: 0, width: page.viewportSize()!.width, height: y } });
}

async function hoverOver(text: string, says: RegExp): Promise<void> {
  await window.word(text).hover();
  await expect(window.hover()).toContainText(says);
}

/** Go to the file's one finding; what it says is shown below its line. */
async function showProblem(says: RegExp): Promise<void> {
  await expect(window.squiggles("error")).toHaveCount(1);
  await page.keyboard.press("Alt+F8");
  await expect(page.locator(".marker-widget")).toContainText(says);
}

test("hover", async () => {
  await open("courier.py", 590, 820);
  await hoverOver("retries", /worst case/);
  await keepEditor("readme/hover");
  await keepEditor("walkthrough/retries");
});

test("connect", async () => {
  await open("courier.py", 420);
  await expect(await window.status()).toBeVisible();
  await keepPicture("walkthrough/connect", await page.screenshot());
});

test("timeouts", async () => {
  await open("refunds.py", 420, 1000);
  await showProblem(/times out at once/);
  await keepEditor("walkthrough/timeouts");
});

test("rate limits", async () => {
  await open("mails.py", 420);
  await window.word("customer_id").dblclick();
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+Space");
  await expect(window.suggestions().first()).toBeVisible();
  await keepEditor("walkthrough/rate-limits");
  await keepEditor("readme/completion");
});

test("durable tasks", async () => {
  await open("shipping.py", 490, 820);
  await expect(window.squiggles("warning")).toHaveCount(1);
  await hoverOver("post", /happens again/);
  await keepEditor("walkthrough/durable-tasks");
});

test("workers", async () => {
  await open("worker.py", 470);
  await hoverOver("slots", /./);
  await keepEditor("walkthrough/workers");
});

test("a fix", async () => {
  const frames: Frame[] = [];
  const keep = async (delay: number): Promise<void> => {
    frames.push({ image: await screenshot(), delay });
  };
  const tab = page.locator(".tab.active");
  await open("reminders.py", 460);
  await window.goTo(17);
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.press("Delete");
  await expect(tab).toHaveText("reminders.py");
  for (const piece of ["", "await ", "asyncio.", "sleep", "(3600)"]) {
    await page.keyboard.type(piece);
    await keep(400);
  }
  await expect(window.squiggles("warning")).toHaveCount(1);
  await keep(1500);
  await hoverOver("sleep", /starts over/);
  await keep(3000);
  await page.mouse.move(WIDTH / 2, 15);
  await window.word("sleep").click();
  await window.offerQuickFixes();
  await keep(2000);
  await window.quickFixes().first().click();
  await expect(window.squiggles("warning")).toHaveCount(0);
  await expect(tab).toHaveText("reminders.py");
  await keep(3000);
  await keepAnimation("readme/demo", frames);
});

test("problems", async () => {
  await open("payments.py", 740, 1000);
  await expect((await window.problems()).filter({ hasText: "hatchet" })).toHaveCount(4);
  await keepPicture("readme/problems", await page.screenshot());
});
