import type {ContainerTab, ImageTab, State} from '../state/model.ts';
import type {Command, CommandContext} from './types.ts';

type Steps<Tab> = {
	readonly scope: 'container' | 'image';
	/** Keys to the next tab, and to the one before. */
	readonly keys: readonly [readonly string[], readonly string[]];
	readonly tabs: readonly Tab[];
	/** The tab that is open, while the screen is. */
	readonly current: (state: State) => Tab | undefined;
	readonly open: (context: CommandContext, tab: Tab) => void;
};

/** From tab to tab of a screen, round and round. */
export const tabSteps = <Tab extends ContainerTab | ImageTab>({
	scope,
	keys: [next, previous],
	tabs,
	current,
	open,
}: Steps<Tab>): readonly Command[] => {
	const step = (id: string, title: string, keys: readonly string[], count: number): Command => ({
		id: `${scope}.${id}`,
		scope,
		title,
		help: `Goes to the ${title}`,
		keys,
		group: 'navigate',
		isKeyOnly: true,
		run: context => {
			const tab = current(context.store.getState());
			if (tab === undefined) return;
			open(context, tabs[(tabs.indexOf(tab) + count + tabs.length) % tabs.length] ?? tab);
		},
	});
	return [step('next-tab', 'next tab', next, 1), step('previous-tab', 'tab before', previous, -1)];
};
