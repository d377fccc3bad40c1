/** A clone of what is committed, with the dependencies that are installed here. */
import { mkdtemp, realpath, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { $ } from "zx"

/** Returns the clone's folder, whose name is `name`, alone in a temporary one. */
export async function cloneOfHead(root: string, name: string): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "autonet-digests-")), name)
  await $`git clone --quiet --no-local ${root} ${folder}`
  await symlink(await realpath(join(root, "node_modules")), join(folder, "node_modules"))
  return folder
}
