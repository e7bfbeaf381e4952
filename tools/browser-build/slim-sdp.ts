/** What of `sdp-transform` a browser's description of one audio stream needs. */

/** Attributes of video, of data channels, and of devices that are no browsers. */
const leftOut = [
  ...['control', 'crypto', 'sctpmap', 'xGoogleFlag', 'imageattrs', 'framerate', 'sourceFilter', 'label'],
  ...['sctpPort', 'maxMessageSize', 'tsRefClocks', 'mediaClk', 'keywords', 'content', 'remoteCandidates'],
  ...['bfcpFloorCtrl', 'bfcpConfId', 'bfcpUserId', 'bfcpFloorId'],
];

/**
 * The library's `grammar.js` without them. A line that no rule knows is kept as it is, and written as it is. Throws where the
 * library has none of that name any more.
 */
export function audioGrammar(code: string): string {
  const missing = new Set(leftOut);
  const slim = code.replace(/^ {4}\{\n.*?^ {4}\},?\n/gms, rule => {
    const name = /(?:name|push): ?'(\w+)'/.exec(rule)?.[1] ?? '';
    return missing.delete(name) ? '' : rule;
  });
  if (missing.size > 0) throw new Error(`sdp-transform changed: it has no ${[...missing].join(', ')}.`);
  return slim;
}
