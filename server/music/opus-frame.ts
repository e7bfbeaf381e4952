/** All our music is Opus in frames of this length: one RTP packet each. */
export const frameMs = 20;
/** The same in samples of Opus' RTP clock, 48 kHz (RFC 7587 section 4.1). */
export const samplesPerFrame = 960;
