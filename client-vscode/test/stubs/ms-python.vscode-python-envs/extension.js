"use strict";

const vscode = require("vscode");

exports.activate = (context) => {
  let sysPrefix = process.env.HATCHET_TEST_ENVIRONMENT;
  const changed = new vscode.EventEmitter();
  const choose = vscode.commands.registerCommand("stub.choose", (other) => {
    sysPrefix = other;
    changed.fire({});
  });
  context.subscriptions.push(changed, choose);
  return {
    getEnvironment: async () => ({ sysPrefix }),
    onDidChangeEnvironment: changed.event,
  };
};
