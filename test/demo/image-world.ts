import type {DemoContainersOfImage} from '../../source/demo/contract.ts';
import {createDemoImages} from '../../source/demo/images/demo-images.ts';
import {ask, type Call, demoContext, unused} from './harness.ts';

/** The images of an embedded engine, asked without its server. */
export const world = (containersOf: DemoContainersOfImage = unused, options = {}) => {
	const given = demoContext();
	const images = createDemoImages(given.context, containersOf, options);
	const call = (path: string, more?: Call) => ask(images.routes, path, more);
	return {
		...given,
		images,
		call,
		post: (path: string, query: Record<string, string> = {}, more: Call = {}) =>
			call(path, {method: 'POST', query, ...more}),
		remove: (name: string, query: Record<string, string> = {}) =>
			call(`/images/${name}`, {method: 'DELETE', query}),
		listed: async (filters: object = {}): Promise<readonly Listed[]> =>
			(await call('/images/json', {query: {filters: JSON.stringify(filters), 'shared-size': '1'}})).json,
	};
};

export type Listed = {readonly Id: string; readonly RepoTags: readonly string[]} & Readonly<
	Record<'Size' | 'SharedSize' | 'Created' | 'Containers', number>
>;
