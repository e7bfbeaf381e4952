/** What the server says to the thread for music, and what the thread says back. */
import type { PackedPackets } from './packed-packets.ts';
import type { RtpStream } from './rtp.ts';

/** Pieces and players are numbered by the server. What refers to one that is not there is without effect. */
export type Command =
  | { type: 'add-piece'; piece: number; packets: PackedPackets }
  /** Its players go with it. */
  | { type: 'remove-piece'; piece: number }
  /** A player is silent until it is told to play. */
  | { type: 'add-player'; piece: number; player: number; stream: RtpStream }
  | { type: 'remove-player'; piece: number; player: number }
  | { type: 'play'; piece: number; player: number; playing: boolean };

/** What the thread starts with: where it may send from. */
export type ThreadData = {
  /** Loopback address of this machine. */
  ip: string;
  ports: { min: number; max: number };
  /** The port to try first. */
  port: number;
};

/** The thread's only message: it can play, and sends from this port. */
export type ThreadReady = { port: number };
