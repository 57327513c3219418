/** What the editor's own interface gets from the server, in a copy of the example project. */

import * as assert from "node:assert/strict";

import * as vscode from "vscode";

import { apply, codeActions, file, findings, positionOf, rule, show, status, until } from "../support";

describe("in the example project", () => {
  it("findings say what happens, whose they are, and where to read more", async () => {
    const document = await show("shop_with_mistakes/payments.py");
    const finding = (await findings(document)).find((each) => rule(each) === "sub-second-timeout-truncated");
    assert.ok(finding);
    assert.equal(finding.source, "hatchet");
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(finding.message, /every run times out at once/);
    assert.equal(document.getText(finding.range), "timedelta(milliseconds=500)");
    assert.ok(typeof finding.code === "object");
    assert.match(finding.code.target.toString(), /sub-second-timeout-truncated/);
  });

  it("a clean file has none", async () => {
    const clean = await show("shop/payments.py");
    await findings(await show("shop_with_mistakes/worker.py")); // opened later, so the other has been checked
    assert.deepEqual(vscode.languages.getDiagnostics(clean.uri), []);
  });

  it("the hover on an argument explains it", async () => {
    const document = await show("shop/payments.py");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      positionOf(document, "retries=5"),
    );
    const text = hovers.flatMap(({ contents }) => contents).map((part) => (part as vscode.MarkdownString).value);
    assert.match(text.join("\n"), /5 retries after 2 s, 4 s, 8 s, 16 s, 32 s/);
  });

  it("a CEL expression is completed with the fields of the input", async () => {
    const document = await show("shop/orders.py");
    const position = positionOf(document, "input.customer_id").translate(0, "input.".length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
      ".",
    );
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    for (const field of ["order_id", "customer_id", "lines", "total_cents"]) assert.ok(labels.includes(field), field);
  });

  it("the outline has the workflow with its tasks", async () => {
    await show("shop/orders.py");
    const symbols = await until(async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        "vscode.executeDocumentSymbolProvider",
        file("shop/orders.py"),
      );
      return found !== undefined && found.length > 0 && found;
    });
    const workflow = symbols.find(({ name }) => name.includes("process-order"));
    assert.ok(workflow, symbols.map(({ name }) => name).join());
    assert.deepEqual(
      workflow.children.map(({ name }) => name),
      ["validate", "reserve_stock", "charge", "confirm", "release_stock"],
    );
  });

  it("a quick fix mends its finding", async () => {
    const document = await show("shop_with_mistakes/reports.py");
    const finding = (await findings(document)).find((each) => rule(each) === "invalid-duration-string");
    assert.ok(finding);
    const actions = await codeActions(document, finding.range, vscode.CodeActionKind.QuickFix);
    await apply(actions.find(({ title }) => title === "Replace with `timedelta(days=1)`"));
    assert.match(document.getText(), /execution_timeout=timedelta\(days=1\)/);
    await until(() => !vscode.languages.getDiagnostics(document.uri).some((each) => rule(each) === rule(finding)));
  });

  it("the command for all safe fixes applies them at once", async () => {
    const document = await show("shop_with_mistakes/orders.py");
    await findings(document);
    await vscode.commands.executeCommand("hatchet.fixAll");
    await until(() => document.getText().includes("@process_order.task(execution_timeout=timedelta(minutes=2))"));
    assert.match(document.getText(), /limit_strategy=ConcurrencyLimitStrategy\.GROUP_ROUND_ROBIN,\n {4}\),\n\)/);
    assert.match(document.getText(), /retries=-1, backoff_factor=0\.5/);
  });

  it("the status item has the server's version, the SDK's, and nothing to complain of", async () => {
    const shown = await status(({ detail }) => detail.includes("hatchet-sdk"));
    assert.match(shown.text, /^hatchet-ls \d+\.\d+\.\d+$/);
    assert.equal(shown.severity, vscode.LanguageStatusSeverity.Information);
  });

  it("the debug information names the editor, the server and the SDK", async () => {
    await vscode.commands.executeCommand("hatchet.showDebugInformation");
    const text = await until(() => {
      const shown = vscode.window.activeTextEditor?.document.getText();
      return shown?.startsWith("# hatchet-ls in VS Code") === true && shown;
    });
    assert.match(text, new RegExp(`editor: .*${vscode.version}`));
    assert.match(text, /the bundled server with Python 3\.\d+/);
    assert.match(text, /SDK: none; the bundled facts/);
  });

  it("the settings of the workspace count over pyproject.toml, at once", async () => {
    const document = await show("shop_with_mistakes/worker.py");
    await findings(document);
    const configuration = vscode.workspace.getConfiguration("hatchet");
    await configuration.update("rules", { "unknown-member": "hint" }, vscode.ConfigurationTarget.Workspace);
    await until(() =>
      vscode.languages.getDiagnostics(document.uri).some((each) => each.severity === vscode.DiagnosticSeverity.Hint),
    );
    await configuration.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    await until(() =>
      vscode.languages.getDiagnostics(document.uri).some((each) => each.severity === vscode.DiagnosticSeverity.Error),
    );
  });
});
