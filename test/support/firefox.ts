/**
 * A real Firefox whose microphone hums 1000 Hz. Driven by Marionette, the protocol that it has built in: unlike all others
 * it reaches notifications too, which belong to no page.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './until.ts';

const executablePath = process.env.FIREFOX_BIN ?? '/usr/bin/firefox-esr';

/** Pitch of the sound that Firefox has in place of a microphone's. */
export const firefoxToneHz = 1_000;

const preferences = {
  // Any free port; the file in the profile says which.
  'marionette.port': 0,
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  // Whoever drives it by Marionette gets no pushes otherwise.
  'dom.push.connection.enabled': true,
  'permissions.default.desktop-notification': 1,
  'alerts.useSystemBackend': false,
  // Against clicks that were meant for something else; here nothing else is clicked.
  'security.notification_enable_delay': 0,
  'browser.tabs.closeWindowWithLastTab': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
};

/** `all`: the elements of the page, those of shadow trees too. */
const everything = `const within = root => [...root.querySelectorAll('*')]
    .flatMap(one => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
  const all = within(document.body);`;

export class Firefox {
  readonly #process: ChildProcess;
  readonly #socket: Socket;
  readonly #folder: string;
  readonly #waiting = new Map<number, (answer: [error: unknown, result: unknown]) => void>();
  #nextId = 1;

  private constructor(process: ChildProcess, socket: Socket, folder: string) {
    this.#process = process;
    this.#socket = socket;
    this.#folder = folder;
    this.#readAnswers();
  }

  /** @param pushUrl of the push service that its browser side asks; `ws:`. Without it nothing is pushed */
  static async open(pushUrl?: string): Promise<Firefox> {
    if (!existsSync(executablePath))
      throw new Error(`Firefox is missing at ${executablePath}. Run "npm test", which installs it.`);
    const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-firefox-'));
    const all = {
      ...preferences,
      ...(pushUrl === undefined
        ? { 'dom.push.connection.enabled': false }
        : { 'dom.push.serverURL': pushUrl, 'dom.push.testing.allowInsecureServerURL': true }),
    };
    const lines = Object.entries(all).map(
      ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
    );
    await writeFile(path.join(folder, 'user.js'), lines.join('\n'));
    const child = spawn(
      executablePath,
      ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', folder],
      { stdio: 'ignore', env: { ...process.env, HOME: folder } },
    );
    const portFile = path.join(folder, 'MarionetteActivePort');
    const port = await until(
      async () => existsSync(portFile) && Number(await readFile(portFile, 'utf8')),
      {},
    );
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const firefox = new Firefox(child, socket, folder);
    await firefox.#command('WebDriver:NewSession');
    await firefox.#command('WebDriver:SetTimeouts', { script: 60_000 });
    return firefox;
  }

  async goTo(url: string): Promise<void> {
    await this.#command('WebDriver:Navigate', { url });
  }

  async back(): Promise<void> {
    await this.#command('WebDriver:Back');
  }

