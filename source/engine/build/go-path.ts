/** Go's `path.Clean`: without empty, `.` and, where that is possible, `..` elements; `.` for nothing. */
export const cleanPath = (path: string): string => {
	if (path === '') return '.';
	const isRooted = path.startsWith('/');
	const kept: string[] = [];
	for (const element of path.split('/')) {
		if (element === '' || element === '.') continue;
		if (element !== '..') kept.push(element);
		else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
		else if (!isRooted) kept.push('..');
	}
	const joined = kept.join('/');
	if (isRooted) return `/${joined}`;
	return joined === '' ? '.' : joined;
};

const outerSpace = /^(?:[^\S\ufeff]|\x85)+|(?:[^\S\ufeff]|\x85)+$/gu;

/** Go's `strings.TrimSpace`: JavaScript's `trim` takes the byte order mark too, and leaves U+0085. */
export const trimSpace = (text: string): string => text.replace(outerSpace, '');
