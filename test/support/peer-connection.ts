/** @roamhq/wrtc's peer connection, without a race in it that ends the process. */
import wrtc from '@roamhq/wrtc';

/**
 * The native getter of `localDescription` writes out a description to which the signaling thread is adding candidates
 * at that moment, and crashes once in some hundred connections (in `webrtc::SdpSerialize`). What was set is as good:
 * nobody here reads candidates from it.
 */
export class PeerConnection extends wrtc.RTCPeerConnection {
  #set: RTCSessionDescriptionInit | null = null;

  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    const native = Reflect.get(this, '_pc') as object;
    Object.defineProperty(native, 'localDescription', { get: () => this.#set });
  }

  override async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    await super.setLocalDescription(description);
    this.#set = { type: description.type, sdp: description.sdp ?? '' };
  }
}
