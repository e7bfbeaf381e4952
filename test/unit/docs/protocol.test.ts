import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { pushes, requests } from '../../../shared/protocol.ts';
import { closeCodes, errorCodes } from '../../../shared/wire.ts';
import { interfaceDocs } from '../../../tools/interface-docs/write.ts';
import { asyncApiFile, frameChecker, readAsyncApi } from '../../support/asyncapi.ts';
import { chromeCapabilities, chromeDtls, chromeMicrophone } from '../shared/chrome.ts';

const require = createRequire(import.meta.url);

test('D20 the documents of the protocol are what the code makes of them now', () => {
  for (const [file, text] of Object.entries(interfaceDocs()))
    expect(readFileSync(file, 'utf8'), `${file} is old: npm run docs`).toBe(text);
});

test('D21 docs/asyncapi.json is a document of AsyncAPI 3 by the official schema', () => {
  // It brings the schema of schemas along. Formats are of addresses, which nothing here goes to.
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, validateFormats: false });
  const validate = ajv.compile(require('@asyncapi/specs/schemas/3.0.0.json'));
  validate(readAsyncApi());
  expect(validate.errors).toBe(null);
  expect(validate({ ...readAsyncApi(), channels: { signal: { address: 1 } } })).toBe(false);
});

test('D21 every reference in it leads somewhere', () => {
  const document: unknown = readAsyncApi();
  const refs = [...readFileSync(asyncApiFile, 'utf8').matchAll(/"\$ref": "#\/([^"]+)"/g)].map(
    match => match[1]!,
  );
  expect(refs.length).toBeGreaterThan(100);
  const follow = (ref: string) =>
    ref.split('/').reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
  expect(refs.filter(ref => follow(ref) === undefined)).toEqual([]);
});

test('D22 it has every request with its answer, every push, every error code and every close code', () => {
  const { operations, channels } = readAsyncApi();
  const { signal } = channels;
  const types = Object.keys(requests);
  const pushed = Object.keys(pushes).map(name => `push.${name}`);
  expect(Object.keys(operations)).toEqual([...types, ...pushed]);
  expect(Object.keys(signal.messages).sort()).toEqual(
    [...types.flatMap(type => [`${type}.request`, `${type}.answer`]), 'error', ...pushed].sort(),
  );
  expect(signal['x-error-codes'].map(({ code }) => code)).toEqual(Object.keys(errorCodes));
  expect(signal['x-close-codes'].map(({ code }) => code)).toEqual(Object.values(closeCodes));
});

test('D23 it takes what a real browser sends, and refuses what the server refuses', () => {
  const check = frameChecker();
  const start = (data: object) => check('call.start.request', { id: 1, type: 'call.start', data });
  expect(start({ rtpCapabilities: chromeCapabilities })).toEqual([]);
  expect(start({ rtpCapabilities: chromeCapabilities, context: { name: 'Sam' } })).toEqual([]);
  expect(start({})).not.toEqual([]);
  expect(start({ rtpCapabilities: chromeCapabilities, context: { name: 7 } })).not.toEqual([]);

  const connect = (dtlsParameters: object) =>
    check('leg.connect.request', { id: 2, type: 'leg.connect', data: { transportId: 't', dtlsParameters } });
  expect(connect(chromeDtls)).toEqual([]);
  expect(connect({ ...chromeDtls, fingerprints: [] })).not.toEqual([]);

  const produce = (rtpParameters: object) =>
    check('leg.produce.request', { id: 3, type: 'leg.produce', data: { rtpParameters } });
  expect(produce(chromeMicrophone)).toEqual([]);
  expect(produce({ ...chromeMicrophone, encodings: [] })).not.toEqual([]);
});
