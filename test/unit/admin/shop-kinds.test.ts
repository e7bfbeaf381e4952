import { expect, test } from 'vitest';
import { type ShopKind, shopCodes } from '../../../client/admin/shop/shop-codes.ts';
import { shopWords } from '../../../client/admin/shop/shop-words.ts';

test('P120 the code of the button names server and site for each kind of shop, and stays code whatever they are called', () => {
  const odd = `a"b'</script><img src=x onerror=alert(1)>&`;
  for (const [kind, code] of Object.entries(shopCodes)) {
    const { steps, name } = shopWords[kind as ShopKind];
    const plain = code('https://voice.example', 'my-shop');
    expect(plain, kind).toContain('https://voice.example/talk-to-us.js');
    expect(plain, kind).toContain('my-shop');
    const hostile = code('https://voice.example', odd);
    expect(hostile, kind).not.toContain('<img');
    // Not one tag more than with a plain name.
    expect(hostile.match(/<\/?\w/g), kind).toEqual(plain.match(/<\/?\w/g));
    expect(steps.length, name).toBeGreaterThan(0);
  }
});
