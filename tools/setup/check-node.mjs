/** To be imported before anything that an older Node cannot load. */
import { endUnlessNodeFits } from './node-version.mjs';

endUnlessNodeFits();
