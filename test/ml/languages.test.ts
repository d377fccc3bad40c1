import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as fc from "fast-check"
import { afterEach, describe, expect, test } from "vitest"
import { markNGrams, N_GRAM_BUCKETS } from "../../ml/datasets/characterNGrams.ts"
import { DatasetFileInvalid } from "../../ml/datasets/datasetFile.ts"
import { loadLanguages, wordListFiles } from "../../ml/datasets/languages.ts"
import { loadDataset } from "../../ml/datasets/registry.ts"

const bucketsOf = (word: string): number[] => {
  const bytes = new Uint8Array(N_GRAM_BUCKETS)
  markNGrams(word, bytes, 0)
  return [...bytes.keys()].filter((bucket) => bytes[bucket] !== 0)
}

describe("a word as bytes", () => {
  test("marks the bucket of every run of one to three letters, ends included, fully", () => {
    const bytes = new Uint8Array(3 * N_GRAM_BUCKETS)
    markNGrams("und", bytes, N_GRAM_BUCKETS)
    // ^ u n d $, ^u un nd d$, ^un und nd$: twelve, unless two of them share a bucket.
    const marked = bytes.filter((byte) => byte !== 0)
    expect([...new Set(marked)]).toEqual([255])
    expect(marked.length).toBeLessThanOrEqual(12)
    expect(marked.length).toBeGreaterThan(8)
    expect(bytes.subarray(0, N_GRAM_BUCKETS).every((byte) => byte === 0)).toBe(true)
    expect(bytes.subarray(2 * N_GRAM_BUCKETS).every((byte) => byte === 0)).toBe(true)
  })

  test("has what its parts have: inner runs of a word are those of any word around it", () => {
    const words = fc.stringMatching(/^[a-z]{3,8}$/)
    fc.assert(
      fc.property(words, words, (first, second) => {
        const whole = bucketsOf(first + second)
        const ofEnds = new Set([
          ...bucketsOf(""),
          ...bucketsOf(first.slice(-2)),
          ...bucketsOf(second.slice(0, 2)),
        ])
        for (const bucket of [...bucketsOf(first), ...bucketsOf(second)]) {
          expect(whole.includes(bucket) || ofEnds.has(bucket)).toBe(true)
        }
      }),
    )
  })
})

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

describe("the data set of languages", () => {
  test("has no word twice: what is held out was not trained on", () => {
    const { train, test: heldOut } = loadDataset("languages")
    const known = new Set<string>()
    const asText = (inputs: Uint8Array, example: number) =>
      Buffer.from(inputs.buffer, inputs.byteOffset + example * N_GRAM_BUCKETS, N_GRAM_BUCKETS).toString(
        "latin1",
      )
    for (let example = 0; example < train.size; example++) known.add(asText(train.inputs, example))
    let shared = 0
    for (let example = 0; example < heldOut.size; example++) {
      if (known.has(asText(heldOut.inputs, example))) shared++
    }
    // Different words may mark the same buckets, as "aaaa" and "aaaaa" do.
    expect(shared).toBeLessThan(heldOut.size / 500)
  })

  test("has the classes in the shares of their lists", () => {
    const { labels, size } = loadDataset("languages").train
    const shares = [0, 1, 2, 3].map((label) => labels.filter((each) => each === label).length / size)
    const listed = [274_937, 336_524, 117_399, 636_598]
    const all = listed.reduce((a, b) => a + b)
    shares.forEach((share, label) => expect(Math.abs(share - listed[label]! / all)).toBeLessThan(0.02))
  })

  test.each<[string, string, string]>([
    ["no JSON", "[", "is no JSON"],
    ["another number of words", '["und"]', "is no list of 274937 words"],
    ["no list", '{"words": []}', "is no list of 274937 words"],
  ])("a damaged list is named with what is wrong: %s", (_, content, problem) => {
    const folder = mkdtempSync(join(tmpdir(), "words-"))
    folders.push(folder)
    const file = join(folder, "words.json")
    writeFileSync(file, content)
    const files = wordListFiles().with(0, file)
    expect(() => loadLanguages(files)).toThrow(DatasetFileInvalid)
    expect(() => loadLanguages(files)).toThrow(`${file}: ${problem}`)
  })

  test("a missing list is named", () => {
    expect(() => loadLanguages(wordListFiles().with(0, "/nowhere/index.json"))).toThrow(
      "/nowhere/index.json: cannot be read (ENOENT)",
    )
  })
})
