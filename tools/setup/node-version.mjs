/** The Node that runs the server, its tools and tests. The set-up alone is content with the machine's own. */
const NEEDED = 24;

/**
 * @param {string} version such as 20.20.2
 * @returns {string | null} what to do, or null when it is new enough
 */
export function nodeProblem(version) {
  if (Number(version.split('.')[0]) >= NEEDED) return null;
  return (
    `This needs Node ${NEEDED} or newer, and is run by Node ${version}. Use the one that the project installs: ` +
    'start it by npm (npm start, npm test), or put node_modules/.bin first in PATH.'
  );
}

/** Ends the process with what to do: an older Node would fail in the middle of the database driver, without a word. */
export function endUnlessNodeFits(version = process.versions.node) {
  const problem = nodeProblem(version);
  if (problem === null) return;
  process.stderr.write(`\n${problem}\n\n`);
  process.exit(1);
}
