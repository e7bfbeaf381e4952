import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeContext } from '../../../client/element/context.ts';
import { callContext } from '../../../shared/call-context.ts';

const page = { url: 'https://shop.example/mug?x=1', title: 'Mug' };

test('E14 page address and title are filled in, and the page may say otherwise', () => {
  expect(completeContext({}, page).page).toEqual(page);
  const own = { url: 'https://shop.example/other', title: 'Other' };
  expect(completeContext({ page: own }, page).page).toEqual(own);
});

test('E14 an address that is too long loses its query, and one that is no web address is left out', () => {
  const long = `https://shop.example/mug?${'x'.repeat(3_000)}`;
  expect(completeContext({}, { url: long, title: '' }).page?.url).toBe('https://shop.example/mug');
  expect(completeContext({}, { url: 'file:///tmp/a.html', title: '' }).page).toBeUndefined();
});

test('E15 whatever a shop passes as context is accepted by the server', () => {
  const messy = fc.oneof(
    fc.string(),
    fc.string({ minLength: 400, maxLength: 700 }),
    fc.constantFrom('javascript:alert(1)', 'https://shop.example/a'),
  );
  const item = fc.record({
    name: messy,
    quantity: fc.oneof(fc.integer(), fc.double()),
    price: fc.option(messy, { nil: undefined }),
    url: fc.option(messy, { nil: undefined }),
  });
  const context = fc.record({
    page: fc.option(fc.record({ url: messy, title: messy }), { nil: undefined }),
    cart: fc.option(
      fc.record({ items: fc.array(item, { maxLength: 60 }), total: fc.option(messy, { nil: undefined }) }),
      { nil: undefined },
    ),
    name: fc.option(messy, { nil: undefined }),
    fields: fc.option(fc.array(fc.record({ label: messy, value: messy }), { maxLength: 30 }), {
      nil: undefined,
    }),
  });
  fc.assert(
    fc.property(context, given => {
      expect(callContext.safeParse(completeContext(given, page)).error).toBeUndefined();
    }),
  );
});

test.each(['de-AT', 'zh-Hant-TW', 'ar-u-nu-latn'])('L18 the language goes along: %s', tag => {
  const told = completeContext({}, page, tag);
  expect(told.language).toBe(tag);
  expect(callContext.safeParse(told).error).toBeUndefined();
});

test.each(['no tag', 'de_AT', '', `x-${'a'.repeat(40)}`])(
  'L18 the server takes no “%s” for a language',
  language => {
    expect(callContext.safeParse({ language }).success).toBe(false);
    expect(callContext.safeParse(completeContext({}, page, `de-x-${'a'.repeat(40)}`)).success).toBe(true);
  },
);
