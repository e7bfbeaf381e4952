/**
 * What the element uses of the language, as the browser made it. The build puts these in place of the globals of the
 * same name, in our code and in libraries; see `for-hostile-pages.ts`. Pages have replaced each of them or a part of it:
 * MooTools `JSON` and `Array.from`, Prototype `Object.keys`, shops' own scripts `URL` and `Map`, polyfills `Promise`.
 */

/** Also methods of what is made with them are used, which are as good as replaced when one of them is. */
const made = ['CustomEvent', 'Map', 'Set', 'URL', 'WeakMap'] as const;
/** Of what there are literals for, the methods are the page's in any case. */
const others = [
  'Array',
  'Boolean',
  'Date',
  'Intl',
  'JSON',
  'Math',
  'Number',
  'Object',
  'Reflect',
  'RegExp',
  'String',
  'Symbol',
] as const;

type Realm = typeof globalThis;
type Name = (typeof made)[number] | (typeof others)[number];

const own = {} as Pick<Realm, Name>;
let frame: HTMLIFrameElement | undefined;

const object = {}.constructor as ObjectConstructor;
const isNative = (one: unknown) => /\{\s*\[native code]\s*}$/.test(take.toString.call(one));

/** All that belongs to it is the browser's. */
function isUntouched(one: object): boolean {
  for (const key of object.getOwnPropertyNames(one)) {
    const value: unknown = object.getOwnPropertyDescriptor(one, key)?.value;
    if (typeof value === 'function' && key !== 'constructor' && !isNative(value)) return false;
  }
  return true;
}

/** From the page if it is still the browser's own, else from a page that nobody has touched. */
function take<N extends Name>(name: N, andMethods = false): void {
  const here: Realm[N] = globalThis[name];
  let realm: Realm | null = globalThis;
  // What is no function has its name in it, such as `Math`.
  const isOwn =
    typeof here === 'function' ? isNative(here) : object.prototype.toString.call(here) === `[object ${name}]`;
  if (
    !isOwn ||
    !isUntouched(here) ||
    (andMethods && !isUntouched((here as { prototype: object }).prototype))
  ) {
    if (!frame) {
      frame = document.createElement('iframe');
      document.documentElement.appendChild(frame);
    }
    realm = frame.contentWindow as unknown as Realm | null;
  }
  own[name] = realm?.[name] ?? here;
}

for (const name of made) take(name, true);
for (const name of others) take(name);
// Not before all are taken: what is no part of the language itself goes with the frame.
frame?.remove();

const {
  Array: ownArray,
  Boolean: ownBoolean,
  CustomEvent: ownCustomEvent,
  Date: ownDate,
  Intl: ownIntl,
} = own;
const { JSON: ownJson, Map: ownMap, Math: ownMath, Number: ownNumber, Object: ownObject } = own;
const { Reflect: ownReflect, RegExp: ownRegExp, Set: ownSet, String: ownString, Symbol: ownSymbol } = own;
const { URL: ownUrl, WeakMap: ownWeakMap } = own;
/** The one that `async` functions give back; no page can replace that. */
const ownPromise = (async () => {})().constructor as PromiseConstructor;
/** The one that the browser itself throws. */
const ownTypeError = thrown().constructor as TypeErrorConstructor;
const ownError = ownObject.getPrototypeOf(ownTypeError) as ErrorConstructor;
/** Where a page has its own clock, which may stand still or jump: events carry the browser's time. */
const ownPerformance = isNative(globalThis.performance.now)
  ? globalThis.performance
  : { now: () => document.createEvent('Event').timeStamp };

function thrown(): object {
  try {
    return (undefined as unknown as { nothing: object }).nothing;
  } catch (error) {
    return error as object;
  }
}

export {
  ownArray as Array,
  ownBoolean as Boolean,
  ownCustomEvent as CustomEvent,
  ownDate as Date,
  ownError as Error,
  ownIntl as Intl,
  ownJson as JSON,
  ownMap as Map,
  ownMath as Math,
  ownNumber as Number,
  ownObject as Object,
  ownPerformance as performance,
  ownPromise as Promise,
  ownReflect as Reflect,
  ownRegExp as RegExp,
  ownSet as Set,
  ownString as String,
  ownSymbol as Symbol,
  ownTypeError as TypeError,
  ownUrl as URL,
  ownWeakMap as WeakMap,
};
