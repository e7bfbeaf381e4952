import { css, html, type TemplateResult } from 'lit';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { Appearance } from '../../../shared/appearance.ts';
import { plainAppearance } from '../../../shared/plain-appearance.ts';
import { ApiError, ask } from '../../ui/api.ts';
import { commonTexts } from '../../ui/texts.ts';
import { colourField, colourStyles } from '../appearance/colour.ts';
import { textInput } from '../form/controls.ts';
import { type Problem, problemOf } from '../form/problem.ts';
import { KeyboardRoom } from '../look/keyboard-room.ts';
import { adminTexts } from '../texts.ts';
import { FirstRunStepElement } from './step.ts';

const fieldOf = { name: 'name', accent: 'appearance.accent' } as const;

/** What the shop is called, and the colour of its button, with the button beside. Fires `site` with the shop as it is kept. */
export class RepFirstShop extends FirstRunStepElement {
  static override properties = { name: { state: true }, accent: { state: true }, problem: { state: true } };
  /** Null while nothing was typed. */
  declare name: string | null;
  /** Undefined while none was chosen. */
  declare accent: Appearance['accent'] | undefined;
  declare problem: Problem | null;

  static override styles = [
    FirstRunStepElement.styles,
    colourStyles,
    css`
      /* Its room is kept until it is there. */
      rep-appearance-preview {
        --wide: 360px;
        --high: 270px;
        --scale: 0.6;
        display: block;
        width: calc(var(--wide) * var(--scale));
        max-width: 100%;
        height: calc(var(--high) * var(--scale));
      }

      .look {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 1.5rem;
        align-items: start;
      }

      .look > div {
        display: grid;
        gap: 1.25rem;
      }

      @media (max-width: 40rem) {
        .look {
          display: flex;
          flex-direction: column;
          gap: 1rem;
          align-items: stretch;
        }

        /* In sight while one chooses. */
        rep-appearance-preview {
          position: sticky;
          top: calc(var(--above, 0px) + 1rem);
          z-index: 2;
          order: -1;
          align-self: center;
        }

        :is(input, button) {
          scroll-margin-block: calc(var(--above, 0px) + 13rem) 1rem;
        }
      }

      /* As with a keyboard on the screen. */
      @media (max-width: 40rem) and (max-height: 30rem) {
        rep-appearance-preview {
          --scale: 0.4;
        }

        :is(input, button) {
          scroll-margin-block: calc(var(--above, 0px) + 9rem) 1rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.name = null;
    this.accent = undefined;
    this.problem = null;
    new KeyboardRoom(this);
  }

  /** What frames pages of its own comes after what one fills in. */
  protected override firstUpdated(): void {
    // Without it the name and the colour can be chosen all the same.
    void import('../appearance/preview.ts').catch(() => undefined);
  }

  get #name(): string {
    return this.name ?? this.context.site?.name ?? '';
  }

  get #looks(): Appearance {
    const kept = this.context.site?.appearance ?? plainAppearance;
    return this.accent === undefined ? kept : { ...kept, accent: this.accent };
  }

  protected override render(): TemplateResult {
    const { problem } = this;
    const { accent, theme } = this.#looks;
    const shown = { appearance: this.#looks, shop: this.#name, rep: { name: '', photo: null } };
    return html`${textInput({
      ...{ path: fieldOf.name, label: adminTexts.shopName, problem, maxLength: 80, value: this.#name },
      set: name => {
        this.name = name;
        this.#changed(fieldOf.name);
      },
    })}
    <div class="look">
      <div>${colourField({
        ...{ path: fieldOf.accent, accent, theme, problem },
        set: chosen => {
          this.accent = chosen;
          this.#changed(fieldOf.accent);
        },
      })}</div>
      <rep-appearance-preview plain .shown=${shown}></rep-appearance-preview>
    </div>`;
  }

  /** Whether the server takes it is known when it is saved again. */
  #changed(field: string): void {
    if (this.problem?.field === field) this.problem = null;
  }

  override async save(): Promise<boolean> {
    this.problem = null;
    const [name, { accent }] = [this.#name, this.#looks];
    try {
      const site = this.context.site ?? (await this.#add(name));
      const seen = site.appearance.accent;
      const body = {
        ...(site.name === name ? {} : { name }),
        ...(seen === accent ? {} : { appearance: { accent }, before: { appearance: { accent: seen } } }),
      };
      if (Object.keys(body).length > 0)
        this.#tell((await ask('PATCH /api/sites/:siteId', { params: { siteId: site.id }, body })).site);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'changed-meanwhile') await this.#readAgain();
      const problem = problemOf(error);
      const place = Object.values(fieldOf).find(field => field === problem.field);
      if (!place) throw error;
      this.problem = problem;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(`[data-field="${place}"] input`)?.focus();
      return false;
    }
  }

  async #add(name: string): Promise<SiteSheet> {
    const { accountId } = this.context;
    const { site } = await ask('POST /api/sites', {
      body: { name, queue: commonTexts.firstQueue, accountId },
    });
    this.#tell(site);
    return site;
  }

  /** What was chosen here stays, and goes over theirs the next time. */
  async #readAgain(): Promise<void> {
    const [name, { accent }] = [this.#name, this.#looks];
    const { sites } = await ask('GET /api/sites');
    const theirs = sites.find(({ id }) => id === this.context.site?.id);
    Object.assign(this, { name, accent });
    if (theirs) this.#tell(theirs);
  }

  #tell(site: SiteSheet): void {
    this.dispatchEvent(new CustomEvent<SiteSheet>('site', { detail: site }));
  }
}

customElements.define('rep-first-shop', RepFirstShop);
