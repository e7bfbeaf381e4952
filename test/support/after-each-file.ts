/** Files run one after the other in one process: what one leaves must not be the next one's burden. */
import { afterAll } from 'vitest';
import { WrtcClient } from './wrtc-client.ts';

afterAll(() => WrtcClient.closeAll());
