/** Opus packets to and from a file: Ogg, as our own piece is kept, or WebM, which Safari plays too. */
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  OGG,
  OggOutputFormat,
  Output,
  type OutputFormat,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';

const frameSeconds = 0.02;

/** @param packets mono Opus at 48 kHz, 20 ms each */
export const writeOggOpus = (packets: readonly Uint8Array[]) => write(packets, new OggOutputFormat());

/** The same, as WebM. */
export const writeWebmOpus = (packets: readonly Uint8Array[]) => write(packets, new WebMOutputFormat());

async function write(packets: readonly Uint8Array[], format: OutputFormat): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const meta = {
    decoderConfig: { codec: 'opus', numberOfChannels: 1, sampleRate: 48_000, description: opusHead() },
  };
  for (const [i, packet] of packets.entries()) {
    await source.add(new EncodedPacket(packet, 'key', i * frameSeconds, frameSeconds), meta);
  }
  await output.finalize();
  return new Uint8Array(target.buffer!);
}

/** @throws Error if the file is neither Ogg nor WebM with one Opus track */
export async function readOpus(file: Uint8Array): Promise<Uint8Array[]> {
  using input = new Input({ source: new BufferSource(file), formats: [OGG, WEBM] });
  const track = await input.getPrimaryAudioTrack();
  if (track?.codec !== 'opus') throw new Error('the file has no Opus track');
  const packets: Uint8Array[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet.data);
  return packets;
}

/** Identification header, RFC 7845 section 5.1: version 1, mono, no pre-skip (the piece loops), 48 kHz, no gain. */
function opusHead(): Uint8Array {
  const head = new Uint8Array(19);
  head.set(new TextEncoder().encode('OpusHead'));
  const view = new DataView(head.buffer);
  view.setUint8(8, 1);
  view.setUint8(9, 1);
  view.setUint32(12, 48_000, true);
  return head;
}
