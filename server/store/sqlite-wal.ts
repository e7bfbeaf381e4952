/** Brings commits to the disk beside the event loop: one that waited for the disk would hold up everybody. */
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';

export class WalSync {
  readonly #place: string;
  #file: FileHandle | undefined;
  #commits = 0;
  #synced = 0;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param place the database file; its write-ahead log lies beside it */
  constructor(place: string) {
    this.#place = place;
  }

  noteCommit(): void {
    this.#commits++;
  }

  /**
   * Resolves when all that was committed before is on the disk. Who asks while a sync runs shares the next one, since
   * what runs may have begun before the commit. Throws what the system says.
   */
  async durable(): Promise<void> {
    if (this.#synced === this.#commits) return;
    this.#next ??= this.#syncAfter(this.#running);
    await this.#next;
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#running, this.#next]);
    await this.#file?.close();
  }

  async #syncAfter(earlier: Promise<void> | undefined): Promise<void> {
    // At least until whoever commits in this turn has done so.
    await earlier?.catch(() => undefined);
    this.#running = this.#next;
    this.#next = undefined;
    const commits = this.#commits;
    this.#file ??= await this.#open();
    await this.#file.datasync();
    this.#synced = Math.max(this.#synced, commits);
  }

  /** SQLite keeps the one file for as long as the database is open. That it is there at all is for the folder to keep. */
  async #open(): Promise<FileHandle> {
    const file = await open(`${this.#place}-wal`, 'r');
    const folder = await open(path.dirname(this.#place), 'r');
    await folder.sync().finally(() => folder.close());
    return file;
  }
}
