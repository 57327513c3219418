/** Where no Python can be found. */

import * as assert from "node:assert/strict";

import * as vscode from "vscode";

import { findings, rule, show, status, until } from "../support";

describe("without any Python", () => {
  it("the status item says so, and leads to the setting", async () => {
    await show("flow.py");
    const shown = await status(({ severity }) => severity === vscode.LanguageStatusSeverity.Error);
    assert.equal(shown.text, "hatchet-ls is not running");
    assert.equal(shown.detail, "no Python 3.10 or newer was found");
    assert.match(shown.command.command, /^workbench\.action\.open(Remote)?Settings$/);
  });

  it("a report can be written, which says the same", async () => {
    await vscode.commands.executeCommand("hatchet.showDebugInformation");
    await until(() => vscode.window.activeTextEditor?.document.getText().includes("no Python 3.10 or newer was found"));
  });

  it("files are edited and saved as ever", async () => {
    const document = await show("flow.py");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# typed meanwhile\n");
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(await document.save());
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it("one that is set serves at once", async () => {
    const document = await show("flow.py");
    const settings = vscode.workspace.getConfiguration("hatchet");
    const { HATCHET_TEST_PYTHON } = process.env;
    await settings.update("interpreter", HATCHET_TEST_PYTHON, vscode.ConfigurationTarget.Global);
    assert.deepEqual((await findings(document)).map(rule), ["negative-retries"]);
  });
});
