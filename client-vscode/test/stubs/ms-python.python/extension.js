"use strict";

const vscode = require("vscode");

exports.activate = (context) => {
  let path = process.env.HATCHET_TEST_ENVIRONMENT;
  const changed = new vscode.EventEmitter();
  const choose = vscode.commands.registerCommand("stub.choose", (other) => {
    path = other;
    changed.fire({ path });
  });
  context.subscriptions.push(changed, choose);
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ id: path, path }),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
