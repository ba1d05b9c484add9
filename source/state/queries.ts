/** What can be looked for by typing besides the filter of a list. */
export const queryIds = ['logs.find', 'logs.filter', 'inspect.find'] as const;
export type QueryId = (typeof queryIds)[number];

/** How the field looks in which it is typed. */
export const queryFields: Readonly<Record<QueryId, {readonly mark: string; readonly placeholder: string}>> = {
	'logs.find': {mark: '/', placeholder: 'find: a regular expression'},
	'logs.filter': {mark: 'F', placeholder: 'only lines with: a regular expression'},
	'inspect.find': {mark: '/', placeholder: 'find a key or a value'},
};
