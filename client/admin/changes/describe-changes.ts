/** What differs between two states of a thing, told to people. Pure. */
import type { AuditEntry } from '../../../shared/api/people.ts';
import { everyLanguage, type RepStatus, type Strategy } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { Role } from '../../../shared/permissions.ts';
import type {
  BusinessHours,
  Membership,
  OpenSpan,
  OverflowRule,
  QueueSettings,
  SkillNeed,
  TeamSettings,
} from '../../../shared/settings.ts';
import { commonTexts, reasonText } from '../../ui/texts.ts';
import { list as listed, tag } from '../../ui/words.ts';
import { timeSpan } from '../calls/call-time.ts';
import { same } from '../form/draft.ts';
import { ownName } from '../form/language-names.ts';
import { languageTexts } from '../form/language-texts.ts';
import { inWords } from '../form/times.ts';
import { queueTexts } from '../queue/texts.ts';
import { shopTexts } from '../shop/texts.ts';
import { teamTexts } from '../team/texts.ts';
import { adminTexts } from '../texts.ts';
import { changesTexts as texts } from './texts.ts';

/** Of people, queues, shops and sounds, by their ids. */
export type Names = ReadonlyMap<string, string>;
export const noNames: Names = new Map();

/** One thing that is otherwise now. `before`: null where nothing was. */
export type Change = { what: string; before: string | null; after: string };

/** The server wrote the value, by the schemas of its settings at the time. */
type Say = (value: never, names: Names) => string;
type Rule = { what: string; say?: Say };

const named = (id: string, names: Names) => names.get(id) ?? texts.gone;
const list = (items: readonly string[]) => (items.length > 0 ? listed(items) : texts.nothing);
const duration = (what: string): Rule => ({ what, say: (ms: number) => inWords(ms) });
const days = (what: string): Rule => ({ what, say: (n: number) => texts.days({ n }) });
const yesNo = (what: string): Rule => ({ what, say: (is: boolean) => (is ? texts.yes : texts.no) });

const spans = (open: readonly OpenSpan[]) =>
  open.length === 0
    ? queueTexts.closedAllDay
    : listed(open.map(({ from, to }) => texts.span({ from: timeOfDay(from), to: timeOfDay(to) })));

const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'short', timeZone: 'UTC' });
const calendar = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
/** `09:00` as people here write it; what is no time as it is. */
const timeOfDay = (written: string) => inWordsOf(clock, `1970-01-01T${written}:00Z`, written);
const dayOf = (written: string) => inWordsOf(calendar, `${written}T00:00:00Z`, written);

function inWordsOf(format: Intl.DateTimeFormat, iso: string, written: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? written : format.format(at);
}

const skills = {
  what: texts.skills,
  say: (needs: SkillNeed[]) => list(needs.map(({ skill, level }) => texts.skill({ skill, level }))),
};

const languageName = (language: string) =>
  language === everyLanguage ? languageTexts.every : ownName(language as Language);
const languageList = (all: 'all' | readonly string[]) =>
  all === 'all' ? shopTexts.allLanguages.label : list(all.map(languageName));

const sound = (what: string, none: string): Rule => ({
  what,
  say: (id: string | null, names) => (id === null ? none : named(id, names)),
});

const overflow: Say = (rule: OverflowRule, names) => {
  switch (rule.do) {
    case 'end':
      return queueTexts.end;
    case 'callback':
      return queueTexts.offerCallback;
    case 'queue':
      return queueTexts.toQueue({ name: named(rule.queueId, names) });
  }
  return rule satisfies never;
};

function member({ repId, tier, penalty }: Membership, names: Names): string {
  const from = tier > 1 ? (queueTexts.tiers[tier - 1] ?? queueTexts.tierFurther({ n: tier })) : null;
  return texts.member(named(repId, names), from, penalty);
}

const sitesIn = (sites: string | null, names: Names) =>
  sites === null ? texts.allSites : list((JSON.parse(sites) as string[]).map(id => named(id, names)));

const reasonList = (reasons: string[]) => list(reasons.map(reasonText));

