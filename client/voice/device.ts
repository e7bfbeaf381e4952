import type { types } from 'mediasoup-client';
import { Device, detectDevice } from 'mediasoup-client';

/** This browser cannot make calls. */
export class UnsupportedBrowserError extends Error {
  constructor(options?: ErrorOptions) {
    super('This browser cannot make calls.', options);
    this.name = 'UnsupportedBrowserError';
  }
}

/**
 * One handler for each family of browsers, loaded only where it is needed: together they weigh
 * almost as much as the rest of the library.
 */
const handlers: Record<string, () => Promise<types.HandlerFactory>> = {
  Chrome111: async () => (await import('mediasoup-client/handlers/Chrome111')).Chrome111.createFactory({}),
  Chrome74: async () => (await import('mediasoup-client/handlers/Chrome74')).Chrome74.createFactory({}),
  Firefox120: async () => (await import('mediasoup-client/handlers/Firefox120')).Firefox120.createFactory({}),
  Safari12: async () => (await import('mediasoup-client/handlers/Safari12')).Safari12.createFactory({}),
};

let handlerFactory: Promise<types.HandlerFactory> | undefined;

/** Fetches this browser's handler; call it early, while the socket is still connecting. */
export function loadHandler(): Promise<types.HandlerFactory> {
  handlerFactory ??= (async () => {
    const load = typeof RTCPeerConnection === 'undefined' ? undefined : handlers[detectDevice() ?? ''];
    if (!load) throw new UnsupportedBrowserError();
    return asked(await load());
  })();
  // A failed download (a shaky network) must not be remembered.
  handlerFactory.catch(forget);
  return handlerFactory;
}

const forget = () => {
  handlerFactory = undefined;
};

/** The same, with what the browser can do asked already: it takes a while to say, and `hello` is under way meanwhile. */
function asked(factory: types.HandlerFactory): types.HandlerFactory {
  const ask = (direction: 'sendonly' | 'recvonly') => {
    const answer = factory.getNativeRtpCapabilities({ direction });
    answer.catch(forget);
    return answer;
  };
  const native = { recvonly: ask('recvonly'), sendonly: ask('sendonly') };
  return { ...factory, getNativeRtpCapabilities: async ({ direction }) => native[direction] };
}

/**
 * A device that knows what the router speaks. `routerRtpCapabilities` comes with the `hello` answer.
 * Throws `UnsupportedBrowserError`.
 */
export async function loadDevice(routerRtpCapabilities: unknown): Promise<types.Device> {
  const device = new Device({ handlerFactory: await loadHandler() });
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities });
  return device;
}
