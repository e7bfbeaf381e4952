// Not in a catalogue: a name.
export const product = 'Talk to Us';
