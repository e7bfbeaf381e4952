/** Who may do what: the one table that HTTP routes and socket requests name. The console is told what of it its rep may. */

export const roles = ['rep', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];
/** Who can ask for anything: somebody with a role in an account, or a shopper, who is in none. */
export type Person = 'shopper' | Role;

const shoppers = ['shopper'] as const;
const bothSides: readonly Person[] = ['shopper', ...roles];
const everybody: readonly Role[] = roles;
const overseers: readonly Role[] = ['supervisor', 'admin'];
const admins: readonly Role[] = ['admin'];

export const permissions = {
  /** Ask for a talk: call, callback, and what the rep is shown of the page. */
  'calls.ask': shoppers,
  /** Be in a talk of one's own: its connection, microphone and end. */
  'calls.take-part': bothSides,
  /** Take calls: status, offers, transfers, callbacks, wrap-up, and one's own queues' line. */
  'calls.take': everybody,
  /** Block the caller of a call that one may serve. */
  'callers.block': everybody,
  /** See who is on the team, and what it shares. */
  'team.see': everybody,
  /** The desk while nothing rings. */
  'overview.see': everybody,
  /** Serve the line of any queue, and see all of them on the desk. */
  'queues.serve-any': overseers,
  /** The live board: calls, reps and queues as they are now. */
  'board.see': overseers,
  /** Give a rep another status, or end their after-call work. */
  'reps.direct': overseers,
  /** The history, its tables, and missed clicks. */
  'calls.see': overseers,
  /** Figures, and the calls that they count. */
  'reports.see': overseers,
  /** Put a waiting call before or behind its equals. */
  'calls.boost': overseers,
  /** See who is blocked, and lift blocks. */
  'blocks.manage': overseers,
  /** Invite people, set skills, and what the team shares. */
  'team.manage': admins,
  /** Who changed what. */
  'audit.see': admins,
  'queues.manage': admins,
  'sites.manage': admins,
  'sounds.manage': admins,
  /** How the server is reached and run. */
  'server.see': admins,
  /** What is kept of customers: hand it out, forget it. */
  'privacy.manage': admins,
} as const satisfies Record<string, readonly Person[]>;
export type Permission = keyof typeof permissions;

export const may = (person: Person, permission: Permission): boolean =>
  (permissions[permission] as readonly Person[]).includes(person);

/** All that somebody of that role may do. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter(permission => may(role, permission));
