/**
 * Results by the hash of all their inputs, bounded in bytes; the least recently used goes first.
 *
 * A memo saves wall-clock time and nothing else: callers are charged for the work as if it had been done.
 */
export interface Memo<A> {
  /** The result, and a mark that it was used. Counts a hit or a miss. */
  get(key: string): A | undefined
  /** Keeps the result unless it is larger than the whole memo. */
  set(key: string, value: A, bytes: number): void
  readonly statistics: MemoStatistics
}

export interface MemoStatistics {
  readonly hits: number
  readonly misses: number
  readonly entries: number
  readonly bytes: number
}

/** An empty memo that holds at most `limitBytes`; 0 keeps nothing. */
export const createMemo = <A>(options: { readonly limitBytes: number }): Memo<A> => {
  // A Map iterates in the order of insertion: re-inserting on use keeps the oldest first.
  const entries = new Map<string, { readonly value: A; readonly bytes: number }>()
  let hits = 0
  let misses = 0
  let held = 0
  const drop = (key: string): void => {
    held -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) {
        misses++
        return undefined
      }
      hits++
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, bytes) {
      drop(key)
      if (bytes > options.limitBytes) return
      entries.set(key, { value, bytes })
      held += bytes
      for (const oldest of entries.keys()) {
        if (held <= options.limitBytes) break
        drop(oldest)
      }
    },
    get statistics() {
      return { hits, misses, entries: entries.size, bytes: held }
    },
  }
}
