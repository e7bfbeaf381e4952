import { signalingPath } from '../../shared/signaling-path.ts';

/** @param server origin of the voice server */
export const signalingUrl = (server: string): string => server.replace(/^http/, 'ws') + signalingPath;
