/**
 * The report of an experiment: results → tables → figures → SVG → one HTML page, every stage kept beside it.
 *
 *     report.html              one file, offline, nothing to install
 *     figures/NAME.vl.json     Vega-Lite specification with its data
 *     figures/NAME.svg         the figure, to stand alone
 *     data/NAME.parquet, .csv  the tidy tables
 */
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ExperimentResult } from "../sim/results/experimentResult.ts"
import type { RunResult } from "../sim/results/runResult.ts"
import { tableToCsv } from "./data/csv.ts"
import { tableToParquet } from "./data/parquet.ts"
import { figureMakers } from "./figures/registry.ts"
import { page } from "./page/page.ts"
import { type CompiledFigure, compileFigure } from "./render/compileFigure.ts"
import { figureTables, tableList } from "./tables/figureTables.ts"

export interface WrittenReport {
  readonly htmlPath: string
  /** Per figure its Vega-Lite file, then its SVG. */
  readonly figurePaths: readonly string[]
  /** Per table its Parquet file, then its CSV. */
  readonly dataPaths: readonly string[]
}

/** Writes one file a path, relative to `outDir`; returns the paths. */
const writeAll = async (
  outDir: string,
  files: readonly (readonly [string, string | Uint8Array])[],
): Promise<string[]> => {
  const paths: string[] = []
  for (const [name, content] of files) {
    const path = join(outDir, name)
    await writeFile(path, content)
    paths.push(path)
  }
  return paths
}

/**
 * Writes the report into `outDir`, which is created if need be; files of an earlier report are overwritten.
 * Equal results give equal bytes. `runs` are the results of the runs that `result` refers to, in any order.
 */
export const writeReport = async (
  outDir: string,
  result: ExperimentResult,
  runs: readonly RunResult[],
): Promise<WrittenReport> => {
  const tables = figureTables(result, runs)
  const figures: CompiledFigure[] = []
  for (const { make } of figureMakers) {
    const figure = make(tables)
    if (figure !== null) figures.push(await compileFigure(figure))
  }
  await mkdir(join(outDir, "figures"), { recursive: true })
  await mkdir(join(outDir, "data"), { recursive: true })
  const figurePaths = await writeAll(
    outDir,
    figures.flatMap(({ figure, spec, svgFile }) => [
      [`figures/${figure.name}.vl.json`, `${JSON.stringify(spec, null, 1)}\n`],
      [`figures/${figure.name}.svg`, svgFile],
    ]),
  )
  const dataPaths = await writeAll(
    outDir,
    tableList(tables).flatMap((table) => [
      [`data/${table.name}.parquet`, tableToParquet(table)],
      [`data/${table.name}.csv`, tableToCsv(table)],
    ]),
  )
  const [htmlPath = ""] = await writeAll(outDir, [["report.html", page(result, tables, figures)]])
  return { htmlPath, figurePaths, dataPaths }
}
