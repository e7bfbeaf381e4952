import { whoIs } from '../../ui/who.ts';
import alertIcon from '../icons/icon-alert.svg';
import ringingIcon from '../icons/icon-ringing.svg';
import { texts } from '../texts.ts';
import type { Effect, Saying } from './effects.ts';
import type { Ringer } from './ringer.ts';

const flashMs = 1_000;

export type AlertsOptions = {
  ringer: Ringer;
  /** Said politely to a screen reader. */
  say: (text: string) => void;
};

/** Draws attention outside the page: sound, the tab's title and icon, a desktop notification. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  readonly #plainIcon = this.#icon?.href ?? '';
  #flashing: ReturnType<typeof setInterval> | undefined;
  #notification: Notification | undefined;
  #title: string = texts.product;
  #alerting = false;

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#showPage();
  }

  /** What the tab says while nothing rings. */
  show(title: string, alerting: boolean): void {
    this.#title = title;
    this.#alerting = alerting;
    if (this.#flashing === undefined) this.#showPage();
  }

  handle(list: Effect[]): void {
    for (const effect of list) {
      switch (effect.type) {
        case 'ring-start':
          this.#ring(whoIs(effect.call), effect.call.queueName);
          break;
        case 'ring-stop':
          this.#quiet();
          break;
        case 'chime':
          this.#options.ringer.chime(effect.sound);
          break;
        case 'say':
          this.#options.say(words(effect.what));
          break;
        default:
          effect satisfies never;
      }
    }
  }

  close(): void {
    this.#title = texts.product;
    this.#alerting = false;
    this.#quiet();
  }

  #ring(who: string, queue: string): void {
    this.#options.ringer.start();
    this.#showIcon(ringingIcon);
    document.title = texts.titleRinging({ who });
    clearInterval(this.#flashing);
    this.#flashing = setInterval(() => {
      document.title = document.title === this.#title ? texts.titleRinging({ who }) : this.#title;
    }, flashMs);
    this.#notify(who, queue);
  }

  #notify(who: string, queue: string): void {
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    try {
      const notification = new Notification(texts.notificationTitle({ who }), {
        body: texts.notificationBody({ queue }),
        icon: this.#plainIcon,
        // One tag: a new ring takes the place of a stale one.
        tag: 'talk-to-us-ringing',
        requireInteraction: true,
        // The ring is the sound.
        silent: true,
      });
      notification.onclick = () => {
        window.focus();
        notification.close();
      };
      this.#notification = notification;
    } catch {
      // Android's browsers have the class but only service workers may use it.
    }
  }

  #showIcon(href: string): void {
    if (this.#icon) this.#icon.href = href;
  }

  #quiet(): void {
    this.#options.ringer.stop();
    clearInterval(this.#flashing);
    this.#flashing = undefined;
    this.#notification?.close();
    this.#notification = undefined;
    this.#showPage();
  }

  #showPage(): void {
    document.title = this.#title;
    this.#showIcon(this.#alerting ? alertIcon : this.#plainIcon);
  }
}

/** What a change sounds like in words. */
function words(what: Saying): string {
  switch (what.about) {
    case 'status':
      return texts.sayStatus(what.status, what.reason);
    case 'ringing':
      return texts.sayRinging({ who: whoIs(what.call), queue: what.call.queueName });
    case 'talking':
      return texts.sayTalking({ who: whoIs(what.call) });
    case 'offer-gone':
      return texts.offerGone;
    case 'wrap-up':
      return texts.sayWrapUp;
    case 'shopper-lost':
      return texts.shopperLost;
    case 'shopper-back':
      return texts.sayShopperBack;
    case 'shopper-muted':
      return what.muted ? texts.sayShopperMuted : texts.sayShopperUnmuted;
    case 'shopper-microphone':
      return texts.sayShopperMicrophone[what.state];
    case 'muted':
      return what.muted ? texts.sayMuted : texts.sayUnmuted;
    case 'transferred':
      return texts.wrapUpLead.transferred;
    case 'transfer-failed':
      return texts.transferFailed[what.failure.why]({ rep: what.failure.to });
    case 'hold':
      return texts.onHold;
  }
  return what satisfies never;
}
