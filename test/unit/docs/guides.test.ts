import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(file, 'utf8');

test('D28 every behaviour that SECURITY.md names is one', () => {
  const named = read('SECURITY.md').match(/\b[A-Z]\d+\b/g) ?? [];
  expect(named.length).toBeGreaterThan(50);
  const behaviours = read('docs/behaviours.md');
  expect(named.filter(id => !behaviours.includes(`- **${id}** `))).toEqual([]);
});

test('D29 CONTRIBUTING.md lists each folder of the product and of the tools, each kind of test and each command', () => {
  const guide = read('CONTRIBUTING.md');
  const folders = ['server', 'client', 'tools', 'test'].flatMap(top =>
    readdirSync(top, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => `${top}/${name}`),
  );
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const listed = new Set([...guide.matchAll(/^\| `([^`]+)`/gm)].map(match => match[1]));
  expect(folders.filter(folder => !listed.has(folder))).toEqual([]);
  const commands = Object.keys(scripts).map(name => (name === 'test' ? 'npm test' : `npm run ${name}`));
  // These are for people who use the product, and for set-up.
  const others = ['npm run start', 'npm run build'];
  expect(commands.filter(command => !listed.has(command) && !others.includes(command))).toEqual([]);
  for (const [, name] of guide.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(name);
});

test('D30 every file that a guide links to is there', () => {
  const guides = [
    ...globSync('*.md'),
    ...globSync('docs/**/*.md'),
    ...globSync('{server,client}/**/README.md'),
  ];
  const broken = guides.flatMap(guide =>
    [...read(guide).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(match => path.join(path.dirname(guide), match[1]!))
      .filter(file => !existsSync(file))
      .map(file => `${guide}: ${file}`),
  );
  expect(broken).toEqual([]);
  expect(guides.length).toBeGreaterThan(20);
});