/** By the path of what differs; what stands here is told as a whole, whatever of it differs. */
const rules: Record<string, Rule> = {
  name: { what: queueTexts.name },
  email: { what: texts.email },
  role: { what: texts.role, say: (role: Role) => teamTexts.role[role] },
  sites: { what: texts.sites, say: sitesIn },
  twoFactor: {
    what: teamTexts.twoFactor,
    say: (is: TeamSettings['twoFactor']) => teamTexts.twoFactorIs[is],
  },
  awayReasons: { what: teamTexts.reasons.awayReasons.title, say: reasonList },
  declineReasons: { what: teamTexts.reasons.declineReasons.title, say: reasonList },
  allowedOrigins: { what: adminTexts.origins, say: list },
  allowedOrigin: { what: texts.allowed },
  by: { what: texts.foundBy },
  status: { what: texts.status, say: (status: RepStatus) => commonTexts.statusWord[status] },
  why: { what: texts.why },
  calls: { what: adminTexts.calls },
  'retention.callDays': days(adminTexts.callDays),
  'retention.personalDays': days(adminTexts.personalDays),

  members: {
    what: texts.members,
    say: (all: Membership[], names) =>
      list(all.toSorted((a, b) => a.position - b.position).map(one => member(one, names))),
  },
  strategy: {
    what: queueTexts.strategy,
    say: (strategy: Strategy) => adminTexts.strategyIs[strategy],
  },
  priority: { what: queueTexts.priority },
  offerMs: duration(queueTexts.offer),
  wrapUp: {
    what: queueTexts.wrapUp,
    say: ({ kind, ms }: QueueSettings['wrapUp']) =>
      kind === 'none'
        ? queueTexts.wrapUpKinds.none.label
        : texts.wrapUp({ kind: queueTexts.wrapUpKinds[kind].label, time: inWords(ms) }),
  },
  maxLength: { what: queueTexts.maxLength },
  maxWaitMs: duration(queueTexts.maxWait),
  noRepExitMs: duration(queueTexts.noRep),
  preferredRepMs: duration(queueTexts.preferred),
  hours: {
    what: queueTexts.hours,
    say: (hours: BusinessHours | null) => (hours ? queueTexts.weekly.label : queueTexts.always.label),
  },
  'hours.timeZone': { what: queueTexts.timeZone },
  ...Object.fromEntries(
    Object.entries(queueTexts.weekday).map(([day, what]) => [`hours.week.${day}`, { what, say: spans }]),
  ),
  'hours.holidays': {
    what: queueTexts.holidays,
    say: (all: BusinessHours['holidays']) =>
      list(
        all.map(({ date, name, open }) => {
          const told = { date: dayOf(date), open: spans(open) };
          return name ? texts.holidayNamed({ ...told, name }) : texts.holiday(told);
        }),
      ),
  },
  'hours.closures': {
    what: queueTexts.closures,
    say: (all: BusinessHours['closures']) =>
      list(
        all.map(({ from, to, reason }) =>
          reason ? texts.closure({ reason, span: timeSpan(from, to) }) : timeSpan(from, to),
        ),
      ),
  },
  ...Object.fromEntries(
    Object.entries(queueTexts.overflows).map(([when, { label }]) => [
      `overflow.${when}`,
      { what: label, say: overflow },
    ]),
  ),
  'callback.page': yesNo(queueTexts.callbackPage),
  'callback.phone': yesNo(queueTexts.callbackPhone),
  'callback.numbers.countries': {
    what: queueTexts.numbersFrom,
    say: (from: 'own' | 'any' | string[]) =>
      typeof from === 'string' ? queueTexts.whichNumbers[from] : list(from),
  },
  'callback.numbers.premium': yesNo(queueTexts.premium),
  'callback.numbers.own': {
    what: queueTexts.ownCountry,
    say: (own: string | null) => own ?? queueTexts.byTimeZone,
  },
  'callback.tries': { what: queueTexts.tries },
  'callback.retryMs': duration(queueTexts.retry),
  'callback.expireMs': duration(queueTexts.expire),
  skills,
  preferLanguageMs: duration(queueTexts.preferLanguage),
  'languages.allowed': { what: shopTexts.languages, say: languageList },
  'languages.default': { what: shopTexts.mainLanguage, say: languageName },
  skillRings: {
    what: queueTexts.rings,
    say: (rings: QueueSettings['skillRings']) =>
      list(
        rings.map(({ afterMs, lowerBy }) =>
          texts.afterThen({
            after: inWords(afterMs),
            what: queueTexts.lower[lowerBy - 1] ?? String(lowerBy),
          }),
        ),
      ),
  },
  music: sound(queueTexts.music, queueTexts.ourMusic),
  'announcements.everyMs': {
    what: queueTexts.announce,
    say: (ms: number) => (ms === 0 ? queueTexts.announceNever : queueTexts.announceNow(ms)),
  },
  ...Object.fromEntries(
    Object.entries(queueTexts.slots).map(([slot, what]) => [
      `announcements.clips.${slot}`,
      sound(what, queueTexts.spoken),
    ]),
  ),
  ...Object.fromEntries(
    // As they were before there were several languages.
    Object.entries(queueTexts.wordsOf).map(([which, what]) => [`texts.${which}`, { what }]),
  ),
};

