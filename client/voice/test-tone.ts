type SinkContext = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Two soft notes on a speaker (empty string: the default). Resolves when they have been played. */
export async function playTestTone(speakerId = ''): Promise<void> {
  const context = new AudioContext() as SinkContext;
  try {
    if (speakerId) await context.setSinkId?.(speakerId);
    await context.resume();
    const start = context.currentTime + 0.05;
    const notes = [523.25, 783.99].map((hertz, index) => {
      const note = context.createOscillator();
      const volume = context.createGain();
      const at = start + index * 0.28;
      note.frequency.value = hertz;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(0.25, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
      note.connect(volume).connect(context.destination);
      note.start(at);
      note.stop(at + 0.55);
      return note;
    });
    await new Promise(resolve => notes.at(-1)!.addEventListener('ended', resolve));
  } finally {
    await context.close();
  }
}
