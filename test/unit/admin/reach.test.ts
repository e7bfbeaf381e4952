import { describe, expect, test } from 'vitest';
import { callsTexts } from '../../../client/admin/calls/texts.ts';
import { sumUnmet } from '../../../client/admin/calls/unmet.ts';
import {
  addressFinding,
  addressOf,
  certificateFinding,
  dutyFindings,
  type Here,
  healthFindings,
  soundFinding,
  warningFor,
} from '../../../client/admin/reach/findings.ts';
import { storeTroubles, trouble } from '../../../server/store/store-error.ts';
import type { UnmetHour } from '../../../shared/api/calls.ts';
import type { ReachReport } from '../../../shared/api/server.ts';
import type { QueueId } from '../../../shared/ids.ts';

const day = 24 * 60 * 60 * 1000;
const now = 1_800_000_000_000;
const good: ReachReport = {
  publicUrl: 'https://voice.shop.example',
  ports: { http: 8080, https: 8443 },
  mediaPorts: { first: 40_000, last: 40_001 },
  network: ['https://192.168.1.5:8443'],
  certificate: {
    selfSigned: false,
    names: ['voice.shop.example', '*.other.example'],
    from: now - day,
    until: now + 90 * day,
  },
  acme: null,
  notReady: [],
  queues: [],
  serverTime: now,
};
const at = (address: string, isSecureContext = address.startsWith('https:')): Here => {
  const { hostname, origin, port, protocol } = new URL(address);
  return { hostname, origin, port, protocol, isSecureContext };
};
const outside = at('https://voice.shop.example');