  /** The tab that is driven now. */
  async tab(): Promise<string> {
    return ((await this.#command('WebDriver:GetWindowHandle')) as { value: string }).value;
  }

  async showTab(handle: string): Promise<void> {
    await this.#command('WebDriver:SwitchToWindow', { handle });
  }

  /** A further tab at that address, which is driven from now on. */
  async openTab(url: string): Promise<void> {
    const { handle } = (await this.#command('WebDriver:NewWindow', { type: 'tab' })) as { handle: string };
    await this.showTab(handle);
    await this.goTo(url);
  }

  /** Closes the tab that is driven now; `next` is driven from now on. */
  async closeTab(next: string): Promise<void> {
    await this.#command('WebDriver:CloseWindow');
    await this.showTab(next);
  }

  /** Closes the page; the browser itself stays, as on a phone. */
  async closePage(): Promise<void> {
    await this.#command('WebDriver:NewWindow', { type: 'tab' });
    await this.#command('WebDriver:CloseWindow');
    const [left] = (await this.#command('WebDriver:GetWindowHandles')) as string[];
    await this.#command('WebDriver:SwitchToWindow', { handle: left });
  }

  /** To the tab with a page of that origin, once there is one. */
  async switchTo(origin: string): Promise<void> {
    await until(async () => {
      for (const handle of (await this.#command('WebDriver:GetWindowHandles')) as string[]) {
        await this.#command('WebDriver:SwitchToWindow', { handle });
        const { value } = (await this.#command('WebDriver:GetCurrentURL')) as { value: string };
        if (value.startsWith(origin)) return true;
      }
      return false;
    });
  }

  /** Waits until the element shows that state, and with it these words. */
  async state(name: string, words = ''): Promise<void> {
    const shown = () =>
      this.run<[state: string | undefined, text: string]>(
        `const one = document.querySelector('talk-to-us');
         return [one?.dataset.state, one?.shadowRoot?.textContent.replace(/\\s+/g, ' ') ?? ''];`,
      );
    let last: unknown;
    await until(
      async () => {
        const [state, text] = await shown();
        last = [state, text];
        return state === name && text.includes(words);
      },
      { describe: () => last },
    );
  }

  /** Whether the page, shadow trees included, has these words. */
  shows(words: string): Promise<boolean> {
    const script = `${everything} return all.some(one => one.textContent.includes(arguments[0]));`;
    return this.run<boolean>(script, [words]);
  }

  /** Clicks the button that bears these words. */
  async press(words: string): Promise<void> {
    const button = await until(() =>
      this.run<object | null>(
        `${everything} return all.find(one => one.localName === 'button' && !one.disabled && one.checkVisibility()
           && one.textContent.includes(arguments[0])) ?? null;`,
        [words],
      ),
    );
    await this.#command('WebDriver:ElementClick', { id: Object.values(button)[0] });
  }

  /** Waits until there is something that is shown and that; in words of CSS, with ` >> ` between what is around and what is in it. */
  async see(selector: string): Promise<void> {
    await this.#find(selector);
  }

  /** What a script makes of that; it is `one` there. */
  async read<T>(selector: string, script: string): Promise<T> {
    return this.run<T>(`const [one] = arguments; ${script}`, [await this.#find(selector)]);
  }

  async click(selector: string): Promise<void> {
    await this.#command('WebDriver:ElementClick', { id: Object.values(await this.#find(selector))[0] });
  }

  /** In the place of what is written there. Into an input for files, the path of one. */
  async write(selector: string, text: string): Promise<void> {
    const input = await this.#find(selector);
    const id = Object.values(input)[0];
    await this.run('if (arguments[0].type !== "file") arguments[0].select();', [input]);
    await this.#command('WebDriver:ElementSendKeys', { id, text });
  }

  /** With that value, in a list of choices. */
  async choose(selector: string, value: string): Promise<void> {
    const option = await this.run<object>(
      'return [...arguments[0].options].find(({ value }) => value === arguments[1]);',
      [await this.#find(selector), value],
    );
    await this.#command('WebDriver:ElementClick', { id: Object.values(option)[0] });
  }

  /** The last of them that is shown: what is in front comes last. */
  #find(selector: string): Promise<object> {
    return until(
      () =>
        this.run<object | null>(
          `${everything} const inside = one => [...within(one), ...(one.shadowRoot ? within(one.shadowRoot) : [])];
           return arguments[0].reduce((places, step) => places.flatMap(inside).filter(one => one.matches(step)), [document])
             .findLast(one => one.checkVisibility()) ?? null;`,
          [selector.split(' >> ')],
        ),
      { describe: () => selector },
    );
  }

  /** Waits for a notification of that title, and clicks it. */
  async clickNotification(title: string): Promise<void> {
    await this.#command('Marionette:SetContext', { value: 'chrome' });
    let shown: string[] = [];
    await until(
      async () => {
        // One that is still being built does not hear clicks yet.
        shown = await this.run<string[]>(
          `const built = [...Services.wm.getEnumerator('alert:alert')]
             .filter(({ document }) => document.readyState === 'complete')
             .map(({ document }) => ['alertTitleLabel', 'alertBox'].map(id => document.getElementById(id)));
           built.find(([title]) => title?.value === arguments[0])?.[1].click();
           return built.map(([title]) => title?.value);`,
          [title],
        );
        return shown.includes(title);
      },
      { describe: () => shown },
    );
    await this.#command('Marionette:SetContext', { value: 'content' });
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGKILL');
      await once(this.#process, 'exit');
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20 });
  }

  /** Runs a script that the page does not see, on the page's own document; what it returns. */
  async run<T>(script: string, args: unknown[] = []): Promise<T> {
    return ((await this.#command('WebDriver:ExecuteScript', { script, args })) as { value: T }).value;
  }

  /** Each message is its length, a colon, and `[0, id, name, parameters]` or `[1, id, error, result]`. */
  async #command(name: string, parameters: object = {}): Promise<unknown> {
    const id = this.#nextId++;
    const answered = new Promise<[error: unknown, result: unknown]>(resolve =>
      this.#waiting.set(id, resolve),
    );
    const text = JSON.stringify([0, id, name, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [error, result] = await answered;
    if (error) throw new Error(`${name}: ${JSON.stringify(error).slice(0, 500)}`);
    return result;
  }

  #readAnswers(): void {
    let unread = Buffer.alloc(0);
    this.#socket.on('data', data => {
      unread = Buffer.concat([unread, data]);
      for (;;) {
        const colon = unread.indexOf(':');
        const end = colon + 1 + Number(unread.subarray(0, colon));
        if (colon === -1 || unread.length < end) return;
        const message = JSON.parse(unread.subarray(colon + 1, end).toString()) as unknown;
        unread = unread.subarray(end);
        // The first one only says hello.
        if (Array.isArray(message)) this.#waiting.get(message[1])?.([message[2], message[3]]);
      }
    });
    this.#socket.on('close', () => {
      for (const answer of this.#waiting.values()) answer([new Error('Firefox is gone'), undefined]);
    });
  }
}
