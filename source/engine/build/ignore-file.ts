import {cleanPath, trimSpace} from './go-path.ts';

/**
 * The patterns of a `.dockerignore`, as moby/patternmatcher reads it: without comments (a `#` in the first column)
 * and empty lines, cleaned as paths, without a leading slash; an exception keeps its `!`.
 */
export const readIgnoreFile = (content: string): readonly string[] =>
	content
		.replace(/^\ufeff/, '')
		.split('\n')
		.filter(line => !line.startsWith('#'))
		.map(trimSpace)
		.filter(line => line !== '')
		.map(line => {
			const isException = line.startsWith('!');
			const pattern = isException ? trimSpace(line.slice(1)) : line;
			if (pattern === '') return '!';
			const cleaned = cleanPath(pattern);
			const relative = cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
			return isException ? `!${relative}` : relative;
		});
