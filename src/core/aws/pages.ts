/** An answer that may go on. */
interface Page {
  readonly NextToken?: string | undefined;
}

/** Asks for one page after another until there is none left, and collects the items of all. */
export async function allPages<P extends Page, T>(
  ask: (page: { NextToken?: string }) => Promise<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
  onPage: (items: readonly T[], more: boolean) => void = () => undefined,
): Promise<readonly T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const page = await ask(token === undefined ? {} : { NextToken: token });
    const found = itemsOf(page) ?? [];
    items.push(...found);
    // Some calls end with an empty token instead of none.
    token = page.NextToken === '' ? undefined : page.NextToken;
    onPage(found, token !== undefined);
  } while (token !== undefined);
  return items;
}
