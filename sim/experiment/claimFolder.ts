/**
 * Takes an output folder for one process, so that two never write into the same one.
 *
 * A lock file names the process. One that is left by a process that is gone counts for nothing, so that a kill needs
 * no cleaning up.
 */
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { FolderRefused, LOCK_FILE } from "./outputFolder.ts"

export interface Claim {
  readonly release: () => void
}

/** Makes the folder if it is not there. Throws `FolderRefused` where that can't be done, or where it is in use. */
export function claimFolder(folder: string): Claim {
  const made = makeFolder(folder)
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

/**
 * Makes one folder after the other and returns those that are new, innermost last. Not by `mkdir` with `recursive`,
 * which never comes back from below /proc.
 */
function makeFolder(folder: string): readonly string[] {
  const missing: string[] = []
  for (let here = resolve(folder); !isThere(here); here = dirname(here)) missing.unshift(here)
  for (const path of missing) {
    try {
      mkdirSync(path)
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw refusal(folder, "can't be made", fault)
    }
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return missing
  throw new FolderRefused({ folder, message: `${folder} is no folder: choose another one with --out` })
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined || dirname(path) === path
  } catch {
    // Not to be looked at: making it will say why.
    return false
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "the file system has no room for it",
  ENOTDIR: "a part of its path is a file",
  ENAMETOOLONG: "the name is too long",
}

function refusal(folder: string, what: string, fault: unknown): FolderRefused {
  const { code = "unknown reason" } = fault as NodeJS.ErrnoException
  const message = `${folder} ${what}: ${REASONS[code] ?? code}; choose another folder with --out`
  return new FolderRefused({ folder, message })
}

function takeLock(folder: string, lock: string): void {
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(lock, own, { flag: "wx" })
      return
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== "EEXIST")
        throw refusal(folder, "can't be written to", fault)
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

/** Takes folders away that were made for nothing. */
function removeEmpty(made: readonly string[]): void {
  for (const path of made.toReversed()) {
    try {
      rmdirSync(path)
    } catch {
      return
    }
  }
}
