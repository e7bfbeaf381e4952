/** Ten connections that ask for one byte of a sound again and again, on a thread of their own, while they are told to. */
import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { url, connections } = workerData as { url: string; connections: number };
const agent = new Agent({ keepAlive: true, maxSockets: connections });
let floods = false;
let answered = 0;

const ask = () =>
  new Promise<void>((resolve, reject) => {
    get(url, { agent, headers: { range: 'bytes=0-0' } }, answer => {
      answer.resume().once('end', () => {
        answered++;
        resolve();
      });
    }).once('error', reject);
  });

async function flood(): Promise<void> {
  while (floods) await ask();
}

parentPort?.on('message', (on: boolean) => {
  floods = on;
  if (on) for (let i = 0; i < connections; i++) void flood();
  else parentPort?.postMessage(answered);
});
