/** A language client that talks to nobody. */

export const CloseAction = {};
export const ErrorAction = {};
export const DidChangeConfigurationNotification = {};

/** What clients wait for when they are to stop. */
export const conversation = { ended: Promise.resolve() };

export class LanguageClient {
  registerFeature(): void {
    // There is nobody to tell of it.
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  isRunning(): boolean {
    return true;
  }

  stop(): Promise<void> {
    return conversation.ended;
  }
}
