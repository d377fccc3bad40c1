/**
 * Where a memo's results outlive the process. `ml` touches no files: whoever runs it gives the store.
 *
 * Both calls are synchronous and never throw: what can't be read is absent, what can't be kept is lost.
 */
export interface MemoStore {
  /** The bytes that were kept under the key, or undefined; never other bytes. */
  readonly get: (key: string) => Uint8Array | undefined
  /** Keeps the bytes, perhaps: a store has a limit. */
  readonly set: (key: string, bytes: Uint8Array) => void
}

/** A store for each kind of result. */
export interface MemoStores {
  readonly training: MemoStore
  readonly evaluation: MemoStore
}
