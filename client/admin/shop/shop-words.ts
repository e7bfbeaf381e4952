import { wordsOf } from '../../ui/words.ts';
import type { ShopKind } from './shop-codes.ts';

const words = wordsOf('kinds');

/** What code is called where it stands among words. */
const shopware = {
  file: 'Resources/views/storefront/base.html.twig',
  line: '{% sw_extends "@Storefront/storefront/base.html.twig" %}',
  block: '{% block base_body_script %}{{ parent() }} … {% endblock %}',
};

/** How each kind of shop is called, and where the code of the button goes there: one step each. */
export const shopWords: Record<ShopKind, { name: string; steps: readonly string[] }> = {
  html: { name: words.ownPages, steps: words.html },
  shopify: {
    name: 'Shopify',
    steps: [words.shopify[0], words.shopify[1]({ file: 'layout/theme.liquid' }), words.shopify[2]],
  },
  woocommerce: { name: 'WooCommerce', steps: [...words.wpcode, words.shopCache] },
  wordpress: { name: 'WordPress', steps: [...words.wpcode, words.siteCache] },
  wix: { name: 'Wix', steps: words.wix },
  squarespace: { name: 'Squarespace', steps: words.squarespace },
  shopware: {
    name: 'Shopware 6',
    steps: [words.shopware[0](shopware), words.shopware[1](shopware), words.shopware[2]],
  },
  prestashop: {
    name: 'PrestaShop',
    steps: [
      words.prestashop[0]({ file: 'templates/_partials/footer.tpl' }),
      words.prestashop[1]({ before: '{literal}', after: '{/literal}' }),
      words.prestashop[2],
    ],
  },
  // Not in a catalogue: names of products.
  magento: { name: 'Magento (Adobe Commerce)', steps: words.magento },
  // Not in a catalogue: a name.
  'tag-manager': { name: 'Google Tag Manager', steps: words.tagManager },
  react: { name: 'React', steps: words.react },
  vue: {
    name: 'Vue',
    steps: [
      words.vue[0]({ file: 'App.vue' }),
      words.vue[1]({ code: 'isCustomElement: tag => tag === "talk-to-us"' }),
    ],
  },
};
