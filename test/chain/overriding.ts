import type { Engine } from "../../chain/engine/engine.ts"

/** An engine that does some things in another way; all others are done by the engine itself. */
export const overriding = (engine: Engine, others: Partial<Engine>): Engine =>
  new Proxy(engine, {
    get: (target, key) => {
      const own: unknown = Reflect.get(others, key) ?? Reflect.get(target, key)
      return typeof own === "function" ? own.bind(target) : own
    },
  })
