#!/usr/bin/env node
/**
 * Starts the program on the Node that it is pinned to (npm package `node`), whatever Node runs this file.
 *
 * In a clone that Node runs the TypeScript sources as they are; in an installed package, where Node refuses to strip
 * types, the JavaScript in `dist`. Plain JavaScript for any Node from 18 on.
 */
import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const BAD_INSTALLATION = 4

const here = dirname(fileURLToPath(import.meta.url))

/** The pinned Node's binary, or undefined with the reason on stderr. */
function pinnedNode() {
  let manifest
  try {
    manifest = createRequire(import.meta.url).resolve("node/package.json")
  } catch {
    process.stderr.write(
      "autonet-sim: its dependencies are not installed; run npm ci (in a clone) or npm install\n",
    )
    return undefined
  }
  const binary = join(dirname(manifest), "bin", process.platform === "win32" ? "node.exe" : "node")
  if (existsSync(binary)) return binary
  const { version } = JSON.parse(readFileSync(manifest, "utf8"))
  process.stderr.write(
    `autonet-sim: the Node that it is pinned to (${version}) was not installed: npm did not run the install script of ` +
      'the package "node".\nAllow it: "allowScripts": { "node": true } in your package.json, or npm config set ' +
      "ignore-scripts false,\nthen npm rebuild node\n",
  )
  return undefined
}

/** TypeScript in a clone, built JavaScript in an installed package. */
function entryPoint() {
  const source = join(here, "main.ts")
  if (existsSync(source) && !here.split(/[\\/]/).includes("node_modules")) return source
  return join(here, "..", "..", "dist", "sim", "cli", "main.js")
}

const node = pinnedNode()
if (node === undefined) process.exitCode = BAD_INSTALLATION
else {
  // Half of the time to start is compiling: Node keeps what it compiled, where its own default is.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), "node-compile-cache")
  // The channel tells the child when this process is killed.
  const child = spawn(node, [entryPoint(), ...process.argv.slice(2)], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  })
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  child.on("error", (error) => {
    process.stderr.write(`autonet-sim: ${node} could not be started: ${error.message}\n`)
    process.exitCode = BAD_INSTALLATION
  })
  child.on("exit", (code, signal) => {
    const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }
    process.exitCode = code ?? 128 + (numbers[signal] ?? 0)
  })
}
