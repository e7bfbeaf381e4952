/** The schemas of all messages as JSON Schema (draft 7, which AsyncAPI 3 builds on), under `#/components/schemas`. */
import { z } from 'zod';
import { callContext } from '../../shared/call-context.ts';
import {
  heard,
  heardParty,
  iceServer,
  legMedia,
  rtpCapabilities,
  rtpParameters,
  transportInfo,
} from '../../shared/leg-media.ts';
import {
  callMedia,
  dtlsParameters,
  errorAnswer,
  nothing,
  oneCall,
  pushes,
  pushSubscription,
  type RequestType,
  requests,
} from '../../shared/protocol.ts';
import {
  announcements,
  callCard,
  missedCall,
  repView,
  repWork,
  shopperView,
  waitEstimate,
} from '../../shared/views.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

type Named = Record<string, z.ZodType>;

/** What stands by itself under a name, instead of being repeated. */
const either: Named = { Nothing: nothing, OneCall: oneCall };
const sent: Named = {
  ...either,
  CallContext: callContext,
  DtlsParameters: dtlsParameters,
  PushSubscription: pushSubscription,
  RtpCapabilities: rtpCapabilities,
  RtpParameters: rtpParameters,
};
const received: Named = {
  ...either,
  Announcements: announcements,
  CallCard: callCard,
  CallMedia: callMedia,
  ContextOfCall: callContext,
  ErrorAnswer: errorAnswer,
  Heard: heard,
  HeardParty: heardParty,
  IceServer: iceServer,
  LegMedia: legMedia,
  MissedCall: missedCall,
  RepView: repView,
  RepWork: repWork,
  ShopperView: shopperView,
  TransportInfo: transportInfo,
  WaitEstimate: waitEstimate,
};

/** What clients send, and what they get, by name; requests that take or answer the same share a name. */
const fromClient = withMore(
  sent,
  Object.entries(requests).map(([type, { data }]) => [`${type}.data`, data]),
);
const fromServer = withMore(received, [
  ...Object.entries(requests).map(([type, { answer }]): [string, z.ZodType] => [`${type}.answer`, answer]),
  ...Object.entries(pushes).map(([name, { message }]): [string, z.ZodType] => [`push.${name}`, message]),
]);

function withMore(named: Named, more: [string, z.ZodType][]): Named {
  const all = { ...named };
  for (const [name, schema] of more) if (!Object.values(all).includes(schema)) all[name] = schema;
  return all;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const refIn = (named: Named, schema: z.ZodType) =>
  ref(Object.entries(named).find(([, known]) => known === schema)?.[0] ?? '');

/** Where the schema of a request's data stands. */
export const refToData = (type: RequestType) => refIn(fromClient, requests[type].data);
/** Where that of a message, or the data of an answer, stands. */
export const refToReceived = (schema: z.ZodType) => refIn(fromServer, schema);

/** All schemas by name. What a client sends is as it may be written (defaults left out), what it gets as it comes. */
export const schemas = (): Record<string, JsonSchema> => ({
  ...toJsonSchemas(fromClient, 'input'),
  ...toJsonSchemas(fromServer, 'output'),
});

function toJsonSchemas(named: Named, io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    target: 'draft-7',
    io,
    uri: id => ref(id).$ref,
    override: ({ jsonSchema }) => {
      // A newer server may say more, and a client has to take that.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // Zod's own name for what `pattern` says as well; no validator knows it.
      if (jsonSchema.format === 'starts_with') delete jsonSchema.format;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id, $schema, ...schema }]) => [name, schema as JsonSchema]),
  );
}
