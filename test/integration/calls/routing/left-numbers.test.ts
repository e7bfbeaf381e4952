/** Numbers and other texts that shoppers leave, on their way into the store. */
import { expect, test } from 'vitest';
import { askForCallback } from '../../../../server/calls/commands/callbacks.ts';
import { finishWrapUp } from '../../../../server/calls/commands/rep-commands.ts';
import { startCall } from '../../../../server/calls/commands/shopper-commands.ts';
import { readInput } from '../../../../server/http/request-rules.ts';
import type { CallId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { requestEnvelope, requests } from '../../../../shared/protocol.ts';
import { queueName } from '../../../../shared/settings.ts';
import { onEveryEngine, play, watch, world } from './scene.ts';

const site = 'a' as SiteId;
const leave = (shopper: number, phone: string) =>
  world.transactions.change([site], change =>
    askForCallback(
      change,
      {
        callId: `left-${shopper}` as CallId,
        siteId: site,
        shopperId: `shopper-${shopper}` as ShopperId,
        context: {},
      },
      phone,
    ),
  );
const numbers = (change: object) =>
  world.setQueue('a-sales', {
    callback: {
      ...{ page: true, phone: true, tries: 2, retryMs: 60_000, expireMs: 300_000 },
      numbers: { countries: 'any', premium: false, own: null, ...change },
    },
  });
const kept = async () =>
  (await world.select<{ callback_phone: string }>('select callback_phone from calls order by id')).map(
    row => row.callback_phone,
  );

/** What a client sent, as a handler is given it. */
const received = (type: 'call.start' | 'wrap-up.finish', data: unknown): unknown =>
  requests[type].data.parse(requestEnvelope.parse({ id: 1, type, data }).data);

onEveryEngine('what is left on', () => {
  test('C37 a number is called once however it is written, and a wrong one is refused with its problem', async () => {
    await numbers({ own: 'NO' });
    await leave(0, '\u202d+47 400 00 000\u202c');
    await leave(1, '+1 650 253 0000 ext. 123');
    expect(await kept()).toEqual(['+47 400 00 000', '+1 650 253 0000 ext. 123']);
    for (const again of ['400 00 000', '0047 40000000', 'tel:+47-400-00-000'])
      await expect(leave(2, again), again).rejects.toMatchObject({ code: 'number-known' });
    for (const typed of ['....', '()()', '...1', '+49 900 1 123456'])
      await expect(leave(2, typed), typed).rejects.toMatchObject({ code: 'bad-number' });
    await numbers({ own: 'NO', countries: 'own' });
    await expect(leave(2, '+49 30 1234567')).rejects.toMatchObject({
      code: 'bad-number',
      params: { problem: 'country', countries: ['NO'] },
    });
    // Over, the same number may be left again.
    await play({ do: 'hang-up', shopper: 0 });
    await leave(2, '400 00 000');
    expect(await kept()).toHaveLength(3);
  });

  test('C38 control characters and lone surrogates are dropped on the way in, and the rest is kept', async () => {
    const odd = 'a\u0000b\ud800c\u0007\n\u{1f600}';
    const start = received('call.start', {
      context: { name: odd, fields: [{ label: odd, value: odd }] },
      rtpCapabilities: { codecs: [] },
    }) as { context: { name: string } };
    await play({ do: 'comes-to-work', rep: 0 });
    const callId = 'odd' as CallId;
    await world.transactions.change([site], change =>
      startCall(change, {
        callId,
        siteId: site,
        shopperId: 'shopper-0' as ShopperId,
        context: start.context,
      }),
    );
    await play({ do: 'accept', rep: 0, offer: 'own' }, { do: 'hang-up', shopper: 0 });
    const { note } = received('wrap-up.finish', { note: odd }) as { note: string };
    watch.finishing.add('ana');
    await world.transactions.changeRep('ana' as RepId, (change, sites) =>
      finishWrapUp(change, sites, 'ana' as RepId, note),
    );
    const [call] = await world.select<{ note: string; context: string }>('select note, context from calls');
    const plain = 'abc\n\u{1f600}';
    expect(call?.note).toBe(plain);
    expect(JSON.parse(call?.context ?? '')).toEqual({
      name: plain,
      fields: [{ label: plain, value: plain }],
    });
    expect(readInput('Sa\u0000les\ud800', queueName)).toBe('Sales');
    expect(requestEnvelope.parse({ id: 1, type: 'x', data: { 'k\u0000ey': 'v' } }).data).toEqual({
      key: 'v',
    });
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(requestEnvelope.safeParse({ id: 1, type: 'x', data: deep }).success).toBe(true);
  });
});
