/** A link that a shopper's page sent: only web addresses become links, everything else stays text. */
export function safeLink(text: string | undefined): { href: string; host: string; path: string } | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const path = `${url.pathname}${url.search}`;
  return { href: url.href, host: url.host, path: path === '/' ? '' : path };
}
