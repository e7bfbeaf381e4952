/** Our whole server, as `npm start` runs it, on a data folder of its own. Run as a child process; says its port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../server/config.ts';
import { startServer } from '../../server/main.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-bench-'));
const config = {
  ...readConfig({
    DATA_DIR: path.join(folder, 'data'),
    CERTS_DIR: path.join(folder, 'certs'),
    HOST: '127.0.0.1',
    ANNOUNCED_ADDRESS: '127.0.0.1',
    WORKERS: '1',
    LOG_LEVEL: 'warn',
  }),
  // Any free ones.
  port: 0,
  httpsPort: 0,
  rtcPort: 0,
};
const server = await startServer(config);
process.send?.({ port: server.ports.http, setUpToken: server.setUpToken });
process.once('disconnect', async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
  process.exit();
});
