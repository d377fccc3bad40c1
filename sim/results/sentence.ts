/** `a`, `a and b`, `a, b and c`. */
export const listing = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

/** Small numbers in words, as prose has them. */
export const numberWord = (count: number): string => words[count] ?? String(count)

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** With a full stop, unless it ends a sentence already. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
