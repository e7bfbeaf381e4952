/** A participant on a server that speaks our protocol or the bare one's, whose media are the load generator's. */
import type { DtlsParameters, TransportInfo } from '../../shared/protocol.ts';
import type { ClientIo } from '../support/wrtc-client.ts';
import { clientIce, type LoadGenerator } from './load-generator.ts';
import { payloadType, rtpParameters } from './load-leg.ts';
import type { Leg, MakeLeg } from './people.ts';

/** 32 kbit/s at 20 ms. */
export const speechBytes = 80;

/** @param group of the generator that both connections of each leg are in */
export const generatedLegs =
  (generator: LoadGenerator, group: number, payloadBytes = speechBytes): MakeLeg<Leg> =>
  (media, io, ssrc) => ({
    async produce() {
      await connect(generator, group, media.send, io, { ssrc, payloadType, payloadBytes });
      return io.produce(rtpParameters(ssrc));
    },
    hear: () => connect(generator, group, media.receive, io, { ssrc: 0, payloadType, payloadBytes }),
  });

async function connect(
  generator: LoadGenerator,
  group: number,
  transport: TransportInfo,
  io: ClientIo,
  voice: Parameters<LoadGenerator['connect']>[3],
): Promise<void> {
  const { usernameFragment, password } = transport.iceParameters as {
    usernameFragment: string;
    password: string;
  };
  const candidates = transport.iceCandidates as { protocol: string; ip: string; port: number }[];
  const { ip, port } = candidates.find(({ protocol }) => protocol === 'udp')!;
  const dtls: DtlsParameters = {
    role: 'client',
    fingerprints: [{ algorithm: 'sha-256', value: generator.fingerprint }],
  };
  await io.connect(transport.id, dtls);
  await generator.connect(group, { ip, port }, { usernameFragment, password, ...clientIce }, voice);
}
