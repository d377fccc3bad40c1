import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Worker } from "node:worker_threads"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { entriesIn, fileOfKey } from "../../sim/cache/cacheFolder.ts"
import { createDiskStore } from "../../sim/cache/diskStore.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { temporaryFolder } from "../experiment/experimentOf.ts"

const MIB = 1024 ** 2
const keyOf = (name: string): string => sha256Hex(name)
const heldIn = (folder: string): number => entriesIn(folder).reduce((sum, { bytes }) => sum + bytes, 0)

describe("a store on disk", () => {
  test("gives back the bytes that were last kept under a key, also to another store on the folder", () => {
    const folder = temporaryFolder()
    const [one, other] = [0, 1].map(() => createDiskStore({ folder, limitBytes: MIB }))
    const kept = new Map<string, Uint8Array>()
    const names = fc.constantFrom("a", "b", "c")
    fc.assert(
      fc.property(names, fc.uint8Array({ maxLength: 300 }), (name, bytes) => {
        one!.set(keyOf(name), bytes)
        kept.set(name, bytes)
        for (const [each, expected] of kept) {
          expect(new Uint8Array(other!.get(keyOf(each))!)).toEqual(expected)
        }
      }),
      { numRuns: 50 },
    )
    expect(one!.get(keyOf("nothing"))).toBeUndefined()
  })

  test("knows nothing of an entry that was damaged anywhere, cut or lengthened, and removes it", () => {
    const folder = temporaryFolder()
    const store = createDiskStore({ folder, limitBytes: MIB })
    const key = keyOf("damaged")
    const file = fileOfKey(folder, key)
    const damage = fc.oneof(
      fc.record({ kind: fc.constant("flip"), at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) }),
      fc.record({ kind: fc.constant("cut"), at: fc.nat(), by: fc.constant(0) }),
      fc.record({ kind: fc.constant("longer"), at: fc.constant(0), by: fc.nat({ max: 255 }) }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), damage, (payload, { kind, at, by }) => {
        store.set(key, payload)
        const whole = readFileSync(file)
        const place = at % whole.length
        if (kind === "flip") writeFileSync(file, whole.with(place, whole[place]! ^ by))
        else
          writeFileSync(
            file,
            kind === "cut" ? whole.subarray(0, place) : Buffer.concat([whole, Buffer.of(by)]),
          )
        expect(store.get(key)).toBeUndefined()
        expect(readdirSync(dirname(file))).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  test("does not take the entry of one key for that of another", () => {
    const folder = temporaryFolder()
    const store = createDiskStore({ folder, limitBytes: MIB })
    store.set(keyOf("a"), Uint8Array.of(1))
    store.set(keyOf("b"), Uint8Array.of(2))
    renameSync(fileOfKey(folder, keyOf("a")), fileOfKey(folder, keyOf("b")))
    expect(store.get(keyOf("b"))).toBeUndefined()
  })

  test("holds what its limit allows and a twentieth, and forgets the least recently used first", () => {
    const folder = temporaryFolder()
    const limitBytes = 50 * 4096
    const store = createDiskStore({ folder, limitBytes })
    const long = (minutes: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minutes))
    for (let entry = 0; entry < 50; entry++) {
      store.set(keyOf(`${entry}`), new Uint8Array(4000))
      const age = long(entry)
      utimesSync(fileOfKey(folder, keyOf(`${entry}`)), age, age)
    }
    expect(entriesIn(folder)).toHaveLength(50)
    // Used now, the first is no longer the oldest.
    expect(store.get(keyOf("0"))).toHaveLength(4000)
    for (let entry = 50; entry < 60; entry++) {
      store.set(keyOf(`${entry}`), new Uint8Array(4000))
      expect(heldIn(folder)).toBeLessThanOrEqual(limitBytes * 1.05 + 4096)
    }
    const known = Array.from({ length: 60 }, (_, entry) => store.get(keyOf(`${entry}`)) !== undefined)
    expect(known[0]).toBe(true)
    expect(known.slice(1, 6)).toEqual([false, false, false, false, false])
    expect(known.slice(50)).toEqual(Array.from({ length: 10 }, () => true))
  })

  test("does not keep what is larger than itself", () => {
    const folder = temporaryFolder()
    createDiskStore({ folder, limitBytes: 100 }).set(keyOf("large"), new Uint8Array(101))
    expect(entriesIn(folder)).toEqual([])
  })

  test("removes what a killed writer left behind when it is the oldest", () => {
    const folder = temporaryFolder()
    const file = `${fileOfKey(folder, keyOf("killed"))}.1-0.tmp`
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, new Uint8Array(8000))
    utimesSync(file, new Date(0), new Date(0))
    const store = createDiskStore({ folder, limitBytes: 8192 })
    store.set(keyOf("new"), new Uint8Array(4000))
    expect(entriesIn(folder).map(({ path }) => path)).toEqual([fileOfKey(folder, keyOf("new"))])
  })

  test("where nothing can be written keeps nothing and fails nobody", () => {
    const file = join(temporaryFolder(), "file")
    writeFileSync(file, "")
    const store = createDiskStore({ folder: file, limitBytes: MIB })
    store.set(keyOf("a"), Uint8Array.of(1))
    expect(store.get(keyOf("a"))).toBeUndefined()
  })

  test("never gives wrong bytes while threads write, read, remove and evict the same entries", async () => {
    const folder = temporaryFolder()
    const reports = await Promise.all(
      [1, 2, 3].map(
        (seed) =>
          new Promise<{ hits: number; wrong: number }>((resolve, reject) => {
            const racer = new Worker(new URL("./racer.ts", import.meta.url), { workerData: { folder, seed } })
            racer.once("message", resolve).once("error", reject)
          }),
      ),
    )
    expect(reports.map(({ wrong }) => wrong)).toEqual([0, 0, 0])
    for (const { hits } of reports) expect(hits).toBeGreaterThan(50)
  })
})
