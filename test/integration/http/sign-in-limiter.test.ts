/** The limiter by itself, with short waits: what it lets through, and whom it holds up. */
import { describe, expect, test } from 'vitest';
import { createSignInLimiter, type SignInTry } from '../../../server/http/sign-in-limiter.ts';
import { allowances, caps } from '../../../shared/limits.ts';

const slow = { signInSlowMs: 40, signInSlowNetworkMs: 5, signInSlowestMs: 100 };
const from = (
  address: string,
  email = 'ada@shop.example',
  knownBrowser: string | null = null,
): SignInTry => ({
  address,
  email,
  knownBrowser,
});
const wrong = async () => false;
const right = async () => true;

describe('signing in', () => {
  test('H29 one address that tries many names is slowed down, and holds up nobody elsewhere', async () => {
    const waits = { ...slow, signInSlowNetworkMs: 50, signInSlowestMs: 1_000 };
    const limiter = createSignInLimiter(waits);
    const { burst } = allowances.wrongPasswordsOfNetwork;
    for (let n = 0; n < burst; n++) await limiter.check(from('192.0.2.1', `n${n}@x.example`), wrong);
    const late = Array.from({ length: 200 }, (_, n) =>
      limiter.check(from('192.0.2.1', `m${n}@x.example`), wrong),
    );
    const begun = performance.now();
    expect(await limiter.check(from('192.0.2.2'), right)).toBe(true);
    const elsewhere = performance.now() - begun;
    const outcomes = await Promise.allSettled(late);
    const checked = outcomes.filter(one => one.status === 'fulfilled').length;
    // As many as fit into the longest wait, and the few that time lets in while they are asked for.
    const fit = waits.signInSlowestMs / waits.signInSlowNetworkMs;
    expect(checked).toBeGreaterThanOrEqual(fit);
    expect(checked).toBeLessThan(late.length / 2);
    for (const one of outcomes)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'too-many' });
    expect(elsewhere).toBeLessThan(performance.now() - begun);
  });

  test('H204 however many networks guess at one person, a new network of theirs is let in', async () => {
    const limiter = createSignInLimiter(slow);
    const { burst } = allowances.wrongPasswordsOfPerson;
    for (let n = 0; n < burst + 50; n++) await limiter.check(from(`192.0.2.${n}`), wrong);
    const flood = Array.from({ length: 200 }, (_, n) => limiter.check(from(`198.51.100.${n}`), wrong));
    expect(await limiter.check(from('203.0.113.7'), right)).toBe(true);
    await Promise.all(flood);
  });

  test('H203 a known browser is let in at once while its address guesses, and has only so many wrong ones itself', async () => {
    const { burst } = allowances.wrongPasswords;
    const known = from('192.0.2.1', 'ada@shop.example', 'her browser');
    const afterGuesses = async (signInSlowMs: number) => {
      const limiter = createSignInLimiter({ ...slow, signInSlowMs, signInSlowestMs: signInSlowMs });
      for (let n = 0; n < burst; n++) await limiter.check(from('192.0.2.1'), wrong);
      for (let n = 0; n < burst * 3; n++) expect(await limiter.check(known, right)).toBe(true);
      for (let n = 0; n < burst; n++) expect(await limiter.check(known, wrong)).toBe(false);
      return limiter;
    };
    // Then it waits as anybody does: the one turn within the longest wait, and none after it.
    const limiter = await afterGuesses(3_600_000);
    let over = false;
    void limiter.check(known, right).finally(() => {
      over = true;
    });
    await expect(limiter.check(known, right)).rejects.toMatchObject({ code: 'too-many' });
    expect(over).toBe(false);
    expect(await (await afterGuesses(slow.signInSlowMs)).check(known, right)).toBe(true);
  });

  test('H205 only so many passwords are checked at once, whoever asks, and only so many wait', async () => {
    const limiter = createSignInLimiter(slow);
    let running = 0;
    let most = 0;
    const check = async () => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setImmediate(resolve));
      running--;
      return true;
    };
    // An office of fifty signs in at nine o'clock.
    const rooms = Array.from({ length: 50 }, () => limiter.enter('192.0.2.1', false));
    const all = rooms.map((_, n) => limiter.check(from('192.0.2.1', `n${n}@x.example`), check));
    expect(await Promise.all(all)).toEqual(Array<boolean>(50).fill(true));
    expect(most).toBe(2);
    while (rooms.length < caps.signIns.perNetwork) rooms.push(limiter.enter('192.0.2.1', false));
    expect(() => limiter.enter('192.0.2.1', false)).toThrow(expect.objectContaining({ code: 'too-many' }));
    // Whoever comes with a known browser, or from elsewhere, has room.
    limiter.enter('192.0.2.1', true);
    limiter.enter('192.0.2.2', false);
    rooms[0]?.release();
    limiter.enter('192.0.2.1', false);
  });
});
