/** Which web origins may talk to a site: an exact comparison, nothing else. */

/**
 * True when `origin` (the Origin header as it came) is one of our own, or stands in the site's list
 * (`allowed_origins`, a JSON array of origins). Scheme, host and port must all be equal, character by
 * character: browsers send the header in one canonical spelling, so any other spelling is no browser's.
 * A missing header and `null` (sandboxed frames, files) are never allowed, even when listed.
 */
export function originAllowed(
  origin: string | undefined,
  site: { allowed_origins: string },
  ownOrigins: ReadonlySet<string>,
): boolean {
  if (!isOwnOrigin(origin, ownOrigins)) return listed(origin, site.allowed_origins);
  return true;
}

/** True when `origin` is the origin of one of our own pages. */
export function isOwnOrigin(origin: string | undefined, ownOrigins: ReadonlySet<string>): boolean {
  return origin !== undefined && origin !== 'null' && ownOrigins.has(origin);
}

function listed(origin: string | undefined, allowedOrigins: string): boolean {
  if (origin === undefined || canonicalOrigin(origin) !== origin) return false;
  const list: unknown = JSON.parse(allowedOrigins);
  return Array.isArray(list) && list.includes(origin);
}

/**
 * The canonical spelling of a web origin (`https://shop.example`, without default port, path or slash), to be
 * stored in a list; `null` when `text` is not an http or https origin.
 */
export function canonicalOrigin(text: string): string | null {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare ? url.origin : null;
}
