/** As much of VS Code as the server's life needs. */

export const settings = new Map<string, unknown>();

export class EventEmitter<T> {
  private readonly listeners: ((value: T) => void)[] = [];
  readonly event = (listener: (value: T) => void) => this.listeners.push(listener);

  fire(value: T): void {
    for (const listener of this.listeners) {
      listener(value);
    }
  }
}

export const workspace = {
  isTrusted: false,
  textDocuments: [],
  workspaceFolders: undefined,
  fs: { createDirectory: () => Promise.resolve() },
  getConfiguration: () => ({ get: (name: string) => settings.get(name) }),
};

export const window = { activeTextEditor: undefined };

/** None is installed. */
export const extensions = { onDidChange: () => undefined, getExtension: () => undefined };
