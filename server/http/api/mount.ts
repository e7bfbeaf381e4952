/** From the table of routes to the router: who may, what was sent, what is answered. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { isRaw, type Route } from '../../../shared/api/route.ts';
import { type AnswerOf, type Given, type RouteName, routes } from '../../../shared/api/routes.ts';
import { refuse } from '../../../shared/refusals.ts';
import { type Scope, scopeOf } from '../../store/members.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { type Member, signedInRep } from '../rep-session.ts';
import { readInput } from '../request-rules.ts';

/** Who asks, and where they may do that, wherever the route names a permission. What is outside of the scope does not exist for them. */
type Asker<Name extends RouteName> = (typeof routes)[Name]['may'] extends null
  ? { member: null; scope: null }
  : { member: Member; scope: Scope };

export type Handler<Name extends RouteName> = (
  given: Given<Name> & Asker<Name> & { ctx: Context },
) => Promise<AnswerOf<Name>> | AnswerOf<Name>;
export type Handlers<Name extends RouteName = RouteName> = { [N in Name]: Handler<N> };

export function mountRoutes(router: Router, deps: HttpDeps, handlers: Handlers): void {
  for (const name of Object.keys(routes) as RouteName[]) {
    const [method = '', path = ''] = name.split(' ');
    // The table's types tie each name to its handler.
    const handle = handlers[name] as (given: unknown) => unknown;
    router.register(path, [method], async ctx => {
      const route: Route = routes[name];
      const asking = await asker(ctx, route, deps);
      const answer = await handle({ ctx, ...asking, ...given(ctx, route) });
      if (isRaw(route.answer)) return;
      if (route.status !== undefined) ctx.status = route.status;
      if (deps.checkAnswers) route.answer.parse(answer);
      ctx.body = answer;
    });
  }
}

/** Throws `sign-in-needed` or `not-allowed`. Asked before anything that was sent is looked at. */
async function asker(ctx: Context, route: Route, deps: HttpDeps) {
  if (route.may === null) return { member: null, scope: null };
  const member = await signedInRep(ctx, deps);
  if (member.onlySetUp && !route.beforeTwoFactor)
    throw new HttpError('sign-in-needed', refuse('setUpTwoFactor'));
  const scope = await scopeOf(deps.db, member.memberships, route.may);
  if (scope.accounts.length === 0) throw new HttpError('not-allowed');
  return { member, scope };
}

/** Throws `bad-request` with the first problem in words and its field. */
function given(ctx: Context, { params, query, body }: Route) {
  return {
    params: params && readInput(ctx.params, params, 'not-found'),
    query: query && readInput({ ...ctx.query }, query),
    body: body && !isRaw(body) ? readInput(ctx.request.body ?? {}, body) : undefined,
  };
}
