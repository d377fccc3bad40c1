/**
 * Takes an output folder for one process, so that two never write into the same one.
 *
 * A lock file names the process. One that is left by a process that is gone counts for nothing, so that a kill needs
 * no cleaning up.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { checkWritable, FolderUnusable, makeFolder, reasonOf, removeEmpty } from "./makeFolder.ts"
import { FolderRefused, LOCK_FILE } from "./outputFolder.ts"

export interface Claim {
  readonly release: () => void
}

/** Makes the folder if it is not there. Throws `FolderRefused` where that can't be done, or where it is in use. */
export function claimFolder(folder: string): Claim {
  const made = makeOutputFolder(folder)
  const lock = join(folder, LOCK_FILE)
  try {
    takeLock(folder, lock)
  } catch (fault) {
    removeEmpty(made)
    throw fault
  }
  const release = () => {
    process.off("exit", release)
    rmSync(lock, { force: true })
    removeEmpty(made)
  }
  process.on("exit", release)
  return { release }
}

/** Makes the folder of results, and returns which folders are new. Throws `FolderRefused`. */
export function makeOutputFolder(folder: string): readonly string[] {
  try {
    return makeFolder(folder)
  } catch (fault) {
    throw fault instanceof FolderUnusable ? refused(folder, fault.message) : fault
  }
}

/** The same for results that are written at the end: finds out now whether they can be. */
export function reserveOutputFolder(folder: string): Claim {
  const made = makeOutputFolder(folder)
  try {
    checkWritable(folder)
  } catch (fault) {
    removeEmpty(made)
    throw fault instanceof FolderUnusable ? refused(folder, fault.message) : fault
  }
  return { release: () => removeEmpty(made) }
}

function refused(folder: string, message: string): FolderRefused {
  return new FolderRefused({ folder, message: `${message}: choose another folder with --out` })
}

function takeLock(folder: string, lock: string): void {
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(lock, own, { flag: "wx" })
      return
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== "EEXIST")
        throw refused(folder, `${folder} can't be written to: ${reasonOf(fault)}`)
    }
    const holder = readLock(lock)
    if (holder !== undefined && isAlive(holder)) throw inUse(folder, holder.pid)
    removeStale(lock, holder)
  }
  throw new FolderRefused({ folder, message: `${folder} is in use: its lock keeps changing hands` })
}

function inUse(folder: string, pid: number): FolderRefused {
  const message = `${folder} is in use by another run (process ${pid}): wait for it, or choose another folder with --out`
  return new FolderRefused({ folder, message })
}

interface Holder {
  readonly pid: number
  readonly started: string | null
}

function readLock(lock: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(lock, "utf8")) as Partial<Holder>
    return typeof pid === "number" && Number.isInteger(pid) ? { pid, started: started ?? null } : undefined
  } catch {
    return undefined
  }
}

/** Another process may have replaced the stale lock by its own since it was read: what is moved away is looked at. */
function removeStale(lock: string, stale: Holder | undefined): void {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  const moved = readLock(aside)
  if (moved !== undefined && moved.pid !== stale?.pid && isAlive(moved)) renameSync(aside, lock)
  else rmSync(aside, { force: true })
}

/** A process with this number that began when the lock says; numbers are used again. */
function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "EPERM"
  }
  const now = startOf(pid)
  return started === null || now === null || now === started
}

/** When a process began, in clock ticks since boot; null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The name in parentheses may hold spaces; the start is the 20th field behind it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null
  } catch {
    return null
  }
}
