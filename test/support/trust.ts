/** Certificates that this process trusts besides those of the machine. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Trusts the server with that certificate (PEM), until what is returned is called. Files share processes: where two are
 * trusted that bear the same name, OpenSSL compares a server with whichever it finds first, and refuses the other.
 */
export function trustAlso(certificate: string): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, certificate]);
  return () => setDefaultCACertificates(before);
}
