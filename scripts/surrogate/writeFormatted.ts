import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { format, resolveConfig } from "prettier"

/** Writes text as `npm run format` would. */
export const writeFormatted = async (file: URL, text: string): Promise<void> => {
  const filepath = fileURLToPath(file)
  writeFileSync(file, await format(text, { ...(await resolveConfig(filepath)), filepath }))
}
