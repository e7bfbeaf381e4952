/**
 * What a shop owner can set, as schemas that say what is wrong as a refusal. The store reads with them, so that a setting
 * added later has its default in older rows.
 */
import { z } from 'zod';
import { appearance } from './appearance.ts';
import { blockWays, clipSlots, strategies, wrapUpKinds } from './domain.ts';
import type { CallId, QueueId, RepId, SoundId } from './ids.ts';
import { limits } from './limits.ts';
import { queueWords, siteLanguages, siteWords } from './own-words.ts';
import { plainAppearance } from './plain-appearance.ts';
import { refused } from './refusals.ts';
import { line } from './text-line.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in ms. */
const duration = (leastMs: number, mostMs: number) =>
  z
    .number({ error: refused('number') })
    .int(refused('wholeNumber'))
    .min(leastMs, refused('tooShortTime', { leastMs }))
    .max(mostMs, refused('tooLongTime', { mostMs }));

const whole = (least: number, most: number) =>
  z
    .number({ error: refused('number') })
    .int(refused('wholeNumber'))
    .min(least, refused('tooSmall', { least }))
    .max(most, refused('tooLarge', { most }));

const nameLine = (most = 80) => line(most).min(1, refused('nameNeeded'));

const skillName = nameLine(40)
  .toLowerCase()
  .regex(/^[^:,]+$/, refused('skillPunctuation'));
/** Proficiency from 1 (a little) to 5 (expert). */
const skillLevel = whole(1, 5);
const skillNeed = z.object({ skill: skillName, level: skillLevel });
export type SkillNeed = z.output<typeof skillNeed>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, refused('clockTime'));
/** Open from … to …, wall-clock time of the queue's zone. `to` may be 24:00 for the end of the day. */
const openSpan = z
  .object({ from: clockTime, to: clockTime })
  .refine(span => span.from < span.to, refused('closesAfterOpening'));
const openSpans = z
  .array(openSpan)
  .max(6, refused('mostOpenings', { most: 6 }))
  .refine(
    spans =>
      spans
        .toSorted((a, b) => (a.from < b.from ? -1 : 1))
        .every((span, i, all) => i === 0 || (all[i - 1]?.to ?? '') <= span.from),
    refused('openingsOverlap'),
  );
const calendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, refused('dateNeeded'))
  .refine(isDate, refused('noSuchDate'));

/** To the end of the year 9999: what lies beyond is shown as a date by no browser. */
const momentOfClosure = whole(0, 253_402_300_799_999);

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Business hours. */
export const businessHours = z.strictObject({
  /** IANA name, such as Europe/Berlin. */
  timeZone: z.string().refine(isTimeZone, refused('noTimeZone')),
  week: z.record(z.enum(weekdays), openSpans),
  /** Whole days with hours of their own; none at all means closed. */
  holidays: z
    .array(z.object({ date: calendarDate, name: line(80), open: openSpans }))
    .max(200, refused('mostHolidays', { most: 200 })),
  /** One-off closures, ms UTC. */
  closures: z
    .array(
      z
        .object({ from: momentOfClosure, to: momentOfClosure, reason: line(80) })
        .refine(closure => closure.from < closure.to, refused('closureEnds')),
    )
    .max(100, refused('mostClosures', { most: 100 })),
});
export type BusinessHours = z.output<typeof businessHours>;
export type OpenSpan = z.output<typeof openSpan>;

/** `Date` takes 30 February for 2 March. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.length > 0;
  } catch {
    return false;
  }
}

/** What becomes of a caller whom a queue cannot serve. Voice messages will be a further kind. */
const overflowRule = z.discriminatedUnion('do', [
  z.object({ do: z.literal('end') }),
  /** Who waits keeps the place without listening, and the page rings in time. Who has not waited may leave a number. */
  z.object({ do: z.literal('callback') }),
  z.object({
    do: z.literal('queue'),
    queueId: z.string().min(1, refused('queueNeeded')).max(64) as unknown as z.ZodType<QueueId, QueueId>,
  }),
]);
export type OverflowRule = z.output<typeof overflowRule>;
const ends = { do: 'end' } as const;

const soundId = z.string().min(1, refused('soundNeeded')).max(64) as unknown as z.ZodType<SoundId, SoundId>;

const countryCode = z.string().regex(/^[A-Z]{2}$/, refused('countryCode'));

/** Which numbers may be left for a callback. */
const callbackNumbers = z
  .object({
    countries: z
      .union([
        z.enum(['own', 'any']),
        z
          .array(countryCode)
          .min(1, refused('countryNeeded'))
          .max(250, refused('mostCountries', { most: 250 })),
      ])
      .default('own'),
    /** Premium-rate, shared-cost, pager and satellite numbers too. */
    premium: z.boolean().default(false),
    /** Whose numbers those without + are. Null: the country of the time zone. */
    own: countryCode.nullable().default(null),
  })
  .prefault({});

