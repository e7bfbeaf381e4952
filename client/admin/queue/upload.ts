import type { Sound } from '../../../shared/api/sounds.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { errorIn, unreachable, uploadBroken } from '../../ui/api.ts';

/**
 * Send a file as it is. `fetch` does not tell how far it has come, so this is the older way of asking.
 * @param onProgress share sent, 0..1
 * Rejects with `ApiError`.
 */
export function uploadSound(siteId: SiteId, file: File, onProgress: (share: number) => void): Promise<Sound> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const name = file.name.replace(/\.[^.]+$/, '');
    request.open('POST', `/api/sounds?${new URLSearchParams({ siteId, name })}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    let sent = 0;
    request.upload.onprogress = ({ loaded, total }) => {
      sent = loaded;
      onProgress(total > 0 ? loaded / total : 0);
    };
    request.onload = () => {
      // The server is ours and of the same version: its answers are trusted to have the documented shape.
      if (request.status < 300 && request.response) resolve((request.response as { sound: Sound }).sound);
      else void errorIn(request.response, request.status).then(reject);
    };
    // Some web servers hang up in the middle of what is too large for them.
    request.onerror = () => reject(sent > 0 ? uploadBroken() : unreachable());
    request.send(file);
  });
}
