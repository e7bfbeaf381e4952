/**
 * What the element uses of the language, as the browser made it. The build puts these in place of the globals of the
 * same name, in our code and in libraries; see `for-hostile-pages.ts`. Pages have replaced each of them: MooTools `JSON`,
 * shops' own scripts `URL` and `Map`, polyfills `Promise` and `CustomEvent`.
 */

type Realm = typeof globalThis;
let frame: Realm | undefined;

const isNative = (one: unknown): boolean =>
  typeof one === 'function' && /\{\s*\[native code]\s*}$/.test(Function.prototype.toString.call(one));

/** From the page if it is still the browser's own, else from a page that nobody has touched. */
function ownOf<Name extends 'JSON' | 'Map' | 'Set' | 'WeakMap' | 'URL' | 'CustomEvent'>(
  name: Name,
): Realm[Name] {
  const here = globalThis[name];
  if (isNative(name === 'JSON' ? (here as JSON | undefined)?.parse : here)) return here;
  if (!frame) {
    const element = document.createElement('iframe');
    document.documentElement.append(element);
    frame = element.contentWindow as unknown as Realm | undefined;
    element.remove();
  }
  return frame?.[name] ?? here;
}

const ownJson = ownOf('JSON');
const ownMap = ownOf('Map');
const ownSet = ownOf('Set');
const ownWeakMap = ownOf('WeakMap');
const ownUrl = ownOf('URL');
const ownCustomEvent = ownOf('CustomEvent');
/** The one that `async` functions give back; no page can replace that. */
const ownPromise = (async () => {})().constructor as PromiseConstructor;

/** For libraries in CommonJS, which import nothing. */
(globalThis as Record<symbol, unknown>)[Symbol.for('talk-to-us')] = {
  Map: ownMap,
  Set: ownSet,
  Promise: ownPromise,
};

export {
  ownCustomEvent as CustomEvent,
  ownJson as JSON,
  ownMap as Map,
  ownPromise as Promise,
  ownSet as Set,
  ownUrl as URL,
  ownWeakMap as WeakMap,
};
