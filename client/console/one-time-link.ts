/** The token in `/rep#link=…`, taken out of the address bar so that it stays out of history and screenshots. */
export function takeLinkToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('link');
  if (token) history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return token || null;
}

/** Back into the address, for a reload. */
export function keepLinkToken(token: string): void {
  history.replaceState(
    history.state,
    '',
    `${location.pathname}${location.search}#link=${encodeURIComponent(token)}`,
  );
}
