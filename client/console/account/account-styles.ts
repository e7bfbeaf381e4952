import { css } from 'lit';
import { formStyles } from '../../admin/look/form-styles.ts';
import { pageStyles } from '../../admin/look/page-styles.ts';

/** The cards of one's own account. */
export const accountStyles = [
  pageStyles,
  formStyles,
  css`
    .group {
      gap: 1.125rem;
    }

    .field {
      max-width: 28rem;
    }

    .button {
      white-space: normal;
    }

    .end {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 1rem;
      align-items: center;
    }

    .done {
      display: flex;
      gap: 0.5rem;
      align-items: center;
      font-weight: 600;
      font-size: 0.875rem;
    }

    .done .icon {
      color: var(--go);
    }
  `,
];
