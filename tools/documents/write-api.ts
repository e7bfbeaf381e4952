/** Writes `docs/api.md` from the table of routes: `npm run documents`. */
import { writeFileSync } from 'node:fs';
import { apiReference } from '../../server/http/api/reference.ts';

writeFileSync(new URL('../../docs/api.md', import.meta.url), apiReference());