/** Everything about one queue except its name, its members, and what the server notes about it. */
export const queueSettings = z.object({
  strategy: z.enum(strategies).default('longest-idle'),
  /** Higher goes first, across queues that share reps. */
  priority: whole(0, 9).default(0),
  /** A rep has this long to answer an offer. */
  offerMs: duration(5 * second, 2 * minute).default(20 * second),
  /** After-call work. `ms`: how long (`fixed`), or the limit (`open`). */
  wrapUp: z
    .object({ kind: z.enum(wrapUpKinds), ms: duration(second, 2 * hour) })
    .default({ kind: 'fixed', ms: 15 * second }),
  /** Calls that may wait at once. */
  maxLength: whole(1, 10_000).default(50),
  /** After this long in the line `overflow.maxWait` says what becomes of the call. */
  maxWaitMs: duration(30 * second, 12 * hour).default(15 * minute),
  /** With nobody on duty, callers keep hope for this long. */
  noRepExitMs: duration(0, 2 * hour).default(30 * second),
  /** The rep who spoke to this shopper last is asked before anyone else for this long; 0 turns it off. */
  preferredRepMs: duration(0, 10 * minute).default(0),
  /** Only who speaks the shopper's language is asked for this long, while one of those is on duty; 0 turns it off. */
  preferLanguageMs: duration(0, 10 * minute).default(0),
  /** Null: always open. */
  hours: businessHours.nullable().default(null),
  /** For a caller who comes while it is closed, nobody is on duty or the line is full; and for one who waited for too long. */
  overflow: z
    .object({
      closed: overflowRule.default(ends),
      noRep: overflowRule.default(ends),
      full: overflowRule.default(ends),
      maxWait: overflowRule.default(ends),
    })
    .default({ closed: ends, noRep: ends, full: ends, maxWait: ends }),
  /** Instead of waiting. */
  callback: z
    .object({
      /** The page rings, as long as it is open. */
      page: z.boolean().default(true),
      /** The shopper leaves a number, and the rep is asked to call it. */
      phone: z.boolean().default(false),
      numbers: callbackNumbers,
      tries: whole(1, 10).default(2),
      /** Between two tries. */
      retryMs: duration(minute, day).default(5 * minute),
      /** Nobody is called back later than this after asking. */
      expireMs: duration(5 * minute, 14 * day).default(day),
    })
    .prefault({}),
  /** What a rep must know to be offered a call of this queue. */
  skills: z
    .array(skillNeed)
    .max(limits.skillsPerQueue, refused('mostSkills', { most: limits.skillsPerQueue }))
    .refine(needs => new Set(needs.map(need => need.skill)).size === needs.length, refused('skillOnce'))
    .default([]),
  /** When nobody fits: after these times the wanted levels are lowered; a need lowered to 0 is dropped. */
  skillRings: z
    .array(z.object({ afterMs: duration(0, 2 * hour), lowerBy: whole(1, 5) }))
    .max(6, refused('mostSteps', { most: 6 }))
    .refine(
      rings => rings.every((ring, i) => i === 0 || ring.afterMs > (rings[i - 1]?.afterMs ?? 0)),
      refused('stepLater'),
    )
    .refine(
      rings => rings.every((ring, i) => i === 0 || ring.lowerBy > (rings[i - 1]?.lowerBy ?? 0)),
      refused('stepLower'),
    )
    .default([{ afterMs: minute, lowerBy: 5 }]),
  /** Hold music; null for the piece that comes with the product. */
  music: soundId.nullable().default(null),
  /** Place and estimate, spoken to who waits. */
  announcements: z
    .object({
      /** 0 for never. */
      everyMs: z.union([z.literal(0), duration(20 * second, 10 * minute)]).default(minute),
      /** The shop's own recordings; what there is none for is spoken by the browser. */
      clips: z.partialRecord(z.enum(clipSlots), soundId).default({}),
    })
    .default({ everyMs: minute, clips: {} }),
  /** What shoppers read instead of our own words. */
  texts: queueWords,
});
export type QueueSettings = z.output<typeof queueSettings>;

/** What people call a queue. */
export const queueName = nameLine(80);

/** And a sound. */
export const soundName = nameLine(80);

/** What a rep knows, and how well. */
export const repSkills = z
  .array(skillNeed)
  .max(30, refused('mostSkills', { most: 30 }))
  .refine(skills => new Set(skills.map(({ skill }) => skill)).size === skills.length, refused('skillOnce'));

/** A rep in a queue. */
export const membership = z.object({
  repId: z.string().min(1).max(64) as unknown as z.ZodType<RepId, RepId>,
  /** A lower tier number is tried first; a higher one only when nobody there is free. */
  tier: whole(1, 9).default(1),
  /** Order within the queue for `top-down` and `round-robin`. */
  position: whole(0, 10_000).default(0),
  /** For `weighted-random`: 0 is rung most often, each step more rarely. */
  penalty: whole(0, 100).default(0),
});
export type Membership = z.output<typeof membership>;

