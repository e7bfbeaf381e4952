import type { ReactiveController, ReactiveControllerHost } from 'lit';

const wish = ', interactive-widget=resizes-content';

/**
 * While the host is there a keyboard on the screen takes its room from the page, where browsers let a page choose that:
 * what stays in sight when one scrolls does so above the keyboard too.
 */
export class KeyboardRoom implements ReactiveController {
  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    const viewport = findViewport();
    if (!viewport.content.includes(wish)) viewport.content += wish;
  }

  hostDisconnected(): void {
    const viewport = findViewport();
    viewport.content = viewport.content.replace(wish, '');
  }
}

const findViewport = () => document.querySelector<HTMLMetaElement>('meta[name=viewport]')!;
