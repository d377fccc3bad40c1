/**
 * What code from outside leaves behind on the host.
 *
 * Modules are loaded anew for every run, but `globalThis` and what it names live as long as the thread: whatever a
 * strategy keeps there, the next run on the same thread would find, and results would depend on who played what before.
 */

interface Place {
  /** As an author would write it: `globalThis.Array.prototype`. */
  readonly path: string
  readonly holder: object
  readonly properties: ReadonlyMap<PropertyKey, PropertyDescriptor>
}

export type HostSnapshot = readonly Place[]

/** Globals that Node makes when they are first asked for. */
const lazyGlobals = (): readonly (readonly [string, unknown])[] => [
  ["process", process],
  ["Buffer", Buffer],
  ["performance", performance],
  ["crypto", crypto],
]

/** What the language has without a global name. */
const namelessIntrinsics = (): readonly (readonly [string, unknown])[] => {
  const functions: readonly (readonly [string, object])[] = [
    ["async () => {}", async () => {}],
    ["function* () {}", function* () {}],
    ["async function* () {}", async function* () {}],
  ]
  const iterators: readonly (readonly [string, object])[] = [
    ["[].values()", [].values()],
    ["new Map().keys()", new Map().keys()],
    ["new Set().keys()", new Set().keys()],
    ['""[Symbol.iterator]()', ""[Symbol.iterator]()],
    ['"".matchAll(/a/g)', "".matchAll(/a/g)],
  ]
  const prototypes = [...functions, ...iterators].map(
    ([name, value]) => [`Object.getPrototypeOf(${name})`, Object.getPrototypeOf(value) as object] as const,
  )
  const constructors = prototypes
    .slice(0, functions.length)
    .map(([name, prototype]) => [`${name}.constructor`, prototype.constructor] as const)
  return [...prototypes, ...constructors]
}

/**
 * Remembers the properties of `globalThis`, of the objects and functions that it names, of their prototypes, of those
 * that have no name, and of `more`, by name. Below a millisecond.
 */
export function takeHostSnapshot(more: Readonly<Record<string, unknown>> = {}): HostSnapshot {
  const places = new Map<object, Place>()
  const add = (path: string, holder: unknown): void => {
    if (!isHolder(holder) || places.has(holder) || LIBRARIES.test(path)) return
    const properties = new Map<PropertyKey, PropertyDescriptor>()
    for (const key of Reflect.ownKeys(holder)) {
      const property = Object.getOwnPropertyDescriptor(holder, key)
      if (property !== undefined) properties.set(key, property)
    }
    places.set(holder, { path, holder, properties })
  }
  const addWithPrototypes = (path: string, holder: unknown): void => {
    add(path, holder)
    if (!isHolder(holder)) return
    const prototype = Object.getOwnPropertyDescriptor(holder, "prototype")?.value as unknown
    add(`${path}.prototype`, prototype)
    for (const [name, from] of [
      [path, holder],
      [`${path}.prototype`, prototype],
    ] as const) {
      if (isHolder(from)) add(`Object.getPrototypeOf(${name})`, Object.getPrototypeOf(from))
    }
  }
  add("globalThis", globalThis)
  for (const [key, { value }] of places.get(globalThis)?.properties ?? []) {
    addWithPrototypes(inside("globalThis", key), value)
  }
  for (const [name, value] of [...lazyGlobals(), ...namelessIntrinsics()]) addWithPrototypes(name, value)
  for (const [name, value] of Object.entries(more)) addWithPrototypes(name, value)
  return [...places.values()]
}

/**
 * Puts everything back as it was, and names what was not: added, changed and removed properties. An accessor that
 * became a value is Node's, which makes some of its globals when they are first used.
 */
export function restoreHost(snapshot: HostSnapshot): readonly string[] {
  const left: string[] = []
  for (const { path, holder, properties } of snapshot) {
    for (const key of new Set([...properties.keys(), ...Reflect.ownKeys(holder)])) {
      const before = properties.get(key)
      const now = Object.getOwnPropertyDescriptor(holder, key)
      const name = inside(path, key)
      if (isSame(before, now) || LIBRARIES.test(name)) continue
      left.push(name)
      if (before === undefined) Reflect.deleteProperty(holder, key)
      else Reflect.defineProperty(holder, key, before)
    }
  }
  return left
}

/** What Effect, tfjs and Node itself keep in globals, some of it from their first use on. It is theirs to change. */
const LIBRARIES =
  /^(globalThis(\["~effect\/|\._tf(engine|Globals)$|\[Symbol\(undici\.)|process(\._|\[Symbol\(|\.exitCode$))/

function isSame(before: PropertyDescriptor | undefined, now: PropertyDescriptor | undefined): boolean {
  if (before === undefined || now === undefined) return before === now
  if ("value" in before) return "value" in now && Object.is(before.value, now.value)
  return "value" in now || (before.get === now.get && before.set === now.set)
}

const isHolder = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function"

function inside(path: string, key: PropertyKey): string {
  if (typeof key === "symbol") return `${path}[${String(key)}]`
  return /^[A-Za-z_$][\w$]*$/.test(String(key))
    ? `${path}.${String(key)}`
    : `${path}[${JSON.stringify(String(key))}]`
}
