/** What queueing theory says of a queue with exponential times. All times ms; `reps` are the servers. */
export type Queue = { reps: number; betweenCallsMs: number; handleMs: number };

/** Erlang C: the probability that a call has to wait, by the recursion of Erlang B. */
export function erlangC({ reps, betweenCallsMs, handleMs }: Queue): number {
  const load = handleMs / betweenCallsMs;
  if (load >= reps) return 1;
  let blocked = 1;
  for (let servers = 1; servers <= reps; servers++) blocked = (load * blocked) / (servers + load * blocked);
  return (reps * blocked) / (reps - load * (1 - blocked));
}

/** Mean wait of all calls, M/M/c. */
export function meanWait(queue: Queue): number {
  const load = queue.handleMs / queue.betweenCallsMs;
  return (erlangC(queue) * queue.handleMs) / (queue.reps - load);
}

/** Share of calls answered within that time, M/M/c. */
export function answeredWithin(queue: Queue, withinMs: number): number {
  const load = queue.handleMs / queue.betweenCallsMs;
  return 1 - erlangC(queue) * Math.exp((-(queue.reps - load) * withinMs) / queue.handleMs);
}

/** Longest line that is counted with; the chance of a longer one is nil for loads that callers bear. */
const longest = 400;

/** Erlang A (M/M/c+M): stationary shares of the number of calls in the system, 0 to `reps + longest`. */
function shares({ reps, betweenCallsMs, handleMs }: Queue, patienceMs: number): number[] {
  const weights = [1];
  for (let n = 1; n <= reps + longest; n++) {
    const leaving = Math.min(n, reps) / handleMs + Math.max(0, n - reps) / patienceMs;
    weights.push((weights[n - 1] ?? 0) / betweenCallsMs / leaving);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / total);
}

export type Impatient = { meanWaitMs: number; gaveUp: number; answeredWithin: number };

/**
 * Mean wait of all calls and the share that gives up, by Little's law on the length of the line; and the share answered
 * in time. For that last one, g(j, t) is the chance that a caller with j ahead in the line is answered within t:
 * dg(j)/dt = (c/h + j/p) (g(j-1) - g(j)) - g(j)/p, g(-1) = 1, g(j, 0) = 0; solved by Runge-Kutta.
 */
export function erlangA(queue: Queue, patienceMs: number, withinMs: number): Impatient {
  const { reps, betweenCallsMs, handleMs } = queue;
  const p = shares(queue, patienceMs);
  let lineLength = 0;
  for (let n = reps; n < p.length; n++) lineLength += (n - reps) * (p[n] ?? 0);
  const meanWaitMs = lineLength * betweenCallsMs;

  let g = new Float64Array(longest);
  const slope = (at: Float64Array) =>
    at.map((value, j) => {
      const moves = reps / handleMs + j / patienceMs;
      return moves * ((j === 0 ? 1 : (at[j - 1] ?? 0)) - value) - value / patienceMs;
    });
  // Stable while a step is well below the shortest time constant.
  const steps = Math.ceil(withinMs * (reps / handleMs + (longest + 1) / patienceMs));
  const dt = withinMs / steps;
  const plus = (a: Float64Array, b: Float64Array, by: number) =>
    a.map((value, j) => value + (b[j] ?? 0) * by);
  for (let step = 0; step < steps; step++) {
    const k1 = slope(g);
    const k2 = slope(plus(g, k1, dt / 2));
    const k3 = slope(plus(g, k2, dt / 2));
    const k4 = slope(plus(g, k3, dt));
    g = g.map(
      (value, j) => value + (dt / 6) * ((k1[j] ?? 0) + 2 * (k2[j] ?? 0) + 2 * (k3[j] ?? 0) + (k4[j] ?? 0)),
    );
  }
  let inTime = 0;
  for (let n = 0; n < p.length; n++) inTime += (p[n] ?? 0) * (n < reps ? 1 : (g[n - reps] ?? 0));
  return { meanWaitMs, gaveUp: meanWaitMs / patienceMs, answeredWithin: inTime };
}
