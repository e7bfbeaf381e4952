import { readdirSync, readFileSync } from 'node:fs';

/** Native media workers that this process started, by their process ids, in the order of their start. */
export function mediaWorkers(): number[] {
  return readdirSync('/proc/self/task')
    .flatMap(task => readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' '))
    .filter(pid => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('mediasoup-worker'))
    .map(Number)
    .sort((a, b) => a - b);
}
