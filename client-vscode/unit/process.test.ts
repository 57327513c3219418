import assert from "node:assert/strict";
import * as path from "node:path";
import { suite, test } from "node:test";

import { start } from "../src/process";
import { inFolder, script } from "./folder";

suite("the server's process", () => {
  test("says how it ended, with its last words", () =>
    inFolder(async (folder) => {
      const lines: string[] = [];
      const program = await script(path.join(folder, "server"), 'echo "Traceback" >&2; echo "Error: $1" >&2; exit 3');
      const { ended } = await start(program, ["no memory"], folder, (line) => lines.push(line));
      assert.equal(await ended, "the server ended with exit code 3: Error: no memory");
      assert.deepEqual(lines, ["Traceback", "Error: no memory"]);
    }));

  test("says so when it was killed", () =>
    inFolder(async (folder) => {
      const program = await script(path.join(folder, "server"), "exec sleep 60");
      const { child, ended } = await start(program, [], folder, () => undefined);
      child.kill("SIGKILL");
      assert.equal(await ended, "the server ended by SIGKILL");
    }));

  test("cannot be started when the program has vanished", () =>
    inFolder(async (folder) => {
      await assert.rejects(
        start(path.join(folder, "gone"), [], folder, () => undefined),
        /ENOENT/,
      );
    }));
});
