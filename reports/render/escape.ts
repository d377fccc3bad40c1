/** Text from scenarios is data, never markup. */

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g
/** Characters that reorder what stands around them: a name must not rewrite its neighbours. */
const bidirectional = /[\u202a-\u202e\u2066-\u2069]/g

/** Without characters that XML forbids, unpaired surrogates, or overrides of writing direction. */
export const withoutControlCharacters = (text: string): string =>
  text.toWellFormed().replace(control, "").replace(bidirectional, "")

/** For element content and quoted attributes, in HTML and SVG. */
export const escapeMarkup = (text: string): string =>
  withoutControlCharacters(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)
