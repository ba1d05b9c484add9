import {FactsPane} from './facts-pane.tsx';
import type {TabProps} from './tab.ts';

/** Its networks and mounts, how it is kept apart and what it shares. */
export const NetworkTab = ({width, height}: TabProps) => (
	<FactsPane width={width} height={height} title="Network & mounts" />
);
