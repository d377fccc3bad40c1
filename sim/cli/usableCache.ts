/** Where things are kept between starts, if they can be. */
import { defaultCacheDirectory } from "../cache/cacheFolder.ts"
import { FolderUnusable, makeFolder } from "../experiment/makeFolder.ts"

/** Makes the cache directory; undefined where that can't be done: then nothing is kept, which costs time only. */
export function usableCache(environment: NodeJS.ProcessEnv): string | undefined {
  const directory = defaultCacheDirectory(environment)
  try {
    makeFolder(directory)
    return directory
  } catch (fault) {
    if (fault instanceof FolderUnusable) return undefined
    throw fault
  }
}
