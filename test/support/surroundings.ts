/**
 * Commands that run what stands after them in surroundings of its own: a small disk, a folder that cannot be written, a
 * network without IPv4. Each becomes the program, so that its process id is the program's. They are the kernel's own
 * means (namespaces), with programs that every Debian has; whoever is not root becomes root of a namespace first.
 */
const unshare = (...what: string[]) => ['unshare', ...(process.getuid?.() === 0 ? [] : ['-r']), ...what];

/** `folder` is a disk of its own of that size, empty at first. From outside it is at `/proc/<pid>/root/<folder>`. */
export const onSmallDisk = (folder: string, bytes: number): string[] => [
  ...unshare('-m'),
  ...shell(`mount -t tmpfs -o size=${bytes},mode=0700 tmpfs "$0"`, folder),
];

/** `folder` is mounted read-only, as a disk is after an error. */
export const onReadOnlyDisk = (folder: string): string[] => [
  ...unshare('-m'),
  ...shell('mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"', folder),
];

/** `folder` is the disk that is in the file `image`; the kernel makes it read-only at the first error. Needs root. */
export const onErringDisk = (folder: string, image: string): string[] => [
  ...unshare('-m'),
  ...shell(`mount -o loop,errors=remount-ro '${image}' "$0"`, folder),
];

/** A network of its own that has nothing but `lo`. */
export const onOwnNetwork = (): string[] => [...unshare('-n'), ...shell('ip link set lo up', '')];

/** A network of its own without any IPv4, and with one address that others could reach. */
export const onIpv6Network = (address: string): string[] => [
  ...unshare('-n'),
  ...shell(
    'ip link set lo up && ip -4 address flush dev lo && ip link add ours type veth peer name theirs && ip link set theirs up && ip link set ours up && ip address add "$0/64" dev ours nodad',
    address,
  ),
];

/**
 * A network and a process table of its own: one IPv4 address beside `lo`, which programs take for a real network's, and
 * nobody outlives the first process of it, nor that one who runs the command. This kernel has no dummy device; a pair of
 * veth devices does as well.
 */
export const onAddress = (address: string): string[] => [
  ...unshare('-n', '-p', '-f', '--kill-child', '--mount-proc'),
  ...shell(
    'ip link set lo up && ip link add ours type veth peer name theirs && ip link set theirs up && ip link set ours up && ip address add "$0/24" dev ours',
    address,
  ),
];

/** Root may do all that by itself; a merchant's server runs as somebody who may not. */
export const withoutPowers = (...powers: string[]): string[] => {
  const dropped = powers.map(power => `-${power}`).join(',');
  return ['setpriv', '--bounding-set', dropped, '--inh-caps', dropped, '--'];
};

const shell = (prepare: string, argument: string) => ['sh', '-c', `${prepare} && exec "$@"`, argument];
