import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RepWork } from '../../../shared/views.ts';
import { secondsLeft, timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons } from '../../ui/styles.ts';
import { whoIs } from '../../ui/who.ts';
import { facts } from '../../ui/words.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { PhoneState } from '../session/phone-state.ts';
import { Ticker } from '../session/ticker.ts';
import { texts } from '../texts.ts';

/** The phone in one line, while something else is on the screen: a ring to answer, a talk to end. */
export class RepCallBar extends LitElement {
  static override properties = {
    session: { attribute: false },
    phone: { attribute: false },
    work: { attribute: false },
  };
  declare session: PhoneSession;
  declare phone: PhoneState;
  declare work: RepWork;

  static override styles = [
    base,
    buttons,
    css`
      section {
        --tone: var(--wait);

        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem 1rem;
        align-items: center;
        padding-block: 0.75rem;
        padding-inline: 1.25rem 1rem;
        border: 2px solid var(--tone);
        border-radius: 16px;
        background: var(--card);
        box-shadow: var(--shadow-2);
      }

      section[data-work='ringing'] {
        --tone: var(--accent);
      }

      section[data-work='talking'],
      section[data-work='calling-back'] {
        --tone: var(--go);
      }

      section > .icon {
        color: var(--tone);
      }

      .words {
        flex: 1 1 12rem;
        min-width: 0;
      }

      .words strong {
        display: block;
        overflow: hidden;
        font-weight: 650;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .words span {
        color: var(--ink-2);
        font-size: var(--small);
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      a.button {
        text-decoration: none;
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
  }

  protected override willUpdate(): void {
    // Nothing to show takes no room.
    this.hidden = this.work.state === 'idle';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { work } = this;
    switch (work.state) {
      case 'idle':
        return nothing;
      case 'ringing':
        return this.#bar(
          facts([
            texts.incoming,
            work.call.queueName,
            texts.secondsToAnswer({ n: secondsLeft(work.dueAt, this.#now()) }),
          ]),
          html`${this.#button('stop-line', texts.decline, () => this.session.decline())}
            ${this.#button('go', this.phone.busy.has('accept') ? texts.accepting : texts.answer, () => this.session.accept())}`,
        );
      case 'calling-back':
        return this.#bar(texts.callingBack, this.#show(texts.showCall));
      case 'talking':
        return this.#bar(
          work.transfer
            ? texts.transferring({ rep: work.transfer.to })
            : work.onHoldSince === null
              ? facts([texts.talking, timer(this.#now() - work.answeredAt)])
              : texts.onHold,
          html`${this.#button('', work.muted ? texts.unmute : texts.mute, () => this.session.toggleMute())}
            ${
              work.transfer
                ? this.#button('', texts.takeBack, () => this.session.takeBack())
                : this.#button('stop-line', texts.hangUp, () => this.session.hangUp())
            } ${this.#show(texts.showCall)}`,
        );
      case 'wrap-up':
        return this.#bar(texts.wrapUpTitle, this.#show(texts.writeNote));
    }
    return work satisfies never;
  }

  #bar(about: string, actions: TemplateResult): TemplateResult {
    const { work } = this;
    const who = work.state === 'idle' ? '' : whoIs(work.call);
    return html`<section aria-label=${texts.callNow} data-work=${work.state}>
      ${work.state === 'ringing' ? icons.bell : icons.phone}
      <div class="words"><strong>${who}</strong><span class="figures">${about}</span></div>
      <div class="buttons">${actions}</div>
    </section>`;
  }

  #show(label: string): TemplateResult {
    return html`<a class="button" href="#">${label}</a>`;
  }

  #button(kind: string, label: string, act: () => Promise<void>): TemplateResult {
    const { busy, link } = this.phone;
    const off =
      link.state !== 'online' || ['accept', 'decline', 'hang-up'].some(what => busy.has(what as 'accept'));
    return html`<button class="button ${kind}" aria-disabled=${off ? 'true' : 'false'} @click=${() => void act()}>${label}</button>`;
  }

  #now(): number {
    return this.session.clock.now();
  }
}

customElements.define('rep-call-bar', RepCallBar);
