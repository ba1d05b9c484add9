import type {DemoLayer} from '../images/image-types.ts';
import {keptLayer} from '../images/layer.ts';
import {type ContextFiles, copied, fileOf, packFiles} from './build-context.ts';
import {wordsOf} from './dockerfile.ts';

export type CopyStep = {
	readonly folder: string;
	readonly written: ContextFiles;
	readonly layer: () => Promise<DemoLayer>;
};

/** What `COPY` and `ADD` put into the image. @param isOfStage what was made there is not known in all: it is invented */
export const copyStep = (input: {
	readonly value: string;
	readonly files: ContextFiles;
	readonly isOfStage: boolean;
	readonly workingDirectory: string;
	readonly now: number;
}): CopyStep => {
	const words = wordsOf(input.value);
	const folder = words.at(-1) ?? '/';
	const sources = words.slice(0, -1);
	const missing = sources
		.map(source => source.split('/').filter(Boolean).join('/'))
		.filter(
			source => ![...input.files.keys()].some(path => path === source || path.startsWith(`${source}/`)),
		);
	const files = input.isOfStage
		? new Map([...input.files, ...missing.map(path => [path, fileOf(`${path}\n`.repeat(2000))] as const)])
		: input.files;
	const written = copied(files, sources, folder, input.workingDirectory);
	const bytes = [...written.values()].reduce((sum, {data}) => sum + data.length, 0);
	return {folder, written, layer: async () => keptLayer([await packFiles(written, input.now)], bytes)};
};
