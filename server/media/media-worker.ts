/** One native mediasoup worker with its `WebRtcServer` and its one audio-only router. */
import { createWorker, workerBin as defaultWorkerBin, type types as ms } from 'mediasoup';
import { mediaLimits } from './limits.ts';
import { MediaSetupError } from './setup-error.ts';
import { SpareTransports } from './spare-transports.ts';
import { brokenWords, mustRunHere } from './worker-file.ts';

/**
 * Opus only. In-band FEC hides single losses, DTX saves the silences (each side listens half of the time);
 * NACK is offered by mediasoup for Opus by itself.
 */
const routerCodecs: ms.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
  },
];

export class MediaWorker {
  /** Position in the pool, which also fixes the port. A replacement has the same index. */
  readonly index: number;
  readonly worker: ms.Worker;
  readonly webRtcServer: ms.WebRtcServer;
  readonly router: ms.Router;
  readonly transports: SpareTransports;
  /** Legs on this worker, open or being opened. */
  legs = 0;

  private constructor(index: number, worker: ms.Worker, webRtcServer: ms.WebRtcServer, router: ms.Router) {
    this.index = index;
    this.worker = worker;
    this.webRtcServer = webRtcServer;
    this.router = router;
    this.transports = new SpareTransports(() =>
      router.createWebRtcTransport({
        webRtcServer,
        preferUdp: true,
        iceConsentTimeout: mediaLimits.iceConsentTimeoutSeconds,
      }),
    );
  }

  /** @throws MediaSetupError when there is no worker that runs, or its port is taken. */
  static async create(
    index: number,
    listenInfos: ms.TransportListenInfo[],
    workerBin: string = defaultWorkerBin,
  ): Promise<MediaWorker> {
    const worker = await startWorker(workerBin);
    try {
      const [webRtcServer, router] = await Promise.all([
        worker.createWebRtcServer({ listenInfos }),
        worker.createRouter({ mediaCodecs: routerCodecs }),
      ]);
      const made = new MediaWorker(index, worker, webRtcServer, router);
      await made.transports.fill();
      return made;
    } catch (cause) {
      worker.close();
      const ports = [...new Set(listenInfos.map(info => info.port))].join(', ');
      throw new MediaSetupError(
        'port',
        `The media worker could not listen on port ${ports}: ${cause instanceof Error ? cause.message : String(cause)}. Set RTC_PORT to a free port.`,
        { cause },
      );
    }
  }

  get pid(): number {
    return this.worker.pid;
  }

  /** True once the process died or was closed. */
  get closed(): boolean {
    return this.worker.closed;
  }

  /** Resolves when the process is gone, so that nothing is left running. */
  async close(): Promise<void> {
    if (this.worker.subprocessClosed) return;
    const gone = new Promise<void>(resolve => this.worker.once('subprocessclose', () => resolve()));
    this.worker.close();
    await gone;
  }
}

async function startWorker(workerBin: string): Promise<ms.Worker> {
  mustRunHere(workerBin);
  const starting = withoutSignalHandlers(() => createWorker({ logLevel: 'warn', workerBin }));
  return starting.catch((cause: unknown) => {
    throw new MediaSetupError(
      'worker-broken',
      /ENOMEM|EAGAIN|SIGKILL/.test(String(cause))
        ? 'There is not enough memory for the media workers. End other programs, or start with fewer WORKERS.'
        : brokenWords(
            workerBin,
            `it ended at once (${cause instanceof Error ? cause.message : String(cause)})`,
          ),
      { cause },
    );
  });
}

/**
 * mediasoup closes its workers on the first SIGINT or SIGTERM by itself, under running calls, and its handlers being
 * there also keep Node from exiting. When to end is for the composition root to decide, so they go again. They are
 * added synchronously, which is why `start` must not be awaited in between: other parts' handlers stay untouched.
 */
function withoutSignalHandlers<T>(start: () => T): T {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = signals.map(signal => new Set(process.listeners(signal)));
  const started = start();
  signals.forEach((signal, i) => {
    for (const listener of process.listeners(signal)) {
      if (!before[i]!.has(listener)) process.removeListener(signal, listener);
    }
  });
  return started;
}
