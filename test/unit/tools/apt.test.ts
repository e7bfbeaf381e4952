import { describe, expect, test } from 'vitest';
import {
  ensureDebianPackages,
  installCommand,
  isDebian,
  missingPackages,
} from '../../../tools/support/apt.mjs';
import { SetupError } from '../../../tools/support/errors.mjs';

const UNKNOWN = 'talk-to-us-no-such-package';

describe('the command that a person is told', () => {
  test('P1 asks for rights they do not have', () => {
    expect(installCommand(['cmake', 'g++'], false)).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends cmake g++',
    );
  });

  test('P2 is plain for root', () => {
    expect(installCommand(['chromium'], true)).toBe(
      'apt-get update && apt-get install -y --no-install-recommends chromium',
    );
  });

  test('P3 is the whole message when set-up may not install packages itself', async () => {
    const attempt = ensureDebianPackages([UNKNOWN], 'to build the media worker', { root: false });
    await expect(attempt).rejects.toThrow(SetupError);
    await expect(attempt).rejects.toThrow(`to build the media worker`);
    await expect(attempt).rejects.toThrow(installCommand([UNKNOWN], false));
  });
});

test('P4 a package that nobody has heard of is missing', () => {
  expect(missingPackages([UNKNOWN])).toEqual([UNKNOWN]);
});

describe('Debian is told by /etc/os-release', () => {
  test.each([
    ['Debian', 'NAME="Debian GNU/Linux"\nID=debian\n', true],
    ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', true],
    ['Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
    ['Fedora', 'ID=fedora\nHOME_URL="https://example.org/not-debian"\n', false],
    ['no such file', '', false],
  ])('P5 %s', (_name, text, expected) => {
    expect(isDebian(text)).toBe(expected);
  });
});
