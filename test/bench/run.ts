/**
 * `npm run bench` measures everything and replaces `bench-results.json` and `docs/performance.md`; `npm run bench R4` measures
 * R4, R4b and so on into a file of its own. Exit code 1 when a goal is missed or something could not be measured.
 */
import { spawnSync } from 'node:child_process';
import type { Benchmark } from './benchmark.ts';
import { Contender, cores } from './contender.ts';
import type { Growth } from './growth.ts';
import { growthOfCalls } from './growth-calls.ts';
import { growthOfReps, growthOfWaiting } from './growth-crowds.ts';
import { performancePage } from './performance-page.ts';
import { q1, q2, q3 } from './queue-theory.ts';
import { r1 } from './r1-media.ts';
import { r2, r2Videocall } from './r2-janus.ts';
import { r3 } from './r3-forwarder.ts';
import { r4, r4Burst, r4Cpu } from './r4-setup.ts';
import { r5, r5Videocall } from './r5-janus-set-up.ts';
import { r6 } from './r6-messages.ts';
import { r7, r7Node } from './r7-answer.ts';
import { r7bHover, r7bTap } from './r7b-click.ts';
import { r8, r8Postgres } from './r8-routing.ts';
import { r9 } from './r9-memory.ts';
import { r10 } from './r10-mouth-to-ear.ts';
import { r11, r11Call, r11Console, r11Settings } from './r11-bytes.ts';
import { r12 } from './r12-listeners.ts';
import { r13Gap, r13Lost } from './r13-music.ts';
import { r13, r13Reps } from './r13-stalls.ts';
import { r14, r14Cpu } from './r14-marks.ts';
import { r15, r15Postgres } from './r15-due.ts';
import { r16 } from './r16-availability.ts';
import { r18, r18Postgres } from './r18-reports.ts';
import { allMet, beginReport, choose, measure, writePage, writeReport } from './report.ts';
import { resultsTable } from './results-table.ts';

/** In the order of the table of goals. */
const benchmarks: readonly Benchmark[] = [
  ...[r1],
  ...[r2, r2Videocall],
  ...[r3],
  ...[r4, r4Burst, r4Cpu],
  ...[r5, r5Videocall],
  ...[r6],
  ...[r7, r7Node, r7bHover, r7bTap],
  ...[r8, r8Postgres],
  ...[r9],
  ...[r10],
  ...[r11, r11Call, r11Console, r11Settings],
  ...[r12],
  ...[r13, r13Reps, r13Gap, r13Lost],
  ...[r14, r14Cpu],
  ...[r15, r15Postgres],
  ...[r16],
  ...[r18, r18Postgres],
  ...[q1, q2, q3],
];

const growths: readonly Growth[] = [growthOfCalls, growthOfWaiting, growthOfReps];

const say = (text: string) => process.stderr.write(`${text}\n`);
const names = process.argv.slice(2);
const chosen = chooseOrEnd();
pinToLoadCore();

const report = beginReport();
await measure(report, chosen, { say, tidy: () => Contender.stopAll() });
const partial = names.length > 0;
const file = await writeReport(report, { partial });
if (!partial) await writePage(performancePage(report));
process.stdout.write(
  `\n${resultsTable(report)}\nWritten to ${file}${partial ? '' : ' and docs/performance.md'}.\n`,
);
process.exit(allMet(report) ? 0 : 1);

function chooseOrEnd(): (Benchmark | Growth)[] {
  try {
    return choose([...benchmarks, ...growths], names);
  } catch (error) {
    say((error as Error).message);
    process.exit(2);
  }
}

/** The servers under test have the other core to themselves. */
function pinToLoadCore(): void {
  const pinned = spawnSync('taskset', ['-acp', String(cores.load), String(process.pid)]);
  if (pinned.status === 0) return;
  say(
    'The benchmarks need "taskset" (package util-linux) and at least two cores, so that load and servers do not share one.',
  );
  process.exit(2);
}
