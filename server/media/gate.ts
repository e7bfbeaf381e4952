/**
 * The last look at what a client sent before it reaches native code. The protocol's schemas have checked shapes and
 * sizes; here is what has to fit together, and what has hurt workers in the past (an empty list of fingerprints).
 */
import type { DtlsParameters, RtpParameters } from '../../shared/protocol.ts';
import { MediaError } from './plane.ts';

/** Bytes of a digest, RFC 8122. */
const digestBytes = { 'sha-1': 20, 'sha-224': 28, 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 } as const;

/** @throws MediaError `refused` */
export function checkDtls({ fingerprints }: DtlsParameters): void {
  if (fingerprints.length === 0) throw new MediaError('refused', 'DTLS parameters without a fingerprint');
  for (const { algorithm, value } of fingerprints) {
    if (value.split(':').length !== digestBytes[algorithm]) {
      throw new MediaError('refused', `the fingerprint is not a ${algorithm} digest`);
    }
  }
}

/** @throws MediaError `refused` */
export function checkMicrophone({ codecs, encodings, headerExtensions = [], mid }: RtpParameters): void {
  const [codec] = codecs;
  if (codec?.mimeType.toLowerCase() !== 'audio/opus' || codec.clockRate !== 48_000 || codec.channels !== 2) {
    throw new MediaError('refused', 'the microphone has to be sent as Opus, 48000/2');
  }
  if (encodings.length !== 1 || (encodings[0]?.ssrc === undefined && !mid)) {
    throw new MediaError('refused', 'the microphone has to be one stream with an SSRC or a MID');
  }
  const payloadTypes = new Set(codecs.map(({ payloadType }) => payloadType));
  if (payloadTypes.size !== codecs.length) throw new MediaError('refused', 'two codecs share a payload type');
  const extensions = new Set(headerExtensions.map(({ id }) => id));
  if (extensions.size !== headerExtensions.length) {
    throw new MediaError('refused', 'two header extensions share an id');
  }
}
