/** A sentence for each code of a catalogue of errors, made from the facts that the error carries. */
export type Sentences<Catalogue> = { readonly [C in keyof Catalogue]: (data: Catalogue[C]) => string };
