import type { Formats } from '../message.ts';
import type { Words } from './words.ts';

/** The catalogues of a group in one language, compiled: the words of its parts. */
export type Compiled = (...formats: Formats) => Partial<Words>;
