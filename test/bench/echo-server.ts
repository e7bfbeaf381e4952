/** The yardstick for signaling: ws that reads JSON and sends it back, without checks. Run as a child process. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', socket => {
  socket.on('message', text => {
    const { id, data } = JSON.parse(String(text)) as { id: number; data: unknown };
    socket.send(JSON.stringify({ id, ok: true, data }));
  });
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.({ port: typeof address === 'object' && address?.port });
});
process.once('disconnect', () => process.exit());
