/** Prometheus instruments. Others observe into them; what the truth knows is read at each scrape. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  registry: Registry;
  /** From `call.start` received to the shopper's microphone flowing, seconds. */
  callSetup: Histogram;
  /** From the click to a rep's answer, seconds. */
  callWait: Histogram;
  /** Open signaling sockets, by `role`: `shopper`, `rep`, or `stranger` before hello. */
  sockets: Gauge<'role'>;
  /** Set by `refreshGauges` only (refresh-gauges.ts). */
  read: {
    calls: Gauge<'state'>;
    callsWaiting: Gauge;
    reps: Gauge<'status'>;
    workers: Gauge;
    workersAlive: Gauge;
    legs: Gauge;
    edges: Gauge;
    pipes: Gauge;
  };
};

/** A registry of its own, with the figures of the process and the instruments above. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // The default looks at the event loop every 10 ms, which costs more than a hundred quiet callers do.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 500 });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });

  return {
    registry,
    callSetup: histogram(
      'call_setup_seconds',
      'From call.start received to the microphone of the shopper flowing',
      [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10],
    ),
    callWait: histogram(
      'call_wait_seconds',
      'From the click to the answer of a rep',
      [2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800],
    ),
    sockets: gauge('signaling_sockets', 'Open signaling sockets; a stranger has not said hello yet', [
      'role',
    ]),
    read: {
      calls: gauge('calls', 'Live calls by state', ['state']),
      callsWaiting: gauge('calls_waiting', 'Calls that no rep has answered yet, those that ring included'),
      reps: gauge('reps', 'Reps by status', ['status']),
      workers: gauge('media_workers', 'Media worker processes that should be alive'),
      workersAlive: gauge('media_workers_alive', 'Media worker processes that are alive'),
      legs: gauge('media_legs', 'Media connections of participants'),
      edges: gauge('media_edges', 'Who-hears-whom edges that exist'),
      pipes: gauge('media_pipes', 'Sources piped from one worker to another'),
    },
  };
}
