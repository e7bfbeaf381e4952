/** What values of options look like: how they are read, and what is said of those that cannot be. */
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import type { IceServer } from '../shared/protocol.ts';
import { isPublicAddress } from './net/public-address.ts';

export const wholeNumber = (from: number, to: number, instead: string) =>
  z
    .string()
    .refine(text => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, instead)
    .transform(Number);

export const portNumber = (example: number) =>
  wholeNumber(0, 65_535, `write a port from 1 to 65535, such as ${example}, or 0 for any free one`);

export const folder = (example: string) =>
  z
    .string()
    .refine(text => !text.includes('\0'), `write a folder, such as ${example}`)
    .transform(text => path.resolve(text));

export const onOff = z.enum(['on', 'off'], { error: 'write on or off' }).transform(text => text === 'on');

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
/** Digits and dots that are no address are a mistyped address, not a name. */
export const isHost = (text: string) => isIP(text) !== 0 || (hostName.test(text) && !/^[\d.]+$/.test(text));
export const listed = (text: string) =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');

const iceServer = z.object({
  urls: z.union([z.string(), z.array(z.string()).min(1)]).transform(urls => [urls].flat()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
const iceServerUrl = /^(stun|stuns|turn|turns):[^\s]+$/;

export function parseIceServers(text: string): IceServer[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const servers = z.array(iceServer).max(20).safeParse(json);
  const good =
    servers.success && servers.data.flatMap(server => server.urls).every(url => iceServerUrl.test(url));
  return good ? servers.data : null;
}

/** Also one of a socket, which names no host: `postgres:///talk?host=/run/postgresql`. */
export function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/./.test(text) || !URL.canParse(text)) return false;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** An authority gives certificates for names that the whole world can look up. */
export const isPublicName = (text: string) => hostName.test(text) && /\.[a-z][a-z0-9-]*$/.test(text);

/** Without TLS the client's secret and people's names would be read on the way, so only where nobody else listens. */
export function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url?.search !== '' || url.hash !== '' || url.username !== '') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const inside = isIP(host) === 0 ? !host.includes('.') : !isPublicAddress(host);
  return url.protocol === 'https:' || (url.protocol === 'http:' && inside);
}

export function isWebOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}
