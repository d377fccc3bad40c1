import { describe, expect, test } from "vitest"
import { showProgress } from "../../sim/cli/progress.ts"
import { alignRows, styleFor, widthOf } from "../../sim/cli/terminal.ts"

/** What a screen was sent, and a clock that the test moves. */
const screenOf = (isTTY: boolean) => {
  const sent: string[] = []
  const clock = { ms: 0 }
  const screen = { isTTY, columns: 60, write: (text: string) => sent.push(text) }
  return { clock, sent, progress: showProgress(screen, () => clock.ms) }
}

const prepared = { identity: "", runs: 4, finished: 0, checks: 0, other: undefined }
const job = (seed: number) => ({ setting: "base", seed })

describe("progress", () => {
  test("on a terminal is one line with a bar and the time left, taken away at the end", () => {
    const { clock, sent, progress } = screenOf(true)
    progress.prepared(prepared)
    clock.ms = 10_000
    progress.done(job(1))
    expect(sent.at(-1)).toBe("\r\u001b[K██████░░░░░░░░░░░░░░░░░░ 25 %  1/4 runs  30 s left")
    clock.ms = 15_000
    progress.progress(job(2), 0.5)
    expect(sent.at(-1)).toContain("37 %  1/4 runs  25 s left")
    progress.end()
    progress.end()
    expect(sent.filter((text) => text === "\r\u001b[K")).toHaveLength(1)
    expect(sent.join("")).not.toContain("\n")
  })

  test("elsewhere is a line per run, without escapes", () => {
    const { clock, sent, progress } = screenOf(false)
    progress.prepared({ ...prepared, finished: 1 })
    clock.ms = 5000
    progress.progress(job(2), 0.5)
    progress.done(job(2))
    const failure = { reason: "hang", agent: "a", timeSeconds: 3, message: "a hangs\nmore" } as const
    progress.failed({ ...job(3), ...failure })
    progress.end()
    expect(sent).toEqual([
      "1 run of 4 are there already\n",
      "2/4 base seed 2 done  10 s left\n",
      "base seed 3 has no result: a hangs\n",
    ])
  })
})

describe("the terminal", () => {
  test("gets colours only if it is one and has not asked for none", () => {
    const coloured = styleFor({ isTTY: true }, {}).good("x")
    expect([coloured, widthOf(coloured)]).toEqual(["\u001b[32mx\u001b[0m", 1])
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
      expect(styleFor({ isTTY: true }, env).good("x")).toBe("x")
    expect(styleFor({}, {}).bad("x")).toBe("x")
  })

  test("gets aligned columns, colours or not", () => {
    const { good } = styleFor({ isTTY: true }, {})
    const rows = alignRows(
      [
        ["a", "1"],
        [good("bcd"), "22"],
      ],
      ["left", "right"],
    )
    expect(rows).toEqual(["a     1", `${good("bcd")}  22`])
  })
})
