/** Reads Python environments without running anything of them. Knows nothing of VS Code. */

import { readFile, realpath, stat } from "node:fs/promises";
import * as path from "node:path";

/** Why a place cannot be used: what the user reads behind its name. */
export class Unusable extends Error {}

const ENVIRONMENTS = [".venv", "venv"];

/**
 * The interpreter to run for a place that somebody named: an interpreter or the folder of an environment.
 *
 * For a virtual environment it is the interpreter that the environment was made from.
 */
export async function interpreterOf(place: string, platform: NodeJS.Platform = process.platform): Promise<string> {
  const folder = (await kindOf(place)) === "folder";
  const config = await configOf(place, folder);
  if (config !== undefined) {
    return baseOf(config, platform);
  }
  return folder ? first(executables(place, platform), "is a folder without a Python") : place;
}

/** The environment's own interpreter, for what has to run inside it. */
export async function ownInterpreterOf(place: string, platform: NodeJS.Platform = process.platform): Promise<string> {
  return (await kindOf(place)) === "folder"
    ? first(executables(place, platform), "is a folder without a Python")
    : place;
}

/**
 * The virtual environments beside the `pyproject.toml` that is nearest to a folder, not looking above `root`,
 * and those in `root` itself.
 */
export async function environmentsNear(folder: string, root: string): Promise<string[]> {
  const project = await nearestProject(folder, root);
  const folders = new Set([...(project === undefined ? [] : [project]), root]);
  const found: string[] = [];
  for (const place of [...folders].flatMap((each) => ENVIRONMENTS.map((name) => path.join(each, name)))) {
    if (await isFile(path.join(place, "pyvenv.cfg"))) {
      found.push(place);
    }
  }
  return found;
}

/** Whether a path is inside a folder, also by way of symbolic links. */
export async function isInside(place: string, folder: string): Promise<boolean> {
  const pairs = [
    [path.resolve(place), path.resolve(folder)],
    [await realpath(place).catch(() => path.resolve(place)), await realpath(folder).catch(() => path.resolve(folder))],
  ] as const;
  return pairs.some(([inner, outer]) => {
    const way = path.relative(outer, inner);
    return way === "" || !(way === ".." || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
  });
}

async function nearestProject(folder: string, root: string): Promise<string | undefined> {
  for (let place = folder; await isInside(place, root); place = path.dirname(place)) {
    if (await isFile(path.join(place, "pyproject.toml"))) {
      return place;
    }
    if (path.dirname(place) === place) {
      break;
    }
  }
  return undefined;
}

/** `pyvenv.cfg` of the environment that a place is or belongs to. */
async function configOf(place: string, folder: boolean): Promise<Map<string, string> | undefined> {
  const folders = folder ? [place] : [path.dirname(place), path.dirname(path.dirname(place))];
  for (const each of folders) {
    const text = await readFile(path.join(each, "pyvenv.cfg"), "utf8").catch(() => undefined);
    if (text !== undefined) {
      const pairs = [...text.matchAll(/^([^=\r\n]+)=([^\r\n]*)/gm)];
      return new Map(pairs.map(([, key = "", value = ""]) => [key.trim().toLowerCase(), value.trim()]));
    }
  }
  return undefined;
}

/** The interpreter that a virtual environment was made from. */
async function baseOf(config: Map<string, string>, platform: NodeJS.Platform): Promise<string> {
  const named = [config.get("base-executable"), config.get("executable")].filter((each) => each !== undefined);
  const home = config.get("home");
  const version = /^3\.\d+/.exec(config.get("version") ?? config.get("version_info") ?? "")?.[0];
  const names = platform === "win32" ? ["python.exe"] : [`python${version ?? "3"}`, "python3", "python"];
  const beside = home === undefined ? [] : names.map((name) => path.join(home, name));
  return first([...named, ...beside], `was made from a Python that is gone (${home ?? "it is not named"})`);
}

function executables(folder: string, platform: NodeJS.Platform): string[] {
  return platform === "win32"
    ? [path.join(folder, "Scripts", "python.exe"), path.join(folder, "python.exe")]
    : [path.join(folder, "bin", "python"), path.join(folder, "bin", "python3")];
}

async function first(places: string[], otherwise: string): Promise<string> {
  for (const place of places) {
    if (await isFile(place)) {
      return place;
    }
  }
  throw new Unusable(otherwise);
}

async function kindOf(place: string): Promise<"file" | "folder"> {
  const found = await stat(place).catch(() => undefined);
  if (found === undefined) {
    throw new Unusable("does not exist");
  }
  return found.isDirectory() ? "folder" : "file";
}

async function isFile(place: string): Promise<boolean> {
  return (await stat(place).catch(() => undefined))?.isFile() ?? false;
}
