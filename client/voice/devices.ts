/**
 * Why there is no microphone. `denied`: the person said no; `none`: nothing is plugged in; `busy`: another program
 * holds it; `insecure`: the page is not on https; `forbidden`: a policy of the page, or of the frame that it is in, lets
 * nobody use one; `unsupported`: too old a browser.
 */
export type MicrophoneProblem = 'denied' | 'none' | 'busy' | 'unsupported' | 'insecure' | 'forbidden';

export class MicrophoneError extends Error {
  readonly reason: MicrophoneProblem;

  constructor(reason: MicrophoneProblem, options?: ErrorOptions) {
    super(`No microphone: ${reason}.`, options);
    this.name = 'MicrophoneError';
    this.reason = reason;
  }
}

export type MicrophoneOptions = {
  deviceId?: string;
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
  autoGainControl?: boolean;
};

export type DeviceLists = { microphones: MediaDeviceInfo[]; speakers: MediaDeviceInfo[] };

/** Of the document; Chromium tells what its policy allows. */
type WithPolicy = { featurePolicy?: { allowsFeature(name: string): boolean } };

/** What is wrong with this page or browser before anybody is asked, or `null`. */
export function microphoneObstacle(): 'insecure' | 'unsupported' | 'forbidden' | null {
  if (!globalThis.isSecureContext) return 'insecure';
  if ((globalThis.document as WithPolicy | undefined)?.featurePolicy?.allowsFeature('microphone') === false)
    return 'forbidden';
  return 'mediaDevices' in navigator ? null : 'unsupported';
}

/** The page is in a frame of another origin, and the browser does not tell what that allows (Firefox, Safari). */
const maybeForbidden = () =>
  globalThis.document !== undefined &&
  !(document as WithPolicy).featurePolicy &&
  globalThis.parent !== globalThis.self &&
  !globalThis.frameElement;

/** The reason behind an exception of `getUserMedia`. */
export function microphoneProblem(error: unknown): MicrophoneProblem {
  switch ((error as DOMException | undefined)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unsupported';
  }
}

/**
 * Asks for the microphone; echo cancellation, noise suppression and gain control are on unless switched
 * off. A chosen microphone that is gone gives way to the default one. Throws `MicrophoneError`.
 */
export async function openMicrophone(options: MicrophoneOptions = {}): Promise<MediaStreamTrack> {
  const obstacle = microphoneObstacle();
  if (obstacle) throw new MicrophoneError(obstacle);
  const { deviceId, echoCancellation = true, noiseSuppression = true, autoGainControl = true } = options;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
        channelCount: 1,
        echoCancellation,
        noiseSuppression,
        autoGainControl,
      },
    });
    const [track] = stream.getAudioTracks();
    if (!track) throw new MicrophoneError('none');
    return track;
  } catch (error) {
    if (error instanceof MicrophoneError) throw error;
    const reason = microphoneProblem(error);
    throw new MicrophoneError(reason === 'denied' && maybeForbidden() ? 'forbidden' : reason, {
      cause: error,
    });
  }
}

/** `prompt` also where the browser does not tell (older Firefox). */
export async function microphonePermission(): Promise<PermissionState> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state;
  } catch {
    return 'prompt';
  }
}

/** Labels are empty until the microphone was allowed once. */
export async function listDevices(): Promise<DeviceLists> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return {
    microphones: devices.filter(device => device.kind === 'audioinput'),
    speakers: devices.filter(device => device.kind === 'audiooutput'),
  };
}

/** Calls back when something is plugged in or out; returns how to stop that. */
export function onDevicesChanged(changed: () => void): () => void {
  navigator.mediaDevices?.addEventListener('devicechange', changed);
  return () => navigator.mediaDevices?.removeEventListener('devicechange', changed);
}
