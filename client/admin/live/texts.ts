import type { PageFinding } from '../../../shared/api/shop-page.ts';
import { wordsOf } from '../../ui/words.ts';

const { allow, allowed } = wordsOf('reach');

/** The words of “Is my button live?”. */
export const liveTexts = { ...wordsOf('live'), allow, allowed };

/** What is found, and what to do. */
export function findingWords(finding: PageFinding): readonly [words: string, todo: string] {
  const { found } = liveTexts;
  switch (finding.is) {
    case 'not-reached':
      return liveTexts.unreached[finding.why];
    case 'leads-on':
      return [found['leads-on'][0]({ to: finding.to }), found['leads-on'][1]];
    case 'status':
      return [found.status[0]({ status: String(finding.status) }), found.status[1]];
    case 'no-script':
      return finding.tag ? found['script-missing'] : found['no-script'];
    case 'other-server':
      return finding.server
        ? [found['other-server'][0]({ server: finding.server }), found['other-server'][1]]
        : found['some-server'];
    case 'no-tag':
    case 'no-key':
    case 'microphone-blocked':
      return found[finding.is];
    case 'unknown-key':
      return [found['unknown-key'][0]({ key: finding.key }), found['unknown-key'][1]];
    case 'other-site':
      return [found['other-site'][0]({ name: finding.name }), found['other-site'][1]];
    case 'script-forbidden':
    case 'connection-forbidden':
      return [found[finding.is][0], found[finding.is][1]({ add: finding.add })];
    case 'not-listed':
      return [found['not-listed'][0]({ origin: finding.origin }), found['not-listed'][1]];
  }
  return finding satisfies never;
}
