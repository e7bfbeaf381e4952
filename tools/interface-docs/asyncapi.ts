/** The signaling protocol as an AsyncAPI 3 document: one channel, seen from the server. */
import { errorAnswer, pushes, type RequestType, requestEnvelope, requests } from '../../shared/protocol.ts';
import {
  afterClose,
  type CloseCode,
  closeCodes,
  type ErrorCode,
  errorCodes,
  protocolVersion,
  signalingPath,
} from '../../shared/wire.ts';
import { closings, errors, whoMay } from './meanings.ts';
import { refToData, refToReceived, schemas } from './schemas.ts';

const channel = { $ref: '#/channels/signal' };
const inChannel = (message: string) => ({ $ref: `#/channels/signal/messages/${message}` });
/** As in `requestEnvelope`. */
const id = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const correlationId = { location: '$message.payload#/id' };

const types = Object.keys(requests) as RequestType[];
const requestName = (type: string) => `${type}.request`;
const answerName = (type: string) => `${type}.answer`;
const pushName = (push: string) => `push.${push}`;

function requestMessage(type: RequestType) {
  const properties = { id, type: { const: type }, data: refToData(type) };
  return {
    name: requestName(type),
    summary: requests[type].about,
    correlationId,
    payload: { type: 'object', required: Object.keys(requestEnvelope.shape), properties },
  };
}

function answerMessage(type: RequestType) {
  const properties = { id, ok: { const: true }, data: refToReceived(requests[type].answer) };
  return {
    name: answerName(type),
    summary: `\`${type}\` is done.`,
    correlationId,
    payload: { type: 'object', required: Object.keys(properties), properties },
  };
}

const errorMessage = {
  name: 'error',
  summary: 'The request is refused, and nothing has changed by it.',
  correlationId,
  payload: refToReceived(errorAnswer),
};

const messages = () =>
  Object.fromEntries([
    ...types.map(type => [requestName(type), requestMessage(type)]),
    ...types.map(type => [answerName(type), answerMessage(type)]),
    ['error', errorMessage],
    ...Object.entries(pushes).map(([name, { about, message }]) => [
      pushName(name),
      { name: pushName(name), summary: about, payload: refToReceived(message) },
    ]),
  ]);

const operations = () =>
  Object.fromEntries([
    ...types.map(type => [
      type,
      {
        action: 'receive',
        channel,
        summary: requests[type].about,
        messages: [inChannel(requestName(type))],
        reply: { channel, messages: [inChannel(answerName(type)), inChannel('error')] },
        'x-permission': requests[type].may,
        'x-who': whoMay(requests[type].may),
      },
    ]),
    ...Object.entries(pushes).map(([name, { about }]) => [
      pushName(name),
      { action: 'send', channel, summary: about, messages: [inChannel(pushName(name))] },
    ]),
  ]);

/** AsyncAPI has no place for close codes and what errors ask of a client: they are extensions. */
const closeTable = () =>
  Object.entries(closeCodes).map(([name, code]: [string, CloseCode]) => ({
    code,
    name,
    client: afterClose(code),
    description: closings[name as keyof typeof closeCodes].when,
  }));
const errorTable = () =>
  Object.entries(errorCodes).map(([code, client]) => ({
    code,
    client,
    description: errors[code as ErrorCode],
  }));

/** The document, as it is written to `docs/asyncapi.json`. */
export const asyncApi = () => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Talk to Us: signaling',
    version: String(protocolVersion),
    description: 'JSON text frames on one WebSocket. The guide is docs/protocol.md.',
    license: { name: 'MIT' },
  },
  defaultContentType: 'application/json',
  servers: {
    example: { host: 'voice.example', protocol: 'wss', description: 'Stands for the server of a shop.' },
  },
  channels: {
    signal: {
      address: signalingPath,
      description: 'The first frame is `hello.request`. Requests are answered by `id`, in any order.',
      messages: messages(),
      bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
      'x-close-codes': closeTable(),
      'x-error-codes': errorTable(),
    },
  },
  operations: operations(),
  components: { schemas: schemas() },
});
