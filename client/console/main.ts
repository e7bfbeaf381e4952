/** The rep console's entry: the element that is the whole page, and the appearance before it is drawn. */
import { applyTheme } from '../ui/theme.ts';
import './app.ts';

applyTheme();
