/** A disk that answers late, when it is let, or with an error: what Node asks of it is kept back. */
import { type FileHandle, open } from 'node:fs/promises';

export class SlowDisk {
  readonly #files: { datasync: FileHandle['datasync'] };
  readonly #datasync: FileHandle['datasync'];
  readonly #waiting: { go: () => void; fail: (error: Error) => void }[] = [];
  /** Milliseconds until what waits goes on by itself; `null`: when it is let. */
  takesMs: number | null = null;
  syncs = 0;

  constructor(files: { datasync: FileHandle['datasync'] }) {
    this.#files = files;
    const datasync = files.datasync;
    this.#datasync = datasync;
    const held = () => this.#held();
    files.datasync = async function (this: FileHandle) {
      await held();
      return datasync.call(this);
    };
  }

  static async insert(): Promise<SlowDisk> {
    const file = await open(import.meta.filename);
    const disk = new SlowDisk(Object.getPrototypeOf(file));
    await file.close();
    return disk;
  }

  #held(): Promise<void> {
    this.syncs++;
    return new Promise((go, fail) => {
      this.#waiting.push({ go, fail });
      if (this.takesMs !== null) setTimeout(go, this.takesMs);
    });
  }

  /** What waits now goes on. */
  go(): void {
    for (const { go } of this.#waiting.splice(0)) go();
  }

  fail(): void {
    const error = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
    for (const { fail } of this.#waiting.splice(0)) fail(error);
  }

  remove(): void {
    this.go();
    this.#files.datasync = this.#datasync;
  }
}
