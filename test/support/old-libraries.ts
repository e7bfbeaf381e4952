/**
 * What scripts on old shops do to the language, written anew in the shapes that they are known for. Each is a classic
 * script that runs before the element's.
 */

/** Prototype 1.5 to 1.7: enumerable methods everywhere, `toJSON` that gives texts, natives replaced by looser ones. */
const prototype = `
  const extend = (to, from) => { for (const name in from) to[name] = from[name]; return to; };
  const $A = iterable => {
    if (!iterable) return [];
    if ('toArray' in Object(iterable)) return iterable.toArray();
    let { length } = iterable;
    const results = new Array(length || 0);
    while (length--) results[length] = iterable[length];
    return results;
  };
  const enumerable = {
    each(f, c) { for (let i = 0; i < this.length; i++) f.call(c, this[i], i); return this; },
    all(f, c) { let r = true; this.each((v, i) => { r = r && !!(f ? f.call(c, v, i) : v); }); return r; },
    any(f, c) { let r = false; this.each((v, i) => { r = r || !!(f ? f.call(c, v, i) : v); }); return r; },
    collect(f, c) { const r = []; this.each((v, i) => r.push(f ? f.call(c, v, i) : v)); return r; },
    detect(f, c) { let r; let found = false; this.each((v, i) => { if (!found && f.call(c, v, i)) { found = true; r = v; } }); return r; },
    findAll(f, c) { const r = []; this.each((v, i) => { if (f.call(c, v, i)) r.push(v); }); return r; },
    include(v) { return this.indexOf(v) !== -1; },
    inject(memo, f, c) { this.each((v, i) => { memo = f.call(c, memo, v, i); }); return memo; },
    invoke(name) { return this.collect(v => v[name]()); },
    pluck(name) { return this.collect(v => v[name]); },
    reject(f, c) { const r = []; this.each((v, i) => { if (!f.call(c, v, i)) r.push(v); }); return r; },
    size() { return this.length; },
    toArray() { return this.collect(); },
    zip() { return this.collect(); },
    inspect() { return '#<Enumerable>'; },
  };
  extend(enumerable, { map: enumerable.collect, find: enumerable.detect, select: enumerable.findAll, filter: enumerable.findAll,
    member: enumerable.include, entries: enumerable.toArray, every: enumerable.all, some: enumerable.any });
  extend(Array.prototype, enumerable);
  extend(Array.prototype, {
    clear() { this.length = 0; return this; }, first() { return this[0]; }, last() { return this[this.length - 1]; },
    compact() { return this.select(v => v != null); },
    flatten() { return this.inject([], (all, v) => all.concat(Array.isArray(v) ? v.flatten() : [v])); },
    without(...out) { return this.select(v => !out.include(v)); }, uniq() { return this.inject([], (all, v) => all.include(v) ? all : all.concat([v])); },
    clone() { return [].concat(this); },
    reverse(inline) { const r = []; for (let i = this.length; i--; ) r.push(this[i]); if (inline !== false) for (let i = 0; i < r.length; i++) this[i] = r[i]; return inline !== false ? this : r; },
    reduce() { return this.length > 1 ? this : this[0]; },
    toJSON() { return '[' + this.map(v => Object.toJSON(v)).join(', ') + ']'; },
  });
  Array.from = $A;
  extend(String.prototype, {
    gsub(p, r) { return this.split(p).join(r); }, strip() { return this.replace(/^\\s+/, '').replace(/\\s+$/, ''); },
    toArray() { return this.split(''); }, times(n) { return n < 1 ? '' : new Array(n + 1).join(this); },
    include(p) { return this.indexOf(p) > -1; }, startsWith(p) { return this.indexOf(p) === 0; },
    endsWith(p) { const d = this.length - p.length; return d >= 0 && this.lastIndexOf(p) === d; },
    empty() { return this == ''; }, blank() { return /^\\s*$/.test(this); }, trim() { return this.strip(); },
    toJSON() { return '"' + this + '"'; }, evalJSON() { return eval('(' + this + ')'); },
  });
  Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : 'null'; };
  Date.prototype.toJSON = function () { return '"' + this.toISOString() + '"'; };
  extend(Object, {
    extend, keys(o) { const r = []; for (const name in o) r.push(name); return r; },
    values(o) { const r = []; for (const name in o) r.push(o[name]); return r; },
    clone: o => extend({}, o), toJSON: v => typeof v === 'object' && v ? '{}' : String(v), isArray: v => v instanceof Array,
  });
  extend(Function.prototype, {
    bind(c, ...first) { const f = this; return function (...rest) { return f.apply(c, first.concat(rest)); }; },
    delay(s, ...a) { return setTimeout(() => this.apply(this, a), s * 1000); }, defer() { return this.delay(0.01); },
    wrap(w) { const f = this; return function (...a) { return w.apply(this, [f.bind(this)].concat(a)); }; },
    methodize() { const f = this; return function (...a) { return f.apply(null, [this].concat(a)); }; },
  });
  const methods = {
    visible: e => e.style.display !== 'none', toggle(e) { return e; }, hide(e) { e.style.display = 'none'; return e; }, show(e) { e.style.display = ''; return e; },
    remove(e) { e.parentNode.removeChild(e); return e; }, update(e, html) { e.innerHTML = html; return e; },
    replace(e, html) { e.outerHTML = html; return e; }, insert(e, html) { e.insertAdjacentHTML('beforeend', html); return e; },
    clone: (e, deep) => e.cloneNode(deep), select: (e, s) => $A(e.querySelectorAll(s)), down: (e, s) => e.querySelector(s || '*'),
    empty: e => e.innerHTML.blank(), scrollTo(e) { window.scrollTo(0, e.offsetTop); return e; }, observe(e, n, f) { e.addEventListener(n, f); return e; },
    getElementsByClassName: (e, n) => $A(e.querySelectorAll('.' + n)), match: (e, s) => e.matches(s),
  };
  for (const name in methods) HTMLElement.prototype[name] = methods[name].methodize();
  const BrowserElement = window.Element;
  window.Element = function (tag, attributes) { const e = document.createElement(tag); for (const n in attributes || {}) e.setAttribute(n, attributes[n]); return e; };
  extend(window.Element, BrowserElement); window.Element.prototype = BrowserElement.prototype;
  extend(window.Event, { KEY_ESC: 27, stop(e) { e.preventDefault(); e.stopPropagation(); e.stopped = true; }, observe() {} });
  extend(Event.prototype, { stop() { Event.stop(this); }, inspect: () => '[object Event]', findElement() { return this.target; } });
  document.getElementsByClassName = n => $A(document.querySelectorAll('.' + n));
  window.$A = $A; window.Hash = function (o) { this._object = o; }; window.$ = id => document.getElementById(id);`;

