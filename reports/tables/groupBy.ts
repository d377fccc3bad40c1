/** Rows by key, keys in order of first appearance, rows in their order. */
export const groupBy = <Row>(rows: Iterable<Row>, key: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group === undefined) groups.set(key(row), [row])
    else group.push(row)
  }
  return groups
}

/** A key from several values that no choice of values can confuse with another. */
export const keyOf = (...parts: readonly (string | number | boolean | null)[]): string =>
  JSON.stringify(parts)
