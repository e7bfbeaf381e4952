/** Everything that only somebody who calls needs; fetched on intent. */
export { CallMemory } from './call-memory.ts';
export { announcement, type PanelModel, panel, summary } from './panel.ts';
export { panelStyles } from './panel-styles.ts';
export { ReachabilityGuard } from './reachability-guard.ts';
export { ShopperCall } from './shopper-call.ts';
export { VoiceWaves } from './voice-waves.ts';