/** What differs where the whole value has no name of its own. */
const wholes: Partial<Record<AuditEntry['action'], Rule>> = {
  'member.email-changed': { what: texts.email },
  'member.renamed': { what: texts.name },
  'member.skills-changed': skills,
  'member.languages-changed': { what: texts.spoken, say: languageList },
};

/** The shop's own words: of a queue, or of a whole shop. */
const ownWordsOf: Record<string, Readonly<Record<string, string>>> = {
  texts: queueTexts.wordsOf,
  words: shopTexts.wordsOf,
};

/** Those in one language are named with it. */
function ruleAt(path: string): Rule {
  const [of = '', language = '', slot = ''] = path.split('.');
  const what = ownWordsOf[of]?.[slot];
  if (what) return { what: texts.inLanguage({ what, language: languageName(language) }) };
  return rules[path] ?? { what: texts.otherSetting({ path }) };
}

/** All that an entry says was otherwise. `names`: of what still is there. */
export function describeChanges({ action, before, after }: AuditEntry, names: Names): Change[] {
  const whole = wholes[action];
  // An entry of something new, such as an invitation, says nothing of a state before.
  const isNew = before === null;
  if (whole) return [told(whole, { isNew, before, after }, names)];
  return differences(isNew ? {} : before, after ?? {}, '').map(({ path, ...values }) =>
    told(ruleAt(path), { isNew, ...values }, names),
  );
}

type Values = { before: unknown; after: unknown };

function differences(was: unknown, is: unknown, path: string): (Values & { path: string })[] {
  const ofLanguage = /^(?:texts|words)\.\w+$/.test(path);
  const before = ofLanguage ? wordsWritten(was) : was;
  const after = ofLanguage ? wordsWritten(is) : is;
  if (same(before, after)) return [];
  if (!isRecord(before) || !isRecord(after) || (path !== '' && rules[path] && path !== 'hours'))
    return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap(key => differences(before[key], after[key], path === '' ? key : `${path}.${key}`));
}

/** A language without words is as one whose words are all empty. As they are where they are no words of a language. */
const wordsWritten = (words: unknown): unknown =>
  isRecord(words ?? {})
    ? Object.fromEntries(Object.entries(words ?? {}).filter(([, text]) => text !== ''))
    : words;

function told(rule: Rule, { isNew, before, after }: Values & { isNew: boolean }, names: Names): Change {
  const say = (value: unknown) => (rule.say ? rule.say((value ?? null) as never, names) : plainly(value));
  return { what: rule.what, before: isNew ? null : say(before), after: say(after) };
}

/** A value without a rule of its own: as it is written. */
function plainly(value: unknown): string {
  if (value === null || value === undefined || value === '') return texts.nothing;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (Array.isArray(value)) return list(value.map(plainly));
  if (isRecord(value))
    return list(Object.entries(value).map(([key, part]) => texts.part({ name: key, value: plainly(part) })));
  return String(value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