/** MooTools 1.1 to 1.4: `JSON` without `parse`, natives as wrappers, another `bind` and another `from`. */
const mootools = `
  const implement = (type, methods) => { for (const name in methods) type.prototype[name] = methods[name]; };
  window.JSON = { encode: v => '' + v, decode: t => eval('(' + t + ')'), $specialChars: {} };
  Array.from = item => item == null ? [] : typeof item !== 'string' && typeof item.length === 'number' ? [].slice.call(item) : [item];
  String.from = v => v + ''; Number.from = v => { const n = parseFloat(v); return isFinite(n) ? n : null; };
  Function.from = v => typeof v === 'function' ? v : () => v;
  for (const name of ['map', 'filter', 'every', 'some', 'indexOf', 'forEach', 'slice', 'join', 'concat', 'push', 'reverse', 'sort', 'splice'])
    Array[name] = (on, ...rest) => [][name].apply(on, rest);
  Object.keys = o => { const r = []; for (const k in o) if (Object.prototype.hasOwnProperty.call(o, k)) r.push(k); return r; };
  Object.map = (o, f) => { const r = {}; for (const k in o) r[k] = f(o[k], k); return r; };
  Object.filter = Object.every = Object.some = Object.each = Object.map; Object.append = Object.merge = Object.assign;
  implement(Array, {
    each(f, b) { for (let i = 0; i < this.length; i++) f.call(b, this[i], i, this); }, contains(v) { return this.indexOf(v) !== -1; },
    include(v) { if (!this.contains(v)) this.push(v); return this; }, erase(v) { for (let i = this.length; i--; ) if (this[i] === v) this.splice(i, 1); return this; },
    empty() { this.length = 0; return this; }, append(a) { this.push.apply(this, a); return this; }, clean() { return this.filter(v => v != null); },
    flatten() { let r = []; for (const v of this) r = r.concat(Array.isArray(v) ? v.flatten() : v); return r; }, pick() { return this[0]; }, clone() { return this.slice(); },
  });
  implement(Function, {
    bind(c, a) { const f = this; const given = a == null ? null : Array.isArray(a) ? a : [a];
      return function () { return f.apply(c, given || arguments); }; },
    pass(a, c) { return this.bind(c, a); }, delay(ms, c, a) { return setTimeout(this.bind(c, a), ms); },
    periodical(ms, c, a) { return setInterval(this.bind(c, a), ms); }, extend(o) { for (const k in o) this[k] = o[k]; return this; },
    attempt(a, c) { try { return this.apply(c, [a]); } catch { return null; } }, run(a, c) { return this.apply(c, [a]); }, create() { return this; },
  });
  implement(String, { test(r, p) { return (typeof r === 'string' ? new RegExp(r, p) : r).test(this); }, contains(s) { return this.indexOf(s) > -1; }, clean() { return this.replace(/\\s+/g, ' '); }, toInt(b) { return parseInt(this, b || 10); } });
  implement(Number, { limit(a, b) { return Math.min(b, Math.max(a, this)); }, times(f) { for (let i = 0; i < this; i++) f(i); }, round(p) { p = 10 ** (p || 0); return Math.round(this * p) / p; } });
  const BrowserEvent = window.Event;
  window.Event = function (event) { event = event || window.event || {}; if (event.$extended) return event; this.$extended = true; this.event = event; this.type = event.type; };
  window.Event.Keys = { esc: 27 }; window.Event.prototype = BrowserEvent.prototype;
  for (const name of ['Element', 'Document', 'Window']) {
    const legacy = window[name];
    window[name] = function () { return legacy === undefined ? undefined : document; };
    window[name].constructor = function Native() {}; window[name].prototype = legacy.prototype;
  }
  implement(window.Element, {
    set(k, v) { this.setAttribute(k, v); return this; }, get(k) { return this.getAttribute(k); }, dispose() { this.parentNode && this.parentNode.removeChild(this); return this; },
    inject(to) { to.appendChild(this); return this; }, grab(e) { this.appendChild(e); return this; }, adopt(e) { this.appendChild(e); return this; }, clone(d) { return this.cloneNode(d !== false); },
    empty() { for (const c of [...this.childNodes]) c.remove(); return this; }, hasClass(c) { return this.className.contains(c); }, match(s) { return this.matches(s); },
    addEvent(n, f) { this.addEventListener(n, f, false); return this; }, getStyle(p) { return this.style[p]; }, getSize() { return { x: this.offsetWidth, y: this.offsetHeight }; },
    remove() { return this.parentNode ? this.parentNode.removeChild(this) : this; },
  });`;

