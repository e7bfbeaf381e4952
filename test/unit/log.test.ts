import { expect, test } from 'vitest';
import { createLog } from '../../server/log.ts';

function lines(logPretty: 'on' | 'off', logLevel: 'info' | 'silent' = 'info') {
  const written: string[] = [];
  const log = createLog({ logLevel, logPretty }, { write: line => void written.push(line) });
  return { log, written };
}

test('H120 secrets in what is logged are replaced, at any of the usual depths', () => {
  const { log, written } = lines('off');
  log.info(
    { token: 'S1', rep: { password: 'S2' }, req: { headers: { cookie: 'S3', authorization: 'S4' } } },
    'step',
  );
  log.child({ ticket: 'S5' }).warn({ answer: { headers: { 'set-cookie': 'S6' } } }, 'step');
  expect(written.join('')).not.toMatch(/S\d/);
  expect(JSON.parse(written[0]!)).toMatchObject({ level: 30, msg: 'step', token: '[kept secret]' });
});

test('H121 a log for programs is one JSON object a line, bound to what it is about', () => {
  const { log, written } = lines('off');
  log.child({ site: 'demo', call: 'c1' }).info('call answered');
  log.debug('not at this level');
  expect(written).toHaveLength(1);
  expect(JSON.parse(written[0]!)).toMatchObject({ site: 'demo', call: 'c1', msg: 'call answered' });
  expect(JSON.parse(written[0]!)).not.toHaveProperty('pid');
});

test('H122 a silent log writes nothing', () => {
  const { log, written } = lines('off', 'silent');
  log.fatal('gone');
  expect(written).toEqual([]);
});
