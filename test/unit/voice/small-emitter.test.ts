import { EventEmitter as NodeEmitter } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventEmitter } from '../../../client/voice/small-emitter.ts';

const names = ['on', 'once', 'off', 'emit', 'removeAllListeners', 'listenerCount'] as const;
const steps = fc.array(
  fc.record({
    does: fc.constantFrom(...names),
    event: fc.constantFrom('a', 'b'),
    listener: fc.nat(2),
  }),
);

/** What such a life would log: who was called, and what each step answered. */
function live(
  emitter: EventEmitter | NodeEmitter,
  life: { does: string; event: string; listener: number }[],
) {
  const log: unknown[] = [];
  let sending = false;
  // The first of them changes who listens while an event goes out; the last sends one itself.
  const listeners = [
    () => {
      log.push('0');
      emitter.off('a', listeners[1]!).on('b', listeners[2]!);
    },
    () => log.push('1'),
    () => {
      log.push('2');
      if (sending) return;
      sending = true;
      log.push(emitter.emit('a'));
      sending = false;
    },
  ];
  for (const { does, event, listener } of life) {
    if (does === 'on' || does === 'once' || does === 'off') emitter[does](event, listeners[listener]!);
    else if (does === 'removeAllListeners') emitter.removeAllListeners(event);
    else if (does === 'emit') log.push(emitter.emit(event));
    else log.push(emitter.listenerCount(event));
  }
  return log;
}

test('V14 the small emitter calls and answers as that of Node does', () => {
  fc.assert(
    fc.property(steps, life => {
      expect(live(new EventEmitter(), life)).toEqual(live(new NodeEmitter(), life));
    }),
    { numRuns: 10_000 },
  );
});

test('V14 a listener that was added for once and for good stays for good', () => {
  let calls = 0;
  const listener = () => calls++;
  const emitter = new EventEmitter().once('a', listener).on('a', listener);
  emitter.emit('a');
  emitter.emit('a');
  expect(calls).toBe(3);
});

test('V14 the small emitter hands on what an event brings', () => {
  const heard: unknown[] = [];
  const emitter = new EventEmitter().on('a', (...args) => heard.push(args));
  emitter.emit('a', ...([1, 'two'] as never[]));
  expect(heard).toEqual([[1, 'two']]);
});
