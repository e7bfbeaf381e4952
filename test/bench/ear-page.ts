/**
 * What runs in the page that measures mouth to ear: people whose mouths are one source of short tones, and whose ears note, on
 * the same clock of audio and to the sample, when each tone arrives.
 */

/** Between two tones, s: no whole number of packets, so that they begin anywhere in one. Longer than any delay. */
const intervalSeconds = 0.437;
const toneSeconds = 0.04;

/** Runs on the page's thread for audio: input 0 is what was said, input 1 what is heard. Posts delays in samples. */
const worklet = `
registerProcessor('ear', class extends AudioWorkletProcessor {
  at = 0;
  last = [-1e9, -1e9];
  process(inputs) {
    for (let i = 0; i < 128; i++, this.at++) {
      for (const side of [0, 1]) {
        const sample = inputs[side]?.[0]?.[i] ?? 0;
        // The beginning of a tone: loud after a quarter of a second without.
        if (Math.abs(sample) < 0.1) continue;
        const quiet = this.at - this.last[side];
        this.last[side] = this.at;
        if (quiet < sampleRate / 4) continue;
        if (side === 0) this.said = this.at;
        else if (this.said !== undefined) this.port.postMessage(this.at - this.said);
      }
    }
    return true;
  }
});
`;

/** The functions of the page, for whoever drives it. */
export type EarPage = {
  /** A microphone's connection; its offer. */
  speak: (person: string) => Promise<string>;
  /** The answer to that. */
  spoken: (person: string, answer: string) => Promise<void>;
  /** A connection that brings a voice; the answer to its offer. */
  hear: (person: string, offer: string) => Promise<string>;
  /** Two people, connected with each other. */
  talkDirectly: (one: string, other: string) => Promise<void>;
  /** Mouth to ear, ms, of each tone that each person heard within the time. */
  listen: (ms: number) => Promise<Record<string, number[]>>;
  /** All connections. */
  hangUp: () => void;
};

export type EarWindow = typeof globalThis & { earPage: EarPage };

export const earSetUp = { worklet, intervalSeconds, toneSeconds };

/** Runs in the page. */
export async function installEars({ worklet, intervalSeconds, toneSeconds }: typeof earSetUp): Promise<void> {
  // Who may use a microphone is told this machine's own addresses.
  await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext({ sampleRate: 48_000 });
  await context.resume();
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })));
  const rate = context.sampleRate;
  const buffer = context.createBuffer(1, Math.round(intervalSeconds * rate), rate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < toneSeconds * rate; i++) samples[i] = 0.5 * Math.sin((2 * Math.PI * 1_000 * i) / rate);
  const tones = new AudioBufferSourceNode(context, { buffer, loop: true });
  tones.start();
  const silence = new GainNode(context, { gain: 0 });
  silence.connect(context.destination);

  const connections = new Map<string, RTCPeerConnection>();
  const delays = new Map<string, number[]>();
  const players: HTMLAudioElement[] = [];

  const opened = (name: string) => {
    const connection = new RTCPeerConnection();
    connections.set(name, connection);
    return connection;
  };
  const mouth = (connection: RTCPeerConnection) => {
    const microphone = context.createMediaStreamDestination();
    microphone.channelCount = 1;
    tones.connect(microphone);
    connection.addTrack(microphone.stream.getAudioTracks()[0]!, microphone.stream);
  };
  const ear = (connection: RTCPeerConnection, person: string) => {
    connection.ontrack = ({ track }) => {
      const stream = new MediaStream([track]);
      // Chromium decodes only what an element plays.
      const player = new Audio();
      player.srcObject = stream;
      player.muted = true;
      void player.play();
      players.push(player);
      const node = new AudioWorkletNode(context, 'ear', { numberOfInputs: 2, numberOfOutputs: 1 });
      node.connect(silence);
      tones.connect(node, 0, 0);
      context.createMediaStreamSource(stream).connect(node, 0, 1);
      node.port.onmessage = ({ data }) => {
        delays.get(person)?.push((1000 * (data as number)) / rate);
      };
    };
  };
  const offerOf = async (connection: RTCPeerConnection) => {
    await connection.setLocalDescription();
    return connection.localDescription!.sdp;
  };
  const complete = async (connection: RTCPeerConnection) => {
    if (connection.iceGatheringState !== 'complete')
      await new Promise<void>(resolve => {
        connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
      });
    return connection.localDescription!;
  };

  (globalThis as EarWindow).earPage = {
    async speak(person) {
      const connection = opened(`${person} speaks`);
      mouth(connection);
      return offerOf(connection);
    },
    spoken: (person, sdp) =>
      connections.get(`${person} speaks`)!.setRemoteDescription({ type: 'answer', sdp }),
    async hear(person, sdp) {
      const connection = opened(`${person} hears`);
      ear(connection, person);
      await connection.setRemoteDescription({ type: 'offer', sdp });
      return offerOf(connection);
    },
    async talkDirectly(one, other) {
      const [a, b] = [opened(one), opened(other)];
      for (const [connection, person] of [[a, one] as const, [b, other] as const]) {
        mouth(connection);
        ear(connection, person);
      }
      await a.setLocalDescription();
      await b.setRemoteDescription(await complete(a));
      await b.setLocalDescription();
      await a.setRemoteDescription(await complete(b));
    },
    async listen(ms) {
      for (const name of connections.keys()) delays.set(name.replace(/ (speaks|hears)$/, ''), []);
      await new Promise(resolve => setTimeout(resolve, ms));
      const heard = Object.fromEntries(delays);
      delays.clear();
      return heard;
    },
    hangUp() {
      for (const connection of connections.values()) connection.close();
      for (const player of players.splice(0)) player.srcObject = null;
      connections.clear();
    },
  };
}
