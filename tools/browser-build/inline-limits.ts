import type { Plugin } from 'vite';
import { limits } from '../../shared/limits.ts';

/** Puts the numbers in the place of `limits.name`: no browser needs to know all the others. */
export function inlineLimits(): Plugin {
  return {
    name: 'inline-limits',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/(client|shared)\/.*\.ts$/.test(id) || id.includes('/node_modules/')) return null;
      return code.replace(/(?<![.\w])limits\.(\w+)/g, (text, name: string) =>
        name in limits ? String(limits[name as keyof typeof limits]) : text,
      );
    },
  };
}
