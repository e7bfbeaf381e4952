/** The unit that `docs/operate.md` tells people to install. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { systemdAnalyzeProgram } from '../../../tools/setup/test-tools.mjs';
import { temporaryFolder } from '../http/temporary-folder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const told = path.join(root, 'docs/systemd');
/** Where the guide puts the program. */
const place = '/opt/talk-to-us';

test('P75 the systemd unit is accepted, confines the server, and starts what npm start starts, with state where the guide says', async () => {
  const analyze = systemdAnalyzeProgram();
  if (!analyze)
    throw new Error('systemd-analyze is not installed. Run `npm test`, whose set-up installs it.');
  await using folder = await temporaryFolder();
  const unit = await readFile(path.join(told, 'talk-to-us.service'), 'utf8');
  const file = path.join(folder.path, 'talk-to-us.service');
  // It is checked that the program is there, so it is named where it is here.
  await writeFile(file, unit.replaceAll(place, root));
  const ask = (...args: string[]) => execFileSync(analyze, args, { encoding: 'utf8', stdio: 'pipe' });
  expect(ask('verify', '--man=no', file)).toBe('');
  // Fails with a status when the exposure is above 2.0; see `systemd-analyze security`.
  expect(ask('security', '--offline=true', '--no-pager', '--threshold=20', file)).toContain(
    'Overall exposure level',
  );

  const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const started = /^ExecStart=(.+)$/m.exec(unit)?.[1]?.replace(`${place}/`, '');
  expect(scripts.start).toContain(`exec ${started}`);
  expect(scripts.setup).toBe(scripts.start?.split(' && ')[0]);

  const guide = await readFile(path.join(root, 'docs/operate.md'), 'utf8');
  for (const name of [place, '/var/lib/talk-to-us', '/etc/talk-to-us.env', 'systemd/talk-to-us.service'])
    expect(guide).toContain(name);
  // Every line that is no comment of the example settings can be read.
  const lines = (await readFile(path.join(told, 'talk-to-us.env'), 'utf8')).split('\n');
  const settings = lines.flatMap(line => /^#?([A-Z_]+)=(.+)$/.exec(line)?.slice(1) ?? []);
  expect(settings.length).toBeGreaterThan(4);
  const environment = Object.fromEntries(
    settings.flatMap((name, index) => (index % 2 === 0 ? [[name, settings[index + 1]]] : [])),
  );
  expect(() => readConfig(environment)).not.toThrow();
});
