import { refuse } from '../../shared/refusals.ts';
import { ApiError, errorIn, unreachable } from './api.ts';
import { loadRefusalWords, refusalText } from './refusals.ts';

/** What the server takes, for the dialog in which files are chosen. */
export const pictureTypes = 'image/png,image/jpeg,image/webp';

/** Longest side, px: sharp at the size that shoppers see it, also on dense screens. */
const side = 256;

/**
 * A picture from somebody's disk as it is sent: small, and without what cameras write into it, such as where it was
 * taken.
 *
 * @param square what is left and right, or above and below, of the middle is cut off
 * @throws ApiError with words
 */
export async function smallPicture(file: File, { square = false } = {}): Promise<Blob> {
  const picture = pictureTypes.split(',').includes(file.type) ? await decode(file) : null;
  if (!picture) throw await unreadable();
  const { width, height } = picture;
  const cut = square ? Math.min(width, height) : Math.max(width, height);
  const [w, h] = [Math.min(width, cut), Math.min(height, cut)];
  const scale = Math.min(1, side / cut);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h, 0, 0, canvas.width, canvas.height);
  picture.close();
  // Browsers that cannot write WebP write PNG.
  const made = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/webp', 0.9));
  if (!made) throw await unreadable();
  return made;
}

/** In the words that the server has for what is wrong with pictures. */
async function unreadable(): Promise<ApiError> {
  await loadRefusalWords();
  return new ApiError('other', refusalText(refuse('picture-unreadable')));
}

const decode = (file: File): Promise<ImageBitmap | null> => createImageBitmap(file).catch(() => null);

/** Sends it as it is. Rejects with `ApiError`. */
export async function sendPicture<Answer>(address: string, picture: Blob): Promise<Answer> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: picture,
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || answer === null) throw await errorIn(answer, response.status);
  return answer as Answer;
}
