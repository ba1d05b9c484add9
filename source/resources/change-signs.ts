import type {ChangeKind} from '../layers/tree/view.ts';
import type {Token} from '../theme/tokens.ts';

/** What became of a path, as one character that needs no colour. */
export const layerSigns: {readonly [Kind in ChangeKind]: string} = {
	unmodified: ' ',
	added: '+',
	modified: '~',
	metadata: '*',
	removed: '-',
};

export const layerTones: {readonly [Kind in ChangeKind]: Token | undefined} = {
	unmodified: 'dim',
	added: 'good',
	modified: 'watch',
	metadata: 'info',
	removed: 'trouble',
};
