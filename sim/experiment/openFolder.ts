/** Decides what an experiment may do with its output folder: begin, continue, or leave it alone. */
import { Schema } from "effect"
import type { Manifest } from "../results/manifest.ts"
import { differences } from "./identity.ts"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { FolderRefused, inspectFolder, RESULT_FILE } from "./outputFolder.ts"

/** A resume of something else than what is in the folder. `message` says which inputs changed, a line each. */
export class IdentityChanged extends Schema.TaggedError<IdentityChanged>()("IdentityChanged", {
  folder: Schema.String,
  changed: Schema.Array(Schema.String),
  message: Schema.String,
}) {}

/** Refuses a folder that no experiment may touch, before any work is done. Throws `FolderRefused`. */
export function refuseForeign(folder: string): void {
  const state = inspectFolder(folder)
  if (state._tag === "foreign") throw foreign(folder, state)
}

function foreign(
  folder: string,
  { found, ours }: { readonly found: string; readonly ours?: true },
): FolderRefused {
  const whose = ours === true ? "" : ", which no experiment wrote"
  const message = `${folder} holds ${found}${whose}: choose another folder with --out`
  return new FolderRefused({ folder, message })
}

export type Opened =
  /** Finished runs of this very experiment are there: it was left unfinished, or is to be resumed. */
  | { readonly _tag: "continue"; /** Of the last start. */ readonly manifest: Manifest }
  /** It is complete. */
  | { readonly _tag: "again" }
  | { readonly _tag: "free" }
  /** Another experiment of ours is there; `changed` says in what it differs, a line each. */
  | { readonly _tag: "other"; readonly manifest: Manifest; readonly changed: readonly string[] }

/** What the folder holds for this experiment. One that is complete is begun anew, unless it is to be resumed. */
export function openFolder(folder: string, manifest: Manifest, resume: boolean): Opened {
  const state = inspectFolder(folder)
  switch (state._tag) {
    case "foreign":
      throw foreign(folder, state)
    case "free":
      if (!resume) return { _tag: "free" }
      throw new FolderRefused({
        folder,
        message: `${folder} holds no experiment to resume: there is no manifest.json`,
      })
    case "experiment": {
      if (state.manifest.identity === manifest.identity) {
        const unfinished = !existsSync(join(folder, RESULT_FILE))
        return resume || unfinished ? { _tag: "continue", manifest: state.manifest } : { _tag: "again" }
      }
      const changed = differences(state.manifest.inputs, manifest.inputs)
      if (!resume) return { _tag: "other", manifest: state.manifest, changed }
      const message = [`${folder} can't be resumed: its experiment had other inputs`, ...changed].join("\n  ")
      throw new IdentityChanged({ folder, changed, message })
    }
  }
}
