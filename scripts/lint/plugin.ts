/** The project's own lint rules: rooms, bans on non-determinism, loops that never wait. */
import { noHostNondeterminism } from "./noHostNondeterminism.ts"
import { noLoopWithoutWait } from "./noLoopWithoutWait.ts"
import { rooms } from "./rooms.ts"

export default {
  meta: { name: "autonet" },
  rules: {
    rooms,
    "no-host-nondeterminism": noHostNondeterminism,
    "no-loop-without-wait": noLoopWithoutWait,
  },
}
