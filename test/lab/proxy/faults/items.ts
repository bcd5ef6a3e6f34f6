/** An answer's list, cut at its outermost items: `head + items.join('') + tail` is the answer again. */
export interface Items {
  head: string;
  items: string[];
  tail: string;
}

/** Cuts an EC2 answer at the outermost `<item>` elements; items nested in them stay inside. */
export function cutItems(body: string): Items {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  let first = -1;
  let end = -1;
  for (const tag of body.matchAll(/<(\/?)item>/g)) {
    if (tag[1] === '') {
      if (depth === 0) start = tag.index;
      if (first < 0) first = tag.index;
      depth += 1;
    } else {
      depth -= 1;
      if (depth === 0) {
        end = tag.index + tag[0].length;
        items.push(body.slice(start, end));
      }
    }
  }
  return first < 0
    ? { head: body, items, tail: '' }
    : { head: body.slice(0, first), items, tail: body.slice(end) };
}
