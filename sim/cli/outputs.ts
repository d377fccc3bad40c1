/** The folder that an experiment writes to, held for as long as it does. */
import { claimFolder } from "../experiment/claimFolder.ts"
import { refuseForeign } from "../experiment/openFolder.ts"

/** Does something with a folder that is this process's own meanwhile. Rejects with `FolderRefused`. */
export async function withFolder<A>(folder: string, work: () => Promise<A>): Promise<A> {
  refuseForeign(folder)
  const { release } = claimFolder(folder)
  try {
    return await work()
  } finally {
    release()
  }
}
