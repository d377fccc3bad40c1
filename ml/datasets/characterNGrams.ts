/**
 * Text as a fixed number of bytes: which runs of one to three characters occur in it, hashed into buckets.
 *
 * Character n-grams are what languages are told apart by (Cavnar and Trenkle 1994); hashing keeps their number fixed
 * (Weinberger et al. 2009). Buckets are shared by several n-grams, as in any such model.
 */

/** Buckets, a power of two. */
export const N_GRAM_BUCKETS = 512

const LONGEST = 3

/** Marks the bucket of every n-gram of `word`, with its ends as characters, in `target[at … at + N_GRAM_BUCKETS)`. */
export const markNGrams = (word: string, target: Uint8Array, at: number): void => {
  const text = `^${word}$`
  for (let from = 0; from < text.length; from++) {
    let hash = FNV_OFFSET
    const end = Math.min(from + LONGEST, text.length)
    for (let i = from; i < end; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME)
      target[at + bucketOf(hash)] = 255
    }
  }
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo), over UTF-16 code units. */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** The upper half folded into the lower, as the hash's authors advise for fewer bits than it has. */
const bucketOf = (hash: number): number => ((hash >>> 16) ^ hash) & (N_GRAM_BUCKETS - 1)
