/**
 * R11: what a current Chrome is sent, as a share of a common voice SDK put through the same bundler and gzip. Bytes do
 * not vary, so there is one round and no spread.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { type Language, languages } from '../../shared/i18n/languages.ts';
import type { Face } from '../../shared/i18n/message.ts';
import { type Benchmark, judge } from './benchmark.ts';

const root = path.join(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
/** The server prefers the `.br` twin, where the build made one. */
const sent = (file: string) => {
  const whole = path.join(dist, file);
  return statSync(existsSync(`${whole}.br`) ? `${whole}.br` : whole).size;
};
const gzipped = (code: string | Uint8Array) => gzipSync(code, { level: 9 }).length;

/** Any shop's visitor: the script that the page names, and what it imports at once. */
export const r11: Benchmark = {
  id: 'R11',
  title: 'bytes of the first load / voice SDK',
  goal: { atMost: 0.3 },
  run: () => compare('first load', inLargestLanguage(['button'], { onDemand: false })),
};

/** Somebody who calls, in a current Chrome. */
export const r11Call: Benchmark = {
  id: 'R11b',
  title: 'bytes of everything for a call / voice SDK',
  goal: { atMost: 1.1 },
  run: () =>
    compare('everything for a call', inLargestLanguage(['button', 'call', 'spoken'], { onDemand: true })),
};

/** The element, and those words of it, in the language that takes most. The button in English is in the script itself. */
function inLargestLanguage(faces: readonly Face[], { onDemand }: { onDemand: boolean }): string[] {
  const assets = readdirSync(path.join(dist, 'assets'));
  const wordsIn = (language: Language) =>
    faces
      .filter(face => language !== 'en' || face !== 'button')
      .map(face => {
        const file = assets.find(
          name => name.startsWith(`words-${face}-${language}-`) && name.endsWith('.js'),
        );
        if (!file) throw new Error(`The build has no words of the ${face} in ${language}.`);
        return `assets/${file}`;
      });
  const bytes = (files: readonly string[]) => files.reduce((sum, file) => sum + sent(file), 0);
  const words = languages.map(wordsIn).sort((one, other) => bytes(other) - bytes(one));
  return [...filesFrom('talk-to-us.js', { onDemand }), ...words[0]!];
}

/**
 * Where the settings begin; what is fetched by who opens a page of its own: of one queue, the team, one's account, the first
 * run and its reminder, for signing in; or who asks for a part that few need: the dialogs, the choice of devices, what a
 * supervisor decided for somebody.
 */
const firstOfSettings = /\/admin-[\w-]{8}\.js$/;
const ownPages =
  /\/(admin|queue-page|appearance-page|team-page|changes-page|account-page|first-run-page|first-run-reminder|link|sign-in|two-factor|dialog|shortcuts-dialog|transfer-dialog|device-choice|told)-/;
/** Their words: a file for each language, of which a person fetches one. */
const consoleWords = /\/console-words-/;
const mostConsole = 70_000;
const mostSettings = 30_000;

/** The rep's phone: its page and all that it fetches, in a current Chrome where the rep is signed in. */
export const r11Console: Benchmark = {
  id: 'R11c',
  title: `bytes of the console's first load / ${mostConsole / 1000} kB`,
  goal: { atMost: 1 },
  run: async () => within('console', [...consoleFiles().first, largestWords('phone')], mostConsole),
};

/** What whoever opens the settings fetches on top of that. */
export const r11Settings: Benchmark = {
  id: 'R11d',
  title: `bytes of the settings' first page / ${mostSettings / 1000} kB`,
  goal: { atMost: 1 },
  run: async () => within('settings', [...consoleFiles().settings, largestWords('settings')], mostSettings),
};

/** In the language that takes most. */
function largestWords(group: string): string {
  const files = readdirSync(path.join(dist, 'assets'))
    .filter(name => name.startsWith(`console-words-${group}-`) && name.endsWith('.js'))
    .map(name => `assets/${name}`);
  const [largest] = files.sort((one, other) => sent(other) - sent(one));
  if (!largest) throw new Error(`The build has no words of ${group}.`);
  return largest;
}

