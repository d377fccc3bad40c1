import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { parquetMetadata, parquetReadObjects } from "hyparquet"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { figureTables, tableList } from "../../reports/tables/figureTables.ts"
import { writeReport, type WrittenReport } from "../../reports/writeReport.ts"
import {
  type ExperimentOptions,
  type SyntheticExperiment,
  syntheticExperiment,
} from "./syntheticExperiment.ts"

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

interface Report extends SyntheticExperiment, WrittenReport {
  readonly html: string
}

const report = async ({ result, runs }: SyntheticExperiment): Promise<Report> => {
  const folder = await mkdtemp(join(tmpdir(), "autonet-sim-report-"))
  folders.push(folder)
  const written = await writeReport(folder, result, runs)
  return { result, runs, ...written, html: await readFile(written.htmlPath, "utf8") }
}

const reportOf = (options: ExperimentOptions): Promise<Report> => report(syntheticExperiment(options))

const read = async (path: string): Promise<ArrayBuffer> => {
  const bytes = await readFile(path)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}

const tagPattern = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/g

/**
 * Fails where tags don't nest or a bracket belongs to no tag; returns the names of all elements and attributes.
 * Only what a browser would read as markup counts: data and style are left out.
 */
const namesInMarkup = (markup: string, what: string): ReadonlySet<string> => {
  const names = new Set<string>()
  const open: string[] = []
  const bare = markup
    .replace("<!doctype html>", "")
    .replaceAll(/<(script|style)\b[^>]*>[^<]*<\/\1>/g, (_all, name: string) => {
      names.add(name)
      return ""
    })
  for (const [tag, closing, name = "", attributes = "", selfClosing] of bare.matchAll(tagPattern)) {
    names.add(name)
    for (const [, attribute = ""] of attributes.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)) names.add(attribute)
    if (name === "meta" || selfClosing === "/") continue
    if (closing === "") open.push(name)
    else if (open.pop() !== name) throw new Error(`${what}: ${tag} closes nothing`)
  }
  expect(open, what).toEqual([])
  const stray = /.{0,40}[<>].{0,40}/.exec(bare.replaceAll(tagPattern, ""))
  expect(stray?.[0] ?? null, what).toBeNull()
  return names
}

/** Like `toMatch`, but a failure doesn't print the whole document. */
const occurrence = (document: string, pattern: RegExp): string | null =>
  pattern.exec(document)?.[0].slice(0, 80) ?? null

