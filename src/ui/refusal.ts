/** Why a command cannot do what it was asked, in a sentence for a person; known to the UI alone. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
