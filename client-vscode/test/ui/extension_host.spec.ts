/** The suites that ask VS Code's own interface, each in the situation that it is about. */

import * as fs from "node:fs";
import * as path from "node:path";

import { expect, test } from "../harness/fixtures";
import { makeEnvironment, python, standardLibrary } from "../harness/python";
import { TEST_FOLDER, scratchFolder } from "../harness/run";
import { exampleProject, project } from "../harness/workspace";

/** A file whose one finding stands behind characters that count differently in bytes, code points and UTF-16. */
const FLOW = {
  "flow.py": [
    "from datetime import timedelta",
    "from hatchet_sdk import Context, EmptyModel, Hatchet",
    "hatchet = Hatchet()",
    '@hatchet.task(name="größe-大-🪓", execution_timeout="1d")',
    "def call(input: EmptyModel, ctx: Context) -> None:",
    "    ctx.log(str(timedelta(days=1)))",
    "",
  ].join("\n"),
};

const MISTAKE = {
  "flow.py": [
    "from hatchet_sdk import Context, EmptyModel, Hatchet",
    "hatchet = Hatchet()",
    "@hatchet.task(retries=-1)",
    "def call(input: EmptyModel, ctx: Context) -> None: ...",
    "",
  ].join("\n"),
};

test("without any other extension all features are there", async ({ runSuite }) => {
  await runSuite("features", exampleProject());
});

for (const stub of ["ms-python.python", "ms-python.vscode-python-envs"]) {
  test(`beside ${stub} the environment that it has chosen counts`, async ({ runSuite }) => {
    const folder = project(MISTAKE);
    const environment = makeEnvironment(path.join(folder, "environments", "first"), "1.40.0");
    makeEnvironment(path.join(folder, "environments", "second"), "1.41.0");
    await runSuite("environments", folder, {
      stubs: [path.join(TEST_FOLDER, "stubs", stub)],
      environment: { HATCHET_TEST_ENVIRONMENT: environment },
    });
  });
}

test("without any Python the editor stays usable, and one that is set serves", async ({ runSuite }) => {
  const environment = { HATCHET_TEST_PYTHON: python() };
  await runSuite("no_python", project(MISTAKE), { path: [scratchFolder("empty")], environment });
});

test("a folder full of modules named like those of the standard library does no harm", async ({ runSuite }) => {
  const names = [...standardLibrary(), "sitecustomize", "usercustomize", "pygls", "jedi", "hatchet_ls"];
  const modules = Object.fromEntries(names.map((name) => [`${name}.py`, 'raise SystemExit("imported by mistake")\n']));
  await runSuite("findings", project({ ...modules, ...FLOW }));
});

test("spaces and letters of any script may be in the path", async ({ runSuite }) => {
  await runSuite("findings", project(FLOW, "Mein Bestell-Übersicht № 1 (日本語) 100% #"));
});

test("it works where nobody can write into the extension's folder, and leaves it as it is", async ({
  runSuite,
  startEditor,
}) => {
  const { extensions } = await startEditor({ readOnlyExtension: true });
  const before = tree(extensions);
  await runSuite("findings", project(FLOW), { readOnlyExtension: true });
  expect(before.length).toBeGreaterThan(1000);
  expect(tree(extensions)).toEqual(before);
});

/** All files and folders below one, with the times of their last change. VS Code keeps lists of its own beside. */
function tree(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.startsWith("hatchet-dev."))
    .sort()
    .map((name) => `${name} ${fs.statSync(path.join(folder, name)).mtimeMs}`);
}