describe("a report", () => {
  let written: Report
  beforeAll(async () => {
    written = await reportOf({ seeds: [1, 2, 3, 4, 5], rounds: 4 })
  })

  test("is one document that loads nothing and runs nothing", () => {
    const { html } = written
    expect(occurrence(html, /content="default-src 'none'/)).not.toBeNull()
    const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes)
    expect(scripts).toEqual([' type="application/json" id="report-data"'])
    expect(occurrence(html, /@import|url\(/)).toBeNull()
    const names = namesInMarkup(html, "report.html")
    for (const name of ["src", "link", "iframe", "img", "object", "image", "use"]) {
      expect(names.has(name), name).toBe(false)
    }
    const remote = [...html.matchAll(/(?:https?:)?\/\/[a-z][^\s"'<]*/g)].map(([url]) => url)
    for (const url of remote) expect(url).toMatch(/^http:\/\/www\.w3\.org\//)
  })

  test("nests its elements properly, and so does every figure", async () => {
    expect(namesInMarkup(written.html, "report.html").has("figcaption")).toBe(true)
    for (const path of written.figurePaths.filter((each) => each.endsWith(".svg"))) {
      expect(namesInMarkup(await readFile(path, "utf8"), basename(path)).has("svg")).toBe(true)
    }
  })

  test("has a target for every link inside it, and no identifier twice", () => {
    const identifiers = [...written.html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? "")
    expect(new Set(identifiers).size).toBe(identifiers.length)
    const links = [...written.html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target ?? "")
    expect(links.length).toBeGreaterThan(100)
    for (const target of links) expect(identifiers).toContain(target)
    for (const [, target = ""] of written.html.matchAll(/aria-labelledby="([^"]+)"/g)) {
      expect(identifiers).toContain(target)
    }
  })

  test("links beside itself only to files that it wrote, or to results of runs", () => {
    const files = [...written.figurePaths, ...written.dataPaths].map((path) =>
      path.slice(written.htmlPath.length - "report.html".length),
    )
    const links = [...written.html.matchAll(/<a href="([^#"][^"]*)"/g)].map(([, target]) => target ?? "")
    expect(links.length).toBeGreaterThan(20)
    for (const target of links) {
      const isRun = written.result.settings.some(({ runs }) =>
        runs.some(({ file }) => `./${file}` === target),
      )
      expect(isRun || files.includes(target), target).toBe(true)
    }
  })

  test("answers in words, and shows every verdict, digest and command", () => {
    const { html, result } = written
    expect(html).toMatch(/(All six|Five of six|Four of six) expectations hold over 5 replicates/)
    for (const { statement, verdict } of result.expectations) {
      expect(html).toContain(statement.replaceAll(">", "&gt;").replaceAll("<", "&lt;"))
      expect(html).toContain(`<span class="verdict ${verdict}">${verdict}</span>`)
    }
    for (const { runs } of result.settings) {
      for (const { seed, digest } of runs) {
        expect(html).toContain(digest)
        expect(html).toContain(`npx autonet-sim run scenarios/first-run.yaml --seed ${seed} --replicates 1`)
      }
    }
    expect(html).toContain(result.manifest.identity)
    expect(html).toContain("What this does not show")
  })

  test("states prices and delays of the scenario among what it does not show", async () => {
    const experiment = syntheticExperiment({ seeds: [1, 2], rounds: 2 })
    const { manifest } = experiment.result
    const scenario = {
      rounds: 2,
      limitSeconds: 7200,
      costs: { verificationWeiPerEvaluation: "1500000000000000000", gasWeiPerGas: "2000000000" },
      network: { medianLatencySeconds: 0.25 },
      parameters: { "ResultsRewards.panelSize": "5" },
    }
    const inputs = { ...manifest.inputs, settings: [{ name: "base", scenario, contracts: "c0ffee" }] }
    const result = { ...experiment.result, manifest: { ...manifest, inputs } }
    const { html } = await report({ ...experiment, result })
    expect(html).toContain("1.5 ATN for a full evaluation")
    expect(html).toContain("0.002 ATN for a million gas")
    expect(html).toContain("a median of 0.25 s")
    expect(html).toContain("ResultsRewards.panelSize")
    expect(html).toContain("2 replicates a setting are few")
  })

  test("says which contracts and parameters it stands on, and what these leave open", async () => {
    const experiment = syntheticExperiment({ seeds: [1, 2], rounds: 2 })
    const { manifest } = experiment.result
    const [set] = manifest.contractSets
    const record = {
      name: "ResultsRewards.clipBps",
      unit: "bps",
      min: "0",
      max: "10000",
      default: "2000",
      setBy: "",
      description: "How far a score may lie from the centre.",
    } as const
    const result = {
      ...experiment.result,
      expectations: [],
      verdict: "holds" as const,
      manifest: {
        ...manifest,
        contractSets: [
          {
            ...set!,
            rulesOff: [{ name: "tie-slashes", rule: "A tie slashes nobody." }],
            unchecked: [{ invariant: "liveness", reason: "the set has no TaskContract.scheduleOf" }],
            fixed: [{ view: "ResultsRewards.VOTING_PERIOD_BLOCKS", value: "100" }],
            missing: ["ResultsRewards.commitVote"],
            parameters: {
              "ResultsRewards.clipBps": { control: "fixed" as const, value: "1500" },
              "ResultsRewards.panelSize": { control: "absent" as const, value: null },
            },
          },
        ],
        parameters: [record, { ...record, name: "ResultsRewards.panelSize", unit: "count" as const }],
        settings: manifest.settings.map(({ name }) => ({
          name,
          parameters: [
            { name: record.name, value: "1500", source: "bytecode" as const },
            { name: "ResultsRewards.panelSize", value: null, source: "absent" as const },
          ],
        })),
      },
    }
    const { html } = await report({ ...experiment, result })
    const text = html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ")
    for (const statement of [
      "no expectations",
      "The built-in contracts without tie-slashes",
      "on the built-in contracts without tie-slashes: 1 function fewer than the built-in contracts, 1 number fixed by the bytecode.",
      "No invariant was violated; one could not be checked: liveness.",
      "tie-slashes : A tie slashes nobody.",
      "Rules of the contracts were switched off: tie-slashes (A tie slashes nobody)",
      "it fixes ResultsRewards.clipBps; it has no setter and no view for 1 parameter",
      "Liveness could not be checked: the set has no TaskContract.scheduleOf.",
      "15 % 20 % fixed by the bytecode",
      "ResultsRewards.VOTING_PERIOD_BLOCKS() = 100",
      "1 parameter that the contracts do not have, or do not show",
      "One contract parameter is not at the default in some setting (ResultsRewards.clipBps)",
      "Invariants that these contracts give no way to check: liveness.",
    ])
      expect(text).toContain(statement)
  })

  test("carries its tables inside, equal to those beside it", async () => {
    const [, json = "[]"] =
      /<script type="application\/json" id="report-data">([^<]*)<\/script>/.exec(written.html) ?? []
    const embedded = JSON.parse(json) as {
      name: string
      columns: { name: string; values: unknown[] }[]
    }[]
    const tables = tableList(figureTables(written.result, written.runs))
    expect(embedded.map(({ name }) => name)).toEqual(tables.map(({ name }) => name))
    for (const [index, table] of tables.entries()) {
      for (const { name, values } of embedded[index]?.columns ?? []) {
        expect(values, `${table.name}.${name}`).toEqual(table.rows.map((row) => row[name]))
      }
    }
  })

  test("writes Parquet that reads back as its tables, with the meaning of every column", async () => {
    for (const table of tableList(figureTables(written.result, written.runs))) {
      const path = written.dataPaths.find((each) => each.endsWith(`${table.name}.parquet`)) ?? ""
      const file = await read(path)
      const rows = await parquetReadObjects({ file })
      const plain = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === "bigint" ? Number(value) : value,
          ]),
        ),
      )
      expect(plain, table.name).toEqual(table.rows)
      const keys = parquetMetadata(file).key_value_metadata?.map(({ key }) => key) ?? []
      for (const name of Object.keys(table.columns)) expect(keys).toContain(`meaning of ${name}`)
    }
  })

  test("writes CSV with a heading and a line a row", async () => {
    for (const table of tableList(figureTables(written.result, written.runs))) {
      const path = written.dataPaths.find((each) => each.endsWith(`/${table.name}.csv`)) ?? ""
      const lines = (await readFile(path, "utf8")).split("\r\n")
      expect(lines[0]).toBe(Object.keys(table.columns).join(","))
      expect(lines).toHaveLength(table.rows.length + 2)
    }
  })

  test("is the same, byte for byte, whatever the order in which runs come", async () => {
    const again = await report({ ...written, runs: written.runs.toReversed() })
    expect(again.html).toBe(written.html)
    for (const [index, path] of written.figurePaths.entries()) {
      expect(await readFile(again.figurePaths[index] ?? "", "utf8")).toBe(await readFile(path, "utf8"))
    }
  })

  test("stays below three megabytes with thirty replicates of three settings", async () => {
    const large = await reportOf({ seeds: Array.from({ length: 30 }, (_, index) => index + 1), rounds: 10 })
    expect(Buffer.byteLength(large.html)).toBeLessThan(3_000_000)
    expect(large.html).toContain("only beside it: ")
  })
})

/** Elements and attributes of a report with harmless names. */
const usualNames = async (): Promise<ReadonlySet<string>> => {
  const { html, figurePaths } = await reportOf({ seeds: [1, 2], rounds: 2 })
  const names = new Set(namesInMarkup(html, "report.html"))
  for (const path of figurePaths.filter((each) => each.endsWith(".svg"))) {
    for (const name of namesInMarkup(await readFile(path, "utf8"), basename(path))) names.add(name)
  }
  return names
}

describe("a report of untrusted names", () => {
  const hostile = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "${alert(1)} {{alert(1)}} datum['x'] \\u003cb\\u003e",
    "javascript:alert(1)",
    "\u202egnp.exe \u0000\u0007 \ud800 ]]> --> &lt;b&gt;",
    "=cmd|'/C calc'!A1",
  ]

  test("keeps them text, wherever they stand", async () => {
    let next = 0
    const names = new Map<string, string>()
    const rename = (name: string): string => {
      const known = names.get(name)
      if (known !== undefined) return known
      const renamed = name.includes("/")
        ? `${name.split("/")[0]}/${hostile[next++ % hostile.length]}`
        : `${name} ${hostile[next++ % hostile.length]}`
      names.set(name, renamed)
      return renamed
    }
    const experiment = syntheticExperiment({
      seeds: [1, 2],
      rounds: 2,
      rename,
      title: hostile.join(" "),
      description: hostile.join(" "),
    })
    const [first] = hostile
    const result = {
      ...experiment.result,
      name: first ?? "",
      complete: false,
      command: `npx autonet-sim run '${hostile[1]}'`,
      failures: [
        {
          setting: hostile[2] ?? "",
          seed: 9,
          reason: "crash" as const,
          agent: hostile[3] ?? "",
          timeSeconds: 12,
          message: hostile.join("\n"),
        },
      ],
      manifest: {
        ...experiment.result.manifest,
        scenarioFile: hostile[1] ?? "",
        scenarioText: hostile.join("\n"),
        set: [...hostile],
      },
    }
    const { html, figurePaths } = await report({ ...experiment, result })
    const usual = await usualNames()
    const documents = [["report.html", html]]
    for (const path of figurePaths.filter((each) => each.endsWith(".svg"))) {
      documents.push([basename(path), await readFile(path, "utf8")])
    }
    for (const [name = "", document = ""] of documents) {
      for (const each of namesInMarkup(document, name)) expect(usual.has(each), `${name}: ${each}`).toBe(true)
      expect(occurrence(document, /href="javascript/)).toBeNull()
      // oxlint-disable-next-line no-control-regex
      expect(occurrence(document, /[\u0000\u0007\u202e]/)).toBeNull()
      expect(document.isWellFormed()).toBe(true)
    }
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;")
  })
})

describe("a report of little", () => {
  test("says that one replicate has no spread", async () => {
    const { html } = await reportOf({ seeds: [1], rounds: 2 })
    expect(html).toContain("One replicate shows no spread")
    expect(html).toContain("A setting has a single run")
    namesInMarkup(html, "report.html")
  })

  test("of no run at all is still a page, with no figure in it", async () => {
    const experiment = syntheticExperiment({ seeds: [1], rounds: 1 })
    const result = {
      ...experiment.result,
      complete: false,
      settings: experiment.result.settings.map((setting) => ({
        ...setting,
        runs: [],
        strategies: [],
        metrics: [],
      })),
      expectations: [],
      comparisons: [],
      digest: null,
    }
    const { html, figurePaths } = await report({ result, runs: [] })
    expect(figurePaths).toEqual([])
    expect(html).toContain("Incomplete.")
    namesInMarkup(html, "report.html")
  })
})
