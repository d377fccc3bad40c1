import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { cnn } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { parameterCount } from "../../ml/models/model.ts"
import { CidMalformed, cidFromDigest, cidOf, digestOfCid } from "../../ml/store/cid.ts"
import {
  checkContent,
  ContentHashMismatch,
  ContentNotFound,
  ContentStoreFull,
  createContentStore,
} from "../../ml/store/contentStore.ts"
import { DocumentMalformed } from "../../ml/store/documentMalformed.ts"
import { decodeShardManifest, encodeShardManifest } from "../../ml/store/shardManifest.ts"
import {
  decodeGroundTruth,
  decodeTaskSpecification,
  encodeGroundTruth,
  encodeTaskSpecification,
  type GroundTruth,
  type TaskSpecification,
} from "../../ml/store/taskDocuments.ts"
import { decodeWeights, encodeWeights, type WeightsDocument } from "../../ml/store/weightsDocument.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe("a content identifier", () => {
  test("is what IPFS calls the same bytes", () => {
    // `printf 'hello world' | ipfs add --cid-version 1 --raw-leaves`
    expect(cidOf(utf8("hello world"))).toBe("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e")
  })

  test("carries the SHA-256 that contracts compare, and comes back from it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const cid = cidOf(bytes)
        expect(digestOfCid(cid)).toBe(`0x${sha256Hex(bytes)}`)
        expect(cidFromDigest(digestOfCid(cid))).toBe(cid)
      }),
    )
  })

  test.each([
    ["", "it cannot be read"],
    ["bafkreinonsense!", "it cannot be read"],
    ["QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n", "its version is 0"],
    ["bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "its codec is 0x70"],
    ["bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5", "it cannot be read"],
    ["x".repeat(100_000), "it cannot be read"],
  ])("is not %s", (text, problem) => {
    expect(() => digestOfCid(text)).toThrow(CidMalformed)
    expect(() => digestOfCid(text)).toThrow(problem)
  })
})

describe("the content store", () => {
  test("gives back what was put, under one name however often it is put", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (contents) => {
        const store = createContentStore()
        const cids = contents.map((bytes) => store.put(bytes))
        contents.forEach((bytes, i) => expect(store.get(cids[i]!)).toEqual(bytes))
        expect(contents.map((bytes) => store.put(bytes))).toEqual(cids)
        expect(store.count).toBe(new Set(cids).size)
      }),
    )
  })

  test("keeps a copy: changing what was put changes nothing", () => {
    const store = createContentStore()
    const bytes = utf8("weights")
    const cid = store.put(bytes)
    bytes[0] = 0
    expect(store.get(cid)).toEqual(utf8("weights"))
  })

  test("notices content that was altered behind its back", () => {
    const store = createContentStore()
    const cid = store.put(utf8("weights"))
    store.get(cid)[0] = 0
    expect(() => store.get(cid)).toThrow(ContentHashMismatch)
    expect(() => checkContent(cid, utf8("other"))).toThrow(ContentHashMismatch)
  })

  test("says what it does not have, and what is no name at all", () => {
    const store = createContentStore()
    expect(() => store.get(cidOf(utf8("never put")))).toThrow(ContentNotFound)
    expect(() => store.get("sha256:00")).toThrow(CidMalformed)
    expect(store.has(cidOf(utf8("never put")))).toBe(false)
  })

  test("has a limit", () => {
    const store = createContentStore({ limitBytes: 10 })
    store.put(utf8("1234567"))
    store.put(utf8("1234567"))
    expect(() => store.put(utf8("abcd"))).toThrow(ContentStoreFull)
    expect(store.bytes).toBe(7)
  })
})

const model = mlp({ inputs: 3, hidden: [2], classes: 2 })
const document: WeightsDocument = {
  kind: "update",
  model,
  round: 7,
  samples: 600,
  base: cidOf(utf8("base")),
  values: Float32Array.from({ length: parameterCount(model) }, (_, i) => i / 7 - 1),
}

