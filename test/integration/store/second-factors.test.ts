/** One-time codes and recovery codes, on both engines. */
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secureRandom } from '../../../server/identity/clock-and-random.ts';
import { createSecondFactors, type SecondFactors } from '../../../server/identity/second-factors.ts';
import { addIdentity, findIdentity } from '../../../server/store/identities.ts';
import { mainAccount } from '../../../server/store/members.ts';
import type { Database } from '../../../server/store/schema.ts';
import type { Store } from '../../../server/store/store.ts';
import { addUser } from '../../../server/store/users.ts';
import type { RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { codeAt } from '../../support/authenticator.ts';
import { engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';

const stepMs = 30_000;
const ada = { id: 'ada' as RepId, email: 'ada@shop.example' };
const ben = { id: 'ben' as RepId, email: 'ben@shop.example' };
const secrets = { tokenKey: secureRandom(32) };

describe.each(engines)('second factors on %s', engine => {
  let place: Place;
  let store: Store;
  let db: Kysely<Database>;
  let clock: { now: number };
  let factors: SecondFactors;

  beforeEach(async () => {
    place = await freshPlace(engine);
    store = await openPlace(place);
    ({ db } = store);
    for (const one of [ada, ben])
      await addUser(
        db,
        { ...one, name: one.id, password_hash: '' },
        { accountId: mainAccount, role: 'rep' },
        1,
      );
    // In the middle of a step.
    clock = { now: Math.floor(Date.now() / stepMs) * stepMs + stepMs / 2 };
    factors = createSecondFactors({ db, secrets, now: () => clock.now });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  /** Switched on; the code of that moment is used. */
  async function on(person = ada): Promise<{ secret: string; codes: string[] }> {
    const { secret } = await factors.begin(person);
    const codes = await factors.confirm(person.id, codeAt(secret, clock.now));
    if (!Array.isArray(codes)) throw new Error(`confirming answered ${codes}`);
    return { secret, codes };
  }

  test('I50 codes are those of RFC 6238, and the address for the app says so', async () => {
    // Appendix B of the RFC: this secret, these times, the last six of its eight digits.
    const random = (bytes: number) =>
      bytes === 20 ? Buffer.from('12345678901234567890') : secureRandom(bytes);
    const known = createSecondFactors({ db, secrets, now: () => clock.now, random });
    const { uri, secret } = await known.begin(ada);
    expect(new URL(uri).protocol).toBe('otpauth:');
    expect(Object.fromEntries(new URL(uri).searchParams)).toEqual({
      ...{ issuer: 'Talk to Us', secret, algorithm: 'SHA1', digits: '6', period: '30' },
    });
    expect(decodeURIComponent(uri)).toContain('totp/Talk to Us:ada@shop.example?');
    const told = [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
    ] as const;
    const [[firstAt, first], ...rest] = told;
    clock.now = firstAt * 1_000;
    expect(await known.confirm(ada.id, first)).toHaveLength(limits.recoveryCodes);
    for (const [at, code] of rest) {
      clock.now = at * 1_000;
      expect(await known.check(ada.id, code)).toBe('right');
    }
  });

  test('I51 a code of the step before or after is taken, one of two steps away is not', async () => {
    const { secret } = await on();
    const at = clock.now + 100 * stepMs;
    for (const [drift, outcome] of [
      [-2, 'wrong'],
      [2, 'wrong'],
      [-1, 'right'],
      [0, 'right'],
      [1, 'right'],
    ] as const) {
      clock.now = at;
      expect([drift, await factors.check(ada.id, codeAt(secret, at + drift * stepMs))]).toEqual([
        drift,
        outcome,
      ]);
    }
  });

  test('I52 a code works once, whoever comes first of many, and none works that is older than one that was used', async () => {
    const { secret } = await on();
    expect(await factors.check(ada.id, codeAt(secret, clock.now))).toBe('wrong');
    clock.now += 10 * stepMs;
    const code = codeAt(secret, clock.now);
    const all = await Promise.all(Array.from({ length: 8 }, () => factors.check(ada.id, code)));
    expect(all.filter(one => one === 'right')).toHaveLength(1);
    expect(await factors.check(ada.id, codeAt(secret, clock.now - stepMs))).toBe('wrong');
    expect(await factors.check(ada.id, `${codeAt(secret, clock.now + stepMs)}`)).toBe('right');
  });

  test('I53 a secret counts from its first code on; until then what was counts', async () => {
    const { secret } = await factors.begin(ada);
    expect(await factors.check(ada.id, undefined)).toBe('off');
    expect(await factors.confirm(ada.id, 'no code')).toBe('wrong');
    expect((await factors.state(ada.id)).on).toBe(false);
    expect(await factors.confirm(ben.id, codeAt(secret, clock.now))).toBe('none');
    await factors.confirm(ada.id, codeAt(secret, clock.now));
    expect(await factors.check(ada.id, undefined)).toBe('needed');
    expect(await factors.check(ben.id, undefined)).toBe('off');
    // Another telephone.
    clock.now += 10 * stepMs;
    const other = await factors.begin(ada);
    expect(await factors.check(ada.id, codeAt(secret, clock.now))).toBe('right');
    await factors.confirm(ada.id, codeAt(other.secret, clock.now));
    clock.now += 10 * stepMs;
    expect(await factors.check(ada.id, codeAt(secret, clock.now))).toBe('wrong');
    expect(await factors.check(ada.id, codeAt(other.secret, clock.now))).toBe('right');
  });

  test('I54 each of ten recovery codes works once, however it is written, and new ones end them', async () => {
    const { codes } = await on();
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = '', third = ''] = codes;
    const tries = await Promise.all(Array.from({ length: 6 }, () => factors.check(ada.id, first)));
    expect(tries.filter(one => one === 'right')).toHaveLength(1);
    expect(await factors.check(ada.id, ` ${second.toLowerCase().replaceAll('-', ' ')} `)).toBe('right');
    expect((await factors.state(ada.id)).recoveryCodesLeft).toBe(8);
    const renewed = (await factors.renewRecoveryCodes(ada.id)) ?? [];
    expect(renewed).toHaveLength(10);
    expect(await factors.check(ada.id, third)).toBe('wrong');
    expect(await factors.check(ada.id, renewed[0])).toBe('right');
    // They are nobody else's, and end with the factor.
    await on(ben);
    expect(await factors.check(ben.id, renewed[1])).toBe('wrong');
    expect(await factors.remove(ada.id)).toBe(true);
    expect(await factors.state(ada.id)).toEqual({ on: false, recoveryCodesLeft: 0 });
    expect(await factors.renewRecoveryCodes(ada.id)).toBeNull();
  });

  test('I69 of a provider’s people and ours each is connected once, whoever comes first of many', async () => {
    const issuer = 'https://id.example';
    const connect = (subject: string, repId: RepId) => addIdentity(db, { issuer, subject, repId }, 1);
    const all = await Promise.all(Array.from({ length: 6 }, (_, n) => connect(`ada-${n % 2}`, ada.id)));
    expect(all.filter(Boolean)).toHaveLength(1);
    const found = await Promise.all([0, 1].map(n => findIdentity(db, issuer, `ada-${n}`)));
    expect(found.toSorted()).toEqual([ada.id, null]);
    expect(await connect('ben', ben.id)).toBe(true);
    expect(await connect('ben', ada.id)).toBe(false);
    expect(await findIdentity(db, issuer, 'ben')).toBe(ben.id);
    expect(await findIdentity(db, 'https://other.example', 'ben')).toBeNull();
  });

  test('I55 secrets are stored encrypted for their person, and recovery codes hashed', async () => {
    const { secret, codes } = await on();
    await on(ben);
    const rows = await db.selectFrom('second_factors').selectAll().orderBy('rep_id').execute();
    const stored = JSON.stringify([rows, await db.selectFrom('recovery_codes').selectAll().execute()]);
    expect(stored).not.toContain(secret);
    for (const code of codes) expect(stored).not.toContain(code.slice(0, 9));
    clock.now += 10 * stepMs;
    const code = codeAt(secret, clock.now);
    // Put into the row of somebody else it opens nothing, nor with another key; recovery codes then still work.
    await db
      .updateTable('second_factors')
      .set({ secret: rows[0]?.secret ?? '' })
      .where('rep_id', '=', ben.id)
      .execute();
    expect(await factors.check(ben.id, code)).toBe('wrong');
    const other = createSecondFactors({
      ...{ db, secrets: { tokenKey: secureRandom(32) }, now: () => clock.now },
    });
    expect(await other.check(ada.id, code)).toBe('wrong');
    expect(await other.check(ada.id, codes[0])).toBe('right');
    expect(await factors.check(ada.id, code)).toBe('right');
  });
});
