/** Passwords: argon2id, with the work factors that OWASP gives as a minimum (19 MiB, 2 passes, 1 lane). */
import { hash, type Options, verify } from '@node-rs/argon2';

const work: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Two keyboards may spell one letter differently; both must open the door. */
const spelled = (password: string) => password.normalize('NFKC');

/** A salted hash, to be stored as it is. Takes some 35 ms off the main thread. */
export function hashPassword(password: string): Promise<string> {
  return hash(spelled(password), work);
}

let nobodysHash: Promise<string> | undefined;

/**
 * Whether the password fits. `storedHash` is `null` for an account that does not exist: the same work is done
 * then, so that the time taken does not tell which e-mail addresses have an account.
 */
export async function passwordFits(storedHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password');
  const fits = await verify(storedHash ?? (await nobodysHash), spelled(password));
  return storedHash !== null && fits;
}
