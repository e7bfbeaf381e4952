import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toJson } from '../../../client/voice/json.ts';

test('E30 a message is the JSON that the language would make of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(JSON.parse(toJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(toJson({ gone: undefined, kept: [undefined, null, Number.NaN] })).toBe('{"kept":[null,null,null]}');
});

test('E30 a message is the same whatever toJSON a page gives to arrays, texts and all objects', () => {
  const own = { configurable: true, enumerable: true, value: () => 'spoilt' };
  const kinds = [Array.prototype, String.prototype, Number.prototype, Object.prototype];
  const message = { id: 1, data: { items: [{ name: 'Blue "mug"\n', quantity: 2 }] } };
  for (const kind of kinds) Object.defineProperty(kind, 'toJSON', own);
  let text = '';
  try {
    text = toJson(message);
  } finally {
    for (const kind of kinds) Reflect.deleteProperty(kind, 'toJSON');
  }
  expect(text).toBe('{"id":1,"data":{"items":[{"name":"Blue \\"mug\\"\\n","quantity":2}]}}');
});
