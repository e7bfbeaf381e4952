/** The words about microphone, speaker and their trial. */
export const deviceTexts = {
  devices: 'Microphone and speaker',
  microphone: 'Microphone',
  speaker: 'Speaker',
  defaultDevice: 'System default',
  unnamedMicrophone: (n: number) => `Microphone ${n}`,
  unnamedSpeaker: (n: number) => `Speaker ${n}`,
  testMicrophone: 'Test',
  stopTest: 'Stop',
  micAsk: 'Your browser will ask to use the microphone. Choose “Allow”.',
  level: 'Microphone level',
  levelQuiet: 'Say something: the bar should move.',
  levelGood: 'We hear you.',
  playTone: 'Play tone',
  tonePlaying: 'Playing…',
  speakerFixed: 'This browser plays on the system’s speaker. Change it in your system settings.',
  micProblem: {
    denied:
      'The microphone is blocked. Click the icon beside the address, allow the microphone, then try again.',
    none: 'No microphone found. Plug one in, then try again.',
    busy: 'Another program is using the microphone. Close it, then try again.',
    insecure: 'The browser gives microphones only to secure pages. Open this page over https.',
    forbidden:
      'A header of this server (Permissions-Policy) or the frame around this page allows no microphone.',
    unsupported: 'This browser can’t make calls. Use a current Chrome, Edge, Firefox or Safari.',
  },
  noLoanInCall: 'You have a call now. Record when it is over.',
  micLost: 'Your microphone was disconnected, so you were set to away. Plug it in and go available again.',
  micLostInCall:
    'Your microphone was disconnected: the shopper can’t hear you. Plug it in or choose another.',
  microphoneIs: {
    silent:
      'No sound comes from your microphone. Is it muted on the headset or in the system? Or choose another one below.',
    taken: 'The system has taken your microphone for something else. Nobody hears you until it is back.',
  },
  micSwitched: 'Your microphone was disconnected, so we switched to another one. Check that you’re heard.',
  mediaFailed: 'We couldn’t connect your audio. Check your network, then try again.',
} as const;
