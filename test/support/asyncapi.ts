/** The committed AsyncAPI document, read by a validator that knows nothing of ours. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';

type Message = { payload: object };
export type AsyncApi = {
  channels: {
    signal: {
      messages: Record<string, Message>;
      'x-error-codes': { code: string }[];
      'x-close-codes': { code: number }[];
    };
  };
  operations: Record<string, object>;
  components: { schemas: Record<string, object> };
};

export const asyncApiFile = 'docs/asyncapi.json';
export const readAsyncApi = (): AsyncApi => JSON.parse(readFileSync(asyncApiFile, 'utf8'));

/** Which message of the document a frame has to be. */
export type FrameChecker = (message: string, frame: unknown) => ErrorObject[];

/** Throws when a schema is none, or refers to what is not there. */
export function frameChecker(document = readAsyncApi()): FrameChecker {
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema({ ...document, $id: 'asyncapi' });
  const validators = Object.entries(document.channels.signal.messages).map(([name]) => {
    const $ref = `asyncapi#/channels/signal/messages/${name}/payload`;
    return [name, ajv.compile({ $ref })] as const;
  });
  const byName = new Map(validators);
  return (message, frame) => {
    const validate = byName.get(message);
    if (!validate) throw new Error(`The document has no message "${message}"`);
    return validate(frame) ? [] : (validate.errors ?? []);
  };
}
