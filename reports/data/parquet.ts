import { type BasicType, parquetWriteBuffer } from "hyparquet-writer"
import type { AnyTable, CellType } from "../tables/table.ts"

const parquetTypes: Readonly<Record<CellType, BasicType>> = {
  text: "STRING",
  integer: "INT64",
  number: "DOUBLE",
  boolean: "BOOLEAN",
}

/** A table as a Parquet file; its caption and the meaning of its columns are in the file's metadata. */
export const tableToParquet = (table: AnyTable): Uint8Array => {
  const columns = Object.entries(table.columns)
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(([name, { type }]) => ({
        name,
        type: parquetTypes[type],
        nullable: true,
        data: table.rows.map((row) => {
          const value = row[name] ?? null
          return type === "integer" && value !== null ? BigInt(value) : value
        }),
      })),
      kvMetadata: [
        { key: "caption", value: table.caption },
        ...columns.map(([name, { meaning }]) => ({ key: `meaning of ${name}`, value: meaning })),
      ],
      createdBy: "autonet-sim",
    }),
  )
}
