/** Finds a Python that can run the server. Knows nothing of VS Code. */

import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

import { interpreterOf, isInside, Unusable } from "./environment";

/** The oldest Python that the server runs with. */
export const OLDEST = [3, 10] as const;

const SECONDS = 10;
const OTHER_PROGRAMS =
  /^(ruff|uvx?|black|mypy|pylint|flake8|pip3?|poetry|pdm|conda|hatch|hatchet-ls|ty|pyright)(\.exe)?$/i;
const PROBE = "import sys; sys.stdout.write('%d.%d.%d\\n%s' % (sys.version_info[:3] + (sys.executable,)))";

/** A place where a Python may be. */
export interface Candidate {
  /** An interpreter, or an environment's folder. */
  readonly place: string;
  /** Who named it, in words for the user. */
  readonly origin: string;
  readonly args?: readonly string[];
}

/** A Python that can run the server. */
export interface Python {
  readonly command: string;
  readonly version: string;
  readonly origin: string;
}

/** What a search has come to. */
export interface Search {
  readonly python: Python | undefined;
  /** Why candidates were passed over. */
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly origin: string;
  readonly reason: string;
}

/** The first candidate that is new enough and answers. Nothing in `forbidden` folders is run or followed. */
export async function findPython(
  candidates: AsyncIterable<Candidate>,
  forbidden: readonly string[] = [],
): Promise<Search> {
  const passedOver: PassedOver[] = [];
  for await (const { place, origin, args = [] } of candidates) {
    try {
      await refuse(place, forbidden);
      const interpreter = await interpreterOf(place);
      await refuse(interpreter, forbidden);
      return { python: { ...(await probe(interpreter, args)), origin }, passedOver };
    } catch (error) {
      if (!(error instanceof Unusable)) {
        throw error;
      }
      passedOver.push({ origin, reason: `${place} ${error.message}` });
    }
  }
  return { python: undefined, passedOver };
}

/** The Pythons that the shell would find, the likeliest first. */
export async function* pythonsOnPath(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): AsyncGenerator<Candidate> {
  const minors = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
  for (const name of ["python3", "python", ...(platform === "win32" ? ["py"] : []), ...minors]) {
    for await (const place of onPath(name, environment, platform)) {
      yield { place, origin: "PATH", args: name === "py" ? ["-3"] : [] };
    }
  }
}

/** The files that a bare command name may mean. Folders that are not absolute are passed over: they are the project's. */
export async function* onPath(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): AsyncGenerator<string> {
  const folders = (environment["PATH"] ?? environment["Path"] ?? "").split(path.delimiter);
  for (const folder of new Set(folders.filter((each) => path.isAbsolute(each)))) {
    const file = path.join(folder, platform === "win32" && !/\.exe$/i.test(name) ? `${name}.exe` : name);
    if (await canRun(file)) {
      yield file;
    }
  }
}

/** Ask an interpreter for its version and its real place. */
async function probe(interpreter: string, args: readonly string[]): Promise<{ command: string; version: string }> {
  const name = path.basename(interpreter);
  if (OTHER_PROGRAMS.test(name)) {
    throw new Unusable(`is ${path.parse(name).name}, not a Python interpreter`);
  }
  const [version = "", command = ""] = (await ask(interpreter, args)).split("\n");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Unusable("is not a Python interpreter");
  }
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new Unusable(`is Python ${version}; ${OLDEST.join(".")} or newer is needed`);
  }
  return { command: command.trim() || interpreter, version };
}

/** Run the probe away from any project, for version managers choose by the folder they are run in. */
async function ask(interpreter: string, args: readonly string[]): Promise<string> {
  const options = { cwd: path.parse(homedir()).root, timeout: SECONDS * 1000, windowsHide: true } as const;
  const run = promisify(execFile);
  try {
    const done = await run(interpreter, [...args, "-I", "-S", "-X", "utf8", "-c", PROBE], {
      ...options,
      killSignal: "SIGKILL",
    });
    return done.stdout;
  } catch (error) {
    const { killed, code } = error as { killed?: boolean; code?: string | number };
    if (killed === true) {
      throw new Unusable(`did not answer within ${SECONDS} seconds`);
    }
    const why = typeof code === "string" ? `cannot be run (${code})` : "is not Python 3";
    throw new Unusable(`${why}; Python ${OLDEST.join(".")} or newer is needed`);
  }
}

async function refuse(place: string, forbidden: readonly string[]): Promise<void> {
  for (const folder of forbidden) {
    if (await isInside(place, folder)) {
      throw new Unusable("is in a workspace that is not trusted");
    }
  }
}

async function canRun(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
