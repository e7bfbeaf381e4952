/** Where the socket is. Apart from the codes in `wire.ts`: a shop's every visitor loads this. */
export const signalingPath = '/signal';
