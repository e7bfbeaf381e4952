/** Why an authority gave no certificate, and what whoever runs the server can do about it. */
import { type Refusal, refuse } from '../../shared/refusals.ts';

export type AcmeProblemCode =
  | 'unreachable'
  | 'rate-limited'
  | 'no-address'
  | 'port-closed'
  | 'elsewhere'
  | 'forbidden-by-caa'
  | 'refused-name'
  | 'refused-account'
  | 'other';

/** What an authority says (RFC 7807), as far as it is used. */
export type ProblemDocument = {
  type: string;
  detail: string;
  subproblems: { domain: string | null; type: string; detail: string }[];
};

/** No certificate was given. `reason` is the authority's, or why it was not reached. */
export class AcmeError extends Error {
  readonly code: AcmeProblemCode;
  readonly domain: string | null;
  readonly detail: string;
  /** How long the authority wants to be left alone, ms. */
  readonly retryAfterMs: number | null;
  constructor(
    code: AcmeProblemCode,
    of: { detail: string; domain?: string | null; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super(`${code}: ${of.detail}`, { cause: of.cause });
    this.name = 'AcmeError';
    this.code = code;
    this.detail = of.detail;
    this.domain = of.domain ?? null;
    this.retryAfterMs = of.retryAfterMs ?? null;
  }
}

const prefix = 'urn:ietf:params:acme:error:';

/** By the types of RFC 8555, section 6.7. */
const codes: Record<string, AcmeProblemCode> = {
  rateLimited: 'rate-limited',
  dns: 'no-address',
  connection: 'port-closed',
  unauthorized: 'elsewhere',
  incorrectResponse: 'elsewhere',
  tls: 'elsewhere',
  caa: 'forbidden-by-caa',
  rejectedIdentifier: 'refused-name',
  unsupportedIdentifier: 'refused-name',
  malformed: 'other',
  accountDoesNotExist: 'refused-account',
  externalAccountRequired: 'refused-account',
  invalidContact: 'refused-account',
  unsupportedContact: 'refused-account',
  userActionRequired: 'refused-account',
};

/** @param domain of whose check it speaks, where that is known already */
export function refusalOf(
  document: ProblemDocument,
  { domain = null, retryAfterMs = null }: { domain?: string | null; retryAfterMs?: number | null } = {},
): AcmeError {
  const [first] = document.subproblems;
  // The one of a domain says more than "several errors".
  const { type, detail } = first ?? document;
  const told = codes[type.replace(prefix, '')] ?? 'other';
  // Some authorities call it a connection that failed when there was no address to connect to.
  const code =
    told === 'port-closed' && /could not resolve|no such host|NXDOMAIN/i.test(detail) ? 'no-address' : told;
  return new AcmeError(code, { detail, domain: first?.domain ?? domain, retryAfterMs });
}

/** What stands around the words: the settings that they name. */
export type Place = { domains: readonly string[]; directory: string; httpPort: number };

/**
 * The problem for a person, with what to do; and what the authority says of it, where that adds something. Holds no secret.
 */
export function toldOf(error: AcmeError, { domains, directory, httpPort }: Place): Refusal[] {
  const domain = error.domain ?? domains.join(', ');
  const authority = new URL(directory).host;
  const detail = shortened(error.detail);
  const port = String(httpPort);
  const said = detail === '' ? [] : [refuse('acme-said', { authority, detail })];
  switch (error.code) {
    case 'unreachable':
      return [refuse('acme-unreachable', { authority, detail })];
    case 'rate-limited':
      return [refuse('acme-rate-limited', { authority, domain }), ...said];
    case 'no-address':
      return [refuse('acme-no-address', { domain }), ...said];
    case 'port-closed':
      return [refuse('acme-port-closed', { domain, port }), ...said];
    case 'elsewhere':
      return [refuse('acme-elsewhere', { domain, port }), ...said];
    case 'forbidden-by-caa':
      return [refuse('acme-forbidden-by-caa', { domain }), ...said];
    case 'refused-name':
      return [refuse('acme-refused-name', { authority, domain }), ...said];
    case 'refused-account':
      return [refuse('acme-refused-account', { authority }), ...said];
    case 'other':
      return [refuse('acme-other', { authority, domain, detail })];
  }
}

/** What a stranger's server says, in one line of bounded length. */
const shortened = (text: string): string => {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return (line.length > 300 ? `${line.slice(0, 300)}…` : line).replace(/\.$/, '');
};
