import type { types } from 'mediasoup-client';
import type { DtlsParameters, RtpCapabilities, TransportInfo } from '../../../shared/protocol.ts';
import { ask } from '../../ui/api.ts';
import { loadDevice } from '../../voice/device.ts';

/** A way that has not opened by then does not. */
const patienceMs = 8_000;

/**
 * Whether sound gets from this browser to the server, by UDP and by TCP: a real connection is made for each, with no
 * microphone. Rejects with `ApiError`, or when this browser cannot make calls.
 */
export async function tryTheSound(): Promise<{ udp: boolean; tcp: boolean }> {
  const { routerRtpCapabilities } = await ask('GET /api/reach/capabilities');
  const device = await loadDevice(routerRtpCapabilities);
  const trial = await ask('POST /api/reach/trials', {
    // The library's own types allow more than it ever gives.
    body: { rtpCapabilities: device.recvRtpCapabilities as RtpCapabilities },
  });
  // Makes no sound, needs nobody's permission, and is enough to make a connection for.
  const context = new AudioContext();
  const opened: types.Transport[] = [];
  try {
    const open = async (info: TransportInfo, protocol: 'udp' | 'tcp') => {
      const track = context.createMediaStreamDestination().stream.getAudioTracks()[0];
      if (!track) return false;
      // TURN would go around what is to be tried.
      const iceServers = trial.iceServers.filter(({ urls }) => urls.every(url => url.startsWith('stun')));
      const transport = device.createSendTransport({
        ...only(info, protocol),
        iceServers,
      } as types.TransportOptions);
      opened.push(transport);
      return connects(transport, trial.trial, track);
    };
    const [udp, tcp] = await Promise.all([open(trial.send, 'udp'), open(trial.receive, 'tcp')]);
    return { udp, tcp };
  } finally {
    // Both together: the server takes a leg of which one transport closes for lost, and the other one with it.
    for (const transport of opened) transport.close();
    await context.close();
  }
}

/** With the addresses of one protocol only. */
const only = (info: TransportInfo, protocol: 'udp' | 'tcp'): TransportInfo => ({
  ...info,
  iceCandidates: (info.iceCandidates as types.IceCandidate[]).filter(
    candidate => candidate.protocol === protocol,
  ),
});

function connects(transport: types.Transport, trial: string, track: MediaStreamTrack): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), patienceMs);
    const settle = (worked: boolean) => {
      clearTimeout(timer);
      resolve(worked);
    };
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const dtls = dtlsParameters as DtlsParameters;
      const body = { trial, transportId: transport.id, dtlsParameters: dtls };
      ask('POST /api/reach/trials/connect', { body }).then(done, failed);
    });
    // Nothing is to be heard: the server need not know of the track.
    transport.on('produce', (_, done) => done({ id: transport.id }));
    transport.on('connectionstatechange', state => {
      if (state === 'connected') settle(true);
      if (state === 'failed') settle(false);
    });
    transport.produce({ track }).catch(() => settle(false));
  });
}
