/** The first message: who is this, may they come in, and what do they need to start media. */
import { randomUUID } from 'node:crypto';
import type { RepId } from '../../shared/ids.ts';
import type { RequestData } from '../../shared/protocol.ts';
import { protocolVersion } from '../../shared/wire.ts';
import { CallError } from '../calls/errors.ts';
import { isOwnOrigin, originAllowed } from '../identity/origins.ts';
import { network } from '../quota/network.ts';
import { type Claimant, type Quota, QuotaFull, type Reservation } from '../quota/quota.ts';
import { findSiteByKey, sitesOfRep } from '../store/sites.ts';
import type { ClientSocket } from './client-socket.ts';
import type { SignalingDeps } from './deps.ts';
import type { RepSession, Session, ShopperSession } from './session.ts';

/** A session that is let in. `token`: for the shopper's tab to keep. `room`: to be given back when the socket is gone. */
export type Welcome = { session: Session; token?: string; room?: Reservation };

/**
 * Find out who it is and whether they may come in. That they are connected is to be noted once the session is in the
 * book. Throws `CallError` with `unsupported-version`, `unknown-site`, `origin-not-allowed`, `sign-in-needed` or
 * `too-many`.
 */
export async function welcome(
  deps: SignalingDeps,
  socket: ClientSocket,
  hello: Exclude<RequestData<'hello'>, { role: 'board' }>,
): Promise<Welcome> {
  mustSpeakOurs(hello);
  return hello.role === 'shopper' ? welcomeShopper(deps, socket, hello) : welcomeRep(deps, socket, hello);
}

/** Throws `unsupported-version`. */
export function mustSpeakOurs(hello: RequestData<'hello'>): void {
  if (hello.protocolVersion === protocolVersion) return;
  throw new CallError(
    'unsupported-version',
    `This server speaks version ${protocolVersion} of the protocol. Reload the page to get the matching script.`,
  );
}

const freshSession = (socket: ClientSocket) => ({
  id: randomUUID(),
  socket,
  shown: '',
  greeted: false,
  stale: false,
  reading: null,
  microphone: 'ok' as const,
});

async function welcomeShopper(
  { db, identity, ownOrigins, refusedOrigins, networkOf, shoppers }: SignalingDeps,
  socket: ClientSocket,
  hello: Extract<RequestData<'hello'>, { role: 'shopper' }>,
): Promise<Welcome> {
  const site = await findSiteByKey(db, hello.siteKey);
  if (!site) throw new CallError('unknown-site', `There is no site with the key "${hello.siteKey}".`);
  if (!originAllowed(socket.origin, site, ownOrigins())) {
    refusedOrigins.note(site.id, socket.origin, networkOf(socket.address));
    throw new CallError(
      'origin-not-allowed',
      'This page is not on the list of places that may use this site.',
    );
  }
  const room = roomFor(shoppers, { network: network(socket.address), siteId: site.id });
  const known = hello.token ? identity.readShopperToken(hello.token) : null;
  const { token, shopperId } = identity.issueShopperToken(
    site.id,
    known?.siteId === site.id ? known.shopperId : undefined,
  );
  const session: ShopperSession = {
    ...freshSession(socket),
    role: 'shopper',
    siteId: site.id,
    shopperId,
    queueId: hello.queueId,
    languages: hello.languages,
    callId: null,
    view: null,
    setUpSince: null,
    waitingIn: null,
  };
  return { session, token, room };
}

function roomFor(shoppers: Quota, claimant: Claimant): Reservation {
  try {
    return shoppers.reserve(claimant);
  } catch (error) {
    if (!(error instanceof QuotaFull)) throw error;
    throw new CallError('too-many', 'Too many pages are connected right now. Please try again in a moment.');
  }
}

/** By which sign-in somebody comes from a page of ours. Throws `origin-not-allowed` or `sign-in-needed`. */
export async function signInBy(
  { identity, ownOrigins }: Pick<SignalingDeps, 'identity' | 'ownOrigins'>,
  socket: ClientSocket,
  ticket: string,
): Promise<{ repId: RepId; signInId: string }> {
  if (!isOwnOrigin(socket.origin, ownOrigins()))
    throw new CallError('origin-not-allowed', 'Reps connect from the console of this server only.');
  const signIn = await identity.useTicket(ticket);
  if (!signIn) throw new CallError('sign-in-needed', 'Please sign in again.');
  return { repId: signIn.repId, signInId: signIn.sessionId };
}

async function welcomeRep(
  deps: SignalingDeps,
  socket: ClientSocket,
  hello: Extract<RequestData<'hello'>, { role: 'rep' }>,
): Promise<Welcome> {
  const { repId, signInId } = await signInBy(deps, socket, hello.ticket);
  const { db } = deps;
  const siteIds = await sitesOfRep(db, repId);
  const session: RepSession = {
    ...freshSession(socket),
    ...{ role: 'rep', repId, signInId, siteIds, view: null },
  };
  return { session };
}
