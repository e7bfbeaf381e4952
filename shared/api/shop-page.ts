/** What a look at a page of the shop found. */
import { z } from 'zod';
import { id } from '../id-schemas.ts';
import type { SiteId } from '../ids.ts';

const pageFinding = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('not-reached'),
    why: z
      .enum(['not-allowed', 'not-public', 'unreachable', 'too-slow', 'too-large'])
      .describe(
        '`not-allowed`: no https, or no public name; `not-public`: the name leads into a private network',
      ),
  }),
  z
    .strictObject({ is: z.literal('leads-on'), to: z.string() })
    .describe('Too many redirects one after another'),
  z.strictObject({ is: z.literal('status'), status: z.number().int() }),
  z.strictObject({
    is: z.literal('no-script'),
    tag: z.boolean().describe('The tag of the element is there, without its script'),
  }),
  z.strictObject({
    is: z.literal('other-server'),
    server: z
      .string()
      .describe('The origin of the script that is loaded; empty where that is not to be seen'),
  }),
  z.strictObject({ is: z.literal('no-tag') }).describe('The script is there, the tag is not'),
  z.strictObject({ is: z.literal('no-key') }),
  z.strictObject({ is: z.literal('unknown-key'), key: z.string() }),
  z
    .strictObject({ is: z.literal('other-site'), name: z.string() })
    .describe('The key is that of another site of whoever asks'),
  z
    .strictObject({ is: z.literal('script-forbidden'), add: z.string() })
    .describe('The Content-Security-Policy of the page keeps the script out; `add` to it'),
  z
    .strictObject({ is: z.literal('connection-forbidden'), add: z.string() })
    .describe('The Content-Security-Policy of the page lets the script connect to nothing here; `add` to it'),
  z
    .strictObject({ is: z.literal('microphone-blocked') })
    .describe('Permissions-Policy or Feature-Policy forbids the microphone'),
  z
    .strictObject({ is: z.literal('not-listed'), origin: z.string() })
    .describe('Pages of that origin may not use the site'),
]);
export type PageFinding = z.output<typeof pageFinding>;

export const pageReport = z.strictObject({
  url: z.string().describe('Of the page that was looked at, at the end of redirects'),
  site: id<SiteId>().nullable().describe('Whose button is or should be there; null where that is not known'),
  findings: z.array(pageFinding).describe('What keeps the button from working there; none is good'),
});
/** What a page of the shop is like. */
export type PageReport = z.output<typeof pageReport>;
