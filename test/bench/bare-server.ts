/**
 * The yardstick: mediasoup with the least around it, one worker, one port, a WebSocket without checks. Run as a child
 * process; says its port in a message. The calls are the same as ours: Opus with NACK (`enableRtx`). A leg's transports come in one answer, with a consumer of the greeting (a silent
 * source, which stands for hold music).
 */
import { createServer } from 'node:http';
import { createWorker, type types as ms } from 'mediasoup';
import { WebSocketServer } from 'ws';

const worker = await createWorker({ logLevel: 'none' });
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: (['udp', 'tcp'] as const).map(protocol => ({
    protocol,
    ip: '127.0.0.1',
  })),
});
const router = await worker.createRouter({
  mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }],
});
const greeting = await (await router.createDirectTransport()).produce({
  kind: 'audio',
  rtpParameters: {
    codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc: 1 }],
  },
});

/** By id: whoever answers resumes what another one hears. */
const consumers = new Map<string, ms.Consumer>();

const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', socket => {
  const transports = new Map<string, ms.WebRtcTransport>();
  let send: ms.WebRtcTransport;
  let receive: ms.WebRtcTransport;
  let rtpCapabilities: ms.RtpCapabilities;
  const consume = async (producerId: string, paused = false) => {
    const consumer = await receive.consume({ producerId, rtpCapabilities, paused, enableRtx: true });
    const { id, rtpParameters } = consumer;
    consumers.set(id, consumer);
    consumer.observer.once('close', () => consumers.delete(id));
    return { consumerId: id, producerId, rtpParameters, source: 'voice', active: !paused };
  };
  const info = ({ id, iceParameters, iceCandidates, dtlsParameters }: ms.WebRtcTransport) => ({
    id,
    iceParameters,
    iceCandidates,
    dtlsParameters,
  });
  const handlers: Record<string, (data: never) => Promise<unknown>> = {
    async hello() {
      return { routerRtpCapabilities: router.rtpCapabilities };
    },
    async open(data: { rtpCapabilities: ms.RtpCapabilities; greet: boolean }) {
      rtpCapabilities = data.rtpCapabilities;
      const options = { webRtcServer, preferUdp: true };
      [send, receive] = await Promise.all([
        router.createWebRtcTransport(options),
        router.createWebRtcTransport(options),
      ]);
      for (const transport of [send, receive]) transports.set(transport.id, transport);
      const hearing = data.greet ? [await consume(greeting.id)] : [];
      return { legId: 'rep:bare', send: info(send), receive: info(receive), hearing };
    },
    async connect(data: { transportId: string; dtlsParameters: ms.DtlsParameters }) {
      await transports.get(data.transportId)?.connect(data);
      return {};
    },
    async produce(data: { rtpParameters: ms.RtpParameters }) {
      const producer = await send.produce({ kind: 'audio', rtpParameters: data.rtpParameters });
      return { producerId: producer.id };
    },
    async consume(data: { producerId: string; paused?: boolean }) {
      return consume(data.producerId, data.paused);
    },
    async resume(data: { consumerId: string }) {
      await consumers.get(data.consumerId)?.resume();
      return {};
    },
  };
  socket.on('message', async text => {
    const { id, type, data } = JSON.parse(String(text)) as { id: number; type: string; data: never };
    try {
      socket.send(JSON.stringify({ id, ok: true, data: await handlers[type]!(data) }));
    } catch (error) {
      socket.send(JSON.stringify({ id, ok: false, error: { code: 'internal', message: String(error) } }));
    }
  });
  socket.on('close', () => {
    for (const transport of transports.values()) transport.close();
  });
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.({ port: typeof address === 'object' && address?.port });
});
process.once('disconnect', () => {
  worker.close();
  process.exit();
});
