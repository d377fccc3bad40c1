/** JSON-RPC over one HTTP connection that stays open. Encoding and decoding stand apart, so that they need not be timed. */
import { Agent, request } from "node:http"

export interface Call {
  readonly method: string
  readonly params: readonly unknown[]
}

export interface JsonRpc {
  /** Sends an encoded request; gives the encoded answer. */
  send(body: string): Promise<string>
  call(method: string, ...params: readonly unknown[]): Promise<unknown>
  close(): void
}

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** Several calls in one request. */
export const encodeCalls = (calls: readonly Call[]): string =>
  JSON.stringify(calls.map((call, id) => ({ jsonrpc: "2.0", id, ...call })))

/** The results in the order of the calls. Throws what the node refused. */
export const decodeAnswers = (body: string, calls: readonly Call[]): readonly unknown[] => {
  const answers = new Map((JSON.parse(body) as readonly Answer[]).map((answer) => [answer.id, answer]))
  return calls.map(({ method }, id) => {
    const { error, result } = answers.get(id) ?? { error: { message: "no answer" } }
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result
  })
}

export const connect = (url: string): JsonRpc => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) }
      const sent = request(url, { method: "POST", agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.on("end", () => resolve(Buffer.concat(chunks).toString()))
        response.on("error", reject)
      })
      sent.on("error", reject)
      sent.end(body)
    })
  return {
    send,
    call: async (method, ...params) => {
      const calls = [{ method, params }]
      return decodeAnswers(await send(encodeCalls(calls)), calls)[0]
    },
    close: () => agent.destroy(),
  }
}
