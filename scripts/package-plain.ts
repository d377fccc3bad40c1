/** Compiles the plain contract set and writes it in both layouts. Run it after every change in chain/plain/contracts. */
import { fs, path } from "zx"
import {
  filesHash,
  inputsHash,
  packagedFiles,
  packagedFolders,
  packagePlain,
  plainFolder,
  stampFile,
} from "./plainPackages.ts"

const files = packagePlain()
for (const folder of packagedFolders) await fs.emptyDir(path.join(plainFolder, folder))
for (const [file, content] of files) await fs.outputFile(path.join(plainFolder, file), content)
const stamp = { inputs: inputsHash(), files: filesHash(packagedFiles()) }
await fs.outputFile(path.join(plainFolder, stampFile), `${JSON.stringify(stamp, null, 2)}\n`)
console.log(
  `${files.size} artifacts in ${packagedFolders.map((folder) => `chain/plain/${folder}`).join(", ")}`,
)