/** json.js of 2005 and its like: every object has more members than it was given. */
const everyObject = `
  Object.prototype.toJSONString = function () { return '{}'; };
  Object.prototype.extend = function (o) { for (const k in o) this[k] = o[k]; return this; };
  Object.prototype.each = function (f) { for (const k in this) f(this[k], k); };
  Object.prototype.clone = function () { return Object.assign({}, this); };
  Array.prototype.toJSONString = function () { return '[]'; };
  Array.prototype.contains = Array.prototype.remove = Array.prototype.insertAt = function () { return false; };`;

/** A shop's own scripts have variables of these names. */
const ownNames = `
  window.URL = 'https://shop.example/'; window.Map = { centre: [0, 0], show() {} }; window.Set = function Set(a) { this.a = a; };
  window.WeakMap = null; window.Text = function () {}; window.Range = {}; window.Node = { ELEMENT_NODE: 1 };
  window.Option = window.Image = window.Selection = {}; window.CustomEvent = {}; window.Symbol = { euro: '€' }; window.Intl = undefined;
  window.Error = function ShopError(text) { this.message = text; }; window.Reflect = window.Proxy = undefined;`;

/** And of these, with which no library of the page itself works any more. */
const languageNames = `
  window.Object = function () {}; window.Array = function () { return []; }; window.String = s => '' + s; window.Number = n => +n;
  window.Math = { sum: (a, b) => a + b }; window.RegExp = function () {}; window.Boolean = {};`;

