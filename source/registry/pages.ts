import type {Page} from './types.ts';

/** A registry whose list does not end is not followed for ever. */
const mostPages = 10_000;

/**
 * All pages of a list, one after the other, until the last, or until one leads back to one that was there.
 * @param page asks for one: `next => client.tags(repository, signal, next)`
 */
export async function* pages<Item>(
	page: (next: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], void, void> {
	const seen = new Set<string>();
	let next: string | undefined;
	do {
		const {items, next: after} = await page(next);
		yield items;
		next = after !== undefined && seen.has(after) ? undefined : after;
		if (next !== undefined) seen.add(next);
	} while (next !== undefined && seen.size < mostPages);
}
