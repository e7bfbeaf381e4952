import { expect, test } from 'vitest';
import { hashPassword, passwordFits } from '../../../server/identity/passwords.ts';

test('I30 a password fits its own hash only, which is argon2id with a salt', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordFits(hash, 'correct horse battery')).toBe(true);
  expect(await passwordFits(hash, 'correct horse batterz')).toBe(false);
  expect(await hashPassword('correct horse battery')).not.toBe(hash);
});

test('I31 a letter that two keyboards spell in two ways opens the same door', async () => {
  const hash = await hashPassword('cafe\u0301 au lait');
  expect(await passwordFits(hash, 'caf\u00e9 au lait')).toBe(true);
});

test('I32 nobody’s password fits, and finding that out is as much work as a wrong password', async () => {
  const hash = await hashPassword('correct horse battery');
  await passwordFits(null, 'warm up');
  const time = async (stored: string | null) => {
    const before = process.cpuUsage();
    for (let round = 0; round < 5; round++) expect(await passwordFits(stored, 'wrong')).toBe(false);
    return process.cpuUsage(before).user;
  };
  const [known, unknown] = [await time(hash), await time(null)];
  expect(unknown / known).toBeGreaterThan(0.5);
  expect(unknown / known).toBeLessThan(2);
});
