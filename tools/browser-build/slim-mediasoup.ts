import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { audioGrammar } from './slim-sdp.ts';

/** `from` (end of the importing file's path) asks for `wants`; it gets `code` instead, or the file `use`. */
type LeftOut = { from: string; wants: RegExp } & ({ code: string } | { use: string });

const unused =
  /^( *)(?:async |function )?(?:produceData|consumeData|sendDataChannel|receiveDataChannel|setMaxSpatialLayer|validateAndNormalizeSctpStreamParameters)\(.*?^\1\}$|^exports\.validateAndNormalizeSctpStreamParameters = [^\n]*$/gms;

const prefix = '\0left-out:';

/**
 * mediasoup-client is made for every use; we use it for one audio stream each way. Of its 56 kB (gzip) this
 * leaves out, at build time and for browsers only:
 * - the handlers of other browsers: `client/voice/device.ts` loads the one that is needed and passes it in,
 * - its test doubles, which come along because one file asks the package's main file for its version,
 * - H.264 and data channels, of which there are none here,
 * - rules for lines of session descriptions that no browser writes about audio,
 * - debug printing, helpers that its compiler repeats in each file, and the words of its errors, which nobody here reads,
 * - all of Node's `EventEmitter` that it does not use: `client/voice/small-emitter.ts` stands in.
 * What all handlers use comes with the transport, which uses them, or a browser would find out that it needs it only when it has the handler.
 * Where upstream moves something, the build fails rather than grows. See decision 0021.
 */
export function slimMediasoup(): Plugin {
  const main = createRequire(import.meta.url).resolve('mediasoup-client');
  const library = dirname(main);
  const device = join(library, 'Device.js');
  const transport = join(library, 'Transport.js');
  const version = /exports\.version = '([\d.]+)'/.exec(readFileSync(main, 'utf8'))?.[1] ?? '0';
  const nothing = 'module.exports = {};';
  const table: LeftOut[] = [
    { from: 'mediasoup-client/lib/Device.js', wants: /^\.\/handlers\//, code: nothing },
    { from: 'mediasoup-client/lib/Transport.js', wants: /^\.\/Data(Producer|Consumer)$/, code: nothing },
    { from: 'mediasoup-client/lib/ortc.js', wants: /^h264-profile-level-id$/, code: nothing },
    {
      from: 'mediasoup-client/lib/handlers/sdp/RemoteSdp.js',
      wants: /^\.\.\/\.\.\/$/,
      code: `exports.version = '${version}';`,
    },
    {
      from: '.js',
      wants: /^(\.\.?\/)+Logger$/,
      code: 'exports.Logger = class { debug() {} warn() {} error() {} };',
    },
    {
      from: 'mediasoup-client/lib/enhancedEvents.js',
      wants: /^events-alias$/,
      use: join(import.meta.dirname, '../../client/voice/small-emitter.ts'),
    },
  ];
  const shared = ['sdp/RemoteSdp', 'sdp/commonUtils', 'sdp/unifiedPlanUtils', 'ortc/utils'].map(
    name => `handlers/${name}`,
  );
  const withShared = ['scalabilityModes', ...shared].map(name => `require('./${name}');`).join('');
  const used = new Set<LeftOut>();
  return {
    name: 'slim-mediasoup',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source === 'mediasoup-client') return device;
      const path = importer?.replaceAll('\\', '/');
      const index = table.findIndex(({ from, wants }) => path?.endsWith(from) && wants.test(source));
      const found = table[index];
      if (!found) return null;
      used.add(found);
      return 'use' in found ? found.use : `${prefix}${index}`;
    },
    load(id) {
      const found = id.startsWith(prefix) ? table[Number(id.slice(prefix.length))] : undefined;
      return found && 'code' in found ? found.code : null;
    },
    transform(code, id) {
      if (id.replaceAll('\\', '/').endsWith('/sdp-transform/lib/grammar.js')) return audioGrammar(code);
      if (!/\/(mediasoup-client|awaitqueue)\/lib\//.test(id.replaceAll('\\', '/'))) return null;
      return (
        (id === transport ? code + withShared : code)
          // Whole statements on lines of their own, as the TypeScript compiler writes them.
          .replace(/^\s*logger\.(debug|warn|error)\((?:[^()]|\([^()]*\))*\);$/gm, '')
          // Methods and functions that only data channels and video need, from their first line to the brace that ends them.
          .replace(unused, '')
          // Which kind of error it is stays; a person reads words of ours.
          .replace(/(throw new [\w.]+)\(\s*(?:'[^']*'|`[^`]*`)\s*\);/g, '$1();')
          // What it repeats in each file to give old modules a `default`, which nothing here reads.
          .replace(
            /^var __createBinding = .*?^var __importStar = .*?^\}\)\(\);$/ms,
            'var __importStar = all => all;',
          )
      );
    },
    buildEnd(error) {
      if (error || ![...this.getModuleIds()].includes(device)) return;
      for (const entry of table) {
        if (!used.has(entry))
          this.error(`mediasoup-client changed: ${entry.from} does not ask for ${entry.wants}.`);
      }
    },
  };
}
