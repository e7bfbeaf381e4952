/** From the table of routes to the router: who may, what was sent, what is answered. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { isRaw, type Route } from '../../../shared/api/route.ts';
import { type AnswerOf, type Given, type RouteName, routes } from '../../../shared/api/routes.ts';
import { may } from '../../../shared/permissions.ts';
import type { Account } from '../../store/accounts.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { signedInRep } from '../rep-session.ts';
import { readInput } from '../request-rules.ts';

/** Who asks: a member wherever the route names a permission. */
type Asker<Name extends RouteName> = (typeof routes)[Name]['may'] extends null ? null : Account;

export type Handler<Name extends RouteName> = (
  given: Given<Name> & { ctx: Context; member: Asker<Name> },
) => Promise<AnswerOf<Name>> | AnswerOf<Name>;
export type Handlers<Name extends RouteName = RouteName> = { [N in Name]: Handler<N> };

export function mountRoutes(router: Router, deps: HttpDeps, handlers: Handlers): void {
  for (const name of Object.keys(routes) as RouteName[]) {
    const [method = '', path = ''] = name.split(' ');
    // The table's types tie each name to its handler.
    const handle = handlers[name] as (given: unknown) => unknown;
    router.register(path, [method], async ctx => {
      const route: Route = routes[name];
      const member = await asker(ctx, route, deps);
      const answer = await handle({ ctx, member, ...given(ctx, route) });
      if (isRaw(route.answer)) return;
      if (route.status !== undefined) ctx.status = route.status;
      if (deps.checkAnswers) route.answer.parse(answer);
      ctx.body = answer;
    });
  }
}

/** Throws `sign-in-needed` or `not-allowed`. Asked before anything that was sent is looked at. */
async function asker(ctx: Context, route: Route, deps: HttpDeps): Promise<Account | null> {
  if (route.may === null) return null;
  const member = await signedInRep(ctx, deps);
  if (!may(member.role, route.may)) throw new HttpError('not-allowed');
  return member;
}

/** Throws `bad-request` with the first problem in words and its field. */
function given(ctx: Context, { params, query, body }: Route) {
  return {
    params: params && readInput(ctx.params, params, 'not-found'),
    query: query && readInput({ ...ctx.query }, query),
    body: body && !isRaw(body) ? readInput(ctx.request.body ?? {}, body) : undefined,
  };
}
