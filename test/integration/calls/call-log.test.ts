/** The log tells a call's whole life, one line for each step, whoever or whatever took it. */
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { Stage } from '../../support/stage.ts';
import { until } from '../../support/until.ts';

type Line = { level: number; msg: string; account?: string; site?: string; call?: string; rep?: string };

test('Q189 each step in a call’s life is one line of the log with account, site, call and rep: clicks, timers, lost connections; and nothing that people wrote', async () => {
  const lines: Line[] = [];
  const log = pino({ level: 'info' }, { write: line => void lines.push(JSON.parse(line) as Line) });
  const stage = await Stage.open({}, log);
  const ana = await stage.rep('Ana');
  const shopper = await stage.shopper();
  const { callId } = await shopper.untilState('waiting');
  await ana.untilWork('ringing');
  // Nobody answers: a timer takes the offer away.
  await stage.pass(21_000);
  await ana.untilWork('idle');
  await ana.signaling.request('rep.status', { status: 'available' });
  await ana.answer();
  const lost = shopper.signaling.closed();
  shopper.signaling.cut();
  await lost;
  await ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost);
  await stage.pass(limits.shopperGraceMs + 1_000);
  await ana.untilWork('wrap-up');
  await ana.signaling.request('wrap-up.finish', { note: 'a secret note' });
  const other = await stage.shopper();
  const { callId: removed } = await other.untilState('waiting');
  await ana.signaling.request('rep.status', { status: 'away' });
  await ana.signaling.request('queue.remove', { callId: removed, reason: 'a secret reason' });
  await other.untilState('ended');

  const about = (id: string) => lines.filter(line => line.call === id);
  await until(() => about(removed).some(line => line.msg === 'call ended'));
  expect(about(callId).map(line => line.msg)).toEqual([
    'call started',
    'call rings',
    'offer missed',
    'call rings',
    'call answered',
    'shopper lost',
    'call ended',
    'after-call work done',
  ]);
  for (const line of about(callId)) {
    expect(line).toMatchObject({ level: 30, account: 'main', site: expect.any(String) });
    if (/rings|missed|answered|done/.test(line.msg)) expect(line.rep, line.msg).toEqual(expect.any(String));
  }
  expect(about(callId).at(-2)).toMatchObject({ reason: 'shopper-lost' });
  expect(about(removed).map(line => line.msg)).toContain('call removed from its line');
  expect(JSON.stringify(lines)).not.toContain('secret');
});
