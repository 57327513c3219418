import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import * as path from "node:path";
import { suite, test } from "node:test";

import { environmentsNear, interpreterOf, isInside, ownInterpreterOf } from "../src/environment";
import { fakeEnvironment, inFolder, write } from "./folder";

suite("the interpreter that an environment was made from", () => {
  const configurations: [string, (home: string) => string, string][] = [
    ["python -m venv", (home) => `home = ${home}\nversion = 3.11.2\nexecutable = ${home}/python3.11\n`, "python3.11"],
    ["python -m venv of 3.10", (home) => `home = ${home}\nversion = 3.10.4\n`, "python3.10"],
    ["virtualenv", (home) => `home = ${home}\nbase-executable = ${home}/python3.12\n`, "python3.12"],
    ["uv", (home) => `home = ${home}\nimplementation = CPython\nversion_info = 3.13.0\n`, "python3.13"],
    ["a hand that says no version", (home) => `HOME=${home}`, "python3"],
  ];
  for (const [maker, config, expected] of configurations) {
    test(`by ${maker}`, () =>
      inFolder(async (folder) => {
        const home = path.join(folder, "usr", "bin");
        for (const name of ["python3.10", "python3.11", "python3.12", "python3.13", "python3"]) {
          await write(path.join(home, name));
        }
        const environment = await fakeEnvironment(path.join(folder, "venv"), config(home));
        assert.equal(await interpreterOf(environment, "linux"), path.join(home, expected));
      }));
  }

  test("on Windows", () =>
    inFolder(async (folder) => {
      const python = await write(path.join(folder, "Python312", "python.exe"));
      await write(path.join(folder, "venv", "pyvenv.cfg"), `home = ${path.dirname(python)}\r\nversion = 3.12.1\r\n`);
      assert.equal(await interpreterOf(path.join(folder, "venv"), "win32"), python);
    }));

  test("a folder without pyvenv.cfg is a Python's own, as conda makes them", () =>
    inFolder(async (folder) => {
      const python = await write(path.join(folder, "bin", "python3"));
      assert.equal(await interpreterOf(folder, "linux"), python);
      assert.equal(await ownInterpreterOf(folder, "linux"), python);
    }));
});

suite("the environments of a project", () => {
  test("those beside the nearest pyproject.toml come first, then those of the root; nothing above it", () =>
    inFolder(async (folder) => {
      const root = path.join(folder, "root");
      const service = path.join(root, "services", "mail");
      await write(path.join(service, "pyproject.toml"));
      await write(path.join(root, "pyproject.toml"));
      const own = await fakeEnvironment(path.join(service, "venv"), "");
      const shared = await fakeEnvironment(path.join(root, ".venv"), "");
      await fakeEnvironment(path.join(folder, ".venv"), "");
      await mkdir(path.join(root, "venv")); // no environment
      assert.deepEqual(await environmentsNear(path.join(service, "src"), root), [own, shared]);
      assert.deepEqual(await environmentsNear(root, root), [shared]);
    }));
});

suite("being inside a folder", () => {
  test("goes by whole names and by what links lead to", () =>
    inFolder(async (folder) => {
      const inner = await write(path.join(folder, "app", "..python", "file"));
      await symlink(path.join(folder, "app"), path.join(folder, "link"));
      assert.ok(await isInside(inner, path.join(folder, "app")));
      assert.ok(await isInside(path.join(folder, "link", "..python", "file"), path.join(folder, "app")));
      assert.ok(await isInside(folder, folder));
      assert.ok(!(await isInside(path.join(folder, "app-two"), path.join(folder, "app"))));
      assert.ok(!(await isInside(folder, path.join(folder, "app"))));
    }));
});
