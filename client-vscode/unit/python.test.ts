import assert from "node:assert/strict";
import { access, mkdir, symlink } from "node:fs/promises";
import * as path from "node:path";
import { suite, test } from "node:test";

import { findPython, onPath, pythonsOnPath } from "../src/python";
import { fakeEnvironment, fakePython, inFolder, named, script, write } from "./folder";

suite("finding a Python", () => {
  test("the first one that is new enough is taken", () =>
    inFolder(async (folder) => {
      const old = await fakePython(path.join(folder, "old", "python3"), "3.9.18");
      const oldest = await fakePython(path.join(folder, "oldest", "python3"), "3.10.0");
      const newest = await fakePython(path.join(folder, "newest", "python3"), "3.15.0");
      const { python, passedOver } = await findPython(named(old, oldest, newest));
      assert.deepEqual(python, { command: oldest, version: "3.10.0", origin: "a test" });
      assert.deepEqual(passedOver, [{ origin: "a test", reason: `${old} is Python 3.9.18; 3.10 or newer is needed` }]);
    }));

  test("the interpreter itself is run afterwards, not what chose it", () =>
    inFolder(async (folder) => {
      const shim = await script(path.join(folder, "shims", "python3"), "printf '3.12.1\\n/opt/python/bin/python3.12'");
      assert.equal((await findPython(named(shim))).python?.command, "/opt/python/bin/python3.12");
    }));

  const mistakes: [string, string, string][] = [
    ["ruff", "echo ruff 0.8", "is ruff, not a Python interpreter"],
    ["uv", "echo uv", "is uv, not a Python interpreter"],
    ["tool", "echo hello", "is not a Python interpreter"],
    ["python2", "echo Unknown option: -I >&2; exit 2", "is not Python 3; Python 3.10 or newer is needed"],
  ];
  for (const [name, body, reason] of mistakes) {
    test(`a value such as ${name} is recognised: ${reason}`, () =>
      inFolder(async (folder) => {
        const place = await script(path.join(folder, name), body);
        const { python, passedOver } = await findPython(named(place));
        assert.equal(python, undefined);
        assert.deepEqual(passedOver, [{ origin: "a test", reason: `${place} ${reason}` }]);
      }));
  }

  test("what is not there or cannot be run is said to be so", () =>
    inFolder(async (folder) => {
      const missing = path.join(folder, "gone");
      const text = await write(path.join(folder, "text"), "not a program");
      const empty = path.join(folder, "empty");
      await mkdir(empty);
      const { passedOver } = await findPython(named(missing, text, empty));
      assert.deepEqual(
        passedOver.map(({ reason }) => reason),
        [
          `${missing} does not exist`,
          `${text} cannot be run (EACCES); Python 3.10 or newer is needed`,
          `${empty} is a folder without a Python`,
        ],
      );
    }));

  test("of a virtual environment the base runs, never its own interpreter", () =>
    inFolder(async (folder) => {
      const base = await fakePython(path.join(folder, "base", "python3.12"), "3.12.4");
      const home = path.dirname(base);
      const environment = await fakeEnvironment(path.join(folder, ".venv"), `home = ${home}\nversion = 3.12.4\n`);
      for (const place of [environment, path.join(environment, "bin", "python")]) {
        assert.equal((await findPython(named(place))).python?.command, base);
      }
      await assert.rejects(access(path.join(environment, "bin", "was-run")));
    }));

  test("an environment whose Python is gone is passed over", () =>
    inFolder(async (folder) => {
      const environment = await fakeEnvironment(path.join(folder, ".venv"), "home = /gone/bin\n");
      const { passedOver } = await findPython(named(environment));
      assert.equal(passedOver[0]?.reason, `${environment} was made from a Python that is gone (/gone/bin)`);
    }));

  test("nothing in a folder that is not trusted is run or followed", () =>
    inFolder(async (folder) => {
      const workspace = path.join(folder, "workspace");
      const inside = await fakePython(path.join(workspace, "bin", "python3"), "3.12.0");
      const outside = await fakePython(path.join(folder, "usr", "python3"), "3.11.0");
      const link = path.join(folder, "usr", "link");
      await symlink(inside, link);
      const environment = await fakeEnvironment(path.join(folder, "venv"), `home = ${path.dirname(inside)}\n`);
      const { python, passedOver } = await findPython(named(inside, link, environment, outside), [workspace]);
      assert.equal(python?.command, outside);
      assert.deepEqual(
        passedOver.map(({ reason }) => reason),
        [inside, link, environment].map((place) => `${place} is in a workspace that is not trusted`),
      );
    }));
});

suite("looking in PATH", () => {
  test("names come in their order, in each folder of PATH", () =>
    inFolder(async (folder) => {
      const [one, two] = [path.join(folder, "one"), path.join(folder, "two")];
      await fakePython(path.join(one, "python3.10"), "3.10.0");
      await fakePython(path.join(one, "python"), "3.10.0");
      await fakePython(path.join(two, "python3"), "3.9.0");
      await fakePython(path.join(two, "python3.13"), "3.13.0");
      const found = await all(pythonsOnPath({ PATH: [one, two].join(path.delimiter) }, "linux"));
      assert.deepEqual(
        found.map(({ place }) => path.relative(folder, place)),
        ["two/python3", "one/python", "two/python3.13", "one/python3.10"],
      );
    }));

  test("on Windows the launcher is asked for Python 3", () =>
    inFolder(async (folder) => {
      const launcher = await fakePython(path.join(folder, "py.exe"), "3.12.0");
      assert.deepEqual(await all(pythonsOnPath({ Path: folder }, "win32")), [
        { place: launcher, origin: "PATH", args: ["-3"] },
      ]);
    }));

  test("folders that are relative are passed over: they would be the project's", () =>
    inFolder(async (folder) => {
      await fakePython(path.join(folder, "python3"), "3.12.0");
      const relative = path.relative(process.cwd(), folder);
      assert.deepEqual(await all(onPath("python3", { PATH: `.${path.delimiter}${relative}` })), []);
    }));
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}
