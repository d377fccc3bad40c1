/** What can go wrong on the chain, as typed failures. */
import { Schema } from "effect"

/** The transaction could not be part of any block; nothing was submitted. */
export class TransactionRefused extends Schema.TaggedError<TransactionRefused>()("TransactionRefused", {
  from: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `transaction of ${this.from} refused: ${this.reason}`
  }
}

/** The mempool holds as many transactions as its limit allows. */
export class MempoolFull extends Schema.TaggedError<MempoolFull>()("MempoolFull", {
  from: Schema.String,
  limit: Schema.Number,
}) {
  override get message(): string {
    return `transaction of ${this.from} refused: the mempool holds ${this.limit} transactions, its limit`
  }
}

/** The transaction was valid when submitted, and no more when its block was built. */
export class TransactionDropped extends Schema.TaggedError<TransactionDropped>()("TransactionDropped", {
  from: Schema.String,
  hash: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `transaction ${this.hash} of ${this.from} dropped: ${this.reason}`
  }
}

/** A subscriber left more logs lying than its queue holds. */
export class SubscriptionOverflow extends Schema.TaggedError<SubscriptionOverflow>()("SubscriptionOverflow", {
  capacity: Schema.Number,
}) {
  override get message(): string {
    return `a log subscription overflowed: ${this.capacity} logs lay untaken; take them, or use a narrower filter`
  }
}

/** The run is larger than the chain's limits allow. */
export class ChainLimitExceeded extends Schema.TaggedError<ChainLimitExceeded>()("ChainLimitExceeded", {
  what: Schema.String,
  limit: Schema.Number,
}) {
  override get message(): string {
    return `the chain holds ${this.limit} ${this.what}, its limit; raise it in the options of createChain`
  }
}

/** A block builder's policy returned something that is no order of the candidates. */
export class OrderingInvalid extends Schema.TaggedError<OrderingInvalid>()("OrderingInvalid", {
  policy: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `the ordering policy ${this.policy} is wrong: ${this.reason}`
  }
}

const revertFields = {
  /** Name of the contract that was called. */
  contract: Schema.String,
  function: Schema.String,
  from: Schema.String,
  /** The revert in words: `InsufficientStake(50, 20)`, a reason string, or the kind of a halt. */
  reason: Schema.String,
  /** Name of the custom error, `Error` for a reason string, `Panic`; absent where the data says nothing. */
  errorName: Schema.optionalKey(Schema.String),
  /** The error's arguments, in order. */
  args: Schema.Array(Schema.Unknown),
} as const

/** A transaction was included and reverted (or halted); its gas is spent. */
export class TransactionReverted extends Schema.TaggedError<TransactionReverted>()("TransactionReverted", {
  ...revertFields,
  transactionHash: Schema.String,
  gasUsed: Schema.BigInt,
}) {
  override get message(): string {
    return `${this.contract}.${this.function} from ${this.from} reverted: ${this.reason}`
  }
}

/** A view reverted (or halted). */
export class ContractReadError extends Schema.TaggedError<ContractReadError>()(
  "ContractReadError",
  revertFields,
) {
  override get message(): string {
    return `reading ${this.contract}.${this.function} reverted: ${this.reason}`
  }
}
