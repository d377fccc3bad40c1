import { figureMakers } from "./figures/registry.ts"
import { tableNames } from "./tables/figureTables.ts"

/** Every file that a report may have, relative to its folder: a figure without data has none. */
export const reportFiles: readonly string[] = [
  "report.html",
  ...figureMakers.flatMap(({ name }) => [`figures/${name}.vl.json`, `figures/${name}.svg`]),
  ...tableNames.flatMap((name) => [`data/${name}.parquet`, `data/${name}.csv`]),
]
