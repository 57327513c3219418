/** The least that has to work wherever the project is and whatever else is in it. */

import * as assert from "node:assert/strict";

import * as vscode from "vscode";

import { apply, codeActions, findings, rule, show, until } from "../support";

describe("in this folder", () => {
  it("a mistake is found in the right place, and its quick fix mends it", async () => {
    const document = await show("flow.py");
    const [finding] = await findings(document);
    assert.ok(finding);
    assert.equal(rule(finding), "invalid-duration-string");
    assert.equal(document.getText(finding.range), '"1d"');
    const [fix] = await codeActions(document, finding.range, vscode.CodeActionKind.QuickFix);
    await apply(fix);
    assert.match(document.getText(), /execution_timeout=timedelta\(days=1\)/);
    await until(() => vscode.languages.getDiagnostics(document.uri).length === 0);
  });
});
