/** Why an authority gave no certificate, and what whoever runs the server can do about it. */

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

/** The problem for a person, one or two sentences, with what to do. Holds no secret. */
export function inWords(error: AcmeError, { domains, directory, httpPort }: Place): string {
  const domain = error.domain ?? domains.join(', ');
  const authority = new URL(directory).host;
  const said = error.detail === '' ? '' : ` (${authority} says: ${shortened(error.detail)})`;
  switch (error.code) {
    case 'unreachable':
      return `${authority} cannot be reached to ask for a certificate: ${shortened(error.detail)}. Does this machine reach the internet, and may it connect to port 443 there? Otherwise correct ACME_DIRECTORY.`;
    case 'rate-limited':
      return `${authority} was asked too often for ${domain} and gives no certificate for now. Leave it running: it asks again by itself${said}.`;
    case 'no-address':
      return `The name ${domain} leads nowhere yet. Where the domain is managed, add an A record with the public IPv4 address of this server (and an AAAA record only if it has IPv6), or correct ACME_DOMAIN${said}.`;
    case 'port-closed':
      return `Port 80 of ${domain} cannot be reached from outside. Open TCP port 80 in the firewall, and let the router forward it to port ${httpPort} of this machine; check too that the domain's A and AAAA records are this server's addresses${said}.`;
    case 'elsewhere':
      return `At ${domain}, port 80, another server answers than this one. Let its A and AAAA records lead to this machine and nowhere else, and port 80 to port ${httpPort} of this machine${said}.`;
    case 'forbidden-by-caa':
      return `A CAA record of ${domain} allows other certificate authorities only. Add one for this authority where the domain is managed, or remove it${said}.`;
    case 'refused-name':
      return `${authority} gives no certificate for ${domain}: it has to be a public name of your own. Correct ACME_DOMAIN${said}.`;
    case 'refused-account':
      return `${authority} takes no account from this server. Correct ACME_EMAIL, or name an authority that needs no account made beforehand in ACME_DIRECTORY${said}.`;
    case 'other':
      return `No certificate for ${domain} could be had from ${authority}: ${shortened(error.detail)}.`;
  }
}

/** What a stranger's server says, in one line of bounded length. */
const shortened = (text: string): string => {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return (line.length > 300 ? `${line.slice(0, 300)}…` : line).replace(/\.$/, '');
};
