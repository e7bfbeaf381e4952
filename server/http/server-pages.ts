/** The pages that the server writes itself, without a script: there is nothing here, and not built yet. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'koa';
import type { Words } from '../../shared/i18n/console/words.ts';

type ServerWords = Words['server-pages'];

const catalogues = join(import.meta.dirname, '../../shared/i18n/console');
const words = new Map<string, ServerWords>(
  readdirSync(catalogues, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => [
      name,
      JSON.parse(readFileSync(join(catalogues, name, 'test-page/server-pages.json'), 'utf8')),
    ]),
);
const english = words.get('en')!;
/** The first is taken where the browser asks for none of them. */
const languages = ['en', ...words.keys()];

const style = `
:root { color-scheme: light dark; }
body {
  display: grid; place-items: center; box-sizing: border-box; min-height: 100vh; min-height: 100dvh; margin: 0; padding: 1.25rem;
  background: light-dark(#f3f2ee, #111215); color: light-dark(#1b1a18, #f3f2ee);
  font: 1rem / 1.55 "Inter", "Segoe UI Variable Text", -apple-system, blinkmacsystemfont, "Segoe UI", roboto, "Helvetica Neue", "Noto Sans", sans-serif;
}
main {
  box-sizing: border-box; width: 100%; max-width: 30rem; padding: 2rem; border-radius: 20px;
  border: 1px solid light-dark(#e5e2da, #2e3037); background: light-dark(#ffffff, #1a1b1f);
}
h1 { margin: 0 0 0.5rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1.5rem; color: light-dark(#514e47, #bcbdc3); }
nav { display: flex; flex-wrap: wrap; gap: 0.75rem; }
a {
  padding: 0.625rem 1.125rem; border: 1px solid light-dark(#878276, #7b808b); border-radius: 12px;
  color: inherit; font-weight: 600; text-decoration: none;
}
a:first-child { border-color: transparent; background: light-dark(#2746c9, #4a64e6); color: #ffffff; }
a:focus-visible { outline: 3px solid light-dark(#2746c9, #93a6ff); outline-offset: 2px; }
`;
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const html = (language: string, title: string, lead: string, links: string) => `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body><main><h1>${title}</h1><p>${lead}</p>${links}</main></body>
</html>
`;

/**
 * A page in the person's language for a browser, plain English for programs, scripts and pictures. Leaves the status alone.
 */
function send(
  ctx: Context,
  write: (words: ServerWords) => { title: string; lead: string; links?: string },
): void {
  ctx.vary('Accept');
  ctx.vary('Accept-Language');
  ctx.set('cache-control', 'no-store');
  ctx.set('x-content-type-options', 'nosniff');
  // Whoever takes anything, such as a script's fetch, is no person.
  if (ctx.accepts('text', 'html') !== 'html') {
    const { title, lead } = write(english);
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = `${title}. ${lead}\n`;
    return;
  }
  const language = ctx.acceptsLanguages(languages) || 'en';
  const { title, lead, links = '' } = write(words.get(language)!);
  ctx.set({
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'content-language': language,
  });
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = html(language, title, lead, links);
}

/** For a person at an address where nothing is. */
export function sendNotFound(ctx: Context): void {
  send(ctx, ({ title, lead, console, demo }) => ({
    title,
    lead,
    links: `<nav><a href="/rep">${console}</a><a href="/">${demo}</a></nav>`,
  }));
}

/** For a person on a server whose browser side is not built. */
export function sendUnbuilt(ctx: Context): void {
  send(ctx, said => ({ title: said.unbuilt, lead: said.unbuiltLead }));
}
