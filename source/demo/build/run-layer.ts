import type {DemoLayer} from '../images/image-types.ts';
import {makeLayer} from '../images/layer.ts';
import type {Pretended} from './pretend-run.ts';

/** The layer of a command: what it made, and marks for what it removed. Nothing changed: none. */
export const runLayer = (
	{made, removed}: Pick<Pretended, 'made' | 'removed'>,
	workingDirectory: string,
): DemoLayer | undefined => {
	const at = (path: string): string =>
		(path.startsWith('/') ? path : `${workingDirectory}/${path}`).split('/').filter(Boolean).join('/');
	const gone = new Set(removed.map(at));
	const isGone = (path: string): boolean =>
		[...gone].some(each => path === each || path.startsWith(`${each}/`));
	const left = Object.entries(made)
		.map(([path, bytes]) => [at(path), bytes] as const)
		.filter(([path]) => path !== '' && !isGone(path));
	const marks = [...gone].map(path => path.replace(/([^/]*)$/, '.wh.$1'));
	const folder = at('');
	const content = {
		...(folder !== '' && left.length + marks.length === 0 && workingDirectory !== '' && {[`${folder}/`]: ''}),
		...Object.fromEntries(left.map(([path, bytes]) => [path, bytes || ''])),
		...Object.fromEntries(marks.map(path => [path, ''])),
	};
	if (Object.keys(content).length === 0) return undefined;
	return makeLayer(
		content,
		left.reduce((sum, [, bytes]) => sum + bytes, 0),
	);
};
