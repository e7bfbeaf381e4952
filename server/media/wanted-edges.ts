/** What each scope wants, indexed for the two questions asked: what does this leg hear, and who hears this source. */
import type { LegId } from '../../shared/ids.ts';
import type { Edge, SourceId } from './plane.ts';

export class WantedEdges {
  readonly #scopes = new Map<string, readonly Edge[]>();
  /** Edges of all scopes by listener, and listeners by source with the number of edges between the two. */
  readonly #byListener = new Map<LegId, Set<Edge>>();
  readonly #bySource = new Map<SourceId, Map<LegId, number>>();

  /** Returns the listeners whose wanted edges may have changed. */
  replace(scope: string, edges: readonly Edge[]): Set<LegId> {
    const before = this.#scopes.get(scope) ?? [];
    const kept = edges.map(edge => ({ ...edge }));
    for (const edge of before) this.#remove(edge);
    for (const edge of kept) this.#add(edge);
    if (kept.length > 0) this.#scopes.set(scope, kept);
    else this.#scopes.delete(scope);
    return new Set([...before, ...kept].map(edge => edge.listener));
  }

  /** By source. Wanted by two scopes, an edge is active if either says so. */
  of(listener: LegId): Map<SourceId, Edge> {
    const wanted = new Map<SourceId, Edge>();
    for (const edge of this.#byListener.get(listener) ?? []) {
      if (edge.active || !wanted.has(edge.source)) wanted.set(edge.source, edge);
    }
    return wanted;
  }

  listenersOf(source: SourceId): LegId[] {
    return [...(this.#bySource.get(source)?.keys() ?? [])];
  }

  #add(edge: Edge): void {
    const edges = this.#byListener.get(edge.listener) ?? new Set();
    this.#byListener.set(edge.listener, edges.add(edge));
    const listeners = this.#bySource.get(edge.source) ?? new Map<LegId, number>();
    this.#bySource.set(edge.source, listeners.set(edge.listener, (listeners.get(edge.listener) ?? 0) + 1));
  }

  #remove(edge: Edge): void {
    const edges = this.#byListener.get(edge.listener);
    edges?.delete(edge);
    if (edges?.size === 0) this.#byListener.delete(edge.listener);
    const listeners = this.#bySource.get(edge.source);
    const count = (listeners?.get(edge.listener) ?? 0) - 1;
    if (count > 0) listeners?.set(edge.listener, count);
    else listeners?.delete(edge.listener);
    if (listeners?.size === 0) this.#bySource.delete(edge.source);
  }
}
