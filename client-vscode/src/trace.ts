/** What client and server say to each other, in the log. */

import * as vscode from "vscode";

import { SECTION } from "./settings";

/** The log as the language client wants it for traces: it traces while the setting says so, whatever the log's level. */
export function traceChannel(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  const on = () => vscode.workspace.getConfiguration(SECTION).get<string>("trace.server", "off") !== "off";
  const level = () => (on() ? vscode.LogLevel.Trace : log.logLevel);
  const onDidChangeLogLevel: vscode.Event<vscode.LogLevel> = (listener, self, disposables) => {
    const tell = () => {
      listener.call(self, level());
    };
    const both = vscode.Disposable.from(
      log.onDidChangeLogLevel(tell),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SECTION}.trace`)) {
          tell();
        }
      }),
    );
    disposables?.push(both);
    return both;
  };
  return Object.create(log, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: onDidChangeLogLevel },
    trace: {
      value: (message: string) => {
        if (on()) {
          log.info(message);
        } else {
          log.trace(message);
        }
      },
    },
  }) as vscode.LogOutputChannel;
}
