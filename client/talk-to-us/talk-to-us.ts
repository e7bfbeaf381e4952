/** The one script of an integrator's page: defines `<talk-to-us>`. Loading it twice does no harm. */
import { TalkToUs } from './element.ts';

if (!customElements.get('talk-to-us')) customElements.define('talk-to-us', TalkToUs);

declare global {
  interface HTMLElementTagNameMap {
    'talk-to-us': TalkToUs;
  }
}
