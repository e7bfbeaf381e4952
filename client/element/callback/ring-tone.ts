/** A telephone's ring made of two tones, a second on and two off, until told to stop. */
const on = 1;
const period = 3;
const loudness = 0.12;

/** Returns what stops it. Where the browser allows no sound without a click, it is silent. */
export function ringTone(): () => void {
  const context = new AudioContext();
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(context.destination);
  for (const hertz of [440, 480]) {
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start();
  }
  const burst = () => {
    const at = context.currentTime;
    gain.gain.setTargetAtTime(loudness, at, 0.02);
    gain.gain.setTargetAtTime(0, at + on, 0.02);
  };
  burst();
  const timer = setInterval(burst, period * 1_000);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
