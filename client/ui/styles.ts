/** The styles that components share; each takes what it draws with. */
export { base, card } from './base.ts';
export { buttons } from './buttons.ts';
export { choices } from './choices.ts';
export { dialogs } from './dialogs.ts';
export { fields } from './fields.ts';
export { notes } from './notes.ts';
