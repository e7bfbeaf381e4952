/** Who may do what: the one table that HTTP routes name. The console is told what of it its rep may. */

export const roles = ['rep', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

const everybody: readonly Role[] = roles;
const overseers: readonly Role[] = ['supervisor', 'admin'];
const admins: readonly Role[] = ['admin'];

export const permissions = {
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
  /** The history, its tables, and missed clicks. */
  'calls.see': overseers,
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
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

export const may = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role);

/** All that somebody of that role may do. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter(permission => may(role, permission));
