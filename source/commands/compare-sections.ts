import {type CompareSection, compareSections} from '../state/views/compare.ts';
import {compareCommand as command} from './compare-scope.ts';
import type {Command} from './types.ts';

const sectionTitles: Readonly<Record<CompareSection, string>> = {
	files: 'files',
	layers: 'layers',
	config: 'configuration',
};

export const compareSectionCommands: readonly Command[] = [
	...compareSections.map((section, index) =>
		command({
			name: section,
			title: sectionTitles[section],
			help: `Shows how they differ: ${sectionTitles[section]}`,
			keys: [String(index + 1)],
			group: 'navigate',
			run: ({store}) => {
				store.dispatch({type: 'compare/section-chosen', section});
			},
		}),
	),
	...([1, -1] as const).map(step =>
		command({
			name: step === 1 ? 'next-section' : 'previous-section',
			title: step === 1 ? 'files / layers / configuration' : 'section before',
			help: step === 1 ? 'Goes to the next section' : 'Goes to the section before',
			keys: step === 1 ? ['tab', ']'] : ['shift-tab', '['],
			group: 'navigate',
			isKeyOnly: true,
			...(step === 1 && {inFooter: 1}),
			run: ({store}) => {
				const now = compareSections.indexOf(store.getState().compare?.section ?? 'files');
				const section = compareSections[(now + step + compareSections.length) % compareSections.length];
				if (section !== undefined) store.dispatch({type: 'compare/section-chosen', section});
			},
		}),
	),
];
