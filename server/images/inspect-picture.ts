/** What somebody sent as a picture, by what is in it: names and types that come with a file are never believed. */
import { imageSize } from 'image-size';
import { limits } from '../../shared/limits.ts';
import type { Picture } from '../store/images.ts';
import { PictureError } from './problems.ts';

/** @throws PictureError */
export function inspectPicture(data: Buffer): Picture {
  if (data.length === 0) throw new PictureError('empty');
  const kind = kindOf(data);
  if (!kind) throw new PictureError('wrong-kind');
  const { width, height } = sizeOf(data);
  if (!isWhole(data, kind)) throw new PictureError('cut-off');
  if (Math.min(width, height) < limits.leastImagePx) throw new PictureError('too-few-pixels');
  if (Math.max(width, height) > limits.mostImagePx) throw new PictureError('too-many-pixels');
  return { kind, data };
}

const begins = (data: Buffer, at: number, bytes: string) =>
  data.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1'));

/** By the bytes that each kind begins with. An SVG is a document that can carry scripts, and none of these. */
function kindOf(data: Buffer): Picture['kind'] | null {
  if (begins(data, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (begins(data, 0, '\xff\xd8\xff')) return 'jpg';
  if (begins(data, 0, 'RIFF') && begins(data, 8, 'WEBP')) return 'webp';
  return null;
}

function sizeOf(data: Buffer): { width: number; height: number } {
  try {
    return imageSize(data);
  } catch (cause) {
    throw new PictureError('cut-off', { cause });
  }
}

/** It ends as its kind does: an upload that broke off looks like a picture at its beginning. */
function isWhole(data: Buffer, kind: Picture['kind']): boolean {
  switch (kind) {
    case 'png':
      return begins(data, data.length - 8, 'IEND\xae\x42\x60\x82');
    case 'jpg':
      return begins(data, data.length - 2, '\xff\xd9');
    case 'webp':
      return data.readUInt32LE(4) + 8 === data.length;
  }
  return kind satisfies never;
}
