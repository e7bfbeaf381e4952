/** Into the top layer, where no ancestor can clip or cover it; taken out of the page it has left that. */
export function raise(host: Element, root: ParentNode): void {
  const one = root.querySelector<HTMLElement>('[popover]');
  // A shop that gives the button a layer has something above it on purpose.
  const given = one?.part.contains('button') && getComputedStyle(host).getPropertyValue('--talk-to-us-layer');
  if (one?.showPopover && host.isConnected && !given && !one.matches(':popover-open')) one.showPopover();
}
