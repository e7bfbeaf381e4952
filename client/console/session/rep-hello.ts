import type { RequestInput } from '../../../shared/protocol.ts';
import { protocolVersion } from '../../../shared/wire.ts';
import { ApiError, ask } from '../../ui/api.ts';
import { SignalingError } from '../../voice/connection.ts';

/** The first message, with a fresh ticket: one works once and for half a minute. */
export async function sayHello(): Promise<RequestInput<'hello'>> {
  try {
    const { ticket } = await ask('POST /api/rep/ticket');
    return { protocolVersion, role: 'rep', ticket };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'sign-in-needed')
      throw new SignalingError('sign-in-needed', error.message, { cause: error });
    throw error;
  }
}
