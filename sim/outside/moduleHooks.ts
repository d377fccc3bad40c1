/**
 * Makes Node load modules from outside the program, each time anew, with the program's own `effect` and `autonet-sim`.
 *
 * A module from outside is told by a query that names its loading, which its relative imports inherit: so they are
 * found, hashed and held to the rules, and a second loading shares no variable with the first.
 */
import { readFileSync, realpathSync, statSync } from "node:fs"
import { registerHooks, type LoadHookSync, type ResolveHookSync } from "node:module"
import { dirname, extname, relative, sep } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { sha256Hex } from "../kernel/hash.ts"
import { StrategyFileRefused } from "./loadRefused.ts"

/** One loading of a file, with all that it imports. */
export interface Loading {
  readonly id: number
  /** The file's real path. */
  readonly path: string
  /** SHA-256 of the file and its local imports, by their paths from the file's folder. */
  readonly modules: Map<string, string>
  /** Called before the first statement of any of its modules. */
  readonly onEvaluation: () => void
  /** False once all is loaded: then nothing more may be imported. */
  open: boolean
}

const QUERY = /\?outside=(\d+)$/
const loadings = new Map<number, Loading>()

/** The public entry: what an author may use of the program. */
const PUBLIC = new URL(`../agents/index${extname(import.meta.filename)}`, import.meta.url).href
const EVALUATION = new URL(`./evaluationBegins${extname(import.meta.filename)}`, import.meta.url).href

let areInstalled = false

/** Begins a loading and returns the address to import. */
export function beginLoading(path: string, onEvaluation: () => void): { loading: Loading; url: string } {
  if (!areInstalled) registerHooks({ resolve: resolveOutside, load: loadOutside })
  areInstalled = true
  const real = checkedPath(path, path)
  const loading: Loading = { id: loadings.size + 1, path: real, modules: new Map(), onEvaluation, open: true }
  loadings.set(loading.id, loading)
  return { loading, url: addressOf(real, loading) }
}

/** Told by the module that is evaluated first. */
export function evaluationBegins(url: string): void {
  loadingOf(url)?.onEvaluation()
}

const addressOf = (path: string, { id }: Loading): string => `${pathToFileURL(path).href}?outside=${id}`

function loadingOf(url: string | undefined): Loading | undefined {
  const id = url === undefined ? undefined : QUERY.exec(url)?.[1]
  return id === undefined ? undefined : loadings.get(Number(id))
}

const resolveOutside: ResolveHookSync = (specifier, context, next) => {
  const loading = loadingOf(context.parentURL)
  if (loading === undefined) {
    return loadingOf(specifier) === undefined
      ? next(specifier, context)
      : { url: specifier, format: formatOf(specifier), shortCircuit: true }
  }
  const from = fileURLToPath(context.parentURL ?? "")
  if (from === fileURLToPath(EVALUATION)) return next(specifier, context)
  if (specifier === EVALUATION) return own(`${EVALUATION}?outside=${loading.id}`)
  if (!loading.open) {
    throw refusal(from, `it imports ${specifier} while it runs; imports belong at the top of the file`)
  }
  if (specifier === "autonet-sim") return own(PUBLIC)
  // Parts of Effect that are marked unstable reach for the network and the disk.
  if (/^effect(\/[A-Z]\w*)?$/.test(specifier)) return own(import.meta.resolve(specifier))
  if (/^(\.{1,2}|)\//.test(specifier) || specifier.startsWith("file:")) {
    const path = fileURLToPath(new URL(specifier, context.parentURL))
    const url = addressOf(checkedPath(path, from, specifier), loading)
    return { url, format: formatOf(url), shortCircuit: true }
  }
  const what = /^(node|https?|data):/.test(specifier) ? specifier : `the package ${specifier}`
  const may = 'a strategy may import "effect", "autonet-sim" and files beside it ("./name.ts")'
  throw refusal(from, `it imports ${what}; ${may}`)
}

const own = (url: string) => ({ url, shortCircuit: true })

const loadOutside: LoadHookSync = (url, context, next) => {
  const loading = loadingOf(url)
  if (loading === undefined || url.startsWith(EVALUATION)) return next(url, context)
  const path = fileURLToPath(url)
  const bytes = readFileSync(path)
  loading.modules.set(relative(dirname(loading.path), path).split(sep).join("/"), sha256Hex(bytes))
  // On the same line, so that lines keep their numbers.
  const source = `import ${JSON.stringify(EVALUATION)};${bytes.toString("utf8").replace(/^\uFEFF/, "")}`
  return { format: formatOf(url), source, shortCircuit: true }
}

const FORMATS: Readonly<Record<string, string>> = {
  ".ts": "module-typescript",
  ".mts": "module-typescript",
  ".js": "module",
  ".mjs": "module",
}

const formatOf = (url: string): string => FORMATS[extname(fileURLToPath(url))] ?? "module"

/** The real path of a module from outside. Throws `StrategyFileRefused`; `from` is the file that wants it. */
function checkedPath(path: string, from: string, specifier?: string): string {
  const wanted = specifier === undefined ? "" : `it imports ${specifier}: `
  const extension = extname(path)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw refusal(from, `${wanted}expected a file, found nothing at ${path}`)
  if (!found.isFile()) throw refusal(from, `${wanted}expected a file, found a folder at ${path}`)
  if (!(extension in FORMATS)) {
    const known = Object.keys(FORMATS).join(", ")
    throw refusal(from, `${wanted}expected a module (${known}), found ${extension || "no extension"}`)
  }
  const real = realpathSync(path)
  if (real.split(sep).includes("node_modules") && extension.endsWith("ts")) {
    const why = "it lies in node_modules, where Node runs no TypeScript"
    throw refusal(from, `${wanted}${why}; copy it elsewhere, or name a .js file`)
  }
  return real
}

function refusal(file: string, reason: string): StrategyFileRefused {
  return new StrategyFileRefused({ file, message: reason })
}
