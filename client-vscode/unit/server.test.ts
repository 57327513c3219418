import assert from "node:assert/strict";
import * as path from "node:path";
import { suite, test } from "node:test";

import type * as vscode from "vscode";

import { PythonExtensions } from "../src/pythonExtension";
import { Server } from "../src/server";
import { inFolder, script } from "./folder";
import { conversation } from "./standins/languageclient";
import { settings } from "./standins/vscode";

const LOG = { info: () => undefined, error: () => undefined } as unknown as vscode.LogOutputChannel;

/** A server that runs until it is killed, and who of its processes lives. */
async function running(folder: string): Promise<{ server: Server; alive: () => number[] }> {
  const body = `case "$*" in *launch.py) exec sleep 600 ;; esac; printf '3.12.0\\n%s' "$0"`;
  settings.set("interpreter", await script(path.join(folder, "python3"), body));
  const context = { globalStorageUri: { fsPath: folder }, extensionPath: folder };
  const server = new Server(context as vscode.ExtensionContext, new PythonExtensions(LOG), LOG);
  const started: number[] = [];
  server.onDidChange((state) => {
    if (state.kind === "running") {
      started.push(state.pid);
    }
  });
  await server.restart();
  return { server, alive: () => started.filter(isAlive) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

suite("the server's life", () => {
  test("has one process, however often it is started again at once", () =>
    inFolder(async (folder) => {
      const { server, alive } = await running(folder);
      const [first] = alive();
      let end = (): void => undefined;
      conversation.ended = new Promise((resolve) => (end = resolve));
      const restarts = [server.restart(), server.restart(), server.restart()];
      end();
      await Promise.all(restarts);
      try {
        assert.equal(alive().length, 1);
        assert.notEqual(alive()[0], first);
        assert.equal(server.state.kind, "running");
        await server.stop();
        assert.deepEqual(alive(), []);
        assert.equal(server.state.kind, "stopped");
      } finally {
        for (const pid of alive()) {
          process.kill(pid);
        }
      }
    }));

  test("is over when it is stopped while it is to be started again", () =>
    inFolder(async (folder) => {
      const { server, alive } = await running(folder);
      let end = (): void => undefined;
      conversation.ended = new Promise((resolve) => (end = resolve));
      const asked = [server.restart(), server.stop()];
      end();
      await Promise.all(asked);
      assert.deepEqual(alive(), []);
      assert.equal(server.state.kind, "stopped");
    }));
});
