/** Copies the pictures that the guides show from the newest run of the accessibility test. */
import { copyFileSync, globSync, readFileSync } from 'node:fs';

const pages = ['README.md', ...globSync('docs/*.md')];
const shown = pages.flatMap(page =>
  [...readFileSync(page, 'utf8').matchAll(/images\/([\w-]+\.png)/g)].map(match => match[1]),
);
for (const name of new Set(shown)) copyFileSync(`test-results/screenshots/${name}`, `docs/images/${name}`);
