import { snippet } from '../snippet.ts';

/** The code of the button for this server and the key of a shop. */
type Code = (server: string, key: string) => string;

const text = (value: string) => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Tag managers run plain scripts only, and keep no elements of others. */
const byScript = (server: string, key: string): string =>
  [
    '<script>',
    '(function () {',
    "  var script = document.createElement('script');",
    "  script.type = 'module';",
    `  script.src = ${text(`${server}/talk-to-us.js`)};`,
    '  document.head.appendChild(script);',
    "  var button = document.createElement('talk-to-us');",
    `  button.setAttribute('site', ${text(key)});`,
    '  document.body.appendChild(button);',
    '})();',
    '</script>',
  ].join('\n');

const react = (server: string, key: string): string =>
  [
    "import { useEffect } from 'react';",
    '',
    'export function TalkToUs() {',
    '  useEffect(() => {',
    `    import(/* webpackIgnore: true */ /* @vite-ignore */ ${text(`${server}/talk-to-us.js`)});`,
    '  }, []);',
    `  return <talk-to-us site=${text(key)} />;`,
    '}',
  ].join('\n');

const vue = (server: string, key: string): string =>
  [
    '<script setup>',
    "import { onMounted } from 'vue';",
    `onMounted(() => import(/* @vite-ignore */ ${text(`${server}/talk-to-us.js`)}));`,
    '</script>',
    '',
    '<template>',
    `  <talk-to-us site=${text(key)}></talk-to-us>`,
    '</template>',
  ].join('\n');

const whole = (server: string, key: string) => snippet(server, key);

/** What shops are made with, and what is put into them for the button. */
export const shopCodes = {
  html: whole,
  shopify: whole,
  woocommerce: whole,
  wordpress: whole,
  wix: byScript,
  squarespace: whole,
  shopware: whole,
  prestashop: whole,
  magento: whole,
  'tag-manager': byScript,
  react,
  vue,
} as const satisfies Record<string, Code>;
export type ShopKind = keyof typeof shopCodes;