/** Any text that is compared with a stored e-mail address. */
export const emailAddress = z
  .string({ error: refused('emailNeeded') })
  .trim()
  .toLowerCase()
  .max(254, refused('emailTooLong'))
  // As in a name: what turns or hides letters would let an address pretend to be another one.
  .regex(/^[^\s@\p{Cf}]+@[^\s@\p{Cf}]+$/u, refused('emailOdd'));
export const personName = z
  .string({ error: refused('nameNeeded') })
  .trim()
  .min(1, refused('nameNeeded'))
  .max(80, refused('tooLongText', { most: 80 }))
  // Line breaks and invisible direction marks would let a name pretend to be something else.
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u, refused('oddCharacters'));

const { passwordMinLength, passwordMaxLength } = limits;
export const newPassword = z
  .string({ error: refused('newPasswordNeeded') })
  .min(passwordMinLength, refused('passwordTooShort', { least: passwordMinLength }))
  .max(passwordMaxLength, refused('passwordTooLong', { most: passwordMaxLength }));
/** To be compared with the one that was chosen. */
export const typedPassword = z
  .string({ error: refused('passwordNeeded') })
  .min(1, refused('passwordNeeded'))
  .max(passwordMaxLength, refused('passwordTooLong', { most: passwordMaxLength }));

/** An origin as browsers write it, exactly. */
export const webOrigin = z
  .string()
  .refine(text => URL.parse(text)?.origin === text && /^https?:/.test(text), refused('notAnOrigin'));

/** An origin as browsers write it, such as https://shop.example; pasted addresses are cut down to it. */
const origin = z
  .string({ error: refused('addressNeeded') })
  .trim()
  .transform((text, ctx) => {
    const url = URL.parse(text.includes('://') ? text : `https://${text}`);
    if (url && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname)
      if (url.origin.length <= limits.maxOriginLength) return url.origin;
    ctx.addIssue({
      code: 'custom',
      message: refused('notAnAddress'),
    });
    return z.NEVER;
  });

/** A rep takes no more calls from whoever made that call. */
export const blockWish = z.object({
  callId: z.string().min(1).max(64) as unknown as z.ZodType<CallId, CallId>,
  by: z
    .array(z.enum(blockWays))
    .min(1, refused('blockByNeeded'))
    .max(blockWays.length)
    .transform(ways => [...new Set(ways)]),
  /** Null for good. */
  forMs: duration(minute, limits.longestBlockMs).nullable(),
  reason: line(200).default(''),
});
export type BlockWish = z.output<typeof blockWish>;

/** What a merchant sets for the whole site. */
export const siteBody = z.strictObject({
  name: nameLine(80),
  /** Shops that may embed the button. */
  allowedOrigins: z
    .array(origin)
    .max(limits.allowedOriginsPerSite, refused('mostAddresses', { most: limits.allowedOriginsPerSite }))
    .transform(list => [...new Set(list)]),
  /** What is older is deleted. */
  retention: z.strictObject({
    /** Calls with their stories and figures, days. */
    callDays: whole(1, 3650),
    /** What is known of the shopper: page, cart, name, number, and notes; days. */
    personalDays: whole(1, 3650),
  }),
  languages: siteLanguages,
  /** What shoppers read instead of our own words. */
  words: siteWords.unwrap(),
  appearance,
});
export const siteSettings = z.object({
  retention: siteBody.shape.retention.default({ callDays: 365, personalDays: 90 }),
  languages: siteLanguages.prefault({}),
  words: siteWords,
  appearance: appearance.default(plainAppearance),
});
export type SiteSettings = z.output<typeof siteSettings>;

/**
 * Reasons that come with the product are codes, which each reader is shown in their own language; what a team wrote itself is
 * text. No team writes such a code by accident.
 */
export const givenAwayReasons = ['default:break', 'default:lunch', 'default:meeting'];
export const givenDeclineReasons = ['default:busy', 'default:other-topic'];

const reasons = z
  .array(nameLine(40))
  .max(12, refused('mostReasons', { most: 12 }))
  .refine(list => new Set(list).size === list.length, refused('reasonOnce'));

/** What the whole team shares, whichever sites it serves. */
export const teamSettings = z.object({
  /** Reasons to be away, as the reps choose them: the team's own words, or codes of ours. */
  awayReasons: reasons.default(givenAwayReasons),
  /** Reasons to decline a call; a decline without any is as good. */
  declineReasons: reasons.default(givenDeclineReasons),
  /** Whether everybody who signs in with a password needs a second factor. */
  twoFactor: z.enum(['optional', 'required']).default('optional'),
});
export type TeamSettings = z.output<typeof teamSettings>;