describe('whether shoppers reach the shop', () => {
  test.each<[string | null, string, string, RegExp]>([
    ['https://voice.shop.example', 'http://localhost:8080', 'ok', /https:\/\/voice.shop.example/],
    [null, 'https://voice.shop.example', 'ok', /https:\/\/voice.shop.example/],
    [null, 'http://localhost:8080', 'broken', /PUBLIC_URL.*https:\/\/192\.168\.1\.5:8443/],
    [null, 'https://192.168.1.5:8443', 'attention', /own network only/],
    [null, 'http://voice.shop.example', 'broken', /https/],
    ['https://voice.shop.example:8080', 'http://localhost:8080', 'broken', /8443/],
  ])('R111 the address: PUBLIC_URL %s, opened as %s, is %s', (publicUrl, opened, is, words) => {
    const finding = addressFinding({ ...good, publicUrl }, at(opened, true));
    expect(finding.is).toBe(is);
    expect(`${finding.words} ${finding.todo}`).toMatch(words);
    expect(finding.todo === '').toBe(is === 'ok');
  });

  test('R112 what is handed out carries the address that works from outside, or a warning with the one to use', () => {
    expect(addressOf({ publicUrl: 'https://voice.shop.example/' }, { origin: 'http://localhost:8080' })).toBe(
      'https://voice.shop.example',
    );
    expect(warningFor('https://voice.shop.example')).toBe('');
    expect(warningFor('http://localhost:8080', good.network)).toContain('https://192.168.1.5:8443');
    expect(warningFor('http://localhost:8080')).toContain('PUBLIC_URL');
    expect(warningFor('https://192.168.1.5:8443')).toContain('PUBLIC_URL');
  });

  test.each<[string, Partial<ReachReport['certificate']>, Here, string]>([
    ['good', {}, at('https://voice.shop.example:8443'), 'ok'],
    ['of a proxy', { selfSigned: true }, outside, 'ok'],
    ['self-made', { selfSigned: true }, at('https://voice.shop.example:8443'), 'attention'],
    ['ended', { until: now - 1 }, at('https://voice.shop.example:8443'), 'broken'],
    ['ending', { until: now + 5 * day }, at('https://voice.shop.example:8443'), 'attention'],
    ['for another host', {}, at('https://voice.elsewhere.example:8443'), 'broken'],
    ['for all of a domain', {}, at('https://a.other.example:8443'), 'ok'],
    ['for one label only', {}, at('https://a.b.other.example:8443'), 'broken'],
    ['none', {}, at('http://192.168.1.5:8080'), 'broken'],
    ['none, on this computer', {}, at('http://localhost:8080', true), 'attention'],
  ])('R113 the certificate that is %s', (_, certificate, here, is) => {
    const report = { ...good, certificate: { ...good.certificate, ...certificate } };
    expect(certificateFinding(report, here, now).is).toBe(is);
  });

  test('R113 of a certificate that the server gets by itself it is told what is missing, from wherever one looks', () => {
    const told = [{ reason: 'acme-no-address', params: { domain: 'voice.shop.example' } }];
    const acme = { domains: ['voice.shop.example'], until: null, failure: { told, nextTryAt: now + day } };
    const own = { ...good.certificate, selfSigned: true };
    for (const here of [outside, at('http://localhost:8080', true), at('https://voice.shop.example:8443')])
      expect(certificateFinding({ ...good, certificate: own, acme }, here, now)).toMatchObject({
        is: 'attention',
        words: expect.stringContaining('made its certificate itself'),
        todo: expect.stringContaining('The name voice.shop.example leads nowhere yet.'),
      });
    const asked = { ...good, certificate: own, acme: { ...acme, failure: null } };
    const here = at('https://voice.shop.example:8443');
    expect(certificateFinding(asked, here, now).todo).toContain('being asked for');
    expect(certificateFinding({ ...good, acme }, here, now).words).toContain('good until');
  });

  test('R114 sound that does not get through names the ports to open, and a look from inside says that it is one', () => {
    const sound = (udp: boolean, tcp: boolean, here = outside) => soundFinding(good, { udp, tcp }, here);
    expect(sound(true, true).is).toBe('ok');
    expect(sound(false, true)).toMatchObject({
      is: 'attention',
      todo: expect.stringContaining('40000–40001 for UDP'),
    });
    expect(sound(true, false).todo).toContain('TCP');
    expect(sound(false, false)).toMatchObject({ is: 'broken', todo: expect.stringContaining('40000–40001') });
    expect(sound(true, true, at('https://192.168.1.5:8443'))).toMatchObject({ is: 'attention' });
  });

  test('R115 who answers now is told for each queue, and a part of the server that is ill in words', () => {
    const queue = { id: 'q' as QueueId, name: 'Sales', siteName: 'Shop', opensAt: null };
    const of = (availability: ReachReport['queues'][number]['availability']) =>
      dutyFindings({ ...good, queues: [{ ...queue, availability }] })[0]?.is;
    expect([of('open'), of('busy'), of('closed'), of('queue-full'), of('no-rep')]).toEqual([
      'ok',
      'attention',
      'attention',
      'attention',
      'broken',
    ]);
    const ill = [{ part: 'database' }];
    expect(healthFindings({ ...good, notReady: ill })).toMatchObject([
      { is: 'broken', words: 'The database cannot be used at present.' },
    ]);
    for (const problem of storeTroubles)
      expect(healthFindings({ ...good, notReady: [{ ...ill[0]!, problem }] })).toMatchObject([
        { is: 'broken', words: trouble(problem).message },
      ]);
    const media = [
      { part: 'media', problem: 'workers', params: { dead: 1, all: 2 } },
      { part: 'media', problem: 'no-answer' },
      { part: 'media', problem: 'of a newer server' },
    ];
    expect(healthFindings({ ...good, notReady: media }).map(({ words }) => words)).toEqual([
      'The sound of calls does not work. Media workers that do not run: 1 of 2.',
      'The sound of calls does not work: the media workers do not answer.',
      'The sound of calls does not work.',
    ]);
    const newer = [{ part: 'recorder', problem: 'away', params: { figures: 3 } }];
    expect(healthFindings({ ...good, notReady: newer })).toMatchObject([
      { is: 'broken', words: 'A part of the server is not ready: recorder.' },
    ]);
  });

  test('R116 missed clicks are summed by weekday and hour of this browser’s zone, and the worst hour is named', () => {
    const hour = (date: Date, count: number, reason: UnmetHour['reason'] = 'closed'): UnmetHour => ({
      ...{ queueId: 'q' as QueueId, queueName: 'Sales', reason, count },
      hour: date.getTime(),
    });
    // Two Mondays at 12, a Sunday at 23.
    const unmet = sumUnmet([
      hour(new Date(2026, 10, 16, 12), 8),
      hour(new Date(2026, 10, 23, 12), 6, 'no-rep'),
      hour(new Date(2026, 10, 22, 23), 3),
    ]);
    expect(unmet).toMatchObject({
      most: 14,
      total: 17,
      worst: { weekday: 0, hour: 12, count: 14 },
      reasons: [
        { reason: 'closed', count: 11 },
        { reason: 'no-rep', count: 6 },
      ],
    });
    expect(unmet.cells[6]?.[23]).toBe(3);
    expect(sumUnmet([])).toMatchObject({ total: 0, worst: null });
  });

  test('B124 when clicks were missed is said as a person would, and no pattern is claimed where there is none', () => {
    const said = (count: number, all: number) => callsTexts.unmetWorst(count, all, 'Monday', '1 PM', '2 PM');
    expect(said(1, 1)).toBe('On a Monday between 1 PM and 2 PM.');
    expect(said(1, 4)).toBe('No hour of the week stands out so far.');
    expect(said(3, 3)).toBe('All of them on Mondays between 1 PM and 2 PM.');
    expect(said(14, 17)).toBe('Most of them on Mondays between 1 PM and 2 PM: 14 of 17.');
    expect(said(5, 20)).toBe('Most often on Mondays between 1 PM and 2 PM: 5 of 20.');
  });
});
