import type { QueueSheet } from '../../shared/api/queues.ts';
import type { SiteSheet } from '../../shared/api/sites.ts';
import type { Sound } from '../../shared/api/sounds.ts';
import type { QueueSettings } from '../../shared/settings.ts';
import { until } from './until.ts';

/** A rep as a browser knows one: an account made by a link, and the cookie of being signed in. */
type Person = { name: string; email: string; password: string };

export class RepAccount {
  readonly person: Person;
  readonly #cookie: string;

  private constructor(person: Person, cookie: string) {
    this.person = person;
    this.#cookie = cookie;
  }

  /** Use a one-time link. */
  static async make(origin: string, token: string, person: Person): Promise<RepAccount> {
    const answer = await post(origin, '/api/rep/links/use', { token, ...person });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error('no cookie came with the account');
    return new RepAccount(person, cookie);
  }

  /** Sign in with the password, in one more browser. */
  static async signIn(origin: string, person: Person): Promise<RepAccount> {
    const { email, password } = person;
    const answer = await post(origin, '/api/rep/sign-in', { email, password });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error('no cookie came with the sign-in');
    return new RepAccount(person, cookie);
  }

  /** As the browser sends it. */
  get cookie(): string {
    return this.#cookie;
  }

  /** A ticket for one socket. */
  async ticket(origin: string): Promise<string> {
    const answer = await post(origin, '/api/rep/ticket', {}, this.#cookie);
    return ((await answer.json()) as { ticket: string }).ticket;
  }

  async signOut(origin: string): Promise<void> {
    await post(origin, '/api/rep/sign-out', {}, this.#cookie);
  }

  /** What the server answers there, to who may ask. */
  async read<T>(origin: string, path: string): Promise<T> {
    const answer = await fetch(origin + path, { headers: { cookie: this.#cookie } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Whatever the server answers to a request, refusals included. A `body` of bytes is sent as a file. */
  ask(origin: string, method: string, path: string, body?: unknown): Promise<Response> {
    const file = body instanceof Uint8Array;
    return fetch(origin + path, {
      method,
      headers: {
        ...{ origin, cookie: this.#cookie },
        'content-type': file ? 'application/octet-stream' : 'application/json',
      },
      ...(body === undefined ? {} : { body: file ? (body as BodyInit) : JSON.stringify(body) }),
    });
  }

  /** As an admin: change settings of the first queue. */
  async patchQueue(origin: string, settings: Partial<QueueSettings>): Promise<void> {
    const answer = await fetch(`${origin}/api/queues`, { headers: { cookie: this.#cookie } });
    const { queues } = (await answer.json()) as { queues: { id: string; settings: QueueSettings }[] };
    const first = queues[0];
    if (!first) throw new Error('there is no queue');
    await send('PATCH', origin, `/api/queues/${first.id}`, { settings }, this.#cookie);
  }

  /** As an admin: nobody else serves the first queue from now on. */
  async serveAlone(origin: string): Promise<void> {
    const { rep } = await this.read<{ rep: { id: string } }>(origin, '/api/rep/me');
    const { queues } = await this.read<{ queues: { id: string }[] }>(origin, '/api/queues');
    const path = `/api/queues/${queues[0]?.id}`;
    await send('PATCH', origin, path, { members: [{ repId: rep.id }] }, this.#cookie);
  }

  /** As an admin: change what is set for a whole site. */
  async patchSite(
    origin: string,
    siteId: string,
    change: Partial<Pick<SiteSheet, 'name' | 'allowedOrigins' | 'languages' | 'words'>>,
  ): Promise<void> {
    await send('PATCH', origin, `/api/sites/${siteId}`, change, this.#cookie);
  }

  /** As an admin: a further shop. Returns its key. */
  async addSite(origin: string, name: string): Promise<string> {
    const answer = await post(origin, '/api/sites', { name }, this.#cookie);
    return ((await answer.json()) as { site: { key: string } }).site.key;
  }

  /** As an admin: upload a sound for the first queue's site. Returns it once it can be played. */
  async addSound(origin: string, name: string, file: Uint8Array<ArrayBuffer>): Promise<Sound> {
    const headers = { cookie: this.#cookie, origin, 'content-type': 'application/octet-stream' };
    const { queues } = (await (await fetch(`${origin}/api/queues`, { headers })).json()) as {
      queues: QueueSheet[];
    };
    const query = new URLSearchParams({ siteId: queues[0]?.siteId ?? '', name });
    const answer = await fetch(`${origin}/api/sounds?${query}`, { method: 'POST', headers, body: file });
    const { sound } = (await answer.json()) as { sound: Sound };
    return until(
      async () => {
        const now = await fetch(`${origin}/api/sounds/${sound.id}`, { headers });
        const { sound: seen } = (await now.json()) as { sound: Sound };
        if (seen.state.is === 'failed') throw new Error(seen.state.problem.reason);
        return seen.state.is === 'ready' && seen;
      },
      { everyMs: 20 },
    );
  }

  /** Returns the token of the new person's link. */
  async invite(origin: string, { name, email }: Person): Promise<string> {
    const answer = await post(origin, '/api/team/invitations', { name, email }, this.#cookie);
    const { url } = (await answer.json()) as { url: string };
    return new URL(url).hash.replace('#link=', '');
  }
}

const post = (origin: string, path: string, body: unknown, cookie?: string) =>
  send('POST', origin, path, body, cookie);

async function send(
  method: string,
  origin: string,
  path: string,
  body: unknown,
  cookie?: string,
): Promise<Response> {
  const answer = await fetch(origin + path, {
    method,
    headers: { 'content-type': 'application/json', origin, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