/** The document, or `malformed`; any other error is thrown on. */
const decodedOrMalformed = (bytes: Uint8Array): WeightsDocument | "malformed" => {
  try {
    return decodeWeights(bytes)
  } catch (error) {
    if (error instanceof DocumentMalformed) return "malformed"
    throw error
  }
}

describe("a weights document", () => {
  test("survives the way through bytes, for any finite values", () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 14, maxLength: 14, noNaN: true, noDefaultInfinity: true }),
        fc.nat(),
        fc.constantFrom("model" as const, "update" as const),
        (values, samples, kind) => {
          const given = { ...document, kind, samples, values, base: kind === "model" ? null : document.base }
          const bytes = encodeWeights(given)
          expect(decodeWeights(bytes)).toEqual(given)
          expect(encodeWeights(decodeWeights(bytes))).toEqual(bytes)
        },
      ),
    )
  })

  test("carries a convolutional network as well", () => {
    const images = cnn({ inputShape: [4, 4, 1], filters: [2], kernelSize: 3, dense: [3], classes: 2 })
    const values = Float32Array.from({ length: parameterCount(images) }, (_, i) => i / 7 - 1)
    const given = { ...document, model: images, values }
    expect(decodeWeights(encodeWeights(given))).toEqual(given)
    const tooFew = { ...given, values: values.subarray(1) }
    expect(() => encodeWeights(tooFew)).toThrow(
      `has ${values.length - 1} values, its model has ${values.length}`,
    )
  })

  test("can lie anywhere in a buffer", () => {
    const bytes = encodeWeights(document)
    const buffer = new Uint8Array(bytes.length + 3)
    buffer.set(bytes, 3)
    expect(decodeWeights(buffer.subarray(3))).toEqual(document)
  })

  test("has the bytes that are pinned: identifiers on chain depend on them", () => {
    expect(cidOf(encodeWeights(document))).toMatchInlineSnapshot(
      `"bafkreidrk6j425oz3tilodymknqicd7eage5jepez2nqoaxk6e6gpmqm64"`,
    )
  })

  test("any single changed byte is another identifier, and decodes to something else or not at all", () => {
    const bytes = encodeWeights(document)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = bytes.slice()
        altered[at]! ^= change
        expect(cidOf(altered)).not.toBe(cidOf(bytes))
        const outcome = decodedOrMalformed(altered)
        expect(outcome).not.toEqual(document)
      }),
      { numRuns: 300 },
    )
  })

  test("a header that says the same in other characters is refused: one document, one identifier", () => {
    const padded = [1, 10, 100, 1_000].map((round) => encodeWeights({ ...document, round }))
    const endOfHeader = (bytes: Uint8Array): number => 12 + new DataView(bytes.buffer).getUint32(8, true)
    const withSpace = padded.filter((bytes) => bytes[endOfHeader(bytes) - 1] === 0x20)
    expect(withSpace.length).toBeGreaterThan(0)
    for (const bytes of withSpace) {
      const tab = bytes.with(endOfHeader(bytes) - 1, 0x09)
      expect(() => decodeWeights(tab)).toThrow("its header is not canonical JSON")
    }
  })

  test("arbitrary bytes are malformed, never a crash", () => {
    const magic = fc
      .uint8Array({ maxLength: 40 })
      .map((rest) => Uint8Array.of(...utf8("ATNW"), 1, 0, 0, 0, ...rest))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), magic), (bytes) => {
        expect(() => decodeWeights(bytes)).toThrow(DocumentMalformed)
      }),
    )
  })

  test.each<[string, () => unknown]>([
    ["does not start with ATNW", () => decodeWeights(utf8("not weights at all"))],
    ["its header asks for", () => decodeWeights(encodeWeights(document).subarray(0, -4))],
    ["has 13 values, its model has 14", () => encodeWeights({ ...document, values: new Float32Array(13) })],
    ["value 2 is NaN", () => encodeWeights({ ...document, values: document.values.with(2, NaN) })],
  ])("that %s is refused", (problem, attempt) => {
    expect(attempt).toThrow(DocumentMalformed)
    expect(attempt).toThrow(problem)
  })
})

