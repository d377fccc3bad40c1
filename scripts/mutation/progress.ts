/** One line that says how far the analysis is and how long it will take. */
export class Progress {
  readonly #total: number
  readonly #start = performance.now()
  #done = 0
  #survived = 0
  #said = 0

  constructor(total: number) {
    this.#total = total
  }

  step(killed: boolean): void {
    this.#done++
    if (!killed) this.#survived++
    const now = performance.now()
    if (now - this.#said < 15_000) return
    this.#said = now
    const perMutant = (now - this.#start) / this.#done
    const left = Math.ceil((perMutant * (this.#total - this.#done)) / 60_000)
    console.log(`${this.#done} of ${this.#total}, ${this.#survived} survived, about ${left} min left`)
  }

  end(): void {
    const seconds = Math.round((performance.now() - this.#start) / 1000)
    console.log(`${this.#done} mutants in ${seconds} s.`)
  }
}
