/** The connection with one server process. */

import type { ChildProcess } from "node:child_process";

import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type StaticFeature,
} from "vscode-languageclient/node";

import { SELECTOR } from "./documents";
import type { PythonExtensions } from "./pythonExtension";
import { SECTION, settingsFor } from "./settings";
import { traceChannel } from "./trace";

/** Tells the server that its status is shown here. */
const STATUS: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), hatchetStatus: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

/** Writes errors to the log only: notices are for what the user can mend. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export function makeClient(
  child: ChildProcess,
  log: vscode.LogOutputChannel,
  extensions: PythonExtensions,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: log,
    traceOutputChannel: traceChannel(log),
    // What it writes to stderr is read by the one who watches the process.
    stdioOptions: { stderr: () => undefined, stdout: () => undefined },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (_error, _message, count) => ({
        action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
        handled: true,
      }),
      closed: () => {
        child.kill();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    middleware: { workspace: { configuration: (params) => settingsFor(params, extensions) } },
  };
  const client = new QuietClient(SECTION, "hatchet-ls", () => Promise.resolve(child), options);
  client.registerFeature(STATUS);
  return client;
}
