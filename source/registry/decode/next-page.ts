const link = /<([^>]*)>((?:\s*;\s*[\w-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g;
const isNext = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next)\s*(?:;|$)/i;

/**
 * The query that asks for the next page, of `Link: <…>; rel="next"`. Host and path of the link are not taken over:
 * what a list goes on with is asked of the same registry.
 * @param asked the query of this page: a link to it leads nowhere
 */
export const nextPage = (
	header: string | readonly string[] | undefined,
	asked: string,
): string | undefined => {
	for (const [, target = '', parameters = ''] of String(header ?? '').matchAll(link)) {
		if (!isNext.test(parameters) || !URL.canParse(target, 'http://registry/')) continue;
		const {search} = new URL(target, 'http://registry/');
		if (search !== '' && search !== asked && search.length <= 4096) return search;
	}
	return undefined;
};
