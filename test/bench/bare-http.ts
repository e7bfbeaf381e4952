/** The yardstick for a small answer: Node's own HTTP server, which sends the same bytes to whoever asks. Run as a child process. */
import { createServer } from 'node:http';

const { headers, body } = JSON.parse(process.argv[2] ?? '{}') as {
  headers: Record<string, string>;
  body: string;
};

const server = createServer((_, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address?.port });
});
process.once('disconnect', () => process.exit());
