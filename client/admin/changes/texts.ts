import type { AuditAction } from '../../../shared/domain.ts';
import { wordsOf } from '../../ui/words.ts';

/** What was done, without who did it. `of`: to what, as people name it. */
const deeds = {
  'member.invited': of => `invited ${of}`,
  'member.invitation-withdrawn': of => `withdrew the invitation of ${of}`,
  'member.joined': () => 'joined the team',
  'member.role-changed': of => `changed what ${of} may do`,
  'member.disabled': of => `disabled ${of}`,
  'member.enabled': of => `enabled ${of} again`,
  'member.removed': of => `removed ${of} from the team`,
  'member.signed-out': of => `signed ${of} out everywhere`,
  'member.password-link': of => `made a link by which ${of} chooses a new password`,
  'member.skills-changed': of => `changed the skills of ${of}`,
  'member.email-changed': () => 'changed their own e-mail address',
  'member.password-changed': () => 'changed their own password',
  'member.two-factor-on': () => 'switched their two-factor sign-in on',
  'member.two-factor-off': () => 'switched their two-factor sign-in off',
  'member.two-factor-removed': of => `took the second factor of ${of} away`,
  'member.recovery-codes': () => 'made new recovery codes for themselves',
  'member.provider-connected': () => 'signed in at the provider for the first time',
  'team.changed': () => 'changed what the team shares',
  'queue.added': of => `added the queue ${of}`,
  'queue.changed': of => `changed the queue ${of}`,
  'queue.removed': of => `removed the queue ${of}`,
  'site.added': of => `added the shop ${of}`,
  'site.changed': of => `changed the shop ${of}`,
  'sound.added': of => `uploaded the sound ${of}`,
  'sound.removed': of => `deleted the sound ${of}`,
  'caller.unblocked': of => `unblocked ${of || 'a caller'}`,
  'customer.forgotten': () => 'had a customer forgotten',
} satisfies Record<AuditAction, (of: string) => string>;

/** The words of who changed what. */
export const changesTexts = {
  ...wordsOf('changes'),
  did: (who: string, action: AuditAction, of: string) => `${who} ${deeds[action](of)}`,
} as const;
