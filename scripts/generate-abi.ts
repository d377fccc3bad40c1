/** Writes `chain/abi/*.ts` and `chain/attackContracts/*.ts` from the contracts. Run it after every change of a contract's interface. */
import { fs, glob, path } from "zx"
import { compileContracts } from "../chain/compile/compileContracts.ts"
import { abiModules, attackModules } from "./abiModules.ts"

const folder = path.resolve(import.meta.dirname, "../chain/abi")
const suite = await compileContracts()
const modules = await abiModules(suite)
for (const file of await glob("*.ts", { cwd: folder })) {
  if (!modules.has(file)) await fs.remove(path.join(folder, file))
}
for (const [file, content] of modules) await fs.outputFile(path.join(folder, file), content)
console.log(`${modules.size} modules in chain/abi, from contracts ${suite.contentHash.slice(0, 12)}`)

const attacks = path.resolve(import.meta.dirname, "../chain/attackContracts")
const ofAttackers = await attackModules(await compileContracts({ contractsDirectory: attacks }))
for (const [file, content] of ofAttackers) await fs.outputFile(path.join(attacks, file), content)
console.log(`${ofAttackers.size} modules in chain/attackContracts`)
