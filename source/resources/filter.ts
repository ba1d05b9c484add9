/** Where a filter looks in a row. */
export type Searchable<Row> = {
	/** What plain words are looked for in; in lower case. */
	readonly text: (row: Row) => string;
	/** What `key:value` looks in, by key in lower case. */
	readonly fields: Readonly<Record<string, (row: Row) => readonly string[]>>;
	/** What `label:key` and `label:key=value` look in. */
	readonly labels?: (row: Row) => Readonly<Record<string, string>>;
};

type Predicate<Row> = (row: Row) => boolean;

const everything = (): boolean => true;

const matchLabel = (labels: Readonly<Record<string, string>>, wanted: string): boolean => {
	const at = wanted.indexOf('=');
	return Object.entries(labels).some(([key, value]) =>
		at < 0
			? key.toLowerCase().includes(wanted)
			: key.toLowerCase() === wanted.slice(0, at) && value.toLowerCase().includes(wanted.slice(at + 1)),
	);
};

/** `undefined` for a word that is no `key:value` of this list, such as the image `nginx:1.27`. */
const parseField = <Row>(word: string, {fields, labels}: Searchable<Row>): Predicate<Row> | undefined => {
	const at = word.indexOf(':');
	if (at < 1) return undefined;
	const key = word.slice(0, at);
	const wanted = word.slice(at + 1);
	if (key === 'label' && labels) return row => matchLabel(labels(row), wanted);
	const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
	return field && (row => field(row).some(value => value.toLowerCase().includes(wanted)));
};

const parseTerm = <Row>(term: string, searchable: Searchable<Row>): Predicate<Row> => {
	const isExcluded = term.startsWith('!');
	const word = isExcluded ? term.slice(1) : term;
	if (word === '' || /^[a-z]+:$/.test(word)) return everything;
	const matches =
		parseField(word, searchable) ?? ((row: Row): boolean => searchable.text(row).includes(word));
	return isExcluded ? row => !matches(row) : matches;
};

/**
 * The test that a filter text stands for. All its words must be found, whatever their case; `!word` must not be;
 * `key:value` looks in one field, `label:x` and `label:x=y` in the labels. What is still being typed (`!`, `name:`)
 * lets everything through. Never throws.
 */
export const parseFilter = <Row>(text: string, searchable: Searchable<Row>): Predicate<Row> => {
	const terms = text
		.toLowerCase()
		.split(/\s+/)
		.filter(term => term !== '');
	if (terms.length === 0) return everything;
	const predicates = terms.map(term => parseTerm(term, searchable));
	return row => predicates.every(matches => matches(row));
};
