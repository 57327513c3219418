/** Folders with stand-ins for Python, for tests. */

import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

import type { Candidate } from "../src/python";

/** Run something with a new folder whose name needs care; the folder is gone afterwards. */
export async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "hatchet 語 ")));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A program that answers as a Python of this version does. */
export async function fakePython(file: string, version: string): Promise<string> {
  return script(file, `printf '${version}\\n%s' "$0"`);
}

export async function script(file: string, body: string): Promise<string> {
  await write(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

export async function write(file: string, text = ""): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** A virtual environment whose own interpreter would tell that it was run. */
export async function fakeEnvironment(folder: string, config: string): Promise<string> {
  await write(path.join(folder, "pyvenv.cfg"), config);
  await script(path.join(folder, "bin", "python"), "echo run >> $(dirname $0)/was-run");
  return folder;
}

export async function* named(...places: string[]): AsyncGenerator<Candidate> {
  yield* await Promise.resolve(places.map((place) => ({ place, origin: "a test" })));
}
