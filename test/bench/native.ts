/** C programs of the benchmarks, compiled when they are needed. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type Program = { file: string; remove: () => Promise<void> };

/**
 * @param name of the source in `native/`, without its ending
 * @param libraries to link, such as `ssl`
 * @throws Error with the compiler's words
 */
export async function compile(name: string, libraries: readonly string[] = []): Promise<Program> {
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-native-'));
  const file = path.join(folder, name);
  const source = fileURLToPath(new URL(`./native/${name}.c`, import.meta.url));
  const { status, stderr } = spawnSync(
    'gcc',
    ['-O2', '-Wall', '-o', file, source, ...libraries.map(library => `-l${library}`)],
    { encoding: 'utf8' },
  );
  const remove = () => rm(folder, { recursive: true, force: true });
  if (status === 0) return { file, remove };
  await remove();
  throw new Error(`${name}.c could not be compiled:\n${stderr}`);
}
