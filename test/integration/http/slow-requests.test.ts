import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import Koa from 'koa';
import { expect, test } from 'vitest';
import { arrivesInTime, fileMayTakeLonger } from '../../../server/http/request-rules.ts';

test('H155 a request that trickles in is cut off in time, and a file has more of it', async () => {
  const app = new Koa({ proxy: false });
  app.silent = true;
  app.use(arrivesInTime({ requestTimeoutMs: 50 }));
  let uploaded = 0;
  app.use(async ctx => {
    if (ctx.path === '/api/sounds') fileMayTakeLonger(ctx, { uploadTimeoutMs: 60_000 });
    for await (const chunk of ctx.req) if (ctx.path === '/api/sounds') uploaded += chunk.length;
    ctx.body = 'done';
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const begin = (path: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf`);
    return socket;
  };
  try {
    const file = begin('/api/sounds');
    const other = begin('/api/rep/sign-in').resume();
    // The other one began later, and is over first.
    await once(other, 'close');
    file.write('full');
    const [answer] = await once(file, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(uploaded).toBe(8);
    file.destroy();
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
