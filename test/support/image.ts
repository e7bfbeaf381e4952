/** Carries out a container recipe without a container engine: each step in a root file system of its own, entered by chroot. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { debootstrapProgram } from '../../tools/setup/test-tools.mjs';

const root = path.resolve(import.meta.dirname, '../..');
/** Whom this machine trusts beside what everybody does, in there. */
const authorities = '/etc/trusted-here.pem';
const mirror = 'http://deb.debian.org/debian';

type Step = { does: string; what: string };

export class Image {
  /** The root file system. */
  readonly folder: string;
  readonly environment: Record<string, string> = {};
  workdir = '/';
  user = 'root';
  command: string[] = [];
  check: string[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * The last stage of the recipe.
   * @param files what `COPY .` takes, relative to the project
   * @param folder for everything, on a file system that is not mounted `nodev` or `noexec`
   */
  static async build(recipe: string, { folder, files }: { folder: string; files: readonly string[] }) {
    const text = await readFile(path.join(root, recipe), 'utf8');
    const base = path.join(folder, 'base');
    await makeBase(base);
    const stages = new Map<string, Image>();
    let image: Image | undefined;
    for (const { does, what } of steps(text)) {
      if (does === 'FROM') {
        const [from = '', , name = 'last'] = what.split(' ');
        // The one image that is not there for us; `makeBase` stands for it.
        if (from !== 'docker.io/library/node:24-bookworm-slim')
          throw new Error(`nothing stands for ${from} here`);
        image = new Image(path.join(folder, name));
        await run('cp', ['-a', base, image.folder]);
        stages.set(name, image);
      } else if (image) await image.#step(does, what, { stages, files });
    }
    if (!image) throw new Error('the recipe has no FROM');
    return image;
  }

  async #step(
    does: string,
    what: string,
    { stages, files }: { stages: ReadonlyMap<string, Image>; files: readonly string[] },
  ) {
    if (does === 'WORKDIR') {
      this.workdir = what;
      await mkdir(this.#at(what), { recursive: true });
    } else if (does === 'ENV') {
      for (const [, name = '', value = ''] of what.matchAll(/(\w+)=(\S+)/g)) this.environment[name] = value;
    } else if (does === 'USER') this.user = what;
    else if (does === 'RUN') await run(...this.within(['sh', '-c', what]));
    else if (does === 'COPY') {
      const [, stage, from = '', to = ''] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(what) ?? [];
      const target = path.join(this.#at(this.workdir), to);
      if (stage === undefined)
        for (const file of files) await copy(path.join(root, file), path.join(target, file));
      else {
        const source = path.join(stages.get(stage)?.folder ?? '', from);
        await copy(source, to.endsWith('/') ? path.join(target, path.basename(from)) : target);
      }
    } else if (does === 'CMD') this.command = JSON.parse(what) as string[];
    else if (does === 'HEALTHCHECK') this.check = JSON.parse(what.replace(/^.*?CMD /, '')) as string[];
    else if (does !== 'VOLUME' && does !== 'EXPOSE') throw new Error(`${does} is not known here`);
  }

  #at = (place: string) => path.join(this.folder, place);

  /** What runs a program in it, as the user and with the environment of the recipe. */
  within(
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): [program: string, args: string[]] {
    const all = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      // What this machine needs to reach registries.
      ...machine(),
      ...this.environment,
      ...environment,
    };
    const list = Object.entries(all).map(([name, value]) => `${name}=${value}`);
    const home = this.user === 'root' ? '/root' : `/home/${this.user}`;
    const inside = `mount -t proc proc /proc && cd '${this.workdir}' && exec setpriv --reuid=${this.user} --regid=${this.user} --init-groups --no-new-privs env -i HOME=${home} "$@"`;
    return [
      'unshare',
      [
        '--mount',
        '--pid',
        '--fork',
        '--kill-child',
        'chroot',
        this.folder,
        'sh',
        '-c',
        inside,
        'sh',
        ...list,
        ...command,
      ],
    ];
  }

  start(environment: Readonly<Record<string, string>>): ChildProcess {
    const [program, args] = this.within(this.command, environment);
    return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

function steps(text: string): Step[] {
  return text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      const [, does = '', what = ''] = /^(\w+) +(.*)$/.exec(line) ?? [];
      return { does, what };
    });
}

/** Debian 12 with Node 24 and npm in /usr/local, and a user `node`, as Node's own image is. */
async function makeBase(folder: string): Promise<void> {
  const debootstrap = debootstrapProgram();
  if (!debootstrap)
    throw new Error('debootstrap is not installed. Run `npm run chaos`, whose set-up installs it.');
  if (process.getuid?.() !== 0)
    throw new Error('A root file system can be entered by root only: run this test as root.');
  await run(debootstrap, ['--variant=minbase', 'bookworm', folder, mirror]);
  const local = path.join(folder, 'usr/local');
  await run('npm', ['install', '--global', '--prefix', local, '--no-audit', '--no-fund', 'npm@11']);
  await cp(path.join(root, 'node_modules/node/bin/node'), path.join(local, 'bin/node'), {
    dereference: true,
  });
  await run('chroot', [folder, 'useradd', '--create-home', '--uid', '1000', 'node']);
  for (const file of ['/etc/resolv.conf', '/etc/hosts', '/etc/npmrc'])
    await copyIfThere(file, path.join(folder, file));
  const trusted = process.env.NODE_EXTRA_CA_CERTS;
  if (trusted) await copy(trusted, path.join(folder, authorities));
  await copyIfThere(path.join(process.env.HOME ?? '/root', '.npmrc'), path.join(folder, 'root/.npmrc'));
}

const machine = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value && /^(https?_proxy|no_proxy)$/i.test(name) ? [[name, value]] : [],
    ),
  ),
  ...(process.env.NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS: authorities } : {}),
});

const copy = async (from: string, to: string) => {
  await mkdir(path.dirname(to), { recursive: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
};
const copyIfThere = (from: string, to: string) =>
  copy(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });

async function run(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-5_000);
    });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended (${code}):\n${said}`);
}