function within(what: string, files: readonly string[], most: number) {
  const sizes = files.map(file => [file, sent(file)] as const);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  const parts = sizes.map(([file, size]) => `${path.basename(file)} ${size}`).join(' + ');
  return judge([{ value: bytes / most, figures: { bytes, most } }], `${what} ${bytes} B as sent (${parts})`);
}

function consoleFiles(): { first: string[]; settings: string[] } {
  const page = 'console/index.html';
  const named = [
    ...readFileSync(path.join(dist, page), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g),
  ];
  const entries = named.map(([, file]) => file!);
  const scripts = entries.filter(file => file.endsWith('.js'));
  const all = new Set(scripts.flatMap(file => filesFrom(file, { onDemand: true, without: ownPages })));
  const first = [...new Set([page, ...entries, ...all])];
  const everything = scripts.flatMap(file => filesFrom(file, { onDemand: true }));
  const admin = everything.find(file => firstOfSettings.test(file));
  if (!admin) throw new Error('The build has no settings of their own.');
  const settings = filesFrom(admin, { onDemand: false }).filter(file => !first.includes(file));
  return { first, settings };
}

async function compare(what: string, files: readonly string[]) {
  const sdk = await voiceSdkBytes();
  const sizes = files.map(file => [file, sent(file)] as const);
  const ours = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const asGzip = files.reduce((sum, file) => sum + gzipped(readFileSync(path.join(dist, file))), 0);
  const parts = sizes.map(([file, bytes]) => `${path.basename(file)} ${bytes}`).join(' + ');
  return judge(
    [{ value: ours / sdk, figures: { ours, sdk } }],
    `${what} ${ours} B as sent (${parts}) / @twilio/voice-sdk ${sdk} B, gzip; ours by gzip ${(asGzip / sdk).toFixed(4)}`,
  );
}

/**
 * What others fetch: handlers for other browsers than a current Chrome, the choice of a callback (only who asks for one),
 * what keeps the window in reach on a page with modal dialogs, what puts problems into words and what explains a page's
 * mistakes to its owner. What tells everybody who waits where they stand counts.
 */
const otherPeople = /\/(Chrome74|Firefox120|Safari12|callback|push|stand-in|diagnosis|problem-words)-/;

/** The built files that are loaded from `entry` on, each once, relative to `dist`. */
function filesFrom(
  entry: string,
  { onDemand, without = /^$/ }: { onDemand: boolean; without?: RegExp },
): string[] {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if ([otherPeople, consoleWords, without].some(left => left.test(file)) || found.has(file)) return;
    found.add(file);
    const code = readFileSync(path.join(dist, file), 'utf8');
    const imports = onDemand
      ? /(?:from|import)\s*\(?\s*["'`](\.[^"'`$]+\.js)["'`]/g
      : /(?:from|import)\s*["'`](\.[^"'`$]+\.js)["'`]/g;
    for (const [, target] of code.matchAll(imports))
      follow(path.posix.join(path.posix.dirname(file), target ?? ''));
  };
  follow(entry);
  return [...found];
}

async function voiceSdkBytes(): Promise<number> {
  // Inside the project, so that the package is found from there.
  const folder = await mkdtemp(path.join(root, 'test-results-sdk-'));
  try {
    const entry = path.join(folder, 'entry.js');
    await writeFile(entry, "import { Device } from '@twilio/voice-sdk';\nglobalThis.VoiceDevice = Device;\n");
    const built = (await build({
      configFile: false,
      root: folder,
      logLevel: 'silent',
      build: {
        write: false,
        target: ['chrome111', 'firefox120', 'safari16.4'],
        modulePreload: { polyfill: false },
        rolldownOptions: { input: entry },
      },
    })) as Rolldown.RolldownOutput;
    return built.output
      .filter(file => file.type === 'chunk')
      .reduce((sum, { code }) => sum + gzipped(code), 0);
  } finally {
    await rm(folder, { recursive: true });
  }
}
