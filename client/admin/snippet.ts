const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a shop pastes into its pages. `server`: origin of the voice server; `key`: the site's; `queue`: the first one when left out. */
export const snippet = (server: string, key: string, queue?: string): string =>
  [
    `<script type="module" src="${escaped(server)}/talk-to-us.js"></script>`,
    `<talk-to-us site="${escaped(key)}"${queue === undefined ? '' : ` queue="${escaped(queue)}"`}></talk-to-us>`,
  ].join('\n');

/** One address a line; empty lines do not count. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
