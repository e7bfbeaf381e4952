import type { SignInProblem } from '../../../shared/domain.ts';
import { wordsOf } from '../../ui/words.ts';

/** The words of signing in; not among `texts`, since who is signed in needs none of them. */
export const wayTexts = wordsOf('ways');

/** Why the provider's way ended here, taken out of the address bar; empty when it did not. */
export function takeSignInProblem(): string {
  const code = new URLSearchParams(location.hash.slice(1)).get('sign-in-problem');
  if (code === null) return '';
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  // Whoever writes a link chooses one of our sentences, never their own.
  return Object.hasOwn(wayTexts.problem, code) ? wayTexts.problem[code as SignInProblem] : '';
}
