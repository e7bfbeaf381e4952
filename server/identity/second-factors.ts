/** Time-based one-time codes (RFC 6238: six digits, 30 s, SHA-1 as the apps have it) and recovery codes. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import type { RepId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { holdPerson } from '../store/holds.ts';
import type { Database } from '../store/schema.ts';
import {
  claimRecoveryCode,
  claimStep,
  confirmPending,
  countRecoveryCodes,
  findSecondFactor,
  putPending,
  removeSecondFactor,
  replaceRecoveryCodes,
} from '../store/second-factors.ts';
import { inTransaction } from '../store/transaction.ts';
import { type Clock, type Random, secureRandom } from './clock-and-random.ts';
import type { Secrets } from './secrets.ts';

export type SecondFactors = {
  state(repId: RepId): Promise<{ on: boolean; recoveryCodesLeft: number }>;
  /** A new secret, in base 32 and as an `otpauth:` address. It counts from its first code on; until then what was counts. */
  begin(person: { id: RepId; email: string }): Promise<{ secret: string; uri: string }>;
  /**
   * Make the secret count that was begun with. Returns the recovery codes; `wrong` for a wrong code, `none` where nothing was
   * begun.
   */
  confirm(repId: RepId, code: string, along?: Along): Promise<string[] | 'wrong' | 'none'>;
  /** Whether the person may come in with that code, which is used up by it: the app's, or a recovery code. `off` where none is needed. */
  check(repId: RepId, code: string | undefined): Promise<'off' | 'right' | 'wrong' | 'needed'>;
  /** New recovery codes in the place of the old ones; null for somebody without a second factor. */
  renewRecoveryCodes(repId: RepId, along?: Along): Promise<string[] | null>;
  /** False when there was none. */
  remove(repId: RepId, along?: Along): Promise<boolean>;
};

/** What is to be written in the same transaction, where something changes. */
type Along = (trx: Kysely<Database>) => Promise<void>;
const nothing: Along = async () => undefined;

const appName = 'Talk to Us';
const stepMs = 30_000;
/** RFC 4226 recommends 160 bits. */
const secretBytes = 20;
/** 80 bits: too many to be guessed from the hash. */
const recoveryCodeBytes = 10;

const totp = (secret: Secret, label = '') =>
  new TOTP({ issuer: appName, label, secret, algorithm: 'SHA1', digits: 6, period: stepMs / 1_000 });

/** Whether it looks like a recovery code, right or wrong: those of an app have six digits. */
export const isRecoveryCode = (code: string): boolean => bare(code).length > 8;

/** Spaces and hyphens are for the eye. */
const bare = (code: string) => code.replaceAll(/[\s-]/g, '').toUpperCase();
const hashOf = (code: string) => createHash('sha256').update(bare(code)).digest('base64url');

export function createSecondFactors(options: {
  db: Kysely<Database>;
  secrets: Secrets;
  /** UTC, as telephones have it. */
  now: Clock;
  random?: Random;
}): SecondFactors {
  const { db, secrets, now, random = secureRandom } = options;
  const sealed = createSeal(secrets.tokenKey, random);

  /** The step whose code it is, one before and one after the present one included; null for none. */
  const stepOf = (stored: string, repId: RepId, code: string): number | null => {
    const secret = sealed.open(stored, repId);
    if (!secret) return null;
    const timestamp = now();
    const delta = totp(secret).validate({ token: bare(code), timestamp, window: 1 });
    return delta === null ? null : Math.floor(timestamp / stepMs) + delta;
  };
  const newRecoveryCodes = () =>
    Array.from({ length: limits.recoveryCodes }, () => {
      const text = new Secret({ buffer: exactly(random(recoveryCodeBytes)) }).base32;
      return text.match(/.{4}/g)?.join('-') ?? text;
    });

  return {
    async state(repId) {
      const row = await findSecondFactor(db, repId);
      return { on: Boolean(row?.secret), recoveryCodesLeft: await countRecoveryCodes(db, repId) };
    },

    async begin({ id, email }) {
      const secret = new Secret({ buffer: exactly(random(secretBytes)) });
      await putPending(db, id, sealed.close(secret, id));
      return { secret: secret.base32, uri: totp(secret, email).toString() };
    },

    async confirm(repId, code, along = nothing) {
      const { pending } = (await findSecondFactor(db, repId)) ?? {};
      if (!pending) return 'none';
      const step = stepOf(pending, repId, code);
      if (step === null) return 'wrong';
      const codes = newRecoveryCodes();
      return inTransaction(db, async trx => {
        await holdPerson(trx, repId);
        if (!(await confirmPending(trx, repId, pending, step))) return 'none';
        await replaceRecoveryCodes(trx, repId, codes.map(hashOf));
        await along(trx);
        return codes;
      });
    },

    async check(repId, code) {
      const { secret } = (await findSecondFactor(db, repId)) ?? {};
      if (!secret) return 'off';
      if (!code) return 'needed';
      const step = stepOf(secret, repId, code);
      const right =
        step === null ? await claimRecoveryCode(db, repId, hashOf(code)) : await claimStep(db, repId, step);
      return right ? 'right' : 'wrong';
    },

    async renewRecoveryCodes(repId, along = nothing) {
      const codes = newRecoveryCodes();
      return inTransaction(db, async trx => {
        await holdPerson(trx, repId);
        if (!(await findSecondFactor(trx, repId))?.secret) return null;
        await replaceRecoveryCodes(trx, repId, codes.map(hashOf));
        await along(trx);
        return codes;
      });
    },

    remove: (repId, along = nothing) =>
      inTransaction(db, async trx => {
        await holdPerson(trx, repId);
        if (!(await removeSecondFactor(trx, repId))) return false;
        await along(trx);
        return true;
      }),
  };
}

/** `Random` may hand out a view into a larger buffer. */
const exactly = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/**
 * Secrets are stored encrypted (AES-256-GCM, bound to their person) with a key from `secrets.json`, so that a copy of the
 * database alone makes no codes.
 */
function createSeal(key: Uint8Array, random: Random) {
  const algorithm = 'aes-256-gcm';
  const ivBytes = 12;
  const tagBytes = 16;
  const own = Buffer.from(hkdfSync('sha256', key, '', 'talk-to-us second-factor', 32));
  return {
    close(secret: Secret, repId: RepId): string {
      const iv = random(ivBytes);
      const cipher = createCipheriv(algorithm, own, iv).setAAD(Buffer.from(repId));
      const text = Buffer.concat([cipher.update(secret.bytes), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    /** Null for what was encrypted with another key, as after the loss of `secrets.json`: recovery codes still work. */
    open(stored: string, repId: RepId): Secret | null {
      const bytes = Buffer.from(stored, 'base64url');
      const tagEnd = ivBytes + tagBytes;
      try {
        const decipher = createDecipheriv(algorithm, own, bytes.subarray(0, ivBytes))
          .setAAD(Buffer.from(repId))
          .setAuthTag(bytes.subarray(ivBytes, tagEnd));
        const text = Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]);
        return new Secret({ buffer: exactly(text) });
      } catch {
        return null;
      }
    },
  };
}
