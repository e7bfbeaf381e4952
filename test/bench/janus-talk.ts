/**
 * Two people who hear each other through Janus, as a load: by its videoroom (an SFU, as ours) or its videocall (a relay for
 * two). Descriptions are made by hand, media are the load generator's.
 */
import { speechBytes } from './generated-leg.ts';
import type { Janus, JanusHandle, JanusSession, Jsep } from './janus.ts';
import { clientIce, type LoadGenerator } from './load-generator.ts';
import { ownAddress } from './namespace.ts';

export const janusPlugins = ['videoroom', 'videocall'] as const;
export type JanusPlugin = (typeof janusPlugins)[number];

type Load = { generator: LoadGenerator; group: number };

const payloadType = 111;
const mid = '0';

let ssrc = 500_000;
let talks = 0;

/** Resolves when packets can be sent both ways; the talk ends with Janus. */
export function talkOnJanus(janus: Janus, plugin: JanusPlugin, load: Load): Promise<void> {
  talks++;
  return plugin === 'videoroom' ? talkInRoom(janus, talks, load) : talkByCall(janus, `talk-${talks}`, load);
}

async function talkInRoom(janus: Janus, room: number, load: Load): Promise<void> {
  const sessions = await Promise.all([janus.session(), janus.session()]);
  await createRoom(await sessions[0].attach('videoroom'), room);
  const people = await Promise.all(
    sessions.map(async session => {
      const handle = await session.attach('videoroom');
      return { session, feed: await publish(handle, room, load) };
    }),
  );
  const [a, b] = people;
  await Promise.all([subscribe(a!.session, room, b!.feed, load), subscribe(b!.session, room, a!.feed, load)]);
}

/** A room for Opus and two people who speak. */
export async function createRoom(handle: JanusHandle, room: number): Promise<void> {
  await handle.message({ request: 'create', room, publishers: 2, audiocodec: 'opus' });
}

/** Returns the feed's id, when others can have it. */
async function publish(handle: JanusHandle, room: number, load: Load): Promise<number> {
  const voice = ssrc++;
  const port = load.generator.reservePort();
  const { data, jsep } = await handle.message(
    { request: 'joinandconfigure', ptype: 'publisher', room },
    { type: 'offer', sdp: description(load, { direction: 'sendonly', voice, port }) },
  );
  await connect(load, jsep!, { voice, port });
  await handle.up;
  return data.id as number;
}

async function subscribe(session: JanusSession, room: number, feed: number, load: Load): Promise<void> {
  const handle = await session.attach('videoroom');
  const { jsep } = await handle.message({ request: 'join', ptype: 'subscriber', room, streams: [{ feed }] });
  const port = load.generator.reservePort();
  const answer = description(load, { direction: 'recvonly', offer: jsep!, port });
  await handle.message({ request: 'start' }, { type: 'answer', sdp: answer });
  await connect(load, jsep!, { voice: 0, port });
  await handle.up;
}

async function talkByCall(janus: Janus, name: string, load: Load): Promise<void> {
  const [caller, callee] = await Promise.all(
    ['caller', 'callee'].map(async role => {
      const handle = await (await janus.session()).attach('videocall');
      await handle.message({ request: 'register', username: `${name}-${role}` });
      return { handle, voice: ssrc++, port: load.generator.reservePort() };
    }),
  );
  const incoming = callee!.handle.next(({ jsep }) => jsep);
  const accepted = caller!.handle.next(({ jsep }) => jsep);
  const offer = description(load, { direction: 'sendrecv', ...caller! });
  await caller!.handle.message(
    { request: 'call', username: `${name}-callee` },
    { type: 'offer', sdp: offer },
  );
  const ringing = await incoming;
  const answer = description(load, { direction: 'sendrecv', ...callee!, offer: ringing });
  await callee!.handle.message({ request: 'accept' }, { type: 'answer', sdp: answer });
  await Promise.all([
    connect(load, ringing, callee!),
    connect(load, await accepted, caller!),
    caller!.handle.up,
    callee!.handle.up,
  ]);
}

/** What the client says of itself: the DTLS client, which comes from this port. */
function description(
  { generator }: Load,
  { direction, voice = 0, port, offer }: { direction: string; voice?: number; port: number; offer?: Jsep },
): string {
  const [type, offeredMid] = offer
    ? [/a=rtpmap:(\d+) opus/i.exec(offer.sdp)![1]!, /a=mid:(\S+)/.exec(offer.sdp)![1]!]
    : [payloadType, mid];
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${offeredMid}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${type}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${offeredMid}`,
    `a=${direction}`,
    'a=rtcp-mux',
    `a=ice-ufrag:${clientIce.clientFragment}`,
    `a=ice-pwd:${clientIce.clientPassword}`,
    `a=fingerprint:sha-256 ${generator.fingerprint}`,
    'a=setup:active',
    `a=rtpmap:${type} opus/48000/2`,
    ...(voice ? [`a=ssrc:${voice} cname:load-${voice}`] : []),
    `a=candidate:1 1 udp 2130706431 ${ownAddress} ${port} typ host`,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

/** @param jsep what Janus said of this connection */
async function connect(
  { generator, group }: Load,
  { sdp }: Jsep,
  { voice, port: localPort }: { voice: number; port: number },
): Promise<void> {
  const of = (pattern: RegExp) => pattern.exec(sdp)![1]!;
  const [, ip, port] = /a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/i.exec(sdp)!;
  await generator.connect(
    group,
    { ip: ip!, port: Number(port) },
    { usernameFragment: of(/a=ice-ufrag:(\S+)/), password: of(/a=ice-pwd:(\S+)/), ...clientIce },
    { ssrc: voice, payloadType: Number(of(/a=rtpmap:(\d+) opus/i)), payloadBytes: speechBytes },
    localPort,
  );
}
