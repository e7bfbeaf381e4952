/**
 * A call in a network that has only IPv6: run by `node` inside of one, since a network is a process's own. Says as JSON
 * what was heard on both sides, and by which addresses.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../server/config.ts';
import { startServer } from '../../server/main.ts';
import { welcomeText } from '../../server/start-message.ts';
import { Rep, Shopper } from './people.ts';
import { RepAccount } from './rep-account.ts';
import { until } from './until.ts';

const [address = ''] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-ipv6-'));
const config = {
  ...readConfig({
    HOST: '::',
    RTC_LISTEN_ADDRESS: '::',
    DATA_DIR: path.join(folder, 'data'),
    CERTS_DIR: path.join(folder, 'certs'),
    WORKERS: '1',
    LOG_LEVEL: 'error',
  }),
  port: 0,
  httpsPort: 0,
  rtcPort: 0,
};
const server = await startServer(config);
const origin = `http://[${address}]:${server.ports.http}`;
const person = { name: 'Ana', email: 'ana@shop.example', password: 'a good long password' };
const account = await RepAccount.make(origin, server.setUpToken ?? '', person);
const rep = await Rep.signIn(origin, account);
await rep.goAvailable(440);
const shopper = await Shopper.arrive(origin);
await shopper.call(660);
await until(() => shopper.voice.measure('music').levelDb > -45);
await rep.answer();
const hears = (who: Rep | Shopper, hertz: number) =>
  until(() => {
    const { levelDb, frequencyHz } = who.voice.measure('voice');
    return levelDb > -30 && Math.abs(frequencyHz - hertz) < 15;
  });
await hears(shopper, 440);
await hears(rep, 660);
const heard = {
  shopper: shopper.voice.measure('voice').frequencyHz,
  rep: rep.voice.measure('voice').frequencyHz,
};
const { media } = await rep.signaling.request('leg.open', { rtpCapabilities: rep.voice.capabilities });
const page = await fetch(`${origin}/healthz`);
process.stdout.write(
  `${JSON.stringify({
    page: page.status,
    candidates: (media.send.iceCandidates as { address: string }[]).map(candidate => candidate.address),
    ...heard,
    welcome: welcomeText(config, server),
  })}\n`,
);
shopper.close();
rep.close();
await server.close();
await rm(folder, { recursive: true });
process.exit(0);
