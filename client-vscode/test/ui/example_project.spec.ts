/** One window with the example project in it, as somebody sees it who has just installed the extension. */

import * as fs from "node:fs";
import * as path from "node:path";

import { Editor } from "../harness/editor";
import { expect, test } from "../harness/fixtures";
import { Window } from "../harness/window";
import { exampleProject } from "../harness/workspace";

const folder = exampleProject();
let window: Window;

test.describe.configure({ mode: "default" }); // one after the other, in this window

test.beforeAll(async ({ browser, version }) => {
  const settings = { "editor.codeActionsOnSave": { "source.fixAll.hatchet": "explicit" } };
  window = new Window(await browser.newPage(), await Editor.start({ version, settings }));
  await window.open(folder, path.join(folder, "shop_with_mistakes", "payments.py"));
  await expect(window.squiggles("error").first()).toBeVisible();
});

test.afterAll(() => {
  window.editor.stop();
});

test("mistakes are underlined, and the list of problems says what happens", async () => {
  await window.openFile(path.join(folder, "shop_with_mistakes/payments.py"));
  await expect(window.squiggles("error").first()).toBeVisible();
  await expect(window.squiggles("warning").first()).toBeVisible();
  const problem = (await window.problems()).filter({ hasText: "every run times out at once" });
  await expect(problem).toContainText("hatchet");
  await expect(problem).toContainText("sub-second-timeout-truncated");
  await window.picture("problems");
  await window.command("View: Toggle Panel Visibility");
});

test("the hover over a mistake says what happens, and what the argument means", async () => {
  await window.openFile(path.join(folder, "shop_with_mistakes/payments.py"), 31);
  await window.word("milliseconds").hover();
  await expect(window.hover()).toContainText("every run times out at once");
  await expect(window.hover()).toContainText("How long one attempt may run");
  await window.picture("hover");
});

test("the quick fix of the lightbulb mends a mistake, and its underlining goes", async () => {
  await window.openFile(path.join(folder, "shop_with_mistakes/reports.py"), 28);
  await expect(window.squiggles("error").first()).toBeVisible();
  const before = await window.squiggles("error").count();
  await window.word('"1d"').click();
  await expect(window.page.locator("[class*=codicon-gutter-lightbulb], .codicon-light-bulb")).toBeVisible();
  await window.quickFix("Replace with `timedelta(days=1)`");
  await expect(window.line("execution_timeout=timedelta(days=1)")).toBeVisible();
  await expect(window.squiggles("error")).toHaveCount(before - 1);
  await window.picture("quick-fix");
});

test("a mistake that is meant can be ignored, by a comment that the editor writes", async () => {
  await window.openFile(path.join(folder, "shop_with_mistakes/fulfilment.py"), 36);
  await expect(window.squiggles("warning").first()).toBeVisible();
  const before = await window.squiggles("warning").count();
  await window.word("sleep", "asyncio.sleep(3600)").click();
  await window.quickFix("Ignore `durable-plain-sleep` for this line");
  await expect(window.line("# hatchet: ignore[durable-plain-sleep]")).toBeVisible();
  await expect(window.squiggles("warning")).toHaveCount(before - 1);
  await window.picture("suppression");
});

test("saving a file applies its safe fixes where the user has set that, and no others", async () => {
  const file = path.join(folder, "shop_with_mistakes", "orders.py");
  await window.openFile(file);
  await expect(window.squiggles("error").first()).toBeVisible();
  await window.save();
  await expect(window.line("@process_order.task(execution_timeout=timedelta(minutes=2))")).toBeVisible();
  await expect.poll(() => fs.readFileSync(file, "utf8")).toContain("execution_timeout=timedelta(minutes=2)");
  const saved = fs.readFileSync(file, "utf8");
  expect(saved).toContain("limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,\n    ),\n)");
  expect(saved).toContain("retries=-1, backoff_factor=0.5"); // to mend these may change what the code does
  await window.picture("fix-all-on-save");
});

test("a CEL expression is completed with the fields of the workflow's input", async () => {
  await window.openFile(path.join(folder, "shop/orders.py"), 17);
  await window.line('expression="input.customer_id"').click();
  for (const key of ["End", "ArrowLeft", "ArrowLeft", "Control+Backspace", "Backspace"]) {
    await window.page.keyboard.press(key);
  }
  await window.page.keyboard.type(".");
  await expect(window.suggestions().filter({ hasText: "customer_id" })).toBeVisible();
  await window.picture("cel-completion");
  await window.suggestions().filter({ hasText: "total_cents" }).click();
  await expect(window.line('expression="input.total_cents"')).toBeVisible();
});

test("the status item tells the versions of the server and of the SDK", async () => {
  await window.openFile(path.join(folder, "shop/payments.py"));
  const status = await window.status();
  await expect(status).toContainText(/hatchet-ls \d+\.\d+\.\d+/);
  await expect(status).toContainText(/hatchet-sdk \d+\.\d+\.\d+/);
  await window.picture("status");
});

test("the walkthrough shows each of its pictures", async () => {
  await window.page.setViewportSize({ width: 1680, height: 900 }); // in a narrow window there are none
  await window.command("Welcome: Open Walkthrough...");
  await window.page.locator(".quick-input-list .monaco-list-row", { hasText: "The First Five Minutes" }).click();
  const steps = window.page.locator(".gettingStartedContainer .getting-started-step");
  await expect(steps).toHaveCount(6);
  for (const step of await steps.all()) {
    await step.click();
    const image = window.page.locator(".gettingStartedContainer .getting-started-media img");
    await expect(image).toBeVisible();
    await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBeGreaterThan(1000);
  }
  await window.picture("walkthrough");
});
