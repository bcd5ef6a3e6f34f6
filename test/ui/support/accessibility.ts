import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { FrameLocator } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core finds fault with in a webview: the rule, its words and where, a line each. */
export async function accessibilityFaults(panel: FrameLocator): Promise<readonly string[]> {
  const body = await panel.locator('body').elementHandle();
  const frame = await body.ownerFrame();
  if (frame === null) throw new Error('the webview has no frame');
  // The document lets no script in but its own; what the debugger evaluates is no part of it.
  await frame.evaluate(await readFile(script, 'utf8'));
  const { violations } = await frame.evaluate<AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
