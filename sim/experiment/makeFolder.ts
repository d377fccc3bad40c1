/** Makes folders, and says why where that can't be done. */
import { mkdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { Schema } from "effect"

/** A folder that can't be made or written to; `message` begins with it and says why. */
export class FolderUnusable extends Schema.TaggedError<FolderUnusable>()("FolderUnusable", {
  folder: Schema.String,
  message: Schema.String,
}) {}

/**
 * Makes one folder after the other and returns those that are new, innermost last. Not by `mkdir` with `recursive`,
 * which never comes back from below /proc. Throws `FolderUnusable`.
 */
export function makeFolder(folder: string): readonly string[] {
  const missing: string[] = []
  for (let here = resolve(folder); !isThere(here); here = dirname(here)) missing.unshift(here)
  for (const path of missing) {
    try {
      mkdirSync(path)
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== "EEXIST")
        throw unusable(folder, `can't be made: ${reasonOf(fault)}`)
    }
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return missing
  throw unusable(folder, "is no folder")
}

/** Takes folders away again that were made for nothing, in the order in which they were made. */
export function removeEmpty(made: readonly string[]): void {
  for (const path of made.toReversed()) {
    try {
      rmdirSync(path)
    } catch {
      return
    }
  }
}

/** Writes a file into a folder and removes it. Throws `FolderUnusable`. */
export function checkWritable(folder: string): void {
  const probe = join(folder, `.writable-${process.pid}`)
  try {
    writeFileSync(probe, "")
    rmSync(probe)
  } catch (fault) {
    throw unusable(folder, `can't be written to: ${reasonOf(fault)}`)
  }
}

const unusable = (folder: string, what: string): FolderUnusable =>
  new FolderUnusable({ folder, message: `${folder} ${what}` })

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
  // The folder above it is there: /proc and its like answer so.
  ENOENT: "no folders can be made there",
  ENOTDIR: "a part of its path is a file",
  ENAMETOOLONG: "the name is too long",
}

/** What a fault of the file system means, in words. */
export function reasonOf(fault: unknown): string {
  const { code = "unknown reason" } = fault as NodeJS.ErrnoException
  return REASONS[code] ?? code
}
