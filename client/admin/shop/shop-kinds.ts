import { snippet } from '../snippet.ts';

/** What shops are made with, and where the code of the button goes there. */
export type ShopKind = {
  name: string;
  /** What to do, one step each. */
  steps: readonly string[];
  code: (server: string, key: string) => string;
};

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

export const shopKinds = {
  html: {
    name: 'Pages of my own (HTML)',
    steps: ['Paste this into each page, before the closing body tag.'],
    code: whole,
  },
  shopify: {
    name: 'Shopify',
    steps: [
      'Open Online Store, Themes, and at your theme choose “Edit code” in the menu with the dots.',
      'Open layout/theme.liquid, and paste this before the closing body tag.',
      'Save.',
    ],
    code: whole,
  },
  woocommerce: {
    name: 'WooCommerce',
    steps: [
      'Install the plugin WPCode (or any other that puts code into the footer).',
      'Open Code Snippets, Header & Footer, and paste this under “Footer”.',
      'Save. If your shop has a cache, empty it.',
    ],
    code: whole,
  },
  wordpress: {
    name: 'WordPress',
    steps: [
      'Install the plugin WPCode (or any other that puts code into the footer).',
      'Open Code Snippets, Header & Footer, and paste this under “Footer”.',
      'Save. If your site has a cache, empty it.',
    ],
    code: whole,
  },
  wix: {
    name: 'Wix',
    steps: [
      'Open Settings, Custom code, and choose “Add custom code”.',
      'Paste this, for all pages, at “Body – end”.',
      'Apply. Wix asks for a plan with a domain of your own.',
    ],
    code: byScript,
  },
  squarespace: {
    name: 'Squarespace',
    steps: ['Open Settings, Developer tools, Code injection.', 'Paste this under “Footer”, and save.'],
    code: whole,
  },
  shopware: {
    name: 'Shopware 6',
    steps: [
      'In your theme, open Resources/views/storefront/base.html.twig, or make it with {% sw_extends "@Storefront/storefront/base.html.twig" %} in its first line.',
      'Paste this into {% block base_body_script %}{{ parent() }} … {% endblock %}.',
      'Clear the cache.',
    ],
    code: whole,
  },
  prestashop: {
    name: 'PrestaShop',
    steps: [
      'Open your theme’s templates/_partials/footer.tpl (in Design, or by FTP).',
      'Paste this at the end, between {literal} and {/literal}.',
      'Clear the cache under Advanced parameters, Performance.',
    ],
    code: whole,
  },
  magento: {
    name: 'Magento (Adobe Commerce)',
    steps: [
      'Open Content, Design, Configuration, and edit your store view.',
      'Paste this under Footer, “Miscellaneous HTML”, and save.',
      'Flush the cache under System, Cache management.',
      'If your shop restricts scripts (CSP), allow this server for scripts and connections.',
    ],
    code: whole,
  },
  'tag-manager': {
    name: 'Google Tag Manager',
    steps: [
      'Make a new tag of the kind “Custom HTML”, and paste this.',
      'As a trigger choose “All pages”, at “DOM ready”.',
      'Submit. Who refuses your tags sees no button: where you can, put it into the page itself.',
    ],
    code: byScript,
  },
  react: {
    name: 'React',
    steps: ['Make a component of this, and render it once, near the root.'],
    code: react,
  },
  vue: {
    name: 'Vue',
    steps: [
      'Make a component of this, and render it once, in App.vue.',
      'Tell the compiler that the tag is an element: isCustomElement: tag => tag === "talk-to-us".',
    ],
    code: vue,
  },
} as const satisfies Record<string, ShopKind>;
export type ShopKindName = keyof typeof shopKinds;
