import type {Movement} from '../movement.ts';

/** The first line shown after a movement, so that no blank comes below the last one. */
export const scrolled = (offset: number, movement: Movement, height: number, count: number): number => {
	const last = Math.max(0, count - height);
	const at = (value: number): number => Math.min(last, Math.max(0, value));
	switch (movement.kind) {
		case 'lines':
			return at(offset + movement.count);
		case 'pages':
			return at(offset + Math.trunc(movement.count * Math.max(1, height - 1)));
		case 'start':
			return 0;
		case 'end':
			return last;
	}
};
