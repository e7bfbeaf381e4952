import { choices } from '../ui/styles.ts';
import { formStyles } from './look/form-styles.ts';
import { listStyles } from './look/list-styles.ts';
import { pageStyles } from './look/page-styles.ts';
import { rowStyles } from './look/row-styles.ts';
import { saveBarStyles } from './look/save-bar-styles.ts';

/** What every page of the admin area draws with. */
export const adminStyles = [pageStyles, choices, formStyles, rowStyles, listStyles, saveBarStyles];
