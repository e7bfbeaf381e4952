/** Every word about uploaded sounds. */
export const soundTexts = {
  sounds: 'Your sounds',
  soundsLead: (megabytes: number, minutes: number) =>
    `MP3, WAV or Ogg Opus, up to ${megabytes} MB and ${minutes} minutes. All queues of the shop can use them.`,
  none: 'Nothing uploaded yet.',
  upload: 'Upload a sound',
  sending: (name: string) => `Uploading ${name}…`,
  converting: (name: string) => `Preparing ${name}…`,
  failed: (name: string, problem: string) => `${name}: ${problem}`,
  tooLarge: (bytes: number) => `That file is too large: at most ${Math.floor(bytes / 1024 / 1024)} MB.`,
  dismiss: 'Dismiss',
  ready: (name: string) => `${name} is ready and chosen. Save to use it.`,
  stillConverting: 'Being prepared…',
  play: (name: string) => `Play ${name}`,
  rename: (name: string) => `Rename ${name}`,
  newName: (name: string) => `New name for ${name}`,
  keepName: 'Keep this name',
  remove: (name: string) => `Delete ${name}`,
  removeAsk: (name: string) => ({
    title: `Delete “${name}”?`,
    lead: 'A sound that a queue still uses stays. This cannot be undone.',
    yes: 'Delete sound',
    no: 'Keep it',
  }),
} as const;
