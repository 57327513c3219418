/** Beside an extension that knows which Python environment is chosen. */

import * as assert from "node:assert/strict";
import * as path from "node:path";

import * as vscode from "vscode";

import { extension, findings, show, status } from "../support";

describe("beside an extension that chooses environments", () => {
  it("the SDK of the chosen environment counts", async () => {
    await findings(await show("flow.py"));
    const shown = await status(({ detail }) => detail.includes("hatchet-sdk 1.40.0"));
    assert.match(shown.detail, /first/);
    assert.equal(shown.severity, vscode.LanguageStatusSeverity.Information);
  });

  it("another choice counts at once, with the same server", async () => {
    const { server } = await extension();
    const { pid } = server.state;
    const other = path.join(path.dirname(process.env["HATCHET_TEST_ENVIRONMENT"] ?? ""), "second");
    await vscode.commands.executeCommand("stub.choose", other);
    await status(({ detail }) => detail.includes("hatchet-sdk 1.41.0") && detail.includes("second"));
    assert.equal(server.state.pid, pid);
  });
});
