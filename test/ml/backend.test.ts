import { expect, test } from "vitest"
import { BackendNotInitialised, backendReport, initialiseBackend } from "../../ml/backend.ts"

test("before it is initialised, the backend says so", () => {
  expect(() => backendReport()).toThrow(BackendNotInitialised)
})

const handlers = () => ["uncaughtException", "unhandledRejection"].map((event) => process.rawListeners(event))

test("runs on one thread, reports what it is, and leaves the process's error handling alone", async () => {
  const before = handlers()
  const report = await initialiseBackend()
  expect(report).toEqual({ backend: "wasm", version: "4.22.0", simd: true, threads: 1 })
  expect(handlers()).toEqual(before)
  expect(backendReport()).toBe(report)
  expect(await initialiseBackend()).toBe(report)
})
