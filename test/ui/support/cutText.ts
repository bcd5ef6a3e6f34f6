import type { FrameLocator } from 'playwright-core';

/**
 * What of a panel cannot be read at the width that it has, a line each: what reaches beyond the edge, what is drawn
 * beyond its own box, and what is cut and not told in full where the pointer rests.
 */
export function cutText(panel: FrameLocator): Promise<readonly string[]> {
  return panel.locator('html').evaluate((root) => {
    const page = root.ownerDocument;
    // For screen readers alone.
    const unseen = [...page.querySelectorAll('*')].filter(
      (each) => getComputedStyle(each).clipPath !== 'none',
    );
    const faults =
      root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth - root.clientWidth}`] : [];
    for (const element of page.querySelectorAll<HTMLElement>('body *')) {
      const style = getComputedStyle(element);
      const { left, right, width } = element.getBoundingClientRect();
      if (unseen.some((each) => each.contains(element)) || element.closest('[aria-hidden="true"]') !== null)
        continue;
      if (width === 0 || element.textContent.trim() === '') continue;
      const about = `${element.tagName}.${element.className} “${element.textContent.slice(0, 40)}”`;
      if (left < 0 || right > root.clientWidth + 0.5) faults.push(`${about}: beyond the edge`);
      const excess = element.scrollWidth - element.clientWidth;
      if (style.display === 'inline' || excess <= 0) continue;
      if (style.overflowX === 'visible') faults.push(`${about}: ${excess} beyond its box`);
      else if (element.title !== element.textContent) faults.push(`${about}: cut`);
    }
    return faults;
  });
}
