import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What shrinks; pictures and sounds do not. */
const texts = /\.(js|css|html|svg)$/;

/**
 * Writes `.br` and `.gz` beside every text file below `folder`, as small as they get: once at the build instead of at
 * each request. Files that would hardly shrink are sent as they are.
 */
export function compressFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !texts.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const content = readFileSync(file);
    const parameters = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    const twins = {
      br: brotliCompressSync(content, { params: parameters }),
      gz: gzipSync(content, { level: constants.Z_BEST_COMPRESSION }),
    };
    for (const [ending, twin] of Object.entries(twins))
      if (twin.length < content.length * 0.9) writeFileSync(`${file}.${ending}`, twin);
  }
}