/** Polyfills for browsers of old, taken although the browser has its own. */
const polyfills = `
  window.Promise = function Promise(run) {
    let state; let value; let waiting = [];
    const settle = s => v => { if (!state) { state = s; value = v; setTimeout(() => { waiting.forEach(f => f()); waiting = []; }, 0); } };
    this.then = (ok, no) => new window.Promise((a, b) => {
      const go = () => { const f = state === 1 ? ok : no; try { f ? a(f(value)) : (state === 1 ? a : b)(value); } catch (e) { b(e); } };
      state ? setTimeout(go, 0) : waiting.push(go);
    });
    this.catch = no => this.then(null, no);
    try { run(settle(1), settle(2)); } catch (e) { settle(2)(e); }
  };
  window.Promise.resolve = v => new window.Promise(a => a(v)); window.Promise.reject = v => new window.Promise((a, b) => b(v));
  window.Promise.all = list => new window.Promise(a => { const r = []; let n = list.length; list.forEach((p, i) => p.then(v => { r[i] = v; if (!--n) a(r); })); });
  window.Map = function Map() { this._k = []; this._v = []; }; window.Map.prototype = {
    get(k) { return this._v[this._k.indexOf(k)]; }, set(k, v) { const i = this._k.indexOf(k); i < 0 ? (this._k.push(k), this._v.push(v)) : (this._v[i] = v); },
    has(k) { return this._k.indexOf(k) >= 0; }, forEach(f) { this._k.forEach((k, i) => f(this._v[i], k)); } };
  window.Set = function Set() { this._v = []; }; window.Set.prototype = { add(v) { this._v.push(v); }, has(v) { return this._v.indexOf(v) >= 0; } };
  window.WeakMap = window.Map; window.URL = function URL(text) { this.href = text; }; window.URL.createObjectURL = () => '';
  window.CustomEvent = function (type, o) { const e = document.createEvent('CustomEvent'); o = o || {}; e.initCustomEvent(type, !!o.bubbles, !!o.cancelable, o.detail); return e; };
  window.JSON = { parse: t => eval('(' + t + ')'), stringify: v => typeof v === 'string' ? '"' + v + '"' : String(v) };
  Object.assign = function (to) { for (let i = 1; i < arguments.length; i++) for (const k in arguments[i]) to[k] = arguments[i][k]; return to; };
  Object.entries = o => { const r = []; for (const k in o) r.push([k, o[k]]); return r; };
  window.queueMicrotask = f => { setTimeout(f, 0); }; window.requestAnimationFrame = f => setTimeout(() => f(+new Date()), 16);
  window.fetch = (url, o) => new window.Promise((a, b) => {
    const x = new XMLHttpRequest(); x.open((o && o.method) || 'GET', url); x.withCredentials = !!o && o.credentials === 'include';
    x.onerror = b; x.onload = () => a({ ok: x.status >= 200 && x.status < 300, status: x.status, text: () => window.Promise.resolve(x.responseText), json: () => window.Promise.resolve(eval('(' + x.responseText + ')')) });
    x.send((o && o.body) || null);
  });`;

/** Agents that measure a page, and log what goes over the line. */
const wrappers = `
  const NativeSocket = window.WebSocket;
  window.WebSocket = function (url, protocols) {
    const socket = protocols === undefined ? new NativeSocket(url) : new NativeSocket(url, protocols);
    socket.addEventListener('message', e => { window.lastFrame = e.data; });
    const { send } = socket; socket.send = data => { window.sent = (window.sent || 0) + 1; return send.call(socket, data); };
    return socket;
  };
  for (const name of ['setTimeout', 'setInterval']) { const timer = window[name]; window[name] = function (f, ms) { return timer(function () { try { return f.apply(this, arguments); } catch (e) { window.caught = e; } }, ms || 0); }; }
  const { addEventListener, removeEventListener } = EventTarget.prototype; const wrapped = new WeakMap();
  EventTarget.prototype.addEventListener = function (type, f, o) {
    if (typeof f !== 'function') return addEventListener.call(this, type, f, o);
    if (!wrapped.has(f)) wrapped.set(f, function () { return f.apply(this, arguments); });
    return addEventListener.call(this, type, wrapped.get(f), o);
  };
  EventTarget.prototype.removeEventListener = function (type, f, o) { return removeEventListener.call(this, type, wrapped.get(f) || f, o); };
  const realFetch = window.fetch; window.fetch = function () { return realFetch.apply(this, arguments).then(r => r); };
  const Peer = window.RTCPeerConnection; window.RTCPeerConnection = function (c, o) { return new Peer(c, o); }; window.RTCPeerConnection.prototype = Peer.prototype;
  const media = navigator.mediaDevices; const getUserMedia = media.getUserMedia.bind(media); media.getUserMedia = c => getUserMedia(c);
  const now = performance.now; performance.now = function () { return Math.floor(now.call(performance)); };`;

/** Clocks that stand, as tests of looks and demonstrations leave them behind. */
const clocks = `
  const fixed = +new Date(2020, 0, 1); Date.now = () => fixed; Math.random = () => 0.5; Performance.prototype.now = () => 0;
  const BrowserDate = Date; window.Date = function () { return arguments.length ? new BrowserDate(...arguments) : new BrowserDate(fixed); };
  window.Date.now = () => fixed; window.Date.parse = BrowserDate.parse; window.Date.UTC = BrowserDate.UTC; window.Date.prototype = BrowserDate.prototype;`;

export const oldLibraries = {
  prototype,
  mootools,
  everyObject,
  polyfills,
  wrappers,
  clocks,
  ownNames,
};
export const ownLanguage = { languageNames };

/** A script that does that to a page, as it stands in its head. */
export const asScript = (...libraries: string[]): string =>
  libraries.map(text => `<script>(function () {${text}\n})();</script>`).join('');
