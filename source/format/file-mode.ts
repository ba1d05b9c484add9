const triple = (bits: number, special: boolean, letters: string): string => {
	const [plain = 'x', without = '-'] = letters;
	const isExecutable = (bits & 1) !== 0;
	const last = special ? (isExecutable ? plain : without) : isExecutable ? 'x' : '-';
	return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
};

/** Nine letters as `ls` shows them: `rwxr-sr-t`. @param mode the lower twelve bits */
export const formatMode = (mode: number): string =>
	triple(mode >> 6, (mode & 0o4000) !== 0, 'sS') +
	triple(mode >> 3, (mode & 0o2000) !== 0, 'sS') +
	triple(mode, (mode & 0o1000) !== 0, 'tT');