const specification: TaskSpecification = {
  version: 1,
  module: "vision/digits",
  round: 3,
  baseModel: cidOf(utf8("model")),
  model,
  hyperParameters: { epochs: 1, batchSize: 32, learningRate: 0.1, momentum: 0, proximal: 0 },
  data: {
    dataset: "mnist",
    datasetHash: "00".repeat(32),
    split: "train",
    partition: { kind: "dirichlet", alpha: 0.5 },
    parts: 12,
    samplesPerPart: 600,
    seed: "1/partition",
    shards: [0, 4, 7],
  },
  acceptance: { minimumScore: 70, toleranceBps: 200 },
  phases: { commitBlocks: 300, groundTruthBlocks: 50, solutionBlocks: 50 },
}
const truth: GroundTruth = {
  version: 1,
  dataset: "mnist",
  datasetHash: "00".repeat(32),
  split: "test",
  indices: [5, 3, 9],
  threshold: { correct: 8, total: 10 },
  base: { correct: 7, total: 10 },
  salt: `0x${"ab".repeat(32)}`,
}

describe("task documents", () => {
  test("survive the way through bytes", () => {
    expect(decodeTaskSpecification(encodeTaskSpecification(specification))).toEqual(specification)
    expect(decodeGroundTruth(encodeGroundTruth(truth))).toEqual(truth)
  })

  test("have one encoding, whatever the order of fields", () => {
    const reordered = Object.fromEntries(
      Object.entries(specification).toReversed(),
    ) as unknown as TaskSpecification
    expect(encodeTaskSpecification(reordered)).toEqual(encodeTaskSpecification(specification))
  })

  test("another salt is another hash", () => {
    const other = { ...truth, salt: `0x${"ac".repeat(32)}` }
    expect(cidOf(encodeGroundTruth(other))).not.toBe(cidOf(encodeGroundTruth(truth)))
  })

  test.each<[string, string]>([
    ["binary noise", "\u0000\u0001\u0002"],
    ["an array", "[]"],
    ["another version", JSON.stringify({ ...truth, version: 2 })],
    ["a negative index", JSON.stringify({ ...truth, indices: [-1] })],
    ["no examples", JSON.stringify({ ...truth, indices: [] })],
    ["a threshold of zero", JSON.stringify({ ...truth, threshold: { correct: 0, total: 10 } })],
    ["a short salt", JSON.stringify({ ...truth, salt: "0xab" })],
    ["a field too many", JSON.stringify({ ...truth, hint: 1 })],
    ["a missing field", JSON.stringify({ ...truth, salt: undefined })],
    ["fields out of order", JSON.stringify(Object.fromEntries(Object.entries(truth)))],
  ])("with %s are malformed", (_, given) => {
    expect(() => decodeGroundTruth(utf8(given))).toThrow(DocumentMalformed)
  })

  test("say where the mistake is", () => {
    const wrong = { ...specification, hyperParameters: { ...specification.hyperParameters, epochs: 0 } }
    expect(() => decodeTaskSpecification(encodeTaskSpecification(wrong))).toThrow(/epochs/)
  })

  test("longer than a mebibyte are not read", () => {
    expect(() => decodeGroundTruth(new Uint8Array(2 ** 20 + 1))).toThrow("at most 1048576 are read")
  })
})

describe("a shard manifest", () => {
  const hash = `0x${"ab".repeat(32)}` as const
  const manifest = {
    version: 1,
    model: "bafkrei",
    totalSize: 5,
    shardSize: 1,
    dataShards: 1,
    chunkBytes: 64,
    shards: [hash],
  }

  test("comes back from its bytes", () => {
    expect(decodeShardManifest(encodeShardManifest({ ...manifest, version: 1 }))).toEqual(manifest)
  })

  test.each([
    ["no JSON", utf8("shards")],
    ["an unknown field", utf8(JSON.stringify({ ...manifest, more: 1 }))],
    ["no shards", utf8(JSON.stringify({ ...manifest, shards: [] }))],
    ["a hash that is none", utf8(JSON.stringify({ ...manifest, shards: ["0xab"] }))],
  ])("is refused: %s", (_, bytes) => {
    expect(() => decodeShardManifest(bytes)).toThrow(DocumentMalformed)
  })
})
